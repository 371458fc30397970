import { sleep } from '../base/sleep';

export interface Rate {
	/** Requests that may count at once; 0 means no limit. */
	requests: number;
	/** Length of the vendor's window in milliseconds. */
	windowMs: number;
}

interface Waiter {
	grant: () => void;
	/** Gives up, because of a pause that is longer than the waiter has patience for. */
	refuse: (pauseMs: number) => void;
	longestPauseMs: number;
}

/** The vendor asked everybody to wait for longer than this request may wait. */
export class PauseTooLong extends Error {
	constructor(readonly pauseMs: number) {
		super(`A pause of ${pauseMs} ms`);
	}
}

/** Longest pause that one answer can bring about: a vendor's mistake must not close its node for days. */
const LONGEST_PAUSE_MS = 3_600_000;

/** Time after which a throttle, or a rate, that nobody asked for is forgotten. */
const FORGOTTEN_AFTER_MS = 3_600_000;

/**
 * Keeps requests below a vendor's rate limit, whichever way the vendor counts.
 *
 * A slot is held from the start of a request until one window after its answer came back. The moment at which the
 * vendor counted the request lies in between, so no window of the vendor, fixed or sliding, ever holds more than
 * `requests` of ours. Free slots are given at once: the first burst runs at full speed.
 *
 * Lanes (executions) take turns, so that a large one does not starve a small one.
 */
export class Throttle {
	/** Moments of the answers whose slots are still held, oldest first: a changed window counts for them, too. */
	private readonly cooling: number[] = [];
	private inFlight = 0;
	private pausedUntil = 0;
	private readonly lanes = new Map<object, Waiter[]>();
	private wake?: AbortController;
	private pumping = false;
	private lastUsed = Date.now();
	/** Rates by the credential that has them. */
	private readonly rates = new Map<string, { rate: Rate; lastUsed: number }>();

	constructor(public rate: Rate) {}

	/** Takes over the rate of a credential as it stands now. Of several credentials with one key, the strictest counts. */
	setRate(owner: string, rate: Rate): void {
		const now = Date.now();
		this.lastUsed = now;
		this.rates.set(owner, { rate, lastUsed: now });
		for (const [other, { lastUsed }] of this.rates) if (now - lastUsed > FORGOTTEN_AFTER_MS) this.rates.delete(other);
		this.rate = [...this.rates.values()].map((known) => known.rate).reduce(stricter);
	}

	/** Whether nobody used it for so long that nothing is lost with it. */
	isForgotten(): boolean {
		const isIdle = this.inFlight === 0 && this.lanes.size === 0 && this.pausedUntil <= Date.now();
		return isIdle && Date.now() - this.lastUsed > Math.max(FORGOTTEN_AFTER_MS, this.rate.windowMs);
	}

	/**
	 * Waits for a slot.
	 *
	 * @param lane who waits: an object that stands for one execution
	 * @param longestPauseMs longest pause asked for by the vendor that is waited out
	 * @returns what to call when the answer is there
	 * @throws the signal's reason, at once, when it is aborted meanwhile
	 * @throws PauseTooLong, at once, when the vendor asked for a longer pause
	 */
	async acquire(lane: object, signal?: AbortSignal, longestPauseMs = Infinity): Promise<() => void> {
		signal?.throwIfAborted();
		this.lastUsed = Date.now();
		const pauseMs = this.pausedUntil - Date.now();
		if (pauseMs > longestPauseMs) throw new PauseTooLong(pauseMs);
		if (this.lanes.size === 0 && this.msUntilFree() <= 0) this.inFlight += 1;
		else await this.awaitTurn(lane, longestPauseMs, signal);
		return () => this.release();
	}

	private async awaitTurn(lane: object, longestPauseMs: number, signal?: AbortSignal): Promise<void> {
		await this.queue(lane, longestPauseMs, signal);
		// The request that freed the slot may have failed, and may be about to stop the node: it comes first.
		await sleep(0);
		if (!signal?.aborted) return;
		this.inFlight -= 1;
		this.wake?.abort();
		throw signal.reason;
	}

	/** Lets nobody start for a while, because the vendor said so; who has not the patience gives up at once. */
	pause(ms: number): void {
		this.pausedUntil = Math.max(this.pausedUntil, Date.now() + Math.min(LONGEST_PAUSE_MS, ms));
		const pauseMs = this.pausedUntil - Date.now();
		for (const waiters of [...this.lanes.values()]) for (const waiter of [...waiters]) if (pauseMs > waiter.longestPauseMs) waiter.refuse(pauseMs);
	}

	private release(): void {
		this.inFlight -= 1;
		if (this.rate.requests > 0) this.cooling.push(Date.now());
		this.wake?.abort();
	}

	private async queue(lane: object, longestPauseMs: number, given?: AbortSignal): Promise<void> {
		const signal = given && ownSignal(given);
		await new Promise<void>((resolve, reject) => {
			const waiters = this.lanes.get(lane) ?? [];
			const end = (settle: () => void) => {
				signal?.removeEventListener('abort', leave);
				settle();
			};
			const giveUp = (reason: unknown) => {
				this.forget(lane, waiter);
				end(() => reject(reason));
			};
			const leave = () => giveUp(signal?.reason);
			const waiter: Waiter = { grant: () => end(resolve), refuse: (pauseMs) => giveUp(new PauseTooLong(pauseMs)), longestPauseMs };
			signal?.addEventListener('abort', leave, { once: true });
			waiters.push(waiter);
			this.lanes.set(lane, waiters);
			void this.pump();
		});
	}

	private forget(lane: object, waiter: Waiter): void {
		const left = (this.lanes.get(lane) ?? []).filter((other) => other !== waiter);
		if (left.length > 0) this.lanes.set(lane, left);
		else this.lanes.delete(lane);
		this.wake?.abort();
	}

	/** Gives free slots to waiters, one lane after the other, for as long as somebody waits. */
	private async pump(): Promise<void> {
		if (this.pumping) return;
		this.pumping = true;
		while (this.lanes.size > 0) {
			const ms = this.msUntilFree();
			if (ms > 0) await this.rest(ms);
			else this.grantNext();
		}
		this.pumping = false;
	}

	private grantNext(): void {
		const [lane, waiters] = this.lanes.entries().next().value as [object, Waiter[]];
		const waiter = waiters.shift();
		this.lanes.delete(lane);
		if (waiters.length > 0) this.lanes.set(lane, waiters);
		this.inFlight += 1;
		waiter?.grant();
	}

	/** Sleeps until a slot may be free; a release or a waiter that leaves ends the sleep early. */
	private async rest(ms: number): Promise<void> {
		this.wake = new AbortController();
		await sleep(ms, this.wake.signal).catch(() => undefined);
	}

	/** Milliseconds until a slot may be free; 0 when one is, Infinity when only an answer can free one. */
	private msUntilFree(): number {
		const now = Date.now();
		if (this.pausedUntil > now) return this.pausedUntil - now;
		const { requests, windowMs } = this.rate;
		if (requests === 0) return 0;
		while (this.cooling.length > 0 && this.cooling[0] + windowMs <= now) this.cooling.shift();
		if (this.inFlight + this.cooling.length < requests) return 0;
		return this.cooling.length > 0 ? this.cooling[0] + windowMs - now : Infinity;
	}
}

/** A signal that follows another one: many listeners on one signal would make Node warn of a leak. */
export function ownSignal(signal: AbortSignal): AbortSignal {
	return AbortSignal.any([signal]);
}

/** The rate that lets through less; 0 requests stand for no limit. */
function stricter(one: Rate, other: Rate): Rate {
	if (one.requests === 0 || other.requests === 0) return one.requests === 0 ? other : one;
	return one.requests / one.windowMs <= other.requests / other.windowMs ? one : other;
}

const throttles = new Map<string, Throttle>();

/**
 * The one throttle of a vendor's host and key in this process, shared by nodes, triggers and drop-downs.
 *
 * @param key anything that names host, key and bucket; use a digest, not the key itself
 * @param owner id of the credential that has the rate
 * @param rate of the credential as it stands now: a changed credential changes the throttle in use
 */
export function throttleFor(key: string, owner: string, rate: Rate): Throttle {
	for (const [other, throttle] of throttles) if (other !== key && throttle.isForgotten()) throttles.delete(other);
	const throttle = throttles.get(key) ?? new Throttle(rate);
	throttle.setRate(owner, rate);
	throttles.set(key, throttle);
	return throttle;
}
