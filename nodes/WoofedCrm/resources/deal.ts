import { choice, choices, dateTime, fixed, integer, nested, pick, text } from '../../shared/fields';
import { operation, type Resource } from '../../shared/form/operation';
import { contactPick, contains, customAttributes, dealPick, idIn } from '../fields';
import { existingValues } from '../keepAndAdd';
import { pipelines, stages } from '../lookups';
import { upsertDeal } from '../upsertDeal';
import { search } from '../vendor';
import { writeDeal, writeSettled } from '../writeDeal';

const page = 'https://docs.woofedcrm.com/docs/Developer%20Guides/Api/endpoints/deals/';

const simple = [
	'id',
	'name',
	'status',
	'contact_id',
	'stage_id',
	'pipeline_id',
	'total_deal_products_amount_in_cents',
	'custom_attributes',
	'created_at',
	'updated_at',
];

const id = dealPick.required();
const name = text('Name').example('Plano anual - Padaria Aurora');
const contact_id = contactPick;
const pipeline_id = pick('Pipeline', pipelines);
const lost_reason = text('Lost Reason').example('Preço').clearable('');
const stageList = 'Most versions list only stages of recent deals; choose By ID for others';
const stage_id = pick('Stage', stages).describe(stageList);
const otherPipeline = pipeline_id.describe(
	'Filters the list of stages. If it is empty, the deal still moves to the pipeline of its stage.',
);
const status = choice('Status', choices({ open: 'Open', won: 'Won', lost: 'Lost' }))
	.default('open')
	.describe('Whether the deal is still open');
const leftOut = {
	contact_attributes:
		'WoofedCRM searches for the contact by a part of its email address or phone number, and may find another contact',
};

/** Observed on a server of January 2026. */
const ownTime = (outcome: string) =>
	`When the deal was ${outcome}. If Status changes too, most accounts store the time of the request. ` +
	'Then update the deal again with only this field.';

const details = {
	status,
	lost_reason: lost_reason.describe('Why the deal was lost. WoofedCRM keeps it only for lost deals.'),
	won_at: dateTime('Won At').describe(ownTime('won')),
	lost_at: dateTime('Lost At').describe(ownTime('lost')),
	position: integer('Position').min(1).describe('Position of the deal in the column of its stage'),
	custom_attributes: customAttributes('{ "source": "website" }'),
};

/**
 * Fields whose output the node compares with the input. A server of October 2024 silently drops them, and later ones may
 * store another time. WoofedCRM moves a deal with an unknown stage to the first stage.
 */
const watch = ['stage_id', 'position', 'lost_reason', 'won_at', 'lost_at'];

const replaced = {
	custom_attributes: details.custom_attributes.describe(
		'Custom attributes. Others of the deal are removed, unless Existing Values keeps them.',
	),
	existing: existingValues('Custom attributes'),
};

const withoutStage = ({ stage_id, pipeline_id }: { stage_id?: unknown; pipeline_id?: unknown }) =>
	pipeline_id !== undefined && stage_id === undefined
		? "'Pipeline' is set without 'Stage'. Choose a stage too, or leave both empty"
		: undefined;

const create = operation({
	name: 'Create',
	action: 'Create deal',
	description: 'Create a deal for a contact',
	request: 'POST /deals',
	effect: 'writes',
	page,
	contract: 'createDeal',
	simple,
	watch,
	leftOut: { ...leftOut, pipeline_id: 'only filters the list of stages; a new deal goes to the pipeline of its stage' },
	fields: {
		contact_id: contact_id.required(),
		name: name.open(),
		pipeline_id: pipeline_id
			.open()
			.local()
			.describe('Filters the list of stages. A new deal goes to the pipeline of its stage.'),
		stage_id: stage_id.required(),
		...details,
	},
});

const get = operation({
	name: 'Get',
	action: 'Get deal',
	description: 'Retrieve a deal by its ID, with its contact, stage, pipeline and products',
	request: 'GET /deals/{id}',
	effect: 'reads',
	page,
	contract: 'getDeal',
	simple: [
		'id',
		'name',
		'status',
		'contact',
		'stage',
		'pipeline',
		'deal_products',
		'deal_assignees',
		'total_deal_products_amount_in_cents',
		'custom_attributes',
	],
	fields: { id },
});

const getAll = operation({
	name: 'Get Many',
	action: 'Get many deals',
	description: 'Retrieve a list of deals. Older versions of WoofedCRM cannot list deals.',
	request: 'POST /deals/search',
	page,
	contract: 'searchDeals',
	simple,
	...search,
	fields: {
		query: nested({
			id_eq: integer('Deal ID')
				.min(1)
				.describe(`Only this deal; ${idIn('deals')}`),
			name_cont: contains('Name Contains', 'Plano'),
			status_eq: status,
			contact_id_eq: contact_id,
			stage_id_eq: stage_id,
			pipeline_id_eq: pipeline_id.describe(
				'Only deals of this pipeline. Most versions of WoofedCRM list only pipelines of recent deals.',
			),
			created_at_gteq: dateTime('Created From').describe('Earliest time of creation'),
			updated_at_lteq: dateTime('Updated Until').describe('Latest time of the last change'),
			s: fixed('id asc'),
		}),
	},
});

const update = operation({
	name: 'Update',
	action: 'Update deal',
	description: 'Change the given fields of a deal, move it to another stage, or mark it as won or lost',
	request: 'PUT /deals/{id}',
	effect: 'writes',
	updates: true,
	page,
	contract: 'updateDeal',
	simple,
	watch,
	leftOut,
	run: writeDeal,
	fields: {
		id,
		name,
		contact_id,
		stage_id: stage_id.describe(`Stage to move the deal to. ${stageList}.`),
		pipeline_id: otherPipeline,
		...details,
		...replaced,
	},
	rules: [withoutStage],
});

const upsert = operation({
	name: 'Create or Update',
	action: 'Create or update deal',
	description: 'Create a new record, or update the current one if it already exists (upsert)',
	request: 'POST /deals',
	effect: 'writes',
	page,
	contract: 'createDeal',
	simple,
	watch,
	leftOut,
	run: upsertDeal,
	fields: {
		contact_id: contact_id.required().ordered(),
		name: name
			.required()
			.describe(
				'Updates the deal of this contact with exactly this name, or creates it. Several such deals are refused.',
			),
		pipeline_id: otherPipeline.open(),
		stage_id: stage_id.open().describe(`Required for a new deal. Moves an existing deal if set. ${stageList}.`),
		...details,
		...replaced,
	},
	rules: [withoutStage],
});

const upsertOldest = operation({
	name: 'Create or Update Oldest',
	action: 'Create or update oldest deal of contact',
	description: 'Update the oldest deal of a contact with any name, pipeline or status, or create one if it has none',
	request: 'POST /deals/upsert',
	effect: 'writes',
	page,
	contract: 'upsertDeal',
	simple,
	watch,
	leftOut,
	run: writeSettled,
	fields: {
		contact_id: contact_id.required().ordered(),
		name: name.open().describe('Name of a new deal, and new name of the oldest deal'),
		pipeline_id: otherPipeline.open(),
		stage_id: stage_id.open().describe(`Required for a new deal. Moves the oldest deal if set. ${stageList}.`),
		...details,
		custom_attributes: details.custom_attributes.describe(
			'All custom attributes of the deal. WoofedCRM removes the others.',
		),
	},
	rules: [withoutStage],
});

const shortcut = {
	request: 'PUT /deals/{id}',
	effect: 'writes',
	page,
	contract: 'updateDeal',
	simple,
	watch,
	leftOut,
	shortcutOf: 'update',
} as const;

const moveToStage = operation({
	...shortcut,
	name: 'Move to Stage',
	action: 'Move deal to stage',
	description: 'Move a deal to a stage, even in another pipeline',
	run: writeSettled,
	fields: { id, pipeline_id: otherPipeline.open(), stage_id: stage_id.required() },
});

const markWon = operation({
	...shortcut,
	name: 'Mark as Won',
	action: 'Mark deal as won',
	description: 'Mark a deal as won',
	fields: { id, status: fixed('won') },
});

const markLost = operation({
	...shortcut,
	name: 'Mark as Lost',
	action: 'Mark deal as lost',
	description: 'Mark a deal as lost',
	fields: {
		id,
		status: fixed('lost'),
		lost_reason: lost_reason.open().describe('Why the deal was lost, as shown in WoofedCRM'),
	},
});

export const deal: Resource = {
	name: 'Deal',
	operations: { create, get, getAll, markLost, markWon, moveToStage, update, upsert, upsertOldest },
};
