import { clock } from '../../base/clock';

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

/** The limits of a key: that of its credentials, that of the server, and that of its bulk requests. All of them hold, so the lower one counts. */
export class Rates {
	/** The limit that lets through least in the long run. */
	current: Rate;
	/** All limits that hold; none where nobody knows one. */
	limits: readonly Rate[] = [];
	/** Whether the current limit is the server's own word. */
	isFromServer = false;
	private fromServer?: Rate;
	private readonly byOwner = new Map<string, { rate: Rate; lastUsed: number }>();

	/**
	 * @param given rate of the credential
	 * @param vendor rate that the vendor documents for these requests; it holds unless the credential switches the limit off
	 */
	constructor(
		private given: Rate,
		private readonly vendor?: Rate,
	) {
		this.current = given;
		this.update();
	}

	/**
	 * Takes over the rate of a credential as it stands now. Of several credentials the strictest counts.
	 *
	 * @returns whether the limits are others now
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
	 * Takes over what the server says.
	 *
	 * @returns whether the limits are others now
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

/** The rate that lets through less; 0 requests stand for no limit. */
function stricter(one: Rate, other: Rate): Rate {
	if (one.requests === 0 || other.requests === 0) return one.requests === 0 ? other : one;
	return one.requests / one.windowMs <= other.requests / other.windowMs ? one : other;
}
