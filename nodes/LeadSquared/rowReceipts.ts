import type { IDataObject } from 'n8n-workflow';
import { isObject, toText } from '../shared/base/json';
import type { BulkResult } from '../shared/form/operation';
import { requestBody, type ApiRequest } from '../shared/http/apiRequest';

export type Results = Array<BulkResult | undefined>;

/** Reads a receipt: nothing where the row does not say what became of its item. */
type ReadRow = (row: IDataObject) => BulkResult | undefined;

/**
 * Assigns the rows of a response to the items of a bulk request: by their numbers, which begin at 1, or by values that
 * row and item share. A row is never assigned by its position alone.
 *
 * @returns a result per item. It is undefined where no row is surely the item's. Where no row can be assigned but all
 * say the same of as many items as were sent, the result counts for all of them, without an ID.
 */
export function resultsByRow(rows: readonly IDataObject[], requests: readonly ApiRequest[], read: ReadRow): Results {
	const itemOf = itemsByRow(rows, requests);
	if (itemOf) {
		return requests.map((_, item) => {
			const own = rows.filter((_row, index) => itemOf[index] === item);
			return own.length === 1 ? read(own[0]) : undefined;
		});
	}
	const shared = sameForAllRows(rows, requests.length, read);
	return requests.map(() => shared);
}

/** A whole number, as a number or as its digits. Other text that JavaScript reads as a number, such as '0x1' or ' 1', is none. */
export function wholeNumber(value: unknown): number | undefined {
	if (typeof value === 'number') return Number.isSafeInteger(value) ? value : undefined;
	return typeof value === 'string' && /^(0|[1-9]\d{0,14})$/.test(value) ? Number(value) : undefined;
}

/** The item of each row; undefined for a row that names none, and altogether where no row can be assigned. */
function itemsByRow(
	rows: readonly IDataObject[],
	requests: readonly ApiRequest[],
): Array<number | undefined> | undefined {
	const byContent = itemsByContent(rows, requests);
	const numbers = rows.map(({ RowNumber }) => wholeNumber(RowNumber));
	// One number out of range shows that the others may be counted in another way, too.
	const areNumbered =
		rows.length > 0 && numbers.every((number) => number !== undefined && number >= 1 && number <= requests.length);
	if (!areNumbered) return byContent.some((item) => item !== undefined) ? byContent : undefined;
	const byNumber = numbers.map((number) => number! - 1);
	const contradicts = byContent.some((item, row) => item !== undefined && item !== byNumber[row]);
	return contradicts ? rows.map(() => undefined) : byNumber;
}

/** The one item with the same values as a row, under all names that both have. */
function itemsByContent(rows: readonly IDataObject[], requests: readonly ApiRequest[]): Array<number | undefined> {
	const sent = requests.map(sentValues);
	return rows.map((row) => {
		const values = Object.entries(row).map(([name, value]) => [name.toLowerCase(), comparable(value)] as const);
		const fits = sent.flatMap((members, item) => {
			const shared = values.filter(([name, value]) => value !== '' && members.has(name));
			return shared.length > 0 && shared.every(([name, value]) => members.get(name) === value) ? [item] : [];
		});
		return fits.length === 1 ? fits[0] : undefined;
	});
}

/** What was sent for an item, by lower-case name: the members of its body, or its list of attributes and values. */
function sentValues(request: ApiRequest): Map<string, string> {
	const body = requestBody(request) ?? {};
	const members = Array.isArray(body)
		? body.filter(isObject).map(({ Attribute, Value }): [string, unknown] => [toText(Attribute), Value])
		: Object.entries(body);
	return new Map(members.map(([name, value]) => [name.toLowerCase(), comparable(value)]));
}

/** A text or a number in a form that compares; everything else equals nothing. */
const comparable = (value: unknown): string =>
	typeof value === 'string' || typeof value === 'number' ? String(value).trim().toLowerCase() : '';

/** The one result of rows that say the same, without the ID, which belongs to one of them. */
function sameForAllRows(rows: readonly IDataObject[], count: number, read: ReadRow): BulkResult | undefined {
	const numbers = rows.map(({ RowNumber }) => RowNumber);
	const isPlain = numbers.every((number) => number === undefined) || isFromZero(numbers.map(wholeNumber));
	if (rows.length !== count || !isPlain) return undefined;
	const results = rows.map((row) => withoutId(read(row)));
	return results.every((result) => JSON.stringify(result) === JSON.stringify(results[0])) ? results[0] : undefined;
}

/** Whether the numbers are 0, 1, 2 and so on, in any order. 0 may also be a number that was never set, so they assign no row. */
const isFromZero = (numbers: ReadonlyArray<number | undefined>) => numbers.every((_, index) => numbers.includes(index));

const withoutId = (result: BulkResult | undefined): BulkResult | undefined =>
	result && 'record' in result ? { record: { success: true } } : result;
