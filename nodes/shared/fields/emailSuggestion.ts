import { parseEmail } from '../base/email';
import { tidy } from '../base/text';

/** A display name with its address: `Ana Souza <ana@example.com>`. */
const NAMED = /<([^<>]+)>$/;

/** Returns how to correct a text that is not an email address, or undefined if there is no suggestion. */
export function emailSuggestion(value: unknown): string | undefined {
	if (typeof value !== 'string') return undefined;
	const text = tidy(value);
	const inside = NAMED.exec(text)?.[1];
	const address = inside === undefined ? undefined : parseEmail(inside);
	if (address !== undefined && parseEmail(text.replace(NAMED, '')) === undefined && text.split('@').length === 2)
		return `Enter only the address: ${address}.`;
	const parts = text.split(/[,;\s]+/).filter((part) => parseEmail(part) !== undefined);
	if (parts.length > 1 || text.split('@').length > 2) return 'Enter only one address.';
	return /\s/.test(text) && text.includes('@') ? 'Remove the spaces.' : undefined;
}
