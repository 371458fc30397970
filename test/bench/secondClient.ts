import { execute } from '../../nodes/shared/run/execute';
import { resources } from '../../nodes/SyncroChat/resources';
import { syncroChat } from '../../nodes/SyncroChat/vendor';
import type { Section } from './document';
import { itemsOf, stubContext } from './stub';
import { inVirtualTime, randomBy, wait } from './virtualClock';

const THREADS = 5;
const WORK_MS = [40, 60] as const;
const ITEMS = 1_000;

/** Time between two requests of the second client. */
const PAUSE_MS = 200;

/** A server of a few threads: who comes when all are busy waits in a queue. */
class Server {
	private busy = 0;
	private readonly queue: Array<() => void> = [];

	constructor(private readonly random: () => number) {}

	async request(): Promise<void> {
		if (this.busy < THREADS) this.busy += 1;
		else await new Promise<void>((resolve) => this.queue.push(resolve));
		await wait(WORK_MS[0] + this.random() * (WORK_MS[1] - WORK_MS[0]));
		const next = this.queue.shift();
		if (next) next();
		else this.busy -= 1;
	}
}

export interface SecondClientResult {
	/** Mean time of an answer to the second client, in milliseconds. */
	clientMs: number;
	/** Time of the run, in milliseconds. */
	runMs: number;
}

let keys = 0;

/**
 * A client of a server beside a run of the pack, in a time that passes at once.
 *
 * @param parallel 'Requests in Parallel'; nothing for no run beside it
 */
export async function secondClient(parallel: number | undefined): Promise<SecondClientResult> {
	return await inVirtualTime(async () => {
		const server = new Server(randomBy(1));
		const credentials = {
			apiKey: `second client ${(keys += 1)}`,
			baseUrl: 'https://example.com',
			requestsPerWindow: 0,
			windowSeconds: 60,
		};
		const parameters = {
			resource: 'task',
			operation: 'create',
			subject: 's',
			type: 'call',
			due_date: '2026-07-01',
			options: { requestsInParallel: parallel ?? 0 },
		};
		const transport = async () => {
			await server.request();
			return { statusCode: 201, headers: {}, body: { task: { id: 1 } } };
		};
		let isOver = false;
		const run = async () => {
			if (parallel === undefined) await wait(60_000);
			else
				await execute(
					stubContext({ items: itemsOf(ITEMS), parameters, credentials, transport }),
					syncroChat,
					resources,
				);
			isOver = true;
			return Date.now();
		};
		const times: number[] = [];
		const client = async () => {
			while (!isOver) {
				const from = Date.now();
				await server.request();
				times.push(Date.now() - from);
				await wait(PAUSE_MS);
			}
		};
		const [runMs] = await Promise.all([run(), client()]);
		return { clientMs: times.reduce((sum, ms) => sum + ms, 0) / times.length, runMs };
	});
}

/** How a run bears on another client of the same server. */
export async function secondClientSection(): Promise<Section> {
	const alone = await secondClient(undefined);
	const rows: string[][] = [];
	for (const [name, parallel] of [
		['automatic', 0],
		['4', 4],
		['16', 16],
		['32', 32],
	] as const) {
		const { clientMs, runMs } = await secondClient(parallel);
		rows.push([name, (clientMs / alone.clientMs).toFixed(2), `${(runMs / 1000).toFixed(1)} s`]);
	}
	return {
		title: `${ITEMS} items at a server with ${THREADS} threads, 50 ms a request, and a second client of it`,
		head: ['Requests in Parallel', 'Answers to the second client, times as slow', 'Time of the run'],
		rows,
	};
}
