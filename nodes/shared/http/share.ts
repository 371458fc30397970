import { clock } from '../base/clock';

/** Part that a share gives up when the vendor refuses a request. */
const GIVEN_UP = 1 / 8;

/** How steeply a share grows: four windows after a refusal it is as large as before, and eight later twice as large. */
const STEEPNESS = 0.0021;

/** What a process begins with that was granted next to nothing, as a part of the limit. */
const FIRST_PART = 1 / 8;

/** How often over a share grows until it counts for none, where no limit is known. */
const MANY = 10;

/** Requests per window below which no share falls. */
const SMALLEST = 0.1;

/** Part of a window in which several refusals tell the same thing. */
const ONE_EVENT = 1 / 4;

/**
 * The share of a limit that a process finds by itself while others use the same key, without a word between them.
 *
 * It begins with what was granted. A refusal takes an eighth of it, and it grows by the clock, along the curve of TCP
 * CUBIC (RFC 9438): fast back to just below where it was refused, slowly past that, then faster and faster. Whoever has
 * more is refused more often, and so shares become equal. Its requests keep their distance from one another: a burst
 * would take slots that others hold.
 *
 * `npm run bench -- --shares` has the figures, beside other rules.
 */
export class Share {
	private readonly beganAt = clock();
	private changedAt = clock();
	/** Requests per window after the last refusal, and those to which it soon comes back. */
	private size: number;
	private former: number;
	/** From when on the distance to the next request counts. */
	private lastStart = -Infinity;
	/** Grows twofold in each window, because nobody knows how far it may grow, until it is refused again. */
	private isStarting: boolean;
	/** Requests per window at which the others must be gone. */
	private readonly end: number;

	/**
	 * @param limit requests per window that the vendor allows to all together; 0 where nobody knows
	 * @param held slots that are held at the first refusal
	 * @param windowMs length of the window in milliseconds, more than 0
	 */
	constructor(
		private readonly limit: number,
		held: number,
		private readonly windowMs: number,
	) {
		this.isStarting = limit === 0;
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
		const windowsBack = Math.cbrt((1 - this.size / this.former) / STEEPNESS);
		return Math.max(SMALLEST, this.former * (1 + STEEPNESS * (windows - windowsBack) ** 3));
	}

	/** Requests that may be held at the same time. */
	slots(): number {
		return Math.max(1, Math.round(this.current()));
	}

	/** Milliseconds until the next request keeps its distance. */
	msUntilNext(): number {
		return Math.max(0, Math.ceil(this.lastStart + this.windowMs / this.current() - clock()));
	}

	started(): void {
		this.lastStart = clock();
	}

	/**
	 * @param startedAt when the refused request started
	 * @param held slots that are held without it
	 * @param isTimed the vendor said when to come again, and that is all that counts for the next request
	 */
	refused(startedAt: number, held: number, isTimed: boolean): void {
		const now = clock();
		this.lastStart = isTimed ? -Infinity : now;
		if (now < this.beganAt + this.windowMs) this.change(Math.max(Math.min(this.size, held), this.limit * FIRST_PART, 1));
		else if (startedAt >= this.changedAt + this.windowMs * ONE_EVENT) this.giveUp(held);
	}

	private giveUp(held: number): void {
		// What doubled without being used is not proven.
		const size = this.isStarting ? Math.min(this.current(), Math.max(1, held)) : this.current();
		// Who could not come back to where it was leaves some of that to the others (RFC 9438, section 4.7).
		this.isStarting = false;
		this.change(size * (1 - GIVEN_UP), size < this.former ? size * (1 - GIVEN_UP / 2) : size);
	}

	private change(size: number, former = size): void {
		this.size = size;
		this.former = former;
		this.changedAt = clock();
	}
}
