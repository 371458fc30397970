import type { IDataObject, INodeExecutionData, INodeProperties, IPollFunctions } from 'n8n-workflow';
import type { FailureError } from '../base/failure';
import { isObject } from '../base/json';
import { apiError } from '../base/report';
import { refusal } from '../fields/check';
import { connected } from '../http/connected';
import { withOptions } from '../http/connection';
import { requestsOn } from '../http/request';
import { triggerOn } from './form';
import { firstPlace, newestRecords, steps, type Now, type Place } from './places';
import type { PollTrigger } from './polled';

/** Records that one poll hands on: the rest comes with the next. */
const MOST_RECORDS = 1_000;

/** Records that a test shows. */
const SAMPLES = 3;

/** The next poll comes soon: a request is tried three times in at most half a minute. */
const PATIENCE = { maxTries: 3, maxWait: 30, timeout: 30 };

/** The form of a trigger that polls; n8n adds when. */
export function pollProperties({ events }: PollTrigger): INodeProperties[] {
	return [triggerOn(events, true, false)];
}

/**
 * Asks a vendor what happened since the last time. The first time only remembers what there is. Where something goes wrong in
 * the middle, what was read until then is handed on, and the next poll goes on from there.
 *
 * @returns null when nothing happened
 */
export async function poll(context: IPollFunctions, trigger: PollTrigger): Promise<INodeExecutionData[][] | null> {
	const chosen = chosenOf(context, trigger);
	const items = await connected(
		context,
		trigger.vendor,
		(failure) => apiError(context.getNode(), failure),
		async (connection) => {
			const { ask } = requestsOn(withOptions(connection, PATIENCE));
			const at: Now = { ask, now: new Date(), zone: context.getTimezone() };
			return context.getMode() === 'manual' ? await samples(chosen, trigger, at) : await news(context, chosen, trigger, at);
		},
	);
	return items.length > 0 ? [items] : null;
}

function chosenOf(context: IPollFunctions, { events }: PollTrigger): string[] {
	try {
		const given = context.getNodeParameter('events', []);
		const list = Array.isArray(given) ? given.map(String) : [];
		const unknown = list.find((key) => !Object.hasOwn(events, key));
		if (list.length === 0 || unknown !== undefined) throw refusal({ label: 'Trigger On', takes: 'events of its list' }, unknown ?? '', undefined);
		return list;
	} catch (error) {
		throw apiError(context.getNode(), (error as FailureError).failure);
	}
}

const itemOf = (event: string, record: IDataObject): INodeExecutionData => ({ json: { event, record } });

async function samples(chosen: string[], { events }: PollTrigger, at: Now): Promise<INodeExecutionData[]> {
	const items: INodeExecutionData[] = [];
	for (const key of chosen) items.push(...(await newestRecords(events[key], at, SAMPLES)).map((record) => itemOf(key, record)));
	return items;
}

async function news(context: IPollFunctions, chosen: string[], { events }: PollTrigger, at: Now): Promise<INodeExecutionData[]> {
	const store = context.getWorkflowStaticData('node');
	const places = { ...(isObject(store.places) ? (store.places as unknown as Record<string, Place>) : {}) };
	const items: INodeExecutionData[] = [];
	const gather = async () => {
		for (const key of chosen) {
			if (!places[key]) {
				places[key] = await firstPlace(events[key], at);
				continue;
			}
			for await (const { records, place } of steps(events[key], places[key], at)) {
				places[key] = place;
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
	store.places = Object.fromEntries(chosen.flatMap((key) => (places[key] ? [[key, places[key]]] : []))) as unknown as IDataObject;
	return items;
}
