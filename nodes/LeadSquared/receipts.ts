import type { IDataObject } from 'n8n-workflow';
import { isObject, valueAt, toText } from '../shared/base/json';
import type { BulkResult } from '../shared/form/operation';
import type { ApiRequest } from '../shared/http/apiRequest';
import { resultsByRow, wholeNumber, type Results } from './rowReceipts';

/**
 * What became of activities that were posted together. Integrators have seen a row for each, inside `Response` or bare,
 * and nothing but a count. https://apidocs.leadsquared.com/post-bulk-activities-on-leads/
 */
export const postReceipts = (response: unknown, requests: readonly ApiRequest[]): Results =>
	receipts(response, requests, 'ActivityCreated');

/**
 * What became of activities that were updated together: the page shows no more than that the request was taken.
 * https://apidocs.leadsquared.com/bulk-update-activities/
 */
export function updateReceipts(response: unknown, requests: readonly ApiRequest[]): Results {
	const tellsOfItems = rowsOf(response) !== undefined || valueAt(response, 'Message.Count') !== undefined;
	if (!tellsOfItems && isSuccess(response)) return requests.map(() => ({ accepted: {} }));
	return receipts(response, requests, 'ActivityUpdated');
}

/** @param done member of a row that says whether the activity was written */
function receipts(response: unknown, requests: readonly ApiRequest[], done: string): Results {
	const rows = rowsOf(response);
	if (rows) return resultsByRow(rows.filter(isObject), requests, (row) => resultOf(row, done));
	// A smaller count says of no item whether it is among them.
	const isAll = isSuccess(response) && wholeNumber(valueAt(response, 'Message.Count')) === requests.length;
	return requests.map(() => (isAll ? { record: { success: true } } : undefined));
}

const isSuccess = (response: unknown) => valueAt(response, 'Status') === 'Success';

function rowsOf(response: unknown): unknown[] | undefined {
	const rows = Array.isArray(response) ? (response as unknown[]) : valueAt(response, 'Response');
	return Array.isArray(rows) ? rows : undefined;
}

/** What became of an activity; nothing where its row does not say, or says that it was written and why not. */
function resultOf(row: IDataObject, done: string): BulkResult | undefined {
	const { ProspectActivityId: id, ExceptionMessage: message, ExceptionType: type } = row;
	const reason = typeof message === 'string' && message !== '' ? message : undefined;
	if (row[done] === true && !reason)
		return { record: typeof id === 'string' && id !== '' ? { Id: id } : { success: true } };
	if (row[done] !== false) return undefined;
	return { refused: reason ?? toText(row), code: typeof type === 'string' ? type : undefined };
}
