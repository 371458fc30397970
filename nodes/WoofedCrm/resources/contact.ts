import { dateTime, email, fixed, integer, json, nested, phone, text, commaSeparated } from '../../shared/fields';
import { deleted, operation, type Resource } from '../../shared/form/operation';
import { emailOrPhone } from '../../shared/form/rules';
import { contactPick, contains, customAttributes, idIn, phonePart } from '../fields';
import { findContacts } from '../findContacts';
import { existingValues, joinedLabels } from '../keepAndAdd';
import { safeUpsert } from '../safeUpsert';
import { search } from '../vendor';

const page = 'https://docs.woofedcrm.com/docs/Developer%20Guides/Api/endpoints/contacts/';

const simple = [
	'id',
	'full_name',
	'email',
	'phone',
	'label_list',
	'custom_attributes',
	'app_type',
	'app_id',
	'created_at',
	'updated_at',
];

const id = contactPick.required();
const full_name = text('Full Name').open().example('Ana Souza');
const phoneForm = 'Number with country code, or a national number of the Default Country in Options';

const labels = commaSeparated('Labels', joinedLabels);

const create = operation({
	name: 'Create',
	action: 'Create contact',
	description: 'Create a contact',
	request: 'POST /contacts',
	effect: 'writes',
	page,
	contract: 'createContact',
	simple,
	fields: {
		full_name,
		email: email('Email').open(),
		phone: phone('Phone').open().describe(phoneForm),
		// WoofedCRM silently drops labels that come as a list.
		label_list: labels.example('lead, vip').describe('Comma-separated labels of the contact'),
		custom_attributes: customAttributes('{ "city": "Recife" }'),
	},
	rules: [
		(input) =>
			input.full_name || input.email || input.phone
				? undefined
				: "'Full Name', 'Email' and 'Phone' are all empty. Enter at least one of them",
	],
});

const upsert = operation({
	name: 'Create or Update',
	action: 'Create or update contact',
	description: 'Create a new record, or update the current one if it already exists (upsert)',
	request: 'POST /contacts/upsert',
	effect: 'writes',
	page,
	contract: 'upsertContact',
	simple,
	run: safeUpsert,
	oneAtATime: true,
	fields: {
		email: email('Email')
			.open()
			.describe('Updates the contact with exactly this address. Enter this, the phone number or both.'),
		phone: phone('Phone')
			.open()
			.describe('Updates the contact with exactly this number. Enter this, the email address or both.'),
		full_name,
		label_list: labels
			.example('lead, vip')
			.describe('Comma-separated labels. Other labels of the contact are removed, unless Existing Values keeps them.'),
		custom_attributes: json('Custom Attributes')
			.example('{ "city": "Recife" }')
			.describe('Custom attributes. Others of the contact are removed, unless Existing Values keeps them.'),
		existing: existingValues('Custom attributes and labels'),
	},
	rules: [emailOrPhone('contact')],
});

const find = operation({
	name: 'Find',
	action: 'Find contact',
	description: 'Find contacts by exact email or phone',
	request: 'POST /contacts/search',
	effect: 'reads',
	page,
	contract: 'searchContacts',
	output: 'data',
	simple,
	shortcutOf: 'getAll',
	run: findContacts,
	fields: {
		email: email('Email')
			.open()
			.at('query.email_eq')
			.describe('Finds contacts with this address, ignoring case. Enter this, the phone number or both.'),
		phone: phone('Phone')
			.open()
			.at('query.phone_eq')
			.describe(
				"Exact number; Brazil's ninth digit, Mexico's 1 and Argentina's 9 may differ. Enter this, the email or both.",
			),
	},
	rules: [emailOrPhone('contact')],
});

const get = operation({
	name: 'Get',
	action: 'Get contact',
	description: 'Retrieve a contact by its ID, with its deals and the events on its timeline',
	request: 'GET /contacts/{id}',
	effect: 'reads',
	page,
	contract: 'getContact',
	simple: [
		'id',
		'full_name',
		'email',
		'phone',
		'label_list',
		'custom_attributes',
		'deals',
		'events',
		'created_at',
		'updated_at',
	],
	fields: { id },
});

const getAll = operation({
	name: 'Get Many',
	action: 'Get many contacts',
	description: 'Retrieve a list of contacts',
	request: 'POST /contacts/search',
	page,
	contract: 'searchContacts',
	simple,
	...search,
	fields: {
		query: nested({
			id_eq: integer('Contact ID')
				.min(1)
				.describe(`Only this contact; ${idIn('contacts')}`),
			full_name_cont: contains('Name Contains', 'Souza'),
			email_cont: contains('Email Contains', '@example.com'),
			email_eq: text('Email Is')
				.tidy()
				.example('ana@example.com')
				.describe('Exact address in the same case. Contact > Find ignores case.'),
			phone_eq: phone('Phone Is').describe('Exact number with country code'),
			phone_cont: phonePart('Phone Contains', '5511').describe(
				'Digits of the phone number. The node removes punctuation, because WoofedCRM stores none.',
			),
			created_at_gteq: dateTime('Created From').describe('Earliest time of creation'),
			updated_at_lteq: dateTime('Updated Until').describe('Latest time of the last change'),
			s: fixed('id asc'),
		}),
	},
});

const remove = operation({
	name: 'Delete',
	action: 'Delete contact',
	description: 'Delete a contact and all its deals permanently',
	request: 'DELETE /contacts/{id}',
	effect: 'writes',
	page,
	contract: 'deleteContact',
	output: deleted,
	fields: { id },
});

export const contact: Resource = { name: 'Contact', operations: { create, delete: remove, find, get, getAll, upsert } };
