/** A Brazilian number, in which the ninth digit of mobile numbers may be missing. */
const BRAZILIAN = /^\+?55(\d{2})9?(\d{8})$/;

/** The forms of a number that WoofedCRM takes for the same one, without the plus sign. */
export function formsOf(phone: string): string[] {
	const [, area, number] = BRAZILIAN.exec(phone) ?? [];
	return area ? [`55${area}9${number}`, `55${area}${number}`] : [phone.replace(/^\+/, '')];
}

/** Whether a contact has exactly this email address, without regard to case. */
export const sameEmail = (stored: unknown, given?: string) => given !== undefined && String(stored).toLowerCase() === given.toLowerCase();

/** Whether a contact has exactly this phone number, in any of its forms. */
export const samePhone = (stored: unknown, given?: string) => given !== undefined && formsOf(given).includes(String(stored).replace(/^\+/, ''));
