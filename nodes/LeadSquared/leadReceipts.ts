import type { IDataObject } from 'n8n-workflow';
import { firstText, isObject, valueAt, toText } from '../shared/base/json';
import { pairsOf } from '../shared/fields';
import type { BulkEndpoint, BulkResult } from '../shared/form/operation';
import { requestBody, type ApiRequest } from '../shared/http/apiRequest';
import { resultsByRow, wholeNumber } from './rowReceipts';

/**
 * Returns the rows of a response: the list itself, or the list under any name. LeadSquared's page does not show the
 * form.
 */
function rowsOf(response: unknown): IDataObject[] {
	const list = Array.isArray(response)
		? response
		: Object.values(isObject(response) ? response : {}).find(Array.isArray);
	return Array.isArray(list) && list.every(isObject) ? list : [];
}

/** Returns the result of a lead. Returns nothing if its row has neither a success nor a reason, or has both. */
function resultOf(row: IDataObject): BulkResult | undefined {
	const reason = firstText(row, ['ExceptionMessage', 'ErrorMessage']);
	const code = firstText(row, ['ExceptionType']);
	if (reason ?? code) return saysDone(row) ? undefined : { refused: reason ?? code!, code };
	const Id = firstText(row, ['LeadId']);
	return Id && isDone(row) ? { record: { Id } } : undefined;
}

const saysDone = ({ LeadCreated, LeadUpdated }: IDataObject) => LeadCreated === true || LeadUpdated === true;

/** Returns whether a lead was written. A row without this information needs only its ID. */
function isDone(row: IDataObject): boolean {
	return row.LeadCreated === undefined && row.LeadUpdated === undefined ? row.AffectedRows !== 0 : saysDone(row);
}

/** Returns the results of `Lead/Bulk/Create`, which has a row for each lead. */
export const createdLeads = (response: unknown, requests: readonly ApiRequest[]): Array<BulkResult | undefined> =>
	resultsByRow(rowsOf(response), requests, resultOf);

/** Creates several leads in one request. */
export const createInBulk: BulkEndpoint = {
	request: 'POST /LeadManagement.svc/Lead/Bulk/Create',
	page: 'https://apidocs.leadsquared.com/create-leads-in-bulk/',
	contract: 'bulkCreateLeads',
	size: 50,
	body: (requests) => requests.map(requestBody),
	results: createdLeads,
};

/** Returns a hint if LeadSquared updated an existing lead instead of creating one. */
export function changedInstead({ Id }: IDataObject, response: unknown): string | undefined {
	const isChanged = rowsOf(response).some(
		({ LeadId, LeadCreated, LeadUpdated }) => LeadId === Id && LeadUpdated === true && LeadCreated !== true,
	);
	return isChanged ? `Lead ${toText(Id)} already existed, and LeadSquared updated it` : undefined;
}

/** Name of a lead's ID in the request. */
const KEY = 'ProspectId';

/** Updates several leads in one request. */
export const updateInBulk: BulkEndpoint = {
	request: 'POST /LeadManagement.svc/Lead/Bulk/UpdateV2',
	page: 'https://apidocs.leadsquared.com/update-lead-in-bulk-v2/',
	contract: 'bulkUpdateLeads',
	size: 25,
	off: 'LeadSquared documents this request only in a sample. Items that trigger automations are sent one by one, because the bulk request cannot do that',
	fits: ({ query }) => query.postUpdatedLead !== true,
	body: (requests) => ({
		SearchByKey: KEY,
		LeadPropertiesList: requests.map((request) => ({
			Fields: [
				...pairsOf({ [KEY]: request.query.leadId }, { name: 'Attribute' }),
				...(requestBody(request) as unknown[]),
			],
		})),
		Options: { PushNonExistentLeadsToUnProcessedList: true },
	}),
	results: updatedLeads,
};

const normalizedId = (id: unknown) => toText(id).toLowerCase();

/**
 * Returns the results of `Lead/Bulk/UpdateV2`. It names the leads that it did not change; its counts confirm the
 * others.
 */
function updatedLeads(response: unknown, requests: readonly ApiRequest[]): Array<BulkResult | undefined> {
	const failed = ['FailedLeads', 'UnProcessedLeads'].flatMap((list) => {
		const rows = valueAt(response, `Details.${list}`);
		return Array.isArray(rows) ? rows.filter(isObject) : [];
	});
	const reasons = new Map(
		failed.map((row) => [normalizedId(row.IdentifierValue), firstText(row, ['Reason']) ?? 'no reason given']),
	);
	const refused = requests.filter(({ query }) => reasons.has(normalizedId(query.leadId))).length;
	const addsUp =
		failed.length === refused &&
		wholeNumber(valueAt(response, 'Status.TotalCount')) === requests.length &&
		wholeNumber(valueAt(response, 'Status.SuccessCount')) === requests.length - refused;
	return requests.map(({ query }) => {
		const reason = reasons.get(normalizedId(query.leadId));
		if (reason) return { refused: reason };
		return addsUp ? { record: { AffectedRows: 1 } } : undefined;
	});
}
