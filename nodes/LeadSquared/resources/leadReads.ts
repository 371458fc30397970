import { choice, email, fixed, list, nested, oneOf, pick, pickName, text, uuid } from '../../shared/fields';
import { listed, onlyOne, operation } from '../../shared/form/operation';
import { findByPhone, searchedPhone } from '../leadByPhone';
import { leadTypes } from '../leadTypes';
import { simplifiedColumns, sortedBy, sortedWhole, span, spanInOrder } from '../listFields';
import { leadFieldNames, leads } from '../lookups';
import { spelledAsInAccount } from '../lookupName';
import { pagesOf } from '../pages';

const docs = 'https://apidocs.leadsquared.com';

/** Largest page of the vendor's own examples. Asking for more than a list gives would make its first page look like the last. */
const PAGE = 100;

/** Largest page that integrators are known to get; a search by dates gives up to 5,000, which may be too large an answer. */
const LARGE_PAGE = 1000;

/** A lead has about fifty members and those of the account; these are the ones workflows use. */
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

const ofLeadType = 'chooses among the lead types that few accounts have, and is not described';
const byLeadType = { Attribute: ofLeadType, Value: ofLeadType };
const Sorting = sortedBy(pickName('Sort By', leadFieldNames).describe('Field that the list is sorted by'));

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
	description: 'Retrieve the lead with an email address; no item comes out where there is none',
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
	description: 'Retrieve the lead with a number as phone or mobile; of several the one that was active last',
	request: 'GET /LeadManagement.svc/RetrieveLeadByPhoneNumber',
	page: `${docs}/get-lead-by-phone/`,
	contract: 'getLeadByPhone',
	output: listed,
	run: findByPhone,
	fields: {
		phone: searchedPhone('Phone')
			.required()
			.describe(
				'With a country code it is looked for a second time in the form +91-9000000000, which some accounts keep',
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
	unverified: 'known from the code of other people, not from a page of LeadSquared',
	fields: {
		SearchParameters: nested({
			LeadIds: list('Lead IDs', uuid('Lead ID'))
				.required()
				.example(leads.example)
				.describe('IDs of the leads, as a list or with commas'),
		}),
		Columns: simplifiedColumns,
	},
});

const searchByText = operation({
	...reading,
	name: 'Search by Text',
	action: 'Search leads by text',
	description: 'Find leads by a text in name, email, phone, mobile, company, city or country',
	request: 'GET /LeadManagement.svc/Leads.GetByQuickSearch',
	page: `${docs}/quick-search/`,
	contract: 'quickSearchLeads',
	output: listed,
	fields: {
		key: text('Text').required().example('Priya').describe('Text to look for, as in the search box of LeadSquared'),
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
	LookupName: pickName('Field', leadFieldNames).required().describe('Field to look at'),
	SqlOperator: choice('Operator', operators)
		.default('Equals')
		.required()
		.describe('How the value is compared with that of the lead'),
	LookupValue: text('Value')
		.required()
		.example('Mumbai')
		.describe('Value to compare with; dates in UTC, such as 2026-07-01 09:00:00'),
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
	description: 'Retrieve the leads that changed between two moments, also by an activity or a task of theirs',
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
					ListId: uuid('List ID').required().describe('ID of the list, from its address in LeadSquared'),
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
						.describe(
							'Conditions of an advanced search as JSON text; LeadSquared shows its definition in a support article only',
						),
					DefinitionType: fixed(1),
				}),
			},
		},
	},
	'Where the leads are taken from',
);

const RetrieveBehaviour = choice('Recount', [
	{ value: '0', name: 'No, Which Is Fast' },
	{ value: '1', name: 'Yes' },
	{ value: '2', name: 'Yes, and Keep the Number' },
])
	.at('SearchParameters.RetrieveBehaviour')
	.describe('Whether LeadSquared counts the leads of the list anew; without it LeadSquared does');

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
