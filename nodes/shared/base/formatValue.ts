import { toJson } from './json';
import { escaped, lengthOf, startOf } from './text';

/** Characters of a text that a message quotes as a whole. */
const LONGEST_TEXT = 60;

/** Characters of any other value that a message quotes. */
const LONGEST_SHOWN = 80;
const DOTS = '...';

/** More of a value than is shown; the rest need not be looked at. */
const ENOUGH = 1_000;

/** A value in an error message: short, on one line, a long text by its length. Characters that nobody sees are shown by their code. */
export function formatValue(value: unknown): string {
	if (typeof value === 'string' && value.length > LONGEST_TEXT && lengthOf(value) > LONGEST_TEXT)
		return `a text of ${lengthOf(value)} characters`;
	if (isInvalidDate(value)) return 'an invalid date';
	const text = escaped(typeof value === 'number' ? String(value) : startOf(toJson(value, finite), ENOUGH));
	return text.length > LONGEST_SHOWN ? `${startOf(text, LONGEST_SHOWN - DOTS.length)}${DOTS}` : text;
}

/** JSON would call an infinity and NaN null. */
const finite = (_key: string, part: unknown) =>
	typeof part === 'number' && !Number.isFinite(part) ? String(part) : part;

/** A JavaScript Date or a luxon DateTime that stands for no moment, which is what they make of text that they cannot read. */
export function isInvalidDate(value: unknown): boolean {
	if (value instanceof Date) return Number.isNaN(value.getTime());
	return (
		typeof value === 'object' && value !== null && 'toISO' in value && 'isValid' in value && value.isValid === false
	);
}
