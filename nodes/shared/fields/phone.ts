import type { CountryCode } from '../base/libphonenumber';
import { plainPhone, parsePhone, parsePhoneDigits } from '../base/phone';
import { phoneSuggestion } from './phoneSuggestion';
import { Field, type FieldContext } from './field';
import { readBy } from './readBy';
import { text } from './text';

/** A field whose text is a phone number, in the form that a vendor takes. @param read returns undefined for what is no phone number */
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

/** The point of a decimal number would be read as punctuation. */
const isPhoneText = (value: unknown): value is string | number | bigint =>
	['string', 'bigint'].includes(typeof value) || Number.isSafeInteger(value);

/** A phone number, sent in E.164. Without a country code it is one of the Default Country, and refused where there is none. */
export function phone(label: string): Field<string> {
	return phoneField(
		text(label).example('+5511999999999'),
		"a phone number with country code like +5511999999999, or a national number if 'Default Country' is set in Options",
		(given, { defaultCountry }) => parsePhone(given, defaultCountry),
	);
}

/**
 * A phone number, sent as its digits: punctuation, a + and a 0 before the area code are removed, and a country code is
 * neither added nor removed.
 *
 * @param country country whose numbers come without a country code
 * @param maxLength largest number of characters that the vendor takes
 * @example phoneDigits('Contact Number', 'BR', 50).required()
 */
export function phoneDigits(label: string, country: CountryCode, maxLength: number): Field<string> {
	const field = text(label).max(maxLength).example('11999999999');
	return phoneField(field, 'a phone number with area code like 11999999999', (given) =>
		parsePhoneDigits(given, country),
	);
}

/**
 * A phone number with or without country code, sent without its punctuation.
 *
 * @param written returns the form of the vendor for a number of digits, which has a + before a country code
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
