import { choice, choices, phoneDigits, pick, text, toggle, uuid } from '../../shared/fields';
import { operation, type Resource } from '../../shared/form/operation';
import { chatId, exampleChat, askSupport, template, templateFields } from '../fields';
import { chatAgents, chatUsers, numbers, persons } from '../lookups';

const statuses = choices({ OPEN: 'Open', RESOLVED: 'Resolved', SNOOZED: 'Snoozed' });
const pages = 'https://docs.wegly.com.br/api-reference/chats';

const simple = [
	'id',
	'contact_name',
	'contact_number',
	'wa_contact_id',
	'phone_number',
	'status',
	'unread_count',
	'assigned_agent',
	'last_message_at',
	'crm_person',
];

const id = chatId.required();
const whoWrote = 'Listed: assigned user and writers. Chat > Get shows it in assigned_agent.user.';

const start = operation({
	name: 'Start With Template',
	action: 'Start chat with template',
	description: 'Open a WhatsApp chat, or reuse the existing one, with a template. Each run sends it again.',
	request: 'POST /chats',
	effect: 'writes',
	page: `${pages}/cria%C3%A7%C3%A3o-manual-de-chat`,
	contract: 'createChat',
	simple,
	fields: {
		exampleChat,
		whatsapp_phone_id: pick('WhatsApp Number', numbers)
			.required()
			.describe(
				"Your sender: Wegly's ID, not Meta's. Listed from Example Chat ID. Chat > Get shows it in phone_number.",
			),
		// The documented sample has no country code, and Wegly does not document whether it accepts one.
		wa_contact_id: phoneDigits('Contact Number', 'BR', 50)
			.required()
			.ordered()
			.describe(
				"Customer's number with area code. The node removes punctuation, and sends a country code only if you write it.",
			),
		template,
		template_fields: templateFields,
		person_contact_id: uuid('Person Contact ID').describe(`Contact of the person with this number. ${askSupport}.`),
		remote_profile_name: text('Contact Name')
			.max(255)
			.example('Ana Souza')
			.describe('Name shown for the chat, at most 255 characters'),
		crm_person_id: pick('Person', persons).describe(
			'CRM person of the chat. Listed from Example Chat ID. Chat > Get shows it in crm_person.',
		),
		assigned_agent_id: pick('Assigned Agent', chatAgents).describe(
			'Agent ID, not user ID. Listed from Example Chat ID. Chat > Get shows it as assigned_agent.agent_id.',
		),
		status: choice('Status', statuses).describe('Status of the chat after sending the template'),
	},
});

const get = operation({
	name: 'Get',
	action: 'Get chat',
	description: 'Retrieve a chat by its ID',
	request: 'GET /chats/{id}',
	effect: 'reads',
	page: `${pages}/consulta-de-chat`,
	contract: 'getChat',
	simple,
	fields: { id },
});

const getTimeline = operation({
	name: 'Get Timeline',
	action: 'Get chat timeline',
	description: 'Retrieve the messages and events of a chat, one item each. Wegly decides how many.',
	request: 'GET /chats/{id}/timeline',
	effect: 'reads',
	page: `${pages}/listar-timeline-do-chat`,
	contract: 'listChatTimeline',
	output: 'records',
	fields: { id },
});

const getUnread = operation({
	name: 'Get Unread Summary',
	action: 'Get unread summary of chats',
	description: 'Count the unread messages and the chats with unread messages',
	request: 'GET /chats/notifications/unread',
	effect: 'reads',
	page: `${pages}/resumo-de-nao-lidas`,
	contract: 'getUnreadSummary',
	fields: {},
});

const updateResponsible = operation({
	name: 'Update Responsible',
	action: 'Update responsible of chat',
	description: 'Transfer a chat to another user, optionally with its leads and deals',
	request: 'PATCH /chats/{id}/responsible',
	effect: 'writes',
	page: `${pages}/atualizar-responsavel-do-chat`,
	contract: 'updateChatResponsible',
	simple,
	// Wegly does not document what a missing flag means, so the node always sends all three.
	fields: {
		id,
		user_id: pick('User', chatUsers).required().describe(`User ID, not agent ID. ${whoWrote}`),
		update_chat: toggle('Update Chat')
			.open()
			.default(true)
			.describe('Whether the user becomes responsible for the chat'),
		update_leads: toggle('Update Leads')
			.open()
			.describe('Whether the user becomes responsible for the leads of the chat'),
		update_deals: toggle('Update Deals')
			.open()
			.describe('Whether the user becomes responsible for the deals of the chat'),
	},
});

const removeParticipant = operation({
	name: 'Remove Participant',
	action: 'Remove participant from chat',
	description: 'Remove a user from the participants of a chat',
	request: 'DELETE /chats/{id}/participants/{userId}',
	effect: 'writes',
	page: `${pages}/remover-participante-do-chat`,
	contract: 'removeChatParticipant',
	simple,
	fields: { id, userId: pick('User', chatUsers).required().describe(`User to remove. ${whoWrote}`) },
});

export const chat: Resource = {
	name: 'Chat',
	opensOn: 'start',
	operations: { start, get, getTimeline, getUnread, updateResponsible, removeParticipant },
};
