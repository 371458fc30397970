import type { IDataObject, INodeExecutionData, INodeProperties, IPollFunctions } from 'n8n-workflow';
import { presentableFailure } from '../base/truncate';
import { clock } from '../base/clock';
import { failureOf, failureOfResponse } from '../base/failure';
import { isObject, valueAt, toText } from '../base/json';
import { apiError } from '../base/nodeErrors';
import { refusal, type Input } from '../fields/check';
import type { Vendor } from '../form/vendor';
import type { SendRequest } from '../http/apiRequest';
import { withConnection } from '../http/withConnection';
import { withOptions, type Connection } from '../http/connection';
import { requestsThrough } from '../http/request';
import { eventElements, givenFor } from './eventFields';
import { triggerOn } from './form';
import { firstCursor, newestRecords, steps, type Now, type Cursor } from './pollCursor';
import type { PolledEvent, PollTrigger } from './polled';
import { PollReports } from './pollReports';
import { pollData, storePollData, triggerName } from './triggerData';

/** Records that one poll hands on: the rest comes with the next. */
const MOST_RECORDS = 1_000;

/** Characters of JSON that one poll hands on at most, but for its last page. */
const LARGEST_HAUL = 20 * 1024 * 1024;

/** Records that a test shows. */
const SAMPLES = 3;

/** The next poll comes soon: a request is tried three times in at most half a minute. */
const PATIENCE = { maxTries: 3, maxWait: 30, timeout: 30 };

/** The form of a trigger that polls; n8n adds when. */
export function pollProperties({ events }: PollTrigger): INodeProperties[] {
	return [triggerOn(events, true, false), ...eventElements(events)];
}

/** An event that was chosen. */
interface Chosen {
	key: string;
	/** Under which its place is kept: an event that asks for something else begins anew. */
	placeKey: string;
	event: PolledEvent;
	given: Input;
}

/** The triggers of which a poll is under way in this process. */
const underWay = new Set<string>();

/**
 * Asks a vendor what happened since the last time. The first time only remembers what there is. Where something goes wrong in
 * the middle, what was read until then is handed on, and the next poll goes on from there.
 *
 * n8n begins a poll although the one before waits for the vendor, and both would hand on the same: the later one leaves it all
 * to the earlier one.
 *
 * @returns null when nothing happened
 */
export async function poll(context: IPollFunctions, trigger: PollTrigger): Promise<INodeExecutionData[][] | null> {
	if (context.getMode() === 'manual') return await askedBy(context, trigger, samples);
	const name = triggerName(context);
	if (underWay.has(name)) return null;
	underWay.add(name);
	try {
		return await askedBy(context, trigger, news);
	} finally {
		underWay.delete(name);
	}
}

/** What a look at the vendor needs. */
interface Poll {
	at: Moment;
	context: IPollFunctions;
	connection: Connection;
}

type Look = (chosen: Chosen[], poll: Poll) => Promise<INodeExecutionData[]>;

async function askedBy(
	context: IPollFunctions,
	trigger: PollTrigger,
	look: Look,
): Promise<INodeExecutionData[][] | null> {
	const { vendor } = trigger;
	const chosen = chosenOf(context, trigger);
	const items = await withConnection(
		context,
		vendor,
		(failure) => apiError(context.getNode(), failure),
		async (opened) => {
			const connection = withOptions(opened, PATIENCE);
			// Each page by itself: what all of them hold together needs no bound, because only one of them is kept.
			const send: SendRequest = async (request) => await requestsThrough(connection).send(request);
			return await look(chosen, {
				at: { ask: send, now: new Date(), zone: context.getTimezone() },
				context,
				connection,
			});
		},
	);
	return items.length > 0 ? [items] : null;
}

/** Whose records a place was found among: those of another account would all be news. */
function accountOf({ context, vendor, root }: Connection): string {
	return `${context.getNode().credentials?.[vendor.credential]?.id ?? ''} ${root}`;
}

function chosenOf(context: IPollFunctions, { events, vendor }: PollTrigger): Chosen[] {
	try {
		const given = context.getNodeParameter('events', []);
		const list = Array.isArray(given) ? given.map(toText) : [];
		const unknown = list.find((key) => !Object.hasOwn(events, key));
		if (list.length === 0 || unknown !== undefined)
			throw refusal({ label: 'Trigger On', expects: 'an event from the list' }, unknown ?? '', undefined);
		return list.map((key) => {
			const given = givenFor(events[key], context, vendor);
			const placeKey = [key, ...Object.values(given).map(String)].join(' ');
			return { key, placeKey, event: tidied(events[key], vendor), given };
		});
	} catch (error) {
		throw apiError(context.getNode(), failureOf(error));
	}
}

/** The event with records as the nodes of the vendor put them out. */
function tidied(event: PolledEvent, { tidy }: Vendor): PolledEvent {
	const { pages } = event;
	return tidy ? { ...event, pages: { ...pages, records: (response) => pages.records(response).map(tidy) } } : event;
}

const itemOf = (event: string, record: IDataObject): INodeExecutionData => ({ json: { event, record } });

type Moment = Omit<Now, 'given' | 'report'>;

async function samples(chosen: Chosen[], { at }: Poll): Promise<INodeExecutionData[]> {
	const items: INodeExecutionData[] = [];
	for (const { key, event, given } of chosen) {
		const records = await newestRecords(event, { ...at, given, report: () => {} }, SAMPLES);
		items.push(...records.map((record) => itemOf(key, record)));
	}
	return items;
}

/**
 * What happened to the chosen events. One that is refused keeps none of the others back: it is reported, and fails the poll only
 * where all of them are refused and nothing came.
 */
async function news(chosen: Chosen[], { at, context, connection }: Poll): Promise<INodeExecutionData[]> {
	const store = pollData(context);
	const account = accountOf(connection);
	const isKnown = isObject(store.places) && (store.account === undefined || store.account === account);
	const places = isKnown ? { ...(store.places as unknown as Record<string, Cursor>) } : {};
	const reports = new PollReports();
	const haul = new Haul(context);
	const errors: Error[] = [];
	for (const one of chosen) {
		const report = reports.of(one.placeKey, one.event.name);
		await follow(one, { ...at, given: one.given, report }, places, haul).catch((error: Error) => {
			errors.push(error);
			report(
				'refused',
				presentableFailure(failureOfResponse(error, connection.vendor.name), connection.redact).message,
			);
		});
	}
	if (errors.length === chosen.length && haul.items.length === 0) throw errors[0];
	// An event that is no longer chosen begins anew when it is chosen again.
	const followed = Object.fromEntries(chosen.flatMap(({ placeKey: key }) => (places[key] ? [[key, places[key]]] : [])));
	const reported = reports.tell(context, store.reported);
	storePollData(context, { places: followed as unknown as IDataObject, account, reported });
	return haul.items;
}

/** Hands on what happened to one event, and moves its place page after page. */
async function follow(
	{ key, placeKey, event }: Chosen,
	at: Now,
	places: Record<string, Cursor>,
	haul: Haul,
): Promise<void> {
	if (!places[placeKey]) {
		places[placeKey] = await firstCursor(event, at);
		return;
	}
	const records: IDataObject[] = [];
	try {
		for await (const step of steps(event, places[placeKey], at)) {
			places[placeKey] = step.place;
			records.push(...step.records);
			if (haul.isFull(step.records)) break;
		}
	} finally {
		haul.items.push(...oldestFirst(event, records).map((record) => itemOf(key, record)));
	}
}

/** What one poll hands on. */
class Haul {
	readonly items: INodeExecutionData[] = [];
	private count = 0;
	private size = 0;
	private readonly endsAt: number;

	/** n8n 2.41 gives up a poll after some time, and with it all that it found. */
	constructor(context: IPollFunctions) {
		this.endsAt = clock() + (context.getPollBudgetMs?.() ?? Infinity) / 2;
	}

	/** Whether the rest has to wait for the next poll. @param records of the last page */
	isFull(records: IDataObject[]): boolean {
		this.count += records.length;
		this.size += records.length > 0 ? JSON.stringify(records).length : 0;
		return this.count >= MOST_RECORDS || this.size >= LARGEST_HAUL || clock() >= this.endsAt;
	}
}

/** A vendor that does not heed the order gives pages in any. */
function oldestFirst({ by }: PolledEvent, records: IDataObject[]): IDataObject[] {
	if (!('moment' in by)) return records;
	const timed = records.map((record) => ({ record, time: Date.parse(toText(valueAt(record, by.moment))) }));
	return timed.sort((a, b) => a.time - b.time).map(({ record }) => record);
}
