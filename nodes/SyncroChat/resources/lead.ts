import { valueAt, toText } from '../../shared/base/json';
import {
	choice,
	date,
	dateTime,
	decimal,
	email,
	list,
	mapper,
	numberedMapper,
	phone as phoneField,
	pick,
	text,
	commaSeparated,
	type Field,
} from '../../shared/fields';
import { deleted, operation, type Resource } from '../../shared/form/operation';
import { emailOrPhone, inOrder } from '../../shared/form/rules';
import {
	leads,
	lostReasons,
	lostStages,
	pipelines,
	stages,
	users,
	whatsappNumbers,
	whatsappTemplates,
	wonStages,
} from '../lookups';
import { templateVariables } from '../templateVariables';
import { customFields } from '../customFields';
import { findOrCreateLead } from '../findOrCreateLead';
import { pages } from '../vendor';

const page = 'https://docs.syncro.chat/en/leads';
const inferred = 'from the public source code of April 2026, not the documentation';

/** A made-up number that repeats one digit. Many leads may share it. */
const MADE_UP = /^\+(\d)\1+$/;

/** The fields that workflows use. A lead has about twenty. */
const simple = [
	'id',
	'name',
	'phone',
	'email',
	'value',
	'tags',
	'pipeline_id',
	'stage_id',
	'custom_fields',
	'created_at',
];

const id = pick('Lead', leads).required();
const name = text('Name').example('Ana Souza');
const pipeline = pick('Pipeline', pipelines);
const stage = pick('Stage', stages);
const custom_fields = mapper('Custom Fields', customFields).describe(
	'Custom fields of leads, as configured in your Syncro Chat account',
);
const phone = phoneField('Phone').describe(
	'Number with country code, or a national number of the Default Country in Options',
);
const utm = Object.fromEntries(
	Object.entries({
		utm_source: ['Source', 'google'],
		utm_medium: ['Medium', 'cpc'],
		utm_campaign: ['Campaign', 'black-friday'],
		utm_term: ['Term', 'crm whatsapp'],
		utm_content: ['Content', 'banner-1'],
	}).map(([key, [label, example]]) => [
		key,
		text(`UTM ${label}`).example(example).describe(`Value of ${key} in the URL of the page that brought the lead`),
	]),
) as Record<string, Field<string>>;
const include = commaSeparated('Include')
	.example('owner')
	.describe('Comma-separated relations to add to the output. Only "owner" is known.');

const details = {
	value: decimal('Value').min(0).describe('Value of the lead, such as 1500.50'),
	source: text('Source')
		.example('website')
		.describe('Where the lead comes from. The trigger can ignore leads of a source.'),
	tags: list('Tags', text('Tag')).example('vip, website').describe('Comma-separated tags of the lead'),
	notes: text('Notes').rows(4).example('Asked for a quotation by phone'),
	...utm,
};

const create = operation({
	name: 'Create',
	action: 'Create lead',
	description: 'Create a lead. Syncro Chat does not check for duplicates: running it again creates a second lead.',
	request: 'POST /leads',
	effect: 'writes',
	page,
	contract: 'createLead',
	output: 'lead',
	simple,
	fields: {
		name: name.required(),
		phone: phone.formerlyOptional(),
		email: email('Email').formerlyOptional().describe('Address that Find or Create uses to find this lead later'),
		pipeline_id: pipeline.required(),
		stage_id: stage.required(),
		custom_fields,
		...details,
	},
});

// Not "Create or Update": Syncro Chat documents no way to change a lead except moving it.
const findOrCreate = operation({
	name: 'Find or Create',
	action: 'Find or create lead',
	description: 'Find a lead by phone or email, or create it. Can move a found lead to a stage.',
	request: 'POST /leads',
	effect: 'writes',
	page,
	contract: 'createLead',
	output: 'lead',
	simple,
	unverified: `the search by a part of a phone number and the move are known ${inferred}`,
	run: findOrCreateLead,
	oneAtATime: true,
	remark: ({ id: lead }, response) =>
		valueAt(response, 'found')
			? `Lead ${toText(lead)} already exists. Its fields keep their values, because Syncro Chat documents no way to change them`
			: undefined,
	fields: {
		phone: phone
			.open()
			.describe('Finds a lead with this number in any usual format. Enter this, the email address or both.'),
		email: email('Email')
			.formerlyOptional()
			.describe('Finds a lead with this address. Enter this, the phone number or both.'),
		name: name.required(),
		pipeline_id: pipeline.required(),
		stage_id: stage.required(),
		custom_fields: custom_fields.describe('Values for a new lead'),
		existing: choice('Existing Lead', [
			{ value: 'keep', name: 'Leave in Its Stage' },
			{ value: 'move', name: 'Move to the Stage' },
		])
			.default('keep')
			.local()
			.describe('What to do with a lead that already exists'),
		...details,
	},
	rules: [
		emailOrPhone('lead'),
		(input) =>
			input.phone && MADE_UP.test(input.phone)
				? `'Phone' must be a number whose digits are not all the same, but is ${input.phone}`
				: undefined,
	],
});

const get = operation({
	name: 'Get',
	action: 'Get lead',
	description: 'Retrieve a lead by its ID',
	request: 'GET /leads/{id}',
	effect: 'reads',
	page,
	contract: 'getLead',
	output: 'lead',
	simple,
	unverified: inferred,
	fields: { id, include },
});

const getAll = operation({
	name: 'Get Many',
	action: 'Get many leads',
	description: 'Retrieve a list of leads',
	request: 'GET /leads',
	effect: 'reads',
	page,
	contract: 'listLeads',
	many: pages,
	simple,
	fields: {
		q: text('Search').example('Ana Souza').describe('Looks for a name, an email address or a phone number'),
		pipeline_id: pick('Pipeline', pipelines).describe('Only leads in this pipeline'),
		stage_id: pick('Stage', stages).describe('Only leads in this stage'),
		assigned_to: pick('Assignee', users).describe('Only leads of this user'),
		source: text('Source').example('website').describe('Only leads with this source, written as it was given'),
		status: text('Status')
			.tidy()
			.example('active')
			.describe('Only leads with this status. Syncro Chat does not list the values; active and merged are known.'),
		tags: list('Tags', text('Tag'))
			.example('vip, website')
			.describe('Only leads with any of these comma-separated tags'),
		updated_since: dateTime('Updated Since').describe('Only leads that changed at this date and time or later'),
		created_from: date('Created From').describe('Only leads created on this day or later'),
		created_to: date('Created To').describe('Only leads created on this day or earlier'),
		include,
	},
	rules: [inOrder(['created_from', 'Created From'], ['created_to', 'Created To'])],
});

const remove = operation({
	name: 'Delete',
	action: 'Delete lead',
	description: 'Delete a lead permanently',
	request: 'DELETE /leads/{id}',
	effect: 'writes',
	page,
	contract: 'deleteLead',
	output: deleted,
	unverified: inferred,
	fields: { id },
});

const move = operation({
	name: 'Move to Stage',
	action: 'Move lead to stage',
	description: 'Move a lead to another stage. Mandatory tasks may have to be done first.',
	request: 'PUT /leads/{id}/stage',
	effect: 'writes',
	page,
	contract: 'moveLead',
	unverified: inferred,
	fields: { id, pipeline_id: pipeline.required(), stage_id: stage.required() },
});

const markWon = operation({
	name: 'Mark as Won',
	action: 'Mark lead as won',
	description: 'Mark a lead as won',
	request: 'PUT /leads/{id}/won',
	effect: 'writes',
	page: 'https://docs.syncro.chat/en/pipelines',
	contract: 'markLeadWon',
	unverified: inferred,
	fields: {
		id,
		stage_id: pick('Won Stage', wonStages).required(),
		value: decimal('Value').min(0).describe('Value of the sale. It replaces the value of the lead.'),
	},
});

const markLost = operation({
	name: 'Mark as Lost',
	action: 'Mark lead as lost',
	description: 'Mark a lead as lost',
	request: 'PUT /leads/{id}/lost',
	effect: 'writes',
	page: 'https://docs.syncro.chat/en/pipelines',
	contract: 'markLeadLost',
	unverified: inferred,
	fields: { id, stage_id: pick('Lost Stage', lostStages).required(), reason_id: pick('Reason', lostReasons).open() },
});

const sendTemplate = operation({
	name: 'Send WhatsApp Template',
	action: 'Send WhatsApp template to lead',
	description: 'Send an approved WhatsApp template to a lead. Running it again sends it again.',
	request: 'POST /leads/{id}/send-whatsapp-template',
	effect: 'writes',
	page: 'https://docs.syncro.chat/en/whatsapp',
	contract: 'sendLeadWhatsappTemplate',
	completedBy: { lead_id: 'id', template_id: 'template_id' },
	unverified: 'the documentation names the path and the number, the public source code the other properties',
	fields: {
		id,
		template_id: pick('Template', whatsappTemplates).required(),
		instance_id: pick('WhatsApp Number', whatsappNumbers)
			.open()
			.describe('Number to send from. Only official numbers can send templates.'),
		variables: numberedMapper('Variables', templateVariables).describe(
			'Values of {{1}}, {{2}} and so on. If Syncro Chat does not return the text, the form offers ten fields.',
		),
		variableList: list('Variables as List', text('Value'))
			.at('variables')
			.example('Ana, 10:00')
			.describe(
				"Values of all variables in order, instead of 'Variables'. Comma-separated, or a list from an expression.",
			),
	},
	rules: [
		({ variables, variableList }) =>
			variables && variableList
				? "'Variables' and 'Variables as List' cannot both be set. Remove one of them"
				: undefined,
	],
});

export const lead: Resource = {
	name: 'Lead',
	operations: { create, delete: remove, findOrCreate, get, getAll, markLost, markWon, move, sendTemplate },
};
