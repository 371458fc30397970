import type { IDataObject } from 'n8n-workflow';
import { toText } from '../../shared/base/json';
import { dateTime, fixed, oneOf, pick, text, toggle } from '../../shared/fields';
import { operation, type Resource } from '../../shared/form/operation';
import { customAttributes, dealPick, idIn, typedId } from '../fields';
import { chatwootInboxes } from '../lookups';

const page = 'https://docs.woofedcrm.com/docs/Developer%20Guides/Api/endpoints/deal-events/';

const event = { request: 'POST /deals/{deal_id}/events', effect: 'writes', page, contract: 'createDealEvent' } as const;

const simple = [
	'id',
	'kind',
	'deal_id',
	'contact_id',
	'title',
	'content',
	'scheduled_at',
	'done',
	'status',
	'created_at',
];

const deal_id = dealPick.required();
const content = text('Content').rows(4);
const timelineText = content.example('Cliente pediu uma proposta').describe('Text on the timeline of the deal');
const message = content
	.example('Olá, Ana! Podemos falar hoje?')
	.describe('Text that the contact gets. In WhatsApp, *asterisks* make it bold.');
const title = text('Title').example('Ligar para Ana').describe('Title on the timeline');
const custom_attributes = customAttributes('{ "channel": "whatsapp" }');

const progress = {
	title,
	done: toggle('Done').describe(
		"Whether the event is done. WoofedCRM lists every event that isn't done under 'to do', including notes.",
	),
	done_at: dateTime('Done At').describe('When it was done. This time marks the event as done, regardless of Done.'),
	custom_attributes,
};

const noMessage = {
	send_now: 'marks the event as done, like Done',
	auto_done: 'applies only to messages',
	app_type: 'applies only to messages',
	app_id: 'applies only to messages',
	additional_attributes: 'applies only to messages',
};

const keptBack = {
	done: 'WoofedCRM never sends a message that is marked as done',
	done_at: 'WoofedCRM never sends a message that is marked as done',
};

const when = oneOf(
	'When',
	{
		now: { name: 'Now', description: 'WoofedCRM sends the message at once', fields: { send_now: fixed(true) } },
		scheduled: {
			name: 'Scheduled',
			description: 'The message waits on the timeline of the deal until its time',
			fields: {
				scheduled_at: dateTime('Scheduled At')
					.required()
					.describe('When to send the message. WoofedCRM sends a message in the past at once.'),
				auto_done: toggle('Send Automatically')
					.default(true)
					.describe(
						'Whether WoofedCRM sends the message at its time. If off, the event is only a reminder and sends nothing.',
					),
			},
		},
	},
	'When WoofedCRM sends the message',
);

/** Returns a hint for a time in the past: WoofedCRM sends such a message at once. Observed on a server of October 2024. */
function overdue(
	_record: IDataObject,
	_response: unknown,
	{ scheduled_at, auto_done }: Readonly<Record<string, unknown>>,
): string | undefined {
	const isOverdue = auto_done === true && Date.parse(toText(scheduled_at)) < Date.now();
	return isOverdue
		? `'Scheduled At' (${toText(scheduled_at)}) is in the past, so WoofedCRM sends the message at once`
		: undefined;
}

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
		content: timelineText.required(),
		...progress,
		scheduled_at: dateTime('Scheduled At').describe('When WoofedCRM reminds of the note'),
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
		content: timelineText,
	},
});

const sendChatwootMessage = operation({
	...event,
	name: 'Send Chatwoot Message',
	action: 'Send Chatwoot message to contact of deal',
	description: 'Send a message to the contact of a deal via Chatwoot, now or later. Each run sends it again.',
	simple,
	leftOut: keptBack,
	remark: overdue,
	fields: {
		deal_id,
		kind: fixed('chatwoot_message'),
		app_type: fixed('Apps::Chatwoot'),
		app_id: typedId('Chatwoot App ID')
			.required()
			.describe(`Chatwoot connection in WoofedCRM; ${idIn('apps/chatwoots')}`),
		// Most versions of WoofedCRM have no list of inboxes, so a new form asks for the ID.
		chatwoot_inbox_id: pick('Chatwoot Inbox', chatwootInboxes)
			.default({ mode: 'id', value: '' })
			.required()
			.at('additional_attributes.chatwoot_inbox_id')
			.describe(
				'Chatwoot inbox to send from. Its ID is the number after /inboxes/ in the URL of its settings in Chatwoot.',
			),
		content: message.required(),
		when,
		title,
		custom_attributes,
	},
});

const sendWhatsappMessage = operation({
	...event,
	name: 'Send WhatsApp Message',
	action: 'Send WhatsApp message to contact of deal',
	description:
		'Send a WhatsApp message to the contact of a deal (Evolution API), now or later. Each run sends it again.',
	simple,
	leftOut: { ...keptBack, additional_attributes: 'the Evolution API needs none' },
	remark: overdue,
	fields: {
		deal_id,
		kind: fixed('evolution_api_message'),
		app_type: fixed('Apps::EvolutionApi'),
		app_id: typedId('Evolution API App ID')
			.required()
			.describe(`WhatsApp connection in WoofedCRM; ${idIn('apps/evolution_apis')}`),
		content: message.required(),
		when,
		title,
		custom_attributes,
	},
});

export const dealEvent: Resource = {
	name: 'Deal Event',
	operations: { createActivity, createNote, sendChatwootMessage, sendWhatsappMessage },
};
