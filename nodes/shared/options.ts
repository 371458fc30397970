import { integer, type Fields } from './fields';
import type { Patience } from './repeat';

/** How a node goes about its requests; every node offers these under 'Options'. */
export interface Pace {
	/** Items at work at the same time. */
	parallel: number;
	patience: Patience;
	/** Longest time from a request to the end of its answer, in milliseconds. */
	timeoutMs: number;
}

const DEFAULTS = { requestsInParallel: 4, maxTries: 5, maxWait: 300, timeout: 60 } as const;

const number = (label: string, name: keyof typeof DEFAULTS, most: number, description: string) =>
	integer(label).min(1).max(most).startsAs(DEFAULTS[name]).describe(description);

/** Options of every node. */
export const paceFields = {
	maxTries: number(
		'Max Tries',
		'maxTries',
		20,
		'Most attempts at one request, the first included. A write that may have been carried out is never tried again.',
	),
	maxWait: number('Max Wait (Seconds)', 'maxWait', 3600, 'Longest total wait between the attempts at one request'),
	requestsInParallel: number(
		'Requests in Parallel',
		'requestsInParallel',
		16,
		'Most items at work at the same time, the same for all items. Requests on the same record never overlap.',
	),
	timeout: number('Timeout (Seconds)', 'timeout', 3600, 'Longest time until an answer is there as a whole'),
} satisfies Fields;

/** The pace that options ask for which were checked by `paceFields`. */
export function paceFrom(options: Readonly<Record<string, unknown>>): Pace {
	const read = (name: keyof typeof DEFAULTS) => (options[name] as number | undefined) ?? DEFAULTS[name];
	return {
		parallel: read('requestsInParallel'),
		patience: { maxTries: read('maxTries'), maxWaitMs: read('maxWait') * 1000 },
		timeoutMs: read('timeout') * 1000,
	};
}
