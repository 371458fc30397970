import type { IDataObject } from 'n8n-workflow';
import { FailureError } from '../base/failure';
import { isObject, valueAt } from '../base/json';
import { listAt, malformedResponse } from '../base/parseResponse';
import { formatValue } from '../base/formatValue';
import { queued, oneOrMany, deleted, listed, onlyOne, type Operation } from '../form/operation';

/**
 * The records of an answer: those of a list by which some vendors answer even about one record, else the one record. An
 * empty list stays in its envelope after a write, so that the item does not get lost on its way to the next node. A search
 * that found nothing gives nothing, also where the vendor wants it as a POST.
 *
 * @throws FailureError when something was asked for and no record came
 */
export function recordsIn(operation: Operation, response: unknown): IDataObject[] {
	const { output, effect } = operation;
	const isSearch = effect === 'reads';
	if (output === listed || output === onlyOne) return listedRecords(response, output === onlyOne);
	if (output === oneOrMany) return foundRecords(response, isSearch);
	const list = typeof output === 'string' ? valueAt(response, output) : undefined;
	if (!Array.isArray(list)) return [isSearch ? readRecord(operation, response) : recordOf(operation, response)];
	const records = list.length > 0 || isSearch ? list : [response];
	return records.map((record) => (isSearch ? readRecord({}, record) : recordOf({}, record)));
}

/** Whatever came, because nobody knows what the answer to a request of the user's own holds. */
function foundRecords(response: unknown, isSearch: boolean): IDataObject[] {
	const records = Array.isArray(response) && (response.length > 0 || isSearch) ? response : [response];
	return records.map((record) => recordOf({}, record));
}

function listedRecords(response: unknown, isOne: boolean): IDataObject[] {
	const records = listAt(response);
	if (!isOne) return records;
	if (records.length === 0)
		throw new FailureError({
			message: 'There is no such record',
			description: 'Check the value that names it.',
			httpCode: 404,
			isMissing: true,
		});
	return records.slice(0, 1);
}

/** The record that was asked for. An answer without one is no empty record. */
function readRecord(operation: Pick<Operation, 'output'>, response: unknown): IDataObject {
	if (!isObject(response))
		throw malformedResponse(
			`The answer holds no record${isBlankAnswer(response) ? ', it is empty' : `, but ${formatValue(response)}`}`,
		);
	return recordOf(operation, response);
}

/** The record inside an answer. An answer without the expected member is given as it is, because vendors change. */
export function recordOf({ output }: Pick<Operation, 'output'>, response: unknown): IDataObject {
	if (output === deleted) return { deleted: true };
	if (output === queued) return { accepted: true };
	const record = typeof output === 'string' ? (valueAt(response, output) ?? response) : response;
	return isObject(record)
		? record
		: isBlankAnswer(record)
			? { success: true }
			: { value: record as IDataObject[string] };
}

/** A record with what the answer does not tell of it, from the checked input; a member that came stays. */
export function completed(
	{ completedBy }: Operation,
	record: IDataObject,
	input: Readonly<Record<string, unknown>>,
): IDataObject {
	if (!completedBy) return record;
	const missing = Object.entries(completedBy).filter(([name, key]) => !(name in record) && input[key] !== undefined);
	return { ...record, ...(Object.fromEntries(missing.map(([name, key]) => [name, input[key]])) as IDataObject) };
}

/** The most useful members of a record, in the descriptor's order; members that did not come are left out. */
export function simplified({ simple }: Operation, record: IDataObject): IDataObject {
	const kept = simple!.filter((name) => name in record);
	return kept.length > 0 ? Object.fromEntries(kept.map((name) => [name, record[name]])) : record;
}

/** A record without the members that are kept out of the data of an execution, wherever in it they stand. */
export function withoutWithheld({ withheld }: Operation, record: IDataObject): IDataObject {
	if (!withheld) return record;
	const walk = (value: unknown): unknown => {
		if (Array.isArray(value)) return value.map(walk);
		if (!isObject(value)) return value;
		return Object.fromEntries(
			Object.entries(value)
				.filter(([name]) => !withheld.includes(name))
				.map(([name, member]) => [name, walk(member)]),
		);
	};
	return walk(record) as IDataObject;
}

/**
 * A record as the `json` of a success item.
 *
 * n8n takes an item whose `json.error` is set for a failed one and may run the node again: a record's own member of
 * that name is renamed.
 */
export function asSuccess(record: IDataObject): IDataObject {
	if (!('error' in record)) return record;
	const { error, ...rest } = record;
	return { ...rest, record_error: error };
}

function isBlankAnswer(value: unknown): boolean {
	return value === undefined || value === null || value === '';
}
