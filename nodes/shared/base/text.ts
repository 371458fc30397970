export { escaped, showsNothing, tidy, tidyCode } from '../../../credentials/tidy';

/** Half of a character: a surrogate without its pair. An emoji consists of two surrogates. */
const HALF = /\p{Surrogate}/u;

/** Counts the characters of a text as JSON Schema does: an emoji is one character and not two. */
export function lengthOf(text: string): number {
	let length = 0;
	for (let at = 0; at < text.length; at += text.codePointAt(at)! > 0xffff ? 2 : 1) length += 1;
	return length;
}

/** Tells whether a text has at most `most` characters, without counting a much longer text. */
export function isWithin(text: string, most: number): boolean {
	return text.length <= most || (text.length <= 2 * most && lengthOf(text) <= most);
}

/** Returns the start of a text, at most `length` UTF-16 code units, without half of a character at the end. */
export function startOf(text: string, length: number): string {
	const start = text.slice(0, length);
	return length < text.length && /[\ud800-\udbff]$/.test(start) ? start.slice(0, -1) : start;
}

/** Returns the end of a text, at most `length` UTF-16 code units, without half of a character at the start. */
export function endOf(text: string, length: number): string {
	const end = text.slice(-length);
	return length < text.length && /^[\udc00-\udfff]/.test(end) ? end.slice(1) : end;
}

/**
 * Finds a character that cannot be sent: half of a character, which UTF-8 cannot encode, or NUL, at which databases cut
 * or refuse a text.
 *
 * @returns its code such as `\\ud83d` and its kind; undefined if the whole text can be sent
 */
export function unsendableIn(text: string): { code: string; kind: 'half' | 'nul' } | undefined {
	if (text.includes('\0')) return { code: '\\u0000', kind: 'nul' };
	const half = HALF.exec(text)?.[0];
	return half === undefined ? undefined : { code: `\\u${half.charCodeAt(0).toString(16)}`, kind: 'half' };
}
