import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { runWorkflow } from '../engine/engine';
import { loadPack } from '../engine/pack';
import { Limiter, type Limit } from '../sandbox/limiter';
import type { Section } from './document';
import { itemsOf, median } from './stub';

const ITEMS = 300;
const FIXED = 16;
const BUSY = 2;

interface Server {
	name: string;
	/** Response time in milliseconds: anything in between, at any load. */
	latencyMs: readonly [number, number];
	limit?: Limit;
}

const second = { requests: 25, windowMs: 1_000 };
const servers: Server[] = [
	{ name: '50 to 500 ms', latencyMs: [50, 500] },
	{ name: '20 to 1,000 ms', latencyMs: [20, 1_000] },
	{ name: '100 ms', latencyMs: [100, 100] },
];
const limited: Server[] = (['sliding', 'fixed'] as const).flatMap((kind) => [
	{ name: `12 to 28 ms, 25 per second, ${kind} window`, latencyMs: [12, 28] as const, limit: { ...second, kind } },
	{ name: `120 to 280 ms, 25 per second, ${kind} window`, latencyMs: [120, 280] as const, limit: { ...second, kind } },
]);

const wait = async (ms: number) => await new Promise<void>((resolve) => setTimeout(resolve, ms));

/** Starts a server in this process, which counts a request half-way between its start and its response. */
async function start({ latencyMs: [least, most], limit }: Server): Promise<{ url: string; close: () => void }> {
	const limiter = new Limiter(limit);
	const respond = async (response: ServerResponse) => {
		const ms = least + Math.random() * (most - least);
		await wait(ms / 2);
		const isAllowed = limiter.arrive() === 0;
		await wait(ms / 2);
		response
			.writeHead(isAllowed ? 201 : 429, { 'content-type': 'application/json' })
			.end(JSON.stringify({ success: isAllowed, task: { id: 1, subject: 's' } }));
	};
	const server = createServer((request, response) => void request.resume().on('end', () => void respond(response)));
	await once(server.listen(0, '127.0.0.1'), 'listening');
	const close = () => {
		server.close();
		server.closeAllConnections();
	};
	return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/api/v1`, close };
}

let keys = 0;

/** Milliseconds of one run in n8n's engine. */
async function timeOf(of: Server, requestsInParallel: number): Promise<number> {
	const { url, close } = await start(of);
	const parameters = {
		resource: 'task',
		operation: 'create',
		subject: 's',
		type: 'email',
		due_date: '2026-07-01',
		options: { requestsInParallel },
	};
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
			{ id: '2', name: 'Node', type: 'n8n-nodes-crm-pack.syncroChat', typeVersion: 1, position: [0, 0], parameters },
		],
		connections: { Trigger: { main: [[{ node: 'Node', type: 'main', index: 0 }]] } },
	};
	const credential = {
		apiKey: `concurrency ${(keys += 1)}`,
		baseUrl: url,
		requestsPerWindow: of.limit?.requests ?? 0,
		windowSeconds: (of.limit?.windowMs ?? 1_000) / 1_000,
	};
	try {
		const { data } = await runWorkflow(workflow as never, {
			pack: loadPack('build'),
			credentials: { syncroChatApi: credential },
			items: itemsOf(ITEMS),
		});
		const [task] = data.resultData.runData.Node;
		if (task.data?.main[0]?.length !== ITEMS) throw new Error(`The run gave ${String(task.error?.message)}`);
		return task.executionTime;
	} finally {
		close();
	}
}

/** Runs something beside processes that use all processors. */
async function besideBusy<Result>(work: () => Promise<Result>): Promise<Result> {
	const busy = Array.from({ length: BUSY }, () =>
		spawn(process.execPath, ['-e', 'for (;;) Math.random()'], { stdio: 'ignore' }),
	);
	try {
		return await work();
	} finally {
		for (const child of busy) child.kill();
	}
}

async function compare(of: Server, runs: number): Promise<{ automatic: number[]; fixed: number[] }> {
	const [automatic, fixed]: [number[], number[]] = [[], []];
	for (let run = 0; run < runs; run += 1) {
		automatic.push(await timeOf(of, 0));
		fixed.push(await timeOf(of, FIXED));
	}
	return { automatic, fixed };
}

const perItem = (ms: number) => `${(ms / ITEMS).toFixed(1)} ms`;
const share = (of: Limit, ms: number) => `${((ITEMS / of.requests) * (of.windowMs / ms) * 100).toFixed(0)} %`;

/** Automatic concurrency beside a fixed one, at servers that are as quick at any load. */
export async function concurrencySections(runs: number): Promise<Section[]> {
	const rows: string[][] = [];
	for (const isBusy of [false, true]) {
		for (const of of servers) {
			const { automatic, fixed } = await (
				isBusy ? besideBusy : async (work: () => ReturnType<typeof compare>) => await work()
			)(async () => await compare(of, runs));
			const worst = Math.max(...automatic);
			const beside = isBusy ? `${BUSY} busy processes` : 'nothing';
			const ratioOf = (ms: number) => (ms / median(fixed)).toFixed(2);
			rows.push([
				of.name,
				beside,
				perItem(median(automatic)),
				perItem(worst),
				perItem(median(fixed)),
				ratioOf(worst),
				ratioOf(Math.max(...fixed)),
			]);
		}
	}
	const atLimit: string[][] = [];
	for (const of of limited) {
		const { automatic, fixed } = await compare(of, Math.ceil(runs / 2));
		atLimit.push([
			of.name,
			share(of.limit!, median(automatic)),
			share(of.limit!, Math.max(...automatic)),
			share(of.limit!, median(fixed)),
		]);
	}
	return [
		{
			title: `${ITEMS} items, ${runs} runs, server in the same process`,
			head: [
				'Response time, at any load',
				'Beside it',
				'Automatic (an item)',
				'Worst run',
				`${FIXED} in parallel`,
				'Worst run / median of the fixed number',
				'The same of the fixed number',
			],
			rows,
		},
		{
			title: `${ITEMS} items at a rate limit, ${Math.ceil(runs / 2)} runs: share of the allowed rate`,
			head: ['Response time and limit', 'Automatic', 'Worst run', `${FIXED} in parallel`],
			rows: atLimit,
		},
	];
}
