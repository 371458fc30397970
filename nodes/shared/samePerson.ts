/** A Brazilian number with country code: area, and eight digits that another 9 may stand before. */
const BRAZILIAN = /^55(\d{2})9?(\d{8})$/;

/** The eight digits of a mobile number of old, the only ones that got a ninth; landline numbers begin with 2 to 5. */
const MOBILE = /^[6-9]/;

/** A number as Brazilians write it among themselves: area code and eight or nine digits, with or without a 0 before it. */
const WITHOUT_COUNTRY = /^0?(\d{10,11})$/;

/** The forms in which a number with country code may be stored, as digits: Brazilian ones with and without a ninth digit. */
export function formsOf(phone: string): string[] {
	const digits = phone.replace(/\D/g, '');
	const [, area, number] = BRAZILIAN.exec(digits) ?? [];
	return area ? [`55${area}9${number}`, `55${area}${number}`] : [digits];
}

/** The same email address, without regard to case. */
export const sameEmail = (stored: unknown, given?: string) => given !== undefined && String(stored ?? '').trim().toLowerCase() === given.toLowerCase();

/** The same phone number in any of its spellings; without a country code it may be a Brazilian one. */
export function samePhone(stored: unknown, given?: string): boolean {
	if (given === undefined || typeof stored !== 'string') return false;
	const wanted = readings(given);
	return readings(stored).some((form) => wanted.includes(form));
}

/** Whether a number, with or without its country code, can be a Brazilian one. */
export const maybeBrazilian = (phone: string): boolean => readings(phone).some((digits) => BRAZILIAN.test(digits));

/** What a spelling may stand for: digits with country code, mobile numbers of Brazil with their ninth digit. */
function readings(phone: string): string[] {
	const international = phone.trim().replace(/^00/, '+');
	const digits = international.replace(/\(0\)|\D/g, '').replace(/^550/, '55');
	const [, national] = international.startsWith('+') ? [] : (WITHOUT_COUNTRY.exec(digits) ?? []);
	return [digits, ...(national ? [`55${national}`] : [])].map(withNinthDigit);
}

function withNinthDigit(digits: string): string {
	const [, area, number] = BRAZILIAN.exec(digits) ?? [];
	return number && MOBILE.test(number) ? `55${area}9${number}` : digits;
}
