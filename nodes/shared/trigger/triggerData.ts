import type { IDataObject, IHookFunctions, INode, IPollFunctions, IWebhookFunctions } from 'n8n-workflow';
import { isObject } from '../base/json';

type TriggerContext = IHookFunctions | IPollFunctions | IWebhookFunctions;

/** First part of our keys in the global static data of a workflow, which Code nodes share with us. */
const PREFIX = 'n8n-nodes-crm-pack';

/**
 * Returns the name of a trigger within this process. It contains the name of the node because two nodes of a workflow may have
 * the same ID.
 */
export function triggerName(context: TriggerContext): string {
	const { id, name } = context.getNode();
	return [context.getWorkflow().id, id, name].join(' ');
}

/** Member of the stored data with the name that the node had. */
const NAME = 'nodeName';

/**
 * Returns a copy of the data that a trigger stores with its workflow.
 *
 * n8n keys the static data of a node by its name, so a renamed node loses it. The global static data does not. Data that
 * earlier versions stored under the name is read until the trigger stores again.
 */
export function triggerData(context: TriggerContext): IDataObject {
	const { key, other } = storageKeys(context);
	const all = context.getWorkflowStaticData('global');
	const stored = [key, other].map((one) => one && all[one]).find(isObject);
	return { ...(stored ?? context.getWorkflowStaticData('node')) };
}

/** Stores members of a trigger's data; the others stay. */
export function storeTriggerData(context: TriggerContext, members: IDataObject): void {
	const { key, other } = storageKeys(context);
	const all = context.getWorkflowStaticData('global');
	// n8n stores the object when a member of it is assigned, not when something changes inside a member.
	all[key] = { ...triggerData(context), ...members, [NAME]: context.getNode().name };
	if (other) delete all[other];
	const earlier = context.getWorkflowStaticData('node');
	for (const member of Object.keys(earlier)) delete earlier[member];
}

/**
 * Returns a copy of the data of a polling trigger.
 *
 * Where n8n keeps the cursor of a poll by the node's ID and commits it together with the execution, that copy is the one that
 * counts. It is empty when n8n has just begun to do so.
 */
export function pollData(context: IPollFunctions): IDataObject {
	const own = context.getWorkflowStaticData('node');
	return isCommittedWithExecution(own) && Object.keys(own).length > 0 ? { ...own } : triggerData(context);
}

/** Stores members of a polling trigger's data; the others stay. */
export function storePollData(context: IPollFunctions, members: IDataObject): void {
	const own = context.getWorkflowStaticData('node');
	if (isCommittedWithExecution(own)) Object.assign(own, pollData(context), members);
	else storeTriggerData(context, members);
}

/** n8n marks the data that it stores with the workflow (`ObservableObject` in n8n-workflow); the copy of a single poll has no mark. */
const isCommittedWithExecution = (data: IDataObject): boolean => !('__dataChanged' in data);

/**
 * Returns the key of a trigger's data, and the one that held it before another node with the same ID came or went. While an ID
 * is shared, data without a name in its key belongs to the node that stored it last.
 */
function storageKeys(context: TriggerContext): { key: string; other?: string } {
	const node = context.getNode();
	const byId = `${PREFIX}:${identityOf(node)}`;
	const byName = `${byId}:${node.name}`;
	if (!sharesIdentity(context, node)) return { key: byId, other: byName };
	const unnamed = context.getWorkflowStaticData('global')[byId];
	return { key: byName, other: isObject(unnamed) && unnamed[NAME] === node.name ? byId : undefined };
}

/** A webhook ID is unique among the active triggers of n8n; the ID of a node is not always unique in its workflow. */
const identityOf = ({ id, webhookId }: INode): string => webhookId ?? id;

/** Where the engine does not show the nodes of the workflow (n8n before 1.63), an ID may be shared. */
function sharesIdentity(context: TriggerContext, node: INode): boolean {
	const { workflow } = context as unknown as { workflow?: { nodes?: Record<string, INode> } };
	if (!workflow?.nodes) return true;
	return Object.values(workflow.nodes).some(
		(other) => other.name !== node.name && identityOf(other) === identityOf(node),
	);
}
