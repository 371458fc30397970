import fc from 'fast-check';
import { runInOrder } from '../../nodes/shared/runInOrder';

const tick = async () => await new Promise((resolve) => setImmediate(resolve));

test('items start in order, and items of one record never overlap', async () => {
	await fc.assert(
		fc.asyncProperty(fc.array(fc.constantFrom('a', 'b', undefined), { maxLength: 20 }), fc.integer({ min: 1, max: 5 }), async (records, parallel) => {
			const started: number[] = [];
			const busy = new Set<string>();
			let most = 0;
			let atWork = 0;

			await runInOrder({
				count: records.length,
				parallel,
				prepare: (item) => item,
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
		}),
	);
});

test('no item starts after one said stop, and those at work are waited for', async () => {
	const finished: number[] = [];

	await runInOrder({
		count: 10,
		parallel: 3,
		prepare: (item) => item,
		recordOf: () => undefined,
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
	const run = runInOrder({
		count: 3,
		parallel: 3,
		prepare: (item) => item,
		recordOf: () => undefined,
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
