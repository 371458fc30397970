import { unsendableIn } from './text';

/** What of a value cannot be sent, and where in the value it is. */
export interface Unsendable {
	kind: 'half' | 'nul' | 'other' | 'circle';
	/** What it is, to follow "holds". */
	what: string;
	path: Array<string | number>;
}

/** Levels of a value that are searched; no vendor takes more. */
const DEEPEST = 200;

/**
 * Finds what no request can hold: half of a character, NUL, and what JSON has no form for, such as a function. JSON itself
 * would leave a function out without a word.
 *
 * @returns undefined for a value that can be sent as it is
 */
export function unsendablePart(value: unknown): Unsendable | undefined {
	return typeof value === 'string' ? inText(value, []) : search(value, [], []);
}

function search(value: unknown, path: Array<string | number>, around: readonly unknown[]): Unsendable | undefined {
	if (typeof value === 'string') return inText(value, path);
	if (typeof value === 'function' || typeof value === 'symbol' || typeof value === 'bigint')
		return { kind: 'other', what: `a ${typeof value}`, path };
	if (typeof value !== 'object' || value === null) return undefined;
	if (around.includes(value)) return { kind: 'circle', what: 'itself', path };
	if (path.length === DEEPEST) return { kind: 'other', what: 'an object that is nested too deep', path: [] };
	const within = [...around, value];
	if (Array.isArray(value)) return firstOf(value.entries(), (part, index) => search(part, [...path, index], within));
	return firstOf(Object.entries(value), (part, key) => inText(key, path) ?? search(part, [...path, key], within));
}

function inText(text: string, path: Array<string | number>): Unsendable | undefined {
	const found = unsendableIn(text);
	if (!found) return undefined;
	return {
		kind: found.kind,
		what: found.kind === 'half' ? `half of a character (${found.code})` : `the character NUL (${found.code})`,
		path,
	};
}

function firstOf<Key>(
	entries: Iterable<[Key, unknown]>,
	look: (part: unknown, key: Key) => Unsendable | undefined,
): Unsendable | undefined {
	for (const [key, part] of entries) {
		const found = look(part, key);
		if (found) return found;
	}
	return undefined;
}
