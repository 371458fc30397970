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

/** Maximum number of records in one poll. The next poll outputs the rest. */
const MAX_RECORDS = 1_000;

/** Maximum JSON length of one poll's records, in characters. The last page may exceed it. */
const MAX_OUTPUT_LENGTH = 20 * 1024 * 1024;

/** Number of records in a test. */
const SAMPLES = 3;

/** Options of a poll's requests: three tries within 30 seconds, because the next poll comes soon. */
const REQUEST_OPTIONS = { maxTries: 3, maxWait: 30, timeout: 30 };

/** Returns the form of a polling trigger. n8n adds the schedule. */
export function pollProperties({ events }: PollTrigger): INodeProperties[] {
	return [triggerOn(events, true, false), ...eventElements(events)];
}

/** An event that was chosen. */
interface Chosen {
	key: string;
	/** Key of its stored cursor. An event with other field values starts anew. */
	cursorKey: string;
	event: PolledEvent;
	given: Input;
}

/** The triggers with a running poll in this process. */
const underWay = new Set<string>();

/**
 * Reads the changes since the last poll. The first poll only stores a cursor. After an error, the records that were already read
 * are output, and the next poll continues from there.
 *
 * n8n starts a poll even if the previous one is still running. Both would output the same records, so the later one does nothing.
 *
 * @returns null if nothing happened
 */
export async function poll(context: IPollFunctions, trigger: PollTrigger): Promise<INodeExecutionData[][] | null> {
	if (context.getMode() === 'manual') return await withVendor(context, trigger, samples);
	const name = triggerName(context);
	if (underWay.has(name)) return null;
	underWay.add(name);
	try {
		return await withVendor(context, trigger, newItems);
	} finally {
		underWay.delete(name);
	}
}

/** The context of one poll. */
interface Poll {
	at: Moment;
	context: IPollFunctions;
	connection: Connection;
}

type Look = (chosen: Chosen[], poll: Poll) => Promise<INodeExecutionData[]>;

async function withVendor(
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
			const connection = withOptions(opened, REQUEST_OPTIONS);
			// Each page has its own size limit. The pages together need none, because only one is in memory at a time.
			const send: SendRequest = async (request) => await requestsThrough(connection).send(request);
			return await look(chosen, {
				at: { send: send, now: new Date(), zone: context.getTimezone() },
				context,
				connection,
			});
		},
	);
	return items.length > 0 ? [items] : null;
}

/** Returns the account of a cursor. In another account, all records would look new. */
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
			const cursorKey = [key, ...Object.values(given).map(String)].join(' ');
			return { key, cursorKey, event: tidied(events[key], vendor), given };
		});
	} catch (error) {
		throw apiError(context.getNode(), failureOf(error));
	}
}

/** Returns the event with its records in the form that the vendor's node outputs. */
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
 * Returns the items of the chosen events. If the vendor refuses one event, it is reported and the others continue. The poll fails
 * only if all events are refused and nothing was read.
 */
async function newItems(chosen: Chosen[], { at, context, connection }: Poll): Promise<INodeExecutionData[]> {
	const store = pollData(context);
	const account = accountOf(connection);
	const isKnown = isObject(store.places) && (store.account === undefined || store.account === account);
	const places = isKnown ? { ...(store.places as unknown as Record<string, Cursor>) } : {};
	const reports = new PollReports();
	const haul = new PollOutput(context);
	const errors: Error[] = [];
	for (const one of chosen) {
		const report = reports.of(one.cursorKey, one.event.name);
		await follow(one, { ...at, given: one.given, report }, places, haul).catch((error: Error) => {
			errors.push(error);
			report(
				'refused',
				presentableFailure(failureOfResponse(error, connection.vendor.name), connection.redact).message,
			);
		});
	}
	if (errors.length === chosen.length && haul.items.length === 0) throw errors[0];
	// The cursor of an event that is no longer chosen is dropped, so it starts anew when it is chosen again.
	const followed = Object.fromEntries(
		chosen.flatMap(({ cursorKey: key }) => (places[key] ? [[key, places[key]]] : [])),
	);
	const reported = reports.tell(context, store.reported);
	storePollData(context, { places: followed as unknown as IDataObject, account, reported });
	return haul.items;
}

/** Outputs the changes of one event, and moves its cursor page by page. */
async function follow(
	{ key, cursorKey, event }: Chosen,
	at: Now,
	places: Record<string, Cursor>,
	haul: PollOutput,
): Promise<void> {
	if (!places[cursorKey]) {
		places[cursorKey] = await firstCursor(event, at);
		return;
	}
	const records: IDataObject[] = [];
	try {
		for await (const step of steps(event, places[cursorKey], at)) {
			places[cursorKey] = step.cursor;
			records.push(...step.records);
			if (haul.isFull(step.records)) break;
		}
	} finally {
		haul.items.push(...oldestFirst(event, records).map((record) => itemOf(key, record)));
	}
}

/** The output of one poll. */
class PollOutput {
	readonly items: INodeExecutionData[] = [];
	private count = 0;
	private size = 0;
	private readonly endsAt: number;

	/** n8n 2.41 aborts a poll after some time and discards its output, so the poll stops at half of that time. */
	constructor(context: IPollFunctions) {
		this.endsAt = clock() + (context.getPollBudgetMs?.() ?? Infinity) / 2;
	}

	/** Returns whether the rest must wait for the next poll. @param records records of the last page */
	isFull(records: IDataObject[]): boolean {
		this.count += records.length;
		this.size += records.length > 0 ? JSON.stringify(records).length : 0;
		return this.count >= MAX_RECORDS || this.size >= MAX_OUTPUT_LENGTH || clock() >= this.endsAt;
	}
}

/** Sorts records by time, because a vendor that ignores the order returns pages in any order. */
function oldestFirst({ by }: PolledEvent, records: IDataObject[]): IDataObject[] {
	if (!('moment' in by)) return records;
	const timed = records.map((record) => ({ record, time: Date.parse(toText(valueAt(record, by.moment))) }));
	return timed.sort((a, b) => a.time - b.time).map(({ record }) => record);
}
