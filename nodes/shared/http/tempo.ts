import { clock } from '../base/clock';

/** Items at work at the same time in the beginning, and at most. */
const FIRST = 4;
const MOST = 32;

/** Answers by which a number of requests is judged, at least. */
const FEWEST_ANSWERS = 8;

/** How much slower than the quickest round answers may be: more is a queue at the server. */
const TOLERANCE = 1.15;

/** Difference in milliseconds that says nothing about a server. */
const NO_MATTER_MS = 2;

/** What the quickest round counts for in each later one: a server may have become slower for good. */
const FORGETTING = 1.01;

/** Rounds after which a number that was too large once is tried again: twice as many after each time in vain. */
const RETRY_AFTER_ROUNDS = { first: 10, most: 80 } as const;

/**
 * Finds out how many requests a server answers at the same time without getting slower.
 *
 * It begins with four and doubles while answers stay as quick as the quickest. A number at which they became slower is the
 * ceiling: half the way to it is tried next, and so on. A request that failed, or got no answer, halves the number.
 */
export class Tempo {
	/** Requests at the same time. */
	parallel = FIRST;
	/** The largest number that was found good, and the smallest that was not. */
	private good = 1;
	private ceiling = Infinity;
	private changedAt = -Infinity;
	private times: number[] = [];
	private quickestMs = Infinity;
	private roundsAtBest = 0;
	private retryAfter: number = RETRY_AFTER_ROUNDS.first;

	/**
	 * A request succeeded.
	 *
	 * @param startedAt when the request started that ended now
	 * @param isLimited requests wait for a slot: then more of them at the same time would only wait, too
	 */
	answered(startedAt: number, isLimited: boolean): void {
		// What started before the number changed says nothing about the new one.
		if (startedAt < this.changedAt) return;
		this.times.push(clock() - startedAt);
		if (this.times.length < Math.max(FEWEST_ANSWERS, this.parallel)) return;
		const meanMs = this.times.reduce((sum, ms) => sum + ms, 0) / this.times.length;
		this.times = [];
		const isQuick = meanMs <= this.quickestMs * TOLERANCE + NO_MATTER_MS;
		this.quickestMs = Math.min(this.quickestMs * FORGETTING, meanMs);
		if (!isQuick) this.tooMany();
		else if (!isLimited) this.grow();
	}

	/** A request failed at the server, or got no answer. */
	failed(startedAt: number): void {
		if (startedAt < this.changedAt) return;
		this.good = Math.max(1, Math.floor(this.parallel / 2));
		this.ceiling = Math.max(this.good + 1, this.parallel);
		this.change(this.good);
	}

	private grow(): void {
		this.good = this.parallel;
		this.roundsAtBest += 1;
		if (this.ceiling > this.good + 1) return this.change(Math.min(MOST, 2 * this.good, Math.floor((this.good + this.ceiling) / 2)));
		if (this.roundsAtBest < this.retryAfter) return;
		// If one more is good now, the ceiling was a mistake, or is no more.
		this.ceiling = Infinity;
		this.change(this.good + 1);
	}

	private tooMany(): void {
		const isTrial = this.parallel > this.good;
		if (isTrial && this.parallel === this.good + 1) this.retryAfter = Math.min(RETRY_AFTER_ROUNDS.most, 2 * this.retryAfter);
		this.ceiling = Math.max(2, this.parallel);
		if (!isTrial) this.good = Math.max(1, this.parallel - Math.ceil(this.parallel / 8));
		this.change(this.good);
	}

	private change(parallel: number): void {
		if (parallel === this.parallel) return;
		this.parallel = parallel;
		this.changedAt = clock();
		this.times = [];
		this.roundsAtBest = 0;
	}
}
