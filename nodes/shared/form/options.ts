import { integer, type Fields } from '../fields';
import { paceDefaults } from '../http/pace';

const number = (label: string, name: keyof typeof paceDefaults, most: number, description: string) =>
	integer(label).min(1).max(most).startsAs(paceDefaults[name]).describe(description);

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
