import type { RetryLimits } from './retryPolicy';

/** How a node goes about its requests; every node offers these under 'Options'. */
export interface RequestOptions {
	/** Items at work at the same time; 0 stands for a number that grows while that makes the run faster. */
	parallel: number;
	retryLimits: RetryLimits;
	/** Longest time from a request to the end of its answer, in milliseconds. */
	timeoutMs: number;
}

/** What a node does where its options say nothing; times in seconds. */
export const requestDefaults = { requestsInParallel: 0, maxTries: 5, maxWait: 300, timeout: 60 } as const;

/** The pace that options ask for which were checked by the fields of these names. */
export function requestOptionsFrom(options: Readonly<Record<string, unknown>>): RequestOptions {
	const read = (name: keyof typeof requestDefaults) => (options[name] as number | undefined) ?? requestDefaults[name];
	return {
		parallel: read('requestsInParallel'),
		retryLimits: { maxTries: read('maxTries'), maxWaitMs: read('maxWait') * 1000 },
		timeoutMs: read('timeout') * 1000,
	};
}
