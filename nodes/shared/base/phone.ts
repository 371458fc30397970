import { parsePhoneNumberFromString, type CountryCode } from './libphonenumber';
import { tidyCode } from './text';

/** A Brazilian number: area, and eight digits that another 9 may stand before. */
const BRAZILIAN = /^\+55(\d{2})9?(\d{8})$/;

/** The eight digits of a mobile number of old, the only ones that got a ninth; landline numbers begin with 2 to 5. */
const MOBILE = /^[6-9]/;

/** Digits alone, as WhatsApp gives a number with its country code. */
const WHOLE = /^[1-9]\d{9,14}$/;

/** Whether a number in E.164 is one of Brazil. */
export const isBrazilian = (number: string): boolean => BRAZILIAN.test(number);

/** The forms of a number in E.164: a Brazilian one with and without a ninth digit. */
export function formsOf(number: string): string[] {
	const [, area, digits] = BRAZILIAN.exec(number) ?? [];
	return area ? [`+55${area}9${digits}`, `+55${area}${digits}`] : [number];
}

/** A number in E.164, a mobile number of Brazil with its ninth digit. */
export function withNinthDigit(number: string): string {
	const [, area, digits] = BRAZILIAN.exec(number) ?? [];
	return digits && MOBILE.test(digits) ? `+55${area}9${digits}` : number;
}

/**
 * A phone number in E.164, from any usual spelling.
 *
 * With its country code it only has to have a possible length, because plans of numbers grow. Without one it is a national
 * number of the given country. Digits alone may begin with a country code; those that could be a Brazilian number as well
 * are not guessed at.
 *
 * @returns undefined for what is no number, or one of an unknown country
 */
export function readPhone(text: string, country?: CountryCode): string | undefined {
	const spelled = tidyCode(text).replace(/^00/, '+');
	if (spelled.startsWith('+')) return possiblePhone(spelled);
	const national = country && validPhone(spelled, country);
	if (national) return national;
	const digits = spelled.replace(/[\s().-]/g, '');
	const whole = WHOLE.test(digits) ? validPhone(`+${digits}`) : undefined;
	const inBrazil = country ? undefined : validPhone(digits, 'BR');
	return inBrazil && inBrazil !== whole ? undefined : whole;
}

/** A number of possible length in E.164; an extension has no place there. */
export function possiblePhone(spelled: string, country?: CountryCode): string | undefined {
	const number = parsed(spelled, country);
	return number?.isPossible() ? number.number : undefined;
}

/** A number that the plan of its country knows, in E.164; mobile numbers of Brazil without their ninth digit too. */
function validPhone(spelled: string, country?: CountryCode): string | undefined {
	const number = parsed(spelled, country);
	return number && (number.isValid() || parsed(withNinthDigit(number.number))?.isValid()) ? number.number : undefined;
}

/** Country code and national number of one in E.164. */
export function partsOf(number: string): { countryCode: string; national: string } | undefined {
	const { countryCallingCode, nationalNumber } = parsed(number) ?? {};
	return countryCallingCode && nationalNumber ? { countryCode: countryCallingCode, national: nationalNumber } : undefined;
}

function parsed(spelled: string, defaultCountry?: CountryCode) {
	const number = parsePhoneNumberFromString(spelled, { defaultCountry, extract: false });
	return number?.ext ? undefined : number;
}
