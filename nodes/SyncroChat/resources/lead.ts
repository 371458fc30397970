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
const inferred = 'known from the public source of Syncro Chat of April 2026, not from its documentation';

/** A number that somebody made up, and that many leads may share. */
const MADE_UP = /^\+(\d)\1+$/;

/** A lead has about twenty members; these are the ones workflows use. */
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
	'Fields of leads that are set up in the account of Syncro Chat',
);
const phone = phoneField('Phone').describe(
	'Number with country code, or a national one of the Default Country in Options',
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
		text(`UTM ${label}`).example(example).describe(`Value of ${key} in the address of the page that brought the lead`),
	]),
) as Record<string, Field<string>>;
const include = commaSeparated('Include')
	.example('owner')
	.describe('Extra relations, with commas; "owner" is the only one known');

const details = {
	value: decimal('Value').min(0).describe('What the lead is worth, such as 1500.50'),
	source: text('Source')
		.example('website')
		.describe('Where the lead comes from; the trigger can ignore leads of a source'),
	tags: list('Tags', text('Tag')).example('vip, website').describe('Tags that the lead gets, with commas between them'),
	notes: text('Notes').rows(4).example('Asked for a quotation by phone'),
	...utm,
};

const create = operation({
	name: 'Create',
	action: 'Create lead',
	description: 'Create a lead. Syncro Chat does not look for duplicates: running it again makes a second lead.',
	request: 'POST /leads',
	effect: 'writes',
	page,
	contract: 'createLead',
	output: 'lead',
	simple,
	fields: {
		name: name.required(),
		phone: phone.formerlyOptional(),
		email: email('Email').formerlyOptional().describe('Address by which Find or Create will know the lead'),
		pipeline_id: pipeline.required(),
		stage_id: stage.required(),
		custom_fields,
		...details,
	},
});

// Not "Create or Update": Syncro Chat documents no way to change a lead but to move it.
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
	unverified: `that a part of a phone number is found, and how a lead is moved, is ${inferred}`,
	run: findOrCreateLead,
	oneAtATime: true,
	remark: ({ id: lead }, response) =>
		valueAt(response, 'found')
			? `Lead ${toText(lead)} was there already: its fields keep their values, because Syncro Chat documents no way to change them`
			: undefined,
	fields: {
		phone: phone
			.open()
			.describe(
				'A lead with this number, in any usual spelling, is taken for the same person. Give this, the email address or both.',
			),
		email: email('Email')
			.formerlyOptional()
			.describe('A lead with this address is taken for the same person, too. Give this, the phone number or both.'),
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
			.describe('What becomes of a lead that is there already'),
		...details,
	},
	rules: [
		emailOrPhone('lead'),
		(input) =>
			input.phone && MADE_UP.test(input.phone)
				? `'Phone' takes a number whose digits are not all the same, and got ${input.phone}`
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
			.describe('Only leads with this status; Syncro Chat does not list the values, active and merged are known'),
		tags: list('Tags', text('Tag')).example('vip, website').describe('Leads with any of these tags, with commas'),
		updated_since: dateTime('Updated Since').describe('Only leads that changed at this moment or later'),
		created_from: date('Created From').describe('Only leads that were created on this day or later'),
		created_to: date('Created To').describe('Only leads that were created on this day or earlier'),
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
		value: decimal('Value').min(0).describe('Value of the sale; replaces the value of the lead'),
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
	unverified: 'the page names the path and the number; the names of the other members come from the public source',
	fields: {
		id,
		template_id: pick('Template', whatsappTemplates).required(),
		instance_id: pick('WhatsApp Number', whatsappNumbers)
			.open()
			.describe('Number to send from; only official numbers can send templates'),
		variables: numberedMapper('Variables', templateVariables).describe(
			'Values of {{1}}, {{2}} and so on; up to ten where Syncro Chat does not show the text',
		),
		variableList: list('Variables as List', text('Value'))
			.at('variables')
			.example('Ana, 10:00')
			.describe(
				"Values of all variables in their order, in place of 'Variables': text with commas, or a list from an expression",
			),
	},
	rules: [
		({ variables, variableList }) =>
			variables && variableList
				? "'Variables' and 'Variables as List' are both given, and only one of them can be sent"
				: undefined,
	],
});

export const lead: Resource = {
	name: 'Lead',
	operations: { create, delete: remove, findOrCreate, get, getAll, markLost, markWon, move, sendTemplate },
};
