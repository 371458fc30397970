import { createHmac } from 'node:crypto';
import type { ICredentialDataDecryptedObject, IDataObject, INode, INodeExecutionData } from 'n8n-workflow';
import { prepare } from '../engine/engine';
import { pollContext } from '../engine/engineApi';
import { pack, type Bench } from '../support/run';
import { vendors } from '../support/vendors';
import { WebhookHost, type HostSetup } from '../support/webhookHost';

export const SECRET = 'a secret of the webhook';

/** A credential that no request is made with, with the secret of the webhooks in it. */
export function credentialOf(vendor: 'wegly' | 'woofedCrm', webhookSecret = '') {
	const { credential } = vendors.find(({ name }) => name === vendor)!;
	return {
		[`${vendor}Api`]: {
			...credential('https://crm.example.com'),
			requestsPerWindow: 0,
			windowSeconds: 60,
			webhookSecret,
		},
	};
}

/** The signature of a body as hex. */
export const signed = (body: string | Buffer, secret = SECRET): string =>
	createHmac('sha256', secret).update(body).digest('hex');

/** A trigger's item as it comes out of the first run of a host. */
export const firstRun = ({ runs }: WebhookHost) => runs[0]?.[0].json;

/** Hosts of one test file, closed at its end. */
export function hosts() {
	const open: WebhookHost[] = [];
	afterEach(async () => {
		await Promise.all(open.splice(0).map(async (host) => await host.close()));
	});
	return async (setup: HostSetup, mode?: 'manual' | 'webhook') => {
		const host = new WebhookHost(setup);
		open.push(host);
		const url = await host.listen(mode);
		/** Sends a delivery; gives back the answer. */
		const send = async (body: string | Buffer | IDataObject, headers: Record<string, string> = {}, query = '') => {
			const raw = typeof body === 'string' || Buffer.isBuffer(body) ? body : JSON.stringify(body);
			const answer = await fetch(url + query, {
				method: 'POST',
				headers: { 'content-type': 'application/json', ...headers },
				body: raw as string,
			});
			return { status: answer.status, text: await answer.text() };
		};
		return { host, url, send };
	};
}

/** A trigger that polls, in n8n's own context; the static data is what n8n would store. */
export class Polls {
	/** The static data in the database, as text. */
	stored = '{}';
	/** What another credential says in place of the one that the node had first, and its ID. */
	credential: { id?: string; data?: ICredentialDataDecryptedObject } = {};
	/** Name of the trigger node. */
	name = 'Trigger';
	/** ID of the trigger node. */
	id = '1';
	/** Other nodes of the workflow. */
	beside: INode[] = [];
	/** Errors that a poll reported and went on. */
	emitted: Error[] = [];
	/** Milliseconds that n8n grants a poll. */
	budget?: number;
	/** Time zone of the workflow. */
	zone = 'America/Sao_Paulo';
	/** The cursor of the node in a database of its own, as text, where n8n keeps it there. */
	cursor?: string;

	constructor(
		private readonly bench: Bench,
		/** Name of the trigger node. */
		private readonly node: string,
		readonly parameters: IDataObject,
	) {}

	async poll(mode: 'trigger' | 'manual' = 'trigger'): Promise<INodeExecutionData[] | null> {
		const node: INode = {
			id: this.id,
			name: this.name,
			type: `n8n-nodes-crm-pack.${this.node}`,
			typeVersion: 1,
			position: [0, 0],
			parameters: this.parameters as INode['parameters'],
		};
		const { credentials } = this.bench.sandbox;
		const [type] = pack.nodeTypes[node.type].description.credentials!.map(({ name }) => name);
		const { id = type, data = {} } = this.credential;
		const { workflow, additionalData } = prepare(
			{ nodes: [node, ...this.beside], connections: {}, settings: { timezone: this.zone } },
			{
				pack,
				credentials: { ...credentials, [type]: { ...credentials[type], ...data } },
				staticData: JSON.parse(this.stored) as IDataObject,
			},
		);
		const loaded = workflow.getNode(this.name)!;
		loaded.credentials = { [type]: { id, name: type } };
		const cursor = this.cursor === undefined ? undefined : (JSON.parse(this.cursor) as IDataObject);
		// Of the seven arguments that n8n 2.41 takes, those of its own poll loop are left as they are.
		const resolveNodeStaticData = cursor && (() => cursor);
		const emitError = (error: Error) => void this.emitted.push(error);
		const more = [undefined, emitError, undefined, undefined, resolveNodeStaticData] as const;
		const context = pollContext(
			workflow,
			loaded,
			additionalData,
			mode,
			mode === 'manual' ? 'manual' : 'activate',
			...more,
		);
		if (this.budget !== undefined) Object.assign(context, { getPollBudgetMs: () => this.budget });
		const result = await pack.nodeTypes[node.type].poll!.call(context);
		// n8n stores the static data when it starts an execution, and a cursor of its own after every poll that succeeds.
		if (!cursor || result) this.stored = JSON.stringify(workflow.staticData);
		if (cursor) this.cursor = JSON.stringify(cursor);
		return result && result[0];
	}

	/** What a poll told of: event and record, the latter by one of its members. */
	async told(member: string) {
		return ((await this.poll()) ?? []).map(({ json }) => [json.event, (json.record as IDataObject)[member]]);
	}
}
