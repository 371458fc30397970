import './environment';
import { createRequire } from 'node:module';
import * as core from 'n8n-core';
import * as workflowPackage from 'n8n-workflow';
import type {
	ICredentialTestFunctions,
	IExecuteFunctions,
	INodeExecutionData,
	IDataDeduplicator,
	IHookFunctions,
	ILoadOptionsFunctions,
	INode,
	INodeParameters,
	INodeType,
	INodeTypeDescription,
	IPollFunctions,
	IRunExecutionData,
	IWebhookFunctions,
	IWorkflowBase,
	IWorkflowExecuteAdditionalData,
	Workflow,
} from 'n8n-workflow';

/**
 * What differs between the versions of n8n's engine that the pack is tried with. The types are those of the newest one;
 * in older ones some of it is missing, or has another name.
 */
const {
	CredentialTestContext,
	DataDeduplicationService,
	ExecuteContext,
	ExecutionLifecycleHooks,
	HookContext,
	LoadOptionsContext,
	NodeExecuteFunctions,
	PollContext,
	SupplyDataContext,
	WebhookContext,
} = core as Partial<typeof core>;
const { createRunExecutionData } = workflowPackage as Partial<typeof workflowPackage>;

/** What n8n 1.60 has in place of it. */
interface Older {
	WorkflowHooks: new (
		functions: object,
		mode: string,
		executionId: string,
		workflow: IWorkflowBase,
	) => core.ExecutionLifecycleHooks;
	getExecuteFunctions: (...args: unknown[]) => IExecuteFunctions;
	getCredentialTestFunctions: () => ICredentialTestFunctions;
	getLoadOptionsFunctions: (
		workflow: Workflow,
		node: INode,
		path: string,
		additionalData: IWorkflowExecuteAdditionalData,
	) => ILoadOptionsFunctions;
	getExecutePollFunctions: (...args: ConstructorParameters<typeof core.PollContext>) => IPollFunctions;
	getExecuteHookFunctions: (...args: ConstructorParameters<typeof core.HookContext>) => IHookFunctions;
	getExecuteWebhookFunctions: (...args: ConstructorParameters<typeof core.WebhookContext>) => IWebhookFunctions;
}
const older = { ...workflowPackage, ...NodeExecuteFunctions } as unknown as Older;

/** Gives the nodes a memory of processed items; n8n 1.60 has none. */
export function keepProcessedItems(memory: IDataDeduplicator): void {
	void DataDeduplicationService?.init(memory);
}

export function lifecycleHooks(workflow: IWorkflowBase): core.ExecutionLifecycleHooks {
	if (ExecutionLifecycleHooks) return new ExecutionLifecycleHooks('manual', '1', workflow);
	return new older.WorkflowHooks({}, 'manual', '1', workflow);
}

/** The data of a run, with what newer engines want in it besides. */
export function runData(data: Parameters<typeof workflowPackage.createRunExecutionData>[0]): IRunExecutionData {
	return createRunExecutionData ? createRunExecutionData(data) : (data as IRunExecutionData);
}

/** What the method of a drop-down gets as its `this`. */
export function dropDownContext(
	workflow: Workflow,
	node: INode,
	additionalData: IWorkflowExecuteAdditionalData,
): ILoadOptionsFunctions {
	if (LoadOptionsContext) return new LoadOptionsContext(workflow, node, additionalData, '');
	return older.getLoadOptionsFunctions(workflow, node, '', additionalData);
}

/** What `execute` gets as its `this`, with some items before the node. */
export function executeContext(
	workflow: Workflow,
	node: INode,
	additionalData: IWorkflowExecuteAdditionalData,
	items: INodeExecutionData[],
): IExecuteFunctions {
	const input = { main: [items] };
	const run = runData({ startData: {}, resultData: { runData: {} } });
	const data = { node, data: input, source: null };
	if (ExecuteContext)
		return new ExecuteContext(workflow, node, additionalData, 'manual', run, 0, items, input, data, []);
	return older.getExecuteFunctions(workflow, run, 0, items, input, node, additionalData, data, 'manual', []);
}

/** What `poll` gets as its `this`. */
export function pollContext(...args: ConstructorParameters<typeof core.PollContext>): IPollFunctions {
	return PollContext ? new PollContext(...args) : older.getExecutePollFunctions(...args);
}

/** What the methods around a subscription get as their `this`. */
export function hookContext(...args: ConstructorParameters<typeof core.HookContext>): IHookFunctions {
	return HookContext ? new HookContext(...args) : older.getExecuteHookFunctions(...args);
}

/** What `webhook` gets as its `this`. */
export function webhookContext(...args: ConstructorParameters<typeof core.WebhookContext>): IWebhookFunctions {
	return WebhookContext ? new WebhookContext(...args) : older.getExecuteWebhookFunctions(...args);
}

/** What the function that tests a credential gets as its `this`. */
export function credentialTestContext(): ICredentialTestFunctions {
	return CredentialTestContext
		? new CredentialTestContext({} as IWorkflowExecuteAdditionalData)
		: older.getCredentialTestFunctions();
}

/** What n8n makes of the parameters of a node when it opens a workflow. */
export function parametersWhenOpened(description: INodeTypeDescription, node: INode): INodeParameters {
	const { getNodeParameters } = workflowPackage.NodeHelpers;
	// n8n 1.60 takes five arguments, and something else as the sixth.
	const more = getNodeParameters.length > 5 ? [description] : [];
	return getNodeParameters(
		description.properties,
		node.parameters,
		true,
		false,
		node,
		...(more as [INodeTypeDescription]),
	)!;
}

/** Where n8n-core has what an agent calls; it is not among its exports. */
const TOOLS = 'n8n-core/dist/execution-engine/node-execution-context/utils/get-input-connection-data';

/**
 * A node as the tool that n8n's agents up to version 2.2 and its MCP server call: each try of Retry On Fail has a context of
 * its own.
 *
 * @param without members of the context that older versions of n8n lack
 * @returns gives what the model reads
 */
export function toolOf(
	workflow: Workflow,
	node: INode,
	nodeType: INodeType,
	additionalData: IWorkflowExecuteAdditionalData,
	without: string[],
): () => Promise<string> {
	const { makeHandleToolInvocation } = createRequire(__filename)(
		TOOLS,
	) as typeof import('n8n-core/dist/execution-engine/node-execution-context/utils/get-input-connection-data');
	const run = runData({ startData: {}, resultData: { runData: {} } });
	const contextFor = (runIndex: number) => {
		const context = new SupplyDataContext!(
			workflow,
			node,
			additionalData,
			'manual',
			run,
			runIndex,
			[],
			{ ai_tool: [[{ json: {} }]] },
			'ai_tool',
			{ node, data: {}, source: null },
			[],
		);
		for (const name of without) Object.defineProperty(context, name, { value: undefined });
		return context;
	};
	const invoke = makeHandleToolInvocation(contextFor as never, node, nodeType, run);
	return async () => String(await invoke({}));
}
