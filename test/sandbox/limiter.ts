export interface Limit {
	requests: number;
	windowMs: number;
	/** How the vendor counts: over the last `windowMs` at any time, or from fixed mark to fixed mark. */
	kind?: 'sliding' | 'fixed';
	/** Requests that were refused count, too. */
	countsRefused?: boolean;
}

/** A vendor's rate limit. */
export class Limiter {
	private counted: number[] = [];

	constructor(public limit: Limit | undefined) {}

	/** Milliseconds until a request is welcome again; 0 when it is counted and let through now. */
	arrive(now = Date.now()): number {
		if (!this.limit) return 0;
		const { requests, windowMs, kind, countsRefused } = this.limit;
		const since = kind === 'fixed' ? Math.floor(now / windowMs) * windowMs : now - windowMs + 1;
		this.counted = this.counted.filter((moment) => moment >= since);
		if (this.counted.length < requests) {
			this.counted.push(now);
			return 0;
		}
		const until = kind === 'fixed' ? since : this.counted[this.counted.length - requests];
		if (countsRefused) this.counted.push(now);
		return until + windowMs - now;
	}
}
