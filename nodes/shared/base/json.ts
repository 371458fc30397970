import type { IDataObject } from 'n8n-workflow';
import { toText } from '../../../credentials/stringify';

export { toJson, toText } from '../../../credentials/stringify';

/** A member of an unknown object by its dotted path. */
export function valueAt(value: unknown, path: string): unknown {
	return path
		.split('.')
		.reduce<unknown>(
			(part, key) => (typeof part === 'object' && part !== null ? (part as IDataObject)[key] : undefined),
			value,
		);
}

/** The entry of a table under a key that came from elsewhere, and may be the name of something that every object has. */
export function entryOf<Entry>(table: Readonly<Record<string, Entry>>, key: unknown): Entry | undefined {
	return typeof key === 'string' && Object.hasOwn(table, key) ? table[key] : undefined;
}

export function isObject(value: unknown): value is IDataObject {
	return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** What is known of a record, as one line of a drop-down. */
export const listLabel = (...parts: unknown[]): string => parts.filter(Boolean).map(toText).join(' · ');

/** First text among some members of an answer: a text, a list of texts, or lists of texts by field. */
export function firstText(body: unknown, members: readonly string[]): string | undefined {
	for (const name of members) {
		const words = textsIn(valueAt(body, name));
		if (words.length > 0) return words.join('; ');
	}
	return undefined;
}

/** Every text inside a value; texts of an object come with the name of their member. */
export function textsIn(value: unknown): string[] {
	if (typeof value === 'string') return value.trim() === '' ? [] : [value.trim()];
	if (Array.isArray(value)) return value.flatMap(textsIn);
	if (typeof value !== 'object' || value === null) return [];
	return Object.entries(value).flatMap(([key, member]) => textsIn(member).map((words) => `${key}: ${words}`));
}

/**
 * A text that differs for values that differ: JSON where there is one. Items of a workflow can hold what JSON has no form
 * for, such as a BigInt, an object that holds itself, or a getter that throws.
 */
export function distinctText(value: unknown): string {
	try {
		return JSON.stringify(value) ?? typeof value;
	} catch {
		return described(value, []);
	}
}

/** Levels of a value that are told apart where JSON fails: it may be too deep for JSON. */
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
