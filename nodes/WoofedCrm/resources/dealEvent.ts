import { dateTime, fixed, json, oneOf, pick, text, toggle } from '../../shared/fields';
import { operation, type Resource } from '../../shared/form/operation';
import { typedId } from '../fields';
import { chatwootInboxes, deals } from '../lookups';

const page = 'https://docs.woofedcrm.com/docs/Developer%20Guides/Api/endpoints/deal-events/';

const event = { request: 'POST /deals/{deal_id}/events', effect: 'writes', page, contract: 'createDealEvent' } as const;

const simple = ['id', 'kind', 'deal_id', 'contact_id', 'title', 'content', 'scheduled_at', 'done', 'status', 'created_at'];

const deal_id = pick('Deal', deals).required();
const content = text('Content').rows(4);
const title = text('Title').describe('Heading on the timeline');
const custom_attributes = json('Custom Attributes').example('{ "channel": "whatsapp" }');

const progress = {
	title,
	done: toggle('Done').describe('Whether the event is done already'),
	done_at: dateTime('Done At'),
	custom_attributes,
};

const noMessage = {
	send_now: 'marks the event as done, which Done does',
	auto_done: 'concerns messages only',
	app_type: 'concerns messages only',
	app_id: 'concerns messages only',
	additional_attributes: 'concerns messages only',
};

const keptBack = {
	done: 'a message that is marked as done is never sent',
	done_at: 'a message that is marked as done is never sent',
};

const when = oneOf('When', {
	now: { name: 'Now', description: 'The message leaves at once', fields: { send_now: fixed(true) } },
	scheduled: {
		name: 'Scheduled',
		description: 'The message waits for its time on the timeline of the deal',
		fields: {
			scheduled_at: dateTime('Scheduled At').required().describe('When the message is to be sent; WoofedCRM sends at once what is due in the past'),
			auto_done: toggle('Send Automatically')
				.startsAs(true)
				.describe('Whether WoofedCRM sends the message when its time has come. If off, the event is only a reminder and nothing is ever sent.'),
		},
	},
});

const createNote = operation({
	...event,
	name: 'Create Note',
	action: 'Create note on deal',
	description: 'Write a note on the timeline of a deal',
	simple,
	leftOut: noMessage,
	fields: {
		deal_id,
		kind: fixed('note'),
		content: content.required(),
		...progress,
		scheduled_at: dateTime('Scheduled At').describe('When WoofedCRM is to remind of the note'),
	},
});

const createActivity = operation({
	...event,
	name: 'Create Activity',
	action: 'Create activity on deal',
	description: 'Plan an activity, such as a call or a meeting, on the timeline of a deal',
	simple,
	leftOut: noMessage,
	fields: {
		deal_id,
		kind: fixed('activity'),
		...progress,
		title: title.open(),
		scheduled_at: dateTime('Scheduled At').open().describe('When the activity is due'),
		content,
	},
});

const sendChatwootMessage = operation({
	...event,
	name: 'Send Chatwoot Message',
	action: 'Send chatwoot message to contact of deal',
	description: 'Send a message to the contact of a deal through a Chatwoot inbox, now or at a set time. Running it again sends it again.',
	simple,
	leftOut: keptBack,
	fields: {
		deal_id,
		kind: fixed('chatwoot_message'),
		app_type: fixed('Apps::Chatwoot'),
		app_id: typedId('App ID').required().describe('ID of the Chatwoot integration in WoofedCRM'),
		// Most versions of WoofedCRM have no list of inboxes, so that a fresh form asks for the ID.
		chatwoot_inbox_id: pick('Chatwoot Inbox', chatwootInboxes)
			.startsAs({ mode: 'id', value: '' })
			.required()
			.at('additional_attributes.chatwoot_inbox_id')
			.describe('Inbox in Chatwoot to send from, by its ID there'),
		content: content.required(),
		when,
		title,
		custom_attributes,
	},
});

const sendWhatsappMessage = operation({
	...event,
	name: 'Send WhatsApp Message',
	action: 'Send whatsapp message to contact of deal',
	description: 'Send a WhatsApp message to the contact of a deal through the Evolution API, now or at a set time. Running it again sends it again.',
	simple,
	leftOut: { ...keptBack, additional_attributes: 'the Evolution API needs none' },
	fields: {
		deal_id,
		kind: fixed('evolution_api_message'),
		app_type: fixed('Apps::EvolutionApi'),
		app_id: typedId('App ID').required().describe('ID of the Evolution API integration in WoofedCRM'),
		content: content.required(),
		when,
		title,
		custom_attributes,
	},
});

export const dealEvent: Resource = { name: 'Deal Event', operations: { createActivity, createNote, sendChatwootMessage, sendWhatsappMessage } };
