import {
	choice,
	choices,
	dateTime,
	email,
	fixed,
	integer,
	nested,
	phone,
	text,
	toggle,
	url,
} from '../../shared/fields';
import { operation, type Resource } from '../../shared/form/operation';
import { contains, idIn, password } from '../fields';
import { search } from '../vendor';

const page = 'https://docs.woofedcrm.com/docs/Developer%20Guides/Api/endpoints/users/';

const simple = [
	'id',
	'full_name',
	'email',
	'phone',
	'job_description',
	'language',
	'avatar_url',
	'created_at',
	'updated_at',
];

const languages = choices({ en: 'English', 'pt-BR': 'Portuguese (Brazil)', es: 'Spanish', de: 'German' });

const jobs = choices({
	account_manager: 'Account Manager',
	business_development_manager: 'Business Development Manager',
	ceo: 'CEO',
	cfo: 'CFO',
	consultant: 'Consultant',
	content_creator: 'Content Creator',
	cto: 'CTO',
	customer_support: 'Customer Support',
	data_analyst: 'Data Analyst',
	executive_assistant: 'Executive Assistant',
	financial_analyst: 'Financial Analyst',
	graphic_designer: 'Graphic Designer',
	hr_specialist: 'HR Specialist',
	it_administrator: 'IT Administrator',
	legal_counsel: 'Legal Counsel',
	marketing_manager: 'Marketing Manager',
	operations_coordinator: 'Operations Coordinator',
	operations_manager: 'Operations Manager',
	other: 'Other',
	product_manager: 'Product Manager',
	project_coordinator: 'Project Coordinator',
	project_manager: 'Project Manager',
	research_scientist: 'Research Scientist',
	sales_representative: 'Sales Representative',
	software_engineer: 'Software Engineer',
	system_administrator: 'System Administrator',
	ux_ui_designer: 'UX/UI Designer',
});

const create = operation({
	name: 'Create',
	action: 'Create user',
	description: 'Create a user, who can then log in to WoofedCRM with this email address and password',
	request: 'POST /users',
	effect: 'writes',
	page,
	contract: 'createUser',
	simple,
	fields: {
		email: email('Email').required(),
		password: password('Password').required().describe('From 6 to 128 characters'),
		password_confirmation: password('Confirm Password').required().describe('The same password again'),
		full_name: text('Full Name').open().example('Rui Lima'),
		phone: phone('Phone').describe('Number with country code, or a national number of the Default Country in Options'),
		job_description: choice('Job', jobs).describe('What the user does in the company'),
		language: choice('Language', languages).describe('Language of WoofedCRM for this user'),
		avatar_url: url('Avatar URL').example('https://example.com/photo.png').describe('URL of a picture'),
		webpush_notify_on_event_expired: toggle('Notify of Overdue Events').describe(
			'Whether the browser of the user shows notifications for overdue events',
		),
	},
	rules: [
		(input) =>
			input.password === input.password_confirmation
				? undefined
				: "'Confirm Password' must be the same as 'Password', but differs",
	],
});

const getAll = operation({
	name: 'Get Many',
	action: 'Get many users',
	description: 'Retrieve a list of users. Older versions of WoofedCRM cannot list users.',
	request: 'POST /users/search',
	page,
	contract: 'searchUsers',
	simple,
	...search,
	fields: {
		query: nested({
			id_eq: integer('User ID')
				.min(1)
				.describe(`Only this user; ${idIn('users')}`),
			full_name_cont: contains('Name Contains', 'Lima'),
			email_cont: contains('Email Contains', '@example.com'),
			phone_cont: text('Phone Contains')
				.example('5511')
				.describe('Part of the phone number, as WoofedCRM stores it: digits without spaces'),
			job_description_cont: contains('Job Contains', 'sales_representative'),
			language_eq: text('Language')
				.tidy()
				.example('pt-BR')
				.describe('Code of the language in which the user sees WoofedCRM'),
			created_at_gteq: dateTime('Created From').describe('Earliest time of creation'),
			created_at_lteq: dateTime('Created Until').describe('Latest time of creation'),
			updated_at_gteq: dateTime('Updated From').describe('Earliest time of the last change'),
			s: fixed('id asc'),
		}),
	},
});

export const user: Resource = { name: 'User', operations: { create, getAll } };
