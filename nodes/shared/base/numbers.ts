import { tidyCode } from './text';

/** A number in plain decimal digits: no exponent, no hexadecimal digits, no separators. */
const IN_DIGITS = /^[+-]?\d+(\.\d+)?$/;

/** Sign, digits before and after the decimal point, and exponent of a number in JSON or JavaScript. */
const PARTS = /^([+-]?)(\d+)(?:\.(\d+))?(?:e([+-]?\d+))?$/i;

/**
 * Tells whether JavaScript stores a number exactly. A whole number beyond 2^53 may already have lost its last digits.
 */
export function isExact(value: number): boolean {
	return Number.isFinite(value) && (!Number.isInteger(value) || Number.isSafeInteger(value));
}

/** Tells whether a number keeps all of its digits when JavaScript parses and writes it. */
export function keepsDigits(written: string): boolean {
	const number = Number(written);
	return Number.isFinite(number) && normalized(written) === normalized(String(number));
}

/** Returns the same text for all spellings of a number: its significant digits and its power of ten. */
function normalized(written: string): string | undefined {
	const [, sign, whole, fraction = '', exponent = '0'] = PARTS.exec(written) ?? [];
	if (whole === undefined) return undefined;
	const digits = (whole + fraction).replace(/^0+/, '');
	const significant = digits.replace(/0+$/, '');
	if (significant === '') return '0';
	const power = Number(exponent) - fraction.length + digits.length - significant.length;
	return `${sign === '-' ? '-' : ''}${significant}e${power}`;
}

/**
 * Parses a number, also from text. It refuses numbers that JavaScript cannot store, so no digit changes.
 *
 * @returns undefined for other values, such as `true`, `0x1F`, `1e5`, `1,5` and an infinity
 */
export function parseNumber(value: unknown): number | undefined {
	if (typeof value === 'number') return isExact(value) ? value : undefined;
	if (typeof value === 'bigint') return Number.isSafeInteger(Number(value)) ? Number(value) : undefined;
	if (typeof value !== 'string') return undefined;
	const text = tidyCode(value);
	return IN_DIGITS.test(text) && keepsDigits(text) ? Number(text) : undefined;
}

/** Returns the hint for a number whose digits would change; undefined for any other value. */
export function lostDigits(value: unknown): string | undefined {
	if (typeof value === 'number' && Number.isFinite(value) && !isExact(value))
		return `n8n rounds whole numbers above ${Number.MAX_SAFE_INTEGER}, so the last digits may be wrong. Pass the number as text from its source.`;
	if (typeof value !== 'string') return undefined;
	const text = tidyCode(value);
	const isLost = IN_DIGITS.test(text) && !keepsDigits(text);
	return isLost
		? 'It has more digits than a number can hold, so some of them would change. Round it first.'
		: undefined;
}
