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

/** Options of a closed list of numbers for which Wegly publishes no names. */
export const numbered = <Value extends number>(...values: Value[]): Choices<Value> =>
	values.map((value) => ({ value, name: String(value) }));

/**
 * A number within the vendor's limits, whose form element starts blank: a zero that nobody typed would send a place in
 * the Atlantic, or make an item of a proposal free.
 */
export function within(label: string, minimum: number, maximum?: number): DecimalField {
	const field = decimal(label).min(minimum).blank();
	return maximum === undefined ? field : field.max(maximum);
}

/** A toggle for a row: rows send all that they show, and "no" is something else than "leave it". */
export function optionalToggle(label: string): Field<boolean> {
	const { spec } = toggle(label);
	const options = [
		{ name: 'No', value: 'false' },
		{ name: 'Not Given', value: '' },
		{ name: 'Yes', value: 'true' },
	];
	return new Field<boolean>({ ...spec, ui: { type: 'options', default: '', options } });
}

/** One of a list that is not complete: an expression may give a value that Wegly does not publish. */
function known(label: string, list: Choices<string>): Field<string> {
	const { spec } = text(label);
	return new Field<string>({ ...spec, ui: { type: 'options', default: list[0].value, options: [...list] } });
}

/** What is said of an ID that neither the help nor the API of Wegly shows. */
export const nowhere = "Wegly's help does not say where to find it, so ask its support";

export const chatId = uuid('Chat ID').describe('Chat > Start With Template shows it');
export const leadId = uuid('Lead ID').describe('Lead > Create shows it, and the Wegly Trigger in record');
export const dealId = uuid('Deal ID').describe('Deal > Create shows it');

/** Wegly lists stages, people and roles inside a deal only. */
export const exampleDeal = uuid('Example Deal ID')
	.local()
	.open()
	.describe(
		'Any deal whose stages, people and roles the lists of this form are to offer; it is only read. Deal > Create shows it.',
	);

/** Wegly lists its numbers and people inside a chat only. */
export const exampleChat = uuid('Example Chat ID')
	.local()
	.open()
	.describe(
		'Any chat whose number and people the lists of this form are to offer; it is only read. Chat > Start With Template shows it.',
	);

/** A user in a form with a deal. */
export const userOfDeal = (label: string) => pick(label, dealUsers);

/** The role of a follower in a form with a deal. */
const role = pick('Role', roles)
	.required()
	.describe(
		'Role of the follower, which has to exist and be active. The list offers those in the deal of Example Deal ID. Lead > Add Follower shows it in followers.role.',
	);

const people = 'The list offers the people in the deal of Example Deal ID. Deal > Get shows it in responsible.';

export const follower = {
	user_id: userOfDeal('User').required().describe(`User of your company who is to follow. ${people}`),
	role_id: role,
};

/** An approved WhatsApp template by its name and language. */
export const template = nested({
	name: text('Template Name')
		.tidy()
		.required()
		.example('saudacao_inicial')
		.describe('Name of a template that WhatsApp has approved, in small letters, as your WhatsApp Manager lists it'),
	language: text('Template Language')
		.tidy()
		.required()
		.default('pt_BR')
		.example('pt_BR')
		.describe('Code of the language in which the template was approved'),
});

/** Values of the variables of a template. Both lists are cut on the vendor's pages. https://docs.wegly.com.br/api-reference/chats/cria%C3%A7%C3%A3o-manual-de-chat */
export const templateFields = rows(
	'Template Variables',
	{
		component: known('Component', [
			{ value: 'BODY', name: 'Body' },
			{ value: 'HEADER', name: 'Header' },
		]).describe(
			'Part of the template that has the variable; BODY and HEADER are known, and an expression may give another',
		),
		type: known('Type', [{ value: 'TEXT', name: 'Text' }]).describe(
			'Kind of the value; TEXT is known, and an expression may give another',
		),
		index: integer('Index')
			.min(1)
			.blank()
			.default('1')
			.example('1')
			.describe('Number of the variable in its part; 1 stands for {{1}}'),
		button_index: integer('Within Button')
			.min(0)
			.blank()
			.example('0')
			.describe('For a variable in a button: number of the button'),
		card_index: integer('Within Card')
			.min(0)
			.blank()
			.example('0')
			.describe('For a variable in a carousel: number of the card'),
		value: text('Value').required().example('João').describe('What the customer reads in place of the variable'),
	},
	'Add Variable',
)
	.formerlyOptional()
	.describe('Values of the variables of the template, a row for each; a template without variables needs none');

/** Kind of contact of a phone number; the other kinds are not published. https://docs.wegly.com.br/api-reference/oportunidades */
const PHONE = 0;

// An email address may stand here, too, and the sample of a number is formatted: the type of the row decides about its check.
const contactRows = rows(
	'Person Contacts',
	{
		type: integer('Type')
			.min(0)
			.blank()
			.default(String(PHONE))
			.example(String(PHONE))
			.describe('Number of the kind of contact; 0 stands for a phone number, the others are not published'),
		value: text('Value')
			.required()
			.example('+55 11 99988-7766')
			.describe('Phone number with country code, or email address; it is sent as written'),
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

/** A contact whose type is that of a phone number has one as its value. */
function checkedContact(contact: Contact, row: number, check: RefinementCtx): Contact {
	if (contact.type !== PHONE) return contact;
	const value = formatPhone(contact.value);
	if (value !== undefined) return { ...contact, value };
	const problem = mustBe('a phone number where Type is 0', contact.value);
	addProblem(check, { problem, label: 'Value', suggestion: phoneSuggestion(contact.value) }, [row, 'value']);
	return contact;
}

const followers = rows('Followers', follower, 'Add Follower').describe('Users who are to follow it, each with a role');

export const qualityRating = 'How promising it is, from 1, the lowest, to 5, the highest';

/** What a lead and a deal have in common when they are made: whom they are about, where they come from, who follows. */
export const opening = {
	responsible_id: userOfDeal('Responsible').describe(
		`User who is responsible; without one, the user of the key is. ${people}`,
	),
	quality_reason: text('Quality Reason')
		.example('Pediu proposta')
		.describe('Reason of the rating; some pipelines demand it'),
	visibility: choice('Visibility', [
		{ value: 0, name: 'Creator Only' },
		{ value: 1, name: 'Whole Team' },
	]).describe('Who sees it in Wegly'),
	tags: list('Tags', text('Tag')).example('site, form').describe('Names of tags, with commas'),
	person_name: text('Person Name')
		.at('person.name')
		.example('Ana Souza')
		.describe('Name of the person to create and link'),
	person: nested({
		contacts,
		avoid_duplicate: toggle('Avoid Duplicate Person')
			.default(true)
			.describe('Whether Wegly is to look for an existing person first'),
		duplicate_check_types: list('Duplicate Check Types', integer('Type'))
			.example('0')
			.describe(
				'Kinds of contact to compare when looking for an existing person, as numbers with commas; 0 stands for a phone number',
			),
	}),
	organization_name: text('Organization Name')
		.at('organization.name')
		.example('Padaria Aurora Ltda')
		.describe('Name of the company to create and link'),
	marketing: nested({
		url_conversion: url('Conversion URL')
			.example('https://example.com/?utm_source=ads')
			.describe('Address of the page where the customer converted, with its whole query'),
	}),
	followers,
	note: nested({
		content: text('Note').rows(3).example('Pediu retorno à tarde').describe('First note on it, for your team'),
		is_pinned: toggle('Pin Note').describe('Whether the note stays at the top'),
	}),
};
