import './environment';
import { WorkflowExecute } from 'n8n-core';
import {
	Workflow,
	type IConnections,
	type ICredentialDataDecryptedObject,
	type ICredentialType,
	type IExecuteContextData,
	type IDataObject,
	type ILoadOptionsFunctions,
	type INode,
	type INodeExecutionData,
	type INodeType,
	type INodeTypes,
	type IRun,
	type IWorkflowExecuteAdditionalData,
	type IWorkflowSettings,
} from 'n8n-workflow';
import { CredentialStore } from './credentialStore';
import { ProcessedItems } from '../support/processedItems';
import { dropDownContext, keepProcessedItems, lifecycleHooks, runData } from './engineApi';

/** What the engine needs to know of a package: its nodes by full type name, its credentials by name. */
export interface Pack {
	nodeTypes: Record<string, INodeType>;
	credentialTypes: Record<string, ICredentialType>;
}

/** A workflow as n8n exports it. */
export interface WorkflowFile {
	name?: string;
	nodes: INode[];
	connections: IConnections;
	settings?: IWorkflowSettings;
}

export interface EngineOptions {
	pack: Pack;
	credentials: Record<string, ICredentialDataDecryptedObject>;
	/** Items that the trigger gives out. */
	items?: INodeExecutionData[];
	/** How the run began: a manual one has a trigger that polls do so once more. */
	mode?: 'manual' | 'trigger';
	/** What the nodes remembered of earlier runs. */
	staticData?: IDataObject;
	/** What nodes kept in the data of the execution that this one retries, which n8n's Retry hands over. */
	contextData?: IExecuteContextData;
	/** Called with the engine's run, to stop it. */
	onStart?: (execution: WorkflowExecute, stop: () => void) => void;
}

/** Node types of n8n's own that example workflows use, reduced to what the engine needs of them. */
function builtIn(displayName: string, group: 'trigger' | 'organization'): INodeType {
	return {
		description: {
			displayName,
			name: displayName,
			group: [group],
			version: 1,
			description: '',
			defaults: { name: displayName },
			inputs: group === 'trigger' ? [] : [],
			outputs: group === 'trigger' ? ['main'] : [],
			properties: [],
		},
		async execute() {
			return [this.getInputData()];
		},
	};
}

const builtIns: Record<string, INodeType> = {
	'n8n-nodes-base.manualTrigger': builtIn('Manual Trigger', 'trigger'),
	'n8n-nodes-base.stickyNote': builtIn('Sticky Note', 'organization'),
};

function nodeTypesOf({ nodeTypes }: Pack): INodeTypes {
	const all = { ...builtIns, ...nodeTypes };
	return {
		getByName: (name) => all[name],
		getByNameAndVersion: (name) => all[name],
		getKnownTypes: () => ({}) as IDataObject,
	};
}

/** Gives every node of the pack the credential it asks for. */
function withCredentials({ nodes }: WorkflowFile, { pack }: EngineOptions): INode[] {
	return nodes.map((node) => {
		const wanted = pack.nodeTypes[node.type]?.description.credentials ?? [];
		return { ...node, credentials: Object.fromEntries(wanted.map(({ name }) => [name, { id: name, name }])) };
	});
}

/** What all nodes remember of processed items, as one n8n keeps it. */
export const processedItems = new ProcessedItems();
keepProcessedItems(processedItems);

let executions = 0;

/** A workflow with what the engine wants beside it. */
export function prepare(file: WorkflowFile, options: EngineOptions) {
	const nodes = withCredentials(file, options);
	const workflow = new Workflow({
		id: 'workflow',
		name: file.name,
		nodes,
		connections: file.connections,
		active: false,
		nodeTypes: nodeTypesOf(options.pack),
		settings: { executionOrder: 'v1', timezone: 'UTC', ...file.settings },
		staticData: options.staticData,
	});
	const additionalData = {
		credentialsHelper: new CredentialStore(options.pack.credentialTypes, options.credentials),
		hooks: lifecycleHooks({
			id: 'workflow',
			name: 'workflow',
			nodes,
			connections: file.connections,
			active: false,
		} as never),
		currentNodeExecutionIndex: 0,
		executionId: String((executions += 1)),
		variables: {},
		restApiUrl: '',
		instanceBaseUrl: 'http://localhost/',
		webhookBaseUrl: 'http://localhost/webhook',
		webhookTestBaseUrl: 'http://localhost/webhook-test',
		// The engine refuses to start without valid addresses here.
		webhookWaitingBaseUrl: 'http://localhost/webhook-waiting',
		formWaitingBaseUrl: 'http://localhost/form-waiting',
	} as unknown as IWorkflowExecuteAdditionalData;
	return { workflow, additionalData };
}

/** Executes a workflow in n8n's own engine, from its trigger on. */
export async function runWorkflow(file: WorkflowFile, options: EngineOptions): Promise<IRun> {
	const { workflow, additionalData } = prepare(file, options);
	const trigger = Object.values(workflow.nodes).find(({ type }) => type.endsWith('Trigger'))!;
	const data = runData({
		startData: {},
		resultData: { runData: {} },
		executionData: {
			contextData: options.contextData ?? {},
			metadata: {},
			waitingExecution: {},
			waitingExecutionSource: {},
			nodeExecutionStack: [{ node: trigger, data: { main: [options.items ?? [{ json: {} }]] }, source: null }],
		},
	});
	const execution = new WorkflowExecute(additionalData, options.mode ?? 'manual', data);
	const run = execution.processRunExecutionData(workflow);
	options.onStart?.(execution, () => run.cancel());
	return await run;
}

/** A drop-down's context, as the editor opens it for a node with some parameters filled in. */
export function loadOptionsContext(
	file: WorkflowFile,
	nodeName: string,
	options: EngineOptions,
): ILoadOptionsFunctions {
	const { workflow, additionalData } = prepare(file, options);
	const node = workflow.getNode(nodeName)!;
	return dropDownContext(workflow, node, { ...additionalData, currentNodeParameters: node.parameters } as never);
}
