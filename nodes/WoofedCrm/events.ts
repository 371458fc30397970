import type { IDataObject } from 'n8n-workflow';
import { entryOf, isObject, valueAt, toText } from '../shared/base/json';
import type { Events } from '../shared/trigger/trigger';

const page = 'https://docs.woofedcrm.com/docs/Developer%20Guides/Webhooks/';
/** Only one event is documented; the others are in the vendor's source. */
const source = 'https://github.com/douglara/woofed-crm/blob/main/app/listeners/webhook_listener.rb';

/** Kinds of entries that are messages, each with the property of `additional_attributes` with the gateway's message ID. */
const GATEWAY_IDS: Readonly<Record<string, string>> = {
	chatwoot_message: 'chatwoot_id',
	evolution_api_message: 'message_id',
};

const MESSAGES = Object.keys(GATEWAY_IDS);

/** Returns the change of an attribute, or undefined if the delivery reports none. */
export function changeOf(body: IDataObject, attribute: string): { current_value: unknown } | undefined {
	const changes = valueAt(body, 'data.changed_attributes');
	const change = (Array.isArray(changes) ? changes : []).find((one) => isObject(one) && attribute in one);
	return change && (valueAt(change, attribute) as { current_value: unknown });
}

const became = (attribute: string, value: unknown) => (body: IDataObject) =>
	changeOf(body, attribute)?.current_value === value;
const isKind =
	(...kinds: string[]) =>
	(body: IDataObject) =>
		kinds.includes(toText(valueAt(body, 'data.kind')));

/**
 * Returns whether a message was sent. The gateway's ID proves it: WoofedCRM marks a message as done even if Chatwoot refused
 * it. A message that a person writes in Chatwoot or on the phone arrives as a new entry that is already done.
 */
function isSent(body: IDataObject): boolean {
	const data = valueAt(body, 'data');
	const idName = entryOf(GATEWAY_IDS, valueAt(data, 'kind'));
	const id = idName && valueAt(data, `additional_attributes.${idName}`);
	if (!id || valueAt(data, 'from_me') === false) return false;
	if (body.event === 'event_created') return valueAt(data, 'from_me') === true && Boolean(valueAt(data, 'done_at'));
	return Boolean(changeOf(body, 'done_at')?.current_value);
}

const stamps = { created_at: '2026-11-21T04:52:39.324-03:00', updated_at: '2026-11-21T04:52:46.176-03:00' };
const contact = {
	id: 15,
	account_id: 1,
	full_name: 'Ana Example',
	phone: '+5511999990001',
	email: 'ana@example.com',
	label_list: ['vip'],
	...stamps,
};
const deal = {
	id: 27,
	account_id: 1,
	name: 'Website plan lead',
	status: 'open',
	pipeline_id: 1,
	stage_id: 1,
	contact_id: 15,
	position: 1,
	...stamps,
};
const changes = (members: IDataObject) =>
	Object.entries(members).map(([name, value]) => ({
		[name]: { previous_value: null, current_value: value },
	})) as IDataObject[];

const ofContact = (event: string, changed: IDataObject): IDataObject => ({
	event,
	data: { ...contact, ...changed, deals: [], changed_attributes: changes(changed) },
});
const ofDeal = (event: string, changed: IDataObject): IDataObject => ({
	event,
	data: { ...deal, ...changed, contact, changed_attributes: changes(changed) },
});
const ofEntry = (event: string, changed: IDataObject): IDataObject => ({
	event,
	data: {
		id: 8,
		account_id: 1,
		deal_id: 27,
		contact_id: 15,
		from_me: true,
		done: false,
		...stamps,
		...changed,
		deal,
		contact,
		changed_attributes: changes(changed),
	},
});

export const events: Events = {
	contact_created: {
		name: 'Contact Created',
		sample: ofContact('contact_created', { full_name: 'Ana Example' }),
		page: source,
		confidence: 'observed',
	},
	contact_updated: {
		name: 'Contact Updated',
		sample: ofContact('contact_updated', { full_name: 'Ana Renamed' }),
		page: source,
		confidence: 'observed',
	},
	deal_created: {
		name: 'Deal Created',
		sample: ofDeal('deal_created', { name: 'Website plan lead' }),
		page,
		confidence: 'example-only',
	},
	deal_updated: {
		name: 'Deal Updated',
		description: 'Any change of a deal, including its position in the column',
		sample: ofDeal('deal_updated', { name: 'Website plan' }),
		page: source,
		confidence: 'observed',
	},
	deal_won: {
		name: 'Deal Won',
		event: 'deal_updated',
		is: became('status', 'won'),
		sample: ofDeal('deal_updated', { status: 'won' }),
		page: source,
		confidence: 'observed',
	},
	deal_lost: {
		name: 'Deal Lost',
		event: 'deal_updated',
		is: became('status', 'lost'),
		sample: ofDeal('deal_updated', { status: 'lost' }),
		page: source,
		confidence: 'inferred',
	},
	deal_reopened: {
		name: 'Deal Reopened',
		event: 'deal_updated',
		is: became('status', 'open'),
		sample: ofDeal('deal_updated', { status: 'open' }),
		page: source,
		confidence: 'inferred',
	},
	deal_moved: {
		name: 'Deal Moved to Stage',
		event: 'deal_updated',
		is: (body) => changeOf(body, 'stage_id') !== undefined,
		sample: ofDeal('deal_updated', { stage_id: 2 }),
		page: source,
		confidence: 'observed',
	},
	event_created: {
		name: 'Timeline Entry Created',
		description:
			'Any new entry, including automatic ones when a deal is won or moved. Sent messages arrive as Timeline Entry Updated.',
		sample: ofEntry('event_created', { kind: 'deal_opened' }),
		page: source,
		confidence: 'observed',
	},
	event_updated: {
		name: 'Timeline Entry Updated',
		description: 'An entry was completed, rescheduled, sent or delivered',
		sample: ofEntry('event_updated', { kind: 'chatwoot_message', scheduled_at: stamps.updated_at }),
		page: source,
		confidence: 'observed',
	},
	activity_created: {
		name: 'Activity Created',
		event: 'event_created',
		is: isKind('activity'),
		sample: ofEntry('event_created', { kind: 'activity', title: 'Call' }),
		page: source,
		confidence: 'observed',
	},
	note_created: {
		name: 'Note Created',
		event: 'event_created',
		is: isKind('note'),
		sample: ofEntry('event_created', { kind: 'note' }),
		page: source,
		confidence: 'inferred',
	},
	product_added: {
		name: 'Product Added to Deal',
		event: 'event_created',
		is: isKind('deal_product_added'),
		sample: ofEntry('event_created', {
			kind: 'deal_product_added',
			additional_attributes: { product_id: 1, product_name: 'Yearly plan' },
		}),
		page: source,
		confidence: 'observed',
	},
	message_received: {
		name: 'Message Received',
		event: 'event_created',
		is: (body) => isKind(...MESSAGES)(body) && valueAt(body, 'data.from_me') === false,
		sample: ofEntry('event_created', { kind: 'evolution_api_message', from_me: false, content: 'Tudo certo?' }),
		page: source,
		confidence: 'inferred',
	},
	message_sent: {
		name: 'Message Sent',
		description:
			"Chatwoot or WhatsApp accepted a message, or a person wrote one there. 'Ignore Own Changes' leaves both out.",
		event: 'event_updated',
		alsoAs: 'event_created',
		is: isSent,
		sample: ofEntry('event_updated', {
			kind: 'evolution_api_message',
			done: true,
			done_at: stamps.updated_at,
			additional_attributes: { message_id: '3EB0538DA65A59F6D8A251' },
		}),
		page: source,
		confidence: 'observed',
	},
};
