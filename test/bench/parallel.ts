/** Automatic concurrency at servers of many kinds, in a time that passes at once. */
import { AdaptiveConcurrency, type Rate, Throttle } from '../../nodes/shared/http/limiter';
import { runInOrder } from '../../nodes/shared/run/runInOrder';
import type { Section } from './document';
import { inVirtualTime, randomBy, wait } from './virtualClock';

type Random = () => number;

/** Handles one request; gives false for a server error. */
type Server = () => Promise<boolean>;

/** Response times between two numbers of milliseconds, at any load. */
export const between =
	(least: number, most: number) =>
	(random: Random): Server =>
	async () => {
		await wait(least + random() * (most - least));
		return true;
	};

/** A server whose requests wait in a queue while all its threads are busy. */
export const threads =
	(count: number, least: number, most: number) =>
	(random: Random): Server => {
		const work = between(least, most)(random);
		const queue: Array<() => void> = [];
		let busy = 0;
		return async () => {
			if (busy < count) busy += 1;
			else await new Promise<void>((resolve) => queue.push(resolve));
			await work();
			const next = queue.shift();
			if (next) next();
			else busy -= 1;
			return true;
		};
	};

/** Each new connection to a server costs time; an idle one is used again. */
export const newConnections =
	(ms: number, make: (random: Random) => Server) =>
	(random: Random): Server => {
		const server = make(random);
		let idle = 0;
		return async () => {
			if (idle > 0) idle -= 1;
			else await wait(ms);
			const isGood = await server();
			idle += 1;
			return isGood;
		};
	};

/** A part of the requests ends with a server error. */
export const failing =
	(part: number, make: (random: Random) => Server) =>
	(random: Random): Server => {
		const server = make(random);
		return async () => (await server()) && random() >= part;
	};

/** A server that is another one from some moment on. */
export const changing =
	(atMs: number, before: (random: Random) => Server, after: (random: Random) => Server) =>
	(random: Random): Server => {
		const [first, second] = [before(random), after(random)];
		return async () => await (Date.now() < atMs ? first : second)();
	};

export interface Run {
	/** Time of the run in milliseconds. */
	ms: number;
	/** Requests in parallel at the end, and how many there were at most. */
	parallel: number;
	most: number;
	/** Requests that ended with a server error. */
	failed: number;
}

interface RunOptions {
	items?: number;
	/** 'Requests in Parallel'; automatic without it. */
	parallel?: number;
	rate?: Rate;
	seed?: number;
}

/** Sends items to a server. */
export async function runAt(
	make: (random: Random) => Server,
	{ items = 300, parallel, rate, seed = 1 }: RunOptions = {},
): Promise<Run> {
	return await inVirtualTime(async () => {
		const [server, tempo, throttle, lane] = [
			make(randomBy(seed)),
			new AdaptiveConcurrency(rate !== undefined),
			new Throttle(rate ?? { requests: 0, windowMs: 0 }),
			{},
		];
		const run = { ms: 0, parallel: 0, most: 0, failed: 0 };
		let [started, underWay] = [0, 0];
		await runInOrder({
			parallel: () => parallel ?? tempo.parallel,
			next: () => (started < items ? (started += 1) : undefined),
			recordsOf: () => [],
			work: async () => {
				const release = await throttle.acquire(lane);
				const startedAt = Date.now();
				run.most = Math.max(run.most, (underWay += 1));
				const isGood = await server();
				underWay -= 1;
				if (isGood) tempo.succeeded(startedAt);
				else tempo.failed(startedAt);
				if (!isGood) run.failed += 1;
				release();
				return true;
			},
		});
		return { ...run, ms: Date.now(), parallel: tempo.parallel };
	});
}

export const SEEDS = Array.from({ length: 40 }, (_, index) => index + 1);

/** Times of runs with an automatic number over the mean time of runs with a fixed one, at the same server. */
export async function ratios(
	make: (random: Random) => Server,
	{ seeds = SEEDS, fixed = 16, ...options }: RunOptions & { seeds?: readonly number[]; fixed?: number } = {},
) {
	const [automatic, others]: [number[], number[]] = [[], []];
	for (const seed of seeds) {
		automatic.push((await runAt(make, { ...options, seed })).ms);
		others.push((await runAt(make, { ...options, seed, parallel: fixed })).ms);
	}
	const mean = others.reduce((sum, ms) => sum + ms, 0) / others.length;
	return automatic.map((ms) => ms / mean);
}

const cases: Array<[string, (random: Random) => Server, RunOptions?]> = [
	['50 to 500 ms', between(50, 500)],
	['20 to 1,000 ms', between(20, 1_000)],
	['100 ms', between(100, 100)],
	['100 ms, new connections 400 ms', newConnections(400, between(100, 100))],
	['50 to 500 ms, 1 % server errors', failing(0.01, between(50, 500))],
	['120 to 280 ms, limit of 25 per second', between(120, 280), { rate: { requests: 25, windowMs: 1_000 } }],
	['12 to 28 ms, limit of 25 per second', between(12, 28), { rate: { requests: 25, windowMs: 1_000 } }],
	...[1, 2, 3, 5, 8, 12].map((count): [string, (random: Random) => Server, RunOptions] => [
		`${count} threads of 40 to 60 ms`,
		threads(count, 40, 60),
		{ items: 1_000 },
	]),
	['5 threads of 50 to 500 ms', threads(5, 50, 500), { items: 1_000 }],
	['100 ms, after 3 s 5 threads of 100 ms', changing(3_000, between(100, 100), threads(5, 100, 100)), { items: 1_500 }],
];

/** Each kind of server, with the time beside a fixed number and the number at the end. */
export async function parallelSection(): Promise<Section> {
	const rows: string[][] = [];
	for (const [name, make, options = {}] of cases) {
		const all = await ratios(make, options);
		const ends: number[] = [];
		for (const seed of SEEDS) ends.push((await runAt(make, { ...options, seed })).parallel);
		const mean = all.reduce((sum, ratio) => sum + ratio, 0) / all.length;
		rows.push([
			name,
			String(options.items ?? 300),
			mean.toFixed(2),
			Math.max(...all).toFixed(2),
			`${Math.min(...ends)} to ${Math.max(...ends)}`,
		]);
	}
	return {
		title: `Automatic concurrency beside 16 in parallel, ${SEEDS.length} runs each`,
		head: ['Response time of the server', 'Items', 'Time, as a ratio', 'Worst run', 'Requests in parallel at the end'],
		rows,
	};
}
