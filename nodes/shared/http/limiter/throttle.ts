import { clock } from '../../base/clock';
import { followingSignal, sleep } from '../../base/sleep';
import { FairQueue, type Waiter } from './fairQueue';
import type { ServerLimit } from './serverLimit';
import { FORGOTTEN_AFTER_MS, Rates, type Rate } from './rates';
import { rateLimitPauseMs } from '../retryPolicy';
import { AdaptiveRateLimit } from './adaptiveRateLimit';

/** An answer that said "slow down". */
export interface RateLimited {
	/** Pause in milliseconds that it asked for. */
	retryAfterMs?: number;
}

/** Gives a slot back when the answer is there; with what it said, if that was "slow down". */
export type Release = (rateLimited?: RateLimited) => void;

/** How somebody waits for a slot. */
export interface SlotWait {
	/** Ends the wait. */
	signal?: AbortSignal;
	/** Longest pause asked for by the vendor that is waited out. */
	maxPauseMs?: number;
	/** Comes before all others, because the vendor refused it. */
	first?: boolean;
}

/** The vendor asked everybody to wait for longer than this request may wait. */
export class PauseTooLong extends Error {
	constructor(readonly pauseMs: number) {
		super(`A pause of ${pauseMs} ms`);
	}
}

/** Longest pause that one answer can bring about: a vendor's mistake must not close its node for days. */
const LONGEST_PAUSE_MS = 3_600_000;

/** Window of a share where no limit is known, and the shortest pause that keeps a vendor from being flooded. */
const SHORT_WINDOW_MS = 1_000;

/**
 * Keeps requests below a vendor's rate limit, whichever way the vendor counts.
 *
 * A slot is held from the start of a request until one window after its answer came back. The moment at which the
 * vendor counted the request lies in between, so no window of the vendor, fixed or sliding, ever holds more than
 * `requests` of ours. Free slots are given at once: the first burst runs at full speed.
 *
 * When the vendor says "slow down" all the same, others use the same key, other processes of n8n for instance. From then
 * on this one keeps to a share of the limit as well, which finds itself (`share.ts`), until the others are gone.
 */
export class Throttle {
	/** Moments of the answers whose slots are still held, oldest first: a changed window counts for them, too. */
	private readonly recentResponses: number[] = [];
	private inFlight = 0;
	private pausedUntil = 0;
	private share?: AdaptiveRateLimit;
	/** When the vendor last said "slow down", and how often in a row to requests that started after the time before. */
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

	/** Takes over the rate of a credential as it stands now. Of several credentials with one key, the strictest counts. */
	setRate(owner: string, rate: Rate): void {
		this.lastUsed = clock();
		if (!this.rates.take(owner, rate)) return;
		this.share = undefined;
		this.wake?.abort();
	}

	/** Takes over what the server says of its limit. */
	learn({ rate, pauseMs }: ServerLimit): void {
		if (rate && this.rates.learn(rate)) this.share = undefined;
		if (pauseMs !== undefined) this.pause(pauseMs);
	}

	/** Requests per window to which it keeps while others use the same key; nothing while it has the whole limit. */
	shareSize(): number | undefined {
		return this.share?.isOver() ? undefined : this.share?.slots();
	}

	/** Whether nobody used it for so long that nothing is lost with it. */
	isForgotten(): boolean {
		const isIdle = this.inFlight === 0 && this.queue.isEmpty() && this.pausedUntil <= clock();
		return isIdle && clock() - this.lastUsed > Math.max(FORGOTTEN_AFTER_MS, this.rate.windowMs);
	}

	/**
	 * Waits for a slot.
	 *
	 * @param execution who waits: an object that stands for one execution
	 * @throws the signal's reason, at once, when it is aborted meanwhile
	 * @throws PauseTooLong, at once, when the vendor asked for a longer pause
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
		// The request that freed the slot may have failed, and may be about to stop the node: it comes first.
		await sleep(0);
		if (!signal?.aborted) return;
		this.inFlight -= 1;
		this.wake?.abort();
		throw signal.reason;
	}

	/** Lets nobody start for a while, because the vendor said so; who has not the patience gives up at once. */
	pause(ms: number): void {
		this.pausedUntil = Math.max(this.pausedUntil, clock() + Math.min(LONGEST_PAUSE_MS, ms));
		const pauseMs = this.pausedUntil - clock();
		for (const waiter of this.queue.all()) if (pauseMs > waiter.remainingPauseMs()) waiter.refuse(pauseMs);
	}

	/** Milliseconds until the next request may start, as far as that is known. */
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

	/** A refused request may come again when the share, and the vendor, say so. */
	private noteRefusal(startedAt: number, { retryAfterMs }: RateLimited): void {
		const { requests } = this.rate;
		// Requests that were under way together tell the same thing.
		const isNext = startedAt >= this.refusedAt;
		if (isNext) this.refusalsInRow += 1;
		this.refusedAt = clock();
		if (retryAfterMs !== undefined) this.pause(retryAfterMs);
		// A vendor that says when to come again is believed once; where no limit is known always, but for a pause of next to nothing.
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

	/** Nothing was granted since the refusal before, and nobody knows the limit: all wait, twice as long each time, and begin slowly. */
	private backOff(): void {
		this.pause(rateLimitPauseMs(this.refusalsInRow));
		this.share = new AdaptiveRateLimit(0, 1, SHORT_WINDOW_MS, [], this.pausedUntil);
	}

	/** Window of a share: that of the limit, where one is known. */
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
				// A wait that the vendor alone causes counts as a whole: after a refusal, or where no limit is known.
				remainingPauseMs: () => maxPauseMs - (first || this.rate.requests === 0 ? clock() - joinedAt : 0),
			};
			signal?.addEventListener('abort', leave, { once: true });
			this.queue.join(execution, waiter, first);
			void this.grantSlots();
		});
	}

	/** Gives free slots to waiters, one execution after the other, for as long as somebody waits. */
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

	/** Sleeps until a slot may be free; a release or a waiter that leaves ends the sleep early. */
	private async rest(ms: number): Promise<void> {
		this.wake = new AbortController();
		await sleep(ms, this.wake.signal).catch(() => undefined);
	}

	/** Milliseconds until a slot may be free; 0 when one is, Infinity when only an answer can free one. */
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

	/** Milliseconds until a limit has a free slot; Infinity when only an answer can free one. */
	private msUntilBelow({ requests, windowMs }: Rate): number {
		if (this.slotsHeld(windowMs) < requests) return 0;
		const oldest = this.recentResponses[this.firstWithin(windowMs)];
		return oldest === undefined ? Infinity : oldest + windowMs - clock();
	}

	/** Slots that are held in a window: requests under way, and those that may still count for the vendor. */
	private slotsHeld(windowMs: number): number {
		return this.inFlight + this.recentResponses.length - this.firstWithin(windowMs);
	}

	/** Place of the first answer that is in a window still. */
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

	/** Forgets the answers that are in no window any more. */
	private forgetOldResponses(): void {
		const longest = Math.max(this.shareWindowMs, ...this.rates.limits.map(({ windowMs }) => windowMs));
		while (this.recentResponses.length > 0 && this.recentResponses[0] <= clock() - longest)
			this.recentResponses.shift();
	}
}
