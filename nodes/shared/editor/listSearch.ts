import type {
	ILoadOptionsFunctions,
	INodeListSearchItems,
	INodeListSearchResult,
	INodePropertyOptions,
} from 'n8n-workflow';
import { failureOf } from '../base/failure';
import { listAt, malformedResponse } from '../base/parseResponse';
import { formatValue } from '../base/formatValue';
import { isBlank } from '../fields/field';
import type { Lookup } from '../fields/lookup';
import type { Vendor } from '../form/vendor';
import { requestLine, type SendRequest, type ApiRequest } from '../http/apiRequest';
import type { Connection } from '../http/connection';
import { hasMore, pageCall } from '../http/paging';
import { requestsThrough } from '../http/request';
import { withEndpointError, withEditorConnection, parentOf, pathWith } from './editor';

/** Number of entries that a drop-down loads at a time. More load when the user scrolls. */
const LIST_PAGE = 50;

/** Maximum number of pages that one search reads if the vendor's list has no search. */
const PAGES_SEARCHED = 5;

type ListSearch = (
	this: ILoadOptionsFunctions,
	filter?: string,
	paginationToken?: string,
) => Promise<INodeListSearchResult>;
type LoadOptions = (this: ILoadOptionsFunctions) => Promise<INodePropertyOptions[]>;

/** Returns the list-search methods of a node, by name. */
export function listSearchMethods(vendor: Vendor, lookups: readonly Lookup[]): Record<string, ListSearch> {
	return Object.fromEntries(lookups.map((lookup) => [lookup.name, listSearch(vendor, lookup)]));
}

/** Returns the methods that fill multi-selects, by name. Their lists are short enough to be shown completely. */
export function loadOptionsMethods(vendor: Vendor, lookups: readonly Lookup[]): Record<string, LoadOptions> {
	return Object.fromEntries(lookups.map((lookup) => [lookup.name, loadOptions(vendor, lookup)]));
}

function listSearch(vendor: Vendor, lookup: Lookup): ListSearch {
	return async function (filter, paginationToken) {
		if (lookup.filterRequired && isBlank(filter)) return { results: [] };
		return await withEditorConnection(
			this,
			vendor,
			async (connection) =>
				await readOn(connection, lookup, isBlank(filter) ? undefined : filter, Number(paginationToken ?? 1)),
		);
	};
}

function loadOptions(vendor: Vendor, lookup: Lookup): LoadOptions {
	return async function () {
		const { entries } = await withEditorConnection(
			this,
			vendor,
			async (connection) => await readPage(connection, lookup, undefined, 1),
		);
		return entries;
	};
}

/** Reads one page of the list. If the node filters the list itself, it reads more pages until something matches, up to a limit. */
async function readOn(
	connection: Connection,
	lookup: Lookup,
	filter: string | undefined,
	first: number,
): Promise<INodeListSearchResult> {
	for (let page = first; ; page += 1) {
		const { entries, more } = await readPage(connection, lookup, filter, page);
		const results = lookup.searchHere && filter ? matching(entries, filter) : entries;
		const last = !more || results.length > 0 || page - first + 1 >= PAGES_SEARCHED;
		if (last) return { results, ...(more ? { paginationToken: String(page + 1) } : {}) };
	}
}

async function readPage(
	connection: Connection,
	lookup: Lookup,
	filter: string | undefined,
	page: number,
): Promise<{ entries: INodeListSearchItems[]; more: boolean }> {
	const { method, path } = requestLine(lookup);
	const parent = parentOf(connection.context as ILoadOptionsFunctions, lookup.dependsOn);
	const resolved = pathWith(path, parent);
	if (resolved === undefined) return { entries: [], more: false };
	const size = lookup.searchHere && filter ? Infinity : LIST_PAGE;
	const members = lookup.ask?.(filter, parent) ?? {};
	const request = {
		method,
		path: resolved,
		effect: 'reads' as const,
		...(method === 'GET' ? { query: members } : { query: {}, body: members }),
	};
	const { send } = requestsThrough(connection);
	const sent = lookup.pages ? pageCall(request, lookup.pages, page, size) : request;
	const response = await withEndpointError(connection, path, async () => await answerTo(send, sent, lookup));
	const records = (lookup.pages?.records ?? lookup.records ?? ((whole) => listAt(whole)))(response, parent);
	const complete = lookup.complete ? await lookup.complete(records, send) : records;
	return {
		entries: complete.map((record) => usable(lookup.entry(record), lookup.noun)),
		more: lookup.pages !== undefined && hasMore(lookup.pages, response, records.length, size),
	};
}

/** Returns an entry that can be chosen. An entry without an ID would send something else. */
function usable(entry: INodeListSearchItems, noun: string): INodeListSearchItems {
	if (typeof entry.value === 'number' || (typeof entry.value === 'string' && entry.value !== '')) return entry;
	throw malformedResponse(`The response contains no ID of ${noun}, but ${formatValue(entry.value)}`);
}

async function answerTo(send: SendRequest, request: ApiRequest, { otherwise }: Lookup): Promise<unknown> {
	const lacksEndpoint = (error: unknown) => failureOf(error).httpCode === 404;
	const response = send(request);
	return await (otherwise
		? response.catch(async (error: unknown) => await (lacksEndpoint(error) ? otherwise(send) : response))
		: response);
}

function matching(results: INodeListSearchItems[], filter: string): INodeListSearchItems[] {
	const words = filter.trim().toLowerCase();
	return results.filter(({ name, value }) => [name, String(value)].some((text) => text.toLowerCase().includes(words)));
}
