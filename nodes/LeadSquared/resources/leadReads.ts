import { choice, email, fixed, list, nested, oneOf, pick, pickName, text, uuid } from '../../shared/fields';
import { listed, onlyOne, operation } from '../../shared/form/operation';
import { findByPhone, searchedPhone } from '../leadByPhone';
import { leadTypes } from '../leadTypes';
import { simplifiedColumns, sortedBy, sortedWhole, span, spanInOrder } from '../listFields';
import { leadFieldNames, leads } from '../lookups';
import { spelledAsInAccount } from '../lookupName';
import { pagesOf } from '../pages';

const docs = 'https://apidocs.leadsquared.com';

/**
 * Largest page in the vendor's examples. If the vendor returned fewer records than requested, the first page would look
 * like the last.
 */
const PAGE = 100;

/** Largest page that integrators report. A search by dates allows 5,000, but that response may be too large. */
const LARGE_PAGE = 1000;

/** A lead has about 50 fields and the custom fields of the account. Workflows use these. */
const simple = [
	'ProspectID',
	'FirstName',
	'LastName',
	'EmailAddress',
	'Phone',
	'Company',
	'ProspectStage',
	'Source',
	'OwnerIdName',
	'CreatedOn',
];

const reading = { effect: 'reads', simple, converter: leadTypes } as const;
const inPages = { ...reading, many: pagesOf('Leads', PAGE, 'ProspectID'), schema: 'Lead' } as const;
const inLargePages = { ...inPages, many: pagesOf('Leads', LARGE_PAGE, 'ProspectID') } as const;

const ofLeadType = 'selects a lead type, which few accounts have, and is not documented';
const byLeadType = { Attribute: ofLeadType, Value: ofLeadType };
const Sorting = sortedBy(pickName('Sort By', leadFieldNames).describe('Field to sort by'));

const get = operation({
	...reading,
	name: 'Get',
	action: 'Get lead',
	description: 'Retrieve a lead by its ID',
	request: 'GET /LeadManagement.svc/Leads.GetById',
	page: `${docs}/get-lead-by-id/`,
	contract: 'getLeadById',
	output: onlyOne,
	fields: { id: pick('Lead', leads).required() },
});

const getByEmail = operation({
	...reading,
	name: 'Get by Email',
	action: 'Get lead by email',
	description: 'Retrieve the lead with an email address. Returns no item if there is none.',
	request: 'GET /LeadManagement.svc/Leads.GetByEmailaddress',
	page: `${docs}/get-a-lead-by-email-id/`,
	contract: 'getLeadByEmail',
	output: listed,
	fields: { emailaddress: email('Email').required() },
});

const getByPhone = operation({
	...reading,
	name: 'Get by Phone',
	action: 'Get lead by phone',
	description: 'Retrieve the lead with a phone or mobile number. If several have it, returns the most recently active.',
	request: 'GET /LeadManagement.svc/RetrieveLeadByPhoneNumber',
	page: `${docs}/get-lead-by-phone/`,
	contract: 'getLeadByPhone',
	output: listed,
	run: findByPhone,
	fields: {
		phone: searchedPhone('Phone')
			.required()
			.describe(
				'Phone number. With a country code, the node also tries +91-9000000000, the form that some accounts store.',
			),
	},
});

const getManyByIds = operation({
	...inLargePages,
	name: 'Get Many by IDs',
	action: 'Get many leads by IDs',
	description: 'Retrieve several leads by their IDs',
	request: 'POST /LeadManagement.svc/Leads/Retrieve/ByIds',
	page: `${docs}/lead-management/`,
	contract: 'getLeadsByIds',
	unverified: 'found in public integrations, not documented by LeadSquared',
	fields: {
		SearchParameters: nested({
			LeadIds: list('Lead IDs', uuid('Lead ID'))
				.required()
				.example(leads.example)
				.describe('IDs of the leads, as a list or comma-separated'),
		}),
		Columns: simplifiedColumns,
	},
});

const searchByText = operation({
	...reading,
	name: 'Search by Text',
	action: 'Search leads by text',
	description: 'Find leads by text in name, email, phone, mobile, company, city or country',
	request: 'GET /LeadManagement.svc/Leads.GetByQuickSearch',
	page: `${docs}/quick-search/`,
	contract: 'quickSearchLeads',
	output: listed,
	fields: {
		key: text('Text').required().example('Priya').describe("Text to search for, as in LeadSquared's search box"),
	},
});

const operators = [
	{ value: '=', name: 'Equals' },
	{ value: '<>', name: 'Does Not Equal' },
	{ value: 'LIKE', name: 'Contains' },
	{ value: '>', name: 'Is Greater or Later Than' },
	{ value: '>=', name: 'Is Greater or Later Than, or Equals' },
	{ value: '<', name: 'Is Less or Earlier Than' },
	{ value: '<=', name: 'Is Less or Earlier Than, or Equals' },
];

const criterion = nested({
	LookupName: pickName('Field', leadFieldNames).required().describe('Field to search'),
	SqlOperator: choice('Operator', operators)
		.default('Equals')
		.required()
		.describe('How to compare the value of the lead with Value'),
	LookupValue: text('Value')
		.required()
		.example('Mumbai')
		.describe('Value to compare with. Enter dates in UTC, such as 2026-07-01 09:00:00.'),
});

const search = operation({
	...reading,
	name: 'Search',
	action: 'Search leads',
	description: 'Find leads by the value of one field',
	request: 'POST /LeadManagement.svc/Leads.Get',
	page: `${docs}/search-by-lead-criteria/`,
	contract: 'searchLeads',
	many: pagesOf(undefined, LARGE_PAGE, 'ProspectID'),
	correction: spelledAsInAccount('Field'),
	fields: { Parameter: criterion, Columns: simplifiedColumns, Sorting },
	rules: [sortedWhole],
	leftOut: byLeadType,
});

const getChanged = operation({
	...inLargePages,
	name: 'Get Changed',
	action: 'Get changed leads',
	description: 'Retrieve the leads that changed in a period. Their activities and tasks count as changes.',
	request: 'POST /LeadManagement.svc/Leads.RecentlyModified',
	page: `${docs}/get-leads-by-date-range/`,
	contract: 'getLeadsByDateRange',
	fields: { ...span, Columns: simplifiedColumns, Sorting },
	rules: [spanInOrder, sortedWhole],
	leftOut: byLeadType,
});

const inListOrSearch = oneOf(
	'Leads Of',
	{
		list: {
			name: 'List',
			fields: {
				SearchParameters: nested({
					ListId: uuid('List ID').required().describe('ID of the list, from its URL in LeadSquared'),
				}),
			},
		},
		search: {
			name: 'Advanced Search',
			fields: {
				SearchParameters: nested({
					AdvancedSearchTextNew: text('Search Definition')
						.rows(4)
						.required()
						.example('{"GrpConOp":"And","Conditions":[]}')
						.describe('Conditions of an advanced search as JSON. LeadSquared explains them only in a support article.'),
					DefinitionType: fixed(1),
				}),
			},
		},
	},
	'Source of the leads',
);

const RetrieveBehaviour = choice('Recount', [
	{ value: '0', name: 'No, Which Is Fast' },
	{ value: '1', name: 'Yes' },
	{ value: '2', name: 'Yes, and Keep the Number' },
])
	.at('SearchParameters.RetrieveBehaviour')
	.describe('Whether LeadSquared counts the leads of the list again. Without it, LeadSquared counts them.');

const getByListOrSearch = operation({
	...inPages,
	name: 'Get Many in List or Search',
	action: 'Get many leads in list or search',
	description: 'Retrieve the leads of a list or of an advanced search',
	request: 'POST /LeadManagement.svc/Leads/Retrieve/BySearchParameter',
	page: `${docs}/get-leads-in-a-list-2/`,
	contract: 'getLeadsInListOrSearch',
	fields: { source: inListOrSearch, RetrieveBehaviour, Columns: simplifiedColumns, Sorting },
	rules: [sortedWhole],
});

export const readOperations = {
	get,
	getByEmail,
	getByListOrSearch,
	getByPhone,
	getChanged,
	getManyByIds,
	search,
	searchByText,
};
