import type { Patience } from './repeat';

/** How a node goes about its requests; every node offers these under 'Options'. */
export interface Pace {
	/** Items at work at the same time; 0 stands for a number that grows while that makes the run faster. */
	parallel: number;
	patience: Patience;
	/** Longest time from a request to the end of its answer, in milliseconds. */
	timeoutMs: number;
}

/** What a node does where its options say nothing; times in seconds. */
export const paceDefaults = { requestsInParallel: 0, maxTries: 5, maxWait: 300, timeout: 60 } as const;

/** The pace that options ask for which were checked by the fields of these names. */
export function paceFrom(options: Readonly<Record<string, unknown>>): Pace {
	const read = (name: keyof typeof paceDefaults) => (options[name] as number | undefined) ?? paceDefaults[name];
	return {
		parallel: read('requestsInParallel'),
		patience: { maxTries: read('maxTries'), maxWaitMs: read('maxWait') * 1000 },
		timeoutMs: read('timeout') * 1000,
	};
}
