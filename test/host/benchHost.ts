/**
 * The pack beside n8n's HTTP Request node and a node that sends one by one, in the same real n8n, against a server that
 * answers after 100 ms; then a trigger beside n8n's Webhook node. Prints ratios; with --json one document; with --write into docs/benchmarks.md.
 */
import Table from 'cli-table3';
import type { IDataObject, INode } from 'n8n-workflow';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { median } from '../bench/stub';
import { writeResults, type Section } from '../bench/document';
import { Limiter, type Limit } from '../sandbox/limiter';
import { deliverySection } from './benchDeliveries';
import { installHost } from './installation';
import { startHost, type Host } from './host';

const LATENCY_MS = 100;
const ROUNDS = 3;

/** A vendor that answers after a while, counts what it let through, and may have a limit. */
async function startVendor() {
	const limiter = new Limiter(undefined);
	const seen = { delivered: 0, refused: 0 };
	const server = createServer((request, response) => {
		request.resume().on('end', () => {
			const letThrough = limiter.arrive() === 0;
			seen[letThrough ? 'delivered' : 'refused'] += 1;
			const [status, body] = letThrough ? [201, { success: true, task: { id: seen.delivered } }] : [429, { message: 'slow down', retry_after: 5 }];
			setTimeout(() => response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body)), LATENCY_MS);
		});
	});
	await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
	const setLimit = (limit: Limit | undefined) => Object.assign(limiter, { limit, counted: [] });
	const takeCount = () => {
		const taken = { ...seen };
		Object.assign(seen, { delivered: 0, refused: 0 });
		return taken;
	};
	return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, setLimit, takeCount, close: () => server.close() };
}

interface Contender {
	name: string;
	node: Pick<INode, 'type' | 'typeVersion'> & { parameters: IDataObject; onError?: INode['onError'] };
	credential?: 'limited' | 'unlimited';
}

const task = { resource: 'task', operation: 'create', subject: '={{ $json.subject }}', type: 'call', due_date: '2026-07-01' };
const own = (name: string, options: IDataObject, credential: Contender['credential'] = 'unlimited'): Contender => ({
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
			parameters: { method: 'POST', url: `${url}/api/v1/tasks`, sendBody: true, specifyBody: 'json', jsonBody, options },
		},
	};
}

/** Runs one contender over so many items; milliseconds that n8n says the node took. */
async function runOnce({ rest }: Host, { node, name }: Contender, credentials: IDataObject, count: number): Promise<number> {
	const nodes = [
		{ id: '1', name: 'Start', type: 'n8n-nodes-base.manualTrigger', typeVersion: 1, position: [0, 0], parameters: {} },
		{
			id: '2',
			name: 'Node',
			position: [200, 0],
			...node,
			...(node.type.startsWith('n8n-nodes-crm-pack') ? { credentials: { syncroChatApi: credentials } } : {}),
		},
	];
	const pinned = Array.from({ length: count }, (_, index) => ({ json: { subject: `${name} ${index}` } }));
	const id = await rest.createWorkflow(
		{ name, nodes: nodes as unknown as INode[], connections: { Start: { main: [[{ node: 'Node', type: 'main', index: 0 }]] } } },
		{ Start: pinned } as unknown as IDataObject,
	);
	const { data, status } = await rest.run(id, 'Start');
	if (status !== 'success') throw new Error(`${name}: ${String(data.resultData.error?.message)}`);
	return data.resultData.runData.Node[0].executionTime;
}

/** The pack beside the HTTP Request node, without a limit of the vendor and with one. */
async function requestSections(): Promise<Section[]> {
	const host = await startHost({ installation: installHost() });
	const vendor = await startVendor();
	try {
		const data = { apiKey: 'k', baseUrl: vendor.url, requestsPerWindow: 0, windowSeconds: 5 };
		const credentials = {
			unlimited: await host.rest.createCredential('syncroChatApi', data, 'unlimited'),
			limited: await host.rest.createCredential('syncroChatApi', { ...data, apiKey: 'limited', requestsPerWindow: 25 }, 'limited'),
		};
		const measure = async (contender: Contender, count: number, rounds: number) => {
			const times: number[] = [];
			for (let round = 0; round < rounds; round += 1) times.push(await runOnce(host, contender, credentials[contender.credential ?? 'unlimited'], count));
			return { ms: median(times) / count, ...vendor.takeCount() };
		};
		const free = [
			own('this pack, default (automatic)', {}),
			own('this pack, 4 in parallel', { requestsInParallel: 4 }),
			own('this pack, 16 in parallel', { requestsInParallel: 16 }),
			own('one by one', { requestsInParallel: 1 }),
			httpRequest('HTTP Request, default', vendor.url),
			httpRequest('HTTP Request, batches of 16 per 100 ms', vendor.url, { batching: { batch: { batchSize: 16, batchInterval: 100 } } }),
			httpRequest('HTTP Request, batches of 4 per 100 ms', vendor.url, { batching: { batch: { batchSize: 4, batchInterval: 100 } } }),
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
			httpRequest('HTTP Request, batches of 25 per 5 s', vendor.url, { batching: { batch: { batchSize: 25, batchInterval: 5_000 } } }),
		]) {
			process.stderr.write(`at 25 per 5 s: ${contender.name}\n`);
			vendor.setLimit({ requests: 25, windowMs: 5_000 });
			const { delivered, refused } = await measure(contender, 200, 1);
			limited.push([contender.name, `${delivered} of 200`, String(refused)]);
		}
		return [
			{ title: `In a real n8n, a server that answers after ${LATENCY_MS} ms`, head: ['Items', 'Node', 'ms an item'], rows },
			{ title: '200 items at 25 per 5 s, in a real n8n', head: ['Node', 'Delivered', 'Refused by the vendor'], rows: limited },
		];
	} finally {
		vendor.close();
		await host.stop();
	}
}

/** `-- deliveries` measures the triggers alone. */
async function main(): Promise<void> {
	const alone = process.argv.includes('deliveries');
	const requests = alone ? [] : await requestSections();
	const deliveries = [await deliverySection()];
	if (process.argv.includes('--json')) return console.log(JSON.stringify([...requests, ...deliveries], null, 2));
	for (const { title, head, rows } of [...requests, ...deliveries]) {
		const table = new Table({ head, style: { head: [], border: [] } });
		table.push(...rows);
		console.log(`\n${title}\n${table.toString()}`);
	}
	if (!process.argv.includes('--write')) return;
	if (!alone) writeResults('results in n8n', requests);
	writeResults('deliveries in n8n', deliveries);
}

void main().then(
	() => process.exit(),
	(error: unknown) => {
		console.error(error);
		process.exit(1);
	},
);
