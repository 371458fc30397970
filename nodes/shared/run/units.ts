import type { Batch } from '../form/operation';
import type { Connection } from '../http/connection';
import type { Finished } from './finished';
import type { Prepared } from './sendItem';

/** An item whose turn has come: to be sent, or done with already. */
export type Ready = Prepared | { finished: Finished };

/** An item with its number. */
export interface Entry<What = Ready> {
	item: number;
	ready: What;
}

/** Items that are at work together: one, or those of one bulk request. */
export type Unit = Entry[];

/** Bulk requests that are filled at the same time at most: more would keep items waiting for others like them. */
const MOST_OPEN = 16;

/** The records that the items of a unit are about; no other unit may be at work on them. */
export function recordsOf(unit: Unit): string[] {
	return unit.flatMap(({ ready }) => ('record' in ready && ready.record !== undefined ? [ready.record] : []));
}

/**
 * Gives the units of work in the order of the items. Items that the vendor takes together are gathered up to the size of
 * its bulk request; no record is twice in one, and none gets ahead of an earlier item on the same record.
 *
 * @param getReady called for each item once, in their order
 */
export function unitsOf(count: number, getReady: (item: number) => Ready, batch?: Batch): () => Unit | undefined {
	let item = 0;
	const open = new Map<string, Unit>();
	const full: Unit[] = [];
	const numbers = new Map<Connection, number>();

	const close = (key: string) => {
		full.push(open.get(key)!);
		open.delete(key);
	};
	const closeThoseOn = (record: string | undefined) => {
		if (record === undefined) return;
		for (const [key, unit] of open) if (recordsOf(unit).includes(record)) close(key);
	};
	const keyOf = ({ call, connection }: Prepared, { together }: Batch) => {
		const number = numbers.get(connection) ?? numbers.size;
		numbers.set(connection, number);
		return `${number} ${together?.(call) ?? ''}`;
	};

	const take = (entry: Entry) => {
		const { ready } = entry;
		if ('record' in ready) closeThoseOn(ready.record);
		if (!batch || 'finished' in ready || !ready.inBulk || batch.fits?.(ready.call) === false) return void full.push([entry]);
		const key = keyOf(ready, batch);
		const unit = open.get(key) ?? [];
		unit.push(entry);
		open.set(key, unit);
		if (unit.length >= batch.size) close(key);
		else if (open.size > MOST_OPEN) close(open.keys().next().value!);
	};

	return () => {
		while (full.length === 0 && item < count) take({ item, ready: getReady(item++) });
		if (full.length === 0) [...open.keys()].forEach(close);
		return full.shift();
	};
}
