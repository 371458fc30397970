import fc from 'fast-check';
import { runInOrder } from '../../nodes/shared/run/runInOrder';

interface Items {
	count: number;
	parallel: number;
	breathe?: () => Promise<void> | undefined;
	prepare?: (item: number) => number;
	recordOf?: (item: number) => string | undefined;
	work: (item: number) => Promise<boolean>;
}

/** Runs items one by one, each a unit of its own on no more than one record. */
async function runItems({ count, parallel, breathe, prepare = (item) => item, recordOf, work }: Items) {
	let item = 0;
	await runInOrder({
		parallel: () => parallel,
		yieldToOthers: breathe,
		next: () => (item < count ? prepare(item++) : undefined),
		recordsOf: (unit) => [recordOf?.(unit)].flatMap((record) => record ?? []),
		work,
	});
}

const tick = async () => await new Promise((resolve) => setImmediate(resolve));

test('items start in order, and items of one record never overlap', async () => {
	await fc.assert(
		fc.asyncProperty(
			fc.array(fc.constantFrom('a', 'b', undefined), { maxLength: 20 }),
			fc.integer({ min: 1, max: 5 }),
			async (records, parallel) => {
				const started: number[] = [];
				const busy = new Set<string>();
				let most = 0;
				let atWork = 0;

				await runItems({
					count: records.length,
					parallel,
					recordOf: (item) => records[item],
					work: async (item) => {
						const record = records[item];
						started.push(item);
						most = Math.max(most, (atWork += 1));
						expect(record !== undefined && busy.has(record)).toBe(false);
						if (record) busy.add(record);
						await tick();
						if (record) busy.delete(record);
						atWork -= 1;
						return true;
					},
				});

				for (const record of ['a', 'b']) {
					const order = started.filter((item) => records[item] === record);
					expect(order).toEqual([...order].sort((x, y) => x - y));
				}
				expect(started).toHaveLength(records.length);
				expect(most).toBeLessThanOrEqual(parallel);
			},
		),
	);
});

test('a unit of several records waits for all of them, and keeps those after it waiting', async () => {
	const order: string[] = [];
	const units = [['a'], ['b'], ['a', 'b'], ['b'], ['c']];
	let next = 0;

	await runInOrder({
		parallel: () => 5,
		next: () => units[next++],
		recordsOf: (unit) => unit,
		work: async (unit) => {
			order.push(`start ${unit.join('+')}`);
			await tick();
			order.push(`end ${unit.join('+')}`);
			return true;
		},
	});

	const at = (what: string, from = 0) => order.indexOf(what, from);
	expect(at('start a+b')).toBeGreaterThan(Math.max(at('end a'), at('end b')));
	expect(at('start b', at('end b'))).toBeGreaterThan(at('end a+b'));
	expect(at('start c')).toBeLessThan(at('end a'));
});

test('no item starts after one said stop, and those at work are waited for', async () => {
	const finished: number[] = [];

	await runItems({
		count: 10,
		parallel: 3,
		work: async (item) => {
			if (item !== 1) await tick();
			finished.push(item);
			return item !== 1;
		},
	});

	expect(finished.sort()).toEqual([0, 1, 2]);
});

test('an error of one item comes out after the others are done', async () => {
	const finished: number[] = [];
	const run = runItems({
		count: 3,
		parallel: 3,
		work: async (item) => {
			if (item === 0) throw new Error('first');
			await tick();
			finished.push(item);
			return true;
		},
	});

	await expect(run).rejects.toThrow('first');
	expect(finished).toEqual([1, 2]);
});

/** Runs items of some records and notes what happens; an item works for one turn, and then ends as `endOf` says. */
async function observe(records: Array<string | undefined>, endOf: (item: number) => boolean | Error, parallel = 3) {
	const seen = { prepared: [] as number[], started: [] as number[] };
	const run = runItems({
		count: records.length,
		parallel,
		prepare: (item) => (seen.prepared.push(item), item),
		recordOf: (item) => records[item],
		work: async (item) => {
			seen.started.push(item);
			await tick();
			const end = endOf(item);
			if (end instanceof Error) throw end;
			return end;
		},
	});
	return {
		...seen,
		error: await run.then(
			() => undefined,
			(error: Error) => error.message,
		),
	};
}

test('an item that waits for its record does not start after that one said stop', async () => {
	expect(await observe(['a', 'a', 'a'], () => false)).toEqual({ prepared: [0, 1, 2], started: [0], error: undefined });
});

test('an item that waits for its record does not start after that one failed, and the failure comes out once', async () => {
	expect(await observe(['a', 'a', 'b', 'a'], (item) => (item === 0 ? new Error('first') : true))).toMatchObject({
		started: [0, 2],
		error: 'first',
	});
});

test('of several errors the first item has the word', async () => {
	expect(await observe([undefined, undefined], (item) => new Error(`item ${item}`))).toMatchObject({
		started: [0, 1],
		error: 'item 0',
	});
});

test('no item is prepared before its turn, so that it sees what the ones before it changed', async () => {
	const seen: string[] = [];
	const note = (what: string) => (item: number) => (seen.push(`${what} ${item}`), item);

	await runItems({ count: 2, parallel: 1, prepare: note('prepare'), work: async (item) => (note('work')(item), true) });

	expect(seen).toEqual(['prepare 0', 'work 0', 'prepare 1', 'work 1']);
});

test('others have their turn before each item, and an item that was to come in that time does not when one said stop', async () => {
	const seen: Array<number | string> = [];
	const breathe = async () => {
		seen.push('breath');
		await tick();
	};
	const work = async (item: number) => {
		seen.push(item);
		return item < 1;
	};

	await runItems({ count: 5, parallel: 1, breathe, work });
	const one = [...seen];
	seen.length = 0;
	await runItems({ count: 9, parallel: 3, breathe, work });

	expect(one).toEqual(['breath', 0, 'breath', 1, 'breath']);
	expect(seen.filter((what) => typeof what === 'number')).toEqual([0, 1]);
});

test('as many items are at work at the same time as may be, and no items are no work', async () => {
	const order: string[] = [];
	const run = async (count: number, parallel: number) =>
		await runItems({
			count,
			parallel,
			work: async (item) => {
				order.push(`start ${item}`);
				await tick();
				order.push(`end ${item}`);
				return true;
			},
		});

	await run(0, 4);
	await run(3, 2);

	expect(order).toEqual(['start 0', 'start 1', 'end 0', 'start 2', 'end 1', 'end 2']);
});

test('the number of items at work follows a number that changes, both ways', async () => {
	const atWork: number[] = [];
	let open = 0;
	let item = 0;
	const numbers = [1, 1, 3, 3, 3, 3, 3, 3, 1, 1, 1, 1];

	await runInOrder({
		parallel: () => numbers[Math.min(item, numbers.length - 1)],
		next: () => (item < 16 ? item++ : undefined),
		recordsOf: () => [],
		work: async () => {
			atWork.push((open += 1));
			await tick();
			open -= 1;
			return true;
		},
	});

	expect(atWork).toHaveLength(16);
	expect([Math.max(...atWork.slice(0, 2)), Math.max(...atWork), Math.max(...atWork.slice(-4))]).toEqual([1, 3, 1]);
});

test('order and records are kept, and no item is lost, however the number changes', async () => {
	await fc.assert(
		fc.asyncProperty(
			fc.array(fc.constantFrom('a', 'b', undefined), { maxLength: 30 }),
			fc.array(fc.integer({ min: 1, max: 8 }), { minLength: 1 }),
			async (records, numbers) => {
				const started: number[] = [];
				const busy = new Set<string>();
				let item = 0;
				let asked = 0;

				await runInOrder({
					parallel: () => numbers[(asked += 1) % numbers.length],
					next: () => (item < records.length ? item++ : undefined),
					recordsOf: (unit) => [records[unit]].flatMap((record) => record ?? []),
					work: async (unit) => {
						const record = records[unit] ?? `none ${unit}`;
						expect(busy.has(record)).toBe(false);
						busy.add(record);
						started.push(unit);
						await tick();
						busy.delete(record);
						return true;
					},
				});

				expect([...started].sort((x, y) => x - y)).toEqual(records.map((_, index) => index));
				for (const record of ['a', 'b']) {
					const order = started.filter((unit) => records[unit] === record);
					expect(order).toEqual([...order].sort((x, y) => x - y));
				}
			},
		),
	);
});
