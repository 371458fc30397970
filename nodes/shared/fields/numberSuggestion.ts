import { lostDigits, parseNumber } from '../base/numbers';
import { tidyCode } from '../base/text';

/** Signs and codes of currencies before or behind a price. */
const CURRENCY = /^(?:R\$|US\$|[$€£₹]|BRL|USD|EUR|INR)\s*|\s*(?:R\$|[$€£₹]|BRL|USD|EUR|INR)$/gi;

/** An exponent, as programs write large numbers. */
const EXPONENT = /^[+-]?\d+(?:\.\d+)?e[+-]?\d+$/i;

/** How far a result may be from a whole number that was meant, as a share of it: 19.99 * 100 is 1998.9999999999998. */
const INEXACT = 1e-9;

/** A number as people write it, with what it may stand for: one reading where it is clear, two where it is not. */
export interface WrittenNumber {
	/** In digits, with a point before the fraction. */
	readings: string[];
	/** The mark before the fraction, where the text has one. */
	decimal?: '.' | ',';
}

/** What a text stands for that people take for a number: `R$ 1.234,56`, `12,5`, `1,234,567`. */
export function writtenNumber(given: string): WrittenNumber | undefined {
	const text = tidyCode(given).replace(CURRENCY, '');
	const [, sign, digits] = /^([+-]?)(\d[\d.,' ]*)$/.exec(text) ?? [];
	if (digits === undefined) return undefined;
	const marks = [...new Set(digits.replace(/\d/g, ''))];
	if (marks.length === 0) return { readings: [sign + digits] };
	const last = marks[marks.length - 1];
	const parts = digits.split(last);
	if (marks.length === 1 && (parts.length > 2 || !isDecimal(last)))
		return isGrouped(parts) ? { readings: [sign + parts.join('')] } : undefined;
	const [whole, fraction] = parts;
	if (
		!isDecimal(last) ||
		parts.length > 2 ||
		fraction === '' ||
		(marks.length > 1 && !isGrouped(whole.split(marks[0])))
	)
		return undefined;
	const exact = `${sign}${whole.replace(/\D/g, '')}.${fraction}`;
	const isEither = marks.length === 1 && isGrouped(parts) && !whole.startsWith('0');
	return { readings: isEither ? [sign + whole + fraction, exact] : [exact], decimal: last };
}

const isDecimal = (mark: string): mark is '.' | ',' => mark === '.' || mark === ',';

/** Whether digits are in groups of three or, as in India, in groups of two before the last three. */
function isGrouped(parts: readonly string[]): boolean {
	const [first, ...rest] = parts;
	const isLong = (size: number) => rest.slice(0, -1).every((part) => part.length === size);
	return (
		first.length <= 3 &&
		rest.length > 0 &&
		rest[rest.length - 1].length === 3 &&
		(isLong(3) || (isLong(2) && first.length <= 2))
	);
}

/** What to do about a value that a number field does not take. */
export function numberSuggestion(value: unknown): string | undefined {
	const lost = lostDigits(value);
	if (lost) return lost;
	if (typeof value !== 'string') return undefined;
	const text = tidyCode(value);
	if (parseNumber(text) !== undefined) return undefined;
	if (EXPONENT.test(text))
		return 'Write the number with all of its digits, without an exponent. A table that shows it so may have lost some: format its column as a number.';
	const { readings, decimal } = writtenNumber(text) ?? { readings: [] };
	if (readings.length === 2) return eitherOf(text, readings);
	if (readings.length === 0) return undefined;
	return `Write ${readings[0]}, or {{ ${recipe(decimal)} }} with the name of your own field in place of 'amount'.`;
}

/** The same for a whole number, which a calculation or a table may have given a fraction. */
export function integerSuggestion(value: unknown): string | undefined {
	if (typeof value === 'number')
		return lostDigits(value) ?? (Number.isInteger(value) || !Number.isFinite(value) ? undefined : roundedOff(value));
	const { readings } = (typeof value === 'string' ? writtenNumber(value) : undefined) ?? { readings: [] };
	if (readings.length === 2) return eitherOf(tidyCode(value as string), readings);
	const [reading] = readings;
	// A reading with a point is no whole number, however it is written.
	return readings.length === 1 && reading.includes('.')
		? (lostDigits(value) ?? roundedOff(Number(reading)))
		: numberSuggestion(value);
}

function roundedOff(number: number): string {
	const whole = wholeNumberIn(number);
	const what = whole === undefined ? 'It has a fraction' : `It is ${whole} but for its fraction`;
	return `${what}: round it, such as with {{ Math.round($json.amount) }}, and your own calculation in place of '$json.amount'.`;
}

/** The whole number that is meant by one with a fraction of next to nothing, or of zeros; undefined for a whole number itself. */
export function wholeNumberIn(number: number): number | undefined {
	const whole = Math.round(number);
	return Math.abs(number - whole) <= INEXACT * Math.max(1, Math.abs(number)) && Number.isSafeInteger(whole)
		? whole
		: undefined;
}

const eitherOf = (text: string, [whole, fraction]: readonly string[]) =>
	`'${text}' may stand for ${whole} or for ${fraction}: write one of the two without a mark between thousands.`;

/** An expression of n8n that reads a number with that mark before its fraction. */
function recipe(decimal: WrittenNumber['decimal']): string {
	if (decimal === ',') return "Number($json.amount.replace(/[^\\d,-]/g, '').replace(',', '.'))";
	return decimal === '.'
		? "Number($json.amount.replace(/[^\\d.-]/g, ''))"
		: "Number($json.amount.replace(/[^\\d-]/g, ''))";
}
