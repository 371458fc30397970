import { fixed, nested, rows, text } from '../../shared/fields';
import { operation, type Resource } from '../../shared/form/operation';
import { chatId, nowhere, template, templateFields, within } from '../fields';

const pages = 'https://docs.wegly.com.br/api-reference/chats';
const ownOperation = 'has an operation of its own';
const unknownKind = 'belongs to the list message, whose kind Wegly does not publish';

const simple = [
	'id',
	'type',
	'status',
	'origin',
	'from_me',
	'body_text',
	'content_payload',
	'meta_timestamp',
	'created_at',
	'user',
];

const id = chatId.required();
const words = text('Text').rows(4).required().example('Olá, Ana! Podemos ligar hoje?');
const onlyWithinADay =
	'Sent as it is; WhatsApp delivers it within 24 hours of the last message of the customer, and after that a template alone';
const reference = text('Reply to Message')
	.tidy()
	.example('wamid.HBgL')
	.describe(`WhatsApp's own ID (wamid) of the message to answer, which the customer sees above yours. ${nowhere}.`);

const sendText = operation({
	name: 'Send Text',
	action: 'Send text message',
	description: 'Each run sends it again: a text to a chat, within 24 hours of the last message of the customer',
	request: 'POST /chats/{id}/messages',
	effect: 'writes',
	page: `${pages}/envio-de-mensagem-para-chat`,
	contract: 'sendMessage',
	output: 'records',
	simple,
	shortcutOf: 'sendTemplate',
	fields: { id, type: fixed('text'), body: words.describe(onlyWithinADay), reference_wamid: reference },
});

const sendTemplate = operation({
	name: 'Send Template',
	action: 'Send template message',
	description: 'Each run sends it again: an approved template to a chat, also after the 24 hours',
	request: 'POST /chats/{id}/messages',
	effect: 'writes',
	page: `${pages}/envio-de-mensagem-para-chat`,
	contract: 'sendMessage',
	output: 'records',
	simple,
	unverified: "the members are published, the kind 'template' is inferred from them",
	leftOut: { body: `The text ${ownOperation}` },
	fields: { id, type: fixed('template'), template, template_fields: templateFields, reference_wamid: reference },
});

/** What WhatsApp takes of reply buttons. https://developers.facebook.com/docs/whatsapp/cloud-api/messages/interactive-reply-buttons-messages */
const MOST_BUTTONS = 3;
const LONGEST_TITLE = 20;

const buttons = rows(
	'Buttons',
	{
		id: text('Button ID')
			.tidy()
			.required()
			.example('sim')
			.describe('What comes back when the customer taps the button; the customer does not see it'),
		title: text('Title')
			.max(LONGEST_TITLE)
			.required()
			.example('Sim')
			.describe(`What the customer reads on the button, at most ${LONGEST_TITLE} characters`),
	},
	'Add Button',
);

const sendButtons = operation({
	name: 'Send Buttons',
	action: 'Send message with buttons',
	description: 'Each run sends it again: a text with reply buttons to a chat',
	request: 'POST /chats/{id}/messages/interactive',
	effect: 'writes',
	page: `${pages}/envio-de-mensagem-interativa`,
	contract: 'sendInteractiveMessage',
	output: 'records',
	simple,
	leftOut: { 'action.button': unknownKind, 'action.sections': unknownKind },
	fields: {
		id,
		interactive_type: fixed('button'),
		body: nested({ text: words.describe('What stands above the buttons') }),
		action: nested({
			buttons: buttons
				.required()
				.describe(`WhatsApp takes up to ${MOST_BUTTONS}, with titles of at most ${LONGEST_TITLE} characters`),
		}),
		reference_wamid: reference,
	},
	rules: [
		({ buttons: given }) => (given.length === 0 ? "'Buttons' needs at least one row" : undefined),
		({ buttons: given }) =>
			given.length > MOST_BUTTONS
				? `'Buttons' takes at most ${MOST_BUTTONS} rows, because WhatsApp shows no more, and got ${given.length}`
				: undefined,
	],
});

const sendLocation = operation({
	name: 'Send Location',
	action: 'Send location message',
	description: 'Each run sends it again: a place on the map to a chat',
	request: 'POST /chats/{id}/messages/location',
	effect: 'writes',
	page: `${pages}/envio-de-mensagem-de-localiza%C3%A7%C3%A3o`,
	contract: 'sendLocationMessage',
	output: 'records',
	simple,
	fields: {
		id,
		latitude: within('Latitude', -90, 90).required().example('-23.5614'),
		longitude: within('Longitude', -180, 180).required().example('-46.6559'),
		name: text('Place Name')
			.example('Ponto de encontro')
			.describe('Name of the place, which WhatsApp shows below the map'),
		address: text('Address').example('Av. Paulista, 1000 - São Paulo'),
		reference_wamid: reference,
	},
});

export const message: Resource = { name: 'Message', operations: { sendText, sendTemplate, sendButtons, sendLocation } };
