import { lostDigits, parseNumber } from '../base/numbers';
import { tidyCode } from '../base/text';

/** Symbols and codes of currencies before or after a price. */
const CURRENCY = /^(?:R\$|US\$|[$€£₹]|BRL|USD|EUR|INR)\s*|\s*(?:R\$|[$€£₹]|BRL|USD|EUR|INR)$/gi;

/** A number with an exponent, as programs write large numbers. */
const EXPONENT = /^[+-]?\d+(?:\.\d+)?e[+-]?\d+$/i;

/** Largest rounding error of a calculation, relative to the whole number: 19.99 * 100 is 1998.9999999999998. */
const INEXACT = 1e-9;

/** A number as people write it, with its possible values: one if the text is clear, two if it is ambiguous. */
export interface WrittenNumber {
	/** Possible values, in digits with a decimal point. */
	readings: string[];
	/** The decimal separator, if the text has one. */
	decimal?: '.' | ',';
}

/** Returns the possible values of a number as people write it: `R$ 1.234,56`, `12,5`, `1,234,567`. */
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

/** Returns whether digits are in groups of three or, as in India, in groups of two before the last three. */
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

/** Returns how to correct a value that is not a number, or undefined if there is no suggestion. */
export function numberSuggestion(value: unknown): string | undefined {
	const lost = lostDigits(value);
	if (lost) return lost;
	if (typeof value !== 'string') return undefined;
	const text = tidyCode(value);
	if (parseNumber(text) !== undefined) return undefined;
	if (EXPONENT.test(text))
		return 'Write all digits of the number, without an exponent. If it comes from a spreadsheet, digits may be lost: format its column as a number.';
	const { readings, decimal } = writtenNumber(text) ?? { readings: [] };
	if (readings.length === 2) return eitherOf(text, readings);
	if (readings.length === 0) return undefined;
	return `Write ${readings[0]}, or {{ ${recipe(decimal)} }} and replace 'amount' with the name of your field.`;
}

/** Returns the same for a whole number, which may have a fraction from a calculation or a spreadsheet. */
export function integerSuggestion(value: unknown): string | undefined {
	if (typeof value === 'number')
		return lostDigits(value) ?? (Number.isInteger(value) || !Number.isFinite(value) ? undefined : roundedOff(value));
	const { readings } = (typeof value === 'string' ? writtenNumber(value) : undefined) ?? { readings: [] };
	if (readings.length === 2) return eitherOf(tidyCode(value as string), readings);
	const [reading] = readings;
	// A value with a decimal point is not a whole number in any format.
	return readings.length === 1 && reading.includes('.')
		? (lostDigits(value) ?? roundedOff(Number(reading)))
		: numberSuggestion(value);
}

function roundedOff(number: number): string {
	const whole = wholeNumberIn(number);
	const problem = whole === undefined ? 'It has a fraction' : `It is ${whole} except for its fraction`;
	return `${problem}. Round it with {{ Math.round($json.amount) }} and replace '$json.amount' with your calculation.`;
}

/**
 * Returns the whole number nearest to a number, if the difference is only a rounding error. Otherwise returns
 * undefined.
 */
export function wholeNumberIn(number: number): number | undefined {
	const whole = Math.round(number);
	return Math.abs(number - whole) <= INEXACT * Math.max(1, Math.abs(number)) && Number.isSafeInteger(whole)
		? whole
		: undefined;
}

const eitherOf = (text: string, [whole, fraction]: readonly string[]) =>
	`'${text}' can mean ${whole} or ${fraction}. Write one of them, without a thousands separator.`;

/** Returns an n8n expression that reads a number with this decimal separator. */
function recipe(decimal: WrittenNumber['decimal']): string {
	if (decimal === ',') return "Number($json.amount.replace(/[^\\d,-]/g, '').replace(',', '.'))";
	return decimal === '.'
		? "Number($json.amount.replace(/[^\\d.-]/g, ''))"
		: "Number($json.amount.replace(/[^\\d-]/g, ''))";
}
