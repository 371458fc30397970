import { tidy } from './text';

/**
 * What may stand before the @ without quotes: the characters of RFC 5322, letters and signs of all languages (RFC 6531), and
 * points anywhere, because some providers gave them.
 */
const NAME = /^(?:[\w.!#$%&'*+/=?^`{|}~-]|[^\0-\u007f\p{C}\p{Z}])+$/u;

/** A name in quotes, which may hold blanks and marks. */
const QUOTED_NAME = /^"[^"\\\p{Cc}]+"$/u;

/** A part of a domain: letters, digits and signs of all languages, hyphens inside. */
const LABEL = /^(?!-)[\p{L}\p{M}\p{N}\p{So}-]{1,63}(?<!-)$/u;

/** The last part is no number, and no single letter: there is no such top-level domain. */
const TOP = /^(?!\d+$)(?![a-z]$)/i;

const ADDRESS = /^\[(?:\d{1,3}(?:\.\d{1,3}){3}|IPv6:[\da-f:.]+)\]$/i;

/** Longest path of SMTP without its brackets. https://www.rfc-editor.org/errata/eid1690 */
const LONGEST = 254;

/**
 * An email address, without what a link puts around it. Only what no mail server takes is refused, because a vendor knows
 * best what it takes itself.
 *
 * @returns undefined for what is no email address
 */
export function parseEmail(text: string): string | undefined {
	const address = outOfLink(tidy(text));
	const at = address.lastIndexOf('@');
	const [name, domain] = [address.slice(0, Math.max(at, 0)), address.slice(at + 1)];
	const isName = NAME.test(name) || QUOTED_NAME.test(name);
	return isName && address.length <= LONGEST && (isDomain(domain) || ADDRESS.test(domain)) ? address : undefined;
}

/** The address in a `mailto:` link. */
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
	// People write the full stop of their own language between the parts, and resolvers take it.
	const labels = domain.split(/[.\u3002\uff0e\uff61]/);
	return labels.length > 1 && labels.every((label) => LABEL.test(label)) && TOP.test(labels[labels.length - 1]);
}
