import { clock } from '../base/clock';

export interface Rate {
	/** Requests that may count at once; 0 means no limit. */
	requests: number;
	/** Length of the vendor's window in milliseconds. */
	windowMs: number;
}

/** Time after which a throttle, or a rate, that nobody asked for is forgotten. */
export const FORGOTTEN_AFTER_MS = 3_600_000;

/** Difference of two windows that a server tells and that are the same: it tells them in whole seconds. */
const IMPRECISE_MS = 2_000;

/** The rate of a key: the server's own word, else the strictest of the credentials that have it. */
export class Rates {
	/** Whether it is the server's own word. */
	isTold = false;
	private readonly byOwner = new Map<string, { rate: Rate; lastUsed: number }>();

	constructor(public current: Rate) {}

	/**
	 * Takes over the rate of a credential as it stands now.
	 *
	 * @returns whether the rate is another one now
	 */
	take(owner: string, rate: Rate): boolean {
		const now = clock();
		this.byOwner.set(owner, { rate, lastUsed: now });
		for (const [other, { lastUsed }] of this.byOwner) if (now - lastUsed > FORGOTTEN_AFTER_MS) this.byOwner.delete(other);
		return !this.isTold && this.change([...this.byOwner.values()].map((known) => known.rate).reduce(stricter), 0);
	}

	/**
	 * Takes over what the server says: it knows better than a credential.
	 *
	 * @returns whether the rate is another one now
	 */
	learn(rate: Rate): boolean {
		const toleranceMs = this.isTold ? IMPRECISE_MS : 0;
		this.isTold = true;
		return this.change(rate, toleranceMs);
	}

	private change(rate: Rate, toleranceMs: number): boolean {
		const isSame = rate.requests === this.current.requests && Math.abs(rate.windowMs - this.current.windowMs) <= toleranceMs;
		if (!isSame) this.current = rate;
		return !isSame;
	}
}

/** The rate that lets through less; 0 requests stand for no limit. */
function stricter(one: Rate, other: Rate): Rate {
	if (one.requests === 0 || other.requests === 0) return one.requests === 0 ? other : one;
	return one.requests / one.windowMs <= other.requests / other.windowMs ? one : other;
}
