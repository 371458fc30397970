/** Who waits for a slot. */
export interface Waiter {
	grant: () => void;
	/** Gives up, because of a pause that is longer than the waiter has patience for. */
	refuse: (pauseMs: number) => void;
	/** Longest pause in milliseconds that it still has the patience for. */
	remainingPauseMs: () => number;
}

/** Those who wait, in one execution for each execution: byExecution take turns, so that a large execution does not starve a small one. */
export class FairQueue {
	private byExecution = new Map<object, Waiter[]>();

	isEmpty(): boolean {
		return this.byExecution.size === 0;
	}

	all(): Waiter[] {
		return [...this.byExecution.values()].flat();
	}

	/** @param first before all others: what the vendor refused was nearer to its end than what was never sent */
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

	/** Takes the one whose turn it is; its execution goes to the end. */
	next(): Waiter | undefined {
		const [execution, [waiter, ...others]] = this.byExecution.entries().next().value ?? [{}, []];
		this.byExecution.delete(execution);
		if (others.length > 0) this.byExecution.set(execution, others);
		return waiter;
	}
}
