import { comparablePhone, possiblePhone, spelledPhone } from './phone';

/** Tells whether two email addresses are the same. It ignores case and the Unicode composition of accents. */
export const sameEmail = (stored: unknown, given?: string) =>
	given !== undefined && typeof stored === 'string' && folded(stored) === folded(given);

const folded = (address: string) => address.trim().normalize('NFC').toLowerCase();

/** Tells whether two phone numbers are the same in any spelling. A number without a country code may be Brazilian. */
export function samePhone(stored: unknown, given?: string): boolean {
	if (given === undefined || typeof stored !== 'string') return false;
	const wanted = possiblePhones(given);
	return possiblePhones(stored).some((form) => wanted.includes(form));
}

/**
 * Returns the numbers in E.164 that a spelling may mean. It ignores words around a number.
 * All spellings of a number have one result in common.
 */
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
