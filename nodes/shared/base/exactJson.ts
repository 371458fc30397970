import { isObject } from './json';
import { isExact, keepsDigits } from './numbers';

/** A whole number with fewer digits is exact. */
const LONG_NUMBER = /\d{16}/;

/** A number with fewer digits and without an exponent keeps all of its digits. */
const MANY_DIGITS = /[\d.]{16}|\d[eE]/;

/** A JSON number, matched at `lastIndex`. */
const NUMBER = /-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?/y;

/** Everything between strings and numbers. */
const BETWEEN = /[^"\-\d]+/y;

/** The keys of an object whose whole numbers became text, because JavaScript would round them. */
const keptAsText = new WeakMap<object, Set<string>>();

/** Tells whether a property is text only because it is a whole number that JavaScript would round. */
export function isNumberAsText(holder: object, name: string): boolean {
	return keptAsText.get(holder)?.has(name) === true;
}

/**
 * Parses the JSON of a server. A whole number that JavaScript would round becomes text, so that no ID changes.
 *
 * @throws SyntaxError if the text is not JSON
 */
export function parseKeepingIds(text: string): unknown {
	// Finding the numbers below works on valid JSON only, so JSON.parse checks the text first.
	const parsed: unknown = JSON.parse(text);
	if (!LONG_NUMBER.test(text)) return parsed;
	const mark = unusedMark(text);
	const marked = replaceNumbers(text, (number) =>
		/^-?\d+$/.test(number) && !isExact(Number(number)) ? `"${mark}${number}"` : number,
	);
	if (marked === text) return parsed;
	return JSON.parse(marked, function (this: object, name: string, value: unknown) {
		if (typeof value !== 'string' || !value.startsWith(mark)) return value;
		keptAsText.set(this, (keptAsText.get(this) ?? new Set()).add(name));
		return value.slice(mark.length);
	}) as unknown;
}

/** Parses JSON. A number whose digits would change becomes text. @throws SyntaxError if the text is not JSON */
export function parseKeepingDigits(text: string): unknown {
	const parsed: unknown = JSON.parse(text);
	return MANY_DIGITS.test(text)
		? (JSON.parse(replaceNumbers(text, (number) => (keepsDigits(number) ? number : `"${number}"`))) as unknown)
		: parsed;
}

/** Returns the first number of a JSON text whose digits would change. */
export function lossyNumberIn(text: string): string | undefined {
	if (!MANY_DIGITS.test(text)) return undefined;
	let lossy: string | undefined;
	replaceNumbers(text, (number) => {
		if (!keepsDigits(number)) lossy ??= number;
		return number;
	});
	return lossy;
}

/** Maximum depth of the search. Other code refuses values that are nested more deeply. */
const DEEPEST = 1_000;

/** Returns the first number in a value that is not exact: a whole number beyond 2^53, an infinity or NaN. */
export function inexactNumberIn(value: unknown, level = 0): number | undefined {
	if (typeof value === 'number') return isExact(value) ? undefined : value;
	if (level === DEEPEST) return undefined;
	if (Array.isArray(value)) return firstIn(value, level + 1);
	return isObject(value) && !('toJSON' in value) ? firstIn(Object.values(value), level + 1) : undefined;
}

function firstIn(values: readonly unknown[], level: number): number | undefined {
	for (const value of values) {
		const found = inexactNumberIn(value, level);
		if (found !== undefined) return found;
	}
	return undefined;
}

/** Returns a prefix that no string of the JSON starts with. */
function unusedMark(text: string): string {
	let mark = '#number ';
	while (text.includes(`"${mark}`)) mark += '#';
	return mark;
}

/** Replaces the numbers of a JSON text, but not the digits inside its strings. */
function replaceNumbers(text: string, replace: (number: string) => string): string {
	const parts: string[] = [];
	for (let at = 0; at < text.length; ) {
		const end = text[at] === '"' ? endOfText(text, at) : undefined;
		const number = end === undefined ? matchAt(NUMBER, text, at) : undefined;
		const part = number ?? (end === undefined ? matchAt(BETWEEN, text, at) : text.slice(at, end)) ?? text[at];
		parts.push(number === undefined ? part : replace(number));
		at += part.length;
	}
	return parts.join('');
}

function matchAt(pattern: RegExp, text: string, at: number): string | undefined {
	pattern.lastIndex = at;
	return pattern.exec(text)?.[0];
}

/** Returns the index after the closing quote of a string. A regular expression would need memory for each character. */
function endOfText(text: string, start: number): number {
	for (let quote = text.indexOf('"', start + 1); quote >= 0; quote = text.indexOf('"', quote + 1)) {
		let before = quote;
		while (text[before - 1] === '\\') before -= 1;
		if ((quote - before) % 2 === 0) return quote + 1;
	}
	return text.length;
}
