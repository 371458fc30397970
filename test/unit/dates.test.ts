import fc from 'fast-check';
import {
	parseTime,
	parseDate,
	parseDateAndTime,
	parseDateTime,
	skippedTime,
	formatDateTime,
} from '../../nodes/shared/base/dates';

const zones = ['America/Sao_Paulo', 'Asia/Kolkata', 'America/New_York', 'Pacific/Auckland', 'UTC'];
const zone = fc.constantFrom(...zones);
const instant = fc.date({
	min: new Date('1971-01-01T00:00:00Z'),
	max: new Date('2099-12-31T00:00:00Z'),
	noInvalidDate: true,
});

/** Clock of an instant in a zone, by the runtime's own calendar and not by the code under test. */
function clockIn(date: Date, timeZone: string): string {
	const parts = new Intl.DateTimeFormat('sv-SE', { timeZone, dateStyle: 'short', timeStyle: 'medium' }).format(date);
	return parts.replace(' ', 'T');
}

test('text without an offset is local time in the zone of the workflow', () => {
	fc.assert(
		fc.property(instant, zone, (date, timeZone) => {
			const clock = clockIn(date, timeZone);

			const moment = parseDateTime(clock, timeZone)!;

			expect(clockIn(new Date(moment.toMillis()), timeZone)).toBe(clock);
		}),
	);
});

test('text with an offset keeps its instant in any zone of the workflow', () => {
	fc.assert(
		fc.property(instant, zone, fc.integer({ min: -13, max: 13 }), (date, timeZone, hours) => {
			const seconds = Math.floor(date.getTime() / 1000) * 1000;
			const offset = `${hours < 0 ? '-' : '+'}${String(Math.abs(hours)).padStart(2, '0')}:30`;
			const minutes = hours < 0 ? hours * 60 - 30 : hours * 60 + 30;
			const text = new Date(seconds + minutes * 60_000).toISOString().slice(0, 19) + offset;

			expect(parseDateTime(text, timeZone)?.toMillis()).toBe(seconds);
		}),
	);
});

test('a JavaScript date and a luxon DateTime keep their instant', () => {
	const date = new Date('2026-07-01T02:00:00Z');
	const luxon = parseDateTime('2026-07-01T02:00:00Z', 'UTC')!;

	expect(
		[parseDateTime(date, 'Asia/Kolkata'), parseDateTime(luxon, 'Asia/Kolkata')].map((moment) => moment?.toMillis()),
	).toEqual([date.getTime(), date.getTime()]);
});

test.each([
	'2026-07-01',
	'20260701',
	'2026-182',
	'2026-W27-3',
	'2026-07-01T09',
	'2026-07-01T0900',
	'2026-07-01 09:00',
	'2026-07-01T09:00:00,5',
	'2026-07-01t09:00:00z',
	'2026-07-01T09:00:00+05:30',
	'2026-07-01T09:00-0300',
])('the ISO 8601 format %s is accepted', (text) => {
	expect(parseDateTime(text, 'Asia/Kolkata')).toBeDefined();
});

test.each([
	'2026-02-31',
	'2026-02-31T10:00:00',
	'2026-02-31T10:00:00Z',
	'2026-04-31',
	'2026-13-01',
	'2025-02-29',
	'01/02/2026',
	'1 July 2026',
	'2026',
	'2026-07',
	'12:30',
	'tomorrow',
	'',
	1782867600000,
	true,
	null,
	{},
	new Date('x'),
])('%p is not a date and time, and is not guessed', (value) => {
	expect(parseDateTime(value, 'America/Sao_Paulo')).toBeUndefined();
});

test('a leap day is valid in a leap year', () => {
	expect(parseDateTime('2028-02-29', 'UTC')?.toISODate()).toBe('2028-02-29');
});

test.each([
	['9:00', '09:00:00'],
	['09:00', '09:00:00'],
	['23:59:59', '23:59:59'],
	['2026-07-01T12:00:00Z', '09:00:00'],
	['2026-07-01T12:00:00', '12:00:00'],
])('the time of day of %s is %s in São Paulo', (given, clock) => {
	expect(parseTime(given, 'America/Sao_Paulo')).toBe(clock);
});

test.each(['24:00', '09:60', '9', 'nine', '9:00 PM', 900, undefined])('%p is not a time of day', (value) => {
	expect(parseTime(value, 'UTC')).toBeUndefined();
});

test.each(['2026-07-01', '2026-07-01T00:00:00', '2026-07-01 00:00', '2026-182', '2026-07-01T23:59:59'])(
	'the day of %s is the first of July in every zone',
	(given) => {
		expect(zones.map((name) => parseDate(given, name))).toEqual(zones.map(() => '2026-07-01'));
	},
);

test.each([
	['2026-07-01T01:00:00Z', '2026-06-30'],
	['2026-07-01T00:00:00.000Z', '2026-06-30'],
	['2026-07-01T00:00:00Z', '2026-06-30'],
	['2026-07-01T00:00Z', '2026-06-30'],
	['2026-07-01 00:00:00+00:00', '2026-06-30'],
	['2026-02-31', undefined],
	['2026-02-31T00:00:00', undefined],
	['01/07/2026', undefined],
])('the day of %s in São Paulo is %s', (given, day) => {
	expect(parseDate(given, 'America/Sao_Paulo')).toBe(day);
});

test.each(['1899-12-31', '2201-01-01', '0026-07-01', '-2026-07-01', '1899-12-31T23:59:59Z', '2201-01-01T00:00:00Z'])(
	'%s is not in a plausible year',
	(given) => {
		expect([parseDate(given, 'UTC'), parseDateTime(given, 'UTC')]).toEqual([undefined, undefined]);
	},
);

test.each(['1900-01-01', '2200-12-31', '1900-01-01T00:00:00Z', '2200-12-31T23:59:59Z'])('%s is taken', (given) => {
	expect([parseDate(given, 'UTC'), parseDateTime(given, 'UTC')?.toISODate()]).toEqual([
		given.slice(0, 10),
		given.slice(0, 10),
	]);
});

test.each(['+14:01', '-14:01', '+1430', '+15', '+99:99', '+05:60'])('the offset %s is invalid', (offset) => {
	expect(parseDateTime(`2026-07-01T09:00:00${offset}`, 'UTC')).toBeUndefined();
});

test.each(['+14:00', '+14', '-12:00', '+0545', 'Z'])('the offset %s is valid', (offset) => {
	expect(parseDateTime(`2026-07-01T09:00:00${offset}`, 'UTC')).toBeDefined();
});

test.each([
	['2026-09-06', { day: '2026-09-06' }],
	['20260906', { day: '2026-09-06' }],
	['2026-09-06T00:00:00', { day: '2026-09-06' }],
	['2026-09-07T04:00:00Z', { day: '2026-09-07', clock: '01:00:00' }],
	['2026-09-07T03:00:00Z', { day: '2026-09-07' }],
	['2026-09-07 09:30', { day: '2026-09-07', clock: '09:30:00' }],
	['2026-02-31T09:30', undefined],
])('%s is date and time in Santiago, where daylight saving time begins at midnight', (given, expected) => {
	expect(parseDateAndTime(given, 'America/Santiago')).toEqual(expected);
});

test.each([
	['2026-03-29T02:30:00', 'Europe/Berlin', '2026-03-29T03:30:00'],
	['2026-03-08 02:00', 'America/New_York', '2026-03-08T03:00:00'],
	['2026-09-06T00:30:00', 'America/Santiago', '2026-09-06T01:30:00'],
	['2026-10-04T02:15', 'Australia/Lord_Howe', '2026-10-04T02:45:00'],
])("the time %s, which %s skips, is invalid, and luxon's replacement for it is known", (given, timeZone, shown) => {
	expect([parseDateTime(given, timeZone), parseTime(given, timeZone), formatDateTime(given, timeZone, 'iso')]).toEqual([
		undefined,
		undefined,
		undefined,
	]);
	expect(skippedTime(given, timeZone)?.toFormat("yyyy-MM-dd'T'HH:mm:ss")).toBe(shown);
});

test.each([
	['2026-03-29T01:59:59', 'Europe/Berlin'],
	['2026-03-29T03:00:00', 'Europe/Berlin'],
	['2026-10-25T02:30:00', 'Europe/Berlin'],
	['2026-03-29T02:30:00Z', 'Europe/Berlin'],
	['2026-03-29T02:30:00+01:00', 'Europe/Berlin'],
	['2026-09-06T00:00:00', 'America/Santiago'],
	['2026-09-06', 'America/Santiago'],
	['2026-03-29T02:30:00', 'America/Sao_Paulo'],
])('the time %s is valid in %s', (given, timeZone) => {
	expect(parseDateTime(given, timeZone)).toBeDefined();
	expect(skippedTime(given, timeZone)).toBeUndefined();
});
