import { parseEmail } from '../base/email';
import { tidy } from '../base/text';

/** A name with its address: `Ana Souza <ana@example.com>`. */
const NAMED = /<([^<>]+)>$/;

/** What to do about a text that is no email address. */
export function emailSuggestion(value: unknown): string | undefined {
	if (typeof value !== 'string') return undefined;
	const text = tidy(value);
	const inside = NAMED.exec(text)?.[1];
	const address = inside === undefined ? undefined : parseEmail(inside);
	if (address !== undefined && parseEmail(text.replace(NAMED, '')) === undefined && text.split('@').length === 2)
		return `Give the address alone: ${address}.`;
	const parts = text.split(/[,;\s]+/).filter((part) => parseEmail(part) !== undefined);
	if (parts.length > 1 || text.split('@').length > 2) return 'Give one address only.';
	return /\s/.test(text) && text.includes('@') ? 'Remove the blanks inside.' : undefined;
}
