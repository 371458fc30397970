import { clock } from '../../base/clock';
import { sleep } from '../../base/sleep';

/** Maximum time between two checks, in milliseconds. */
const CHECK_EVERY_MS = 250;

/** Abort reason of a request whose deadline passed. */
const EXPIRED = new Error('The deadline passed');

/** The deadline of a request in flight. */
export interface Deadline {
	/** Aborts the request at its deadline, and when the execution is stopped. */
	signal: AbortSignal;
	/** Tells whether the deadline passed. */
	isExpired: () => boolean;
	/** Call it when the request has ended. */
	close: () => void;
}

/**
 * Aborts the requests of a connection whose deadline passes.
 *
 * One timer checks all requests. A timer and signals for each request would cost more than all other work of the pack
 * on it.
 */
export class Deadlines {
	private readonly open = new Map<AbortController, number>();
	/** Controllers of requests that ended in time. Creating one costs more than everything else here. */
	private readonly spare: AbortController[] = [];
	private isChecking = false;

	/** @param stopped aborts all requests */
	constructor(stopped?: AbortSignal) {
		stopped?.addEventListener('abort', () => [...this.open.keys()].forEach((request) => request.abort(stopped.reason)));
	}

	/**
	 * Adds a request.
	 *
	 * @param timeoutMs milliseconds until the end of its response
	 */
	add(timeoutMs: number): Deadline {
		const request = this.spare.pop() ?? new AbortController();
		this.open.set(request, clock() + timeoutMs);
		void this.check();
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

	private async check(): Promise<void> {
		if (this.isChecking) return;
		this.isChecking = true;
		while (this.open.size > 0) {
			await sleep(Math.min(CHECK_EVERY_MS, Math.max(0, Math.min(...this.open.values()) - clock())));
			for (const [request, due] of [...this.open]) if (due <= clock()) this.end(request);
		}
		this.isChecking = false;
	}
}
