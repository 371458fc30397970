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
const entry = content.example('Cliente pediu uma proposta').describe('What is to stand on the timeline of the deal');
const message = content
	.example('Olá, Ana! Podemos falar hoje?')
	.describe('Text that the contact gets; *asterisks* make it bold in WhatsApp');
const title = text('Title').example('Ligar para Ana').describe('Heading on the timeline');
const custom_attributes = customAttributes('{ "channel": "whatsapp" }');

const progress = {
	title,
	done: toggle('Done').describe(
		"Whether the event is done already. WoofedCRM lists every event that isn't done under 'to do', notes too.",
	),
	done_at: dateTime('Done At').describe('When it was done. An event with this time is done, whatever Done says.'),
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

const when = oneOf(
	'When',
	{
		now: { name: 'Now', description: 'The message leaves at once', fields: { send_now: fixed(true) } },
		scheduled: {
			name: 'Scheduled',
			description: 'The message waits for its time on the timeline of the deal',
			fields: {
				scheduled_at: dateTime('Scheduled At')
					.required()
					.describe('When the message is to be sent; WoofedCRM sends at once what is due in the past'),
				auto_done: toggle('Send Automatically')
					.default(true)
					.describe(
						'Whether WoofedCRM sends the message when its time has come. If off, the event is only a reminder and nothing is ever sent.',
					),
			},
		},
	},
	'When the message leaves',
);

/** What is due already is sent at once, which nobody means who gives a time. Observed on a server of October 2024. */
function overdue(
	_record: IDataObject,
	_answer: unknown,
	{ scheduled_at, auto_done }: Readonly<Record<string, unknown>>,
): string | undefined {
	const isOverdue = auto_done === true && Date.parse(toText(scheduled_at)) < Date.now();
	return isOverdue
		? `'Scheduled At' (${toText(scheduled_at)}) has passed, so that WoofedCRM sends the message at once`
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
		content: entry.required(),
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
		content: entry,
	},
});

const sendChatwootMessage = operation({
	...event,
	name: 'Send Chatwoot Message',
	action: 'Send Chatwoot message to contact of deal',
	description: 'Each run sends it again: a message to the contact of a deal through a Chatwoot inbox, now or later',
	simple,
	leftOut: keptBack,
	remark: overdue,
	fields: {
		deal_id,
		kind: fixed('chatwoot_message'),
		app_type: fixed('Apps::Chatwoot'),
		app_id: typedId('Chatwoot App ID')
			.required()
			.describe(`Connection to Chatwoot in the settings of WoofedCRM; ${idIn('apps/chatwoots')}`),
		// Most versions of WoofedCRM have no list of inboxes, so that a fresh form asks for the ID.
		chatwoot_inbox_id: pick('Chatwoot Inbox', chatwootInboxes)
			.default({ mode: 'id', value: '' })
			.required()
			.at('additional_attributes.chatwoot_inbox_id')
			.describe(
				'Inbox in Chatwoot to send from, by its ID there. In Chatwoot it is the number after /inboxes/ in the address of its settings.',
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
		'Each run sends it again: a WhatsApp message to the contact of a deal by the Evolution API, now or later',
	simple,
	leftOut: { ...keptBack, additional_attributes: 'the Evolution API needs none' },
	remark: overdue,
	fields: {
		deal_id,
		kind: fixed('evolution_api_message'),
		app_type: fixed('Apps::EvolutionApi'),
		app_id: typedId('Evolution API App ID')
			.required()
			.describe(`WhatsApp connection in the settings of WoofedCRM; ${idIn('apps/evolution_apis')}`),
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
