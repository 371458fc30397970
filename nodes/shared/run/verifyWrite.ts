import type { IDataObject } from 'n8n-workflow';
import { valueAt, toText } from '../base/json';
import { parseDateTime } from '../base/dates';
import { formatValue } from '../base/formatValue';
import type { Input } from '../fields/check';
import { isBlank } from '../fields';
import { placedFields, type Operation } from '../form/operation';

/** Matches a plain decimal number. */
const NUMBER = /^-?\d+(\.\d+)?$/;

/**
 * Finds fields that a vendor dropped or changed without an error. The operation lists the fields to compare.
 *
 * @returns a sentence for each such field, with its label
 */
export function droppedFields(
	{ fields, watch }: Operation,
	input: Input,
	record: IDataObject,
	vendor: string,
): string[] {
	if (!watch) return [];
	const watched = placedFields(fields).filter(({ key }) => watch.includes(key) && input[key] !== undefined);
	return watched.flatMap(({ key, at, field }) => {
		const returned = valueAt(record, at);
		if (isSameValue(input[key], returned)) return [];
		const problem =
			returned === undefined ? 'did not return it; its version may not know it' : `returned ${formatValue(returned)}`;
		return [`'${field.spec.label}' was not saved: ${formatValue(input[key])} was sent, but ${vendor} ${problem}`];
	});
}

/** Returns whether two values mean the same. Compares numbers by value, and timestamps by second, also as text. */
export function isSameValue(sent: unknown, returned: unknown): boolean {
	if (isBlank(sent) || isBlank(returned)) return isBlank(sent) && isBlank(returned);
	return meaningOf(sent) === meaningOf(returned);
}

function meaningOf(value: unknown): string | number {
	if (typeof value === 'object') return JSON.stringify(value);
	const text = toText(value).trim();
	if (NUMBER.test(text)) return Number(text);
	const timestamp = parseDateTime(text, 'UTC')?.toMillis();
	return timestamp === undefined ? text : `at ${Math.floor(timestamp / 1000)}`;
}
