import { createHash } from 'crypto';
import type { IDataObject } from 'n8n-workflow';
import { FailureError } from './failure';
import type { PageStyle } from './operation';
import type { Ask, Call } from './request';

/** Pages read for one item at most; with the usual page sizes this is far more than a CRM holds. */
export const PAGE_CAP = 2_000;

/**
 * Reads a list page after page, with the filters on each page, until the wanted number of records is there.
 *
 * @param limit most records wanted; all without it
 * @yields the records of one page
 * @throws FailureError when the cap is reached, or when the vendor gives a page a second time
 */
export async function* readPages(ask: Ask, call: Call, style: PageStyle, limit = Infinity): AsyncGenerator<IDataObject[]> {
	const size = Math.min(style.largest, limit);
	let wanted = limit;
	const seen = new Map<string, number>();
	for (let page = 1; ; page += 1) {
		if (page > PAGE_CAP) throw new FailureError({ headline: `The list has more than ${PAGE_CAP} pages`, advice: 'Nothing was changed. Narrow the list, or set a limit where there is one.' });
		const answer = await ask(pageCall(call, style, page, size));
		const records = style.records(answer);
		const digest = createHash('sha256').update(JSON.stringify(records)).digest('base64');
		const earlier = records.length > 0 ? seen.get(digest) : undefined;
		if (earlier !== undefined) throw new FailureError({ headline: `Page ${earlier} of the list came a second time as page ${page}`, advice: 'The list was not read to its end. Run the workflow again, or narrow the list.' });
		seen.set(digest, page);
		if (records.length > 0) yield records.slice(0, wanted);
		wanted -= records.length;
		if (wanted <= 0 || !hasMore(style, answer, records.length, size)) return;
	}
}

/** The records of a list that fit, from all its pages or among the first `limit` records. */
export async function recordsWhere(ask: Ask, call: Call, style: PageStyle, fits: (record: IDataObject) => boolean, limit?: number): Promise<IDataObject[]> {
	const found: IDataObject[] = [];
	for await (const records of readPages(ask, call, style, limit)) found.push(...records.filter(fits));
	return found;
}

/** The request for one page of a list. */
export function pageCall(call: Call, { ask, place, largest }: PageStyle, page: number, size: number): Call {
	return { ...call, [place]: { ...call[place], ...ask(page, Math.min(size, largest)) } };
}

/** Whether a page is followed by another: never after an empty one, whatever the vendor says. */
export function hasMore({ more, largest }: PageStyle, answer: unknown, count: number, size: number): boolean {
	return count > 0 && (more ? more(answer) : count >= Math.min(size, largest));
}
