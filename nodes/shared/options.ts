import type { IDataObject, INodeProperties } from 'n8n-workflow';
import type { Patience } from './repeat';

/** How a node goes about its requests; every node offers these under 'Options'. */
export interface Pace {
	/** Items at work at the same time. */
	parallel: number;
	patience: Patience;
	/** Longest wait for one answer, in milliseconds. */
	timeoutMs: number;
}

const DEFAULTS = { requestsInParallel: 4, maxTries: 5, maxWait: 300, timeout: 60 } as const;
const NUMBER = 'number';
const MOST_IN_PARALLEL = 16;

const number = (displayName: string, name: keyof typeof DEFAULTS, maxValue: number, description: string): INodeProperties => ({
	displayName,
	name,
	type: NUMBER,
	typeOptions: { minValue: 1, maxValue, numberPrecision: 0 },
	default: DEFAULTS[name],
	description,
});

/** Options of every node. */
export const paceOptions: INodeProperties[] = [
	number('Max Tries', 'maxTries', 20, 'Most attempts at one request, the first included. A write that may have been carried out is never tried again.'),
	number('Max Wait (Seconds)', 'maxWait', 3600, 'Longest total wait between the attempts at one request'),
	number('Requests in Parallel', 'requestsInParallel', MOST_IN_PARALLEL, 'Most items at work at the same time. Requests on the same record never overlap.'),
	number('Timeout (Seconds)', 'timeout', 3600, 'Longest wait for one answer'),
];

/** Reads the options; what is missing or out of range becomes the default or the nearest value allowed. */
export function paceFrom(options: IDataObject): Pace {
	const read = (name: keyof typeof DEFAULTS, most: number) => {
		const given = Number(options[name] ?? DEFAULTS[name]);
		return Number.isFinite(given) ? Math.min(most, Math.max(1, Math.floor(given))) : DEFAULTS[name];
	};
	return {
		parallel: read('requestsInParallel', MOST_IN_PARALLEL),
		patience: { maxTries: read('maxTries', 20), maxWaitMs: read('maxWait', 3600) * 1000 },
		timeoutMs: read('timeout', 3600) * 1000,
	};
}
