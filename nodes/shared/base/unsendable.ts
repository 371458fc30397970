import { unsendableIn } from './text';

/** The part of a value that cannot be sent, and its path. */
export interface Unsendable {
	kind: 'half' | 'nul' | 'other' | 'circle';
	/** Description, to follow the word "holds". */
	what: string;
	path: Array<string | number>;
}

/** Maximum depth of a value. No vendor accepts more. */
const DEEPEST = 200;

/**
 * Finds a part that no request can contain: half of a character, NUL, or a value without a JSON form, such as a
 * function. JSON.stringify would silently drop a function.
 *
 * @returns undefined if the whole value can be sent
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
	if (path.length === DEEPEST) return { kind: 'other', what: 'an object that is nested too deeply', path: [] };
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
