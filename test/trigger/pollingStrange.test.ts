import fc from 'fast-check';
import type { IDataObject } from 'n8n-workflow';
import { fakeDate } from '../support/fakeDate';
import { rounds } from '../support/hostile';
import {
	byMoment,
	byWindow,
	expectEachOnce,
	Model,
	PAGE,
	START,
	type Change,
	type Dialect,
	type Step,
	type Strangeness,
	type Thing,
} from './pollingModel';

const HOUR = 3_600;
const quietPoll: Extract<Step, { kind: 'poll' }> = { kind: 'poll', refusals: [], during: [] };
const strangely = (dialect: Dialect, strange: Strangeness): Dialect => ({ ...dialect, strange });
const several = (model: Model, count: number) =>
	Array.from({ length: count }).forEach(() => model.change({ kind: 'create' }));
const tick = (model: Model, seconds: number) => model.change({ kind: 'tick', seconds });

const byTime = (direction: 1 | -1) => (things: Thing[]) =>
	[...things].sort((a, b) => direction * (a.at - b.at || a.id - b.id));
/** The newest page first, each page in the order that was asked for. */
const newestPageFirst = (things: Thing[]) => {
	const sorted = byTime(1)(things);
	const pages = Array.from({ length: Math.ceil(sorted.length / PAGE) }, (_, page) =>
		sorted.slice(page * PAGE, (page + 1) * PAGE),
	);
	return pages.reverse().flat();
};
const orders: Record<string, ((things: Thing[]) => Thing[]) | undefined> = {
	'that was asked for': undefined,
	'newest first': byTime(-1),
	'as they stand in the table': (things) => things,
	'newest page first': newestPageFirst,
	'by a number that has nothing to do with time': (things) =>
		[...things].sort((a, b) => ((a.id * 7) % 11) - ((b.id * 7) % 11)),
};

beforeEach(() => fakeDate());
afterEach(() => jest.useRealTimers());

const change: fc.Arbitrary<Change> = fc.oneof(
	fc.record({ kind: fc.constant('create' as const) }),
	fc.record({ kind: fc.constant('update' as const), which: fc.nat(20) }),
	fc.record({ kind: fc.constant('tick' as const), seconds: fc.constantFrom(0, 1, 30, 90, 600, HOUR) }),
	fc.record({ kind: fc.constant('late' as const), minutes: fc.constantFrom(0, 1, 4) }),
);
const step = fc.oneof(
	{ weight: 6, arbitrary: change },
	{ weight: 3, arbitrary: fc.constant('poll' as const) },
	{ weight: 1, arbitrary: fc.constantFrom({ slip: 0 }, { slip: -HOUR * 1000 }) },
);
const strange = fc.record({
	order: fc.constantFrom(...Object.values(orders)),
	ignoresFilter: fc.boolean(),
	poison: fc.constantFrom<unknown[]>(
		[],
		[{ id: 900, updated_at: null }],
		[{ id: 901, updated_at: 'soon' }, null],
		['nothing', 7],
	),
});

test.each<[string, Dialect]>([
	['by the moments of the records', byMoment],
	['by a window of our clock', byWindow],
])('whatever order, filter, clock and poison, each change is handed on once: %s', async (_how, dialect) => {
	await fc.assert(
		fc.asyncProperty(
			strange,
			fc.array(change, { maxLength: 15 }),
			fc.array(step, { maxLength: 30 }),
			async (odd, before, all) => {
				const model = new Model(
					strangely(
						dialect,
						dialect === byWindow
							? { ...odd, poison: odd.poison.filter((one) => typeof one !== 'object' || !one) }
							: odd,
					),
				);
				before.forEach((one) => model.change(one));
				// A window by our clock cannot tell what was there long before the first poll from what comes.
				if (dialect === byWindow && model.now > START) tick(model, 3 * HOUR);
				await model.poll(quietPoll);
				const old = new Set(model.things.map(model.keyOf));
				for (const one of all) {
					if (one === 'poll') await model.poll(quietPoll);
					else if ('slip' in one) model.slip = one.slip;
					else {
						model.change(one);
						// A window that is not read in time is another matter.
						if (one.kind === 'tick') await model.poll(quietPoll);
					}
				}
				await model.poll(quietPoll);
				await model.poll(quietPoll);

				expectEachOnce(model, old);
			},
		),
		{ numRuns: rounds(100) },
	);
});

describe('a vendor that ignores the order', () => {
	test.each(Object.entries(orders))(
		'loses none of many things that come %s, and they are handed on the oldest first',
		async (_name, order) => {
			const model = new Model(strangely(byMoment, { order }));
			await model.poll(quietPoll);
			for (let count = 0; count < 35; count += 1) {
				several(model, 1);
				tick(model, 1_000);
			}

			await model.poll(quietPoll);
			await model.poll(quietPoll);

			expect(model.handedOn).toEqual(Array.from({ length: 35 }, (_, index) => `${index + 1} v1`));
		},
	);

	test('is reported in the log with each poll, and as an error once', async () => {
		const model = new Model(strangely(byMoment, { order: byTime(-1) }));
		await model.poll(quietPoll);
		for (let poll = 0; poll < 2; poll += 1) {
			tick(model, HOUR);
			several(model, 1);
			tick(model, 1);
			several(model, 1);
			await model.poll(quietPoll);
		}

		expect(model.emitted.map(({ message }) => message)).toEqual([
			expect.stringMatching(/^'Thing Changed': .*ignores the requested order/),
		]);
		expect(model.logged).toHaveLength(2);
		expect(model.handedOn).toEqual(['1 v1', '2 v1', '3 v1', '4 v1']);
	});

	test('is reported again after a poll in which it heeded it', async () => {
		const dialect = strangely(byMoment, { order: byTime(-1) });
		const model = new Model(dialect);
		await model.poll(quietPoll);
		for (const order of [byTime(-1), undefined, byTime(-1)]) {
			dialect.strange!.order = order;
			tick(model, HOUR);
			several(model, 1);
			tick(model, 1);
			several(model, 1);
			await model.poll(quietPoll);
		}

		expect(model.emitted).toHaveLength(2);
	});

	test('is not taken for one while things are written during a long backlog', async () => {
		const model = new Model(byMoment);
		await model.poll(quietPoll);
		for (let count = 0; count < 4 * PAGE; count += 1) {
			several(model, 1);
			tick(model, 1);
		}

		await model.poll({ ...quietPoll, during: [2, 3, 4, 5, 6].map((request) => [request, { kind: 'create' }]) });

		expect(model.logged).toEqual([]);
		expect(model.emitted).toEqual([]);
	});
});

describe('a vendor that ignores the start time', () => {
	test('tells of nothing that is older, and is not read to its end each time', async () => {
		let asked = 0;
		const counted: Dialect = { ...byMoment, wants: (request) => ((asked += 1), byMoment.wants(request)) };
		const model = new Model(strangely(counted, { ignoresFilter: true }));
		for (let count = 0; count < 40 * PAGE; count += 1) {
			several(model, 1);
			tick(model, HOUR);
		}
		await model.poll(quietPoll);
		several(model, 2);
		asked = 0;

		await model.poll(quietPoll);

		expect(model.handedOn).toEqual([40 * PAGE + 1, 40 * PAGE + 2].map((id) => `${id} v1`));
		expect(asked).toBeLessThanOrEqual(3);
		expect(model.emitted.map(({ message }) => message)).toEqual([
			expect.stringContaining('ignores the requested start time'),
		]);
	});
});

test('a vendor that heeds neither is read to its end, although its first page is the newest first by chance', async () => {
	const byNumber = orders['by a number that has nothing to do with time'];
	const model = new Model(strangely(byMoment, { order: byNumber, ignoresFilter: true }));
	several(model, 4);
	tick(model, HOUR);
	await model.poll(quietPoll);
	several(model, 1);
	await model.poll(quietPoll);
	several(model, 1);
	await model.poll(quietPoll);

	expect(model.handedOn).toEqual(['5 v1', '6 v1']);
});

test('a vendor that heeds no filter, whose list is in the order that was asked for by chance, is read to its end', async () => {
	// Neither request changes the list, and things of one moment are in every order.
	const model = new Model(strangely(byMoment, { order: (things) => things, ignoresFilter: true }));
	several(model, PAGE);
	tick(model, HOUR);
	await model.poll(quietPoll);
	several(model, 1);
	await model.poll(quietPoll);

	expect(model.handedOn).toEqual([`${PAGE + 1} v1`]);
});

test('a clock that was days ahead at the first poll hides nothing once it is right', async () => {
	const model = new Model(byMoment);
	model.slip = 72 * HOUR * 1000;
	await model.poll(quietPoll);
	model.slip = 0;
	await model.poll(quietPoll);
	several(model, 1);
	await model.poll(quietPoll);

	expect(model.handedOn).toEqual(['1 v1']);
});

describe('a clock that is set back by an hour', () => {
	test.each<[string, Dialect]>([
		['by moments', byMoment],
		['by a window', byWindow],
	])('tells nothing twice, and loses nothing, %s', async (_how, dialect) => {
		const model = new Model(dialect);
		await model.poll(quietPoll);
		for (let minute = 0; minute < 150; minute += 1) {
			if (minute === 70) model.slip = -HOUR * 1000;
			if (minute === 100) model.slip = 0;
			several(model, 1);
			tick(model, 60);
			await model.poll(quietPoll);
		}

		expect(model.handedOn).toEqual(Array.from({ length: 150 }, (_, index) => `${index + 1} v1`));
	});

	test('a change and its opposite are two changes while the clock goes on', async () => {
		const model = new Model({ ...byWindow, shows: ({ id, version }) => ({ id, version: version % 2 }) });
		several(model, 1);
		tick(model, 601);
		await model.poll(quietPoll);
		let told = 0;
		for (let minute = 0; minute < 4; minute += 1) {
			model.change({ kind: 'update', which: 0 });
			await model.poll(quietPoll);
			told += model.handedOn.splice(0).length;
			tick(model, 601);
			await model.poll(quietPoll);
		}

		expect(told).toBe(4);
	});

	test('what is remembered for it is forgotten after two hours', async () => {
		const model = new Model(byWindow);
		await model.poll(quietPoll);
		for (let half = 0; half < 20; half += 1) {
			several(model, 1);
			tick(model, HOUR / 2);
			await model.poll(quietPoll);
		}

		expect(model.kept('earlier')).toBeLessThanOrEqual(5);
	});
});

describe('a record that cannot be placed', () => {
	const dated = (at: number) => new Date(at).toISOString();

	test.each<[string, unknown, RegExp]>([
		['has no date', { id: 900, updated_at: null }, /1 of 2 records have no valid date under 'updated_at'/],
		['has a date that is none', { id: 900, updated_at: 'yesterday' }, /no valid date/],
		['is none', null, /1 of 2 entries are not readable records/],
		['is text', 'Internal error', /not readable records/],
	])('keeps none of the others back when it %s, and is reported', async (_what, poison, words) => {
		const dialect = strangely(byMoment, { poison: [poison] });
		const model = new Model(dialect);
		await model.poll(quietPoll);
		for (let poll = 0; poll < 3; poll += 1) {
			several(model, 1);
			await model.poll(quietPoll);
		}

		expect(model.handedOn).toEqual(['1 v1', '2 v1', '3 v1']);
		expect(model.emitted).toHaveLength(1);
		expect(model.logged.join('\n')).toMatch(words);
	});

	test('has no ID: it is reported and left out, in a window and by moments', async () => {
		const bare = (record: IDataObject) => ({ updated_at: dated(START), version: 1, ...record });
		const change = ({ id }: IDataObject) => id;
		for (const dialect of [byMoment, byWindow]) {
			const [[key, event]] = Object.entries(dialect.trigger.events);
			const events = { [key]: { ...event, by: { ...event.by, change } } };
			for (const poison of [bare({}), bare({ id: null }), bare({ id: '' })]) {
				const odd = { ...dialect, trigger: { ...dialect.trigger, events }, strange: {} as Strangeness };
				const model = new Model(odd);
				await model.poll(quietPoll);
				odd.strange.poison = [poison];
				several(model, 2);
				await model.poll(quietPoll);

				expect(model.handedOn).toEqual(['1 v1', '2 v1']);
				expect(model.logged.join('\n')).toContain('a record has no ID');
			}
		}
	});

	test('is on a page of its own kind alone', async () => {
		const model = new Model({ ...strangely(byMoment, { poison: [null] }), shows: () => null as never });
		await model.poll(quietPoll);
		several(model, 1);
		await model.poll(quietPoll);

		expect(model.logged.join('\n')).toContain('2 of 2 entries are not readable records');
	});
});
