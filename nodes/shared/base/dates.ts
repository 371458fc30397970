import { tryToParseDateTime } from 'n8n-workflow';
import { toText } from './json';
import { tidyCode } from './text';

/** A moment with its zone, as n8n's own parser gives it (a luxon DateTime). */
export type Moment = ReturnType<typeof tryToParseDateTime>;

const DAY = String.raw`[+-]?\d{4}(?:-\d{2}-\d{2}|\d{4}|-?W\d{2}-?\d|-\d{3})`;
const CLOCK = String.raw`\d{2}(?::?\d{2}(?::?\d{2}(?:[.,]\d+)?)?)?`;
/** No place is further than 14 hours from UTC: https://data.iana.org/time-zones/tzdb/zone1970.tab (Pacific/Kiritimati). */
const OFFSET = String.raw`(?:Z|[+-](?:0\d|1[0-3])(?::?[0-5]\d)?|[+-]14(?::?00)?)`;
const ISO_MOMENT = new RegExp(`^(${DAY})(?:[T ](${CLOCK})(${OFFSET})?)?$`, 'i');
const PLAIN_DAY = /^(\d{4})-(\d{2})-(\d{2})(?:[T ]00:00(?::00(?:\.0+)?)?)?$/;
const MIDNIGHT = /^[0:.,]+$/;
const BARE_CLOCK = /^(\d{1,2}):(\d{2})(?::(\d{2}))?$/;

/** Years that a CRM has to do with; others come from a slip, such as a year of two digits. */
export const YEARS = { first: 1900, last: 2200 } as const;

const isInYears = (year: number) => year >= YEARS.first && year <= YEARS.last;

/** Text of a value that stands for a moment: ISO text, a JavaScript Date or a luxon DateTime; anything else is no moment. */
function isoText(value: unknown): string | undefined {
	if (typeof value === 'string') return tidyCode(value);
	if (value instanceof Date) return Number.isNaN(value.getTime()) ? undefined : value.toISOString();
	if (typeof value === 'object' && value !== null && 'toISO' in value && typeof value.toISO === 'function')
		return toText(value.toISO());
	return undefined;
}

/**
 * Reads a moment. Text with an offset keeps its instant; text without one means the clock in `zone`.
 *
 * Only ISO 8601 is taken, because other forms are ambiguous (01/02/2026) and n8n's parser would guess.
 *
 * @param zone IANA name of the workflow's time zone
 * @returns the moment in `zone`, or undefined when the value is no valid moment (31 February included, and a time that the
 * zone skips), or of another age
 */
export function parseDateTime(value: unknown, zone: string): Moment | undefined {
	const { moment, isSkipped } = parsedMoment(value, zone) ?? {};
	return isSkipped ? undefined : moment;
}

/** The moment that luxon makes of a time which the zone skips when clocks go forward; undefined for any other value. */
export function skippedTime(value: unknown, zone: string): Moment | undefined {
	const { moment, isSkipped } = parsedMoment(value, zone) ?? {};
	return isSkipped ? moment : undefined;
}

function parsedMoment(value: unknown, zone: string): { moment: Moment; isSkipped: boolean } | undefined {
	const parts = ISO_MOMENT.exec(isoText(value) ?? '');
	if (!parts) return undefined;
	const [, day, clock, offset] = parts;
	const text = clock ? `${day}T${clock.replace(',', '.')}` : `${day}T00:00`;
	try {
		const parsed = tryToParseDateTime(offset ? text + offset : `${text}Z`);
		if (!isIso(parsed)) return undefined;
		// Older versions of n8n's parser know no zone, so the zone is set here and never passed to it.
		const written = parsed.toUTC();
		const moment = offset ? parsed.setZone(zone) : written.setZone(zone, { keepLocalTime: true });
		// A day alone, and midnight, which stands for one, begin at one o'clock where a zone skips midnight.
		const isSkipped =
			!offset &&
			clock !== undefined &&
			!MIDNIGHT.test(clock) &&
			(moment.hour !== written.hour || moment.minute !== written.minute);
		return moment.isValid && isInYears(moment.year) ? { moment, isSkipped } : undefined;
	} catch {
		return undefined;
	}

	// The parser falls back to Date.parse, which rolls 31 February over into March: the day of month must survive.
	function isIso(parsed: Moment): boolean {
		const written = /^[+-]?\d{4}-?(\d{2})-?(\d{2})$/.exec(day);
		if (!written) return true;
		const shown = offset ? parsed : parsed.toUTC();
		return shown.month === Number(written[1]) && shown.day === Number(written[2]);
	}
}

/**
 * The day of a moment in the zone of the workflow.
 *
 * @returns `YYYY-MM-DD`, or undefined when the value is no valid moment
 */
export function parseDate(value: unknown, zone: string): string | undefined {
	const [, year, month, day] = PLAIN_DAY.exec(isoText(value) ?? '') ?? [];
	if (year === undefined) return parseDateTime(value, zone)?.toFormat('yyyy-MM-dd');
	// A day without an offset is that day in every zone, and needs no calendar but its own.
	const date = new Date(Date.UTC(Number(year), Number(month) - 1, Number(day)));
	const exists = date.getUTCMonth() === Number(month) - 1 && date.getUTCDate() === Number(day);
	return exists && isInYears(Number(year)) ? `${year}-${month}-${day}` : undefined;
}

/**
 * A moment in UTC, in a vendor's form.
 *
 * @param form `iso` for ISO 8601 with a Z, else a luxon pattern
 * @returns undefined when the value is no valid moment
 */
export function formatDateTime(value: unknown, zone: string, form: string): string | undefined {
	const moment = parseDateTime(value, zone)?.toUTC();
	return (form === 'iso' ? moment?.toISO({ suppressMilliseconds: true }) : moment?.toFormat(form)) ?? undefined;
}

/**
 * Reads a time of day: `9:00`, `09:00`, `09:00:30`, or a moment, whose clock in `zone` counts.
 *
 * @returns `HH:MM:SS`, or undefined when the value is no time of day
 */
export function parseTime(value: unknown, zone: string): string | undefined {
	const bare = BARE_CLOCK.exec(isoText(value) ?? '');
	if (!bare) return parseDateTime(value, zone)?.toFormat('HH:mm:ss');
	const [hour, minute, second] = [bare[1], bare[2], bare[3] ?? '00'].map(Number);
	if (hour > 23 || minute > 59 || second > 59) return undefined;
	return [hour, minute, second].map((part) => String(part).padStart(2, '0')).join(':');
}

/**
 * The day of a moment, with its clock where it has one: a day alone and midnight in `zone` have none.
 *
 * @returns `YYYY-MM-DD` and `HH:MM:SS`, or undefined when the value is no valid moment
 */
export function parseDateAndTime(value: unknown, zone: string): { day: string; clock?: string } | undefined {
	const day = parseDate(value, zone);
	if (day === undefined) return undefined;
	const [, , written, offset] = ISO_MOMENT.exec(isoText(value) ?? '') ?? [];
	// Where summer time begins at midnight, the reader of moments moves a day alone to one o'clock.
	const isDay = written === undefined || (!offset && MIDNIGHT.test(written));
	const clock = isDay ? undefined : parseTime(value, zone);
	return clock && !MIDNIGHT.test(clock) ? { day, clock } : { day };
}
