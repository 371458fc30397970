import type { IDataObject } from 'n8n-workflow';
import { toText } from '../../../credentials/stringify';

export { toJson, toText } from '../../../credentials/stringify';

/** Returns the value at a dotted path of an unknown object; undefined if there is none. */
export function valueAt(value: unknown, path: string): unknown {
	return path
		.split('.')
		.reduce<unknown>(
			(part, key) => (typeof part === 'object' && part !== null ? (part as IDataObject)[key] : undefined),
			value,
		);
}

/**
 * Returns the entry of a table for an untrusted key, which may be a name that every object inherits, such as
 * `toString`.
 */
export function entryOf<Entry>(table: Readonly<Record<string, Entry>>, key: unknown): Entry | undefined {
	return typeof key === 'string' && Object.hasOwn(table, key) ? table[key] : undefined;
}

export function isObject(value: unknown): value is IDataObject {
	return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Joins the known parts of a record to one line of a drop-down. */
export const listLabel = (...parts: unknown[]): string => parts.filter(Boolean).map(toText).join(' · ');

/** Returns the text of the first key that has one: a text, a list of texts, or lists of texts by field. */
export function firstText(body: unknown, keys: readonly string[]): string | undefined {
	for (const name of keys) {
		const words = textsIn(valueAt(body, name));
		if (words.length > 0) return words.join('; ');
	}
	return undefined;
}

/** Returns all texts in a value; a text in an object has its key as a prefix. */
export function textsIn(value: unknown): string[] {
	if (typeof value === 'string') return value.trim() === '' ? [] : [value.trim()];
	if (Array.isArray(value)) return value.flatMap(textsIn);
	if (typeof value !== 'object' || value === null) return [];
	return Object.entries(value).flatMap(([key, part]) => textsIn(part).map((words) => `${key}: ${words}`));
}

/**
 * Returns a text that is different for different values: their JSON if possible.
 *
 * Items of a workflow can contain values without a JSON form, such as a BigInt, a circular object or a getter that
 * throws.
 */
export function distinctText(value: unknown): string {
	try {
		return JSON.stringify(value) ?? typeof value;
	} catch {
		return described(value, []);
	}
}

/** Maximum depth for values without a JSON form, which may be nested too deeply for JSON. */
const DEEPEST = 100;

function described(value: unknown, around: readonly unknown[]): string {
	if (typeof value !== 'object' || value === null) return `${typeof value} ${toText(value)}`;
	if (around.includes(value) || around.length === DEEPEST) return 'circle';
	const partOf = (key: string): unknown => {
		try {
			return (value as IDataObject)[key];
		} catch {
			return 'unreadable';
		}
	};
	return `{${Object.keys(value)
		.map((key) => `${key}: ${described(partOf(key), [...around, value])}`)
		.join()}}`;
}
