import fc from 'fast-check';
import { asSuccess, recordOf, recordsOf, simplified } from '../../nodes/shared/output';
import { redactorFor } from '../../nodes/shared/redact';
import { backOffMs, nextPauseMs, repeatTable, type Outcome } from '../../nodes/shared/repeat';
import { runInOrder } from '../../nodes/shared/runInOrder';

const patience = { maxTries: 5, maxWaitMs: 300_000 };

describe('redaction', () => {
	test('no secret survives anywhere in a value, in any of its written forms', () => {
		fc.assert(
			fc.property(fc.string({ minLength: 8 }), fc.anything(), (secret, rest) => {
				fc.pre(!JSON.stringify({ rest: rest ?? null })?.includes(secret) && !'[secret removed]'.includes(secret));
				const value = { echo: `key ${secret}!`, url: `https://x/?k=${encodeURIComponent(secret)}`, list: [{ [secret]: secret }] };

				const cleaned = redactorFor([secret])(value);

				expect(Object.values(cleaned.list[0])).toEqual(['[secret removed]']);
				expect(cleaned.echo).toBe('key [secret removed]!');
				expect(cleaned.url).not.toContain(encodeURIComponent(secret));
			}),
		);
	});

	test('other values come through unchanged', () => {
		const value = { a: [1, null, true, { b: 'text' }], c: undefined };

		expect(redactorFor(['a very long secret'])(value)).toEqual(value);
	});
});

describe('repeat table', () => {
	const outcomes = Object.keys(repeatTable) as Outcome[];

	test('a write that may have been carried out is never repeated', () => {
		const repeated = outcomes.filter((outcome) => repeatTable[outcome].mayHaveBeenApplied && nextPauseMs(outcome, false, 1, 0, patience) !== undefined);

		expect(repeated).toEqual([]);
	});

	test('reads are repeated after every trouble that may pass', () => {
		const repeated = outcomes.filter((outcome) => nextPauseMs(outcome, true, 1, 0, patience) !== undefined);

		expect(repeated.sort()).toEqual(['broken', 'noAnswer', 'notConnected', 'slowDown', 'unreadable']);
	});

	test('the pause that the vendor asks for is kept to the millisecond', () => {
		expect(nextPauseMs('slowDown', false, 1, 0, patience, 39_000)).toBe(39_000);
	});

	test('tries and total wait are bounded', () => {
		expect(nextPauseMs('slowDown', true, 5, 0, patience, 1)).toBeUndefined();
		expect(nextPauseMs('slowDown', true, 2, 290_000, patience, 20_000)).toBeUndefined();
	});

	test('pauses of our own double up to a minute, with full jitter', () => {
		expect([1, 2, 3, 9].map((attempt) => backOffMs(attempt, () => 1))).toEqual([1_000, 2_000, 4_000, 60_000]);
		expect(backOffMs(3, () => 0)).toBe(0);
	});
});

describe('working through items', () => {
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
});

describe('output', () => {
	const operation = { output: 'task', simple: ['id', 'name'] } as never;

	test('the record is taken out of its envelope, and an answer without one is given as it is', () => {
		expect(recordOf(operation, { success: true, task: { id: 1 } })).toEqual({ id: 1 });
		expect(recordOf(operation, { id: 2 })).toEqual({ id: 2 });
	});

	test('an empty answer is a success', () => {
		expect(recordOf(operation, '')).toEqual({ success: true });
	});

	test.each([
		['a list gives its records one by one', 'POST /messages', { records: [{ id: 1 }, { id: 2 }] }, [{ id: 1 }, { id: 2 }]],
		['an empty list that was read gives none', 'GET /messages', { records: [] }, []],
		['an empty list after a write gives its envelope', 'POST /messages', { total: 0, records: [] }, [{ total: 0, records: [] }]],
		['a single record gives itself', 'POST /messages', { records: { id: 1 } }, [{ id: 1 }]],
		['an answer without the list gives itself', 'GET /messages', { id: 1 }, [{ id: 1 }]],
	])('%s', (_name, request, answer, records) => {
		expect(recordsOf({ output: 'records', request } as never, answer)).toEqual(records);
	});

	test('a search by POST that found nothing gives no record', () => {
		expect(recordsOf({ output: 'records', request: 'POST /search', reads: true } as never, { records: [] })).toEqual([]);
	});

	test('simplifying keeps the named members that came', () => {
		expect(simplified(operation, { extra: 1, id: 2 })).toEqual({ id: 2 });
		expect(simplified(operation, { unknown: 1 })).toEqual({ unknown: 1 });
	});

	test('a member named error does not make a success look like a failure', () => {
		expect(asSuccess({ id: 1, error: 'none' })).toEqual({ id: 1, record_error: 'none' });
	});
});
