import type { IDataObject, INodeListSearchItems } from 'n8n-workflow';
import type { SendRequest, RequestLine } from '../http/apiRequest';
import type { PageStyle } from '../http/paging';

/** The page of a record in the vendor's web app. */
export interface ShownAt {
	/** Path of the page up to the ID, as a regular expression without groups that capture. */
	path: string;
	/** Such a URL, for the empty form element. */
	example: string;
}

/** A searchable list of a vendor's records. `pick` shows it in a locator, `pickSeveral` in a multi-select. */
export interface Lookup {
	/** Name of the list-search method. */
	name: string;
	/** "a lead", for the empty drop-down. */
	noun: string;
	/** Kind of the ID. */
	id: 'integer' | 'numberAsText' | 'uuid' | 'text';
	/** Example ID, for the empty form element. */
	example: string;
	/** The page of a record in the vendor's web app. Its URL is then accepted in place of the ID. */
	shownAt?: ShownAt;
	/** Tooltip of locators without a description of their own: which record it is, and where the user finds its ID. */
	description?: string;
	/** Method and path of the list. */
	request: RequestLine;
	/** The vendor's page about the list. */
	page: string;
	/** `operationId` in the vendor's contract. */
	contract: string;
	/**
	 * Returns the request properties that filter the list by the search text and by `parent`. They go into the query for
	 * GET, else into the body.
	 */
	ask?: (filter: string | undefined, parent?: string) => IDataObject;
	/** How pages are read. Without it, one response holds the whole list. */
	pages?: PageStyle;
	/** Returns the records of a response. @param parent value of the field that the list depends on */
	records?: (response: unknown, parent?: string) => IDataObject[];
	/** Parameter names of the field that the list depends on. `{parent}` in the path is its value. */
	dependsOn?: readonly string[];
	/** The vendor's list has no search: the node filters each page by the search text. */
	searchHere?: boolean;
	/** Adds properties that the list lacks to the records of a page. */
	complete?: (records: IDataObject[], send: SendRequest) => Promise<IDataObject[]>;
	/** Returns a response to use in place of the list's, if the installation lacks the endpoint (404). */
	otherwise?: (send: SendRequest) => Promise<unknown>;
	/** The vendor returns records only for a search. */
	filterRequired?: boolean;
	/** Returns the option of the drop-down for a record. */
	entry: (record: IDataObject) => INodeListSearchItems;
}
