import { tidy } from './text';

/**
 * The local part without quotes: the characters of RFC 5322, letters and signs of all languages (RFC 6531), and dots
 * anywhere, because some providers have issued such addresses.
 */
const NAME = /^(?:[\w.!#$%&'*+/=?^`{|}~-]|[^\0-\u007f\p{C}\p{Z}])+$/u;

/** A local part in quotes, which may contain spaces and punctuation. */
const QUOTED_NAME = /^"[^"\\\p{Cc}]+"$/u;

/** A part of a domain: letters, digits and signs of all languages, hyphens inside. */
const LABEL = /^(?!-)[\p{L}\p{M}\p{N}\p{So}-]{1,63}(?<!-)$/u;

/** A top-level domain is neither a number nor a single letter. */
const TOP = /^(?!\d+$)(?![a-z]$)/i;

const ADDRESS = /^\[(?:\d{1,3}(?:\.\d{1,3}){3}|IPv6:[\da-f:.]+)\]$/i;

/** Maximum length of an SMTP path without its brackets. https://www.rfc-editor.org/errata/eid1690 */
const LONGEST = 254;

/**
 * Parses an email address, also from a `mailto:` link.
 *
 * It refuses only addresses that no mail server accepts. Each vendor may refuse more.
 *
 * @returns undefined if the text is not an email address
 */
export function parseEmail(text: string): string | undefined {
	const address = outOfLink(tidy(text));
	const at = address.lastIndexOf('@');
	const [name, domain] = [address.slice(0, Math.max(at, 0)), address.slice(at + 1)];
	const isName = NAME.test(name) || QUOTED_NAME.test(name);
	return isName && address.length <= LONGEST && (isDomain(domain) || ADDRESS.test(domain)) ? address : undefined;
}

/** Returns the address in a `mailto:` link; any other text unchanged. */
function outOfLink(text: string): string {
	const [, inside] = /^mailto:([^?]*)/i.exec(text) ?? [];
	if (inside === undefined) return text;
	try {
		return decodeURIComponent(inside);
	} catch {
		return inside;
	}
}

function isDomain(domain: string): boolean {
	// Chinese and Japanese full stops between the parts are valid: resolvers accept them.
	const labels = domain.split(/[.\u3002\uff0e\uff61]/);
	return labels.length > 1 && labels.every((label) => LABEL.test(label)) && TOP.test(labels[labels.length - 1]);
}
