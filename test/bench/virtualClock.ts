/** A timer that has not run yet. */
interface Timer {
	at: number;
	run: () => void;
}

/** The timers of a clock, soonest first; those of the same moment in the order in which they were set. */
class Timers {
	private readonly heap: Array<Timer & { number: number }> = [];
	private count = 0;

	get size(): number {
		return this.heap.length;
	}

	push(timer: Timer): void {
		this.heap.push({ ...timer, number: (this.count += 1) });
		let at = this.heap.length - 1;
		while (at > 0 && this.isBefore(at, (at - 1) >> 1)) at = this.swap(at, (at - 1) >> 1);
	}

	pop(): Timer {
		const [first] = this.heap;
		const last = this.heap.pop()!;
		if (this.heap.length === 0) return first;
		this.heap[0] = last;
		for (let at = 0; ; ) {
			const [left, right] = [2 * at + 1, 2 * at + 2];
			const child = right < this.heap.length && this.isBefore(right, left) ? right : left;
			if (child >= this.heap.length || !this.isBefore(child, at)) return first;
			at = this.swap(at, child);
		}
	}

	private isBefore(one: number, other: number): boolean {
		const [a, b] = [this.heap[one], this.heap[other]];
		return a.at < b.at || (a.at === b.at && a.number < b.number);
	}

	private swap(one: number, other: number): number {
		[this.heap[one], this.heap[other]] = [this.heap[other], this.heap[one]];
		return other;
	}
}

/** Lets all code run that waits for no timer. */
const settle = async () => await new Promise((resolve) => setImmediate(resolve));

/**
 * Does work in a time of its own, in which waiting takes none: an hour passes in the time that its events take.
 *
 * @param work starts at the moment 0, and ends it
 */
export async function inVirtualTime<Result>(work: () => Promise<Result>): Promise<Result> {
	const real = {
		setTimeout: globalThis.setTimeout,
		clearTimeout: globalThis.clearTimeout,
		now: Date.now,
		clock: performance.now,
	};
	const timers = new Timers();
	const cleared = new WeakSet<object>();
	let now = 0;
	Object.assign(globalThis, {
		setTimeout: (run: () => void, ms = 0) => {
			const timer = {};
			timers.push({ at: now + Math.max(1, Math.trunc(ms)), run: () => cleared.has(timer) || run() });
			return timer;
		},
		clearTimeout: (timer?: object) => timer && cleared.add(timer),
	});
	Date.now = performance.now = () => now;
	try {
		let isDone = false;
		const end = work().finally(() => (isDone = true));
		for (await settle(); !isDone && timers.size > 0; await settle()) {
			const { at, run } = timers.pop();
			now = at;
			run();
		}
		return await end;
	} finally {
		Object.assign(globalThis, { setTimeout: real.setTimeout, clearTimeout: real.clearTimeout });
		Date.now = real.now;
		performance.now = real.clock;
	}
}

/** Waits in the time that holds now. */
export const wait = async (ms: number): Promise<void> => await new Promise((resolve) => setTimeout(resolve, ms));

/** Random numbers from 0 to 1, the same for the same seed (mulberry32). */
export function randomBy(seed: number): () => number {
	let state = seed;
	return () => {
		state = (state + 0x6d2b79f5) | 0;
		let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
		mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
		return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
	};
}
