import { parsePhoneNumberFromString, type CountryCode } from './libphonenumber';
import { parsePhoneAddress } from './phoneAddress';
import { tidyCode } from './text';

/** A Brazilian number: area, and eight digits that another 9 may stand before. */
const BRAZILIAN = /^\+55(\d{2})9?(\d{8})$/;

/** The eight digits of a mobile number of old, the only ones that got a ninth; landline numbers begin with 2 to 5. */
const MOBILE = /^[6-9]/;

/** A Mexican number; until 2019 mobile numbers had a 1 before them, and WhatsApp still writes it. https://faq.whatsapp.com/1294841057948784 */
const MEXICAN = /^\+521?(\d{10})$/;

/** An Argentine number; the 9 marks a mobile one, and not everybody writes it. https://faq.whatsapp.com/1294841057948784 */
const ARGENTINE = /^\+549?(\d{10})$/;

/** Digits alone, as WhatsApp gives a number with its country code. */
const WHOLE = /^[1-9]\d{9,14}$/;

/** Digits, brackets, points and dashes, also those of typesetting, as people write phone numbers. */
const USUAL = /^[\d\s().\-\u2010-\u2015\u2212/]+$/;

/** A number that a table made a decimal: `5511987654321.0`. */
const AS_DECIMAL = /^(\+?\d+)\.0+$/;

/** Whether a number in E.164 is one of Brazil. */
export const isBrazilian = (number: string): boolean => BRAZILIAN.test(number);

/** The forms of a number in E.164: those of Brazil, Mexico and Argentina have one with and one without a digit that is often left out. */
export function formsOf(number: string): string[] {
	const [, area, digits] = BRAZILIAN.exec(number) ?? [];
	if (area) return [`+55${area}9${digits}`, `+55${area}${digits}`];
	const [, mexican] = MEXICAN.exec(number) ?? [];
	if (mexican) return [`+52${mexican}`, `+521${mexican}`];
	const [, argentine] = ARGENTINE.exec(number) ?? [];
	return argentine ? [`+549${argentine}`, `+54${argentine}`] : [number];
}

/** A number in E.164, a mobile number of Brazil with its ninth digit. */
export function withNinthDigit(number: string): string {
	const [, area, digits] = BRAZILIAN.exec(number) ?? [];
	return digits && MOBILE.test(digits) ? `+55${area}9${digits}` : number;
}

/** The one form by which two spellings of a number are compared. */
export function comparablePhone(number: string): string {
	return isBrazilian(number) ? withNinthDigit(number) : formsOf(number)[0];
}

/** A number with its other forms that are of the same person: with a 9 before it, a landline number of Brazil is that of another one. */
export function equivalentPhones(number: string): string[] {
	return [
		number,
		...formsOf(number).filter((form) => form !== number && comparablePhone(form) === comparablePhone(number)),
	];
}

/**
 * A phone number in E.164, from any usual spelling, and from the addresses of WhatsApp.
 *
 * With its country code it only has to have a possible length, because plans of numbers grow. Without one it is a national
 * number of the given country. Digits alone may begin with a country code; those that could be a Brazilian number as well
 * are not guessed at.
 *
 * @returns undefined for what is no number, or one of an unknown country
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
 * The digits of a phone number as they were written, for vendors who take a number with and without its country code.
 * A 0 before the area code, a 00 and a + are left out.
 *
 * @param country country whose numbers come without a country code
 * @returns undefined for what is no number, or lacks its area code
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

/** A number as it is written, without invisible characters and out of its address; undefined for what is no number. */
export const formatPhone = (text: string): string | undefined =>
	plainPhone(text) === undefined ? undefined : spelledPhone(text);

/** A number without its punctuation, with a + where it has its country code; undefined for what is no number. */
export function plainPhone(text: string): string | undefined {
	const spelled = spelledPhone(text) ?? '';
	const sign = spelled.startsWith('+') ? '+' : '';
	const rest = spelled.slice(sign.length);
	const digits = rest.replace(/\D/g, '');
	return USUAL.test(rest) && digits.length >= 4 && digits.length <= 15 ? sign + digits : undefined;
}

/**
 * A number as it is spelled, with a + where it has its country code.
 *
 * @returns undefined for an address without a number
 */
export function spelledPhone(text: string): string | undefined {
	// A table puts an apostrophe before a number that is to stay a text.
	const plain = tidyCode(text).replace(/^'/, '');
	const address = parsePhoneAddress(plain);
	if (address && 'reason' in address) return undefined;
	return (address?.number ?? plain)
		.replace(AS_DECIMAL, '$1')
		.replace(/^00(?=[\s().-]*[1-9])/, '+')
		.replace(/^\(\+(\d{1,3})\)/, '+$1 ');
}

/** A number of possible length in E.164; an extension has no place there. */
export function possiblePhone(spelled: string, country?: CountryCode): string | undefined {
	const number = parsed(spelled, country);
	if (!number) return undefined;
	// Brazil's short numbers are possible, too: a number that lacks its area code looks like one of them.
	const isShort = number.countryCallingCode === '55' && number.nationalNumber.length < 10;
	return (isShort ? number.isValid() : number.isPossible()) || isMexicanMobile(number.number)
		? number.number
		: undefined;
}

/** A mobile number of Mexico with the 1 of old, which the library no longer knows. */
const isMexicanMobile = (number: string): boolean => number.startsWith('+521') && MEXICAN.test(number);

/** A number that the plan of its country knows, in E.164; mobile numbers of Brazil without their ninth digit too. */
function validPhone(spelled: string, country?: CountryCode): string | undefined {
	const number = parsed(spelled, country);
	return number && (number.isValid() || parsed(comparablePhone(number.number))?.isValid()) ? number.number : undefined;
}

/** Country code and national number of one in E.164. */
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
