import { tryToParseDateTime } from 'n8n-workflow';
import { toText } from './json';
import { tidyCode } from './text';

/** A date and time with its zone: the luxon DateTime that n8n's own parser returns. */
export type DateTime = ReturnType<typeof tryToParseDateTime>;

const DAY = String.raw`[+-]?\d{4}(?:-\d{2}-\d{2}|\d{4}|-?W\d{2}-?\d|-\d{3})`;
const CLOCK = String.raw`\d{2}(?::?\d{2}(?::?\d{2}(?:[.,]\d+)?)?)?`;
/** The largest offset from UTC is 14 hours: https://data.iana.org/time-zones/tzdb/zone1970.tab (Pacific/Kiritimati). */
const OFFSET = String.raw`(?:Z|[+-](?:0\d|1[0-3])(?::?[0-5]\d)?|[+-]14(?::?00)?)`;
const ISO_DATE_TIME = new RegExp(`^(${DAY})(?:[T ](${CLOCK})(${OFFSET})?)?$`, 'i');
const PLAIN_DAY = /^(\d{4})-(\d{2})-(\d{2})(?:[T ]00:00(?::00(?:\.0+)?)?)?$/;
const MIDNIGHT = /^[0:.,]+$/;
const BARE_CLOCK = /^(\d{1,2}):(\d{2})(?::(\d{2}))?$/;

/** Years that are plausible in a CRM. Other years are typing errors, such as a year of two digits. */
export const YEARS = { first: 1900, last: 2200 } as const;

const isInYears = (year: number) => year >= YEARS.first && year <= YEARS.last;

/** Returns the ISO text of a text, a JavaScript Date or a luxon DateTime; undefined for any other value. */
function isoText(value: unknown): string | undefined {
	if (typeof value === 'string') return tidyCode(value);
	if (value instanceof Date) return Number.isNaN(value.getTime()) ? undefined : value.toISOString();
	if (typeof value === 'object' && value !== null && 'toISO' in value && typeof value.toISO === 'function')
		return toText(value.toISO());
	return undefined;
}

/**
 * Parses a date and time. A text with an offset keeps its instant; a text without an offset is local time in `zone`.
 *
 * It accepts ISO 8601 only, because other formats are ambiguous (01/02/2026) and n8n's parser would guess.
 *
 * @param zone IANA name of the workflow's time zone
 * @returns the date and time in `zone`; undefined if the value is not valid (such as 31 February, or a time that the
 * zone skips), or its year is outside `YEARS`
 */
export function parseDateTime(value: unknown, zone: string): DateTime | undefined {
	const { dateTime, isSkipped } = parsedDateTime(value, zone) ?? {};
	return isSkipped ? undefined : dateTime;
}

/**
 * Returns the time to which luxon moves a time that the zone skips when clocks go forward; undefined for any other
 * value.
 */
export function skippedTime(value: unknown, zone: string): DateTime | undefined {
	const { dateTime, isSkipped } = parsedDateTime(value, zone) ?? {};
	return isSkipped ? dateTime : undefined;
}

function parsedDateTime(value: unknown, zone: string): { dateTime: DateTime; isSkipped: boolean } | undefined {
	const parts = ISO_DATE_TIME.exec(isoText(value) ?? '');
	if (!parts) return undefined;
	const [, day, clock, offset] = parts;
	const text = clock ? `${day}T${clock.replace(',', '.')}` : `${day}T00:00`;
	try {
		const parsed = tryToParseDateTime(offset ? text + offset : `${text}Z`);
		if (!isIso(parsed)) return undefined;
		// Older versions of n8n's parser ignore a zone, so it is set here.
		const written = parsed.toUTC();
		const dateTime = offset ? parsed.setZone(zone) : written.setZone(zone, { keepLocalTime: true });
		// A date without a time, and midnight, become 01:00 if the zone skips midnight. That is not an error.
		const isSkipped =
			!offset &&
			clock !== undefined &&
			!MIDNIGHT.test(clock) &&
			(dateTime.hour !== written.hour || dateTime.minute !== written.minute);
		return dateTime.isValid && isInYears(dateTime.year) ? { dateTime, isSkipped } : undefined;
	} catch {
		return undefined;
	}

	// The parser falls back to Date.parse, which turns 31 February into a day in March, so the day is compared.
	function isIso(parsed: DateTime): boolean {
		const written = /^[+-]?\d{4}-?(\d{2})-?(\d{2})$/.exec(day);
		if (!written) return true;
		const shown = offset ? parsed : parsed.toUTC();
		return shown.month === Number(written[1]) && shown.day === Number(written[2]);
	}
}

/**
 * Returns the date of a value in the workflow's time zone.
 *
 * @returns `YYYY-MM-DD`, or undefined if the value is not a valid date
 */
export function parseDate(value: unknown, zone: string): string | undefined {
	const [, year, month, day] = PLAIN_DAY.exec(isoText(value) ?? '') ?? [];
	if (year === undefined) return parseDateTime(value, zone)?.toFormat('yyyy-MM-dd');
	// A date without an offset is the same date in every zone, so no zone is needed.
	const date = new Date(Date.UTC(Number(year), Number(month) - 1, Number(day)));
	const exists = date.getUTCMonth() === Number(month) - 1 && date.getUTCDate() === Number(day);
	return exists && isInYears(Number(year)) ? `${year}-${month}-${day}` : undefined;
}

/**
 * Formats a date and time in UTC, in a vendor's format.
 *
 * @param form `iso` for ISO 8601 with a Z, else a luxon pattern
 * @returns undefined if the value is not a valid date and time
 */
export function formatDateTime(value: unknown, zone: string, form: string): string | undefined {
	const dateTime = parseDateTime(value, zone)?.toUTC();
	return (form === 'iso' ? dateTime?.toISO({ suppressMilliseconds: true }) : dateTime?.toFormat(form)) ?? undefined;
}

/**
 * Parses a time of day: `9:00`, `09:00`, `09:00:30`, or the local time in `zone` of a date and time.
 *
 * @returns `HH:MM:SS`, or undefined if the value is not a time of day
 */
export function parseTime(value: unknown, zone: string): string | undefined {
	const bare = BARE_CLOCK.exec(isoText(value) ?? '');
	if (!bare) return parseDateTime(value, zone)?.toFormat('HH:mm:ss');
	const [hour, minute, second] = [bare[1], bare[2], bare[3] ?? '00'].map(Number);
	if (hour > 23 || minute > 59 || second > 59) return undefined;
	return [hour, minute, second].map((part) => String(part).padStart(2, '0')).join(':');
}

/**
 * Returns the date of a value, and its time if it has one. A date alone and midnight in `zone` have no time.
 *
 * @returns `YYYY-MM-DD` and `HH:MM:SS`, or undefined if the value is not a valid date
 */
export function parseDateAndTime(value: unknown, zone: string): { day: string; clock?: string } | undefined {
	const day = parseDate(value, zone);
	if (day === undefined) return undefined;
	const [, , written, offset] = ISO_DATE_TIME.exec(isoText(value) ?? '') ?? [];
	// If daylight saving time begins at midnight, `parseDateTime` moves a date alone to 01:00.
	const isDay = written === undefined || (!offset && MIDNIGHT.test(written));
	const clock = isDay ? undefined : parseTime(value, zone);
	return clock && !MIDNIGHT.test(clock) ? { day, clock } : { day };
}
