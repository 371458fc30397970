import { comparablePhone, possiblePhone, spelledPhone } from './phone';

/** The same email address, without regard to case, and to how letters with accents are composed. */
export const sameEmail = (stored: unknown, given?: string) =>
	given !== undefined && typeof stored === 'string' && folded(stored) === folded(given);

const folded = (address: string) => address.trim().normalize('NFC').toLowerCase();

/** The same phone number in any of its spellings; without a country code it may be a Brazilian one. */
export function samePhone(stored: unknown, given?: string): boolean {
	if (given === undefined || typeof stored !== 'string') return false;
	const wanted = possiblePhones(given);
	return possiblePhones(stored).some((form) => wanted.includes(form));
}

/** What a spelling may stand for, in E.164; words around a number do not matter. Spellings of one number share a reading. */
export function possiblePhones(phone: string): string[] {
	const spelled = spelledPhone(phone);
	if (spelled === undefined) return [];
	const isInternational = spelled.startsWith('+');
	const digits = spelled.replace(/\D/g, '');
	const numbers = [possiblePhone(`+${digits}`), isInternational ? undefined : possiblePhone(digits, 'BR')].filter(
		(number) => number !== undefined,
	);
	return numbers.length > 0 ? numbers.map(comparablePhone) : [digits];
}
