import { sleep } from 'n8n-workflow';

export interface Rate {
	/** Requests that may count at once; 0 means no limit. */
	requests: number;
	/** Length of the vendor's window in milliseconds. */
	windowMs: number;
}

interface Waiter {
	grant: () => void;
}

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
	private readonly coolingUntil: number[] = [];
	private inFlight = 0;
	private pausedUntil = 0;
	private readonly lanes = new Map<object, Waiter[]>();
	private wake?: AbortController;
	private pumping = false;

	constructor(public rate: Rate) {}

	/**
	 * Waits for a slot.
	 *
	 * @param lane who waits: an object that stands for one execution
	 * @returns what to call when the answer is there
	 * @throws the signal's reason, at once, when it is aborted meanwhile
	 */
	async acquire(lane: object, signal?: AbortSignal): Promise<() => void> {
		signal?.throwIfAborted();
		if (this.lanes.size > 0 || this.msUntilFree() > 0) await this.queue(lane, signal);
		else this.inFlight += 1;
		return () => this.release();
	}

	/** Lets nobody start for a while, because the vendor said so. */
	pause(ms: number): void {
		this.pausedUntil = Math.max(this.pausedUntil, Date.now() + ms);
	}

	private release(): void {
		this.inFlight -= 1;
		if (this.rate.requests > 0) this.coolingUntil.push(Date.now() + this.rate.windowMs);
		this.wake?.abort();
	}

	private async queue(lane: object, given?: AbortSignal): Promise<void> {
		const signal = given && ownSignal(given);
		await new Promise<void>((resolve, reject) => {
			const waiters = this.lanes.get(lane) ?? [];
			const leave = () => {
				this.forget(lane, waiter);
				reject(signal?.reason);
			};
			const waiter: Waiter = {
				grant: () => {
					signal?.removeEventListener('abort', leave);
					resolve();
				},
			};
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
		const wake = new AbortController();
		this.wake = wake;
		const woken = new Promise<void>((resolve) => wake.signal.addEventListener('abort', () => resolve(), { once: true }));
		if (ms === Infinity) await woken;
		// Versions of n8n whose sleep knows no signal are left by the race, and their timer runs out unheard.
		else await Promise.race([sleep(ms, wake.signal).catch(() => undefined), woken]);
	}

	/** Milliseconds until a slot may be free; 0 when one is, Infinity when only an answer can free one. */
	private msUntilFree(): number {
		const now = Date.now();
		if (this.pausedUntil > now) return this.pausedUntil - now;
		if (this.rate.requests === 0) return 0;
		while (this.coolingUntil.length > 0 && this.coolingUntil[0] <= now) this.coolingUntil.shift();
		if (this.inFlight + this.coolingUntil.length < this.rate.requests) return 0;
		return this.coolingUntil.length > 0 ? this.coolingUntil[0] - now : Infinity;
	}
}

/** A signal that follows another one: many listeners on one signal would make Node warn of a leak. */
export function ownSignal(signal: AbortSignal): AbortSignal {
	return AbortSignal.any([signal]);
}

const throttles = new Map<string, Throttle>();

/**
 * The one throttle of a vendor's host and key in this process, shared by nodes, triggers and drop-downs.
 *
 * @param key anything that names host, key and bucket; use a digest, not the key itself
 * @param rate of the credential as it stands now: a changed credential changes the throttle in use
 */
export function throttleFor(key: string, rate: Rate): Throttle {
	const known = throttles.get(key);
	if (known) {
		known.rate = rate;
		return known;
	}
	const throttle = new Throttle(rate);
	throttles.set(key, throttle);
	return throttle;
}
