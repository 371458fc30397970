import type { IDataObject } from 'n8n-workflow';
import { FailureError } from '../base/failure';
import { valueAt, toText } from '../base/json';
import { MAX_PAGES, repeatedPageCheck } from '../http/paging';
import { deliveryKey } from './deduplication';
import type { ByMoment, ByWindow, PolledEvent } from './polled';
import { readPage, type Now, type Page } from './pollPages';

export type { Now } from './pollPages';

/** Changes that a poll remembers at most, in some two megabytes; where more happened within the overlap, the oldest may come twice. */
const MOST_SEEN = 100_000;

/** Changes before the overlap that a poll remembers at most, for a clock that is set back. */
const MOST_EARLIER = 20_000;

/** How far a clock may be set back without anything being told twice, in milliseconds. */
const CLOCK_SLIP_MS = 2 * 60 * 60 * 1000;

const DAY_MS = 24 * 60 * 60 * 1000;

/** A request names a moment in whole seconds, so a record may be a little before it. */
const wholeSecond = (moment: number): number => Math.floor(moment / 1000) * 1000;

const NO_ID = 'a record has no ID, so nothing tells whether it was handed on';

/** How far an event was followed. Plain data, because n8n stores it. */
export interface Cursor {
	/** Epoch milliseconds, of the vendor's clock or of ours: up to here everything was handed on. */
	until: number;
	/** Changes within the overlap that were handed on. */
	seen: string[];
	/** Changes that left the window of our clock, each behind its time: they count where the clock was set back. */
	earlier?: string[];
}

/** What a page gave, and the place after it: moved over nothing that was not handed on. */
export interface Step {
	records: IDataObject[];
	place: Cursor;
}

/** The place from which a new trigger follows an event: what is there already has happened before. */
export async function firstCursor(event: PolledEvent, at: Now): Promise<Cursor> {
	const { by } = event;
	const until = 'moment' in by ? await newestMoment(event, by, at) : at.now.getTime();
	let place: Cursor = { seen: [], until: noLaterThan(at, until) };
	for await (const step of steps(event, place, at)) ({ place } = step);
	return place;
}

/** The newest records, for a look at what comes. */
export async function newestRecords(event: PolledEvent, at: Now, count: number): Promise<IDataObject[]> {
	const { by, pages } = event;
	const members = by.newest?.(at) ?? (by as ByWindow).window(new Date(0), at);
	return (await readPage(event, at, members, 1, Math.min(count, pages.maxPageSize))).records.slice(0, count);
}

/**
 * What happened since a place, page after page.
 *
 * @throws FailureError in the middle: the place of the last step is the one to go on from
 */
export function steps(event: PolledEvent, place: Cursor, at: Now): AsyncGenerator<Step> {
	const { by } = event;
	return 'moment' in by ? new FollowedByMoment(event, by, place, at).steps() : byWindow(event, by, place, at);
}

/** A record with its moment and what tells its change from others. */
interface Row {
	record: IDataObject;
	moment: number;
	key: string;
}

/** An event whose records tell when they changed. */
class FollowedByMoment {
	private readonly seen: Set<string>;
	private until: number;
	/** From here on the poll looks. */
	private readonly start: number;
	/** The changes since `start` that the list holds, and the moment of the newest one. */
	private readonly met = new Set<string>();
	private newest = -Infinity;
	/** The first page where its order was heeded and its filter was not. */
	private oldestPage = '';

	constructor(
		private readonly event: PolledEvent,
		private readonly by: ByMoment,
		{ until, seen }: Cursor,
		private readonly at: Now,
	) {
		this.seen = new Set(seen);
		// The place goes by the clock of the vendor: ours may be set back a little. One that was wrong for a while, or a record
		// from the future, must not hide what happens until then.
		this.until = until > at.now.getTime() + CLOCK_SLIP_MS ? at.now.getTime() : until;
		this.start = this.until - event.overlapMs;
	}

	/** A list in the order that was asked for, or all of it where the vendor does not heed what was asked for. */
	async *steps(): AsyncGenerator<Step> {
		for await (const step of this.inOrder()) {
			if (step === 'order' || step === 'filter') {
				yield* this.whole(step);
				return;
			}
			yield step;
		}
	}

	/**
	 * Each page begins where the one before ended: with numbered pages a record that changes meanwhile would move the others up
	 * by one, over the edge of a page. Only more records of one moment than a page holds need its number, and are read backwards
	 * once more: what moved up lies on a page that is still to come.
	 *
	 * @yields what the vendor does not heed, at last
	 */
	private async *inOrder(): AsyncGenerator<Step | 'order' | 'filter'> {
		let from = this.start;
		let refuseRepeat = repeatedPageCheck();
		let skipped = 0;
		let turns = 0;
		const read = async (page: number) => await this.read(this.by.from(new Date(from), this.at), page, skipped);
		for (let page = 1; ; page += 1) {
			const { records, rows, inWindow, more, ...rest } = await read(page);
			({ skipped } = rest);
			if (records.length > 0) refuseRepeat(records, page);
			if (!isAscending(rows)) return yield 'order';
			if (inWindow.length < rows.length) {
				this.oldestPage = keysOf(rows);
				return yield 'filter';
			}
			const last = Math.max(from, ...inWindow.map(({ moment }) => moment));
			yield this.stepTo(page > 1 ? from : last, this.fresh(inWindow));
			if (more && last === from) continue;
			if (page > 1) {
				for (; page > 1; page -= 1) yield this.stepTo(from, this.fresh((await read(page - 1)).inWindow));
				yield this.stepTo(last, []);
			}
			if (!more) break;
			[page, from, refuseRepeat] = [0, last, repeatedPageCheck()];
			turns += 1;
		}
		if (turns > 0 && (await this.holdsMore())) yield 'order';
	}

	/**
	 * Whether the list holds more than came in its order. Then some of it lies before the moments of the pages that were read,
	 * which each were in order by chance.
	 */
	private async holdsMore(): Promise<boolean> {
		const { maxPageSize } = this.event.pages;
		const known = new Set(this.met);
		const { newest } = this;
		const { rows } = await this.read(
			this.by.from(new Date(this.start), this.at),
			Math.floor(known.size / maxPageSize) + 1,
			0,
		);
		// What was written meanwhile comes last.
		const came = rows.filter(({ key, moment }) => !known.has(key) && moment >= newest);
		return rows.length - came.length > known.size % maxPageSize;
	}

	/**
	 * Reads all pages of the list by their numbers, and moves only at its end. Where the vendor heeds the order, but not from when
	 * on records are wanted, the newest come first, so that the end is where they are older.
	 */
	private async *whole(unheeded: 'order' | 'filter'): AsyncGenerator<Step> {
		const { by, at, start } = this;
		const words = unheeded === 'order' ? 'the order that was asked for' : 'the time from which records were asked for';
		at.report(unheeded, `the CRM does not heed ${words}. The whole list was read, and older records were left out`);
		const members = unheeded === 'filter' ? by.newest(at) : by.from(new Date(start), at);
		const refuseRepeat = repeatedPageCheck();
		let last = this.until;
		let before = Infinity;
		let skipped = 0;
		for (let page = 1; ; page += 1) {
			if (page > MAX_PAGES) throw new FailureError({ message: `The list has more than ${MAX_PAGES} pages` });
			const { records, rows, inWindow, more, ...rest } = await this.read(members, page, skipped);
			({ skipped } = rest);
			if (records.length > 0) refuseRepeat(records, page);
			const oldestFirst = unheeded === 'filter' ? inWindow.reverse() : inWindow;
			yield this.stepTo(this.until, this.fresh(oldestFirst.sort((a, b) => a.moment - b.moment)));
			last = Math.max(last, ...inWindow.map(({ moment }) => moment));
			const isNewestFirst =
				isAscending([...rows].reverse()) &&
				rows.every(({ moment }) => moment <= before) &&
				keysOf(rows) !== this.oldestPage;
			before = isNewestFirst ? Math.min(before, ...rows.map(({ moment }) => moment)) : -Infinity;
			if (!more || (unheeded === 'filter' && isNewestFirst && inWindow.length < rows.length)) break;
		}
		yield this.stepTo(last, []);
	}

	private async read(
		members: IDataObject,
		page: number,
		skipped: number,
	): Promise<Page & { rows: Row[]; inWindow: Row[] }> {
		const response = await readPage(this.event, this.at, members, page, undefined, skipped);
		const rows = this.rowsOf(fitting(response.records, this.by, new Date(this.start), this.at));
		const inWindow = rows.filter(({ moment }) => moment >= wholeSecond(this.start));
		for (const { key, moment } of inWindow) {
			this.met.add(key);
			this.newest = Math.max(this.newest, moment);
		}
		return { ...response, rows, inWindow };
	}

	/** The records that can be placed; the others would come again with each poll, or never. */
	private rowsOf(records: IDataObject[]): Row[] {
		const { by, at } = this;
		const rows = records.flatMap((record): Row[] => {
			const moment = Date.parse(toText(valueAt(record, by.moment)));
			const key = keyOf(record, by);
			return Number.isNaN(moment) || key === undefined ? [] : [{ record, moment, key: `${moment} ${key}` }];
		});
		if (rows.length < records.length) {
			const undated = records.filter((record) => Number.isNaN(Date.parse(toText(valueAt(record, by.moment)))));
			if (undated.length > 0)
				at.report('noDate', `${undated.length} of ${records.length} records have no valid date under '${by.moment}'`);
			if (rows.length + undated.length < records.length) at.report('noId', NO_ID);
		}
		return rows;
	}

	private fresh(rows: Row[]): IDataObject[] {
		return rows.filter(({ key }) => isNew(this.seen, key)).map(({ record }) => record);
	}

	private stepTo(moment: number, records: IDataObject[]): Step {
		// A record may tell a moment that is still to come: those that are written before it must not be missed.
		this.until = Math.max(this.until, noLaterThan(this.at, moment));
		const oldest = wholeSecond(this.until - this.event.overlapMs);
		const seen = [...this.seen].filter((key) => parseInt(key, 10) >= oldest);
		return { records, place: placeOf(this.until, seen, []) };
	}
}

/** The window is read whole before it moves; what it no longer holds counts only where the clock was set back. */
async function* byWindow(event: PolledEvent, by: ByWindow, place: Cursor, at: Now): AsyncGenerator<Step> {
	const now = at.now.getTime();
	const until = noLaterThan(at, place.until);
	const from = new Date(until - event.overlapMs);
	const { earlier = [] } = place;
	const seen = new Set([...(place.until > now ? earlier.map(withoutTime) : []), ...place.seen]);
	const held = new Set<string>();
	const refuseRepeat = repeatedPageCheck();
	let skipped = 0;
	for (let page = 1, more = true; more; page += 1) {
		if (page > MAX_PAGES) throw new FailureError({ message: `The list has more than ${MAX_PAGES} pages` });
		const response = await readPage(event, at, by.window(from, at), page, undefined, skipped);
		({ more, skipped } = response);
		if (response.records.length > 0) refuseRepeat(response.records, page);
		const fresh: IDataObject[] = [];
		for (const record of fitting(response.records, by, from, at)) {
			if (!(by.is?.(record, at) ?? true)) continue;
			const key = keyOf(record, by);
			if (key === undefined) at.report('noId', NO_ID);
			else if (isNew(seen, key)) fresh.push(record);
			if (key !== undefined) held.add(key);
		}
		yield { records: fresh, place: placeOf(place.until, [...seen], earlier) };
	}
	const left = [...seen].filter((key) => !held.has(key)).map((key) => `${until} ${key}`);
	const recent = earlier.filter((one) => parseInt(one, 10) >= now - CLOCK_SLIP_MS && !held.has(withoutTime(one)));
	yield { records: [], place: placeOf(now, [...held], [...new Set([...recent, ...left])]) };
}

/** The records that fit what was asked for; the others are reported and left out. */
function fitting(records: IDataObject[], { fits }: ByMoment | ByWindow, from: Date, at: Now): IDataObject[] {
	const good = records.filter((record) => fits?.(record, from, at) ?? true);
	if (good.length < records.length)
		at.report('filter', `${records.length - good.length} records came that were not asked for, and were left out`);
	return good;
}

const withoutTime = (key: string): string => key.slice(key.indexOf(' ') + 1);

const placeOf = (until: number, seen: string[], earlier: string[]): Cursor => ({
	until,
	seen: seen.slice(-MOST_SEEN),
	...(earlier.length > 0 ? { earlier: earlier.slice(-MOST_EARLIER) } : {}),
});

/** Where there is no record that would tell the vendor's clock, ours has to do: nothing has happened yet, so it may differ by a day. */
async function newestMoment(event: PolledEvent, { moment }: ByMoment, at: Now): Promise<number> {
	const moments = (await newestRecords(event, at, Infinity)).map((record) =>
		Date.parse(toText(valueAt(record, moment))),
	);
	const valid = moments.filter((time) => !Number.isNaN(time));
	return valid.length > 0 ? Math.max(...valid) : at.now.getTime() - DAY_MS;
}

const noLaterThan = ({ now }: Now, moment: number): number => Math.min(moment, now.getTime());

const keysOf = (rows: Row[]): string => rows.map(({ key }) => key).join();

const isAscending = (rows: Row[]): boolean =>
	rows.every(({ moment }, index) => index === 0 || rows[index - 1].moment <= moment);

const isNew = (seen: Set<string>, key: string): boolean => !seen.has(key) && Boolean(seen.add(key));

/** What tells one change from another; nothing for a record without an ID where that is needed. */
function keyOf(record: IDataObject, { change }: ByMoment | ByWindow): string | undefined {
	const told = change ? change(record) : record;
	const [id] = Array.isArray(told) ? (told as unknown[]) : [told];
	return id === undefined || id === null || id === '' ? undefined : deliveryKey(JSON.stringify(told));
}
