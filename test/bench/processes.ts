import { Throttle } from '../../nodes/shared/http/limiter';
import { Limiter } from '../sandbox/limiter';
import { inVirtualTime, randomBy, wait } from './virtualClock';

export const LIMIT = { requests: 25, windowMs: 5_000 };
const LATENCY_MS = [120, 280] as const;
export const ITEMS = 1_000;

/** When a late comer comes: one process alone is half done by then. */
const LATE_MS = 100_000;

/** 'Max Wait' of a node whose options say nothing. */
const MAX_WAIT_MS = 300_000;

export interface Case {
	processes: number;
	kind?: 'sliding' | 'fixed';
	/** Refused requests count against the limit. */
	countsRefused?: boolean;
	/** The vendor names a pause, in whole seconds. */
	retryAfter?: boolean;
	/** The last process comes late. */
	late?: boolean;
	/** Part of the limit that somebody takes who neither waits nor repeats. */
	foreign?: number;
	/** Items at work at the same time in each process. */
	parallel?: number;
	/** Items of each process. */
	items?: number;
}

/** An answer: nothing when it is granted, else the pause that it names. */
type Answer = { retryAfterMs?: number } | undefined;

/** A vendor that counts each request half-way between its start and its answer. */
class Vendor {
	granted = 0;
	refused = 0;
	private readonly limiter: Limiter;

	constructor(
		private readonly of: Case,
		private readonly random: () => number,
	) {
		this.limiter = new Limiter({ ...LIMIT, kind: of.kind, countsRefused: of.countsRefused });
	}

	async request(): Promise<Answer> {
		const latency = LATENCY_MS[0] + this.random() * (LATENCY_MS[1] - LATENCY_MS[0]);
		await wait(latency / 2);
		const ms = this.limiter.arrive();
		if (ms === 0) this.granted += 1;
		else this.refused += 1;
		await wait(latency / 2);
		if (ms === 0) return undefined;
		return this.of.retryAfter ? { retryAfterMs: Math.ceil(ms / 1000) * 1000 } : {};
	}

	/** Somebody else's requests, at a steady rate. */
	async foreign(part: number, isOver: () => boolean): Promise<void> {
		const distanceMs = LIMIT.windowMs / (LIMIT.requests * part);
		while (!isOver()) {
			this.limiter.arrive();
			await wait(distanceMs * (0.5 + this.random()));
		}
	}
}

/** What a process does with one item; gives the longest time between its attempts. */
export type Process = (vendor: Vendor) => () => Promise<number>;

/** An item is sent until it is granted. */
export async function untilGranted(
	attempt: (isAgain: boolean) => Promise<Answer>,
	pause: (answer: Answer, attempts: number) => Promise<void>,
): Promise<number> {
	let refusedAt: number | undefined;
	for (let attempts = 1; ; attempts += 1) {
		const answer = await attempt(attempts > 1);
		if (answer === undefined) return refusedAt === undefined ? 0 : Date.now() - refusedAt;
		refusedAt ??= Date.now();
		await pause(answer, attempts);
	}
}

export const none = async () => {};

/** The pack's own way. */
export const share: Process = (vendor) => {
	const throttle = new Throttle(LIMIT);
	const lane = {};
	return async () =>
		await untilGranted(async (first) => {
			const release = await throttle.acquire(lane, { first });
			const answer = await vendor.request();
			release(answer);
			return answer;
		}, none);
};

export interface ShareResult {
	/** Part of the requests that were refused. */
	rejected: number;
	/** Granted requests per second, as a part of what the limit leaves to them. */
	rate: number;
	/** Time of the slowest process over that of the fastest. */
	spread: number;
	/** Longest time between the attempts at one item. */
	longestMs: number;
	/** Items whose attempts took longer than 'Max Wait'. */
	lost: number;
}

/** One run of one case. */
export async function shareOf(rule: Process, of: Case, seed = 1): Promise<ShareResult> {
	const random = randomBy(seed);
	return await inVirtualTime(async () => {
		const vendor = new Vendor(of, random);
		const { processes, parallel = 4, foreign = 0, items = ITEMS } = of;
		const times: number[] = [];
		const waits: number[] = [];
		let isOver = false;
		const run = async (_: unknown, number: number) => {
			const send = rule(vendor);
			let left = items;
			if (of.late && number === processes - 1) await wait(LATE_MS);
			const start = Date.now();
			await Promise.all(
				Array.from({ length: parallel }, async () => {
					while (left-- > 0) waits.push(await send());
				}),
			);
			times.push(Date.now() - start);
		};
		if (foreign > 0) void vendor.foreign(foreign, () => isOver);
		await Promise.all(Array.from({ length: processes }, run));
		isOver = true;
		const allowedMs = ((processes * items) / (LIMIT.requests * (1 - foreign))) * LIMIT.windowMs;
		return {
			rejected: vendor.refused / (vendor.granted + vendor.refused),
			rate: allowedMs / Date.now(),
			spread: Math.max(...times) / Math.min(...times),
			longestMs: Math.max(...waits),
			lost: waits.filter((ms) => ms > MAX_WAIT_MS).length,
		};
	});
}
