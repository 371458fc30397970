import { clock } from '../../base/clock';

/** A rate limit. */
export interface Rate {
	/** Maximum requests per window; 0 means no limit. */
	requests: number;
	/** Length of the vendor's window in milliseconds. */
	windowMs: number;
}

/** Time after which an unused throttle or rate is removed, in milliseconds. */
export const FORGOTTEN_AFTER_MS = 3_600_000;

/** Difference up to which two windows of a server count as the same: servers round to whole seconds. */
const IMPRECISE_MS = 2_000;

/**
 * The rate limits of a key: from its credentials, from the server, and for bulk requests. All of them apply, so the
 * lowest counts.
 */
export class Rates {
	/** The limit with the lowest long-term rate. */
	current: Rate;
	/** All limits that apply; empty if none is known. */
	limits: readonly Rate[] = [];
	/** Whether the current limit comes from the server. */
	isFromServer = false;
	private fromServer?: Rate;
	private readonly byOwner = new Map<string, { rate: Rate; lastUsed: number }>();

	/**
	 * @param given rate of the credential
	 * @param vendor documented rate for these requests; it applies unless the credential turns the limit off
	 */
	constructor(
		private given: Rate,
		private readonly vendor?: Rate,
	) {
		this.current = given;
		this.update();
	}

	/**
	 * Sets the current rate of a credential. Of several credentials, the strictest counts.
	 *
	 * @returns whether the limits changed
	 */
	take(owner: string, rate: Rate): boolean {
		const now = clock();
		this.byOwner.set(owner, { rate, lastUsed: now });
		for (const [other, { lastUsed }] of this.byOwner)
			if (now - lastUsed > FORGOTTEN_AFTER_MS) this.byOwner.delete(other);
		this.given = [...this.byOwner.values()].map((known) => known.rate).reduce(stricter);
		return this.update();
	}

	/**
	 * Sets the limit that the server reports.
	 *
	 * @returns whether the limits changed
	 */
	learn(rate: Rate): boolean {
		const { fromServer } = this;
		const isSame =
			fromServer?.requests === rate.requests && Math.abs(rate.windowMs - fromServer.windowMs) <= IMPRECISE_MS;
		if (!isSame) this.fromServer = rate;
		return !isSame && this.update();
	}

	private update(): boolean {
		const before = JSON.stringify(this.limits);
		const vendor = this.given.requests > 0 ? this.vendor : undefined;
		this.limits = [this.given, vendor, this.fromServer].filter(
			(rate): rate is Rate => rate !== undefined && rate.requests > 0,
		);
		this.current = this.limits.reduce(stricter, this.given);
		this.isFromServer = this.current === this.fromServer;
		return JSON.stringify(this.limits) !== before;
	}
}

/** Returns the stricter rate; 0 requests mean no limit. */
function stricter(one: Rate, other: Rate): Rate {
	if (one.requests === 0 || other.requests === 0) return one.requests === 0 ? other : one;
	return one.requests / one.windowMs <= other.requests / other.windowMs ? one : other;
}
