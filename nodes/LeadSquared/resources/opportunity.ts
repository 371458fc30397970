import {
	dateTime,
	fixed,
	list,
	mapper,
	nested,
	pick,
	text,
	toggle,
	uuid,
	type EntityFields,
} from '../../shared/fields';
import type { Lookup } from '../../shared/fields/lookup';
import { deleted, listed, operation, type Resource } from '../../shared/form/operation';
import { existingOpportunityFields, opportunityFields } from '../entities';
import { hasMatchedField, heedsChoice, leadToMatch, uniqueField } from '../leadToMatch';
import { advancedSearch, columns, sortedWhole, sorting } from '../listFields';
import { leads, opportunityTypes, users } from '../lookups';
import { captureOpportunity, opportunitiesById } from '../opportunityResponses';
import { spelledAsInAccount } from '../lookupName';
import { pagesOf } from '../pages';

/** Largest number of opportunities per request. https://apidocs.leadsquared.com/get-opportunities-in-bulk-by-ids/ */
const MOST_IDS = 2000;

/** Some requests require the code of a type as text. */
const codesAsText: Lookup = { ...opportunityTypes, id: 'numberAsText' };

const typeDescription =
	'Type, from the list or by code. Codes are in LeadSquared under Settings > Opportunities > Opportunity Types.';
const type = pick('Opportunity Type', opportunityTypes).describe(typeDescription);
const typeAsText = pick('Opportunity Type', codesAsText).describe(typeDescription);
const id = uuid('Opportunity ID')
	.required()
	.describe('ID of the opportunity. The lists of opportunities return it as OpportunityId or ProspectActivityId.');
const note = text('Note').rows(4).example('Needs a loan for a two-bedroom flat');
const getFileURL = toggle('Include File URLs').describe('Whether to return the URLs of uploaded files');

/**
 * Returns the fields of a type. The owner has its own field, because LeadSquared may leave an opportunity without one.
 */
const fieldsOf = (entity: EntityFields) =>
	nested({
		Owner: pick('Owner', users).describe(
			'User who owns the opportunity. Without it, a new opportunity may have no owner.',
		),
		fields: mapper('Opportunity Fields', entity).spread().describe('Status and custom fields of the opportunity type'),
	}).pairs({ name: 'SchemaName', of: 'OpportunityRow' });

/**
 * Pages of opportunities. The size is from the vendor's example.
 * https://apidocs.leadsquared.com/get-opportunities-by-lead-id/
 */
const pages = pagesOf('List', 100);

const Opportunity = nested({
	OpportunityEventCode: type.required(),
	Fields: fieldsOf(opportunityFields),
	OpportunityNote: note,
	OpportunityDateTime: dateTime('Date and Time').describe(
		"Start of the opportunity, in the workflow's time zone. Without it, the current time.",
	),
});

const create = operation({
	name: 'Create',
	action: 'Create opportunity',
	description: 'Create an opportunity with its lead. Fails if a duplicate rule of the account prevents it.',
	request: 'POST /OpportunityManagement.svc/Capture',
	effect: 'writes',
	page: 'https://apidocs.leadsquared.com/capture-opportunities/',
	contract: 'captureOpportunity',
	oneAtATime: true,
	run: captureOpportunity,
	fields: { LeadDetails: leadToMatch, Opportunity },
	rules: [hasMatchedField, heedsChoice],
});

const remove = operation({
	name: 'Delete',
	action: 'Delete opportunity',
	description: 'Delete an opportunity permanently. Its type must have "Allow Delete" turned on.',
	request: 'GET /OpportunityManagement.svc/Delete',
	effect: 'writes',
	page: 'https://apidocs.leadsquared.com/delete-an-opportunity/',
	contract: 'deleteOpportunity',
	output: deleted,
	fields: { Id: id.ordered() },
});

const get = operation({
	name: 'Get',
	action: 'Get opportunity',
	description: 'Retrieve an opportunity with the fields of its type',
	request: 'GET /OpportunityManagement.svc/GetOpportunityDetails',
	effect: 'reads',
	page: 'https://apidocs.leadsquared.com/get-an-opportunity-by-id/',
	contract: 'getOpportunity',
	fields: { OpportunityId: id, getFileURL },
});

const getAll = operation({
	name: 'Get Many',
	action: 'Get many opportunities',
	description: 'Retrieve the opportunities of a lead',
	request: 'POST /OpportunityManagement.svc/GetOpportunitiesOfLead',
	effect: 'reads',
	page: 'https://apidocs.leadsquared.com/get-opportunities-by-lead-id/',
	contract: 'getOpportunitiesByLead',
	many: pages,
	fields: {
		leadId: pick('Lead', leads).required().in('query'),
		opportunityType: typeAsText.in('query'),
		Columns: columns,
		Sorting: sorting,
	},
	rules: [sortedWhole],
});

const getByLeadField = operation({
	name: 'Get Many by Lead Field',
	action: 'Get many opportunities by lead field',
	description: 'Retrieve the opportunities of a lead, by the value of a unique field',
	request: 'POST /OpportunityManagement.svc/GetOpportunitiesByUniqueLeadField',
	effect: 'reads',
	page: 'https://apidocs.leadsquared.com/get-opportunities-by-unique-lead-field/',
	contract: 'getOpportunitiesByLeadField',
	many: pages,
	correction: spelledAsInAccount('Lead Field'),
	fields: {
		LookupName: uniqueField('Lead Field', 'Unique field that identifies the lead').at('Parameter.LookupName'),
		LookupValue: text('Value')
			.required()
			.at('Parameter.LookupValue')
			.example('lead@example.com')
			.describe('Value of the field, exactly as LeadSquared stores it'),
		SqlOperator: fixed('=').at('Parameter.SqlOperator'),
		Columns: columns,
		Sorting: sorting,
	},
	rules: [sortedWhole],
});

const getByIds = operation({
	name: 'Get Many by IDs',
	action: 'Get many opportunities by IDs',
	description: 'Retrieve opportunities of one type by their IDs',
	request: 'POST /OpportunityManagement.svc/GetOpportunitiesById',
	effect: 'reads',
	page: 'https://apidocs.leadsquared.com/get-opportunities-in-bulk-by-ids/',
	contract: 'getOpportunitiesByIds',
	output: '0.Opportunities',
	run: async (send, request, { EventCode, ids, Columns }) =>
		await opportunitiesById(send, request, { EventCode, ids, columns: Columns }),
	leftOut: { SearchParameters: 'built from the type, the IDs and the columns, for one type at a time' },
	fields: {
		EventCode: typeAsText.required().local(),
		ids: list('Opportunity IDs', uuid('Opportunity ID'))
			.required()
			.local()
			.example('5b000050-1a2b-4c3d-8e4f-000000000050')
			.describe(`Comma-separated IDs, at most ${MOST_IDS}`),
		Columns: columns.required().local().default('CreatedOn,ModifiedOn,Owner,Status'),
	},
	rules: [
		({ ids }) =>
			ids.length > MOST_IDS ? `'Opportunity IDs' must have at most ${MOST_IDS} IDs, but has ${ids.length}` : undefined,
	],
});

const getFields = operation({
	name: 'Get Fields',
	action: 'Get fields of opportunity type',
	description: 'Retrieve an opportunity type with its fields and their choices',
	request: 'GET /OpportunityManagement.svc/GetOpportunityTypeMetadata',
	effect: 'reads',
	page: 'https://apidocs.leadsquared.com/get-metadata-of-an-opportunity-type/',
	contract: 'getOpportunityTypeFields',
	fields: { code: type.required() },
});

const getTypes = operation({
	name: 'Get Types',
	action: 'Get opportunity types',
	description: 'Retrieve all opportunity types with their codes',
	request: 'GET /OpportunityManagement.svc/GetOpportunityTypes',
	effect: 'reads',
	page: 'https://apidocs.leadsquared.com/opportunity-management/',
	contract: 'getOpportunityTypes',
	output: listed,
	unverified: 'found only in integrations; the documentation mentions it without a page',
	fields: {},
});

const isEnabled = operation({
	name: 'Is Enabled',
	action: 'Check whether opportunities are enabled',
	description: 'Check whether an account has opportunities',
	request: 'GET /OpportunityManagement.svc/IsOpportunityEnabled',
	effect: 'reads',
	page: 'https://apidocs.leadsquared.com/check-if-opportunity-feature-is-enabled/',
	contract: 'isOpportunityEnabled',
	fields: {
		orgId: text('Account Number').tidy().required().example('12345').describe('Number of the account in LeadSquared'),
	},
});

const search = operation({
	name: 'Search',
	action: 'Search opportunities',
	description: 'Retrieve the opportunities of an advanced search. Requires the keys of an administrator.',
	request: 'POST /OpportunityManagement.svc/Retrieve/BySearchParameter',
	effect: 'reads',
	page: 'https://apidocs.leadsquared.com/opportunity-advanced-search/',
	contract: 'advancedSearchOpportunities',
	many: pages,
	fields: {
		OpportunityEventCode: type.required(),
		AdvancedSearch: advancedSearch('OpportunityGrid'),
		Columns: columns,
		Sorting: sorting,
	},
	rules: [sortedWhole],
});

const update = operation({
	name: 'Update',
	action: 'Update opportunity',
	description: 'Update an opportunity',
	request: 'POST /OpportunityManagement.svc/Update',
	effect: 'writes',
	page: 'https://apidocs.leadsquared.com/update-an-opportunity/',
	contract: 'updateOpportunity',
	updates: true,
	fields: {
		ProspectOpportunityId: text('Opportunity ID')
			.tidy()
			.required()
			.ordered()
			.example('5b000050-1a2b-4c3d-8e4f-000000000050')
			.describe('ID of the opportunity, or its number if the type numbers its opportunities'),
		OpportunityEventCode: type
			.open()
			.local()
			.describe('Type that decides which fields are listed below. The node does not send it.'),
		Fields: fieldsOf(existingOpportunityFields),
		OpportunityNote: note,
	},
});

export const opportunity: Resource = {
	name: 'Opportunity',
	operations: {
		create,
		delete: remove,
		get,
		getAll,
		getByLeadField,
		getByIds,
		getFields,
		getTypes,
		isEnabled,
		search,
		update,
	},
};
