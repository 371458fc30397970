import { parsePhoneNumberFromString, type CountryCode } from './libphonenumber';
import { parsePhoneAddress } from './phoneAddress';
import { tidyCode } from './text';

/** A Brazilian number: area code, an optional 9, and eight digits. */
const BRAZILIAN = /^\+55(\d{2})9?(\d{8})$/;

/**
 * The eight digits of an old mobile number. Only mobile numbers got a ninth digit; landline numbers begin with 2 to 5.
 */
const MOBILE = /^[6-9]/;

/**
 * A Mexican number. Until 2019 mobile numbers had a 1 in front, and WhatsApp still uses it.
 * https://faq.whatsapp.com/1294841057948784
 */
const MEXICAN = /^\+521?(\d{10})$/;

/**
 * An Argentine number. A 9 in front marks a mobile number, and is often left out.
 * https://faq.whatsapp.com/1294841057948784
 */
const ARGENTINE = /^\+549?(\d{10})$/;

/** Digits only, as WhatsApp returns a number with its country code. */
const WHOLE = /^[1-9]\d{9,14}$/;

/** Characters of a phone number: digits, brackets, dots, slashes and dashes, also typographic dashes. */
const USUAL = /^[\d\s().\-\u2010-\u2015\u2212/]+$/;

/** A number that a spreadsheet turned into a decimal: `5511987654321.0`. */
const AS_DECIMAL = /^(\+?\d+)\.0+$/;

/** Tells whether a number in E.164 is Brazilian. */
export const isBrazilian = (number: string): boolean => BRAZILIAN.test(number);

/**
 * Returns the forms of a number in E.164. Brazilian, Mexican and Argentine numbers have an optional digit, so two
 * forms.
 */
export function formsOf(number: string): string[] {
	const [, area, digits] = BRAZILIAN.exec(number) ?? [];
	if (area) return [`+55${area}9${digits}`, `+55${area}${digits}`];
	const [, mexican] = MEXICAN.exec(number) ?? [];
	if (mexican) return [`+52${mexican}`, `+521${mexican}`];
	const [, argentine] = ARGENTINE.exec(number) ?? [];
	return argentine ? [`+549${argentine}`, `+54${argentine}`] : [number];
}

/** Returns a number in E.164, and a Brazilian mobile number with its ninth digit. */
export function withNinthDigit(number: string): string {
	const [, area, digits] = BRAZILIAN.exec(number) ?? [];
	return digits && MOBILE.test(digits) ? `+55${area}9${digits}` : number;
}

/** Returns the form for comparing two spellings of a number. */
export function comparablePhone(number: string): string {
	return isBrazilian(number) ? withNinthDigit(number) : formsOf(number)[0];
}

/**
 * Returns a number and its other forms that belong to the same person. A Brazilian landline number with a 9 belongs to
 * another person.
 */
export function equivalentPhones(number: string): string[] {
	return [
		number,
		...formsOf(number).filter((form) => form !== number && comparablePhone(form) === comparablePhone(number)),
	];
}

/**
 * Parses a phone number in any usual spelling, or a WhatsApp address, to E.164.
 *
 * - With a country code, only the length must be possible, because numbering plans grow.
 * - Without a country code, it is a national number of the given country.
 * - Digits only may start with a country code. If they could also be a Brazilian number, the number is not accepted.
 *
 * @returns undefined if the text is not a number, or its country is unknown
 */
export function parsePhone(text: string, country?: CountryCode): string | undefined {
	const spelled = spelledPhone(text);
	if (spelled === undefined) return undefined;
	if (spelled.startsWith('+')) return possiblePhone(spelled);
	const national = country && validPhone(spelled, country);
	if (national) return national;
	const digits = spelled.replace(/[\s().-]/g, '');
	const whole = WHOLE.test(digits) ? validPhone(`+${digits}`) : undefined;
	const inBrazil = country ? undefined : validPhone(digits, 'BR');
	return inBrazil && inBrazil !== whole ? undefined : whole;
}

/**
 * Returns the digits of a phone number, for vendors that accept numbers with and without a country code.
 * It removes a 0 before the area code, a 00 and a +.
 *
 * @param country country of numbers without a country code
 * @returns undefined if the text is not a number, or the number has no area code
 */
export function parsePhoneDigits(text: string, country: CountryCode): string | undefined {
	const spelled = spelledPhone(text);
	if (spelled === undefined) return undefined;
	if (spelled.startsWith('+')) return possiblePhone(spelled)?.slice(1);
	if (!USUAL.test(spelled)) return undefined;
	const digits = spelled.replace(/\D/g, '');
	if (digits.startsWith('0')) return partsOf(validPhone(spelled, country) ?? '')?.national;
	return possiblePhone(digits, country) || possiblePhone(`+${digits}`) ? digits : undefined;
}

/**
 * Returns a number in its own spelling, without invisible characters and its address; undefined if the text is not a
 * number.
 */
export const formatPhone = (text: string): string | undefined =>
	plainPhone(text) === undefined ? undefined : spelledPhone(text);

/** Returns a number without punctuation, with a + if it has a country code; undefined if the text is not a number. */
export function plainPhone(text: string): string | undefined {
	const spelled = spelledPhone(text) ?? '';
	const sign = spelled.startsWith('+') ? '+' : '';
	const rest = spelled.slice(sign.length);
	const digits = rest.replace(/\D/g, '');
	return USUAL.test(rest) && digits.length >= 4 && digits.length <= 15 ? sign + digits : undefined;
}

/**
 * Returns a number in its own spelling, with a + if it has a country code.
 *
 * @returns undefined for an address without a number
 */
export function spelledPhone(text: string): string | undefined {
	// Spreadsheets put an apostrophe before a number to keep it a text.
	const plain = tidyCode(text).replace(/^'/, '');
	const address = parsePhoneAddress(plain);
	if (address && 'reason' in address) return undefined;
	return (address?.number ?? plain)
		.replace(AS_DECIMAL, '$1')
		.replace(/^00(?=[\s().-]*[1-9])/, '+')
		.replace(/^\(\+(\d{1,3})\)/, '+$1 ');
}

/**
 * Returns a number of possible length in E.164; undefined for a number with an extension, which E.164 cannot express.
 */
export function possiblePhone(spelled: string, country?: CountryCode): string | undefined {
	const number = parsed(spelled, country);
	if (!number) return undefined;
	// Brazil has short service numbers. A number without its area code looks like one, so it must be valid.
	const isShort = number.countryCallingCode === '55' && number.nationalNumber.length < 10;
	return (isShort ? number.isValid() : number.isPossible()) || isMexicanMobile(number.number)
		? number.number
		: undefined;
}

/** Tells whether a number is a Mexican mobile number with the old 1, which the library no longer accepts. */
const isMexicanMobile = (number: string): boolean => number.startsWith('+521') && MEXICAN.test(number);

/**
 * Returns a number in E.164 if its country's numbering plan contains it. Brazilian mobile numbers may lack the ninth
 * digit.
 */
function validPhone(spelled: string, country?: CountryCode): string | undefined {
	const number = parsed(spelled, country);
	return number && (number.isValid() || parsed(comparablePhone(number.number))?.isValid()) ? number.number : undefined;
}

/** Returns the country code and the national number of a number in E.164. */
export function partsOf(number: string): { countryCode: string; national: string } | undefined {
	const { countryCallingCode, nationalNumber } = parsed(number) ?? {};
	return countryCallingCode && nationalNumber
		? { countryCode: countryCallingCode, national: nationalNumber }
		: undefined;
}

function parsed(spelled: string, defaultCountry?: CountryCode) {
	const number = parsePhoneNumberFromString(spelled, { defaultCountry, extract: false });
	return number?.ext ? undefined : number;
}
