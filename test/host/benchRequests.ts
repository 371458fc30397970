import type { IDataObject, INode } from 'n8n-workflow';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Section } from '../bench/document';
import { median } from '../bench/stub';
import { Limiter, type Limit } from '../sandbox/limiter';
import { startHost, type Host } from './host';
import { installHost } from './installation';

const LATENCY_MS = 100;
const ROUNDS = 3;

/** A vendor that answers after so many milliseconds, counts what it let through, and may have a limit. */
export async function startVendor(latencyMs: number) {
	const limiter = new Limiter(undefined);
	const seen = { delivered: 0, refused: 0 };
	const server = createServer((request, response) => {
		request.resume().on('end', () => {
			const letThrough = limiter.arrive() === 0;
			seen[letThrough ? 'delivered' : 'refused'] += 1;
			const [status, body] = letThrough
				? [201, { success: true, task: { id: seen.delivered } }]
				: [429, { message: 'slow down', retry_after: 5 }];
			setTimeout(
				() => response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body)),
				latencyMs,
			);
		});
	});
	await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
	const setLimit = (limit: Limit | undefined) => Object.assign(limiter, { limit, counted: [] });
	const takeCount = () => {
		const taken = { ...seen };
		Object.assign(seen, { delivered: 0, refused: 0 });
		return taken;
	};
	return {
		url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
		setLimit,
		takeCount,
		close: () => server.close(),
	};
}

export interface Contender {
	name: string;
	node: Pick<INode, 'type' | 'typeVersion'> & { parameters: IDataObject; onError?: INode['onError'] };
	credential?: 'limited' | 'unlimited';
}

const task = {
	resource: 'task',
	operation: 'create',
	subject: '={{ $json.subject }}',
	type: 'call',
	due_date: '2026-07-01',
};
export const own = (
	name: string,
	options: IDataObject,
	credential: Contender['credential'] = 'unlimited',
): Contender => ({
	name,
	node: { type: 'n8n-nodes-crm-pack.syncroChat', typeVersion: 1, parameters: { ...task, options } },
	credential,
});

function httpRequest(name: string, url: string, options: IDataObject = {}): Contender {
	const jsonBody = "={{ JSON.stringify({ subject: $json.subject, type: 'call', due_date: '2026-07-01' }) }}";
	return {
		name,
		node: {
			type: 'n8n-nodes-base.httpRequest',
			typeVersion: 4.2,
			onError: 'continueRegularOutput',
			parameters: {
				method: 'POST',
				url: `${url}/api/v1/tasks`,
				sendBody: true,
				specifyBody: 'json',
				jsonBody,
				options,
			},
		},
	};
}

/** Makes a workflow of one contender, which gets so many items. */
export async function publish(
	{ rest }: Host,
	{ node, name }: Contender,
	credentials: IDataObject,
	count: number,
): Promise<string> {
	const isOwn = node.type.startsWith('n8n-nodes-crm-pack');
	const nodes = [
		{ id: '1', name: 'Start', type: 'n8n-nodes-base.manualTrigger', typeVersion: 1, position: [0, 0], parameters: {} },
		{
			id: '2',
			name: 'Node',
			position: [200, 0],
			...node,
			...(isOwn ? { credentials: { syncroChatApi: credentials } } : {}),
		},
	];
	const pinned = Array.from({ length: count }, (_, index) => ({ json: { subject: `${name} ${index}` } }));
	return await rest.createWorkflow(
		{
			name,
			nodes: nodes as unknown as INode[],
			connections: { Start: { main: [[{ node: 'Node', type: 'main', index: 0 }]] } },
		},
		{ Start: pinned } as unknown as IDataObject,
	);
}

/** Runs a published workflow; milliseconds that n8n says the node took. */
export async function timeOf({ rest }: Host, workflow: string): Promise<number> {
	const { data, status } = await rest.run(workflow, 'Start');
	if (status !== 'success') throw new Error(String(data.resultData.error?.message));
	return data.resultData.runData.Node[0].executionTime;
}

/** The pack beside the HTTP Request node, without a limit of the vendor and with one. */
export async function requestSections(): Promise<Section[]> {
	const host = await startHost({ installation: installHost() });
	const vendor = await startVendor(LATENCY_MS);
	try {
		const data = { apiKey: 'k', baseUrl: vendor.url, requestsPerWindow: 0, windowSeconds: 5 };
		const credentials = {
			unlimited: await host.rest.createCredential('syncroChatApi', data, 'unlimited'),
			limited: await host.rest.createCredential(
				'syncroChatApi',
				{ ...data, apiKey: 'limited', requestsPerWindow: 25 },
				'limited',
			),
		};
		const measure = async (contender: Contender, count: number, rounds: number) => {
			const times: number[] = [];
			for (let round = 0; round < rounds; round += 1)
				times.push(
					await timeOf(host, await publish(host, contender, credentials[contender.credential ?? 'unlimited'], count)),
				);
			return { ms: median(times) / count, ...vendor.takeCount() };
		};
		const free = [
			own('this pack, default (automatic)', {}),
			own('this pack, 4 in parallel', { requestsInParallel: 4 }),
			own('this pack, 16 in parallel', { requestsInParallel: 16 }),
			own('one by one', { requestsInParallel: 1 }),
			httpRequest('HTTP Request, default', vendor.url),
			httpRequest('HTTP Request, batches of 16 per 100 ms', vendor.url, {
				batching: { batch: { batchSize: 16, batchInterval: 100 } },
			}),
			httpRequest('HTTP Request, batches of 4 per 100 ms', vendor.url, {
				batching: { batch: { batchSize: 4, batchInterval: 100 } },
			}),
		];
		await measure(free[0], 50, 1);
		await measure(free[4], 50, 1);
		const rows: string[][] = [];
		for (const count of [200, 1_000]) {
			for (const contender of free) {
				process.stderr.write(`${count} items: ${contender.name}\n`);
				const { ms } = await measure(contender, count, count === 200 ? ROUNDS : 1);
				rows.push([String(count), contender.name, ms.toFixed(1)]);
			}
		}
		const limited: string[][] = [];
		for (const contender of [
			own('this pack', {}, 'limited'),
			httpRequest('HTTP Request, default', vendor.url),
			httpRequest('HTTP Request, batches of 25 per 5 s', vendor.url, {
				batching: { batch: { batchSize: 25, batchInterval: 5_000 } },
			}),
		]) {
			process.stderr.write(`at 25 per 5 s: ${contender.name}\n`);
			vendor.setLimit({ requests: 25, windowMs: 5_000 });
			const { delivered, refused } = await measure(contender, 200, 1);
			limited.push([contender.name, `${delivered} of 200`, String(refused)]);
		}
		return [
			{
				title: `In a real n8n, a server that answers after ${LATENCY_MS} ms`,
				head: ['Items', 'Node', 'ms an item'],
				rows,
			},
			{
				title: '200 items at 25 per 5 s, in a real n8n',
				head: ['Node', 'Delivered', 'Refused by the vendor'],
				rows: limited,
			},
		];
	} finally {
		vendor.close();
		await host.stop();
	}
}
