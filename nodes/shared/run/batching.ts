import type { BulkEndpoint } from '../form/operation';
import type { Connection } from '../http/connection';
import type { ItemResult } from './retryCache';
import type { PreparedItem } from './sendItem';

/** An item that already has its result and is not sent. */
interface FinishedItem {
	result: ItemResult;
}

/** An item whose turn has come: either to be sent, or with a result already. */
export type ReadyItem = PreparedItem | FinishedItem;

/** An item with its index in the input. */
export interface BatchItem<Ready extends ReadyItem = ReadyItem> {
	item: number;
	ready: Ready;
}

type FinishedBatch = readonly [BatchItem<FinishedItem>];

/** One item, or the items of one bulk request. */
export type Batch = ReadonlyArray<BatchItem<PreparedItem>> | FinishedBatch;

/** Returns whether the item of a batch already has its result. */
export const isFinished = (batch: Batch): batch is FinishedBatch => 'result' in batch[0].ready;

/** Maximum number of batches that collect items at the same time. With more, items would wait longer for others like them. */
const MAX_OPEN_BATCHES = 16;

/** Returns the records of a batch. No other batch may work on them at the same time. */
export function recordsInBatch(batch: Batch): string[] {
	return isFinished(batch) ? [] : batch.flatMap(({ ready }) => ready.records);
}

/**
 * Returns a function that returns the next batch, in the order of the items. Items that fit into one bulk request are
 * collected up to its size. A record is in a batch only once, and no item overtakes an earlier item on the same record.
 *
 * @param getReady called once for each item, in order
 * @param endpoint the bulk endpoint of the operation
 */
export function batchesOf(
	count: number,
	getReady: (item: number) => ReadyItem,
	endpoint?: BulkEndpoint,
): () => Batch | undefined {
	let item = 0;
	const open = new Map<string, Array<BatchItem<PreparedItem>>>();
	/** Key of the open batch with an item on the record. */
	const waiting = new Map<string, string>();
	const full: Batch[] = [];
	const numbers = new Map<Connection, number>();

	const close = (key: string) => {
		const batch = open.get(key)!;
		for (const record of recordsInBatch(batch)) waiting.delete(record);
		open.delete(key);
		full.push(batch);
	};
	const keyOf = ({ request, connection }: PreparedItem, { together }: BulkEndpoint) => {
		const number = numbers.get(connection) ?? numbers.size;
		numbers.set(connection, number);
		return `${number} ${together?.(request) ?? ''}`;
	};

	const take = (number: number, ready: ReadyItem) => {
		if ('result' in ready) return void full.push([{ item: number, ready }]);
		for (const record of ready.records) {
			const earlier = waiting.get(record);
			if (earlier !== undefined) close(earlier);
		}
		const batchItem = { item: number, ready };
		if (!endpoint || !ready.inBulk || endpoint.fits?.(ready.request) === false) return void full.push([batchItem]);
		const key = keyOf(ready, endpoint);
		const batch = open.get(key) ?? [];
		batch.push(batchItem);
		open.set(key, batch);
		for (const record of ready.records) waiting.set(record, key);
		if (batch.length >= endpoint.size) close(key);
		else if (open.size > MAX_OPEN_BATCHES) close(open.keys().next().value!);
	};

	return () => {
		while (full.length === 0 && item < count) take(item, getReady(item++));
		if (full.length === 0) [...open.keys()].forEach(close);
		return full.shift();
	};
}
