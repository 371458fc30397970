import pThrottle from 'p-throttle';
import { execute } from '../../nodes/shared/run/execute';
import { resources } from '../../nodes/SyncroChat/resources';
import { syncroChat } from '../../nodes/SyncroChat/vendor';
import { Limiter, type Limit } from '../sandbox/limiter';
import { itemsOf, stubContext, type Transport } from './stub';

/** 25 requests in 5 seconds and answers in 120 to 280 ms, at a tenth of the time. */
const LIMIT = { requests: 25, windowMs: 500 };
const LATENCY_MS = [12, 28] as const;
const ITEMS = 1_000;

export interface RateResult {
	strategy: string;
	window: 'sliding' | 'fixed';
	delivered: number;
	rejected: number;
	/** Delivered items per second, as a share of what the limit allows in the long run. */
	share: number;
}

const wait = async (ms: number) => await new Promise<void>((resolve) => setTimeout(resolve, ms));

/** A vendor that counts each request half-way between its start and its answer. */
class Vendor {
	delivered = 0;
	rejected = 0;
	private readonly limiter: Limiter;

	constructor(limit: Limit) {
		this.limiter = new Limiter(limit);
	}

	/** @returns whether the request was let through */
	async request(): Promise<boolean> {
		const latency = LATENCY_MS[0] + Math.random() * (LATENCY_MS[1] - LATENCY_MS[0]);
		await wait(latency / 2);
		const letThrough = this.limiter.arrive() === 0;
		if (letThrough) this.delivered += 1;
		else this.rejected += 1;
		await wait(latency / 2);
		return letThrough;
	}
}

type Strategy = (vendor: Vendor) => Promise<unknown>;

/** The pack's own way, in one or more executions that share a key. */
const pack =
	(executions: number, key: string): Strategy =>
	async (vendor) => {
		const transport: Transport = async () =>
			(await vendor.request())
				? { statusCode: 201, headers: {}, body: { task: { id: 1 } } }
				: { statusCode: 429, headers: {}, body: { message: 'slow down' } };
		const credentials = {
			apiKey: key,
			baseUrl: 'https://example.com',
			requestsPerWindow: LIMIT.requests,
			windowSeconds: LIMIT.windowMs / 1000,
		};
		const parameters = {
			resource: 'task',
			operation: 'create',
			subject: 's',
			type: 'call',
			due_date: '2026-07-01',
			options: { requestsInParallel: 8 },
		};
		await Promise.all(
			Array.from(
				{ length: executions },
				async () =>
					await execute(
						stubContext({ items: itemsOf(ITEMS / executions), parameters, credentials, transport }),
						syncroChat,
						resources,
					),
			),
		);
	};

/** n8n's HTTP Request node with its option Batching: a batch is sent without waiting for the one before. */
const batching: Strategy = async (vendor) => {
	const sent: Array<Promise<boolean>> = [];
	for (let item = 0; item < ITEMS; item += 1) {
		if (item > 0 && item % LIMIT.requests === 0) await wait(LIMIT.windowMs);
		sent.push(vendor.request());
	}
	await Promise.all(sent);
};

const unthrottled: Strategy = async (vendor) =>
	await Promise.all(Array.from({ length: ITEMS }, async () => await vendor.request()));

const library =
	(strict: boolean): Strategy =>
	async (vendor) => {
		const throttled = pThrottle({ limit: LIMIT.requests, interval: LIMIT.windowMs, strict })(
			async () => await vendor.request(),
		);
		await Promise.all(Array.from({ length: ITEMS }, async () => await throttled()));
	};

const ours: Record<string, (window: string) => Strategy> = {
	'this pack': (window) => pack(1, `one ${window}`),
	'this pack, two executions on one key': (window) => pack(2, `two ${window}`),
};
const others: Record<string, (window: string) => Strategy> = {
	'no throttle': () => unthrottled,
	'batches of 25 per 5 s (HTTP Request node)': () => batching,
	'p-throttle': () => library(false),
	'p-throttle, strict': () => library(true),
};

/** All strategies at both kinds of window. They only wait, so that several run at the same time without being in each other's way. */
export async function rateResults(): Promise<RateResult[]> {
	const both = async (strategies: typeof ours) =>
		await Promise.all(
			(['sliding', 'fixed'] as const).flatMap((window) =>
				Object.entries(strategies).map(async ([name, strategy]) => await measure(name, window, strategy(window))),
			),
		);
	return [...(await both(ours)), ...(await both(others))];
}

async function measure(strategy: string, window: RateResult['window'], work: Strategy): Promise<RateResult> {
	const vendor = new Vendor({ ...LIMIT, kind: window });
	const start = Date.now();
	await work(vendor);
	const allowedMs = (ITEMS / LIMIT.requests) * LIMIT.windowMs;
	return {
		strategy,
		window,
		delivered: vendor.delivered,
		rejected: vendor.rejected,
		share: (allowedMs / (Date.now() - start)) * (vendor.delivered / ITEMS),
	};
}
