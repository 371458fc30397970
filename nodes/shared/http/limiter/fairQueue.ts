/** Who waits for a slot. */
export interface Waiter {
	grant: () => void;
	/** Gives up, because of a pause that is longer than the waiter has patience for. */
	refuse: (pauseMs: number) => void;
	/** Longest pause in milliseconds that it still has the patience for. */
	patienceMs: () => number;
}

/** Those who wait, in one lane for each execution: lanes take turns, so that a large execution does not starve a small one. */
export class FairQueue {
	private lanes = new Map<object, Waiter[]>();

	isEmpty(): boolean {
		return this.lanes.size === 0;
	}

	all(): Waiter[] {
		return [...this.lanes.values()].flat();
	}

	/** @param first before all others: what the vendor refused was nearer to its end than what was never sent */
	join(lane: object, waiter: Waiter, first: boolean): void {
		const waiters = this.lanes.get(lane) ?? [];
		if (!first) {
			this.lanes.set(lane, [...waiters, waiter]);
			return;
		}
		this.lanes.delete(lane);
		this.lanes = new Map([[lane, [waiter, ...waiters]], ...this.lanes]);
	}

	leave(lane: object, waiter: Waiter): void {
		const left = (this.lanes.get(lane) ?? []).filter((other) => other !== waiter);
		if (left.length > 0) this.lanes.set(lane, left);
		else this.lanes.delete(lane);
	}

	/** Takes the one whose turn it is; its lane goes to the end. */
	next(): Waiter | undefined {
		const [lane, [waiter, ...others]] = this.lanes.entries().next().value ?? [{}, []];
		this.lanes.delete(lane);
		if (others.length > 0) this.lanes.set(lane, others);
		return waiter;
	}
}
