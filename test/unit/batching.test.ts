import fc from 'fast-check';
import type { BulkEndpoint } from '../../nodes/shared/form/operation';
import type { Connection } from '../../nodes/shared/http/connection';
import type { PreparedItem } from '../../nodes/shared/run/sendItem';
import { recordsInBatch, batchesOf, type ReadyItem, type Batch } from '../../nodes/shared/run/batching';

const batch: BulkEndpoint = {
	request: 'POST /bulk',
	page: 'https://imagined.example',
	contract: 'bulk',
	size: 3,
	body: () => [],
	results: () => [],
};
const one = {} as Connection;
const other = {} as Connection;

interface Part {
	record?: string;
	inBulk?: boolean;
	list?: string;
	connection?: Connection;
}
const ready = ({ record, inBulk = true, list = '', connection = one }: Part): PreparedItem =>
	({
		records: record === undefined ? [] : [record],
		inBulk,
		connection,
		request: { method: 'POST', effect: 'writes', path: '/things', query: { list } },
	}) as unknown as PreparedItem;
const done: ReadyItem = { result: { output: [] } };

/** The items of each unit, in the order of the units. */
function itemsOf(all: readonly ReadyItem[], given?: BulkEndpoint): number[][] {
	const next = batchesOf(all.length, (item) => all[item], given);
	const units: Batch[] = [];
	for (let unit = next(); unit; unit = next()) units.push(unit);
	return units.map((unit) => unit.map(({ item }) => item));
}

test('without a bulk request each item is a unit, in order', () => {
	expect(itemsOf([ready({}), ready({}), done])).toEqual([[0], [1], [2]]);
});

test('items go together up to the size of the bulk request, the rest in a last one', () => {
	expect(itemsOf(Array(7).fill(ready({})), batch)).toEqual([[0, 1, 2], [3, 4, 5], [6]]);
});

test('an item that is done with, or that is to go alone, does not hold up the others', () => {
	expect(itemsOf([ready({}), done, ready({ inBulk: false }), ready({})], batch)).toEqual([[1], [2], [0, 3]]);
});

test('an item that the bulk request does not take goes alone', () => {
	expect(
		itemsOf([ready({}), ready({ list: 'x' }), ready({})], { ...batch, fits: ({ query }) => query.list !== 'x' }),
	).toEqual([[1], [0, 2]]);
});

test('only items that have in common what the request says once go together, however they are mixed', () => {
	const mixed = ['a', 'b', 'a', 'b', 'a', 'b', 'a'].map((list) => ready({ list }));

	expect(itemsOf(mixed, { ...batch, together: ({ query }) => String(query.list) })).toEqual([
		[0, 2, 4],
		[1, 3, 5],
		[6],
	]);
});

test('items with other options go in requests of their own', () => {
	expect(itemsOf([ready({}), ready({ connection: other }), ready({}), ready({ connection: other })], batch)).toEqual([
		[0, 2],
		[1, 3],
	]);
});

test('a second item on the same record begins the next request', () => {
	expect(
		itemsOf([ready({ record: 'a' }), ready({ record: 'b' }), ready({ record: 'a' }), ready({ record: 'c' })], batch),
	).toEqual([
		[0, 1],
		[2, 3],
	]);
});

test('an item that goes alone does not get ahead of an earlier one on the same record', () => {
	expect(
		itemsOf([ready({ record: 'a' }), ready({ record: 'a', inBulk: false }), ready({ record: 'b' })], batch),
	).toEqual([[0], [1], [2]]);
});

test('items are prepared just before their turn, and no more of them than one request needs', () => {
	const prepared: number[] = [];
	const next = batchesOf(1000, (item) => (prepared.push(item), ready({})), batch);

	next();
	expect(prepared).toEqual([0, 1, 2]);
	next();
	expect(prepared).toHaveLength(6);
});

test('items that have nothing in common wait for others like them in no more than a few requests', () => {
	const prepared: number[] = [];
	const next = batchesOf(1000, (item) => (prepared.push(item), ready({ list: String(item) })), {
		...batch,
		together: ({ query }) => String(query.list),
	});

	expect(next()?.map(({ item }) => item)).toEqual([0]);
	expect(prepared).toHaveLength(17);
});

test('whatever comes, each item is in one unit, no unit is too large or has a record twice, and items on one record keep their order', () => {
	const part = fc.record({
		record: fc.option(fc.constantFrom('a', 'b', 'c'), { nil: undefined }),
		inBulk: fc.boolean(),
		list: fc.constantFrom('x', 'y', 'z'),
		connection: fc.constantFrom(one, other),
	});

	fc.assert(
		fc.property(
			fc.array(fc.oneof({ arbitrary: part.map(ready), weight: 9 }, fc.constant(done)), { maxLength: 60 }),
			(all) => {
				const units = itemsOf(all, { ...batch, together: ({ query }) => String(query.list) });
				const places = new Map(units.flatMap((unit, index) => unit.map((item) => [item, index] as const)));

				expect(units.flat().sort((a, b) => a - b)).toEqual(all.map((_ready, item) => item));
				for (const unit of units) {
					expect(unit.length).toBeLessThanOrEqual(3);
					const records = recordsInBatch(unit.map((item) => ({ item, ready: all[item] })) as unknown as Batch);
					expect(new Set(records).size).toBe(records.length);
				}
				for (const record of ['a', 'b', 'c']) {
					const order = all.flatMap((entry, item) =>
						'records' in entry && entry.records[0] === record ? [places.get(item)!] : [],
					);
					expect(order).toEqual([...order].sort((a, b) => a - b));
				}
			},
		),
	);
});
