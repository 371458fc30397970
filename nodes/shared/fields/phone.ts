import type { CountryCode } from '../base/libphonenumber';
import { plainPhone, parsePhone, parsePhoneDigits } from '../base/phone';
import { phoneSuggestion } from './phoneSuggestion';
import { Field, type FieldContext } from './field';
import { readBy } from './readBy';
import { text } from './text';

/**
 * Creates a field for a phone number in a vendor's format.
 *
 * @param read returns undefined for a text that is not a phone number
 */
function phoneField(
	{ spec }: Field<string>,
	expects: string,
	read: (text: string, context: FieldContext) => string | undefined,
): Field<string> {
	return new Field<string>({
		...spec,
		expects,
		suggestion: phoneSuggestion,
		schema: (context) => readBy((value) => (isPhoneText(value) ? read(String(value), context) : undefined)),
	});
}

/** Refuses decimal numbers, because their point would be read as punctuation. */
const isPhoneText = (value: unknown): value is string | number | bigint =>
	['string', 'bigint'].includes(typeof value) || Number.isSafeInteger(value);

/**
 * Creates a field for a phone number, sent in E.164. A number without a country code belongs to the Default Country,
 * and is refused if that option is not set.
 *
 * @example phone('Phone').required()
 */
export function phone(label: string): Field<string> {
	return phoneField(
		text(label).example('+5511999999999'),
		"a phone number with country code like +5511999999999, or a national number if 'Default Country' is set in Options",
		(given, { defaultCountry }) => parsePhone(given, defaultCountry),
	);
}

/**
 * Creates a field for a phone number, sent as its digits. Punctuation, a + and a 0 before the area code are removed. A
 * country code is neither added nor removed.
 *
 * @param country the country of numbers without a country code
 * @param maxLength the vendor's limit, in characters
 * @example phoneDigits('Contact Number', 'BR', 50).required()
 */
export function phoneDigits(label: string, country: CountryCode, maxLength: number): Field<string> {
	const field = text(label).max(maxLength).example('11999999999');
	return phoneField(field, 'a phone number with area code like 11999999999', (given) =>
		parsePhoneDigits(given, country),
	);
}

/**
 * Creates a field for a phone number with or without country code, sent without its punctuation.
 *
 * @param written returns the vendor's format of a number, which has digits and a + before a country code
 * @example plainPhoneField('Phone', '+91-9845098450')
 */
export function plainPhoneField(
	label: string,
	example: string,
	written = (number: string, _given: string): string => number,
): Field<string> {
	return phoneField(text(label).example(example), 'a phone number, with or without country code', (given) => {
		const number = plainPhone(given);
		return number && written(number, given);
	});
}
