import { formatPhone } from '../shared/base/phone';
import type { RefinementCtx } from '../shared/base/zod';
import {
	choice,
	type DecimalField,
	decimal,
	Field,
	integer,
	list,
	nested,
	pick,
	rows,
	text,
	toggle,
	url,
	uuid,
	type Choices,
} from '../shared/fields';
import { addProblem, mustBe } from '../shared/fields/problem';
import { phoneSuggestion } from '../shared/fields/phoneSuggestion';
import { dealUsers, roles } from './lookups';

/** Returns options for a closed list of numbers that Wegly publishes no names for. */
export const numbered = <Value extends number>(...values: Value[]): Choices<Value> =>
	values.map((value) => ({ value, name: String(value) }));

/**
 * Returns a number field with the vendor's limits. Its form element starts blank, because a default of 0 would send a
 * location in the Atlantic, or make an item of a proposal free.
 */
export function within(label: string, minimum: number, maximum?: number): DecimalField {
	const field = decimal(label).min(minimum).blank();
	return maximum === undefined ? field : field.max(maximum);
}

/** Returns a toggle for a row. Rows send every field that they show, and "No" differs from "Not Given". */
export function optionalToggle(label: string): Field<boolean> {
	const { spec } = toggle(label);
	const options = [
		{ name: 'No', value: 'false' },
		{ name: 'Not Given', value: '' },
		{ name: 'Yes', value: 'true' },
	];
	return new Field<boolean>({ ...spec, ui: { type: 'options', default: '', options } });
}

/** Returns a drop-down of the published values. An expression may return a value that Wegly does not publish. */
function known(label: string, list: Choices<string>): Field<string> {
	const { spec } = text(label);
	return new Field<string>({ ...spec, ui: { type: 'options', default: list[0].value, options: [...list] } });
}

/** Ends the description of an ID that neither the help nor the API of Wegly shows. */
export const askSupport = 'Wegly does not document where to find it: ask its support';

export const chatId = uuid('Chat ID').describe('ID of the chat. Chat > Start With Template shows it.');
export const leadId = uuid('Lead ID').describe(
	'ID of the lead. Lead > Create shows it, and the Wegly Trigger in record.',
);
export const dealId = uuid('Deal ID').describe('ID of the deal. Deal > Create shows it.');

/** Wegly returns stages, people and roles only inside a deal. */
export const exampleDeal = uuid('Example Deal ID')
	.local()
	.open()
	.describe('Any deal (only read): the lists of this form show its stages, people and roles. Deal > Create shows it.');

/** Wegly returns its numbers and people only inside a chat. */
export const exampleChat = uuid('Example Chat ID')
	.local()
	.open()
	.describe(
		'Any chat (only read): lists of this form show its number and people. Chat > Start With Template shows it.',
	);

/** Returns a picker for a user, in a form with a deal. */
export const userOfDeal = (label: string) => pick(label, dealUsers);

/** The role of a follower, in a form with a deal. */
const role = pick('Role', roles)
	.required()
	.describe('Active role, listed from Example Deal ID. Lead > Add Follower shows it in followers.role.');

const people = 'Listed from Example Deal ID. Deal > Get shows it in responsible.';

export const follower = {
	user_id: userOfDeal('User').required().describe(`Follower from your company. ${people}`),
	role_id: role,
};

/** An approved WhatsApp template by its name and language. */
export const template = nested({
	name: text('Template Name')
		.tidy()
		.required()
		.example('saudacao_inicial')
		.describe('Name of an approved template in lowercase, as listed in your WhatsApp Manager'),
	language: text('Template Language')
		.tidy()
		.required()
		.default('pt_BR')
		.example('pt_BR')
		.describe('Code of the language that the template was approved in'),
});

/** Values of the variables of a template. The vendor's pages show both lists only in part. https://docs.wegly.com.br/api-reference/chats/cria%C3%A7%C3%A3o-manual-de-chat */
export const templateFields = rows(
	'Template Variables',
	{
		component: known('Component', [
			{ value: 'BODY', name: 'Body' },
			{ value: 'HEADER', name: 'Header' },
		]).describe('Part of the template with the variable. BODY and HEADER are known; use an expression for others.'),
		type: known('Type', [{ value: 'TEXT', name: 'Text' }]).describe(
			'Type of the value. TEXT is known; use an expression for others.',
		),
		index: integer('Index')
			.min(1)
			.blank()
			.default('1')
			.example('1')
			.describe('Number of the variable in its part, such as 1 for {{1}}'),
		button_index: integer('Within Button')
			.min(0)
			.blank()
			.example('0')
			.describe('Number of the button, for a variable in a button'),
		card_index: integer('Within Card')
			.min(0)
			.blank()
			.example('0')
			.describe('Number of the card, for a variable in a carousel'),
		value: text('Value').required().example('João').describe('Text that the customer reads instead of the variable'),
	},
	'Add Variable',
)
	.formerlyOptional()
	.describe('Values of the variables of the template, one row for each. A template without variables needs no rows.');

/** Contact type of a phone number. Wegly does not publish the other types. https://docs.wegly.com.br/api-reference/oportunidades */
const PHONE = 0;

// The value may also be an email address, so the type of the row decides its check. The documented sample number is formatted.
const contactRows = rows(
	'Person Contacts',
	{
		type: integer('Type')
			.min(0)
			.blank()
			.default(String(PHONE))
			.example(String(PHONE))
			.describe('Type of contact, such as 0 for a phone number. Wegly does not publish the other types.'),
		value: text('Value')
			.required()
			.example('+55 11 99988-7766')
			.describe('Phone number with country code, or email address. Sent as written.'),
	},
	'Add Contact',
).describe('Phone numbers and email addresses of the person to create');

const contacts = new Field<Array<Record<string, unknown>>>({
	...contactRows.spec,
	schema: (context) =>
		contactRows.spec
			.schema(context)
			.transform((given: Contact[], check) => given.map((contact, row) => checkedContact(contact, row, check))),
});

interface Contact {
	type?: number;
	value: string;
}

/** Checks that a contact of the phone type has a phone number as its value. */
function checkedContact(contact: Contact, row: number, check: RefinementCtx): Contact {
	if (contact.type !== PHONE) return contact;
	const value = formatPhone(contact.value);
	if (value !== undefined) return { ...contact, value };
	const problem = mustBe('a phone number if Type is 0', contact.value);
	addProblem(check, { problem, label: 'Value', suggestion: phoneSuggestion(contact.value) }, [row, 'value']);
	return contact;
}

const followers = rows('Followers', follower, 'Add Follower').describe('Users who become followers, each with a role');

export const qualityRating = 'Rating from 1 (lowest) to 5 (highest)';

/** Fields that creating a lead and creating a deal share: person, organization, origin, followers and note. */
export const opening = {
	responsible_id: userOfDeal('Responsible').describe(`Responsible user; by default the key's user. ${people}`),
	quality_reason: text('Quality Reason')
		.example('Pediu proposta')
		.describe('Reason for the rating. Some pipelines require it.'),
	visibility: choice('Visibility', [
		{ value: 0, name: 'Creator Only' },
		{ value: 1, name: 'Whole Team' },
	]).describe('Who can see it in Wegly'),
	tags: list('Tags', text('Tag')).example('site, form').describe('Comma-separated names of tags'),
	person_name: text('Person Name')
		.at('person.name')
		.example('Ana Souza')
		.describe('Name of the person to create and link'),
	person: nested({
		contacts,
		avoid_duplicate: toggle('Avoid Duplicate Person')
			.default(true)
			.describe('Whether Wegly looks for an existing person first'),
		duplicate_check_types: list('Duplicate Check Types', integer('Type'))
			.example('0')
			.describe('Comma-separated contact types to compare when looking for an existing person. 0 is a phone number.'),
	}),
	organization_name: text('Organization Name')
		.at('organization.name')
		.example('Padaria Aurora Ltda')
		.describe('Name of the company to create and link'),
	marketing: nested({
		url_conversion: url('Conversion URL')
			.example('https://example.com/?utm_source=ads')
			.describe('URL of the page where the customer converted, with its whole query'),
	}),
	followers,
	note: nested({
		content: text('Note').rows(3).example('Pediu retorno à tarde').describe('First note, for your team'),
		is_pinned: toggle('Pin Note').describe('Whether the note stays at the top'),
	}),
};
