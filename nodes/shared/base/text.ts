export { escaped, showsNothing, tidy, tidyCode } from '../../../credentials/tidy';

/** Half of a character that is no half in a whole text: an emoji consists of two. */
const HALF = /\p{Surrogate}/u;

/** Number of characters as people and JSON Schema count them: an emoji outside the basic plane is one, not two. */
export function lengthOf(text: string): number {
	let length = 0;
	for (let at = 0; at < text.length; at += text.codePointAt(at)! > 0xffff ? 2 : 1) length += 1;
	return length;
}

/** Whether a text has at most so many characters; a text that is much longer is not counted. */
export function isWithin(text: string, most: number): boolean {
	return text.length <= most || (text.length <= 2 * most && lengthOf(text) <= most);
}

/** The first characters of a text, at most so many UTF-16 units, without half of a character at the end. */
export function startOf(text: string, batches: number): string {
	const start = text.slice(0, batches);
	return batches < text.length && /[\ud800-\udbff]$/.test(start) ? start.slice(0, -1) : start;
}

/** The last characters of a text, in the same way. */
export function endOf(text: string, batches: number): string {
	const end = text.slice(-batches);
	return batches < text.length && /^[\udc00-\udfff]/.test(end) ? end.slice(1) : end;
}

/**
 * What of a text cannot be sent: half of a character, for which UTF-8 has no bytes, or the character NUL, at which databases
 * end a text or refuse it.
 *
 * @returns its code such as `\\ud83d`, and the kind, or undefined for a whole text
 */
export function unsendableIn(text: string): { code: string; kind: 'half' | 'nul' } | undefined {
	if (text.includes('\0')) return { code: '\\u0000', kind: 'nul' };
	const half = HALF.exec(text)?.[0];
	return half === undefined ? undefined : { code: `\\u${half.charCodeAt(0).toString(16)}`, kind: 'half' };
}
