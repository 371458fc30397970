import { randomUUID } from 'node:crypto';
import { readFileSync, readdirSync } from 'node:fs';
import type { IDataObject, INode } from 'n8n-workflow';
import { SECRET, signedDelivery } from '../bench/deliveries';
import type { Section } from '../bench/document';
import { median } from '../bench/stub';
import { openFixture, withStoredCredentials, type Fixture } from './fixture';

const DELIVERIES = 100;
const IN_FLIGHT = 8;
const ROUNDS = 5;

/** What the Code node needs to be allowed: the runner of its own, and a module of Node. */
const codeNodeSettings = { N8N_RUNNERS_MODE: 'internal', NODE_FUNCTION_ALLOW_BUILTIN: 'crypto' };

/** n8n 2 evaluates expressions in isolates of V8, and starts one for each delivery to any node but its own Webhook node. */
const engines = ['vm', 'legacy'] as const;

/** The check as a tutorial has it: the raw body against the header, in constant time. */
const check = `
const crypto = require('crypto');
const { json, binary } = $input.first();
const raw = Buffer.from(binary.data.data, 'base64');
const expected = crypto.createHmac('sha256', '${SECRET}').update(raw).digest();
const given = Buffer.from(json.headers['x-wegly-signature'] ?? '', 'hex');
if (given.length !== expected.length || !crypto.timingSafeEqual(given, expected)) throw new Error('Not signed');
return [{ json: JSON.parse(raw.toString('utf8')) }];`;

type Nodes = Array<Pick<INode, 'type' | 'typeVersion' | 'parameters'>>;

/** The nodes of each contender, in a row, and the end of its address. */
const contenders: Array<{ name: string; nodes: (path: string) => Nodes; end: string }> = [
	{
		name: 'this pack: Wegly Trigger',
		nodes: () => [
			{ type: 'n8n-nodes-crm-pack.weglyTrigger', typeVersion: 1, parameters: { events: ['lead.created'] } },
		],
		end: '/webhook',
	},
	{
		name: 'Webhook node, signature checked in a Code node',
		nodes: (path) => [
			{
				type: 'n8n-nodes-base.webhook',
				typeVersion: 2,
				parameters: { httpMethod: 'POST', path, options: { rawBody: true } },
			},
			{ type: 'n8n-nodes-base.code', typeVersion: 2, parameters: { jsCode: check } },
		],
		end: '',
	},
];

interface Rates {
	/** Deliveries a second until the last was answered. */
	answered: number;
	/** Deliveries a second until the last run was over. */
	run: number;
	/** Milliseconds of CPU for a delivery and its run. */
	cpuMs: number;
}

async function publish(
	{ host, credentials }: Fixture,
	contender: (typeof contenders)[number],
): Promise<{ id: string; url: string }> {
	const webhookId = randomUUID();
	const nodes = [...contender.nodes(webhookId), { type: 'n8n-nodes-base.noOp', typeVersion: 1, parameters: {} }].map(
		(node, index): INode => ({
			id: String(index),
			name: String(index),
			position: [index * 200, 0],
			webhookId,
			...node,
		}),
	);
	const connections = Object.fromEntries(
		nodes
			.slice(1)
			.map(({ name }, index) => [nodes[index].name, { main: [[{ node: name, type: 'main' as const, index: 0 }]] }]),
	);
	const id = await host.rest.createWorkflow(withStoredCredentials({ nodes, connections }, credentials));
	await host.rest.activate(id);
	return { id, url: `${host.url}/webhook/${webhookId}${contender.end}` };
}

/** Milliseconds of CPU that n8n and its runner of code have used; Linux counts in hundredths of a second. */
function cpuOf(pid: number): number {
	const stat = (of: number | string) => readFileSync(`/proc/${of}/stat`, 'utf8').split(') ')[1].split(' ');
	const used = (fields: string[]) => (Number(fields[11]) + Number(fields[12])) * 10;
	const children = readdirSync('/proc').filter((entry) => {
		try {
			return /^\d+$/.test(entry) && stat(entry)[1] === String(pid);
		} catch {
			return false; // It ended while we looked.
		}
	});
	return [pid, ...children].reduce((sum: number, one) => sum + used(stat(one)), 0);
}

/** Sends deliveries, so many at a time; each of them has to be answered with success and to end in a run that succeeds. */
async function deliver({ host }: Fixture, { id, url }: { id: string; url: string }, round: number): Promise<Rates> {
	const waiting = Array.from({ length: DELIVERIES }, (_, index) => signedDelivery(round * DELIVERIES + index));
	const filter = encodeURIComponent(JSON.stringify({ workflowId: id, status: ['success'] }));
	const successes = async () =>
		(await host.rest.call<{ count: number }>('GET', `/rest/executions?limit=1&filter=${filter}`)).count;
	const sender = async () => {
		for (let next = waiting.pop(); next; next = waiting.pop()) {
			const headers = { 'content-type': 'application/json', 'x-wegly-signature': next.signature };
			const response = await fetch(url, { method: 'POST', headers, body: new Uint8Array(next.raw) });
			await response.arrayBuffer();
			if (response.status !== 200) throw new Error(`A delivery was answered with ${response.status}`);
		}
	};
	const wanted = (await successes()) + DELIVERIES;
	const cpu = cpuOf(host.process.pid!);
	const start = performance.now();
	await Promise.all(Array.from({ length: IN_FLIGHT }, sender));
	const answeredMs = performance.now() - start;
	while ((await successes()) < wanted) await new Promise((resolve) => setTimeout(resolve, 100));
	const runMs = performance.now() - start;
	return {
		answered: (DELIVERIES / answeredMs) * 1_000,
		run: (DELIVERIES / runMs) * 1_000,
		cpuMs: (cpuOf(host.process.pid!) - cpu) / DELIVERIES,
	};
}

async function measure(engine: (typeof engines)[number]): Promise<string[][]> {
	const fixture = await openFixture({ env: { ...codeNodeSettings, N8N_EXPRESSION_ENGINE: engine } });
	try {
		const data = { ...(fixture.sandbox.credentials.weglyApi as IDataObject), webhookSecret: SECRET };
		fixture.credentials.weglyApi = await fixture.host.rest.createCredential('weglyApi', data, 'signed');
		const published = [];
		for (const contender of contenders) published.push(await publish(fixture, contender));
		const rates: Rates[][] = contenders.map(() => []);
		// The first round warms up.
		for (let round = 0; round <= ROUNDS; round += 1) {
			for (const [index, { name }] of contenders.entries()) {
				process.stderr.write(`${DELIVERIES} deliveries, ${engine}: ${name}\n`);
				const measured = await deliver(fixture, published[index], round);
				if (round > 0) rates[index].push(measured);
			}
		}
		const middle = (member: keyof Rates) => rates.map((all) => median(all.map((one) => one[member])));
		const [answered, run, cpuMs] = [middle('answered'), middle('run'), middle('cpuMs')];
		const yardstick = contenders.length - 1;
		return contenders.map(({ name }, index) => [
			engine,
			name,
			answered[index].toFixed(0),
			run[index].toFixed(0),
			cpuMs[index].toFixed(0),
			(run[index] / run[yardstick]).toFixed(2),
		]);
	} finally {
		await fixture.close();
	}
}

/** Deliveries a second that a trigger takes, beside n8n's Webhook node with the check in a Code node, in the same n8n. */
export async function deliverySection(): Promise<Section> {
	const rows: string[][] = [];
	for (const engine of engines) rows.push(...(await measure(engine)));
	return {
		title: `Deliveries of 5 kB with a signature, ${IN_FLIGHT} in flight, in a real n8n`,
		head: [
			'N8N_EXPRESSION_ENGINE',
			'Node',
			'Answered a second',
			'Run to the end a second',
			'CPU (ms a delivery)',
			'Run, ratio',
		],
		rows,
	};
}
