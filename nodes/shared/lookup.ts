import type { IDataObject, ILoadOptionsFunctions, INodeListSearchItems, INodeListSearchResult } from 'n8n-workflow';
import { connect } from './connection';
import { failureOf } from './failure';
import { requestLine, type Operation, type PageStyle } from './operation';
import { hasMore, pageCall } from './paging';
import { send } from './request';
import { isBlank } from './fields/field';
import { apiError } from './report';
import type { Vendor } from './vendor';

/** A searchable list of a vendor's records for the drop-down of a locator. */
export interface Lookup {
	/** Name of the list-search method. */
	name: string;
	/** "a lead", for the empty drop-down. */
	noun: string;
	/** Kind of the id. */
	id: 'integer' | 'uuid' | 'text';
	/** An id, for the empty form element. */
	example: string;
	request: Operation['request'];
	/** The vendor's page. */
	page: string;
	/** `operationId` in the vendor's contract. */
	contract: string;
	/** Request members that narrow the list to the text in the search box; in the query for GET, else in the body. */
	ask?: (filter: string | undefined) => IDataObject;
	/** How pages are read; a list without it comes whole. */
	pages?: PageStyle;
	records?: (answer: unknown) => IDataObject[];
	/** The vendor's list knows no search: what is typed in the box narrows each page after it came. */
	searchHere?: boolean;
	/** The vendor only answers to a search. */
	filterRequired?: boolean;
	/** Entry of the drop-down. */
	entry: (record: IDataObject) => INodeListSearchItems;
}

/** Entries of a drop-down at a time; the rest comes when the user scrolls. */
const LIST_PAGE = 50;

type ListSearch = (this: ILoadOptionsFunctions, filter?: string, paginationToken?: string) => Promise<INodeListSearchResult>;

/** The list-search methods of a node, by name. */
export function listSearchMethods(vendor: Vendor, lookups: readonly Lookup[]): Record<string, ListSearch> {
	return Object.fromEntries(lookups.map((lookup) => [lookup.name, listSearch(vendor, lookup)]));
}

function listSearch(vendor: Vendor, lookup: Lookup): ListSearch {
	return async function (filter, paginationToken) {
		if (lookup.filterRequired && isBlank(filter)) return { results: [] };
		const page = Number(paginationToken ?? 1);
		try {
			const body = await askFor(this, vendor, lookup, filter, page);
			const records = (lookup.pages?.records ?? lookup.records ?? listOf)(body);
			const entries = records.map(lookup.entry);
			const results = lookup.searchHere ? matching(entries, filter) : entries;
			if (!lookup.pages) return { results };
			return { results, ...(hasMore(lookup.pages, body, records.length, LIST_PAGE) ? { paginationToken: String(page + 1) } : {}) };
		} catch (error) {
			throw apiError(this.getNode(), failureOf(error));
		}
	};
}

async function askFor(context: ILoadOptionsFunctions, vendor: Vendor, lookup: Lookup, filter: string | undefined, page: number): Promise<unknown> {
	const { method, path } = requestLine(lookup);
	const connection = await connect(context, vendor, (context.getCurrentNodeParameter('options') as IDataObject | undefined) ?? {});
	const members = lookup.ask?.(isBlank(filter) ? undefined : filter) ?? {};
	// A search by POST only reads, so it may be repeated.
	const call = { method, path, ...(method === 'GET' ? { query: members } : { query: {}, body: members, idempotent: true }) };
	return (await send(connection, lookup.pages ? pageCall(call, lookup.pages, page, LIST_PAGE) : call)).body;
}

const listOf = (answer: unknown) => (Array.isArray(answer) ? (answer as IDataObject[]) : []);

function matching(results: INodeListSearchItems[], filter?: string): INodeListSearchItems[] {
	const words = (filter ?? '').trim().toLowerCase();
	return results.filter(({ name }) => name.toLowerCase().includes(words));
}
