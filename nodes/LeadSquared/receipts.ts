import type { IDataObject } from 'n8n-workflow';
import { isObject, valueAt, toText } from '../shared/base/json';
import type { BulkResult } from '../shared/form/operation';
import type { ApiRequest } from '../shared/http/apiRequest';
import { resultsByRow, wholeNumber, type Results } from './rowReceipts';

/**
 * Returns the results of activities that were added in bulk. Integrators have seen a row for each, in `Response` or as
 * the whole response, and also only a count. https://apidocs.leadsquared.com/post-bulk-activities-on-leads/
 */
export const postReceipts = (response: unknown, requests: readonly ApiRequest[]): Results =>
	receipts(response, requests, 'ActivityCreated');

/**
 * Returns the results of activities that were updated in bulk. LeadSquared documents only that it accepts the request.
 * https://apidocs.leadsquared.com/bulk-update-activities/
 */
export function updateReceipts(response: unknown, requests: readonly ApiRequest[]): Results {
	const hasResults = rowsOf(response) !== undefined || valueAt(response, 'Message.Count') !== undefined;
	if (!hasResults && isSuccess(response)) return requests.map(() => ({ accepted: {} }));
	return receipts(response, requests, 'ActivityUpdated');
}

/**
 * Returns the results from the rows, or from the count if there are no rows.
 *
 * @param done property of a row that says whether the activity was written
 */
function receipts(response: unknown, requests: readonly ApiRequest[], done: string): Results {
	const rows = rowsOf(response);
	if (rows) return resultsByRow(rows.filter(isObject), requests, (row) => resultOf(row, done));
	// A smaller count does not say which items it includes.
	const isAll = isSuccess(response) && wholeNumber(valueAt(response, 'Message.Count')) === requests.length;
	return requests.map(() => (isAll ? { record: { success: true } } : undefined));
}

const isSuccess = (response: unknown) => valueAt(response, 'Status') === 'Success';

function rowsOf(response: unknown): unknown[] | undefined {
	const rows = Array.isArray(response) ? (response as unknown[]) : valueAt(response, 'Response');
	return Array.isArray(rows) ? rows : undefined;
}

/** Returns the result of an activity. Returns nothing if its row has no result, or has both a success and a reason. */
function resultOf(row: IDataObject, done: string): BulkResult | undefined {
	const { ProspectActivityId: id, ExceptionMessage: message, ExceptionType: type } = row;
	const reason = typeof message === 'string' && message !== '' ? message : undefined;
	if (row[done] === true && !reason)
		return { record: typeof id === 'string' && id !== '' ? { Id: id } : { success: true } };
	if (row[done] !== false) return undefined;
	return { refused: reason ?? toText(row), code: typeof type === 'string' ? type : undefined };
}
