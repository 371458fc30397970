import type { IDataObject } from 'n8n-workflow';
import { FailureError } from '../base/failure';
import { isObject, valueAt } from '../base/json';
import { listAt, malformedResponse } from '../base/parseResponse';
import { formatValue } from '../base/formatValue';
import { queued, oneOrMany, deleted, listed, onlyOne, type Operation } from '../form/operation';

/**
 * Returns the records of a response. Some vendors return a list even for one record. After a write, an empty list becomes one
 * record with the whole response, so that the next node still gets the item. A search that found nothing returns nothing, even
 * if its method is POST.
 *
 * @throws FailureError if a read returns no record
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

/** Returns any response as records, because the response to a user's own request has an unknown shape. */
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
			description: 'Check the value that identifies it.',
			httpCode: 404,
			isMissing: true,
		});
	return records.slice(0, 1);
}

/** Returns the requested record. A response without a record is an error, not an empty record. */
function readRecord(operation: Pick<Operation, 'output'>, response: unknown): IDataObject {
	if (!isObject(response))
		throw malformedResponse(
			`The response must contain a record, but is ${isBlank(response) ? 'empty' : formatValue(response)}`,
		);
	return recordOf(operation, response);
}

/** Returns the record inside a response. Without the expected property, the whole response is the record, because APIs change. */
export function recordOf({ output }: Pick<Operation, 'output'>, response: unknown): IDataObject {
	if (output === deleted) return { deleted: true };
	if (output === queued) return { accepted: true };
	const record = typeof output === 'string' ? (valueAt(response, output) ?? response) : response;
	return isObject(record) ? record : isBlank(record) ? { success: true } : { value: record as IDataObject[string] };
}

/** Adds properties that the response lacks, from the checked input. Existing properties stay. */
export function completed(
	{ completedBy }: Operation,
	record: IDataObject,
	input: Readonly<Record<string, unknown>>,
): IDataObject {
	if (!completedBy) return record;
	const missing = Object.entries(completedBy).filter(([name, key]) => !(name in record) && input[key] !== undefined);
	return { ...record, ...(Object.fromEntries(missing.map(([name, key]) => [name, input[key]])) as IDataObject) };
}

/** Returns the most useful properties of a record, in the descriptor's order. Missing properties are left out. */
export function simplified({ simple }: Operation, record: IDataObject): IDataObject {
	const kept = simple!.filter((name) => name in record);
	return kept.length > 0 ? Object.fromEntries(kept.map((name) => [name, record[name]])) : record;
}

/** Removes the properties that must not be stored in the execution data, at any depth. */
export function withoutWithheld({ withheld }: Operation, record: IDataObject): IDataObject {
	if (!withheld) return record;
	const walk = (value: unknown): unknown => {
		if (Array.isArray(value)) return value.map(walk);
		if (!isObject(value)) return value;
		return Object.fromEntries(
			Object.entries(value)
				.filter(([name]) => !withheld.includes(name))
				.map(([name, property]) => [name, walk(property)]),
		);
	};
	return walk(record) as IDataObject;
}

/**
 * Returns a record as the `json` of a successful item.
 *
 * n8n treats an item with `json.error` as failed and may run the node again. A record's own `error` is therefore renamed.
 */
export function asSuccess(record: IDataObject): IDataObject {
	if (!('error' in record)) return record;
	const { error, ...rest } = record;
	return { ...rest, record_error: error };
}

function isBlank(value: unknown): boolean {
	return value === undefined || value === null || value === '';
}
