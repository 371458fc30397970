import { choice, choices, integer, nested, rows, text, uuid } from '../../shared/fields';
import { operation, type Resource } from '../../shared/operation';

const statuses = choices({ OPEN: 'Open', RESOLVED: 'Resolved', SNOOZED: 'Snoozed' });

const simple = ['id', 'contact_name', 'contact_number', 'wa_contact_id', 'status', 'chat_type', 'unread_count', 'assigned_agent_id', 'last_message_at', 'crm_person'];

const templateFields = {
	component: text('Component').startsAs('BODY').example('BODY').describe('Part of the template that has the variable; BODY and HEADER are known'),
	type: text('Type').startsAs('TEXT').example('TEXT').describe('Kind of the value; TEXT is known'),
	index: integer('Index').min(1).blank().startsAs('1').describe('Number of the variable in its part; 1 stands for {{1}}'),
	button_index: integer('Within Button').min(0).blank().describe('For a variable in a button: number of the button'),
	card_index: integer('Within Card').min(0).blank().describe('For a variable in a carousel: number of the card'),
	value: text('Value').required().describe('What the customer reads in place of the variable'),
};

const start = operation({
	name: 'Start With Template',
	action: 'Start chat with template',
	description: 'Open a WhatsApp chat, or reuse the one there is, by sending an approved template. Running it again sends the template again.',
	request: 'POST /chats',
	page: 'https://docs.wegly.com.br/api-reference/chats/cria%C3%A7%C3%A3o-manual-de-chat',
	contract: 'createChat',
	simple,
	fields: {
		whatsapp_phone_id: uuid('WhatsApp Phone ID').required().hint("Wegly's ID of the connected number, not Meta's: an existing chat shows it as phone_number.id"),
		wa_contact_id: text('Contact Number').max(50).required().ordered().example('11999999999').describe('Number of the customer with area code, digits only, as Wegly documents it; it is sent as written'),
		template: nested({
			name: text('Template Name').required().example('saudacao_inicial'),
			language: text('Template Language').required().startsAs('pt_BR').example('pt_BR'),
		}),
		person_contact_id: uuid('Person Contact ID'),
		remote_profile_name: text('Contact Name').max(255),
		crm_person_id: uuid('Person ID'),
		assigned_agent_id: uuid('Assigned Agent ID').describe("ID of the agent, which is not the user's ID: a chat shows both"),
		status: choice('Status', statuses),
		template_fields: rows('Template Fields', templateFields, 'Add Template Field').describe('Values of the variables of the template'),
	},
});

export const chat: Resource = { name: 'Chat', operations: { start } };
