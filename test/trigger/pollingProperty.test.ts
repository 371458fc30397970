import fc from 'fast-check';
import type { IDataObject, IPollFunctions } from 'n8n-workflow';
import { pollTrigger as leadSquared } from '../../nodes/LeadSquared/polling';
import { poll } from '../../nodes/shared/trigger/polling';
import type { PolledEvent, PollTrigger } from '../../nodes/shared/trigger/polled';
import { stubContext, type Transport } from '../bench/stub';
import { imagined, imaginedPages } from '../support/imagined';

const MINUTE = 60_000;
const OVERLAP = 10 * MINUTE;
const START = Date.parse('2026-06-01T12:00:00Z');
const PAGE = 3;

/** Seconds for which no poll waits. */
const LONG_PAUSE_S = '31';

type Thing = { id: number; version: number; at: number };

/** What happens between two looks at the vendor, or in the middle of one. */
type Change = { kind: 'create' } | { kind: 'update'; which: number } | { kind: 'tick'; seconds: number } | { kind: 'late'; minutes: number };
type Step = Change | { kind: 'poll'; refusals: number[]; during: Array<[request: number, change: Change]> };

let polls = 0;

/** How a vendor is asked for things, and how it shows them. */
interface Dialect {
	trigger: PollTrigger;
	/** What a request wants: things from a moment on, in which order, which page. */
	wants: (request: { qs: IDataObject; body?: IDataObject }) => { since: number; until?: number; order: 'table' | 'oldest' | 'newest'; page: number };
	shows: (thing: Thing) => IDataObject;
	answers: (list: IDataObject[], more: boolean) => unknown;
	/** Only new things are told of, which keep their moment. */
	byCreation?: boolean;
}

/** A vendor whose things change, and what of them a trigger has handed on. */
class Model {
	things: Thing[] = [];
	now = START;
	handedOn: string[] = [];
	private requests = 0;
	private current: Extract<Step, { kind: 'poll' }> = { kind: 'poll', refusals: [], during: [] };
	private stored = '{}';

	constructor(private readonly dialect: Dialect) {}

	/** What is to be handed on once. */
	readonly keyOf = ({ id, version }: Pick<Thing, 'id' | 'version'>) => (this.dialect.byCreation ? `${id}` : `${id} v${version}`);

	change(change: Change): void {
		if (change.kind === 'tick') this.now += change.seconds * 1000;
		if (change.kind === 'create') this.things.push({ id: this.things.length + 1, version: 1, at: this.now });
		// Written now, with a moment of before, or one that is still to come.
		if (change.kind === 'late') this.things.push({ id: this.things.length + 1, version: 1, at: this.now - change.minutes * MINUTE });
		if (change.kind === 'update' && this.things.length > 0) {
			const thing = this.things[change.which % this.things.length];
			Object.assign(thing, { version: thing.version + 1, ...(this.dialect.byCreation ? {} : { at: this.now }) });
		}
	}

	readonly transport: Transport = async (request) => {
		const number = (this.requests += 1);
		this.current.during.filter(([asked]) => asked === number).forEach(([, change]) => this.change(change));
		if (this.current.refusals.includes(number)) return { statusCode: 429, headers: { 'retry-after': LONG_PAUSE_S }, body: { message: 'Slow down' } };
		const { since, until = Infinity, order, page } = this.dialect.wants(request);
		const direction = order === 'newest' ? -1 : 1;
		const found = this.things.filter(({ at }) => at >= since && at <= until);
		if (order !== 'table') found.sort((a, b) => direction * (a.at - b.at || a.id - b.id));
		const list = found.slice((page - 1) * PAGE, page * PAGE).map(this.dialect.shows);
		return { statusCode: 200, headers: {}, body: this.dialect.answers(list, found.length > page * PAGE) };
	};

	/** One poll; n8n keeps the static data of one that did not throw, as text. */
	async poll(step: Extract<Step, { kind: 'poll' }>): Promise<void> {
		this.requests = 0;
		this.current = step;
		const data = JSON.parse(this.stored) as IDataObject;
		// A key, and so a throttle, of its own: the pause that the one before was told is over.
		const key = `key of poll ${(polls += 1)}`;
		const keys = { apiKey: key, accessKey: key, secretKey: 'secret of the model' };
		const credentials = { ...keys, host: 'custom', baseUrl: 'https://crm.example.com', requestsPerWindow: 0, windowSeconds: 60 };
		const [event] = Object.keys(this.dialect.trigger.events);
		const context = Object.assign(stubContext({ items: [], parameters: {}, credentials, transport: this.transport }), {
			getMode: () => 'trigger',
			getNodeParameter: (name: string) => (name === 'events' ? [event] : 201),
			getWorkflowStaticData: () => data,
		}) as unknown as IPollFunctions;
		jest.setSystemTime(this.now);
		const result = await poll(context, this.dialect.trigger).catch(() => undefined);
		if (result === undefined) return;
		this.stored = JSON.stringify(data);
		this.handedOn.push(...(result?.[0] ?? []).map(({ json }) => this.keyOf(thingOf(json.record as IDataObject))));
	}
}

/** A record by what it shows, which is a number in the imagined vendor and text in LeadSquared. */
const thingOf = ({ id, version }: IDataObject) => ({ id: Number(id), version: Number(version) });

const event = { name: 'Thing Changed', request: 'GET /things', contract: 'listThings', page: '', confidence: 'documented', overlapMs: OVERLAP } as const;
const pages = { ...imaginedPages, largest: PAGE, ask: (page: number) => ({ page }) };
const imaginedDialect: Omit<Dialect, 'trigger'> = {
	wants: ({ qs }) => ({ since: Date.parse(String(qs.since ?? new Date(0).toISOString())), order: (qs.order as 'newest') ?? 'oldest', page: Number(qs.page) }),
	shows: ({ id, version, at }) => ({ id, version, updated_at: new Date(at).toISOString() }),
	answers: (list, more) => ({ list, more }),
};

const byMoment: Dialect = {
	...imaginedDialect,
	trigger: {
		vendor: imagined,
		events: {
			thing_changed: {
				...event,
				pages,
				by: { moment: 'updated_at', from: (from) => ({ since: from.toISOString() }), newest: () => ({ order: 'newest' }) },
			},
		},
	},
};
const byWindow: Dialect = {
	...imaginedDialect,
	trigger: {
		vendor: imagined,
		events: { thing_changed: { ...event, pages, by: { window: (from) => ({ since: from.toISOString() }), change: (thing) => thing } } },
	},
	wants: (request) => ({ ...imaginedDialect.wants(request), order: 'table' }),
	// A vendor without moments and without an order gives its things as they stand in its table.
	shows: ({ id, version }) => ({ id, version }),
};

/** A moment of LeadSquared: UTC, which nothing in it says. */
const plain = (at: number) => new Date(at).toISOString().slice(0, 23).replace('T', ' ');

/** An event of LeadSquared as it is, with pages small enough for a few things to fill them. */
function inLeadSquared(key: string, more: Pick<Dialect, 'answers'> & Partial<Dialect>): Dialect {
	const real: PolledEvent = leadSquared.events[key];
	return {
		trigger: { vendor: leadSquared.vendor, events: { [key]: { ...real, pages: { ...real.pages, largest: PAGE } } } },
		wants: ({ body }) => {
			const { Parameter, Sorting, Paging } = body as Record<string, Record<string, string>>;
			const order = Sorting.ColumnName === 'ProspectAutoId' ? 'table' : Sorting.Direction === '0' ? 'oldest' : 'newest';
			const until = Parameter.ToDate ? Date.parse(`${Parameter.ToDate}Z`) : undefined;
			return { since: Date.parse(`${Parameter.FromDate ?? Parameter.LookupValue}Z`), until, order, page: Number(Paging.PageIndex) };
		},
		shows: ({ id, version, at }) => ({ id: `${id}`, version: `${version}`, ProspectID: `${id}`, ModifiedOn: plain(at), CreatedOn: plain(at) }),
		...more,
	};
}

const pairsOf = (record: IDataObject) => ({ LeadPropertyList: Object.entries(record).map(([Attribute, Value]) => ({ Attribute, Value })) });
const asRows = (List: IDataObject[]) => ({ RecordCount: List.length, List });

const change: fc.Arbitrary<Change> = fc.oneof(
	fc.record({ kind: fc.constant('create' as const) }),
	fc.record({ kind: fc.constant('update' as const), which: fc.nat(20) }),
	fc.record({ kind: fc.constant('tick' as const), seconds: fc.constantFrom(0, 1, 30, 90, 3_600) }),
	fc.record({ kind: fc.constant('late' as const), minutes: fc.constantFrom(0, 1, 4, -30) }),
);
const refusals = fc.oneof(
	{ weight: 3, arbitrary: fc.constant<number[]>([]) },
	{ weight: 1, arbitrary: fc.integer({ min: 1, max: 5 }).map((number) => [number]) },
);
const aPoll = fc.record({ kind: fc.constant('poll' as const), refusals, during: fc.array(fc.tuple(fc.integer({ min: 1, max: 6 }), change), { maxLength: 2 }) });
const quietPoll: Extract<Step, { kind: 'poll' }> = { kind: 'poll', refusals: [], during: [] };

beforeEach(() =>
	jest.useFakeTimers({
		doNotFake: ['nextTick', 'setImmediate', 'setTimeout', 'clearTimeout', 'setInterval', 'clearInterval', 'queueMicrotask', 'performance'],
	}),
);
afterEach(() => jest.useRealTimers());

const asLeads = (list: IDataObject[]) => ({ RecordCount: list.length, Leads: list.map(pairsOf) });

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
			fc.asyncProperty(fc.array(change, { maxLength: 12 }), fc.array(fc.oneof(change, aPoll), { maxLength: 40 }), async (before, steps) => {
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

				const wanted = model.things.map(model.keyOf).filter((key) => !old.has(key));
				expect(model.handedOn.filter((key, index) => model.handedOn.indexOf(key) !== index)).toEqual([]);
				expect(model.handedOn.filter((key) => old.has(key))).toEqual([]);
				expect(wanted.filter((key) => !model.handedOn.includes(key))).toEqual([]);
			}),
			{ numRuns: Number(process.env.FUZZ_FACTOR ?? 1) * runs },
		);
	},
	120_000,
);

const several = (model: Model, count: number) => Array.from({ length: count }).forEach(() => model.change({ kind: 'create' }));

test('a thing that changes while a long backlog is read pushes none over the edge of a page', async () => {
	const model = new Model(byMoment);
	await model.poll(quietPoll);
	several(model, PAGE + 1);
	model.change({ kind: 'tick', seconds: 3_600 });
	several(model, PAGE);

	await model.poll({ ...quietPoll, during: [[2, { kind: 'update', which: 0 }]] });
	await model.poll(quietPoll);

	expect([...model.handedOn].sort()).toEqual(['1 v1', '1 v2', ...[2, 3, 4, 5, 6, 7].map((id) => `${id} v1`)]);
});

test('a window begins where the poll before looked: what is long over is not asked for again', async () => {
	const asked: number[] = [];
	const wants: Dialect['wants'] = (request) => {
		asked.push(Date.parse(String(request.qs.since)));
		return byWindow.wants(request);
	};
	const model = new Model({ ...byWindow, wants });

	for (let day = 0; day < 3; day += 1) {
		await model.poll(quietPoll);
		model.change({ kind: 'tick', seconds: 86_400 });
	}

	expect(asked.map((since) => (since - START + OVERLAP) / (86_400 * 1000))).toEqual([0, 0, 1]);
});

test.each([
	['by moments', byMoment],
	['by a window', byWindow],
])('a long backlog comes in parts of about a thousand, %s', async (_how, dialect) => {
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
