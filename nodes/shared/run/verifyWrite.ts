import type { IDataObject } from 'n8n-workflow';
import { valueAt, toText } from '../base/json';
import { parseDateTime } from '../base/dates';
import { formatValue } from '../base/formatValue';
import type { Input } from '../fields/check';
import { isBlank } from '../fields';
import { placedFields, type Operation } from '../form/operation';

/** A form in which a number stays the same number. */
const NUMBER = /^-?\d+(\.\d+)?$/;

/**
 * What a vendor dropped or changed without a word, among the fields that the operation watches.
 *
 * @returns a sentence for each, by the label of the field
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
		const answered = valueAt(record, at);
		if (isSameValue(input[key], answered)) return [];
		const instead =
			answered === undefined ? 'does not answer with it; its version may not know it' : `has ${formatValue(answered)}`;
		return [`'${field.spec.label}' was not taken over: ${formatValue(input[key])} was sent, and ${vendor} ${instead}`];
	});
}

/** Whether two values mean the same: numbers by their size, moments by their second, also as text. */
export function isSameValue(sent: unknown, answered: unknown): boolean {
	if (isBlank(sent) || isBlank(answered)) return isBlank(sent) && isBlank(answered);
	return meaningOf(sent) === meaningOf(answered);
}

function meaningOf(value: unknown): string | number {
	if (typeof value === 'object') return JSON.stringify(value);
	const text = toText(value).trim();
	if (NUMBER.test(text)) return Number(text);
	const moment = parseDateTime(text, 'UTC')?.toMillis();
	return moment === undefined ? text : `at ${Math.floor(moment / 1000)}`;
}
