import type { BulkEndpoint } from '../form/operation';
import type { Connection } from '../http/connection';
import type { ItemResult } from './retryCache';
import type { Prepared } from './sendItem';

/** An item that is done with before its turn. */
interface Done {
	finished: ItemResult;
}

/** An item whose turn has come: to be sent, or done with already. */
export type Ready = Prepared | Done;

/** An item with its number. */
export interface BatchItem<What extends Ready = Ready> {
	item: number;
	ready: What;
}

type DoneUnit = readonly [BatchItem<Done>];

/** Items that are at work together: one, or those of one bulk request. */
export type Batch = ReadonlyArray<BatchItem<Prepared>> | DoneUnit;

/** Whether there is nothing left to do for a unit. */
export const isDone = (batch: Batch): batch is DoneUnit => 'finished' in batch[0].ready;

/** Bulk requests that are filled at the same time at most: more would keep items waiting for others like them. */
const MOST_OPEN = 16;

/** The records that the items of a unit are about; no other unit may be at work on them. */
export function recordsInBatch(batch: Batch): string[] {
	return isDone(batch) ? [] : batch.flatMap(({ ready }) => ready.records);
}

/**
 * Gives the units of work in the order of the items. Items that the vendor takes together are gathered up to the size of
 * its bulk request; no record is twice in one, and none gets ahead of an earlier item on the same record.
 *
 * @param getReady called for each item once, in their order
 */
export function batchesOf(
	count: number,
	getReady: (item: number) => Ready,
	batch?: BulkEndpoint,
): () => Batch | undefined {
	let item = 0;
	const open = new Map<string, Array<BatchItem<Prepared>>>();
	/** The request that an item on the record waits in. */
	const waiting = new Map<string, string>();
	const full: Batch[] = [];
	const numbers = new Map<Connection, number>();

	const close = (key: string) => {
		const unit = open.get(key)!;
		for (const record of recordsInBatch(unit)) waiting.delete(record);
		open.delete(key);
		full.push(unit);
	};
	const keyOf = ({ call: request, connection }: Prepared, { together }: BulkEndpoint) => {
		const number = numbers.get(connection) ?? numbers.size;
		numbers.set(connection, number);
		return `${number} ${together?.(request) ?? ''}`;
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
