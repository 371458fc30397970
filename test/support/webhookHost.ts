import type { WebhookContext } from 'n8n-core';
import type {
	ICredentialDataDecryptedObject,
	IDataObject,
	INode,
	INodeExecutionData,
	INodeType,
	IWebhookDescription,
	IWebhookFunctions,
	IWorkflowExecuteAdditionalData,
	WorkflowActivateMode,
	WorkflowExecuteMode,
} from 'n8n-workflow';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { prepare, type Pack } from '../engine/engine';
import { hookContext, webhookContext } from '../engine/engineApi';
import { loadPack } from '../engine/pack';

const WEBHOOK_ID = '5e1c2b7a-6f0d-4f3e-9a57-0f9a3c1d2e4b';

export interface HostSetup {
	/** Name of the trigger node, such as `weglyTrigger`. */
	node: string;
	parameters: IDataObject;
	/** Credentials by type; the node has none of those that are not here. */
	credentials?: Record<string, ICredentialDataDecryptedObject>;
	/** Address under which n8n says that it is reached. */
	baseUrl?: string;
	/** ID of the workflow: another one is another workflow with the same node in it. */
	id?: string;
	webhookId?: string;
	/** Name of the trigger node. */
	name?: string;
	/** ID of the n8n instance, which the engine of the tests has for all hosts. */
	instance?: string;
	/** Other nodes of the workflow. */
	beside?: INode[];
	/** The build, in place of the source. */
	pack?: Pack;
}

const source = loadPack('source');

let hosts = 0;

/**
 * A published workflow of one trigger as n8n keeps it: the static data stands in a database, of which every call and every
 * delivery gets a copy of its own. What it does for a delivery, and in which order, is that of `live-webhooks` and
 * `webhook-helpers` in the package n8n 2.41, which is too large to install here.
 */
export class WebhookHost {
	/** The static data in the database, as text. */
	stored = '{}';
	/** Items of the runs that were started. */
	runs: INodeExecutionData[][] = [];
	baseUrl: string;
	parameters: IDataObject;
	/** Fails in place of the storing of a run, as a database that is gone. */
	failRuns = 0;
	/** Called when the webhook method is done, before the run is stored. */
	beforeRun: () => Promise<void> = async () => {};
	/** Whether n8n keeps the raw body of a request. */
	keepsRawBody = true;
	/** Called before a credential is read for a delivery. */
	beforeCredential: () => Promise<void> = async () => {};
	/** What was written into n8n's log: level, message and details. */
	logs: Array<[level: string, message: string, details?: object]> = [];
	/** Name of the trigger node. */
	name: string;
	private readonly id: string;
	private server?: ReturnType<typeof createServer>;

	constructor(private readonly setup: HostSetup) {
		this.parameters = setup.parameters;
		this.baseUrl = setup.baseUrl ?? 'https://n8n.example.com';
		this.name = setup.name ?? 'Trigger';
		this.id = setup.id ?? `workflow ${(hosts += 1)}`;
	}

	private get pack(): Pack {
		return this.setup.pack ?? source;
	}

	get nodeType(): INodeType {
		return this.pack.nodeTypes[`n8n-nodes-crm-pack.${this.setup.node}`];
	}

	/** The data that the trigger stores with the workflow. */
	get staticData(): IDataObject {
		const { global = {} } = JSON.parse(this.stored) as Record<string, Record<string, IDataObject>>;
		return Object.values(global)[0] ?? {};
	}

	/** What n8n loads for each call. */
	private open() {
		const credentials = this.setup.credentials ?? {};
		const node: INode = {
			id: 'trigger',
			name: this.name,
			type: `n8n-nodes-crm-pack.${this.setup.node}`,
			typeVersion: 1,
			position: [0, 0],
			webhookId: 'webhookId' in this.setup ? this.setup.webhookId : WEBHOOK_ID,
			parameters: this.parameters as INode['parameters'],
		};
		const { workflow, additionalData } = prepare(
			{ nodes: [node, ...(this.setup.beside ?? [])], connections: {} },
			{ pack: this.pack, credentials, staticData: JSON.parse(this.stored) as IDataObject },
		);
		workflow.id = this.id;
		Object.assign(additionalData, {
			webhookBaseUrl: `${this.baseUrl}/webhook`,
			webhookTestBaseUrl: `${this.baseUrl}/webhook-test`,
		});
		const loaded = workflow.getNode(this.name)!;
		loaded.credentials = Object.fromEntries(
			Object.entries(loaded.credentials ?? {}).filter(([type]) => type in credentials),
		);
		return { workflow, additionalData, node: loaded };
	}

	/** Calls one of the methods around a subscription. */
	async hook(
		method: 'checkExists' | 'create' | 'delete',
		{ test = false, activation = 'activate' as WorkflowActivateMode } = {},
	): Promise<boolean> {
		const { workflow, additionalData, node } = this.open();
		const webhookDescription = this.nodeType.description.webhooks!.find(({ name }) => name === 'default')!;
		const context = hookContext(
			workflow,
			node,
			additionalData,
			test ? 'manual' : 'trigger',
			test ? 'manual' : activation,
			{
				webhookDescription,
				isTest: test,
			} as never,
		);
		if (this.setup.instance) Object.assign(context, { getInstanceId: () => this.setup.instance });
		const result = await this.nodeType.webhookMethods!.default![method]!.call(context);
		// n8n keeps the static data when all went well, and of a test none of it.
		if (!test) this.stored = JSON.stringify(workflow.staticData);
		return result;
	}

	/** What n8n does when a workflow is published, and at each of its own starts. */
	async activate(): Promise<void> {
		try {
			if (!(await this.hook('checkExists'))) await this.hook('create');
		} catch (error) {
			await this.hook('delete').catch(() => undefined);
			throw error;
		}
	}

	/** @returns the error that n8n writes into its log, for the workflow is not published any more whatever comes */
	async deactivate(): Promise<Error | undefined> {
		return await this.hook('delete', { activation: 'update' }).then(
			() => undefined,
			(error: Error) => error,
		);
	}

	/** Starts to take deliveries. */
	async listen(mode: WorkflowExecuteMode = 'webhook'): Promise<string> {
		this.server = createServer(
			(request, response) => void this.answer(request, response, mode).catch(() => response.destroy()),
		);
		await new Promise<void>((resolve) => this.server!.listen(0, '127.0.0.1', resolve));
		return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
	}

	async close(): Promise<void> {
		this.server?.closeAllConnections();
		await new Promise((resolve) => (this.server ? this.server.close(resolve) : resolve(undefined)));
	}

	private async answer(request: IncomingMessage, response: ServerResponse, mode: WorkflowExecuteMode): Promise<void> {
		const rawBody = await bytesOf(request);
		const { workflow, additionalData, node } = this.open();
		const end = (status: number, body: string) => response.writeHead(status).end(body);
		try {
			const result = await this.nodeType.webhook!.call(
				this.contextFor(
					workflow,
					node,
					{
						...additionalData,
						...expressLike(request, response, this.keepsRawBody ? rawBody : undefined),
					} as IWorkflowExecuteAdditionalData,
					mode,
				),
			);
			if (result.workflowData) {
				await this.beforeRun();
				if (this.failRuns > 0) {
					this.failRuns -= 1;
					throw new Error('The database is gone');
				}
				this.runs.push(result.workflowData[0]);
			}
			this.stored = JSON.stringify(workflow.staticData);
			const body = result.workflowData
				? workflow.expression.getComplexParameterValue(
						node,
						this.descriptionFor(request).responseData,
						mode,
						{},
						undefined,
						'firstEntryJson',
					)
				: (result.webhookResponse ?? { message: 'Webhook call received' });
			if (!result.noWebhookResponse) end(200, typeof body === 'string' ? body : JSON.stringify(body));
		} catch {
			end(500, '{"code":0,"message":"There was a problem"}');
		}
	}

	private descriptionFor({ method }: IncomingMessage): IWebhookDescription {
		return this.nodeType.description.webhooks!.find(({ httpMethod }) => httpMethod === method)!;
	}

	private contextFor(
		...[workflow, node, additionalData, mode]: ConstructorParameters<typeof WebhookContext> extends [
			...infer First,
			unknown,
			unknown,
			unknown?,
		]
			? First
			: never
	): IWebhookFunctions {
		const webhookDescription = this.descriptionFor((additionalData as { httpRequest: IncomingMessage }).httpRequest);
		const context = webhookContext(workflow, node, additionalData, mode, { webhookDescription } as never, [], null);
		const getCredentials = context.getCredentials.bind(context);
		const log =
			(level: string) =>
			(...entry: [string, object?]) =>
				void this.logs.push([level, ...entry]);
		return Object.defineProperties(context, {
			getCredentials: {
				value: async (type: string) => {
					await this.beforeCredential();
					return await getCredentials(type);
				},
			},
			logger: { value: Object.fromEntries(['error', 'warn', 'info', 'debug'].map((level) => [level, log(level)])) },
			...(this.setup.instance ? { getInstanceId: { value: () => this.setup.instance } } : {}),
		});
	}
}

async function bytesOf(request: IncomingMessage): Promise<Buffer> {
	const parts: Buffer[] = [];
	for await (const part of request) parts.push(part as Buffer);
	return Buffer.concat(parts);
}

/** The request and the response with what n8n's server adds to them, as far as triggers use it. */
function expressLike(request: IncomingMessage, response: ServerResponse, rawBody?: Buffer) {
	const isForm = request.headers['content-type']?.startsWith('multipart/') === true;
	const query = Object.fromEntries(new URL(request.url!, 'http://localhost').searchParams);
	const httpRequest = Object.assign(request, { rawBody: isForm ? undefined : rawBody, query, params: {}, body: {} });
	const httpResponse = Object.assign(response, {
		status: (code: number) => Object.assign(response, { statusCode: code }),
		send: (text: string) => response.end(text),
	});
	return { httpRequest, httpResponse };
}
