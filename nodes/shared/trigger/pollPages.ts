import type { IDataObject } from 'n8n-workflow';
import { FailureError } from '../base/failure';
import { isObject } from '../base/json';
import { requestLine, type SendRequest, type ApiRequest } from '../http/apiRequest';
import { hasMore, pageCall, type PageStyle } from '../http/paging';
import type { PollContext, PolledEvent } from './polled';
import type { Report } from './pollReports';

/** Maximum number of consecutive pages that are skipped because they are too large. */
const MAX_SKIPPED = 3;

/** The context of a poll of one event. */
export interface Now extends PollContext {
	send: SendRequest;
	/** Reports records and responses that do not match the request. */
	report: Report;
}

/** A page of a vendor's list as far as it could be read. */
export interface Page {
	records: IDataObject[];
	more: boolean;
	/** Number of consecutive pages that were too large, including this one. */
	skipped: number;
}

/**
 * Reads one page of an event's list. A page that is too large for one response is read as several smaller pages. If it is still
 * too large, it is skipped and reported, because otherwise every later poll would fail at it.
 *
 * @param members request properties besides those of the page
 * @param skipped number of pages directly before this one that were skipped
 * @throws FailureError if the vendor refuses or its response contains no list
 */
export async function readPage(
	event: PolledEvent,
	at: Now,
	members: IDataObject,
	page: number,
	size = event.pages.maxPageSize,
	skipped = 0,
): Promise<Page> {
	const { pages } = event;
	const response = await at.send(pageCall(callOf(event, members), pages, page, size)).catch((error: unknown) => {
		if (isTooLarge(error)) return TOO_LARGE;
		throw error;
	});
	if (response === TOO_LARGE)
		return await inParts(event, at, members, page, Math.min(size, pages.maxPageSize), skipped);
	const { records, count } = recordsIn(event, response, at.report);
	return { records, more: hasMore(pages, response, count, size), skipped: 0 };
}

const TOO_LARGE = Symbol('too large');

const isTooLarge = (error: unknown): boolean => error instanceof FailureError && error.failure.isTooLarge === true;

/** Reads a page as several smaller pages, if the vendor has a page size. */
async function inParts(
	event: PolledEvent,
	at: Now,
	members: IDataObject,
	page: number,
	size: number,
	skipped: number,
): Promise<Page> {
	const parts = smallestDivisor(size);
	if (
		parts === 1 ||
		JSON.stringify(event.pages.parameters(1, size)) === JSON.stringify(event.pages.parameters(1, size / parts))
	) {
		at.report('tooLarge', size === 1 ? '1 record is too large to be read' : `${size} records are too large to be read`);
		return { records: [], more: skipped + 1 < MAX_SKIPPED, skipped: skipped + 1 };
	}
	const whole: Page = { records: [], more: true, skipped };
	for (let part = 1; part <= parts && whole.more; part += 1) {
		const { records, ...rest } = await readPage(
			event,
			at,
			members,
			(page - 1) * parts + part,
			size / parts,
			whole.skipped,
		);
		whole.records.push(...records);
		Object.assign(whole, rest);
	}
	return whole;
}

/** @returns 1 for a size that cannot be divided */
function smallestDivisor(size: number): number {
	if (!Number.isInteger(size)) return 1;
	for (let divisor = 2; divisor <= size; divisor += 1) if (size % divisor === 0) return divisor;
	return 1;
}

/** Returns the records of a response. Entries of its list that are not records are left out. */
function recordsIn({ pages }: PolledEvent, answer: unknown, report: Report): { records: IDataObject[]; count: number } {
	const read = readable(pages, answer);
	const found = read ? undefined : listIn(answer, (response) => readable(pages, response) !== undefined);
	// The last call throws if the response is unreadable for another reason than an entry of the list.
	const all =
		read ?? found?.list.flatMap((entry) => readable(pages, found.around([entry])) ?? []) ?? pages.records(answer);
	const count = found?.list.length ?? all.length;
	const records = all.filter(isObject);
	if (records.length < count)
		report('unreadable', `${count - records.length} of ${count} entries are not readable records`);
	return { records, count };
}

/** Returns the list in a response, and a function that returns the response with another list. */
function listIn(
	response: unknown,
	fits: (response: unknown) => boolean,
): { list: unknown[]; around: (list: unknown[]) => unknown } | undefined {
	if (Array.isArray(response)) return fits([]) ? { list: response, around: (list) => list } : undefined;
	const lists = Object.entries(isObject(response) ? response : {}).filter((member): member is [string, unknown[]] =>
		Array.isArray(member[1]),
	);
	return lists
		.map(([name, list]) => ({ list, around: (other: unknown[]) => ({ ...(response as IDataObject), [name]: other }) }))
		.find(({ around }) => fits(around([])));
}

function readable({ records }: PageStyle, response: unknown): IDataObject[] | undefined {
	try {
		return records(response);
	} catch {
		return undefined;
	}
}

function callOf(event: PolledEvent, members: IDataObject): ApiRequest {
	const request = { ...requestLine(event), effect: 'reads' as const };
	return event.pages.part === 'body' ? { ...request, query: {}, body: members } : { ...request, query: members };
}
