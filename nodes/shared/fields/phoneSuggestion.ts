import { parsePhoneAddress } from '../base/phoneAddress';
import { tidyCode } from '../base/text';

/** Largest number of digits in a phone number. https://www.itu.int/rec/T-REC-E.164 */
const MOST_DIGITS = 15;

/** Smallest number of digits in a number with its area code. */
const FEWEST_DIGITS = 10;

/** A long number as a spreadsheet shows it in a narrow column: `5.51199E+12`. */
const SHORTENED = /^\d[.,]\d+E\+?\d+$/i;

/** Returns how to correct a value that is not a phone number, or undefined if there is no suggestion. */
export function phoneSuggestion(value: unknown): string | undefined {
	if (typeof value !== 'string' && typeof value !== 'number') return undefined;
	const text = tidyCode(String(value));
	const address = parsePhoneAddress(text);
	if (address && 'reason' in address) return address.reason;
	if (SHORTENED.test(text))
		return 'The spreadsheet shortened this number, and its last digits are lost. Format its column as text.';
	if (/\p{L}/u.test(text))
		return 'Remove letters, extensions and a second number. A phone number has only digits and punctuation.';
	const count = text.replace(/\D/g, '').length;
	if (count > MOST_DIGITS)
		return `It has ${count} digits, and a phone number has at most ${MOST_DIGITS}. Enter only one number.`;
	return count > 0 && count < FEWEST_DIGITS
		? `It has only ${count} digits. Add the area code, or the country code with a + before it.`
		: undefined;
}
