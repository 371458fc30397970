import { choice, choices, dateTime, fixed, integer, json, nested, pick, text } from '../../shared/fields';
import { operation, type Resource } from '../../shared/operation';
import { typedId } from '../fields';
import { existingValues, writeDeal } from '../keepAndAdd';
import { contacts, deals } from '../lookups';
import { upsertDeal } from '../upsertDeal';
import { searchPages } from '../vendor';

const page = 'https://docs.woofedcrm.com/docs/Developer%20Guides/Api/endpoints/deals/';

const simple = ['id', 'name', 'status', 'contact_id', 'stage_id', 'pipeline_id', 'total_deal_products_amount_in_cents', 'custom_attributes', 'created_at', 'updated_at'];

const id = pick('Deal', deals).required();
const name = text('Name');
const contact_id = pick('Contact', contacts);
const status = choice('Status', choices({ open: 'Open', won: 'Won', lost: 'Lost' }));
const leftOut = { contact_attributes: 'WoofedCRM looks for the contact by a part of its email address or phone number, and may take another one' };

const details = {
	status,
	lost_reason: text('Lost Reason').describe('Kept for a lost deal only'),
	won_at: dateTime('Won At').describe('Taken only where the account allows to edit it, otherwise the time of the request'),
	lost_at: dateTime('Lost At').describe('Taken only where the account allows to edit it, otherwise the time of the request'),
	position: integer('Position').min(1).describe('Place of the deal in the column of its stage'),
	custom_attributes: json('Custom Attributes').example('{ "source": "website" }'),
};

const replaced = {
	custom_attributes: details.custom_attributes.describe('All custom attributes of the deal; what is not given here is removed, unless Existing Values says otherwise'),
	existing: existingValues('Custom attributes'),
};

const withoutStage = ({ stage_id, pipeline_id }: { stage_id?: number; pipeline_id?: number }) => (pipeline_id !== undefined && stage_id === undefined ? "'Pipeline ID' is given without 'Stage ID', which would leave the deal in a stage of another pipeline" : undefined);

const create = operation({
	name: 'Create',
	action: 'Create deal',
	description: 'Create a deal for a contact',
	request: 'POST /deals',
	page,
	contract: 'createDeal',
	simple,
	leftOut,
	fields: {
		contact_id: contact_id.required(),
		stage_id: typedId('Stage ID').required().hint('Deal > Get shows the stage of a deal you know'),
		name: name.open(),
		pipeline_id: integer('Pipeline ID').min(1).describe('Pipeline of the stage, which WoofedCRM finds by itself'),
		...details,
	},
});

const get = operation({
	name: 'Get',
	action: 'Get deal',
	description: 'Retrieve a deal by its ID, with its contact, stage, pipeline and products',
	request: 'GET /deals/{id}',
	page,
	contract: 'getDeal',
	simple: ['id', 'name', 'status', 'contact', 'stage', 'pipeline', 'deal_products', 'deal_assignees', 'total_deal_products_amount_in_cents', 'custom_attributes'],
	fields: { id },
});

const getAll = operation({
	name: 'Get Many',
	action: 'Get many deals',
	description: 'Retrieve a list of deals; older versions of WoofedCRM have none',
	request: 'POST /deals/search',
	page,
	contract: 'searchDeals',
	many: searchPages,
	simple,
	reads: true,
	refuseBlankFilters: true,
	leftOut: { page: "'Return All' and 'Limit' read the pages" },
	fields: {
		query: nested({
			id_eq: integer('Deal ID').min(1),
			name_cont: text('Name Contains'),
			status_eq: status,
			contact_id_eq: contact_id,
			stage_id_eq: integer('Stage ID').min(1),
			pipeline_id_eq: integer('Pipeline ID').min(1),
			created_at_gteq: dateTime('Created From').describe('Earliest time of creation'),
			updated_at_lteq: dateTime('Updated Until').describe('Latest time of the last change'),
			s: fixed('id asc'),
		}),
	},
});

const update = operation({
	name: 'Update',
	action: 'Update deal',
	description: 'Change the given fields of a deal, move it to another stage, win or lose it',
	request: 'PUT /deals/{id}',
	page,
	contract: 'updateDeal',
	simple,
	leftOut,
	run: writeDeal,
	fields: {
		id,
		name,
		contact_id,
		stage_id: integer('Stage ID').min(1).describe('Stage to move the deal to. With an unknown ID, WoofedCRM moves it to the first stage of its pipeline.'),
		pipeline_id: integer('Pipeline ID').min(1).describe('Pipeline of the stage, for a move to another pipeline'),
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
	page,
	contract: 'createDeal',
	simple,
	leftOut,
	run: upsertDeal,
	fields: {
		contact_id: contact_id.required().ordered(),
		name: name.required().describe('The deal of this contact with exactly this name is updated; without one, a deal is created. Several are refused. Older versions of WoofedCRM cannot search for deals.'),
		stage_id: typedId('Stage ID').open().describe('Needed for a new deal. A deal that is there is moved to this stage, and stays where it is when this is left blank.').hint('Deal > Get shows the stage of a deal you know'),
		pipeline_id: integer('Pipeline ID').min(1).describe('Pipeline of the stage, for a move to another pipeline'),
		...details,
		...replaced,
	},
	rules: [withoutStage],
});

const shortcut = { request: 'PUT /deals/{id}', page, contract: 'updateDeal', simple, leftOut, shortcutOf: 'update' } as const;

const moveToStage = operation({
	...shortcut,
	name: 'Move to Stage',
	action: 'Move deal to stage',
	description: 'Move a deal to a stage, of another pipeline too',
	fields: { id, stage_id: typedId('Stage ID').required().describe('With an unknown ID, WoofedCRM moves the deal to the first stage of its pipeline'), pipeline_id: typedId('Pipeline ID').open().describe('Pipeline of the stage, for a move to another pipeline') },
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
	fields: { id, status: fixed('lost'), lost_reason: text('Lost Reason').open() },
});

export const deal: Resource = { name: 'Deal', operations: { create, get, getAll, markLost, markWon, moveToStage, update, upsert } };
