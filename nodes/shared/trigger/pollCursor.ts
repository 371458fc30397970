import type { IDataObject } from 'n8n-workflow';
import { FailureError } from '../base/failure';
import { valueAt, toText } from '../base/json';
import { MAX_PAGES, repeatedPageCheck } from '../http/paging';
import { deliveryKey } from './deduplication';
import type { ByMoment, ByWindow, PolledEvent } from './polled';
import { readPage, type Now, type Page } from './pollPages';

export type { Now } from './pollPages';

/** Maximum number of changes that a poll remembers, about two megabytes. With more in the overlap, the oldest may be output twice. */
const MAX_SEEN = 100_000;

/** Maximum number of changes before the overlap that a poll remembers, in case the clock is set back. */
const MAX_EARLIER = 20_000;

/** The clock may be set back by this time without duplicates, in milliseconds. */
const CLOCK_SLIP_MS = 2 * 60 * 60 * 1000;

const DAY_MS = 24 * 60 * 60 * 1000;

/** Rounds down to seconds. A request has whole seconds, so a record may be slightly older than the requested time. */
const wholeSecond = (timestamp: number): number => Math.floor(timestamp / 1000) * 1000;

const NO_ID = "a record has no ID, so the node can't tell whether it was already output";

/** The position up to which an event was read. It is plain data, because n8n stores it. */
export interface Cursor {
	/** Epoch milliseconds of the vendor's or n8n's clock. All changes up to here were output. */
	until: number;
	/** Changes within the overlap that were output. */
	seen: string[];
	/** Changes that left the window, each with its time in front. They count if the clock is set back. */
	earlier?: string[];
}

/** The records of a page, and the cursor after it. The cursor never skips a record that was not output. */
export interface Step {
	records: IDataObject[];
	cursor: Cursor;
}

/** Returns the cursor of a new trigger. Existing records count as old. */
export async function firstCursor(event: PolledEvent, at: Now): Promise<Cursor> {
	const { by } = event;
	const until = 'moment' in by ? await newestMoment(event, by, at) : at.now.getTime();
	let cursor: Cursor = { seen: [], until: noLaterThan(at, until) };
	for await (const step of steps(event, cursor, at)) ({ cursor } = step);
	return cursor;
}

/** Returns the newest records, for a test of the trigger. */
export async function newestRecords(event: PolledEvent, at: Now, count: number): Promise<IDataObject[]> {
	const { by, pages } = event;
	const members = by.newest?.(at) ?? (by as ByWindow).window(new Date(0), at);
	return (await readPage(event, at, members, 1, Math.min(count, pages.maxPageSize))).records.slice(0, count);
}

/**
 * Returns the changes since a cursor, page by page.
 *
 * @throws FailureError at any page; the next poll continues from the cursor of the last step
 */
export function steps(event: PolledEvent, cursor: Cursor, at: Now): AsyncGenerator<Step> {
	const { by } = event;
	return 'moment' in by ? new TimestampFollower(event, by, cursor, at).steps() : windowSteps(event, by, cursor, at);
}

/** A record with its timestamp and the key of its change. */
interface Row {
	record: IDataObject;
	moment: number;
	key: string;
}

/** Reads an event whose records have a timestamp of their change. */
class TimestampFollower {
	private readonly seen: Set<string>;
	private until: number;
	/** The poll reads records from this time on, in epoch milliseconds. */
	private readonly start: number;
	/** The changes since `start` in the list, and the timestamp of the newest one. */
	private readonly met = new Set<string>();
	private newest = -Infinity;
	/** Keys of the first page, if the vendor sorted it but ignored the filter. */
	private oldestPage = '';

	constructor(
		private readonly event: PolledEvent,
		private readonly by: ByMoment,
		{ until, seen }: Cursor,
		private readonly at: Now,
	) {
		this.seen = new Set(seen);
		// The cursor follows the vendor's clock, because n8n's clock may be set back a little. A clock that was wrong for a
		// while, or a record from the future, must not hide later changes.
		this.until = until > at.now.getTime() + CLOCK_SLIP_MS ? at.now.getTime() : until;
		this.start = this.until - event.overlapMs;
	}

	/** Reads the list in the requested order, or the whole list if the vendor ignores the order or the filter. */
	async *steps(): AsyncGenerator<Step> {
		for await (const step of this.inOrder()) {
			if (step === 'order' || step === 'filter') {
				yield* this.wholeList(step);
				return;
			}
			yield step;
		}
	}

	/**
	 * Reads each page from the last timestamp of the previous page. With numbered pages, a record that changes meanwhile would
	 * move the others across the edge of a page. Page numbers are used only if more records have the same timestamp than fit on
	 * a page. These pages are read backwards once more, because a record that moved is then on a page still to be read.
	 *
	 * @yields at the end 'order' or 'filter', if the vendor ignores it
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
	 * Returns whether the list has more records than the pages in order. If so, those pages were sorted only by chance, and other
	 * records are older than their timestamps.
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
		// Records that were written meanwhile are at the end.
		const came = rows.filter(({ key, moment }) => !known.has(key) && moment >= newest);
		return rows.length - came.length > known.size % maxPageSize;
	}

	/**
	 * Reads all pages of the list by number, and moves the cursor only at the end. If the vendor sorts but ignores the start time,
	 * it reads the newest first and stops at records that are too old.
	 */
	private async *wholeList(unheeded: 'order' | 'filter'): AsyncGenerator<Step> {
		const { by, at, start } = this;
		const ignored = unheeded === 'order' ? 'order' : 'start time';
		at.report(
			unheeded,
			`the CRM ignores the requested ${ignored}. The node read the whole list and left out older records`,
		);
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
		const rows = this.rowsOf(matchingRecords(response.records, this.by, new Date(this.start), this.at));
		const inWindow = rows.filter(({ moment }) => moment >= wholeSecond(this.start));
		for (const { key, moment } of inWindow) {
			this.met.add(key);
			this.newest = Math.max(this.newest, moment);
		}
		return { ...response, rows, inWindow };
	}

	/** Returns the records with a timestamp and a key. The others would be output with each poll, or never. */
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
		// A record may have a timestamp in the future. Records that are written before it must not be missed.
		this.until = Math.max(this.until, noLaterThan(this.at, moment));
		const oldest = wholeSecond(this.until - this.event.overlapMs);
		const seen = [...this.seen].filter((key) => parseInt(key, 10) >= oldest);
		return { records, cursor: newCursor(this.until, seen, []) };
	}
}

/** Reads a whole window before the cursor moves. Changes that left the window count only if the clock is set back. */
async function* windowSteps(event: PolledEvent, by: ByWindow, cursor: Cursor, at: Now): AsyncGenerator<Step> {
	const now = at.now.getTime();
	const until = noLaterThan(at, cursor.until);
	const from = new Date(until - event.overlapMs);
	const { earlier = [] } = cursor;
	const seen = new Set([...(cursor.until > now ? earlier.map(withoutTime) : []), ...cursor.seen]);
	const held = new Set<string>();
	const refuseRepeat = repeatedPageCheck();
	let skipped = 0;
	for (let page = 1, more = true; more; page += 1) {
		if (page > MAX_PAGES) throw new FailureError({ message: `The list has more than ${MAX_PAGES} pages` });
		const response = await readPage(event, at, by.window(from, at), page, undefined, skipped);
		({ more, skipped } = response);
		if (response.records.length > 0) refuseRepeat(response.records, page);
		const fresh: IDataObject[] = [];
		for (const record of matchingRecords(response.records, by, from, at)) {
			if (!(by.is?.(record, at) ?? true)) continue;
			const key = keyOf(record, by);
			if (key === undefined) at.report('noId', NO_ID);
			else if (isNew(seen, key)) fresh.push(record);
			if (key !== undefined) held.add(key);
		}
		yield { records: fresh, cursor: newCursor(cursor.until, [...seen], earlier) };
	}
	const left = [...seen].filter((key) => !held.has(key)).map((key) => `${until} ${key}`);
	const recent = earlier.filter((one) => parseInt(one, 10) >= now - CLOCK_SLIP_MS && !held.has(withoutTime(one)));
	yield { records: [], cursor: newCursor(now, [...held], [...new Set([...recent, ...left])]) };
}

/** Returns the records that match the request. The others are reported and left out. */
function matchingRecords(records: IDataObject[], { fits }: ByMoment | ByWindow, from: Date, at: Now): IDataObject[] {
	const good = records.filter((record) => fits?.(record, from, at) ?? true);
	if (good.length < records.length)
		at.report(
			'filter',
			`the CRM returned ${records.length - good.length} records that don't match the request. They were left out`,
		);
	return good;
}

const withoutTime = (key: string): string => key.slice(key.indexOf(' ') + 1);

const newCursor = (until: number, seen: string[], earlier: string[]): Cursor => ({
	until,
	seen: seen.slice(-MAX_SEEN),
	...(earlier.length > 0 ? { earlier: earlier.slice(-MAX_EARLIER) } : {}),
});

/** Returns the newest timestamp. Without a record, it uses n8n's clock minus a day, because the vendor's clock may differ. */
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

/** Returns the key of a change; undefined for a record without a required ID. */
function keyOf(record: IDataObject, { change }: ByMoment | ByWindow): string | undefined {
	const told = change ? change(record) : record;
	const [id] = Array.isArray(told) ? (told as unknown[]) : [told];
	return id === undefined || id === null || id === '' ? undefined : deliveryKey(JSON.stringify(told));
}
