import type { IDataObject } from 'n8n-workflow';
import { firstText, isObject, valueAt, toText } from '../shared/base/json';
import { pairsOf } from '../shared/fields';
import type { BulkEndpoint, BulkResult } from '../shared/form/operation';
import { requestBody, type ApiRequest } from '../shared/http/apiRequest';
import { resultsByRow, wholeNumber } from './rowReceipts';

/** The rows of an answer, which is the list or holds it under some name: LeadSquared's page does not show it. */
function rowsOf(response: unknown): IDataObject[] {
	const list = Array.isArray(response)
		? response
		: Object.values(isObject(response) ? response : {}).find(Array.isArray);
	return Array.isArray(list) && list.every(isObject) ? list : [];
}

/** What became of a lead; nothing where its row says neither that it was made nor why not, or both. */
function resultOf(row: IDataObject): BulkResult | undefined {
	const refused = firstText(row, ['ExceptionMessage', 'ErrorMessage']);
	const code = firstText(row, ['ExceptionType']);
	if (refused ?? code) return saysDone(row) ? undefined : { refused: refused ?? code!, code };
	const Id = firstText(row, ['LeadId']);
	return Id && isDone(row) ? { record: { Id } } : undefined;
}

const saysDone = ({ LeadCreated, LeadUpdated }: IDataObject) => LeadCreated === true || LeadUpdated === true;

/** A row that says nothing of what was done counts by its ID alone. */
function isDone(row: IDataObject): boolean {
	return row.LeadCreated === undefined && row.LeadUpdated === undefined ? row.AffectedRows !== 0 : saysDone(row);
}

/** Receipts of `Lead/Bulk/Create`, a row for each lead. */
export const createdLeads = (response: unknown, requests: readonly ApiRequest[]): Array<BulkResult | undefined> =>
	resultsByRow(rowsOf(response), requests, resultOf);

/** Several new leads in one request. */
export const createInBulk: BulkEndpoint = {
	request: 'POST /LeadManagement.svc/Lead/Bulk/Create',
	page: 'https://apidocs.leadsquared.com/create-leads-in-bulk/',
	contract: 'bulkCreateLeads',
	size: 50,
	body: (requests) => requests.map(requestBody),
	results: createdLeads,
};

/** A note on a lead that was not made, because it was there already. */
export function changedInstead({ Id }: IDataObject, response: unknown): string | undefined {
	const isChanged = rowsOf(response).some(
		({ LeadId, LeadCreated, LeadUpdated }) => LeadId === Id && LeadUpdated === true && LeadCreated !== true,
	);
	return isChanged ? `Lead ${toText(Id)} was there already, and LeadSquared updated it` : undefined;
}

/** The name by which the request knows a lead's ID. */
const KEY = 'ProspectId';

/** Several updates in one request. */
export const updateInBulk: BulkEndpoint = {
	request: 'POST /LeadManagement.svc/Lead/Bulk/UpdateV2',
	page: 'https://apidocs.leadsquared.com/update-lead-in-bulk-v2/',
	contract: 'bulkUpdateLeads',
	size: 25,
	off: 'LeadSquared shows this request in a sample only. Items that trigger automations go one by one, because it cannot do that',
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

const nameOf = (id: unknown) => toText(id).toLowerCase();

/** Receipts of `Lead/Bulk/UpdateV2`, which names the leads that it did not change: the others were if the counts say so. */
function updatedLeads(response: unknown, requests: readonly ApiRequest[]): Array<BulkResult | undefined> {
	const named = ['FailedLeads', 'UnProcessedLeads'].flatMap((list) => {
		const rows = valueAt(response, `Details.${list}`);
		return Array.isArray(rows) ? rows.filter(isObject) : [];
	});
	const reasons = new Map(
		named.map((row) => [nameOf(row.IdentifierValue), firstText(row, ['Reason']) ?? 'no reason given']),
	);
	const refused = requests.filter(({ query }) => reasons.has(nameOf(query.leadId))).length;
	const addsUp =
		named.length === refused &&
		wholeNumber(valueAt(response, 'Status.TotalCount')) === requests.length &&
		wholeNumber(valueAt(response, 'Status.SuccessCount')) === requests.length - refused;
	return requests.map(({ query }) => {
		const reason = reasons.get(nameOf(query.leadId));
		if (reason) return { refused: reason };
		return addsUp ? { record: { AffectedRows: 1 } } : undefined;
	});
}
