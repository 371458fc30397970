import type { Batch } from '../form/operation';
import type { Connection } from '../http/connection';
import type { Finished } from './finished';
import type { Prepared } from './sendItem';

/** An item that is done with before its turn. */
interface Done {
	finished: Finished;
}

/** An item whose turn has come: to be sent, or done with already. */
export type Ready = Prepared | Done;

/** An item with its number. */
export interface Entry<What extends Ready = Ready> {
	item: number;
	ready: What;
}

type DoneUnit = readonly [Entry<Done>];

/** Items that are at work together: one, or those of one bulk request. */
export type Unit = ReadonlyArray<Entry<Prepared>> | DoneUnit;

/** Whether there is nothing left to do for a unit. */
export const isDone = (unit: Unit): unit is DoneUnit => 'finished' in unit[0].ready;

/** Bulk requests that are filled at the same time at most: more would keep items waiting for others like them. */
const MOST_OPEN = 16;

/** The records that the items of a unit are about; no other unit may be at work on them. */
export function recordsOf(unit: Unit): string[] {
	return isDone(unit) ? [] : unit.flatMap(({ ready }) => ready.records);
}

/**
 * Gives the units of work in the order of the items. Items that the vendor takes together are gathered up to the size of
 * its bulk request; no record is twice in one, and none gets ahead of an earlier item on the same record.
 *
 * @param getReady called for each item once, in their order
 */
export function unitsOf(count: number, getReady: (item: number) => Ready, batch?: Batch): () => Unit | undefined {
	let item = 0;
	const open = new Map<string, Array<Entry<Prepared>>>();
	/** The request that an item on the record waits in. */
	const waiting = new Map<string, string>();
	const full: Unit[] = [];
	const numbers = new Map<Connection, number>();

	const close = (key: string) => {
		const unit = open.get(key)!;
		for (const record of recordsOf(unit)) waiting.delete(record);
		open.delete(key);
		full.push(unit);
	};
	const keyOf = ({ call, connection }: Prepared, { together }: Batch) => {
		const number = numbers.get(connection) ?? numbers.size;
		numbers.set(connection, number);
		return `${number} ${together?.(call) ?? ''}`;
	};

	const take = (number: number, ready: Ready) => {
		if ('finished' in ready) return void full.push([{ item: number, ready }]);
		for (const record of ready.records) {
			const earlier = waiting.get(record);
			if (earlier !== undefined) close(earlier);
		}
		const entry = { item: number, ready };
		if (!batch || !ready.inBulk || batch.fits?.(ready.call) === false) return void full.push([entry]);
		const key = keyOf(ready, batch);
		const unit = open.get(key) ?? [];
		unit.push(entry);
		open.set(key, unit);
		for (const record of ready.records) waiting.set(record, key);
		if (unit.length >= batch.size) close(key);
		else if (open.size > MOST_OPEN) close(open.keys().next().value!);
	};

	return () => {
		while (full.length === 0 && item < count) take(item, getReady(item++));
		if (full.length === 0) [...open.keys()].forEach(close);
		return full.shift();
	};
}
