import type { IBinaryKeyData, IDataObject, INode, INodeExecutionData, IRun } from 'n8n-workflow';
import { processedItems, runWorkflow, type EngineOptions } from '../engine/engine';
import { loadPack } from '../engine/pack';
import { startSandbox, type Sandbox, type SandboxOptions } from '../sandbox';
import { vendors } from './vendors';
import { workflowOf, type NodeName } from './workflows';

export { workflowOf, type NodeName } from './workflows';

export const pack = loadPack('source');

/** What a run of one node gave. */
export interface NodeRun {
	run: IRun;
	/** Items of the main output, as n8n hands them on. */
	items: INodeExecutionData[];
	/** Items of the error output. */
	errors: INodeExecutionData[];
	error?: { name: string; message: string; description?: string; httpCode?: string; context: IDataObject };
	hints: string[];
	status: IRun['status'];
}

/** What a failed item says, which stands inside its one member `error`; empty for an item that succeeded. */
export function failureIn(item: INodeExecutionData | undefined): ItemFailure {
	return (item?.json.error as unknown as ItemFailure | undefined) ?? {};
}

export interface ItemFailure {
	message?: string;
	description?: string;
	httpCode?: number;
	code?: string;
	hint?: string;
	response?: unknown;
	mayHaveBeenApplied?: boolean;
}

/** The sandbox with n8n's engine before it, opened for the tests of one file. */
export class Bench {
	sandbox!: Sandbox;

	constructor(options?: SandboxOptions) {
		beforeAll(async () => {
			this.sandbox = await startSandbox(options);
		});
		afterEach(() => {
			this.sandbox.reset();
			processedItems.forget();
		});
		afterAll(async () => await this.sandbox.close());
	}

	/** @param more `binary` holds the files of the items, item for item */
	async run(
		node: NodeName,
		parameters: IDataObject,
		more: {
			items?: IDataObject[];
			binary?: IBinaryKeyData[];
			settings?: Partial<INode>;
			timezone?: string;
			credential?: IDataObject;
			onStart?: EngineOptions['onStart'];
			contextData?: EngineOptions['contextData'];
			pack?: EngineOptions['pack'];
		} = {},
	): Promise<NodeRun> {
		const credentials = more.credential
			? {
					...this.sandbox.credentials,
					[`${node}Api`]: { ...this.sandbox.credentials[`${node}Api`], ...more.credential },
				}
			: this.sandbox.credentials;
		const run = await runWorkflow(workflowOf(node, parameters, more.settings, more.timezone), {
			pack: more.pack ?? pack,
			credentials: credentials as Sandbox['credentials'],
			items: (more.items ?? more.binary?.map(() => ({})) ?? [{}]).map((json, item) => ({
				json,
				...(more.binary?.[item] ? { binary: more.binary[item] } : {}),
			})),
			onStart: more.onStart,
			contextData: more.contextData,
		});
		const task = run.data.resultData.runData.CRM?.[0];
		return {
			run,
			items: task?.data?.main[0] ?? [],
			errors: task?.data?.main[1] ?? [],
			error: run.data.resultData.error as unknown as NodeRun['error'],
			hints: (task?.hints ?? []).map(({ message }) => message),
			status: run.status,
		};
	}

	/** Sends a vendor a record past the node, as people and other programs do; the requests so far are forgotten. */
	async post(node: NodeName, path: string, body: object): Promise<IDataObject> {
		const { vendor, keys } = vendors.find(({ name }) => name === node)!;
		const headers = { 'content-type': 'application/json', ...keys };
		const answer = await fetch(`${this.sandbox.vendors[node].url}${vendor.apiPath}${path}`, {
			method: 'POST',
			headers,
			body: JSON.stringify(body),
		});
		this.sandbox.reset();
		return (await answer.json()) as IDataObject;
	}

	/** Requests that a vendor got, without what differs from run to run. */
	sent(node: NodeName) {
		return this.sandbox.vendors[node].requests.map(({ method, path, query, body }) => ({ method, path, query, body }));
	}
}
