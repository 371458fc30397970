import type { IDataObject } from 'n8n-workflow';
import { isObject, valueAt, toText } from '../shared/base/json';
import { listAt } from '../shared/base/parseResponse';
import type { PageStyle } from '../shared/http/paging';

/** Returns a lead as one object, also if its fields came as a list of pairs. */
export function flat(record: IDataObject): IDataObject {
	const { LeadPropertyList: pairs } = record;
	return Array.isArray(pairs)
		? Object.fromEntries(listAt(pairs).map(({ Attribute, Value }) => [toText(Attribute), Value]))
		: record;
}

/**
 * Returns the style of pages by number. LeadSquared does not document a total for all lists, so a short page is the
 * last. https://apidocs.leadsquared.com/search-by-lead-criteria/
 *
 * @param path property of the response that is the list. Without it, the whole response is.
 * @param maxPageSize largest number of records on a page
 * @param identity property that identifies a record
 */
export const pagesOf = (path: string | undefined, maxPageSize: number, identity?: string): PageStyle => ({
	parameters: (page, size) => ({ Paging: { PageIndex: page, PageSize: size } }),
	part: 'body',
	maxPageSize,
	records: (response) => listAt(response, path).map(flat),
	identity,
});

/** Returns the vendor's own count, which is a text in some responses. */
function recordCount(response: unknown): number | undefined {
	const count = Number(toText(valueAt(response, 'RecordCount') ?? ''));
	return Number.isInteger(count) ? count : undefined;
}

/**
 * The offset of a page of tasks counts rows. Integrators get 500 tasks per request.
 * https://apidocs.leadsquared.com/retrieve-tasks/
 */
export const taskPages: PageStyle = {
	parameters: (page, size) => ({ Paging: { Offset: (page - 1) * size, RowCount: size } }),
	part: 'body',
	maxPageSize: 500,
	records: (response) => listAt(response, 'List'),
	total: recordCount,
	identity: 'UserTaskId',
};

/**
 * Pages of lists have a fixed size, which LeadSquared does not document.
 * https://apidocs.leadsquared.com/retrieve-all-lists/
 */
export const listPages: PageStyle = {
	parameters: (PageIndex) => ({ PageIndex }),
	part: 'query',
	maxPageSize: Infinity,
	records: (response) => listAt(response),
	// The page size is unknown, so only an empty page is certainly the last.
	more: () => true,
	identity: 'ListId',
};

/**
 * LeadSquared documents neither the response nor the largest page. The size is from the sample.
 * https://github.com/LeadSquared/php-library
 */
export const productPages: PageStyle = {
	...pagesOf(undefined, 10),
	records: (response) => listAt(response, Array.isArray(response) ? undefined : listName(response)),
};

/** Returns the name of the first list in a response. */
const listName = (response: unknown) =>
	Object.entries(isObject(response) ? response : {}).find(([, value]) => Array.isArray(value))?.[0] ?? 'List';

/** The page size is from the vendor's example. https://apidocs.leadsquared.com/retrieve-a-webhook/ */
export const webhookPages = pagesOf('Response', 25, 'WebhookId');
