import type { IDataObject } from 'n8n-workflow';
import { isObject, memberOf, wordsOf } from '../shared/base/json';
import type { BatchResult } from '../shared/form/operation';
import type { Call } from '../shared/http/call';
import { resultsByRow, wholeNumber, type Results } from './rowReceipts';

/**
 * What became of activities that were posted together. Integrators have seen a row for each, inside `Response` or bare,
 * and nothing but a count. https://apidocs.leadsquared.com/post-bulk-activities-on-leads/
 */
export const postReceipts = (answer: unknown, calls: readonly Call[]): Results => receipts(answer, calls, 'ActivityCreated');

/**
 * What became of activities that were updated together: the page shows no more than that the request was taken.
 * https://apidocs.leadsquared.com/bulk-update-activities/
 */
export function updateReceipts(answer: unknown, calls: readonly Call[]): Results {
	const tellsOfItems = rowsOf(answer) !== undefined || memberOf(answer, 'Message.Count') !== undefined;
	if (!tellsOfItems && isSuccess(answer)) return calls.map(() => ({ accepted: {} }));
	return receipts(answer, calls, 'ActivityUpdated');
}

/** @param done member of a row that says whether the activity was written */
function receipts(answer: unknown, calls: readonly Call[], done: string): Results {
	const rows = rowsOf(answer);
	if (rows) return resultsByRow(rows.filter(isObject), calls, (row) => resultOf(row, done));
	// A smaller count says of no item whether it is among them.
	const isAll = isSuccess(answer) && wholeNumber(memberOf(answer, 'Message.Count')) === calls.length;
	return calls.map(() => (isAll ? { record: { success: true } } : undefined));
}

const isSuccess = (answer: unknown) => memberOf(answer, 'Status') === 'Success';

function rowsOf(answer: unknown): unknown[] | undefined {
	const rows = Array.isArray(answer) ? (answer as unknown[]) : memberOf(answer, 'Response');
	return Array.isArray(rows) ? rows : undefined;
}

/** What became of an activity; nothing where its row does not say, or says that it was written and why not. */
function resultOf(row: IDataObject, done: string): BatchResult | undefined {
	const { ProspectActivityId: id, ExceptionMessage: message, ExceptionType: type } = row;
	const reason = typeof message === 'string' && message !== '' ? message : undefined;
	if (row[done] === true && !reason) return { record: typeof id === 'string' && id !== '' ? { Id: id } : { success: true } };
	if (row[done] !== false) return undefined;
	return { refused: reason ?? wordsOf(row), code: typeof type === 'string' ? type : undefined };
}
