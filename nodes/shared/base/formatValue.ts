import { toJson } from './json';
import { escaped, lengthOf, startOf } from './text';

/** Maximum length of a text that a message quotes in full. */
const LONGEST_TEXT = 60;

/** Maximum number of characters that a message shows of any other value. */
const LONGEST_SHOWN = 80;
const DOTS = '...';

/** More characters than a message shows. The rest is cut before it is processed. */
const ENOUGH = 1_000;

/**
 * Formats a value for an error message: short, on one line, a long text by its length, invisible characters by their
 * code.
 */
export function formatValue(value: unknown): string {
	if (typeof value === 'string' && value.length > LONGEST_TEXT && lengthOf(value) > LONGEST_TEXT)
		return `a text of ${lengthOf(value)} characters`;
	if (isInvalidDate(value)) return 'an invalid date';
	const text = escaped(typeof value === 'number' ? String(value) : startOf(toJson(value, finite), ENOUGH));
	return text.length > LONGEST_SHOWN ? `${startOf(text, LONGEST_SHOWN - DOTS.length)}${DOTS}` : text;
}

/** JSON would write an infinity and NaN as null. */
const finite = (_key: string, part: unknown) =>
	typeof part === 'number' && !Number.isFinite(part) ? String(part) : part;

/**
 * Tells whether a value is an invalid JavaScript Date or luxon DateTime, which they return for text that they cannot
 * parse.
 */
export function isInvalidDate(value: unknown): boolean {
	if (value instanceof Date) return Number.isNaN(value.getTime());
	return (
		typeof value === 'object' && value !== null && 'toISO' in value && 'isValid' in value && value.isValid === false
	);
}
