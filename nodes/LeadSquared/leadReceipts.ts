import type { IDataObject } from 'n8n-workflow';
import { firstText, isObject, memberOf, wordsOf } from '../shared/base/json';
import { pairsOf } from '../shared/fields';
import type { Batch, BatchResult } from '../shared/form/operation';
import { sentBody, type Call } from '../shared/http/call';

/** The rows of an answer, which is the list or holds it under some name: LeadSquared's page does not show it. */
function rowsOf(answer: unknown): IDataObject[] {
	const list = Array.isArray(answer) ? answer : Object.values(isObject(answer) ? answer : {}).find(Array.isArray);
	return Array.isArray(list) && list.every(isObject) ? list : [];
}

/** What became of a lead; nothing where its row says neither that it was made nor why not. */
function resultOf(row: IDataObject | undefined): BatchResult | undefined {
	const refused = firstText(row, ['ExceptionMessage', 'ErrorMessage']);
	const code = firstText(row, ['ExceptionType']);
	if (refused ?? code) return { refused: refused ?? code!, code };
	const Id = firstText(row, ['LeadId']);
	return Id && isDone(row!) ? { record: { Id } } : undefined;
}

/** A row that says nothing of what was done counts by its ID alone. */
function isDone({ LeadCreated, LeadUpdated, AffectedRows }: IDataObject): boolean {
	if (LeadCreated === undefined && LeadUpdated === undefined) return AffectedRows !== 0;
	return LeadCreated === true || LeadUpdated === true;
}

/** Positions of the rows in the request: by their numbers where all have one, by their order where none has and all came. */
function placesOf(rows: readonly IDataObject[], count: number): number[] {
	const numbers = rows.map(({ RowNumber }) => (RowNumber === undefined ? undefined : numberOf(RowNumber)));
	if (numbers.every((number) => number === undefined)) return rows.length === count ? [...rows.keys()] : [];
	const known = numbers.every((number) => Number.isInteger(number) && number! >= 1 && number! <= count);
	// A number that cannot be means that the others may be counted in another way, too.
	return known ? numbers.map((number) => number! - 1) : [];
}

const numberOf = (value: unknown) => (typeof value === 'number' || (typeof value === 'string' && value !== '') ? Number(value) : NaN);

/** Receipts of `Lead/Bulk/Create`, a row for each lead. Two rows for one lead tell of nobody knows which. */
export function createdLeads(answer: unknown, calls: readonly Call[]): Array<BatchResult | undefined> {
	const rows = rowsOf(answer);
	const places = placesOf(rows, calls.length);
	return calls.map((_call, index) => {
		const [first, second] = places.flatMap((place, row) => (place === index ? [rows[row]] : []));
		return second ? undefined : resultOf(first);
	});
}

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
		LeadPropertiesList: calls.map((call) => [...pairsOf({ [KEY]: call.query.leadId }, { name: 'Attribute' }), ...(sentBody(call) as unknown[])]),
		Options: { PushNonExistentLeadsToUnProcessedList: true },
	}),
	results: updatedLeads,
};

const nameOf = (id: unknown) => String(id).toLowerCase();

/** Receipts of `Lead/Bulk/UpdateV2`, which names the leads that it did not change: the others were if the counts say so. */
function updatedLeads(answer: unknown, calls: readonly Call[]): Array<BatchResult | undefined> {
	const named = ['FailedLeads', 'UnProcessedLeads'].flatMap((list) => {
		const rows = memberOf(answer, `Details.${list}`);
		return Array.isArray(rows) ? rows.filter(isObject) : [];
	});
	const reasons = new Map(named.map((row) => [nameOf(row.IdentifierValue), firstText(row, ['Reason']) ?? 'no reason given']));
	const refused = calls.filter(({ query }) => reasons.has(nameOf(query.leadId))).length;
	const addsUp =
		named.length === refused && memberOf(answer, 'Status.TotalCount') === calls.length && memberOf(answer, 'Status.SuccessCount') === calls.length - refused;
	return calls.map(({ query }) => {
		const reason = reasons.get(nameOf(query.leadId));
		if (reason) return { refused: reason };
		return addsUp ? { record: { AffectedRows: 1 } } : undefined;
	});
}
