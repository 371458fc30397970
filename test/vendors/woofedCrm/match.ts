import type { Row } from './data';
import { isLike } from './ransack';

/** What the vendor's upsert takes for one number, Brazilian or not: as it is, with a 9 after its fourth digit, and without its fifth digit. */
function spellingsOf(phone: string): string[] {
	const digits = phone.replace(/\D/g, '');
	const [start, rest] = [digits.slice(0, 4), digits.slice(4)];
	return [
		digits,
		digits.length < 13 ? `${start}9${rest}` : digits,
		digits.length === 12 ? digits : start + rest.slice(1),
	];
}

/**
 * Whether the vendor's upsert takes a contact for the one in the body: a part of either value will do.
 *
 * @param beforeDigits what the version writes before the digits of each spelling
 */
export function isHit(contact: Row, { email, phone }: Record<string, unknown>, beforeDigits = ''): boolean {
	const holdsPart = (name: string, parts: string[]) => parts.some((part) => isLike(contact[name], `%${part}%`));
	return (
		(isGiven(email) && holdsPart('email', [String(email)])) ||
		(isGiven(phone) &&
			holdsPart(
				'phone',
				spellingsOf(String(phone)).map((digits) => beforeDigits + digits),
			))
	);
}

const isGiven = (value: unknown) => value !== undefined && value !== null && String(value).trim() !== '';
