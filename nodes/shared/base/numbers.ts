import { tidyCode } from './text';

/** A number as people and programs write it in full: no exponent, no hexadecimal digits, no separators. */
const IN_DIGITS = /^[+-]?\d+(\.\d+)?$/;

/** Sign, digits before and after the point, and exponent of a number in JSON, or of one that JavaScript writes. */
const PARTS = /^([+-]?)(\d+)(?:\.(\d+))?(?:e([+-]?\d+))?$/i;

/** Whether a number is one that JavaScript holds exactly. A whole number beyond 2^53 may have lost its last digits before it came here. */
export function isExact(value: number): boolean {
	return Number.isFinite(value) && (!Number.isInteger(value) || Number.isSafeInteger(value));
}

/** Whether a written number keeps all of its digits when JavaScript reads and writes it. */
export function keepsDigits(written: string): boolean {
	const number = Number(written);
	return Number.isFinite(number) && normalized(written) === normalized(String(number));
}

/** The same text for all spellings of a number: its digits without zeros at either end, and where its point is. */
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
 * Reads a number, also as text. No digit is changed: what JavaScript cannot hold is refused.
 *
 * @returns undefined for what is no number, such as `true`, `0x1F`, `1e5`, `1,5` and an infinity
 */
export function parseNumber(value: unknown): number | undefined {
	if (typeof value === 'number') return isExact(value) ? value : undefined;
	if (typeof value === 'bigint') return Number.isSafeInteger(Number(value)) ? Number(value) : undefined;
	if (typeof value !== 'string') return undefined;
	const text = tidyCode(value);
	return IN_DIGITS.test(text) && keepsDigits(text) ? Number(text) : undefined;
}

/** What to do about a number whose digits would change; undefined for any other value. */
export function lostDigits(value: unknown): string | undefined {
	if (typeof value === 'number' && Number.isFinite(value) && !isExact(value))
		return `n8n rounds whole numbers above ${Number.MAX_SAFE_INTEGER}, so that its last digits may be wrong. Hand it on as text from where it comes from.`;
	if (typeof value !== 'string') return undefined;
	const text = tidyCode(value);
	const isLost = IN_DIGITS.test(text) && !keepsDigits(text);
	return isLost
		? 'It has more digits than a number can hold, and some of them would change. Round it first.'
		: undefined;
}
