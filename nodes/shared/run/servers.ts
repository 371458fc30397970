import type { AdaptiveConcurrency } from '../http/limiter';

/** Maximum number of batches in parallel for all servers together. */
const MAX_PARALLEL = 32;

/** Maximum number of batches that wait for their server, while batches behind them may go to another server. */
const MAX_WAITING = 64;

/**
 * Limits the batches of a run in parallel for each server. A server gets as many as it handles without getting slower, and a
 * slow server doesn't delay the others.
 */
export class Servers {
	private readonly limits: readonly AdaptiveConcurrency[];
	private readonly running = new Map<AdaptiveConcurrency, number>();
	private readonly waiting: Array<{ concurrency: AdaptiveConcurrency; begin: () => void }> = [];
	private total = 0;

	/** @param limits the limit of each connection; connections to the same server share one object */
	constructor(limits: readonly AdaptiveConcurrency[]) {
		this.limits = [...new Set(limits)];
	}

	/** Maximum number of batches that may be started, including those that wait for their server. */
	get parallel(): number {
		const [only, ...others] = this.limits;
		if (only && others.length === 0) return only.parallel;
		const sum = this.limits.reduce((total, { parallel }) => total + parallel, 0);
		return Math.min(MAX_PARALLEL, Math.max(1, sum)) + Math.min(MAX_WAITING, this.waiting.length);
	}

	/** Runs a function as soon as its server accepts more batches. */
	async within<Result>(concurrency: AdaptiveConcurrency, work: () => Promise<Result>): Promise<Result> {
		if (this.limits.length <= 1) return await work();
		if (this.isFree(concurrency)) this.start(concurrency);
		else await new Promise<void>((resolve) => this.waiting.push({ concurrency, begin: resolve }));
		try {
			return await work();
		} finally {
			this.end(concurrency);
		}
	}

	private isFree(concurrency: AdaptiveConcurrency): boolean {
		return this.total < MAX_PARALLEL && (this.running.get(concurrency) ?? 0) < concurrency.parallel;
	}

	private start(concurrency: AdaptiveConcurrency): void {
		this.total += 1;
		this.running.set(concurrency, (this.running.get(concurrency) ?? 0) + 1);
	}

	private end(concurrency: AdaptiveConcurrency): void {
		this.total -= 1;
		this.running.set(concurrency, this.running.get(concurrency)! - 1);
		for (const waiter of [...this.waiting]) {
			if (!this.isFree(waiter.concurrency)) continue;
			this.waiting.splice(this.waiting.indexOf(waiter), 1);
			this.start(waiter.concurrency);
			waiter.begin();
		}
	}
}
