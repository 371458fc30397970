import type { IDataObject } from 'n8n-workflow';
import { firstText, isObject, memberOf, wordsOf } from '../shared/base/json';
import { pairsOf } from '../shared/fields';
import type { Batch, BatchResult } from '../shared/form/operation';
import { sentBody, type Call } from '../shared/http/call';
import { resultsByRow, wholeNumber } from './rowReceipts';

/** The rows of an answer, which is the list or holds it under some name: LeadSquared's page does not show it. */
function rowsOf(answer: unknown): IDataObject[] {
	const list = Array.isArray(answer) ? answer : Object.values(isObject(answer) ? answer : {}).find(Array.isArray);
	return Array.isArray(list) && list.every(isObject) ? list : [];
}

/** What became of a lead; nothing where its row says neither that it was made nor why not, or both. */
function resultOf(row: IDataObject): BatchResult | undefined {
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
export const createdLeads = (answer: unknown, calls: readonly Call[]): Array<BatchResult | undefined> => resultsByRow(rowsOf(answer), calls, resultOf);

/** Several new leads in one request. */
export const createInBulk: Batch = {
	request: 'POST /LeadManagement.svc/Lead/Bulk/Create',
	page: 'https://apidocs.leadsquared.com/create-leads-in-bulk/',
	contract: 'bulkCreateLeads',
	size: 50,
	body: (calls) => calls.map(sentBody),
	results: createdLeads,
};

/** A note on a lead that was not made, because it was there already. */
export function changedInstead({ Id }: IDataObject, answer: unknown): string | undefined {
	const isChanged = rowsOf(answer).some(({ LeadId, LeadCreated, LeadUpdated }) => LeadId === Id && LeadUpdated === true && LeadCreated !== true);
	return isChanged ? `Lead ${wordsOf(Id)} was there already, and LeadSquared updated it` : undefined;
}

/** The name by which the request knows a lead's ID. */
const KEY = 'ProspectId';

/** Several updates in one request. */
export const updateInBulk: Batch = {
	request: 'POST /LeadManagement.svc/Lead/Bulk/UpdateV2',
	page: 'https://apidocs.leadsquared.com/update-lead-in-bulk-v2/',
	contract: 'bulkUpdateLeads',
	size: 25,
	off: 'LeadSquared shows this request in a sample only. Items that trigger automations go one by one, because it cannot do that',
	fits: ({ query }) => query.postUpdatedLead !== true,
	body: (calls) => ({
		SearchByKey: KEY,
		LeadPropertiesList: calls.map((call) => ({
			Fields: [...pairsOf({ [KEY]: call.query.leadId }, { name: 'Attribute' }), ...(sentBody(call) as unknown[])],
		})),
		Options: { PushNonExistentLeadsToUnProcessedList: true },
	}),
	results: updatedLeads,
};

const nameOf = (id: unknown) => wordsOf(id).toLowerCase();

/** Receipts of `Lead/Bulk/UpdateV2`, which names the leads that it did not change: the others were if the counts say so. */
function updatedLeads(answer: unknown, calls: readonly Call[]): Array<BatchResult | undefined> {
	const named = ['FailedLeads', 'UnProcessedLeads'].flatMap((list) => {
		const rows = memberOf(answer, `Details.${list}`);
		return Array.isArray(rows) ? rows.filter(isObject) : [];
	});
	const reasons = new Map(named.map((row) => [nameOf(row.IdentifierValue), firstText(row, ['Reason']) ?? 'no reason given']));
	const refused = calls.filter(({ query }) => reasons.has(nameOf(query.leadId))).length;
	const addsUp =
		named.length === refused &&
		wholeNumber(memberOf(answer, 'Status.TotalCount')) === calls.length &&
		wholeNumber(memberOf(answer, 'Status.SuccessCount')) === calls.length - refused;
	return calls.map(({ query }) => {
		const reason = reasons.get(nameOf(query.leadId));
		if (reason) return { refused: reason };
		return addsUp ? { record: { AffectedRows: 1 } } : undefined;
	});
}
