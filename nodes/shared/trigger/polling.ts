import type { IDataObject, INodeExecutionData, INodeProperties, IPollFunctions } from 'n8n-workflow';
import { failureOf } from '../base/failure';
import { isObject, wordsOf } from '../base/json';
import { apiError } from '../base/report';
import { refusal, type Input } from '../fields/check';
import type { Vendor } from '../form/vendor';
import { connected } from '../http/connected';
import { withOptions, type Connection } from '../http/connection';
import { requestsOn } from '../http/request';
import { eventElements, givenFor } from './eventFields';
import { triggerOn } from './form';
import { firstPlace, newestRecords, steps, type Now, type Place } from './places';
import type { PolledEvent, PollTrigger } from './polled';
import { pollData, storePollData, triggerName } from './triggerData';

/** Records that one poll hands on: the rest comes with the next. */
const MOST_RECORDS = 1_000;

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

type Look = (chosen: Chosen[], at: Moment, context: IPollFunctions, account: string) => Promise<INodeExecutionData[]>;

async function askedBy(context: IPollFunctions, trigger: PollTrigger, look: Look): Promise<INodeExecutionData[][] | null> {
	const { vendor } = trigger;
	const chosen = chosenOf(context, trigger);
	const items = await connected(
		context,
		vendor,
		(failure) => apiError(context.getNode(), failure),
		async (opened) => {
			const connection = withOptions(opened, PATIENCE);
			const at = { ask: requestsOn(connection).ask, now: new Date(), zone: context.getTimezone() };
			return await look(chosen, at, context, accountOf(connection));
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
		const list = Array.isArray(given) ? given.map(wordsOf) : [];
		const unknown = list.find((key) => !Object.hasOwn(events, key));
		if (list.length === 0 || unknown !== undefined) throw refusal({ label: 'Trigger On', takes: 'events of its list' }, unknown ?? '', undefined);
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
	return tidy ? { ...event, pages: { ...pages, records: (answer) => pages.records(answer).map(tidy) } } : event;
}

const itemOf = (event: string, record: IDataObject): INodeExecutionData => ({ json: { event, record } });

type Moment = Omit<Now, 'given'>;

async function samples(chosen: Chosen[], at: Moment): Promise<INodeExecutionData[]> {
	const items: INodeExecutionData[] = [];
	for (const { key, event, given } of chosen) items.push(...(await newestRecords(event, { ...at, given }, SAMPLES)).map((record) => itemOf(key, record)));
	return items;
}

async function news(chosen: Chosen[], at: Moment, context: IPollFunctions, account: string): Promise<INodeExecutionData[]> {
	const store = pollData(context);
	const isKnown = isObject(store.places) && (store.account === undefined || store.account === account);
	const places = isKnown ? { ...(store.places as unknown as Record<string, Place>) } : {};
	const items: INodeExecutionData[] = [];
	const gather = async () => {
		for (const { key, placeKey, event, given } of chosen) {
			if (!places[placeKey]) {
				places[placeKey] = await firstPlace(event, { ...at, given });
				continue;
			}
			for await (const { records, place } of steps(event, places[placeKey], { ...at, given })) {
				places[placeKey] = place;
				items.push(...records.map((record) => itemOf(key, record)));
				if (items.length >= MOST_RECORDS) break;
			}
		}
	};
	const trouble = await gather().then(
		() => undefined,
		(error: Error) => error,
	);
	if (trouble && items.length === 0) throw trouble;
	// An event that is no longer chosen begins anew when it is chosen again.
	const followed = Object.fromEntries(chosen.flatMap(({ placeKey: key }) => (places[key] ? [[key, places[key]]] : [])));
	storePollData(context, { places: followed as unknown as IDataObject, account });
	return items;
}
