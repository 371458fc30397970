import { backOffMs, countsAsTry, nextPauseMs, retryPolicy, type Outcome } from '../../nodes/shared/http/retryPolicy';

const patience = { maxTries: 5, maxWaitMs: 300_000 };
const outcomes = Object.keys(retryPolicy) as Outcome[];

afterEach(() => jest.restoreAllMocks());

test('a write that may have been carried out is never retried', () => {
	const repeated = outcomes.filter(
		(outcome) => retryPolicy[outcome].mayHaveBeenApplied && nextPauseMs(outcome, false, 1, 0, patience) !== undefined,
	);

	expect(repeated).toEqual([]);
});

test('a write is retried only if the vendor certainly did not act', () => {
	expect(outcomes.filter((outcome) => nextPauseMs(outcome, false, 1, 0, patience) !== undefined)).toEqual([
		'rateLimited',
		'notConnected',
		'keyRefused',
	]);
});

test('reads are retried after every temporary failure', () => {
	const repeated = outcomes.filter((outcome) => nextPauseMs(outcome, true, 1, 0, patience) !== undefined);

	expect(repeated.sort()).toEqual(['broken', 'keyRefused', 'noResponse', 'notConnected', 'rateLimited', 'unreadable']);
});

test('a request may have been carried out if it was sent and no response denies it', () => {
	const unsure = outcomes.filter((outcome) => retryPolicy[outcome].mayHaveBeenApplied);

	expect(unsure).toEqual(['noResponse', 'broken', 'unreadable', 'tooLarge', 'redirected']);
});

test('the pause that the vendor requires is exact to the millisecond', () => {
	expect(nextPauseMs('rateLimited', false, 1, 0, patience, 39_000)).toBe(39_000);
});

test('no pause follows the last try', () => {
	jest.spyOn(Math, 'random').mockReturnValue(1);

	expect([4, 5, 6].map((tries) => nextPauseMs('noResponse', true, tries, 0, patience))).toEqual([
		8_000,
		undefined,
		undefined,
	]);
});

test('a rate-limited attempt does not count as a try, and is retried after any number of tries', () => {
	expect(outcomes.filter((outcome) => !countsAsTry(outcome))).toEqual(['rateLimited']);
	expect(nextPauseMs('rateLimited', false, 99, 0, patience, 7_000)).toBe(7_000);
});

test('a pause may fill the total wait, and not exceed it', () => {
	expect([20_000, 20_001].map((asked) => nextPauseMs('rateLimited', true, 2, 280_000, patience, asked))).toEqual([
		20_000,
		undefined,
	]);
});

test('pauses without Retry-After double up to a minute, with full jitter', () => {
	expect([1, 2, 3, 9].map((attempt) => backOffMs(attempt, () => 1))).toEqual([1_000, 2_000, 4_000, 60_000]);
	expect(backOffMs(3, () => 0)).toBe(0);
});

test('without Retry-After, the pause depends on the number of the attempt', () => {
	jest.spyOn(Math, 'random').mockReturnValue(0.5);

	expect([1, 2, 3].map((attempt) => nextPauseMs('noResponse', true, attempt, 0, patience))).toEqual([
		500, 1_000, 2_000,
	]);
});
