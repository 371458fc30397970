/** A request that waits for a slot. */
export interface Waiter {
	/** Starts the request. */
	grant: () => void;
	/** Stops the wait, because the pause is longer than the request may wait. */
	refuse: (pauseMs: number) => void;
	/** Returns the longest pause, in milliseconds, for which the request may still wait. */
	remainingPauseMs: () => number;
}

/** The waiting requests by execution. Executions take turns, so a large execution does not starve a small one. */
export class FairQueue {
	private byExecution = new Map<object, Waiter[]>();

	isEmpty(): boolean {
		return this.byExecution.size === 0;
	}

	all(): Waiter[] {
		return [...this.byExecution.values()].flat();
	}

	/**
	 * Adds a request.
	 *
	 * @param first puts it before all others, because the vendor refused it before
	 */
	join(execution: object, waiter: Waiter, first: boolean): void {
		const waiters = this.byExecution.get(execution) ?? [];
		if (!first) {
			this.byExecution.set(execution, [...waiters, waiter]);
			return;
		}
		this.byExecution.delete(execution);
		this.byExecution = new Map([[execution, [waiter, ...waiters]], ...this.byExecution]);
	}

	leave(execution: object, waiter: Waiter): void {
		const left = (this.byExecution.get(execution) ?? []).filter((other) => other !== waiter);
		if (left.length > 0) this.byExecution.set(execution, left);
		else this.byExecution.delete(execution);
	}

	/** Removes and returns the next request. Its execution moves to the end of the queue. */
	next(): Waiter | undefined {
		const [execution, [waiter, ...others]] = this.byExecution.entries().next().value ?? [{}, []];
		this.byExecution.delete(execution);
		if (others.length > 0) this.byExecution.set(execution, others);
		return waiter;
	}
}
