import type { IDataObject } from 'n8n-workflow';
import { memberOf, wordsOf } from '../base/json';
import { unreadable } from '../base/lists';
import { show } from '../base/show';
import type { Ask, Call } from '../http/call';
import { requestLine } from '../http/call';
import { hasMore, pageCall, readPages, repeatCheck } from '../http/paging';
import { deliveryKey } from './memory';
import type { ByMoment, ByWindow, Circumstances, PolledEvent } from './polled';

/** Changes that a poll remembers at most, in some two megabytes; where more happened within the overlap, the oldest may come twice. */
const MOST_SEEN = 100_000;

/** How far an event was followed. Plain data, because n8n stores it. */
export interface Place {
	/** Epoch milliseconds, of the vendor's clock or of ours: up to here everything was handed on. */
	until: number;
	/** Changes within the overlap that were handed on. */
	seen: string[];
}

/** Where and when an event is polled. */
export interface Now extends Circumstances {
	ask: Ask;
}

/** What a page gave, and the place after it: moved over nothing that was not handed on. */
export interface Step {
	records: IDataObject[];
	place: Place;
}

/** The place from which a new trigger follows an event: what is there already has happened before. */
export async function firstPlace(event: PolledEvent, at: Now): Promise<Place> {
	const { by } = event;
	let place: Place = { seen: [], until: 'moment' in by ? await newestMoment(event, by, at) : at.now.getTime() };
	for await (const step of steps(event, place, at)) ({ place } = step);
	return place;
}

/** The newest records, for a look at what comes. */
export async function newestRecords(event: PolledEvent, at: Now, count: number): Promise<IDataObject[]> {
	const { by, pages } = event;
	const members = by.newest?.(at) ?? (by as ByWindow).window(new Date(0), at);
	return pages.records(await at.ask(pageCall(callOf(event, members), pages, 1, count))).slice(0, count);
}

/**
 * What happened since a place, page after page.
 *
 * @throws FailureError in the middle: the place of the last step is the one to go on from
 */
export function steps(event: PolledEvent, place: Place, at: Now): AsyncGenerator<Step> {
	const { by } = event;
	// A clock that was wrong for a while must not hide what happens until it would be right.
	const begin = { ...place, until: noLaterThan(at, place.until) };
	return 'moment' in by ? byMoment(event, by, begin, at) : byWindow(event, by, begin, at);
}

/**
 * Each page begins where the one before ended: with numbered pages a record that changes meanwhile would move the others up
 * by one, over the edge of a page. Only more records of one moment than a page holds need its number, and are read backwards
 * once more: what moved up lies on a page that is still to come.
 */
async function* byMoment(event: PolledEvent, by: ByMoment, place: Place, at: Now): AsyncGenerator<Step> {
	const { pages, overlapMs } = event;
	const seen = new Set(place.seen);
	let { until } = place;
	let from = until - overlapMs;
	let refuseRepeat = repeatCheck();
	const read = async (page: number) => {
		const answer = await at.ask(pageCall(callOf(event, by.from(new Date(from), at)), pages, page, pages.largest));
		const records = pages.records(answer);
		const fresh = records.filter((record) => isNew(seen, `${momentOf(record, by)} ${keyOf(record, by)}`));
		const last = Math.max(from, ...records.map((record) => momentOf(record, by)));
		return { records, fresh, last, more: hasMore(pages, answer, records.length, pages.largest) };
	};
	const stepTo = (moment: number, records: IDataObject[]): Step => {
		// A record may tell a moment that is still to come: those that are written before it must not be missed.
		until = Math.max(until, noLaterThan(at, moment));
		const oldest = until - overlapMs;
		return { records, place: { until, seen: newest([...seen].filter((key) => parseInt(key, 10) >= oldest)) } };
	};
	for (let page = 1; ; page += 1) {
		const { records, fresh, last, more } = await read(page);
		refuseRepeat(records, page);
		yield stepTo(page > 1 ? from : last, fresh);
		if (more && last === from) continue;
		if (page > 1) {
			for (; page > 1; page -= 1) yield stepTo(from, (await read(page - 1)).fresh);
			yield stepTo(last, []);
		}
		if (!more) return;
		[page, from, refuseRepeat] = [0, last, repeatCheck()];
	}
}

/** The window is read whole before it moves; what it no longer holds need not be remembered. */
async function* byWindow(event: PolledEvent, by: ByWindow, place: Place, at: Now): AsyncGenerator<Step> {
	const from = new Date(place.until - event.overlapMs);
	const seen = new Set(place.seen);
	const held: string[] = [];
	for await (const records of readPages(at.ask, callOf(event, by.window(from, at)), event.pages)) {
		const happened = records.filter((record) => by.is?.(record, at) ?? true);
		const keyed = happened.map((record) => ({ record, key: keyOf(record, by) }));
		held.push(...keyed.map(({ key }) => key));
		const fresh = keyed.filter(({ key }) => isNew(seen, key)).map(({ record }) => record);
		yield { records: fresh, place: { until: place.until, seen: newest([...seen]) } };
	}
	yield { records: [], place: { until: at.now.getTime(), seen: newest([...new Set(held)]) } };
}

/** Where there is no record that would tell the vendor's clock, ours has to do. */
async function newestMoment(event: PolledEvent, by: ByMoment, at: Now): Promise<number> {
	const moments = (await newestRecords(event, at, Infinity)).map((record) => momentOf(record, by));
	return moments.length > 0 ? Math.max(...moments) : at.now.getTime();
}

const noLaterThan = ({ now }: Now, moment: number): number => Math.min(moment, now.getTime());

const isNew = (seen: Set<string>, key: string): boolean => !seen.has(key) && Boolean(seen.add(key));

const newest = (keys: string[]) => keys.slice(-MOST_SEEN);

const keyOf = (record: IDataObject, { change }: ByMoment | ByWindow): string => deliveryKey(JSON.stringify(change ? change(record) : record));

/** @throws FailureError for a record that cannot be placed: it would come again with each poll, or never */
function momentOf(record: IDataObject, { moment }: ByMoment): number {
	const given = memberOf(record, moment);
	const value = Date.parse(wordsOf(given));
	if (Number.isNaN(value)) throw unreadable(`A record tells no moment under '${moment}', and got ${show(given)}`);
	return value;
}

function callOf(event: PolledEvent, members: IDataObject): Call {
	const call = { ...requestLine(event), effect: 'reads' as const };
	return event.pages.place === 'body' ? { ...call, query: {}, body: members } : { ...call, query: members };
}
