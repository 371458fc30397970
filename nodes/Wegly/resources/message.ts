import { fixed, nested, rows, text } from '../../shared/fields';
import { operation, type Resource } from '../../shared/form/operation';
import { chatId, askSupport, template, templateFields, within } from '../fields';

const pages = 'https://docs.wegly.com.br/api-reference/chats';
const unknownType = 'belongs to the list message, whose type Wegly does not publish';

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
const bodyText = text('Text').rows(4).required().example('Olá, Ana! Podemos ligar hoje?');
const onlyWithinADay =
	"Sent as written. WhatsApp delivers it within 24 hours of the customer's last message; later, send a template.";
const reference = text('Reply to Message')
	.tidy()
	.example('wamid.HBgL')
	.describe(`WhatsApp ID (wamid) of the message to quote. ${askSupport}.`);

const sendText = operation({
	name: 'Send Text',
	action: 'Send text message',
	description: "Send a text to a chat, within 24 hours of the customer's last message. Each run sends it again.",
	request: 'POST /chats/{id}/messages',
	effect: 'writes',
	page: `${pages}/envio-de-mensagem-para-chat`,
	contract: 'sendMessage',
	output: 'records',
	simple,
	shortcutOf: 'sendTemplate',
	fields: { id, type: fixed('text'), body: bodyText.describe(onlyWithinADay), reference_wamid: reference },
});

const sendTemplate = operation({
	name: 'Send Template',
	action: 'Send template message',
	description: 'Send an approved template to a chat, also after 24 hours. Each run sends it again.',
	request: 'POST /chats/{id}/messages',
	effect: 'writes',
	page: `${pages}/envio-de-mensagem-para-chat`,
	contract: 'sendMessage',
	output: 'records',
	simple,
	unverified: "Wegly publishes the fields; the type 'template' is inferred from them",
	leftOut: { body: 'the text has a separate operation' },
	fields: { id, type: fixed('template'), template, template_fields: templateFields, reference_wamid: reference },
});

/** WhatsApp's limits for reply buttons. https://developers.facebook.com/docs/whatsapp/cloud-api/messages/interactive-reply-buttons-messages */
const MOST_BUTTONS = 3;
const LONGEST_TITLE = 20;

const buttons = rows(
	'Buttons',
	{
		id: text('Button ID')
			.tidy()
			.required()
			.example('sim')
			.describe('ID that WhatsApp returns when the customer taps the button. The customer does not see it.'),
		title: text('Title')
			.max(LONGEST_TITLE)
			.required()
			.example('Sim')
			.describe(`Text on the button, at most ${LONGEST_TITLE} characters`),
	},
	'Add Button',
);

const sendButtons = operation({
	name: 'Send Buttons',
	action: 'Send message with buttons',
	description: 'Send a text with reply buttons to a chat. Each run sends it again.',
	request: 'POST /chats/{id}/messages/interactive',
	effect: 'writes',
	page: `${pages}/envio-de-mensagem-interativa`,
	contract: 'sendInteractiveMessage',
	output: 'records',
	simple,
	leftOut: { 'action.button': unknownType, 'action.sections': unknownType },
	fields: {
		id,
		interactive_type: fixed('button'),
		body: nested({ text: bodyText.describe('Text above the buttons') }),
		action: nested({
			buttons: buttons
				.required()
				.describe(`At most ${MOST_BUTTONS} buttons, with titles of at most ${LONGEST_TITLE} characters`),
		}),
		reference_wamid: reference,
	},
	rules: [
		({ buttons: given }) => (given.length === 0 ? "'Buttons' is empty. Add at least one row" : undefined),
		({ buttons: given }) =>
			given.length > MOST_BUTTONS
				? `'Buttons' must have at most ${MOST_BUTTONS} rows, because WhatsApp shows no more, but has ${given.length}`
				: undefined,
	],
});

const sendLocation = operation({
	name: 'Send Location',
	action: 'Send location message',
	description: 'Send a location on the map to a chat. Each run sends it again.',
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
			.describe('Name of the place. WhatsApp shows it below the map.'),
		address: text('Address').example('Av. Paulista, 1000 - São Paulo'),
		reference_wamid: reference,
	},
});

export const message: Resource = { name: 'Message', operations: { sendText, sendTemplate, sendButtons, sendLocation } };
