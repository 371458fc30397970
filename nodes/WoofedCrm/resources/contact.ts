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
const phoneForm = 'Number with country code, or a national one of the Default Country in Options';

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
		// As a list, WoofedCRM drops the labels without a word.
		label_list: labels.example('lead, vip').describe('Labels that the contact gets, with commas between them'),
		custom_attributes: customAttributes('{ "city": "Recife" }'),
	},
	rules: [
		(input) =>
			input.full_name || input.email || input.phone
				? undefined
				: "'Full Name', 'Email' and 'Phone' are all empty, and a contact needs one of them",
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
			.describe('The contact with exactly this address is updated. Give this, the phone number or both.'),
		phone: phone('Phone')
			.open()
			.describe('The contact with exactly this number is updated. Give this, the email address or both.'),
		full_name,
		label_list: labels
			.example('lead, vip')
			.describe(
				'All labels of the contact, with commas; what is not given here is removed, unless Existing Values says otherwise',
			),
		custom_attributes: json('Custom Attributes')
			.example('{ "city": "Recife" }')
			.describe(
				'All custom attributes of the contact; what is not given here is removed, unless Existing Values says otherwise',
			),
		existing: existingValues('Custom attributes and labels'),
	},
	rules: [emailOrPhone('contact')],
});

const find = operation({
	name: 'Find',
	action: 'Find contact',
	description: 'Find contact by exact email or phone',
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
			.describe('Contacts with exactly this address, in any case, are found. Give this, the phone number or both.'),
		phone: phone('Phone')
			.open()
			.at('query.phone_eq')
			.describe(
				'Contacts with exactly this number are found, with and without the ninth digit of Brazil, the 1 of Mexico and the 9 of Argentina. Give this, the email address or both.',
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
				.describe(`One contact alone; ${idIn('contacts')}`),
			full_name_cont: contains('Name Contains', 'Souza'),
			email_cont: contains('Email Contains', '@example.com'),
			email_eq: text('Email Is')
				.tidy()
				.example('ana@example.com')
				.describe('Exact address in the same case; Find takes any case'),
			phone_eq: phone('Phone Is').describe('Exact number with country code'),
			phone_cont: phonePart('Phone Contains', '5511').describe(
				'Part of the phone number: digits; punctuation is removed, because WoofedCRM stores none',
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
