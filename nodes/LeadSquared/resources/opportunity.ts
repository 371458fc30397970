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

/** Most opportunities that one request takes. https://apidocs.leadsquared.com/get-opportunities-in-bulk-by-ids/ */
const MOST_IDS = 2000;

/** Some requests want the code of a type as text. */
const codesAsText: Lookup = { ...opportunityTypes, id: 'numberAsText' };

const typed =
	'Type as it is set up in the account; its code works as well. Codes stand in LeadSquared under Settings > Opportunities > Opportunity Types.';
const type = pick('Opportunity Type', opportunityTypes).describe(typed);
const typeAsText = pick('Opportunity Type', codesAsText).describe(typed);
const id = uuid('Opportunity ID')
	.required()
	.describe('ID of the opportunity: OpportunityId or ProspectActivityId in what the lists of opportunities put out');
const note = text('Note').rows(4).example('Needs a loan for a two-bedroom flat');
const getFileURL = toggle('Include File URLs').describe('Whether the addresses of uploaded files are returned');

/** The fields of a type; the owner on its own, because LeadSquared may leave an opportunity without one. */
const fieldsOf = (entity: EntityFields) =>
	nested({
		Owner: pick('Owner', users).describe(
			'User who owns the opportunity. LeadSquared may leave a new one without an owner.',
		),
		fields: mapper('Opportunity Fields', entity).spread().describe('Status and custom fields of the opportunity type'),
	}).pairs({ name: 'SchemaName', of: 'OpportunityRow' });

/** Rows of a page; the page's example has as many. https://apidocs.leadsquared.com/get-opportunities-by-lead-id/ */
const pages = pagesOf('List', 100);

const Opportunity = nested({
	OpportunityEventCode: type.required(),
	Fields: fieldsOf(opportunityFields),
	OpportunityNote: note,
	OpportunityDateTime: dateTime('Date and Time').describe('When the opportunity began; without it, now. Sent in UTC.'),
});

const create = operation({
	name: 'Create',
	action: 'Create opportunity',
	description:
		'Capture an opportunity with its lead. Fails where a duplicate rule of the account keeps it from being created.',
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
	description: 'Delete an opportunity for good. Its type has to allow it under "Allow Delete".',
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
	description: 'Retrieve the opportunities of the lead that has a value in a unique field',
	request: 'POST /OpportunityManagement.svc/GetOpportunitiesByUniqueLeadField',
	effect: 'reads',
	page: 'https://apidocs.leadsquared.com/get-opportunities-by-unique-lead-field/',
	contract: 'getOpportunitiesByLeadField',
	many: pages,
	correction: spelledAsInAccount('Lead Field'),
	fields: {
		LookupName: uniqueField('Lead Field', 'Unique field of leads by whose value the lead is found').at(
			'Parameter.LookupName',
		),
		LookupValue: text('Value')
			.required()
			.at('Parameter.LookupValue')
			.example('lead@example.com')
			.describe('What the field holds, as it is stored'),
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
	leftOut: { SearchParameters: 'made of the type, the IDs and the columns, for one type at a time' },
	fields: {
		EventCode: typeAsText.required().local(),
		ids: list('Opportunity IDs', uuid('Opportunity ID'))
			.required()
			.local()
			.example('5b000050-1a2b-4c3d-8e4f-000000000050')
			.describe(`IDs with commas, ${MOST_IDS} at most`),
		Columns: columns.required().local().default('CreatedOn,ModifiedOn,Owner,Status'),
	},
	rules: [
		({ ids }) =>
			ids.length > MOST_IDS ? `'Opportunity IDs' takes at most ${MOST_IDS} IDs, and got ${ids.length}` : undefined,
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
	unverified: 'known from integrations alone; the documentation names it without a page',
	fields: {},
});

const isEnabled = operation({
	name: 'Is Enabled',
	action: 'Check whether opportunities are enabled',
	description: 'Find out whether an account has opportunities',
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
	description: 'Needs the keys of an administrator. Retrieve the opportunities that an advanced search finds.',
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
	description: 'Change an opportunity',
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
			.describe('ID of the opportunity, or its number where the type counts them'),
		OpportunityEventCode: type.open().local().describe('Decides which fields are listed below, and is not sent'),
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
