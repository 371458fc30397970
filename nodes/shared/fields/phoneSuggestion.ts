import { parsePhoneAddress } from '../base/phoneAddress';
import { tidyCode } from '../base/text';

/** Most digits of a phone number. https://www.itu.int/rec/T-REC-E.164 */
const MOST_DIGITS = 15;

/** Fewest digits of a number with its area code, where people write none. */
const FEWEST_DIGITS = 10;

/** What is left of a long number that a table shows in a narrow column: `5.51199E+12`. */
const SHORTENED = /^\d[.,]\d+E\+?\d+$/i;

/** What to do about a text that is no phone number. */
export function phoneSuggestion(value: unknown): string | undefined {
	if (typeof value !== 'string' && typeof value !== 'number') return undefined;
	const text = tidyCode(String(value));
	const address = parsePhoneAddress(text);
	if (address && 'reason' in address) return address.reason;
	if (SHORTENED.test(text))
		return 'The table shortened this number, and its last digits are lost. Format its column as text.';
	if (/\p{L}/u.test(text))
		return 'Remove letters, extensions and a second number: a phone number has digits and punctuation only.';
	const count = text.replace(/\D/g, '').length;
	if (count > MOST_DIGITS)
		return `It has ${count} digits, and a phone number has at most ${MOST_DIGITS}. Give one number only.`;
	return count > 0 && count < FEWEST_DIGITS
		? `It has only ${count} digits: add the area code, or the country code with a + before it.`
		: undefined;
}
