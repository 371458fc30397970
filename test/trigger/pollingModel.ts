import type { IDataObject, IPollFunctions } from 'n8n-workflow';
import { pollTrigger as leadSquared } from '../../nodes/LeadSquared/polling';
import { poll } from '../../nodes/shared/trigger/polling';
import type { PolledEvent, PollTrigger } from '../../nodes/shared/trigger/polled';
import { stubContext, type Transport } from '../bench/stub';
import { imagined, imaginedPages } from '../support/imagined';

const MINUTE = 60_000;
export const OVERLAP = 10 * MINUTE;
export const START = Date.parse('2026-06-01T12:00:00Z');
export const PAGE = 3;

/** Seconds for which no poll waits. */
const LONG_PAUSE_S = '31';

export type Thing = { id: number; version: number; at: number };

/** What happens between two looks at the vendor, or in the middle of one. */
export type Change =
	| { kind: 'create' }
	| { kind: 'update' | 'delete'; which: number }
	| { kind: 'tick'; seconds: number }
	| { kind: 'late'; minutes: number };
export type Step = Change | { kind: 'poll'; refusals: number[]; during: Array<[request: number, change: Change]> };

let polls = 0;

/** How a vendor is asked for things, and how it shows them. */
export interface Dialect {
	trigger: PollTrigger;
	/** What a request wants: things from a moment on, in which order, which page. */
	wants: (request: { qs: IDataObject; body?: IDataObject }) => {
		since: number;
		until?: number;
		order: 'table' | 'oldest' | 'newest';
		page: number;
	};
	shows: (thing: Thing) => IDataObject;
	answers: (list: IDataObject[], more: boolean) => unknown;
	/** Only new things are told of, which keep their moment. */
	byCreation?: boolean;
	/** What the vendor does not heed, and what it puts among the things. */
	strange?: Strangeness;
}

/** How a vendor may answer other than it was asked. */
export interface Strangeness {
	/** The order of its list in place of the one that was asked for. */
	order?: (things: Thing[]) => Thing[];
	/** All things come, whatever moment was asked for. */
	ignoresFilter?: boolean;
	/** Entries of each page besides the things. */
	poison?: unknown[];
}

/** A vendor whose things change, and what of them a trigger has handed on. */
export class Model {
	things: Thing[] = [];
	now = START;
	/** How far the clock of n8n is from that of the vendor, in milliseconds. */
	slip = 0;
	/** The errors that n8n was told of besides what was handed on. */
	emitted: Error[] = [];
	/** What was written into the log of n8n. */
	logged: string[] = [];
	handedOn: string[] = [];
	private created = 0;
	private requests = 0;
	private current: Extract<Step, { kind: 'poll' }> = { kind: 'poll', refusals: [], during: [] };
	private stored = '{}';

	constructor(private readonly dialect: Dialect) {}

	/** How many changes the trigger keeps in n8n's database. */
	get remembered(): number {
		return this.kept('seen');
	}

	/** How many changes it keeps within the overlap, or before it. */
	kept(which: 'seen' | 'earlier'): number {
		const { places } = JSON.parse(this.stored) as { places: Record<string, { seen: string[]; earlier?: string[] }> };
		return Object.values(places).flatMap((place) => place[which] ?? []).length;
	}

	/** What is to be handed on once. */
	readonly keyOf = ({ id, version }: Pick<Thing, 'id' | 'version'>) =>
		this.dialect.byCreation ? `${id}` : `${id} v${version}`;

	change(change: Change): void {
		if (change.kind === 'tick') this.now += change.seconds * 1000;
		if (change.kind === 'create') this.create(this.now);
		// Written now, with a moment of before, or one that is still to come.
		if (change.kind === 'late') this.create(this.now - change.minutes * MINUTE);
		if (change.kind === 'delete' && this.things.length > 0)
			this.things.splice((change.which + this.things.length) % this.things.length, 1);
		if (change.kind === 'update' && this.things.length > 0) {
			const thing = this.things[change.which % this.things.length];
			Object.assign(thing, { version: thing.version + 1, ...(this.dialect.byCreation ? {} : { at: this.now }) });
		}
	}

	private create(at: number): void {
		this.things.push({ id: (this.created += 1), version: 1, at });
	}

	readonly transport: Transport = async (request) => {
		const number = (this.requests += 1);
		this.current.during.filter(([asked]) => asked === number).forEach(([, change]) => this.change(change));
		if (this.current.refusals.includes(number))
			return { statusCode: 429, headers: { 'retry-after': LONG_PAUSE_S }, body: { message: 'Slow down' } };
		const { since, until = Infinity, order, page } = this.dialect.wants(request);
		const direction = order === 'newest' ? -1 : 1;
		const { strange = {} } = this.dialect;
		const isWanted = ({ at }: Thing) => strange.ignoresFilter || (at >= since && at <= until);
		const inTable = this.things.filter(isWanted);
		if (order !== 'table') inTable.sort((a, b) => direction * (a.at - b.at || a.id - b.id));
		const found = strange.order ? strange.order(this.things.filter(isWanted)) : inTable;
		const shown = found.slice((page - 1) * PAGE, page * PAGE).map(this.dialect.shows);
		const list = [...((strange.poison ?? []) as IDataObject[]), ...shown];
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
		const credentials = {
			...keys,
			host: 'custom',
			baseUrl: 'https://crm.example.com',
			requestsPerWindow: 0,
			windowSeconds: 60,
		};
		const [event] = Object.keys(this.dialect.trigger.events);
		const context = Object.assign(stubContext({ items: [], parameters: {}, credentials, transport: this.transport }), {
			getMode: () => 'trigger',
			getNodeParameter: (name: string) => (name === 'events' ? [event] : 201),
			getWorkflowStaticData: () => data,
			logger: { warn: (message: string) => void this.logged.push(message) },
			__emitError: (error: Error) => void this.emitted.push(error),
		}) as unknown as IPollFunctions;
		jest.setSystemTime(this.now + this.slip);
		const result = await poll(context, this.dialect.trigger).catch(() => undefined);
		if (result === undefined) return;
		this.stored = JSON.stringify(data);
		this.handedOn.push(...(result?.[0] ?? []).map(({ json }) => this.keyOf(thingOf(json.record as IDataObject))));
	}
}

/** A record by what it shows, which is a number in the imagined vendor and text in LeadSquared. */
const thingOf = ({ id, version }: IDataObject) => ({ id: Number(id), version: Number(version) });

const event = {
	name: 'Thing Changed',
	request: 'GET /things',
	contract: 'listThings',
	page: '',
	confidence: 'documented',
	overlapMs: OVERLAP,
} as const;
const pages = { ...imaginedPages, maxPageSize: PAGE, parameters: (page: number) => ({ page }) };
const imaginedDialect: Omit<Dialect, 'trigger'> = {
	wants: ({ qs }) => ({
		since: Date.parse(String(qs.since ?? new Date(0).toISOString())),
		order: (qs.order as 'newest') ?? 'oldest',
		page: Number(qs.page),
	}),
	shows: ({ id, version, at }) => ({ id, version, updated_at: new Date(at).toISOString() }),
	answers: (list, more) => ({ list, more }),
};

export const byMoment: Dialect = {
	...imaginedDialect,
	trigger: {
		vendor: imagined,
		events: {
			thing_changed: {
				...event,
				pages,
				by: {
					moment: 'updated_at',
					from: (from) => ({ since: from.toISOString() }),
					newest: () => ({ order: 'newest' }),
				},
			},
		},
	},
};
export const byWindow: Dialect = {
	...imaginedDialect,
	trigger: {
		vendor: imagined,
		events: {
			thing_changed: {
				...event,
				pages,
				by: { window: (from) => ({ since: from.toISOString() }), change: (thing) => thing },
			},
		},
	},
	wants: (request) => ({ ...imaginedDialect.wants(request), order: 'table' }),
	// A vendor without moments and without an order gives its things as they stand in its table.
	shows: ({ id, version }) => ({ id, version }),
};

/** A moment of LeadSquared: UTC, which nothing in it says. */
const plain = (at: number) => new Date(at).toISOString().slice(0, 23).replace('T', ' ');

/** An event of LeadSquared as it is, with pages small enough for a few things to fill them. */
export function inLeadSquared(key: string, more: Pick<Dialect, 'answers'> & Partial<Dialect>): Dialect {
	const real: PolledEvent = leadSquared.events[key];
	return {
		trigger: {
			vendor: leadSquared.vendor,
			events: { [key]: { ...real, pages: { ...real.pages, maxPageSize: PAGE } } },
		},
		wants: ({ body }) => {
			const { Parameter, Sorting, Paging } = body as Record<string, Record<string, string>>;
			const order = Sorting.ColumnName === 'ProspectAutoId' ? 'table' : Sorting.Direction === '0' ? 'oldest' : 'newest';
			const until = Parameter.ToDate ? Date.parse(`${Parameter.ToDate}Z`) : undefined;
			return {
				since: Date.parse(`${Parameter.FromDate ?? Parameter.LookupValue}Z`),
				until,
				order,
				page: Number(Paging.PageIndex),
			};
		},
		shows: ({ id, version, at }) => ({
			id: `${id}`,
			version: `${version}`,
			ProspectID: `${id}`,
			ModifiedOn: plain(at),
			CreatedOn: plain(at),
		}),
		...more,
	};
}

const pairsOf = (record: IDataObject) => ({
	LeadPropertyList: Object.entries(record).map(([Attribute, Value]) => ({ Attribute, Value })),
});
export const asRows = (List: IDataObject[]) => ({ RecordCount: List.length, List });
export const asLeads = (list: IDataObject[]) => ({ RecordCount: list.length, Leads: list.map(pairsOf) });

/** Each thing that a model has now, and had not before, was handed on once; nothing else was. @param old keys of what was there before */
export function expectEachOnce({ things, handedOn, keyOf }: Model, old: ReadonlySet<string>): void {
	const wanted = things.map(keyOf).filter((key) => !old.has(key));
	expect(handedOn.filter((key, index) => handedOn.indexOf(key) !== index)).toEqual([]);
	expect(handedOn.filter((key) => old.has(key))).toEqual([]);
	expect(wanted.filter((key) => !handedOn.includes(key))).toEqual([]);
}
