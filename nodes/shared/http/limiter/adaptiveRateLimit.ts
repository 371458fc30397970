import { clock } from '../../base/clock';

/** Part that a share gives up when the vendor refuses a request. */
const GIVEN_UP = 1 / 10;

/** Windows until a share is back where it was refused. */
const WINDOWS_BACK = 8.5;

/** Windows in which a share doubles after that, while nobody refuses it. */
const WINDOWS_TO_DOUBLE = 5;

/** What a process begins with that was granted next to nothing, as a part of the limit. */
const FIRST_PART = 1 / 6;

/** How often over a share grows until it counts for none, where no limit is known. */
const MANY = 10;

/** Requests per window below which no share falls: who asks less often hardly ever meets a free slot. */
const SMALLEST = 0.4;

/** The same where no limit is known: refusals may have other reasons than the number of requests. */
const SMALLEST_UNKNOWN = 8;

/** Longest distance between two requests: with a window of hours, nobody would wait for the next one. */
const LONGEST_DISTANCE_MS = 60_000;

/** Part of a window in which several refusals tell the same thing. */
const ONE_EVENT = 1 / 4;

/**
 * The share of a limit that a process finds by itself while others use the same key, without a word between them.
 *
 * It begins with what was granted. A refusal takes a tenth of it, and it grows by the clock, like TCP CUBIC (RFC 9438): fast at
 * first, then slowly back to where it was refused, and past that faster and faster. Whoever has more is refused more
 * often, and so shares become equal.
 *
 * Shares are whole slots, at their distance from one another: a burst, or half a slot, would take what others hold. A
 * refused request keeps its slot for a window: the vendor may count it as well, and would refuse the next one.
 *
 * `npm run bench -- --shares` has the figures, beside other rules.
 */
export class AdaptiveRateLimit {
	private changedAt: number;
	/** Requests per window after the last refusal, and those to which it comes back. */
	private size: number;
	private former: number;
	/** From when on the distance to the next request counts. */
	private lastStart = -Infinity;
	/** Grows twofold in each window, because nobody knows how far it may grow, until it is refused again. */
	private isStarting: boolean;
	/** Requests per window at which the others must be gone. */
	private readonly end: number;
	/** Requests per window below which it does not fall. */
	private readonly smallest: number;

	/**
	 * @param limit requests per window that the vendor allows to all together; 0 where nobody knows
	 * @param held slots that are held at the first refusal
	 * @param windowMs length of the window in milliseconds, more than 0
	 * @param counted moments at which the vendor counted what is answered, as far as one can tell, oldest first
	 * @param beganAt when it begins: later than now after a pause
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
		this.end = limit > 0 ? limit + 1 : MANY * this.size;
	}

	/** Whether the others are gone: it has grown past the limit, or far past where it began. */
	isOver(): boolean {
		return this.current() >= this.end;
	}

	/** Requests per window at this moment. */
	private current(): number {
		const windows = (clock() - this.changedAt) / this.windowMs;
		if (this.isStarting) return this.size * 2 ** windows;
		const since = this.size < this.former ? windows - WINDOWS_BACK : windows;
		if (since < 0) return this.former - (this.former - this.size) * (since / WINDOWS_BACK) ** 2;
		return this.former * (1 + (since / WINDOWS_TO_DOUBLE) ** 3);
	}

	/** Requests per window that it uses of that: whole ones, where it is not less than one. */
	private used(): number {
		const size = this.current();
		return size < 1 ? size : Math.round(size);
	}

	/** Requests that may be held at the same time. */
	slots(): number {
		return Math.ceil(this.used());
	}

	/** Milliseconds until a slot is free and the next request keeps its distance; Infinity when only an answer can free one. */
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

	started(): void {
		this.lastStart = clock();
	}

	/** The vendor counted a request somewhere between its start and its answer, which is now: half-way, more or less. */
	granted(startedAt: number): void {
		this.hold((startedAt + clock()) / 2);
	}

	/**
	 * @param startedAt when the refused request started
	 * @param held slots that are held without it
	 * @param isTimed the vendor said when to come again, and that is all that counts for the next request
	 */
	refused(startedAt: number, held: number, isTimed: boolean): void {
		const now = clock();
		this.lastStart = isTimed ? -Infinity : now;
		if (!isTimed) this.hold(now);
		if (now < this.beganAt + this.windowMs)
			this.change(Math.max(Math.min(this.size, held), this.limit * FIRST_PART, 1));
		else if (startedAt >= this.changedAt + this.windowMs * ONE_EVENT) this.decrease(held);
	}

	private hold(moment: number): void {
		const since = clock() - this.windowMs;
		this.counted = [...this.counted.filter((other) => other > since), moment].sort((one, other) => one - other);
	}

	private decrease(held: number): void {
		// What doubled without being used is not proven.
		const size = this.isStarting ? Math.min(this.current(), Math.max(1, held)) : this.current();
		// Who could not come back to where it was leaves some of that to the others (RFC 9438, section 4.7).
		this.isStarting = false;
		this.change(
			Math.max(this.smallest, size * (1 - GIVEN_UP)),
			Math.max(this.smallest, size < this.former ? size * (1 - GIVEN_UP / 2) : size),
		);
	}

	private change(size: number, former = size): void {
		this.size = size;
		this.former = former;
		this.changedAt = clock();
	}
}
