import fc from 'fast-check';
import { tryToParseDateTime } from 'n8n-workflow';
import { parseDate } from '../../nodes/shared/base/dates';
import { date, dateTime } from '../../nodes/shared/fields';
import { dateSuggestion, timeSuggestion } from '../../nodes/shared/fields/dateSuggestion';

/** The class of luxon, by which n8n's expressions read dates. */
const DateTime: unknown = tryToParseDateTime('2026-07-01').constructor;

/** What the expression of a suggestion gives for a value. */
function carriedOut(suggestion: string | undefined, value: unknown) {
	const [, expression] = /\{\{ (.*) \}\}/.exec(suggestion ?? '')!;
	return new Function('DateTime', '$json', `return ${expression}`)(DateTime, { date: value }) as {
		toISO: () => string;
		toMillis: () => number;
	};
}

test.each<[unknown, string | undefined]>([
	['2026-02-31', 'This date does not exist: February 2026 has 28 days.'],
	['2026-02-31T10:00:00', 'This date does not exist: February 2026 has 28 days.'],
	['2026-02-31T10:00:00Z', 'This date does not exist: February 2026 has 28 days.'],
	['2026-02-29', 'This date does not exist: February 2026 has 28 days.'],
	['2100-02-29', 'This date does not exist: February 2100 has 28 days.'],
	['2028-02-30', 'This date does not exist: February 2028 has 29 days.'],
	['2026-04-31 09:00', 'This date does not exist: April 2026 has 30 days.'],
	['20260431', 'This date does not exist: April 2026 has 30 days.'],
	['2026-13-01', 'This date does not exist: there is no month 13.'],
	['2026-00-10', 'This date does not exist: there is no month 0.'],
	['2026-07-00', 'This date does not exist: July 2026 has 31 days.'],
	['2026-07-01T24:00:00', 'There is no hour 24. Write 00:00 of the next day.'],
	['2026-07-01 24:00', 'There is no hour 24. Write 00:00 of the next day.'],
	['2026-07-01T24:30', 'There is no time 24:30.'],
	['2026-07-01T25', 'There is no time 25:00.'],
	['2026-07-01T09:60:00', 'There is no time 09:60.'],
	['31/02/2026', 'This date does not exist: February 2026 has 28 days.'],
	['02/31/2026', 'This date does not exist: February 2026 has 28 days.'],
	['29.02.2026', 'This date does not exist: February 2026 has 28 days.'],
	['31/13/2026', 'This date does not exist: there is no month 13.'],
	['31/04/2026 10:00', 'This date does not exist: April 2026 has 30 days.'],
	['2026-07-01', undefined],
	['2026-07-01T09:00', undefined],
	['tomorrow', undefined],
	['2026', undefined],
	[2026, undefined],
	[true, undefined],
	[['2026-02-31'], undefined],
])('of the date %p it is told: %p', (given, told) => {
	expect(dateSuggestion(given, 'UTC')).toBe(told);
});

test('every day of the calendar has a suggestion where it does not exist, and none where it does', () => {
	const part = (most: number) => fc.integer({ min: 0, max: most }).map((number) => String(number).padStart(2, '0'));
	fc.assert(
		fc.property(fc.integer({ min: 1900, max: 2200 }), part(13), part(32), (year, month, day) => {
			const written = `${year}-${month}-${day}`;

			expect(dateSuggestion(written)?.startsWith('This date does not exist') ?? false).toBe(
				parseDate(written, 'UTC') === undefined,
			);
		}),
		{ numRuns: 1_000 },
	);
});

test.each<[unknown, string]>([
	[45000, '2023-03-15T00:00:00'],
	['45000', '2023-03-15T00:00:00'],
	[45000.395833333336, '2023-03-15T09:30:00'],
	['45000,3958333333', '2023-03-15T09:30:00'],
	['45000.3958333333', '2023-03-15T09:30:00'],
	[45000.99999, '2023-03-15T23:59:59'],
	[10000, '1927-05-18T00:00:00'],
	[60000, '2064-04-08T00:00:00'],
	['01/02/2026', '2026-02-01T00:00:00'],
	['02/13/2026', '2026-02-13T00:00:00'],
	['13/02/26, 14:30', '2026-02-13T14:30:00'],
])('the expression that is suggested for %p gives %s', (given, expected) => {
	expect(carriedOut(dateSuggestion(given, 'UTC'), given).toISO().slice(0, 19)).toBe(expected);
});

test.each([[1782864000], ['1782864000'], [1782864000000], ['1782864000000']])(
	'the expression that is suggested for %p gives that instant',
	(given) => {
		expect(carriedOut(dateSuggestion(given, 'UTC'), given).toMillis()).toBe(1782864000000);
	},
);

test('a day that came as a number becomes text', () => {
	expect(carriedOut(dateSuggestion(20260701, 'UTC'), 20260701)).toBe('20260701');
});

test.each([
	[45000, /^This is a spreadsheet date, in days since 1899\. Write \{\{ DateTime\.fromISO/],
	[9999, undefined],
	[100000, undefined],
	['20260701x', undefined],
	[20261301, /^This date does not exist/],
	[123456789012345, undefined],
])('%p is taken for a number of days only where it is one: %p', (given, told) => {
	if (told) expect(dateSuggestion(given)).toMatch(told);
	else expect(dateSuggestion(given)).toBeUndefined();
});

test('a time that clocks pass over is told with the zone and the time that follows', () => {
	const told =
		'This time does not exist in Europe/Berlin, because clocks go forward. Write 2026-03-29T03:30:00 if you mean that, or add an offset.';

	expect([
		dateSuggestion('2026-03-29T02:30', 'Europe/Berlin'),
		dateSuggestion('2026-03-29T02:30', 'America/Sao_Paulo'),
		dateSuggestion('2026-03-29T02:30'),
	]).toEqual([told, undefined, undefined]);
});

test('both kinds of dates tell what is wrong with them', () => {
	expect([date('D'), dateTime('D')].map(({ spec }) => spec.suggestion?.('2026-02-31'))).toEqual(
		Array.from({ length: 2 }, () => 'This date does not exist: February 2026 has 28 days.'),
	);
});

test.each<[unknown, boolean]>([
	['24:00', true],
	['24:00:00', true],
	['23:59', false],
	['25:00', false],
	[24, false],
])('the hour 24 is told of the time %p: %p', (given, isTold) => {
	expect(timeSuggestion(given) !== undefined).toBe(isTold);
});
