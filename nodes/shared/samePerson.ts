/** A Brazilian number, in which the ninth digit of mobile numbers may be missing. */
const BRAZILIAN = /^55(\d{2})9?(\d{8})$/;

/** A number as Brazilians write it among themselves: area code and eight or nine digits. */
const WITHOUT_COUNTRY = /^\d{10,11}$/;

/** The forms of a number with country code that stand for the same one, as digits: Brazilian ones with and without the ninth digit. */
export function formsOf(phone: string): string[] {
	const digits = phone.replace(/\D/g, '');
	const [, area, number] = BRAZILIAN.exec(digits) ?? [];
	return area ? [`55${area}9${number}`, `55${area}${number}`] : [digits];
}

/** The same email address, without regard to case. */
export const sameEmail = (stored: unknown, given?: string) => given !== undefined && String(stored ?? '').trim().toLowerCase() === given.toLowerCase();

/** The same phone number, however it is written; without a country code it may be a Brazilian one. */
export function samePhone(stored: unknown, given?: string): boolean {
	if (given === undefined || typeof stored !== 'string') return false;
	const wanted = readings(given);
	return readings(stored).some((form) => wanted.includes(form));
}

function readings(phone: string): string[] {
	const digits = phone.replace(/\D/g, '');
	const national = !phone.trim().startsWith('+') && WITHOUT_COUNTRY.test(digits);
	return [...formsOf(digits), ...(national ? formsOf(`55${digits}`) : [])];
}
