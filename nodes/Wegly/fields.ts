import { choice, type DecimalField, decimal, Field, integer, list, nested, rows, text, toggle, url, uuid, type Choices } from '../shared/fields';

/** Options of a closed list of numbers for which Wegly publishes no names. */
export const numbered = <Value extends number>(...values: Value[]): Choices<Value> => values.map((value) => ({ value, name: String(value) }));

/**
 * A number within the vendor's limits, whose form element starts blank: a zero that nobody typed would send a place in
 * the Atlantic, or make an item of a proposal free.
 */
export function within(label: string, minimum: number, maximum?: number): DecimalField {
	const field = decimal(label).min(minimum).blank();
	return maximum === undefined ? field : field.max(maximum);
}

/** A toggle for a row: rows send all that they show, and "no" is something else than "leave it". */
export function optionalToggle(label: string): Field<boolean, false> {
	const { spec } = toggle(label);
	const options = [
		{ name: 'No', value: 'false' },
		{ name: 'Not Given', value: '' },
		{ name: 'Yes', value: 'true' },
	];
	return new Field<boolean, false>({ ...spec, ui: { type: 'options', default: '', options } });
}

/** An approved WhatsApp template by its name and language. */
export const template = nested({
	name: text('Template Name').required().example('saudacao_inicial'),
	language: text('Template Language').required().startsAs('pt_BR').example('pt_BR'),
});

/** Values of the variables of a template. */
export const templateFields = rows(
	'Template Fields',
	{
		component: text('Component').startsAs('BODY').example('BODY').describe('Part of the template that has the variable; BODY and HEADER are known'),
		type: text('Type').startsAs('TEXT').example('TEXT').describe('Kind of the value; TEXT is known'),
		index: integer('Index').min(1).blank().startsAs('1').describe('Number of the variable in its part; 1 stands for {{1}}'),
		button_index: integer('Within Button').min(0).blank().describe('For a variable in a button: number of the button'),
		card_index: integer('Within Card').min(0).blank().describe('For a variable in a carousel: number of the card'),
		value: text('Value').required().describe('What the customer reads in place of the variable'),
	},
	'Add Template Field',
).describe('Values of the variables of the template');

// No phone field: the numbers of the kinds of contact are not published, so that an email address may stand here, and the
// sample is formatted. https://docs.wegly.com.br/api-reference/oportunidades
const contacts = rows(
	'Person Contacts',
	{
		type: integer('Type').min(0).blank().startsAs('0').describe('Number of the kind of contact; 0 stands for a phone number, the others are not published'),
		value: text('Value').required().example('+55 11 99988-7766').describe('Sent as written'),
	},
	'Add Contact',
);

const followers = rows(
	'Followers',
	{
		user_id: uuid('User ID').required(),
		role_id: uuid('Role ID').required().describe('ID of the role of the follower; it has to exist and be active'),
	},
	'Add Follower',
);

/** What a lead and a deal have in common when they are made: whom they are about, where they come from, who follows. */
export const opening = {
	responsible_id: uuid('Responsible ID').describe('ID of the user who is responsible. Without it, the user of the key is.'),
	quality_reason: text('Quality Reason').describe('Reason of the rating; some pipelines demand it'),
	visibility: choice('Visibility', [
		{ value: 0, name: 'Creator Only' },
		{ value: 1, name: 'Whole Team' },
	]),
	tags: list('Tags', text('Tag')).example('site, form').describe('Names of tags, with commas'),
	person_name: text('Person Name').at('person.name').describe('Name of the person to create and link'),
	person: nested({
		contacts,
		avoid_duplicate: toggle('Avoid Duplicate Person').startsAs(true).describe('Whether Wegly is to look for an existing person first'),
		duplicate_check_types: list('Duplicate Check Types', integer('Type'))
			.example('0')
			.describe('Kinds of contact to compare when looking for an existing person, as numbers with commas; 0 stands for a phone number'),
	}),
	organization_name: text('Organization Name').at('organization.name'),
	marketing: nested({
		url_conversion: url('Conversion URL')
			.example('https://www.example.com/thanks?utm_campaign=crm')
			.describe('Address of the page where the customer converted, with its whole query'),
	}),
	followers,
	note: nested({
		content: text('Note').rows(3),
		is_pinned: toggle('Pin Note').describe('Whether the note stays at the top'),
	}),
};
