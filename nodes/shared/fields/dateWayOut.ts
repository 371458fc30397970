import { isInvalidDate } from '../base/show';

/** A date as people write it: `01/02/2026`, also with points or dashes, with a time behind it. */
const WRITTEN = /^(\d{1,2})([/.-])(\d{1,2})\2(\d{4}|\d{2})(?:,? +\d{1,2}:\d{2}(:\d{2})?)?$/;

/** Seconds and milliseconds since 1970 have so many digits, from 1973 to 2286. */
const SECONDS = /^\d{9,10}$/;
const MILLISECONDS = /^\d{12,13}$/;

/** Most months, and so the largest number that may be one. */
const MONTHS = 12;

/**
 * How to give a date that is refused because it may stand for two days, or for no text at all.
 *
 * @returns an expression of n8n, with luxon's names
 */
export function dateWayOut(value: unknown): string | undefined {
	if (isInvalidDate(value)) return 'Look at the expression that reads it: its text is empty, or in another form than the expression says.';
	if (typeof value !== 'string' && typeof value !== 'number') return undefined;
	const text = String(value).trim();
	const number = typeof value === 'number' ? '$json.date' : 'Number($json.date)';
	if (SECONDS.test(text)) return written(`DateTime.fromSeconds(${number})`);
	if (MILLISECONDS.test(text)) return written(`DateTime.fromMillis(${number})`);
	const [, first, mark, second, year, seconds] = WRITTEN.exec(text) ?? [];
	if (first === undefined) return undefined;
	const days = first.length + second.length === 4 ? ['dd', 'MM'] : ['d', 'M'];
	const parts = Number(second) > MONTHS ? days.reverse() : days;
	const clock = text.includes(':') ? `${text.includes(',') ? ',' : ''} HH:mm${seconds ? ':ss' : ''}` : '';
	const format = `${[...parts, 'y'.repeat(year.length)].join(mark)}${clock}`;
	const isEither = Number(first) <= MONTHS && Number(second) <= MONTHS;
	return written(`DateTime.fromFormat($json.date, '${format}')`) + (isEither ? ' Where the month stands first, d and M change places.' : '');
}

const written = (expression: string) => `Write {{ ${expression} }}, with the name of your own field in place of 'date'.`;
