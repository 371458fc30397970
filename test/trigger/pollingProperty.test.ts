import fc from 'fast-check';
import type { IDataObject, IPollFunctions } from 'n8n-workflow';
import { poll } from '../../nodes/shared/trigger/polling';
import type { PollTrigger } from '../../nodes/shared/trigger/polled';
import { stubContext, type Transport } from '../bench/stub';
import { imagined, imaginedPages } from '../support/imagined';

const MINUTE = 60_000;
const OVERLAP = 10 * MINUTE;
const START = Date.parse('2026-06-01T12:00:00Z');
const PAGE = 3;

type Thing = { id: number; version: number; at: number };

/** What happens between two looks at the vendor, or in the middle of one. */
type Change = { kind: 'create' } | { kind: 'update'; which: number } | { kind: 'tick'; seconds: number } | { kind: 'late'; minutes: number };
type Step = Change | { kind: 'poll'; refusals: number[]; during: Array<[request: number, change: Change]> };

/** A vendor whose things change, and what of them a trigger has handed on. */
class Model {
	things: Thing[] = [];
	now = START;
	handedOn: string[] = [];
	private requests = 0;
	private current: Extract<Step, { kind: 'poll' }> = { kind: 'poll', refusals: [], during: [] };
	private stored = '{}';

	constructor(
		private readonly trigger: PollTrigger,
		private readonly byClock: boolean,
	) {}

	change(change: Change): void {
		if (change.kind === 'tick') this.now += change.seconds * 1000;
		if (change.kind === 'create') this.things.push({ id: this.things.length + 1, version: 1, at: this.now });
		// Written now, with a moment of before.
		if (change.kind === 'late') this.things.push({ id: this.things.length + 1, version: 1, at: this.now - change.minutes * MINUTE });
		if (change.kind === 'update' && this.things.length > 0) {
			const thing = this.things[change.which % this.things.length];
			Object.assign(thing, { version: thing.version + 1, at: this.now });
		}
	}

	readonly transport: Transport = async ({ qs }) => {
		const number = (this.requests += 1);
		this.current.during.filter(([request]) => request === number).forEach(([, change]) => this.change(change));
		if (this.current.refusals.includes(number)) return { statusCode: 429, headers: {}, body: { message: 'Slow down' } };
		const since = qs.since === undefined ? -Infinity : Date.parse(String(qs.since));
		const direction = qs.order === 'newest' ? -1 : 1;
		// A vendor without an order gives its things as they stand in its table.
		const order = this.byClock ? () => 0 : (a: Thing, b: Thing) => direction * (a.at - b.at || a.id - b.id);
		const found = this.things.filter(({ at }) => at >= since).sort(order);
		const page = Number(qs.page ?? 1);
		const list = found
			.slice((page - 1) * PAGE, page * PAGE)
			.map(({ id, version, at }) => ({ id, version, ...(this.byClock ? {} : { updated_at: new Date(at).toISOString() }) }));
		return { statusCode: 200, headers: {}, body: { list, more: found.length > page * PAGE } };
	};

	/** One poll; n8n keeps the static data of one that did not throw, as text. */
	async poll(step: Extract<Step, { kind: 'poll' }>): Promise<void> {
		this.requests = 0;
		this.current = step;
		const data = JSON.parse(this.stored) as IDataObject;
		const credentials = { apiKey: 'key of the model', baseUrl: 'https://crm.example.com', requestsPerWindow: 0, windowSeconds: 60 };
		const context = Object.assign(stubContext({ items: [], parameters: {}, credentials, transport: this.transport }), {
			getMode: () => 'trigger',
			getNodeParameter: () => ['thing_changed'],
			getWorkflowStaticData: () => data,
		}) as unknown as IPollFunctions;
		jest.setSystemTime(this.now);
		const result = await poll(context, this.trigger).catch(() => undefined);
		if (result === undefined) return;
		this.stored = JSON.stringify(data);
		this.handedOn.push(...(result?.[0] ?? []).map(({ json }) => keyOf(json.record as unknown as Thing)));
	}
}

const keyOf = ({ id, version }: Pick<Thing, 'id' | 'version'>) => `${id} v${version}`;

const event = { name: 'Thing Changed', request: 'GET /things', contract: 'listThings', page: '', confidence: 'documented', overlapMs: OVERLAP } as const;
const pages = { ...imaginedPages, largest: PAGE, ask: (page: number) => ({ page }) };

const byMoment: PollTrigger = {
	vendor: imagined,
	events: {
		thing_changed: {
			...event,
			pages,
			by: { moment: 'updated_at', from: (from) => (from ? { since: from } : {}), newest: { order: 'newest' } },
		},
	},
};
const byWindow: PollTrigger = {
	vendor: imagined,
	events: { thing_changed: { ...event, pages, by: { window: (from) => ({ since: from.toISOString() }), change: (thing) => thing } } },
};

const change: fc.Arbitrary<Change> = fc.oneof(
	fc.record({ kind: fc.constant('create' as const) }),
	fc.record({ kind: fc.constant('update' as const), which: fc.nat(20) }),
	fc.record({ kind: fc.constant('tick' as const), seconds: fc.constantFrom(0, 1, 30, 90, 3_600) }),
	fc.record({ kind: fc.constant('late' as const), minutes: fc.integer({ min: 0, max: 4 }) }),
);
const refusals = fc.oneof(
	{ weight: 3, arbitrary: fc.constant<number[]>([]) },
	{ weight: 1, arbitrary: fc.integer({ min: 1, max: 5 }).map((first) => [first, first + 1, first + 2]) },
);
const aPoll = fc.record({ kind: fc.constant('poll' as const), refusals, during: fc.array(fc.tuple(fc.integer({ min: 1, max: 6 }), change), { maxLength: 2 }) });
const quietPoll: Extract<Step, { kind: 'poll' }> = { kind: 'poll', refusals: [], during: [] };

beforeEach(() =>
	jest.useFakeTimers({
		doNotFake: ['nextTick', 'setImmediate', 'setTimeout', 'clearTimeout', 'setInterval', 'clearInterval', 'queueMicrotask', 'performance'],
	}),
);
afterEach(() => jest.useRealTimers());

test.each<[string, PollTrigger, boolean]>([
	['by the moments of the records', byMoment, false],
	['by a window of our clock, in no order', byWindow, true],
])(
	'whatever happens before, between and during polls, each thing is handed on once in its last form, and nothing twice: %s',
	async (_what, trigger, byClock) => {
		await fc.assert(
			fc.asyncProperty(fc.array(change, { maxLength: 12 }), fc.array(fc.oneof(change, aPoll), { maxLength: 40 }), async (before, steps) => {
				const model = new Model(trigger, byClock);
				before.forEach((one) => model.change(one));
				await model.poll(quietPoll);
				const old = new Set(model.things.map(keyOf));
				for (const step of steps) {
					if (step.kind === 'poll') await model.poll(step);
					else model.change(step);
				}
				await model.poll(quietPoll);
				await model.poll(quietPoll);

				const wanted = model.things.map(keyOf).filter((key) => !old.has(key));
				expect(model.handedOn.filter((key, index) => model.handedOn.indexOf(key) !== index)).toEqual([]);
				expect(model.handedOn.filter((key) => old.has(key))).toEqual([]);
				expect(wanted.filter((key) => !model.handedOn.includes(key))).toEqual([]);
			}),
			{ numRuns: Number(process.env.FUZZ_FACTOR ?? 1) * 300 },
		);
	},
	120_000,
);

const several = (model: Model, count: number) => Array.from({ length: count }).forEach(() => model.change({ kind: 'create' }));

test('a thing that changes while a long backlog is read pushes none over the edge of a page', async () => {
	const model = new Model(byMoment, false);
	await model.poll(quietPoll);
	several(model, PAGE + 1);
	model.change({ kind: 'tick', seconds: 3_600 });
	several(model, PAGE);

	await model.poll({ ...quietPoll, during: [[2, { kind: 'update', which: 0 }]] });
	await model.poll(quietPoll);

	expect([...model.handedOn].sort()).toEqual(['1 v1', '1 v2', ...[2, 3, 4, 5, 6, 7].map((id) => `${id} v1`)]);
});

test('a window that could not be read to its end does not move', async () => {
	const model = new Model(byWindow, true);
	await model.poll(quietPoll);
	several(model, 2 * PAGE);
	model.change({ kind: 'tick', seconds: 3_600 });

	await model.poll({ ...quietPoll, refusals: [2, 3, 4] });
	const first = [...model.handedOn];
	await model.poll(quietPoll);

	expect(first).toEqual([1, 2, 3].map((id) => `${id} v1`));
	expect(model.handedOn).toEqual([1, 2, 3, 4, 5, 6].map((id) => `${id} v1`));
});
