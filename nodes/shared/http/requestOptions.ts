import type { RetryLimits } from './retryPolicy';

/** The request options that every node offers under 'Options'. */
export interface RequestOptions {
	/** Items in parallel; 0 means that the number grows while throughput grows. */
	parallel: number;
	retryLimits: RetryLimits;
	/** Maximum time from the start of a request to the end of its response, in milliseconds. */
	timeoutMs: number;
}

/** Defaults of the options; times in seconds. */
export const requestDefaults = { requestsInParallel: 0, maxTries: 5, maxWait: 300, timeout: 60 } as const;

/** Returns the request options from the node's checked options, which have the keys of `requestDefaults`. */
export function requestOptionsFrom(options: Readonly<Record<string, unknown>>): RequestOptions {
	const read = (name: keyof typeof requestDefaults) => (options[name] as number | undefined) ?? requestDefaults[name];
	return {
		parallel: read('requestsInParallel'),
		retryLimits: { maxTries: read('maxTries'), maxWaitMs: read('maxWait') * 1000 },
		timeoutMs: read('timeout') * 1000,
	};
}
