import { createHash } from 'crypto';
import type { IDataObject } from 'n8n-workflow';
import { FailureError } from '../base/failure';
import type { SendRequest, ApiRequest } from './apiRequest';

/** How a list is read page after page; part of a vendor's page. */
export interface PageStyle {
	/** Request members for one page, pages counted from 1. */
	ask: (page: number, size: number) => IDataObject;
	/** Where they go. */
	place: 'query' | 'body';
	/** Most records a page may hold. */
	largest: number;
	records: (response: unknown) => IDataObject[];
	/** Whether the vendor says that more pages follow; a vendor that says nothing ends its list with a short page. */
	more?: (response: unknown) => boolean;
	/** How many records the vendor says the list has, where it does. */
	total?: (response: unknown) => number | undefined;
	/** Member that tells the records apart: one that comes a second time is left out. */
	identity?: string;
	/** Why records may change places between two pages, so that one comes twice or not at all; for the docs and the hint. */
	unordered?: string;
}

/** Pages read for one item at most; with the usual page sizes this is far more than a CRM holds. */
export const MAX_PAGES = 2_000;

/**
 * Reads a list page after page, with the filters on each page, until the wanted number of records is there.
 *
 * @param limit most records wanted; all without it
 * @param notice takes a note for the user on a list that changed while it was read
 * @yields the records of one page, without those that came before
 * @throws FailureError when the cap is reached, or when the vendor gives a page a second time
 */
export async function* readPages(
	send: SendRequest,
	request: ApiRequest,
	style: PageStyle,
	limit = Infinity,
	notice?: (words: string) => void,
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
 * Prepares a look at each page of a list.
 *
 * @returns a check that throws a FailureError for a page that came before, because such a list never ends
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

/** A page by its whole content: a record that moves may well begin two pages. */
const digestOf = (records: IDataObject[]) => createHash('sha256').update(JSON.stringify(records)).digest('base64');

/** Sorts out the records that a page before held already. */
function firstTimesOf({ identity }: PageStyle): (records: IDataObject[]) => IDataObject[] {
	const seen = new Set<unknown>();
	const isNew = (id: unknown) => id === undefined || (!seen.has(id) && Boolean(seen.add(id)));
	return (records) => (identity ? records.filter((record) => isNew(record[identity])) : records);
}

/** The records of a list that fit, from all its pages or among the first `limit` records. */
export async function recordsWhere(
	send: SendRequest,
	request: ApiRequest,
	style: PageStyle,
	fits: (record: IDataObject) => boolean,
	limit?: number,
): Promise<IDataObject[]> {
	const found: IDataObject[] = [];
	for await (const records of readPages(send, request, style, limit)) found.push(...records.filter(fits));
	return found;
}

/** The request for one page of a list. */
export function pageCall(
	request: ApiRequest,
	{ ask: send, place, largest }: PageStyle,
	page: number,
	size: number,
): ApiRequest {
	return { ...request, [place]: { ...request[place], ...send(page, Math.min(size, largest)) } };
}

/** Whether a page is followed by another: never after an empty one, whatever the vendor says. */
export function hasMore({ more, largest }: PageStyle, response: unknown, count: number, size: number): boolean {
	return count > 0 && (more ? more(response) : count >= Math.min(size, largest));
}
