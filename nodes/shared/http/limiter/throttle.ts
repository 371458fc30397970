import { clock } from '../../base/clock';
import { followingSignal, sleep } from '../../base/sleep';
import { FairQueue, type Waiter } from './fairQueue';
import type { ServerLimit } from './serverLimit';
import { FORGOTTEN_AFTER_MS, Rates, type Rate } from './rates';
import { rateLimitPauseMs } from '../retryPolicy';
import { AdaptiveRateLimit } from './adaptiveRateLimit';

/** A rate-limited response. */
export interface RateLimited {
	/** Pause in milliseconds that the vendor requires. */
	retryAfterMs?: number;
}

/** Releases a slot after the response. Pass the details if the vendor rate-limited the request. */
export type Release = (rateLimited?: RateLimited) => void;

/** How a request waits for a slot. */
export interface SlotWait {
	/** Ends the wait. */
	signal?: AbortSignal;
	/** Longest pause of the vendor for which the request waits, in milliseconds. */
	maxPauseMs?: number;
	/** Puts the request before all others, because the vendor refused it before. */
	first?: boolean;
}

/** The vendor's pause is longer than this request may wait. */
export class PauseTooLong extends Error {
	constructor(readonly pauseMs: number) {
		super(`A pause of ${pauseMs} ms`);
	}
}

/** Longest pause that one response can cause. A vendor's mistake must not stop its node for days. */
const LONGEST_PAUSE_MS = 3_600_000;

/** Window of a share if no limit is known, and the shortest pause that protects a vendor from a flood of requests. */
const SHORT_WINDOW_MS = 1_000;

/**
 * Keeps requests below a vendor's rate limit, with fixed and with sliding windows.
 *
 * A request holds a slot from its start until one window after its response. The vendor counts the request at some time
 * in between, so no window of the vendor contains more than `requests` of ours. A free slot is granted immediately, so
 * the first burst runs at full speed.
 *
 * If the vendor still refuses a request, other clients use the same key, for example other n8n processes. Then this
 * process keeps to a share of the limit, which adapts itself (`adaptiveRateLimit.ts`), until the others have stopped.
 */
export class Throttle {
	/** Times of the responses whose slots are still held, oldest first. A changed window applies to them too. */
	private readonly recentResponses: number[] = [];
	private inFlight = 0;
	private pausedUntil = 0;
	private share?: AdaptiveRateLimit;
	/**
	 * Time of the last refusal, and the number of refusals in a row of requests that started after the previous one.
	 */
	private refusedAt = -Infinity;
	private refusalsInRow = 0;
	private readonly queue = new FairQueue();
	private wake?: AbortController;
	private isGranting = false;
	private lastUsed = clock();

	constructor(
		rate: Rate,
		readonly rates = new Rates(rate),
	) {}

	get rate(): Rate {
		return this.rates.current;
	}

	/** Sets the current rate of a credential. Of several credentials with one key, the strictest counts. */
	setRate(owner: string, rate: Rate): void {
		this.lastUsed = clock();
		if (!this.rates.take(owner, rate)) return;
		this.share = undefined;
		this.wake?.abort();
	}

	/** Sets the limit that the server reports. */
	learn({ rate, pauseMs }: ServerLimit): void {
		if (rate && this.rates.learn(rate)) this.share = undefined;
		if (pauseMs !== undefined) this.pause(pauseMs);
	}

	/**
	 * Returns the requests per window of its share while others use the same key; undefined if it has the whole limit.
	 */
	shareSize(): number | undefined {
		return this.share?.isOver() ? undefined : this.share?.slots();
	}

	/** Tells whether it was unused for so long that it can be removed. */
	isUnused(): boolean {
		const isIdle = this.inFlight === 0 && this.queue.isEmpty() && this.pausedUntil <= clock();
		return isIdle && clock() - this.lastUsed > Math.max(FORGOTTEN_AFTER_MS, this.rate.windowMs);
	}

	/**
	 * Waits for a slot.
	 *
	 * @param execution any object that identifies the execution
	 * @throws the signal's reason as soon as it is aborted
	 * @throws PauseTooLong as soon as the vendor requires a longer pause
	 */
	async acquire(execution: object, { signal, maxPauseMs = Infinity, first = false }: SlotWait = {}): Promise<Release> {
		signal?.throwIfAborted();
		this.lastUsed = clock();
		const pauseMs = this.pausedUntil - clock();
		if (pauseMs > maxPauseMs) throw new PauseTooLong(pauseMs);
		if (this.queue.isEmpty() && this.msUntilFree() <= 0) this.start();
		else await this.awaitTurn(execution, maxPauseMs, first, signal);
		const startedAt = clock();
		return (rateLimited) => this.release(startedAt, rateLimited);
	}

	private async awaitTurn(execution: object, maxPauseMs: number, first: boolean, signal?: AbortSignal): Promise<void> {
		await this.enqueue(execution, maxPauseMs, first, signal);
		// The request that freed the slot may have failed and may stop the node, so its handlers run first.
		await sleep(0);
		if (!signal?.aborted) return;
		this.inFlight -= 1;
		this.wake?.abort();
		throw signal.reason;
	}

	/** Starts no request for a while. Requests that may not wait so long fail immediately. */
	pause(ms: number): void {
		this.pausedUntil = Math.max(this.pausedUntil, clock() + Math.min(LONGEST_PAUSE_MS, ms));
		const pauseMs = this.pausedUntil - clock();
		for (const waiter of this.queue.all()) if (pauseMs > waiter.remainingPauseMs()) waiter.refuse(pauseMs);
	}

	/** Returns the milliseconds until the next request may start; 0 if unknown. */
	aheadMs(): number {
		return Number.isFinite(this.msUntilFree()) ? this.msUntilFree() : 0;
	}

	private start(): void {
		this.inFlight += 1;
		this.share?.started();
	}

	private release(startedAt: number, rateLimited?: RateLimited): void {
		this.inFlight -= 1;
		if (rateLimited) this.noteRefusal(startedAt, rateLimited);
		else {
			this.refusalsInRow = 0;
			this.forgetOldResponses();
			this.recentResponses.push(clock());
			this.share?.granted(startedAt);
		}
		this.wake?.abort();
	}

	/** Records a refusal. It decides when the next request may start. */
	private noteRefusal(startedAt: number, { retryAfterMs }: RateLimited): void {
		const { requests } = this.rate;
		// Refusals of requests that were in flight together count as one.
		const isNext = startedAt >= this.refusedAt;
		if (isNext) this.refusalsInRow += 1;
		this.refusedAt = clock();
		if (retryAfterMs !== undefined) this.pause(retryAfterMs);
		// Trust Retry-After the first time. Without a known limit, trust it always unless it is under a second.
		const isTimed =
			retryAfterMs !== undefined && (this.refusalsInRow <= 1 || (requests === 0 && retryAfterMs >= SHORT_WINDOW_MS));
		if (isTimed && requests === 0 && !this.share) return;
		if (requests === 0 && !isTimed && isNext && this.refusalsInRow > 1) return this.backOff();
		this.share ??= new AdaptiveRateLimit(
			requests,
			this.slotsHeld(this.shareWindowMs),
			this.shareWindowMs,
			this.recentResponses.slice(this.firstWithin(this.shareWindowMs)),
		);
		this.share.refused(startedAt, this.slotsHeld(this.shareWindowMs), isTimed);
	}

	/**
	 * After two refusals in a row without a known limit, all requests wait, twice as long each time, and restart
	 * slowly.
	 */
	private backOff(): void {
		this.pause(rateLimitPauseMs(this.refusalsInRow));
		this.share = new AdaptiveRateLimit(0, 1, SHORT_WINDOW_MS, [], this.pausedUntil);
	}

	/** The window of a share: the window of the limit, if it is known. */
	private get shareWindowMs(): number {
		return (this.rate.requests > 0 && this.rate.windowMs) || SHORT_WINDOW_MS;
	}

	private async enqueue(execution: object, maxPauseMs: number, first: boolean, given?: AbortSignal): Promise<void> {
		const signal = given && followingSignal(given);
		await new Promise<void>((resolve, reject) => {
			const end = (settle: () => void) => {
				signal?.removeEventListener('abort', leave);
				settle();
			};
			const giveUp = (reason: unknown) => {
				this.queue.leave(execution, waiter);
				this.wake?.abort();
				end(() => reject(reason));
			};
			const leave = () => giveUp(signal?.reason);
			const joinedAt = clock();
			const waiter: Waiter = {
				grant: () => end(resolve),
				refuse: (pauseMs) => giveUp(new PauseTooLong(pauseMs)),
				// After a refusal, or without a known limit, the vendor causes the whole wait, so all of it counts.
				remainingPauseMs: () => maxPauseMs - (first || this.rate.requests === 0 ? clock() - joinedAt : 0),
			};
			signal?.addEventListener('abort', leave, { once: true });
			this.queue.join(execution, waiter, first);
			void this.grantSlots();
		});
	}

	/** Grants free slots to the executions in turn until no request waits. */
	private async grantSlots(): Promise<void> {
		if (this.isGranting) return;
		this.isGranting = true;
		while (!this.queue.isEmpty()) {
			const ms = this.msUntilFree();
			if (ms > 0) await this.rest(ms);
			else {
				this.start();
				this.queue.next()?.grant();
			}
		}
		this.isGranting = false;
	}

	/** Sleeps until a slot may be free. A released slot or a cancelled wait ends the sleep early. */
	private async rest(ms: number): Promise<void> {
		this.wake = new AbortController();
		await sleep(ms, this.wake.signal).catch(() => undefined);
	}

	/**
	 * Returns the milliseconds until a slot may be free: 0 if one is free, Infinity if only a response can free one.
	 */
	private msUntilFree(): number {
		const now = clock();
		if (this.pausedUntil > now) return this.pausedUntil - now;
		if (this.share?.isOver()) this.share = undefined;
		return Math.max(
			0,
			...this.rates.limits.map((limit) => this.msUntilBelow(limit)),
			this.share?.msUntilNext(this.inFlight) ?? 0,
		);
	}

	/** Returns the milliseconds until a limit has a free slot; Infinity if only a response can free one. */
	private msUntilBelow({ requests, windowMs }: Rate): number {
		if (this.slotsHeld(windowMs) < requests) return 0;
		const oldest = this.recentResponses[this.firstWithin(windowMs)];
		return oldest === undefined ? Infinity : oldest + windowMs - clock();
	}

	/**
	 * Returns the slots in use in a window: requests in flight, and finished requests that the vendor may still count.
	 */
	private slotsHeld(windowMs: number): number {
		return this.inFlight + this.recentResponses.length - this.firstWithin(windowMs);
	}

	/** Returns the index of the first response inside the window, by binary search. */
	private firstWithin(windowMs: number): number {
		const since = clock() - windowMs;
		let [low, high] = [0, this.recentResponses.length];
		while (low < high) {
			const middle = (low + high) >> 1;
			if (this.recentResponses[middle] <= since) low = middle + 1;
			else high = middle;
		}
		return low;
	}

	/** Removes the responses that are outside all windows. */
	private forgetOldResponses(): void {
		const longest = Math.max(this.shareWindowMs, ...this.rates.limits.map(({ windowMs }) => windowMs));
		while (this.recentResponses.length > 0 && this.recentResponses[0] <= clock() - longest)
			this.recentResponses.shift();
	}
}
