/** Response times at one number of requests in parallel. */
export interface ResponseTimes {
	parallel: number;
	/** Mean in milliseconds; Infinity for a number at which the server failed. */
	ms: number;
	/** Square of the standard error of the mean. */
	error2: number;
	responses: number;
}

/** A response time counts as at most this many medians, because a hanging request says little about the others. */
const MOST_MEDIANS = 3;

/** Differences up to this many milliseconds are ignored. */
const IRRELEVANT_MS = 1;

/** Maximum weight of the earlier rounds, in rounds. */
const MOST_ROUNDS = 3;

/**
 * Summarizes the responses of a round.
 *
 * @param parallel requests in parallel
 * @param times milliseconds of each response; two or more
 */
export function summarize(parallel: number, times: readonly number[]): ResponseTimes {
	const responses = times.length;
	const most = MOST_MEDIANS * [...times].sort((one, other) => one - other)[responses >> 1];
	const counted = times.map((ms) => Math.min(ms, most));
	const mean = sum(counted) / responses;
	return {
		parallel,
		ms: mean,
		error2: sum(counted.map((ms) => (ms - mean) ** 2)) / (responses - 1) / responses,
		responses,
	};
}

/** Adds a round to the earlier rounds at the same number. The new round has at least a fourth of the weight. */
export function pool(before: ResponseTimes | undefined, round: ResponseTimes): ResponseTimes {
	if (before === undefined || before.ms === Infinity) return round;
	const counted = Math.min(before.responses, MOST_ROUNDS * round.responses);
	const responses = counted + round.responses;
	const [old, fresh] = [counted / responses, round.responses / responses];
	return {
		...round,
		ms: old * before.ms + fresh * round.ms,
		error2: old ** 2 * before.error2 + fresh ** 2 * round.error2,
		responses,
	};
}

/**
 * Tells whether responses are slower than others by more than a factor, and by more than chance explains.
 *
 * @param certainty standard errors by which they must exceed the factor
 */
export function isSlower(slow: ResponseTimes, quick: ResponseTimes, factor: number, certainty: number): boolean {
	return slow.ms - factor * quick.ms - IRRELEVANT_MS > certainty * Math.sqrt(slow.error2 + factor ** 2 * quick.error2);
}

/** Returns the sum. */
export const sum = (numbers: readonly number[]): number => numbers.reduce((total, number) => total + number, 0);
