import type { IDataObject } from 'n8n-workflow';
import { isObject, toText } from '../shared/base/json';
import type { BulkResult } from '../shared/form/operation';
import { requestBody, type ApiRequest } from '../shared/http/apiRequest';

export type Results = Array<BulkResult | undefined>;

/** Reads the result of a row. Returns nothing if the row does not report the result of its item. */
type ReadRow = (row: IDataObject) => BulkResult | undefined;

/**
 * Assigns the rows of a response to the items of a bulk request. It uses the row numbers, which start at 1, or values
 * that the row and the item share. It never uses the position of a row alone.
 *
 * @returns a result per item, undefined if no row certainly belongs to the item. If no row can be assigned, but there
 * are as many rows as items and all report the same, this result without an ID counts for all items.
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

/** Returns a whole number from a number or its digits. Other text, such as '0x1' or ' 1', is not a number here. */
export function wholeNumber(value: unknown): number | undefined {
	if (typeof value === 'number') return Number.isSafeInteger(value) ? value : undefined;
	return typeof value === 'string' && /^(0|[1-9]\d{0,14})$/.test(value) ? Number(value) : undefined;
}

/** Returns the item of each row, undefined for a row without an item. Returns undefined if no row can be assigned. */
function itemsByRow(
	rows: readonly IDataObject[],
	requests: readonly ApiRequest[],
): Array<number | undefined> | undefined {
	const byContent = itemsByContent(rows, requests);
	const numbers = rows.map(({ RowNumber }) => wholeNumber(RowNumber));
	// If one number is out of range, the other numbers may not start at 1 either.
	const areNumbered =
		rows.length > 0 && numbers.every((number) => number !== undefined && number >= 1 && number <= requests.length);
	if (!areNumbered) return byContent.some((item) => item !== undefined) ? byContent : undefined;
	const byNumber = numbers.map((number) => number! - 1);
	const contradicts = byContent.some((item, row) => item !== undefined && item !== byNumber[row]);
	return contradicts ? rows.map(() => undefined) : byNumber;
}

/** Returns the only item that has the same values as a row, under all names that both have. */
function itemsByContent(rows: readonly IDataObject[], requests: readonly ApiRequest[]): Array<number | undefined> {
	const sent = requests.map(sentValues);
	return rows.map((row) => {
		const values = Object.entries(row).map(([name, value]) => [name.toLowerCase(), comparable(value)] as const);
		const matches = sent.flatMap((fields, item) => {
			const shared = values.filter(([name, value]) => value !== '' && fields.has(name));
			return shared.length > 0 && shared.every(([name, value]) => fields.get(name) === value) ? [item] : [];
		});
		return matches.length === 1 ? matches[0] : undefined;
	});
}

/**
 * Returns the values sent for an item by lower-case name. The body is an object, or a list of attributes and values.
 */
function sentValues(request: ApiRequest): Map<string, string> {
	const body = requestBody(request) ?? {};
	const fields = Array.isArray(body)
		? body.filter(isObject).map(({ Attribute, Value }): [string, unknown] => [toText(Attribute), Value])
		: Object.entries(body);
	return new Map(fields.map(([name, value]) => [name.toLowerCase(), comparable(value)]));
}

/** Returns a text or a number in a form for comparison. Any other value becomes empty, which matches nothing. */
const comparable = (value: unknown): string =>
	typeof value === 'string' || typeof value === 'number' ? String(value).trim().toLowerCase() : '';

/** Returns the result that all rows share, without the ID, because an ID belongs to only one row. */
function sameForAllRows(rows: readonly IDataObject[], count: number, read: ReadRow): BulkResult | undefined {
	const numbers = rows.map(({ RowNumber }) => RowNumber);
	const isPlain = numbers.every((number) => number === undefined) || isFromZero(numbers.map(wholeNumber));
	if (rows.length !== count || !isPlain) return undefined;
	const results = rows.map((row) => withoutId(read(row)));
	return results.every((result) => JSON.stringify(result) === JSON.stringify(results[0])) ? results[0] : undefined;
}

/** Returns whether the numbers are 0, 1, 2 and so on, in any order. They assign no row: 0 may also mean "not set". */
const isFromZero = (numbers: ReadonlyArray<number | undefined>) => numbers.every((_, index) => numbers.includes(index));

const withoutId = (result: BulkResult | undefined): BulkResult | undefined =>
	result && 'record' in result ? { record: { success: true } } : result;
