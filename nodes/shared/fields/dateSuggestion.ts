import { skippedTime } from '../base/dates';
import { isInvalidDate } from '../base/formatValue';
import { tidyCode } from '../base/text';

/** A date as people write it: `01/02/2026`, also with points or dashes, optionally with a time. */
const WRITTEN = /^(\d{1,2})([/.-])(\d{1,2})\2(\d{4}|\d{2})(?:,? +\d{1,2}:\d{2}(:\d{2})?)?$/;

/** A date in ISO 8601, with or without a time. */
const ISO = /^(\d{4})(-?)(\d{2})\2(\d{2})(?:[T ](\d{2}):?(\d{2})?.*)?$/i;

/** Seconds and milliseconds since 1970, by their number of digits from 1973 to 2286. */
const SECONDS = /^\d{9,10}$/;
const MILLISECONDS = /^\d{12,13}$/;

/**
 * A spreadsheet date, in days since the end of 1899. Five digits cover 1927 to 2173. The fraction is the time of day.
 */
const SERIAL = /^\d{5}(?:([.,])\d+)?$/;

/** A date as a number: 20260701. */
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
 * Returns how to correct a refused date: why the date does not exist, or an n8n expression (luxon) that reads its
 * format.
 *
 * @param zone IANA name of the workflow's time zone
 * @returns undefined if there is no suggestion
 */
export function dateSuggestion(value: unknown, zone?: string): string | undefined {
	if (isInvalidDate(value))
		return 'Check the expression that reads it. Its text is empty or in another format than the expression expects.';
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

/**
 * Returns the suggestion for a spreadsheet date. Half a second is added before the cut, because the fraction is not
 * exact.
 */
function fromSerial(number: string, hasTime: boolean): string {
	const rounded = hasTime ? ".plus(500).startOf('second')" : '';
	return `This is a spreadsheet date, in days since 1899. ${written(`DateTime.fromISO('1899-12-30').plus({ days: ${number} })${rounded}`)}`;
}

/** Returns why a date in ISO 8601 does not exist: its month, its day or its time. */
function missingIn(text: string): string | undefined {
	const [, year, , month, day, hour, minute] = ISO.exec(text) ?? [];
	if (year === undefined) return undefined;
	const missing = missingDay(Number(year), Number(month), Number(day));
	if (missing) return `${missing}.`;
	if (hour === undefined || (Number(hour) < 24 && Number(minute ?? 0) < 60)) return undefined;
	const isMidnight = Number(hour) === 24 && Number(minute ?? 0) === 0;
	return isMidnight
		? 'There is no hour 24. Write 00:00 of the next day.'
		: `There is no time ${hour}:${minute ?? '00'}.`;
}

function missingDay(year: number, month: number, day: number): string | undefined {
	if (month < 1 || month > MONTHS.length) return `This date does not exist: there is no month ${month}`;
	const days = new Date(Date.UTC(year, month, 0)).getUTCDate();
	return day < 1 || day > days ? `This date does not exist: ${MONTHS[month - 1]} ${year} has ${days} days` : undefined;
}

/** Returns the suggestion for a time that the clocks skip when they go forward. */
function skippedIn(text: string, zone: string): string | undefined {
	const next = skippedTime(text, zone);
	if (!next) return undefined;
	const shown = next.toFormat("yyyy-MM-dd'T'HH:mm:ss");
	return `This time does not exist in ${zone}, because clocks go forward. Write ${shown} if you mean that, or add an offset.`;
}

/** Returns the expression for a date that people wrote, if the date exists with the day or the month first. */
function writtenByPeople(text: string): string | undefined {
	const [, first, mark, second, year, seconds] = WRITTEN.exec(text) ?? [];
	if (first === undefined) return undefined;
	const fullYear = Number(year.length === 2 ? `20${year}` : year);
	const inDays = missingDay(fullYear, Number(second), Number(first));
	const inMonths = missingDay(fullYear, Number(first), Number(second));
	// A number above 12 must be the day.
	const isMonthFirst = Number(second) > MONTHS.length && Number(first) <= MONTHS.length;
	if (inDays && inMonths) return `${isMonthFirst ? inMonths : inDays}.`;
	const days = first.length + second.length === 4 ? ['dd', 'MM'] : ['d', 'M'];
	const parts = inDays ? days.reverse() : days;
	const clock = text.includes(':') ? `${text.includes(',') ? ',' : ''} HH:mm${seconds ? ':ss' : ''}` : '';
	const format = `${[...parts, 'y'.repeat(year.length)].join(mark)}${clock}`;
	const isEither = !inDays && !inMonths && first !== second;
	return (
		written(`DateTime.fromFormat($json.date, '${format}')`) +
		(isEither ? ' If the month comes first, swap d and M.' : '')
	);
}

/** Returns how to correct a refused time of day, or undefined if there is no suggestion. */
export function timeSuggestion(value: unknown): string | undefined {
	return typeof value === 'string' && /^24:?00/.test(tidyCode(value))
		? 'There is no hour 24. Write 00:00, and the next day if the form has a date.'
		: undefined;
}

const written = (expression: string) => `Write {{ ${expression} }} and replace 'date' with the name of your field.`;
