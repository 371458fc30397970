import { isObject } from './json';
import { isExact, keepsDigits } from './numbers';

/** A whole number of fewer digits is exact. */
const LONG_NUMBER = /\d{16}/;

/** A number of fewer digits keeps them, where it has no exponent. */
const MANY_DIGITS = /[\d.]{16}|\d[eE]/;

/** A number in JSON, from where the text is read. */
const NUMBER = /-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?/y;

/** All that is neither text nor number. */
const BETWEEN = /[^"\-\d]+/y;

/** For each object of a response, the names of whole numbers that became text, because JavaScript would round them. */
const keptAsText = new WeakMap<object, Set<string>>();

/** Whether a member of a response is a whole number that is text here only to keep its digits. */
export function isNumberAsText(holder: object, name: string): boolean {
	return keptAsText.get(holder)?.has(name) === true;
}

/**
 * Parses JSON of a server without changing an ID: a whole number that JavaScript would round becomes text with its digits.
 *
 * @throws SyntaxError when the text is no JSON
 */
export function parseKeepingIds(text: string): unknown {
	// The parser itself says whether the text is JSON: only then can its numbers be told from its texts.
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

/** Parses JSON with all numbers as text whose digits would change. @throws SyntaxError when the text is no JSON */
export function parseKeepingDigits(text: string): unknown {
	const parsed: unknown = JSON.parse(text);
	return MANY_DIGITS.test(text)
		? (JSON.parse(replaceNumbers(text, (number) => (keepsDigits(number) ? number : `"${number}"`))) as unknown)
		: parsed;
}

/** The first number of a JSON text whose digits would change. */
export function lossyNumberIn(text: string): string | undefined {
	if (!MANY_DIGITS.test(text)) return undefined;
	let lossy: string | undefined;
	replaceNumbers(text, (number) => {
		if (!keepsDigits(number)) lossy ??= number;
		return number;
	});
	return lossy;
}

/** Levels of a value that are searched; what is nested deeper is refused as a whole. */
const DEEPEST = 1_000;

/** The first number inside a value that is not exact: a whole number beyond 2^53, or no finite one. */
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

/** A text that begins no text of the JSON. */
function unusedMark(text: string): string {
	let mark = '#number ';
	while (text.includes(`"${mark}`)) mark += '#';
	return mark;
}

/** A JSON text with its numbers replaced; digits inside of texts are none. */
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

/** Where the text that begins with a quote ends. A regular expression would need memory for each of its characters. */
function endOfText(text: string, start: number): number {
	for (let quote = text.indexOf('"', start + 1); quote >= 0; quote = text.indexOf('"', quote + 1)) {
		let before = quote;
		while (text[before - 1] === '\\') before -= 1;
		if ((quote - before) % 2 === 0) return quote + 1;
	}
	return text.length;
}
