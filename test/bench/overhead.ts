import type { IDataObject, IExecuteFunctions, INodeType } from 'n8n-workflow';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { runWorkflow, type Pack } from '../engine/engine';
import { loadPack } from '../engine/pack';
import { itemsOf, median, stubContext, timed } from './stub';

const ITEMS = 1_000;
const ROUNDS = 9;
const OVERHEAD_ROUNDS = 60;
const fields = { description: 'd', priority: 'high', due_time: '09:00', lead_id: 123, assigned_to: 12 };
const parameters = {
	resource: 'task',
	operation: 'create',
	subject: 's',
	type: 'email',
	due_date: '2026-07-01',
	additionalFields: fields,
};
const expressions = {
	...parameters,
	subject: '={{ "s" + $json.index }}',
	type: '={{ "email" }}',
	due_date: '={{ "2026-07-01" }}',
	additionalFields: {
		description: '={{ "d" + $json.index }}',
		priority: '={{ "high" }}',
		due_time: '={{ "09:00" }}',
		lead_id: '={{ 123 }}',
		assigned_to: '={{ 12 }}',
	},
};
const answer = { statusCode: 201, headers: {}, body: { success: true, task: { id: 1, subject: 's' } } };

/**
 * Milliseconds an item costs in the executor alone, without n8n's parameter reads and without HTTP. It is that of the build,
 * because what runs TypeScript directly gives each function its name when it is made, which is not shipped.
 *
 * @param options those of the node
 * @returns that of the middle round, and that of the quickest, which other work on the machine held up least
 */
export async function executorOverhead(options: IDataObject = {}): Promise<{ medianMs: number; quickestMs: number }> {
	const credentials = { apiKey: 'key', baseUrl: 'https://example.com', requestsPerWindow: 0 };
	const all = { ...parameters, simplify: true, options };
	const context = () =>
		stubContext({ items: itemsOf(ITEMS), parameters: all, credentials, transport: async () => answer });
	const names = Object.keys(all);
	const bare = async () => {
		const stub = context();
		for (let item = 0; item < ITEMS; item += 1) {
			for (const name of names) stub.getNodeParameter(name, item);
			await stub.helpers.httpRequestWithAuthentication.call(stub, 'key', { url: '' });
		}
	};
	const { execute } = loadPack('build').nodeTypes['n8n-nodes-crm-pack.syncroChat'];
	const own = async () => await execute!.call(context());
	for (let round = 0; round < 20; round += 1) await own();
	const rounds: Array<{ ownMs: number; bareMs: number }> = [];
	for (let round = 0; round < OVERHEAD_ROUNDS; round += 1)
		rounds.push({ ownMs: await timed(own), bareMs: await timed(bare) });
	const quickest = Math.min(...rounds.map(({ ownMs }) => ownMs)) - Math.min(...rounds.map(({ bareMs }) => bareMs));
	return { medianMs: median(rounds.map(({ ownMs, bareMs }) => ownMs - bareMs)) / ITEMS, quickestMs: quickest / ITEMS };
}

const element = (name: string) => ({ displayName: name, name, type: 'string', default: '' });

/** A node as one would write it by hand: one request after another. */
class BareLoop implements INodeType {
	description = {
		displayName: 'Bare',
		name: 'bare',
		group: ['transform'],
		version: 1,
		description: '',
		defaults: { name: 'Bare' },
		inputs: ['main'],
		outputs: ['main'],
		properties: ['url', 'subject', 'type', 'due_date']
			.map(element)
			.concat({ ...element('additionalFields'), type: 'json' }),
	} as unknown as INodeType['description'];

	async execute(this: IExecuteFunctions) {
		const url = this.getNodeParameter('url', 0) as string;
		const output = [];
		for (let item = 0; item < this.getInputData().length; item += 1) {
			const body = Object.fromEntries(
				['subject', 'type', 'due_date'].map((name) => [name, this.getNodeParameter(name, item)]),
			);
			const more = this.getNodeParameter('additionalFields', item) as object;
			output.push({
				json: (await this.helpers.httpRequest({ method: 'POST', url, body: { ...body, ...more } })) as never,
				pairedItem: { item },
			});
		}
		return [output];
	}
}

export interface TotalCost {
	/** Milliseconds after which the server answers. */
	latencyMs: number;
	parameters: 'static' | 'expressions';
	bareMs: number;
	packMs: number;
	ratio: number;
}

/** Milliseconds an item costs in n8n's engine against a local server: the pack with 8 in flight, and the bare loop. */
export async function totalCost(): Promise<TotalCost[]> {
	const server = spawn(process.execPath, ['-e', SERVER], { stdio: ['ignore', 'pipe', 'inherit'] });
	const [first] = (await once(server.stdout, 'data')) as [Buffer];
	const address = `http://127.0.0.1:${String(first).trim()}`;
	const pack = loadPack('build');
	const all: Pack = { ...pack, nodeTypes: { ...pack.nodeTypes, 'bench.bare': new BareLoop() } };
	const run = async (type: string, given: object, url: string) => {
		const workflow = {
			nodes: [
				{
					id: '1',
					name: 'Trigger',
					type: 'n8n-nodes-base.manualTrigger',
					typeVersion: 1,
					position: [0, 0],
					parameters: {},
				},
				{ id: '2', name: 'Node', type, typeVersion: 1, position: [0, 0], parameters: given },
			],
			connections: { Trigger: { main: [[{ node: 'Node', type: 'main', index: 0 }]] } },
		};
		const { data } = await runWorkflow(workflow as never, {
			pack: all,
			credentials: { syncroChatApi: { apiKey: 'k', baseUrl: url, requestsPerWindow: 0 } },
			items: itemsOf(ITEMS),
		});
		const [task] = data.resultData.runData.Node;
		if (task.data?.main[0]?.length !== ITEMS) throw new Error(`The run gave ${String(task.error?.message)}`);
		return task.executionTime;
	};
	try {
		return [...(await compare(run, address, 0)), ...(await compare(run, address, 1))];
	} finally {
		server.kill();
	}
}

async function compare(
	run: (type: string, given: object, url: string) => Promise<number>,
	address: string,
	latencyMs: number,
): Promise<TotalCost[]> {
	const url = `${address}/${latencyMs}/api/v1`;
	const costs: TotalCost[] = [];
	for (const [kind, given] of [
		['static', parameters],
		['expressions', expressions],
	] as const) {
		const own = async () =>
			await run('n8n-nodes-crm-pack.syncroChat', { ...given, options: { requestsInParallel: 8 } }, url);
		const bare = async () => await run('bench.bare', { ...given, url: `${url}/tasks` }, url);
		const [bareRounds, packRounds]: [number[], number[]] = [[], []];
		for (let round = 0; round < ROUNDS + 1; round += 1) {
			const [b, o] = [await bare(), await own()];
			// The first round only warms up.
			if (round === 0) continue;
			bareRounds.push(b);
			packRounds.push(o);
		}
		const [bareMs, packMs] = [median(bareRounds) / ITEMS, median(packRounds) / ITEMS];
		costs.push({ latencyMs, parameters: kind, bareMs, packMs, ratio: packMs / bareMs });
	}
	return costs;
}

/** A server in a process of its own; the path says after how many milliseconds it answers. */
const SERVER = `
	const answer = JSON.stringify({ success: true, task: { id: 1, subject: 's' } });
	const server = require('node:http').createServer((request, response) => {
		const reply = () => response.writeHead(201, { 'content-type': 'application/json' }).end(answer);
		const latency = Number(request.url.split('/')[1]);
		request.resume().on('end', () => (latency > 0 ? setTimeout(reply, latency) : reply()));
	});
	server.listen(0, '127.0.0.1', () => console.log(server.address().port));
`;
