import { choice, choices, text, toggle, uuid } from '../../shared/fields';
import { operation, type Resource } from '../../shared/form/operation';
import { template, templateFields } from '../fields';

const statuses = choices({ OPEN: 'Open', RESOLVED: 'Resolved', SNOOZED: 'Snoozed' });
const pages = 'https://docs.wegly.com.br/api-reference/chats';

const simple = [
	'id',
	'contact_name',
	'contact_number',
	'wa_contact_id',
	'status',
	'chat_type',
	'unread_count',
	'assigned_agent_id',
	'last_message_at',
	'crm_person',
];

const id = uuid('Chat ID').required();

const start = operation({
	name: 'Start With Template',
	action: 'Start chat with template',
	description: 'Open a WhatsApp chat, or reuse the one there is, by sending an approved template. Running it again sends the template again.',
	request: 'POST /chats',
	effect: 'writes',
	page: `${pages}/cria%C3%A7%C3%A3o-manual-de-chat`,
	contract: 'createChat',
	simple,
	fields: {
		whatsapp_phone_id: uuid('WhatsApp Phone ID')
			.required()
			.hint("Wegly's ID of the connected number, not Meta's: an existing chat shows it as phone_number.id"),
		// No phone field: the sample of the page has no country code, and whether one is taken is not documented.
		wa_contact_id: text('Contact Number')
			.max(50)
			.required()
			.ordered()
			.example('11999999999')
			.describe('Number of the customer with area code, digits only, as Wegly documents it; it is sent as written'),
		template,
		person_contact_id: uuid('Person Contact ID'),
		remote_profile_name: text('Contact Name').max(255),
		crm_person_id: uuid('Person ID'),
		assigned_agent_id: uuid('Assigned Agent ID').describe("ID of the agent, which is not the user's ID: a chat shows both"),
		status: choice('Status', statuses),
		template_fields: templateFields,
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
	description: 'Retrieve the messages and events of a chat, each as an item; Wegly decides how many, because it publishes no paging',
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
	description: 'Count the unread messages and the chats that have some',
	request: 'GET /chats/notifications/unread',
	effect: 'reads',
	page: `${pages}/resumo-de-nao-lidas`,
	contract: 'getUnreadSummary',
	fields: {},
});

const updateResponsible = operation({
	name: 'Update Responsible',
	action: 'Update responsible of chat',
	description: 'Hand a chat over to another user, and its leads and deals too if wanted',
	request: 'PATCH /chats/{id}/responsible',
	effect: 'writes',
	page: `${pages}/atualizar-responsavel-do-chat`,
	contract: 'updateChatResponsible',
	simple,
	// Wegly does not publish what a missing flag means: all three always go.
	fields: {
		id,
		user_id: uuid('User ID').required().describe("ID of the user who becomes responsible, which is not the agent's ID: a chat shows both"),
		update_chat: toggle('Update Chat').open().startsAs(true).describe('Whether the user becomes responsible for the chat'),
		update_leads: toggle('Update Leads').open().describe('Whether the user becomes responsible for the leads of the chat'),
		update_deals: toggle('Update Deals').open().describe('Whether the user becomes responsible for the deals of the chat'),
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
	fields: { id, userId: uuid('User ID').required() },
});

export const chat: Resource = { name: 'Chat', operations: { start, get, getTimeline, getUnread, updateResponsible, removeParticipant } };
