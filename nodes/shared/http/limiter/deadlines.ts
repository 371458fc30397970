import { clock } from '../../base/clock';
import { sleep } from '../../base/sleep';

/** Longest time that a deadline can pass unnoticed, in milliseconds. */
const LOOK_EVERY_MS = 250;

/** Reason of a request that was ended at its deadline. */
const EXPIRED = new Error('The deadline passed');

/** A request under way. */
export interface Deadline {
	/** Ends the request: aborted at its deadline, and when the execution is stopped. */
	signal: AbortSignal;
	/** Whether the deadline passed. */
	isExpired: () => boolean;
	/** To be called when the request has ended. */
	close: () => void;
}

/**
 * The requests under way of one connection. One look-out for all of them ends those whose deadline passes: a timer and
 * signals for each would cost more than all the rest of the pack's work on it.
 */
export class Deadlines {
	private readonly open = new Map<AbortController, number>();
	/** Controllers of requests that ended in time: making one costs more than all the rest here. */
	private readonly spare: AbortController[] = [];
	private looking = false;

	/** @param stopped ends all requests */
	constructor(stopped?: AbortSignal) {
		stopped?.addEventListener('abort', () => [...this.open.keys()].forEach((request) => request.abort(stopped.reason)));
	}

	/** @param timeoutMs time until the answer has to be there as a whole */
	add(timeoutMs: number): Deadline {
		const request = this.spare.pop() ?? new AbortController();
		this.open.set(request, clock() + timeoutMs);
		void this.look();
		return {
			signal: request.signal,
			isExpired: () => request.signal.reason === EXPIRED,
			close: () => this.close(request),
		};
	}

	private close(request: AbortController): void {
		this.open.delete(request);
		if (!request.signal.aborted) this.spare.push(request);
	}

	private end(request: AbortController): void {
		this.open.delete(request);
		request.abort(EXPIRED);
	}

	private async look(): Promise<void> {
		if (this.looking) return;
		this.looking = true;
		while (this.open.size > 0) {
			await sleep(Math.min(LOOK_EVERY_MS, Math.max(0, Math.min(...this.open.values()) - clock())));
			for (const [request, due] of [...this.open]) if (due <= clock()) this.end(request);
		}
		this.looking = false;
	}
}
