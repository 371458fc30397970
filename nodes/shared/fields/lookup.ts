import type { IDataObject, INodeListSearchItems } from 'n8n-workflow';
import type { SendRequest, RequestLine } from '../http/apiRequest';
import type { PageStyle } from '../http/paging';

/** The page of a record at the vendor. */
export interface ShownAt {
	/** Path of the page up to the ID, as a regular expression without groups that capture. */
	path: string;
	/** Such a URL, for the empty form element. */
	example: string;
}

/** A searchable list of a vendor's records for the drop-down of a locator. */
export interface Lookup {
	/** Name of the list-search method. */
	name: string;
	/** "a lead", for the empty drop-down. */
	noun: string;
	/** Kind of the id. */
	id: 'integer' | 'numberAsText' | 'uuid' | 'text';
	/** An id, for the empty form element. */
	example: string;
	/** Where the vendor shows a record to people, so that the URL in the browser can stand for its ID. */
	shownAt?: ShownAt;
	/** Tooltip of locators that have no words of their own: which record it is, and where its ID comes from. */
	description?: string;
	request: RequestLine;
	/** The vendor's page. */
	page: string;
	/** `operationId` in the vendor's contract. */
	contract: string;
	/** Request members that narrow the list to the text in the search box, and to `parent`; in the query for GET, else in the body. */
	ask?: (filter: string | undefined, parent?: string) => IDataObject;
	/** How pages are read; a list without it comes whole. */
	pages?: PageStyle;
	/** Records in the answer; `parent` is what the field it depends on holds. */
	records?: (response: unknown, parent?: string) => IDataObject[];
	/** Names under which the field that narrows this list may stand in a form; `{parent}` of a path is its value. */
	dependsOn?: readonly string[];
	/** The vendor's list knows no search: what is typed in the box narrows each page after it came. */
	searchHere?: boolean;
	/** Adds to the records of a page what the list does not carry. */
	complete?: (records: IDataObject[], send: SendRequest) => Promise<IDataObject[]>;
	/** Answer to be read in place of the list's where the installation lacks the endpoint and says 404. */
	otherwise?: (send: SendRequest) => Promise<unknown>;
	/** The vendor only answers to a search. */
	filterRequired?: boolean;
	/** Entry of the drop-down. */
	entry: (record: IDataObject) => INodeListSearchItems;
}
