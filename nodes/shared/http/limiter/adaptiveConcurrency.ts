import { clock } from '../../base/clock';
import { isSlower, pool, sum, summarize, type ResponseTimes } from './responseTimes';

/** Requests in parallel at the start of a run. A vendor with a known rate limit accepts more than an unknown server. */
const FIRST = 4;
const FIRST_WITH_LIMIT = 8;

/** Maximum number of requests in parallel. */
const MOST = 32;

/** Responses per round: this many for each request in parallel, and at least this many in total. */
const RESPONSES_EACH = 2;
const FEWEST_RESPONSES = 8;

/**
 * Minimum average part of the number that must be in flight. With less, something else delays requests, such as a rate
 * limit.
 */
const USED = 0.65;

/**
 * Acceptable growth of the response time, as a power of the growth in parallel requests: 1.26 times for twice as many.
 */
const WORTH = 1 / 3;

/** Standard errors that distinguish overload from chance: many at first, fewer after the server has shown its limit. */
const CERTAINTY = 3;
const CERTAINTY_AT_LIMIT = 1;

/**
 * Factor between response times at the same number that invalidates all earlier rounds, if two rounds in a row show it.
 */
const CHANGED = 1.3;

/** Server errors that show overload: this part of the responses of a round, and at least this many. */
const FAILING = 1 / 4;
const FEWEST_FAILURES = 3;

/** Rounds between two attempts to exceed the limit of a server. They double with each failed attempt. */
const REST_ROUNDS = { first: 6, most: 80 } as const;

/** Part of the limit of a server that a run leaves to other clients. */
const LEFT_TO_OTHERS = 1 / 8;

/**
 * Adapts the number of requests in parallel to a server: it grows while throughput grows.
 *
 * The number doubles until responses become so slow that throughput hardly grows, by more than chance explains. Then
 * the server has shown a limit: the class tries smaller steps and smaller numbers, and leaves a part of the limit to
 * other clients. The first responses after each change do not count, because new connections are slower and old queues
 * drain.
 *
 * `npm run bench -- --concurrency` measures it.
 */
export class AdaptiveConcurrency {
	/** Requests in parallel now. */
	parallel: number;
	/** The largest number that is known to pay off, and the step to the next one. */
	private good: number;
	private step: number;
	private readonly known = new Map<number, ResponseTimes>();
	/** Whether the server has shown a limit, and whether smaller numbers are known to be worse. */
	private isAtLimit = false;
	private isProven = false;
	/** Rounds left to rest, and the length of the next rest. */
	private rest = 0;
	private nextRest: number = REST_ROUNDS.first;
	/** Whether the previous round contradicted all others at this number. */
	private isContradicted = false;
	/** When the number changed, and the responses that do not count yet. */
	private changedAt = -Infinity;
	private toIgnore: number;
	/** The current round: its start, response times in milliseconds and server errors. */
	private beganAt = clock();
	private times: number[] = [];
	private failures = 0;

	/** @param hasRateLimit whether a rate limit applies to the requests */
	constructor(hasRateLimit = false) {
		this.parallel = this.good = this.step = this.toIgnore = hasRateLimit ? FIRST_WITH_LIMIT : FIRST;
	}

	/**
	 * Records a request that succeeded.
	 *
	 * @param startedAt start of the request on `clock`; requests from before the last change are ignored
	 */
	succeeded(startedAt: number): void {
		if (startedAt < this.changedAt) return;
		if (this.toIgnore > 0) {
			this.toIgnore -= 1;
			this.beganAt = clock();
			return;
		}
		this.times.push(clock() - startedAt);
		if (this.times.length >= Math.max(FEWEST_RESPONSES, RESPONSES_EACH * this.parallel)) this.endRound();
	}

	/** Records a request with a server error or without a response. */
	failed(startedAt: number): void {
		if (startedAt < this.changedAt) return;
		this.failures += 1;
		if (this.failures < Math.max(FEWEST_FAILURES, FAILING * (this.times.length + this.failures))) return;
		this.known.set(this.parallel, { parallel: this.parallel, ms: Infinity, error2: 0, responses: this.failures });
		if (this.parallel <= this.good) this.good = Math.max(1, this.parallel >> 1);
		this.step = Math.max(1, this.good >> 1);
		this.isAtLimit = true;
		this.startRest();
		this.change(this.good);
	}

	private endRound(): void {
		const used = sum(this.times) / Math.max(1, clock() - this.beganAt);
		const round = summarize(this.parallel, this.times);
		this.begin();
		if (used < USED * this.parallel || this.isContradiction(round)) return;
		this.known.set(round.parallel, pool(this.known.get(round.parallel), round));
		this.judge();
		this.change(this.next());
	}

	/** Forgets all rounds if two in a row contradict them: the server, or its load, is no longer the same. */
	private isContradiction(round: ResponseTimes): boolean {
		const before = this.known.get(round.parallel);
		const isNowSlower = before !== undefined && isSlower(round, before, CHANGED, CERTAINTY);
		const isNowQuicker = before !== undefined && isSlower(before, round, CHANGED, CERTAINTY);
		const isSecond = this.isContradicted;
		this.isContradicted = (isNowSlower || isNowQuicker) && !isSecond;
		if (!isSecond || !(isNowSlower || isNowQuicker)) return this.isContradicted;
		this.known.clear();
		// Try fewer requests on a slower server, and more on a faster one.
		this.isAtLimit = isNowSlower;
		this.isProven = false;
		this.rest = 0;
		return false;
	}

	private judge(): void {
		if (this.parallel > this.good && !this.isTooMany(this.parallel, this.certainty())) {
			this.good = this.parallel;
			this.step = Math.min(2 * this.step, this.good);
			this.rest = 0;
			this.nextRest = REST_ROUNDS.first;
		} else if (this.isTooMany(this.good, CERTAINTY)) {
			this.good = this.bestBelow(this.good);
			this.step = Math.max(1, this.good >> 1);
			this.isProven = false;
		} else if (this.parallel < this.good) this.isProven = true;
	}

	/** Returns the number for the next round. */
	private next(): number {
		// A new round at the old number shows whether the server itself became slower during the attempt.
		if (this.parallel > this.good) return this.good;
		if (this.rest > 0) {
			this.rest -= 1;
			return this.resting();
		}
		this.isAtLimit ||= this.isBeyondLimit(this.good + this.step);
		if (this.isAtLimit && !this.isProven && this.good > 1) return this.good >> 1;
		while (this.step > 1 && this.isBeyondLimit(this.good + this.step)) this.step >>= 1;
		if (!this.isBeyondLimit(this.good + this.step)) return Math.min(MOST, this.good + this.step);
		this.startRest();
		return this.resting();
	}

	private resting(): number {
		return this.good - Math.round(LEFT_TO_OTHERS * this.good);
	}

	private startRest(): void {
		this.rest = this.nextRest;
		this.nextRest = Math.min(REST_ROUNDS.most, 2 * this.nextRest);
		if (this.step > 1) return;
		for (const parallel of this.known.keys()) if (parallel > this.good) this.known.delete(parallel);
	}

	private certainty(): number {
		return this.isAtLimit ? CERTAINTY_AT_LIMIT : CERTAINTY;
	}

	private isBeyondLimit(parallel: number): boolean {
		return [...this.known.keys()].some(
			(other) => other > this.good && other <= parallel && this.isTooMany(other, this.certainty()),
		);
	}

	/** Tells whether a number has too long response times, compared with any smaller number. */
	private isTooMany(parallel: number, certainty: number): boolean {
		const many = this.known.get(parallel);
		if (many === undefined) return false;
		const isWorse = (few: ResponseTimes) =>
			few.parallel < parallel && isSlower(many, few, (parallel / few.parallel) ** WORTH, certainty);
		return many.ms === Infinity || [...this.known.values()].some(isWorse);
	}

	private bestBelow(parallel: number): number {
		const worth = (known: ResponseTimes) => known.parallel ** WORTH / known.ms;
		const below = [...this.known.values()].filter((known) => known.parallel < parallel);
		return below.reduce((one, other) => (worth(one) > worth(other) ? one : other)).parallel;
	}

	private change(parallel: number): void {
		if (parallel === this.parallel) return;
		this.parallel = this.toIgnore = parallel;
		this.changedAt = clock();
		this.isContradicted = false;
		this.begin();
	}

	private begin(): void {
		this.beganAt = clock();
		this.times = [];
		this.failures = 0;
	}
}
