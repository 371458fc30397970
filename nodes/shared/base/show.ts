import { jsonOf } from './json';

/** A value in an error message: short, on one line, a long text by its length. */
export function show(value: unknown): string {
	if (typeof value === 'string' && value.length > 60) return `a text of ${value.length} characters`;
	if (isInvalidDate(value)) return 'an invalid date';
	const text = typeof value === 'number' ? String(value) : jsonOf(value, finite);
	return text.length > 80 ? `${text.slice(0, 77)}...` : text;
}

/** JSON would call an infinity and NaN null. */
const finite = (_key: string, part: unknown) => (typeof part === 'number' && !Number.isFinite(part) ? String(part) : part);

/** A JavaScript Date or a luxon DateTime that stands for no moment, which is what they make of text that they cannot read. */
export function isInvalidDate(value: unknown): boolean {
	if (value instanceof Date) return Number.isNaN(value.getTime());
	return typeof value === 'object' && value !== null && 'toISO' in value && 'isValid' in value && value.isValid === false;
}
