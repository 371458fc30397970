import { createHash } from 'crypto';
import type { IDataObject } from 'n8n-workflow';
import { FailureError } from '../base/failure';
import type { SendRequest, ApiRequest } from './apiRequest';

/** How the pages of a vendor's list are read. */
export interface PageStyle {
	/** Returns the request parameters of a page; the first page is 1. */
	parameters: (page: number, size: number) => IDataObject;
	/** The part of the request for these parameters. */
	part: 'query' | 'body';
	/** Maximum number of records per page. */
	maxPageSize: number;
	/** Returns the records of a response. */
	records: (response: unknown) => IDataObject[];
	/**
	 * Tells whether more pages follow. Without this function, a page with fewer records than requested is the last one.
	 */
	more?: (response: unknown) => boolean;
	/** Returns the vendor's own count of the records in the list. */
	total?: (response: unknown) => number | undefined;
	/** Key that identifies a record. Duplicates are removed. */
	identity?: string;
	/** Why records may move between two pages, so that one is returned twice or never; for the docs and the hint. */
	unordered?: string;
}

/** Maximum number of pages for one item. With the usual page sizes, no CRM has that many records. */
export const MAX_PAGES = 2_000;

/**
 * Reads the pages of a list until it has enough records.
 *
 * @param limit maximum number of records; without a limit, all records
 * @param notice receives a message for the user if the list changed while it was read
 * @yields the new records of one page
 * @throws FailureError if the list has too many pages, or the vendor returns the same page twice
 */
export async function* readPages(
	send: SendRequest,
	request: ApiRequest,
	style: PageStyle,
	limit = Infinity,
	notice?: (message: string) => void,
): AsyncGenerator<IDataObject[]> {
	const firstTimes = firstTimesOf(style);
	const count = { came: 0, twice: 0 };
	let wanted = limit;
	const refuseRepeat = repeatedPageCheck();
	for (let page = 1; ; page += 1) {
		if (page > MAX_PAGES)
			throw new FailureError({
				message: `The list has more than ${MAX_PAGES} pages`,
				description: 'Nothing was changed. Narrow the list with filters, or set a limit if there is one.',
			});
		const response = await send(pageCall(request, style, page, limit));
		const records = style.records(response);
		refuseRepeat(records, page);
		const fresh = firstTimes(records);
		count.came += records.length;
		count.twice += records.length - fresh.length;
		yield fresh.slice(0, wanted);
		wanted -= fresh.length;
		if (wanted <= 0) break;
		if (!hasMore(style, response, records.length, limit)) {
			const total = style.total?.(response) ?? 0;
			if (total > count.came) notice?.(cameShort(count.came, total));
			break;
		}
	}
	if (count.twice > 0) notice?.(cameTwice(count, style));
}

const cameShort = (came: number, total: number) =>
	`The list ended after ${came} records, but its own count is ${total}. Narrow the list, for example by dates, to get all of them.`;

function cameTwice(
	{ came, twice }: { came: number; twice: number },
	{ unordered = 'the list changed while it was read' }: PageStyle,
): string {
	const counted = `The list returned ${came} records, ${twice} of them a second time: ${unordered}`;
	return `${counted}. The duplicates were removed, but other records may be missing. Run it again while nothing changes to get the whole list.`;
}

/**
 * Creates the check for repeated pages, because a list with a repeated page never ends.
 *
 * @returns a function that throws a FailureError for a page that was returned before
 */
export function repeatedPageCheck(): (records: IDataObject[], page: number) => void {
	const seen = new Map<string, number>();
	return (records, page) => {
		const digest = digestOf(records);
		const earlier = seen.get(digest);
		if (earlier !== undefined)
			throw new FailureError({
				message: `Page ${page} of the list repeats page ${earlier}`,
				description: 'The list was not read to the end. Run the workflow again, or narrow the list.',
			});
		seen.set(digest, page);
	};
}

/**
 * Returns the digest of a whole page. Comparing first records only would be wrong: one record may be first on two
 * pages.
 */
const digestOf = (records: IDataObject[]) => createHash('sha256').update(JSON.stringify(records)).digest('base64');

/** Removes the records that an earlier page returned. */
function firstTimesOf({ identity }: PageStyle): (records: IDataObject[]) => IDataObject[] {
	const seen = new Set<unknown>();
	const isNew = (id: unknown) => id === undefined || (!seen.has(id) && Boolean(seen.add(id)));
	return (records) => (identity ? records.filter((record) => isNew(record[identity])) : records);
}

/** Returns the records of a list that match, from all its pages or from its first `limit` records. */
export async function recordsWhere(
	send: SendRequest,
	request: ApiRequest,
	style: PageStyle,
	matches: (record: IDataObject) => boolean,
	limit?: number,
): Promise<IDataObject[]> {
	const found: IDataObject[] = [];
	for await (const records of readPages(send, request, style, limit)) found.push(...records.filter(matches));
	return found;
}

/** Returns the request for one page of a list. */
export function pageCall(
	request: ApiRequest,
	{ parameters, part, maxPageSize }: PageStyle,
	page: number,
	size: number,
): ApiRequest {
	return { ...request, [part]: { ...request[part], ...parameters(page, Math.min(size, maxPageSize)) } };
}

/** Tells whether another page follows. An empty page is always the last one. */
export function hasMore({ more, maxPageSize }: PageStyle, response: unknown, count: number, size: number): boolean {
	return count > 0 && (more ? more(response) : count >= Math.min(size, maxPageSize));
}
