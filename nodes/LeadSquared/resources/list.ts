import { valueAt, toText } from '../../shared/base/json';
import { choice, pick, text, type Choices } from '../../shared/fields';
import { operation, type BulkEndpoint, type Resource } from '../../shared/form/operation';
import { leads, staticLists } from '../lookups';
import { listPages } from '../pages';

/** Leads per request. The page sets no limit. A request with this many IDs has a few kilobytes. */
const LEADS_TOGETHER = 100;

/** https://apidocs.leadsquared.com/retrieve-all-lists/ */
const kinds: Choices<string> = [
	{ value: '0', name: 'Static' },
	{ value: '1', name: 'Dynamic' },
	{ value: '2', name: 'Refreshable' },
];

const list = pick('List', staticLists)
	.required()
	.describe('Static list. The criteria of the other lists decide which leads they contain.');
const lead = pick('Lead', leads).required();

const getAll = operation({
	name: 'Get Many',
	action: 'Get many lists',
	description: 'Retrieve the lists of leads',
	request: 'GET /LeadManagement.svc/Lists.Get',
	effect: 'reads',
	page: 'https://apidocs.leadsquared.com/retrieve-all-lists/',
	contract: 'getLists',
	many: listPages,
	fields: {
		ListType: choice('Kind', kinds).describe(
			'Kind of the lists. Users fill static lists by hand; criteria fill the other lists.',
		),
		SearchText: text('Search').example('Webinar').describe('Text in the name of the list'),
	},
});

const create = operation({
	name: 'Create',
	action: 'Create list',
	description: 'Create an empty static list',
	request: 'POST /LeadSegmentation.svc/CreateEmptyList',
	effect: 'writes',
	page: 'https://apidocs.leadsquared.com/create-empty-static-list/',
	contract: 'createStaticList',
	output: 'Message',
	fields: {
		Name: text('Name').required().example('Webinar guests').describe('Name of the list in LeadSquared'),
		Description: text('Description').rows(2).example('Invited in May').describe('Purpose of the list'),
	},
});

/** Returns the number of added leads, from a message such as `Successfully added 2 lead(s) to list`. */
const addedCount = (response: unknown) => Number(/(\d+) lead/.exec(toText(valueAt(response, 'Message.Message')))?.[1]);

/** Results if all leads were added. A smaller number does not say which leads were added. */
const addedTogether: BulkEndpoint['results'] = (response, requests) =>
	requests.map(({ query }) =>
		addedCount(response) === requests.length ? { record: { Id: query.leadId, AffectedRows: 1 } } : undefined,
	);

const addTogether: BulkEndpoint = {
	request: 'POST /LeadSegmentation.svc/AddLeadsToStaticList',
	page: 'https://apidocs.leadsquared.com/add-leads-to-a-static-list/',
	contract: 'addLeadsToList',
	size: LEADS_TOGETHER,
	together: ({ query }) => toText(query.listId),
	body: (requests) => ({ listId: requests[0].query.listId, leadIds: requests.map(({ query }) => query.leadId) }),
	results: addedTogether,
};

const addLead = operation({
	name: 'Add Lead',
	action: 'Add lead to list',
	description: 'Add a lead to a static list',
	request: 'POST /LeadManagement.svc/AddLeadToStaticList',
	effect: 'idempotent',
	page: 'https://apidocs.leadsquared.com/add-lead/',
	contract: 'addLeadToList',
	output: 'Message',
	batch: addTogether,
	remark: ({ AffectedRows }) =>
		AffectedRows === 0 ? 'LeadSquared added nothing, because the lead is already in the list' : undefined,
	fields: { listId: list.ordered().in('query'), leadId: lead.ordered().in('query').describe('Lead to add') },
});

const removeLead = operation({
	name: 'Remove Lead',
	action: 'Remove lead from list',
	description: 'Remove a lead from a static list. The lead itself is kept.',
	request: 'GET /LeadSegmentation.svc/RemoveLeadFromStaticList',
	effect: 'writes',
	page: 'https://apidocs.leadsquared.com/remove-lead-from-static-list/',
	contract: 'removeLeadFromList',
	output: 'Message',
	fields: { ListId: list.ordered(), LeadID: lead.ordered().describe('Lead to remove') },
});

const empty = operation({
	name: 'Empty',
	action: 'Empty list',
	description: 'Remove all leads from a static list at once. You cannot undo this. The leads themselves are kept.',
	request: 'GET /LeadSegmentation.svc/Lists/EmptyStaticList',
	effect: 'writes',
	page: 'https://apidocs.leadsquared.com/remove-all-leads-from-a-static-list/',
	contract: 'emptyStaticList',
	output: 'Message',
	fields: { ListId: list.ordered() },
});

export const leadList: Resource = { name: 'List', operations: { addLead, create, empty, getAll, removeLead } };
