import { skippedTime } from '../base/dates';
import { isInvalidDate } from '../base/formatValue';
import { tidyCode } from '../base/text';

/** A date as people write it: `01/02/2026`, also with points or dashes, with a time behind it. */
const WRITTEN = /^(\d{1,2})([/.-])(\d{1,2})\2(\d{4}|\d{2})(?:,? +\d{1,2}:\d{2}(:\d{2})?)?$/;

/** A date as programs write it, with or without a time behind it. */
const ISO = /^(\d{4})(-?)(\d{2})\2(\d{2})(?:[T ](\d{2}):?(\d{2})?.*)?$/i;

/** Seconds and milliseconds since 1970 have so many digits, from 1973 to 2286. */
const SECONDS = /^\d{9,10}$/;
const MILLISECONDS = /^\d{12,13}$/;

/** Days since the end of 1899, by which tables keep dates: five digits reach from 1927 to 2173; the fraction is the time of day. */
const SERIAL = /^\d{5}(?:([.,])\d+)?$/;

/** A day as a number: 20260701. */
const DAY_NUMBER = /^(?:19|2[01])\d{6}$/;

const MONTHS = [
	'January',
	'February',
	'March',
	'April',
	'May',
	'June',
	'July',
	'August',
	'September',
	'October',
	'November',
	'December',
];

/**
 * How to give a date that is refused because it may stand for two days, or for no text at all.
 *
 * @param zone IANA name of the workflow's time zone
 * @returns why there is no such date, or an expression of n8n, with luxon's names
 */
export function dateSuggestion(value: unknown, zone?: string): string | undefined {
	if (isInvalidDate(value))
		return 'Look at the expression that reads it: its text is empty, or in another form than the expression says.';
	if (typeof value !== 'string' && typeof value !== 'number') return undefined;
	const text = tidyCode(String(value));
	const number = typeof value === 'number' ? '$json.date' : 'Number($json.date)';
	if (SECONDS.test(text)) return written(`DateTime.fromSeconds(${number})`);
	if (MILLISECONDS.test(text)) return written(`DateTime.fromMillis(${number})`);
	const [serial, mark] = SERIAL.exec(text) ?? [];
	if (serial) return fromSerial(mark === ',' ? "Number($json.date.replace(',', '.'))" : number, mark !== undefined);
	if (typeof value === 'number')
		return DAY_NUMBER.test(text) ? (missingIn(text) ?? written('String($json.date)')) : undefined;
	return missingIn(text) ?? (zone === undefined ? undefined : skippedIn(text, zone)) ?? writtenByPeople(text);
}

/** The fraction of a day is not exact: half a second is added before the rest of one is cut off. */
function fromSerial(number: string, hasTime: boolean): string {
	const rounded = hasTime ? ".plus(500).startOf('second')" : '';
	return `This is a date as tables keep it, in days since 1899. ${written(`DateTime.fromISO('1899-12-30').plus({ days: ${number} })${rounded}`)}`;
}

/** What does not exist of a date in ISO 8601: its day, or the hour 24. */
function missingIn(text: string): string | undefined {
	const [, year, , month, day, hour, minute] = ISO.exec(text) ?? [];
	if (year === undefined) return undefined;
	const missing = missingDay(Number(year), Number(month), Number(day));
	if (missing) return `${missing}.`;
	if (hour === undefined || (Number(hour) < 24 && Number(minute ?? 0) < 60)) return undefined;
	const isMidnight = Number(hour) === 24 && Number(minute ?? 0) === 0;
	return isMidnight
		? 'There is no hour 24: write 00:00 of the next day.'
		: `There is no time ${hour}:${minute ?? '00'}.`;
}

function missingDay(year: number, month: number, day: number): string | undefined {
	if (month < 1 || month > MONTHS.length) return `This date does not exist: there is no month ${month}`;
	const days = new Date(Date.UTC(year, month, 0)).getUTCDate();
	return day < 1 || day > days ? `This date does not exist: ${MONTHS[month - 1]} ${year} has ${days} days` : undefined;
}

/** A time that clocks pass over when they go forward. */
function skippedIn(text: string, zone: string): string | undefined {
	const moment = skippedTime(text, zone);
	if (!moment) return undefined;
	const shown = moment.toFormat("yyyy-MM-dd'T'HH:mm:ss");
	return `This time does not exist in ${zone}, where clocks go forward over it: write ${shown} if that is meant, or give an offset.`;
}

/** How to read a date that people wrote, where its day exists in one of the orders. */
function writtenByPeople(text: string): string | undefined {
	const [, first, mark, second, year, seconds] = WRITTEN.exec(text) ?? [];
	if (first === undefined) return undefined;
	const fullYear = Number(year.length === 2 ? `20${year}` : year);
	const inDays = missingDay(fullYear, Number(second), Number(first));
	const inMonths = missingDay(fullYear, Number(first), Number(second));
	// One that stands where only a day can be is the day.
	const isMonthFirst = Number(second) > MONTHS.length && Number(first) <= MONTHS.length;
	if (inDays && inMonths) return `${isMonthFirst ? inMonths : inDays}.`;
	const days = first.length + second.length === 4 ? ['dd', 'MM'] : ['d', 'M'];
	const parts = inDays ? days.reverse() : days;
	const clock = text.includes(':') ? `${text.includes(',') ? ',' : ''} HH:mm${seconds ? ':ss' : ''}` : '';
	const format = `${[...parts, 'y'.repeat(year.length)].join(mark)}${clock}`;
	const isEither = !inDays && !inMonths && first !== second;
	return (
		written(`DateTime.fromFormat($json.date, '${format}')`) +
		(isEither ? ' Where the month stands first, d and M change places.' : '')
	);
}

/** What to do about a time of day that is refused. */
export function timeSuggestion(value: unknown): string | undefined {
	return typeof value === 'string' && /^24:?00/.test(tidyCode(value))
		? 'There is no hour 24: write 00:00, and the next day where the form has one.'
		: undefined;
}

const written = (expression: string) =>
	`Write {{ ${expression} }}, with the name of your own field in place of 'date'.`;
