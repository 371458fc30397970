import fc from 'fast-check';
import {
	countLockedRecords,
	type LockMode,
	recordInPath,
	RecordLocks,
	recordName,
} from '../../nodes/shared/http/limiter';

const patience = { signal: new AbortController().signal, maxWaitMs: 60_000 };
const alone = (...names: string[]) => names.map((name) => [name, 'alone'] as const);
const shared = (...names: string[]) => names.map((name) => [name, 'shared'] as const);
const held = (account = 'account') => new RecordLocks(account, 'Imagined CRM');
const settle = async () => await new Promise((resolve) => setImmediate(resolve));

/** Whether records can be taken at once. */
async function isFree(records: ReturnType<typeof alone>, account?: string): Promise<boolean> {
	const other = held(account);
	const stop = new AbortController();
	const taken = other.take(records, { signal: stop.signal, maxWaitMs: 60_000 }).then(
		() => true,
		() => false,
	);
	await settle();
	stop.abort(new Error('stopped'));
	const free = await taken;
	other.release();
	return free;
}

afterEach(() => expect(countLockedRecords()).toBe(0));

describe('a record that an item has locked', () => {
	test.each<[string, boolean, ReturnType<typeof alone>, string | undefined]>([
		['the same record', false, alone('a'), undefined],
		['one of several', false, alone('b', 'a'), undefined],
		['the same record, shared', false, shared('a') as never, undefined],
		['another record', true, alone('b'), undefined],
		['the record of another account', true, alone('a'), 'other account'],
	])('keeps others from %s: free %p', async (_name, free, records, account) => {
		const mine = held();
		await mine.take(alone('a'), patience);

		const answer = await isFree(records, account);
		mine.release();

		expect(answer).toBe(free);
		expect(await isFree(alone('a'))).toBe(true);
	});

	test('is locked only once by the same item, and alone if both modes are requested', async () => {
		const mine = held();
		await mine.take([...shared('a'), ...alone('a'), ...shared('a')], patience);

		expect(await mine.take(alone('a'), patience)).toBe(false);
		expect(await isFree(shared('a') as never)).toBe(false);
		mine.release();
	});

	test('can be shared by several items, which keep out an item that wants it alone', async () => {
		const [one, other] = [held(), held()];
		await Promise.all([one.take(shared('a'), patience), other.take(shared('a'), patience)]);
		one.release();

		const free = await isFree(alone('a'));
		other.release();

		expect(free).toBe(false);
	});

	test('goes to the waiting items in order of arrival, also if some share it', async () => {
		const first = held();
		await first.take(alone('a'), patience);
		const order: string[] = [];
		const waiting = (['alone', 'shared', 'shared', 'alone', 'shared'] as LockMode[]).map(async (mode, index) => {
			const mine = held();
			expect(await mine.take([['a', mode]], patience)).toBe(true);
			order.push(`${index}`);
			await settle();
			order.push(`end ${index}`);
			mine.release();
		});
		first.release();
		await Promise.all(waiting);

		expect(order).toEqual(['0', 'end 0', '1', '2', 'end 1', 'end 2', '3', 'end 3', '4', 'end 4']);
	});

	test('is not shared while an earlier item waits for it alone, and is shared again when that item stops waiting', async () => {
		const [one, alone1, other] = [held(), held(), held()];
		await one.take(shared('a'), patience);
		const stop = new AbortController();
		const giving = alone1.take(alone('a'), { ...patience, signal: stop.signal }).catch(() => 'gave up');
		let isShared = false;
		const sharing = other.take(shared('a'), patience).then(() => (isShared = true));
		await settle();
		const before = isShared;
		stop.abort(new Error('stopped'));
		await Promise.all([giving, sharing]);
		one.release();
		other.release();

		expect([before, isShared]).toEqual([false, true]);
	});

	test('ends a wait after Max Wait, and then goes to the next item in the queue', async () => {
		jest.useFakeTimers();
		const [mine, impatient, next] = [held(), held(), held()];
		await mine.take(alone('a'), patience);
		const refused = impatient
			.take(alone('a'), { ...patience, maxWaitMs: 2_000 })
			.catch((error: Error) => error.message);
		const last = next.take(alone('a'), patience);
		await jest.advanceTimersByTimeAsync(2_000);
		jest.useRealTimers();
		mine.release();
		await last;
		next.release();

		expect(await refused).toBe(
			"Another item in this n8n has been using the same record in Imagined CRM for 2 s, and 'Max Wait' is 2 s",
		);
	});

	test('ends a wait when the execution is stopped, and its other records are free again', async () => {
		const [mine, other] = [held(), held()];
		await mine.take(alone('b'), patience);
		const stop = new AbortController();
		const taking = other.take(alone('c', 'b', 'a'), { ...patience, signal: stop.signal });
		stop.abort(new Error('stopped'));

		await expect(taking).rejects.toThrow('stopped');
		other.release();
		expect(await isFree(alone('a'))).toBe(true);
		mine.release();
	});

	test('makes a stopped execution fail without waiting', async () => {
		const mine = held();
		await mine.take(alone('a'), patience);

		await expect(
			held().take(alone('a'), { ...patience, signal: AbortSignal.abort(new Error('stopped')) }),
		).rejects.toThrow('stopped');
		mine.release();
	});
});

test('with any records and any stops, no two items have one record alone, all items finish, and no lock stays', async () => {
	const record = fc.tuple(fc.constantFrom('a', 'b', 'c', 'd'), fc.constantFrom<LockMode>('alone', 'alone', 'shared'));
	await fc.assert(
		fc.asyncProperty(
			fc.array(fc.record({ records: fc.array(record, { maxLength: 4 }), isStopped: fc.boolean(), turns: fc.nat(3) }), {
				maxLength: 12,
			}),
			async (items) => {
				const working = new Map<string, LockMode[]>();
				await Promise.all(
					items.map(async ({ records, isStopped, turns }) => {
						const mine = held();
						const stop = new AbortController();
						const taken = mine.take(records, { signal: stop.signal, maxWaitMs: 60_000 });
						if (isStopped) stop.abort(new Error('stopped'));
						const got = await taken.then(
							() => true,
							() => false,
						);
						const modes = new Map<string, LockMode>();
						for (const [name, mode] of records) if (modes.get(name) !== 'alone') modes.set(name, mode);
						if (got) {
							for (const [name, mode] of modes) {
								const others = working.get(name) ?? [];
								expect(others.length === 0 || (mode === 'shared' && others.every((other) => other === 'shared'))).toBe(
									true,
								);
								working.set(name, [...others, mode]);
							}
							for (let turn = 0; turn < turns; turn += 1) await settle();
							for (const [name] of modes) working.get(name)!.pop();
						}
						mine.release();
					}),
				);
				expect(countLockedRecords()).toBe(0);
			},
		),
		{ numRuns: 100 },
	);
});

test.each([
	['contacts', 5, 'contacts/5'],
	['contacts', ' AB ', 'contacts/ab'],
	['leads', '0B28F3A1-0000-4000-8000-00000000000A', 'id 0b28f3a1-0000-4000-8000-00000000000a'],
])('the name of %s %p is %s', (kind, id, name) => {
	expect(recordName(kind, id)).toBe(name);
});

test.each([
	['/deals/7', 'deals/7'],
	['/deals/7/products/3', 'deals/7'],
	['/accounts/x/contacts/12?a=1', undefined],
	['/leads/0B28f3a1-0000-4000-8000-00000000000a/stage', 'id 0b28f3a1-0000-4000-8000-00000000000a'],
	['/contacts/search', undefined],
	['/7', undefined],
])('the path %s contains the record %p', (path, record) => {
	expect(recordInPath(path)).toBe(record);
});
