import { clock } from '../../base/clock';

/** Part by which a share decreases when the vendor refuses a request. */
const DECREASE = 1 / 10;

/** Windows until a share has its size before the refusal again. */
const WINDOWS_TO_RECOVER = 8.5;

/** Windows in which a share doubles after that, if the vendor refuses nothing. */
const WINDOWS_TO_DOUBLE = 5;

/** Minimum first share of a process, as a part of the limit. */
const FIRST_PART = 1 / 6;

/** Growth factor at which a share ends, if no limit is known. */
const GROWTH_TO_END = 10;

/** Minimum requests per window of a share. With fewer requests, a process would hardly ever find a free slot. */
const SMALLEST = 0.4;

/** The same without a known limit, because refusals may then have other reasons than the number of requests. */
const SMALLEST_UNKNOWN = 8;

/** Maximum time between two requests. With a window of hours, the wait would be too long for users. */
const LONGEST_DISTANCE_MS = 60_000;

/** Part of a window in which several refusals count as one. */
const ONE_EVENT = 1 / 4;

/**
 * Adapts this process's share of a rate limit while other processes use the same key. The processes do not communicate.
 *
 * The share starts at the number of granted requests. A refusal reduces it by a tenth. Then it grows with time, like
 * TCP CUBIC (RFC 9438): fast at first, slowly near its size before the refusal, then faster again. The vendor refuses
 * larger shares more often, so the shares become equal.
 *
 * A share consists of whole slots with a minimum distance: a burst or half a slot would use the slots of others. A
 * refused request keeps its slot for a window, because the vendor may count it too and refuse the next request.
 *
 * `npm run bench -- --shares` compares it with other rules.
 */
export class AdaptiveRateLimit {
	private changedAt: number;
	/** Requests per window after the last refusal, and the size to which the share grows back. */
	private size: number;
	private former: number;
	/** Time from which the distance to the next request counts. */
	private lastStart = -Infinity;
	/** Whether the share doubles in each window until the next refusal, because its limit is unknown. */
	private isStarting: boolean;
	/** Requests per window at which the other processes must have stopped. */
	private readonly end: number;
	/** Minimum requests per window. */
	private readonly smallest: number;

	/**
	 * @param limit requests per window that the vendor allows for the key; 0 if unknown
	 * @param held slots in use at the first refusal
	 * @param windowMs length of the window in milliseconds, more than 0
	 * @param counted estimated times at which the vendor counted the finished requests, oldest first
	 * @param beganAt start of the share: in the future after a pause
	 */
	constructor(
		private readonly limit: number,
		held: number,
		private readonly windowMs: number,
		private counted: readonly number[] = [],
		private readonly beganAt = clock(),
	) {
		this.changedAt = beganAt;
		this.isStarting = limit === 0;
		this.smallest = limit === 0 ? SMALLEST_UNKNOWN : SMALLEST;
		this.size = this.former = limit || Math.max(1, held);
		this.end = limit > 0 ? limit + 1 : GROWTH_TO_END * this.size;
	}

	/** Tells whether the other processes have stopped: the share exceeds the limit, or is far above its start. */
	isOver(): boolean {
		return this.current() >= this.end;
	}

	/** Returns the requests per window now. */
	private current(): number {
		const windows = (clock() - this.changedAt) / this.windowMs;
		if (this.isStarting) return this.size * 2 ** windows;
		const since = this.size < this.former ? windows - WINDOWS_TO_RECOVER : windows;
		if (since < 0) return this.former - (this.former - this.size) * (since / WINDOWS_TO_RECOVER) ** 2;
		return this.former * (1 + (since / WINDOWS_TO_DOUBLE) ** 3);
	}

	/** Returns the requests per window in use: a whole number, unless it is below 1. */
	private used(): number {
		const size = this.current();
		return size < 1 ? size : Math.round(size);
	}

	/** Returns the number of slots. */
	slots(): number {
		return Math.ceil(this.used());
	}

	/** Returns the milliseconds until the next request may start; Infinity if only a response can free a slot. */
	msUntilNext(inFlight: number): number {
		const tooMany = inFlight + this.counted.length - this.slots();
		const msUntilFree = tooMany < 0 ? 0 : (this.counted[tooMany] ?? Infinity) + this.windowMs - clock();
		const ms = Math.max(msUntilFree, this.lastStart + this.windowMs / this.used() - clock());
		return Math.ceil(
			Number.isFinite(ms) && Number.isFinite(this.lastStart)
				? Math.min(ms, this.lastStart + LONGEST_DISTANCE_MS - clock())
				: ms,
		);
	}

	/** Records the start of a request. */
	started(): void {
		this.lastStart = clock();
	}

	/** Records a granted request. The vendor counted it between its start and now, so the middle is assumed. */
	granted(startedAt: number): void {
		this.hold((startedAt + clock()) / 2);
	}

	/**
	 * Records a refused request.
	 *
	 * @param startedAt start of the refused request
	 * @param held slots in use without it
	 * @param isTimed whether Retry-After alone decides when the next request starts
	 */
	refused(startedAt: number, held: number, isTimed: boolean): void {
		const now = clock();
		this.lastStart = isTimed ? -Infinity : now;
		if (!isTimed) this.hold(now);
		if (now < this.beganAt + this.windowMs)
			this.change(Math.max(Math.min(this.size, held), this.limit * FIRST_PART, 1));
		else if (startedAt >= this.changedAt + this.windowMs * ONE_EVENT) this.decrease(held);
	}

	private hold(countedAt: number): void {
		const since = clock() - this.windowMs;
		this.counted = [...this.counted.filter((other) => other > since), countedAt].sort((one, other) => one - other);
	}

	private decrease(held: number): void {
		// A share that doubled without being used is not proven.
		const size = this.isStarting ? Math.min(this.current(), Math.max(1, held)) : this.current();
		// Fast convergence: a share that did not recover leaves some of its size to others (RFC 9438, section 4.7).
		this.isStarting = false;
		this.change(
			Math.max(this.smallest, size * (1 - DECREASE)),
			Math.max(this.smallest, size < this.former ? size * (1 - DECREASE / 2) : size),
		);
	}

	private change(size: number, former = size): void {
		this.size = size;
		this.former = former;
		this.changedAt = clock();
	}
}
