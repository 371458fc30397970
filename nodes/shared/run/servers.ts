import type { AdaptiveConcurrency } from '../http/limiter';

/** Units at work at the same time at most, whatever the number of servers. */
const MOST = 32;

/** Units that wait for their server at most: the units behind them may go to another one. */
const MOST_WAITING = 64;

/**
 * Shares out the units of a run among the servers they go to: each server works on as many at the same time as it takes
 * without getting slower, and a slow one doesn't hold up the others.
 */
export class Servers {
	private readonly tempos: readonly AdaptiveConcurrency[];
	private readonly atWork = new Map<AdaptiveConcurrency, number>();
	private readonly waiting: Array<{ tempo: AdaptiveConcurrency; begin: () => void }> = [];
	private total = 0;

	/** @param limits one for each connection; connections to the same server have the same one */
	constructor(limits: readonly AdaptiveConcurrency[]) {
		this.tempos = [...new Set(limits)];
	}

	/** Units that may be begun at the same time, those that wait for their server included. */
	get parallel(): number {
		const [only, ...others] = this.tempos;
		if (only && others.length === 0) return only.parallel;
		const taken = this.tempos.reduce((sum, { parallel }) => sum + parallel, 0);
		return Math.min(MOST, Math.max(1, taken)) + Math.min(MOST_WAITING, this.waiting.length);
	}

	/** Does some work when its server takes more. */
	async within<Result>(concurrency: AdaptiveConcurrency, work: () => Promise<Result>): Promise<Result> {
		if (this.tempos.length <= 1) return await work();
		if (this.isFree(concurrency)) this.start(concurrency);
		else await new Promise<void>((resolve) => this.waiting.push({ tempo: concurrency, begin: resolve }));
		try {
			return await work();
		} finally {
			this.end(concurrency);
		}
	}

	private isFree(concurrency: AdaptiveConcurrency): boolean {
		return this.total < MOST && (this.atWork.get(concurrency) ?? 0) < concurrency.parallel;
	}

	private start(concurrency: AdaptiveConcurrency): void {
		this.total += 1;
		this.atWork.set(concurrency, (this.atWork.get(concurrency) ?? 0) + 1);
	}

	private end(concurrency: AdaptiveConcurrency): void {
		this.total -= 1;
		this.atWork.set(concurrency, this.atWork.get(concurrency)! - 1);
		for (const waiter of [...this.waiting]) {
			if (!this.isFree(waiter.tempo)) continue;
			this.waiting.splice(this.waiting.indexOf(waiter), 1);
			this.start(waiter.tempo);
			waiter.begin();
		}
	}
}
