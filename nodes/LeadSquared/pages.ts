import type { IDataObject } from 'n8n-workflow';
import { isObject, valueAt, toText } from '../shared/base/json';
import { listAt } from '../shared/base/parseResponse';
import type { PageStyle } from '../shared/http/paging';

/** A lead whose members came as a list of pairs, as one object. */
export function flat(record: IDataObject): IDataObject {
	const { LeadPropertyList: pairs } = record;
	return Array.isArray(pairs)
		? Object.fromEntries(listAt(pairs).map(({ Attribute, Value }) => [toText(Attribute), Value]))
		: record;
}

/**
 * Pages by number. No page documents a total for all lists, so that a short page is the last one.
 * https://apidocs.leadsquared.com/search-by-lead-criteria/
 *
 * @param path member of the answer that is the list; the answer itself without it
 * @param largest records that a page may hold
 */
export const pagesOf = (path: string | undefined, largest: number, identity?: string): PageStyle => ({
	ask: (page, size) => ({ Paging: { PageIndex: page, PageSize: size } }),
	place: 'body',
	largest,
	records: (response) => listAt(response, path).map(flat),
	identity,
});

/** The vendor's own count, which some answers give as text. */
function recordCount(response: unknown): number | undefined {
	const count = Number(toText(valueAt(response, 'RecordCount') ?? ''));
	return Number.isInteger(count) ? count : undefined;
}

/** Tasks are read by the number of rows to skip. Integrators get 500 at a time. https://apidocs.leadsquared.com/retrieve-tasks/ */
export const taskPages: PageStyle = {
	ask: (page, size) => ({ Paging: { Offset: (page - 1) * size, RowCount: size } }),
	place: 'body',
	largest: 500,
	records: (response) => listAt(response, 'List'),
	total: recordCount,
	identity: 'UserTaskId',
};

/** Lists come in pages whose size nobody can choose, and no page says which it is. https://apidocs.leadsquared.com/retrieve-all-lists/ */
export const listPages: PageStyle = {
	ask: (PageIndex) => ({ PageIndex }),
	place: 'query',
	largest: Infinity,
	records: (response) => listAt(response),
	// Only an empty page is surely the last.
	more: () => true,
	identity: 'ListId',
};

/** Neither the form of the answer nor its largest page is documented: the size is that of the sample. https://github.com/LeadSquared/php-library */
export const productPages: PageStyle = {
	...pagesOf(undefined, 10),
	records: (response) => listAt(response, Array.isArray(response) ? undefined : listName(response)),
};

/** Name of the one list in an answer. */
const listName = (response: unknown) =>
	Object.entries(isObject(response) ? response : {}).find(([, member]) => Array.isArray(member))?.[0] ?? 'List';

/** The page size of the example. https://apidocs.leadsquared.com/retrieve-a-webhook/ */
export const webhookPages = pagesOf('Response', 25, 'WebhookId');
