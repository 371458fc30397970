import { eventDefaults, type Row } from './data';
import type { ObservedRoutes } from './observedRequest';
import { findOrFail, FrameworkError, insert, type ObservedState } from './observedState';
import { attributes, flag, id, taken, text } from './observedValues';

/** Kinds that the server knows; the last seven are its own, and it takes them all the same. */
const KINDS = [
	'note',
	'activity',
	'chatwoot_message',
	'evolution_api_message',
	'deal_stage_change',
	'deal_opened',
	'deal_won',
	'deal_lost',
	'deal_reopened',
	'deal_product_added',
	'deal_product_removed',
];

const castsOf = ({ moment }: ObservedState) => ({
	kind: text,
	title: text,
	app_type: text,
	app_id: id,
	auto_done: flag,
	done: flag,
	send_now: flag,
	done_at: moment,
	scheduled_at: moment,
	custom_attributes: attributes,
	additional_attributes: attributes,
});

/** Events on a deal's timeline as the server keeps them, without their content, which it never answers. */
export function eventRoutes(state: ObservedState): ObservedRoutes {
	const { deals, events } = state;
	const casts = castsOf(state);
	return {
		'POST deals/:id/events': ({ params, body }) => {
			const deal = findOrFail(deals, id(params.id));
			const { kind, ...members } = taken(body, casts);
			if (kind === undefined || kind === null) return { status: 422, body: { errors: ["Type can't be blank"] } };
			if (!KINDS.includes(String(kind))) throw new FrameworkError(500);
			const event = { kind, ...members, ...progressOf(state, String(kind), members), send_now: null };
			return {
				status: 201,
				body: insert(events, { deal_id: deal.id, contact_id: deal.contact_id, ...eventDefaults, ...event }, ['title']),
			};
		},
	};
}

/** A message that is to leave now is scheduled for now; anything else that is sent or has a date of its end is done. */
function progressOf(
	{ now }: ObservedState,
	kind: string,
	{ done, done_at, send_now }: Record<string, unknown>,
): Record<string, unknown> {
	if (send_now === true && kind.endsWith('_message'))
		return { auto_done: false, scheduled_at: now(), done: false, done_at: null };
	const isDone = done === true || send_now === true || typeof done_at === 'string';
	return { done: isDone, done_at: isDone ? (done_at ?? now()) : null };
}

/** Writes on a deal's timeline what the server itself has done. */
export function systemEvent(
	{ events, now }: ObservedState,
	kind: string,
	deal: Row,
	additional_attributes: Record<string, unknown>,
): void {
	events.add({
		deal_id: deal.id,
		contact_id: deal.contact_id,
		...eventDefaults,
		kind,
		done: true,
		done_at: now(),
		additional_attributes,
	});
}
