import fc from 'fast-check';
import { fakeDate } from '../support/fakeDate';
import { rounds } from '../support/hostile';
import {
	asLeads,
	asRows,
	byMoment,
	byWindow,
	expectEachOnce,
	inLeadSquared,
	Model,
	OVERLAP,
	PAGE,
	START,
	type Change,
	type Dialect,
	type Step,
} from './pollingModel';

const change: fc.Arbitrary<Change> = fc.oneof(
	fc.record({ kind: fc.constant('create' as const) }),
	fc.record({ kind: fc.constant('update' as const), which: fc.nat(20) }),
	fc.record({ kind: fc.constant('tick' as const), seconds: fc.constantFrom(0, 1, 30, 90, OVERLAP / 1000, 3_600) }),
	fc.record({ kind: fc.constant('late' as const), minutes: fc.constantFrom(0, 1, 4, -30) }),
);
/** Between polls: while a window is read, what is deleted moves something else over the edge of a page. */
const between = fc.oneof(
	{ weight: 9, arbitrary: change },
	{ weight: 1, arbitrary: fc.record({ kind: fc.constant('delete' as const), which: fc.constantFrom(-1, 0, 1, 5) }) },
);
const refusals = fc.oneof(
	{ weight: 3, arbitrary: fc.constant<number[]>([]) },
	{ weight: 1, arbitrary: fc.integer({ min: 1, max: 5 }).map((number) => [number]) },
);
const aPoll = fc.record({
	kind: fc.constant('poll' as const),
	refusals,
	during: fc.array(fc.tuple(fc.integer({ min: 1, max: 6 }), change), { maxLength: 2 }),
});
const quietPoll: Extract<Step, { kind: 'poll' }> = { kind: 'poll', refusals: [], during: [] };

beforeEach(() => fakeDate());
afterEach(() => jest.useRealTimers());

test.each<[string, Dialect, runs: number]>([
	['by the moments of the records', byMoment, 300],
	['by a window of our clock, in no order', byWindow, 300],
	['new leads of LeadSquared', inLeadSquared('lead_created', { answers: (list) => list, byCreation: true }), 60],
	['changed leads of LeadSquared', inLeadSquared('lead_changed', { answers: asLeads }), 60],
	['activities of LeadSquared', inLeadSquared('activity_changed', { answers: asRows }), 60],
	['opportunities of LeadSquared', inLeadSquared('opportunity_changed', { answers: asRows }), 60],
])(
	'whatever happens before, between and during polls, each thing is handed on once in its last form, and nothing twice: %s',
	async (_what, dialect, runs) => {
		await fc.assert(
			fc.asyncProperty(
				fc.array(between, { maxLength: 12 }),
				fc.array(fc.oneof(between, aPoll), { maxLength: 40 }),
				async (before, steps) => {
					const model = new Model(dialect);
					before.forEach((one) => model.change(one));
					await model.poll(quietPoll);
					const old = new Set(model.things.map(model.keyOf));
					for (const step of steps) {
						if (step.kind === 'poll') await model.poll(step);
						else model.change(step);
					}
					await model.poll(quietPoll);
					await model.poll(quietPoll);

					expectEachOnce(model, old);
				},
			),
			{ numRuns: rounds(runs) },
		);
	},
);

const bothWays: Array<[string, Dialect]> = [
	['by moments', byMoment],
	['by a window', byWindow],
];
const several = (model: Model, count: number) =>
	Array.from({ length: count }).forEach(() => model.change({ kind: 'create' }));

/** A model whose trigger knows all of it but many things of one moment, an hour ago. */
async function withMany(count: number, dialect = byMoment): Promise<Model> {
	const model = new Model(dialect);
	await model.poll(quietPoll);
	several(model, count);
	model.change({ kind: 'tick', seconds: 3_600 });
	return model;
}

/** The dialect, and the moments from which its vendor is asked. */
function noted(dialect: Dialect): { dialect: Dialect; asked: number[] } {
	const asked: number[] = [];
	const wants: Dialect['wants'] = (request) => {
		asked.push(Date.parse(String(request.qs.since)));
		return dialect.wants(request);
	};
	return { dialect: { ...dialect, wants }, asked };
}

test('a thing that changes while a long backlog is read pushes none over the edge of a page', async () => {
	const model = await withMany(PAGE + 1);
	several(model, PAGE);

	await model.poll({ ...quietPoll, during: [[2, { kind: 'update', which: 0 }]] });
	await model.poll(quietPoll);

	expect([...model.handedOn].sort()).toEqual(['1 v1', '1 v2', ...[2, 3, 4, 5, 6, 7].map((id) => `${id} v1`)]);
});

test('a thing that changes while many of one moment are read pushes none of them over the edge of a page for ever', async () => {
	const model = await withMany(2 * PAGE + 1);

	await model.poll({ ...quietPoll, during: [[3, { kind: 'update', which: 0 }]] });
	await model.poll(quietPoll);

	expect([...model.handedOn].sort()).toEqual(['1 v1', '1 v2', ...[2, 3, 4, 5, 6, 7].map((id) => `${id} v1`)]);
});

test('what many of one moment pushed over the edge of a page comes with the next poll, when the vendor refuses before it is found', async () => {
	const model = await withMany(PAGE + 1);

	await model.poll({ ...quietPoll, refusals: [4], during: [[3, { kind: 'update', which: 0 }]] });
	const first = [...model.handedOn];
	await model.poll(quietPoll);

	expect(first).toEqual([...[1, 2, 3].map((id) => `${id} v1`), '1 v2']);
	expect(model.handedOn.slice(first.length)).toEqual(['4 v1']);
});

test('what came after many of one moment is where the next poll begins', async () => {
	const { dialect, asked } = noted(byMoment);
	const model = await withMany(PAGE + 1, dialect);
	model.change({ kind: 'create' });

	await model.poll(quietPoll);
	const before = asked.length;
	await model.poll(quietPoll);

	expect(asked.slice(before).map((since) => since - START + OVERLAP)).toEqual([3_600_000]);
});

test('where the newest thing is deleted, no poll goes back to what was long before it', async () => {
	const model = new Model(byMoment);
	model.change({ kind: 'create' });
	model.change({ kind: 'tick', seconds: 3_600 });
	model.change({ kind: 'create' });
	await model.poll(quietPoll);
	model.change({ kind: 'delete', which: 1 });

	for (let poll = 0; poll < 10; poll += 1) await model.poll(quietPoll);

	expect(model.handedOn).toEqual([]);
});

test('a vendor whose clock is half an hour behind is followed by its own', async () => {
	const model = new Model(byMoment);
	model.change({ kind: 'late', minutes: 30 });
	await model.poll(quietPoll);
	model.change({ kind: 'tick', seconds: 60 });
	model.change({ kind: 'late', minutes: 30 });

	await model.poll(quietPoll);

	expect(model.handedOn).toEqual(['2 v1']);
});

test.each(bothWays)('what is past the overlap is no longer remembered, %s', async (_how, dialect) => {
	const model = new Model(dialect);
	await model.poll(quietPoll);
	for (const count of [3 * PAGE, PAGE]) {
		several(model, count);
		model.change({ kind: 'tick', seconds: OVERLAP / 1000 + 1 });
		await model.poll(quietPoll);
		several(model, 1);
		await model.poll(quietPoll);
	}

	expect(model.handedOn).toHaveLength(4 * PAGE + 2);
	expect(model.remembered).toBeLessThanOrEqual(PAGE + 2);
});

test('a window begins where the poll before looked: what is long over is not asked for again', async () => {
	const { dialect, asked } = noted(byWindow);
	const model = new Model(dialect);

	for (let day = 0; day < 3; day += 1) {
		await model.poll(quietPoll);
		model.change({ kind: 'tick', seconds: 86_400 });
	}

	expect(asked.map((since) => (since - START + OVERLAP) / (86_400 * 1000))).toEqual([0, 0, 1]);
});

test.each(bothWays)('a long backlog comes in parts of about a thousand, %s', async (_how, dialect) => {
	const model = new Model(dialect);
	await model.poll(quietPoll);
	several(model, 1_100);

	await model.poll(quietPoll);
	const first = model.handedOn.length;
	await model.poll(quietPoll);

	expect(first).toBeGreaterThanOrEqual(1_000);
	expect(first).toBeLessThan(1_000 + PAGE);
	expect(model.handedOn).toEqual(Array.from({ length: 1_100 }, (_, index) => `${index + 1} v1`));
});

test('a vendor that gives the same page for ever is asked no further, and what it gave is handed on', async () => {
	const deaf: Dialect = { ...byMoment, wants: (request) => ({ ...byMoment.wants(request), page: 1 }) };
	const model = new Model(deaf);
	await model.poll(quietPoll);
	several(model, PAGE + 1);

	await model.poll(quietPoll);
	await model.poll(quietPoll);

	expect(model.handedOn).toEqual([1, 2, 3].map((id) => `${id} v1`));
});

test('a window that could not be read to its end does not move', async () => {
	const model = new Model(byWindow);
	await model.poll(quietPoll);
	several(model, 2 * PAGE);
	model.change({ kind: 'tick', seconds: 3_600 });

	await model.poll({ ...quietPoll, refusals: [2] });
	const first = [...model.handedOn];
	await model.poll(quietPoll);

	expect(first).toEqual([1, 2, 3].map((id) => `${id} v1`));
	expect(model.handedOn).toEqual([1, 2, 3, 4, 5, 6].map((id) => `${id} v1`));
});
