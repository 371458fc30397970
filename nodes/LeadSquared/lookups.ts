import type { IDataObject, INodeListSearchItems } from 'n8n-workflow';
import { listLabel, toText } from '../shared/base/json';
import { listAt } from '../shared/base/parseResponse';
import type { Lookup } from '../shared/fields/lookup';
import { leadFieldNames, leadSources, leadStages, uniqueLeadFields } from './leadLookups';
import { FIRST_OPPORTUNITY_TYPE } from './vendor';
import { listPages, productPages, webhookPages } from './pages';

export * from './leadLookups';

const fullName = ({ FirstName, LastName }: IDataObject) => [FirstName, LastName].filter(Boolean).map(toText).join(' ');

const typeList = {
	request: 'GET /Task.svc/RetrieveTaskType',
	page: 'https://apidocs.leadsquared.com/get-list-of-task-types-2/',
	contract: 'getTaskTypes',
} as const;

/**
 * Returns a lookup of the task types of a category: 0 is appointments, 1 is to-dos.
 * https://apidocs.leadsquared.com/get-list-of-task-types-2/
 */
const typesOf = (name: string, noun: string, category: number, example: string): Lookup => ({
	...typeList,
	name,
	noun,
	id: 'text',
	example,
	records: (response) => listAt(response).filter(({ Category }) => Category === category),
	searchHere: true,
	entry: ({ Name }) => ({ name: toText(Name), value: Name as string }),
});

export const appointmentTypes = typesOf('appointmentTypes', 'an appointment type', 0, 'Meeting');
export const toDoTypes = typesOf('toDoTypes', 'a to-do type', 1, 'Follow-Up');

/**
 * All task types by ID, which a search for tasks needs. Creating a task needs the name.
 * https://apidocs.leadsquared.com/retrieve-tasks/
 */
export const taskTypes: Lookup = {
	...typeList,
	name: 'taskTypes',
	noun: 'a task type',
	id: 'uuid',
	example: '5b00001e-1a2b-4c3d-8e4f-00000000001e',
	searchHere: true,
	entry: ({ Id, Name, Category }) => ({
		name: listLabel(Name, Category === 0 ? 'appointment' : 'to-do'),
		value: Id as string,
	}),
};

/** Active users only, because an inactive user cannot own a task. https://apidocs.leadsquared.com/get-users/ */
export const users: Lookup = {
	name: 'users',
	noun: 'a user',
	id: 'uuid',
	example: '5b000002-1a2b-4c3d-8e4f-000000000002',
	description: 'Active user of the account. User > Get Many returns the IDs.',
	request: 'GET /UserManagement.svc/Users.Get',
	page: 'https://apidocs.leadsquared.com/get-users/',
	contract: 'getUsers',
	records: (response) => listAt(response).filter(({ StatusCode }) => StatusCode === 0 || StatusCode === undefined),
	searchHere: true,
	entry: (user) => ({ name: listLabel(fullName(user), user.EmailAddress), value: user.ID as string }),
};

/** https://apidocs.leadsquared.com/quick-search/ */
export const leads: Lookup = {
	name: 'leads',
	noun: 'a lead',
	id: 'uuid',
	example: '5b00000a-1a2b-4c3d-8e4f-00000000000a',
	description: 'Lead of the account. The lead operations return its ID as ProspectID.',
	request: 'GET /LeadManagement.svc/Leads.GetByQuickSearch',
	page: 'https://apidocs.leadsquared.com/quick-search/',
	contract: 'quickSearchLeads',
	ask: (key) => ({ key }),
	filterRequired: true,
	entry: (lead) => ({
		name: listLabel(fullName(lead), lead.EmailAddress, lead.Phone) || toText(lead.ProspectID),
		value: lead.ProspectID as string,
	}),
};

/** Activity types by their code. https://github.com/LeadSquared/php-library */
export const activityTypes: Lookup = {
	name: 'activityTypes',
	noun: 'an activity type',
	id: 'integer',
	example: '201',
	description: 'Activity type of the account. Activity Type > Get Many returns the codes.',
	request: 'GET /ProspectActivity.svc/ActivityTypes.Get',
	page: 'https://apidocs.leadsquared.com/activity-management/',
	contract: 'getActivityTypes',
	searchHere: true,
	entry: ({ ActivityEvent, DisplayName, ActivityEventName }) =>
		typeEntry(DisplayName ?? ActivityEventName, ActivityEvent),
};

/** No page documents this list. Accounts without it list the opportunity types among the activity types. */
export const opportunityTypes: Lookup = {
	name: 'opportunityTypes',
	noun: 'an opportunity type',
	id: 'integer',
	example: '12000',
	request: 'GET /OpportunityManagement.svc/GetOpportunityTypes',
	page: 'https://apidocs.leadsquared.com/opportunity-management/',
	contract: 'getOpportunityTypes',
	searchHere: true,
	otherwise: async (send) =>
		await send({ method: 'GET', path: '/ProspectActivity.svc/ActivityTypes.Get', effect: 'reads', query: {} }),
	records: (response) =>
		listAt(response).filter(
			({ EventCode, ActivityEvent }) => Number(toText(EventCode ?? ActivityEvent)) >= FIRST_OPPORTUNITY_TYPE,
		),
	entry: ({ EventCode, ActivityEvent, DisplayName, ActivityEventName }) =>
		typeEntry(DisplayName ?? ActivityEventName, EventCode ?? ActivityEvent),
};

/** Returns a type with its code, from a number or its digits. Any other code stays as it is, so that it is refused. */
function typeEntry(name: unknown, code: unknown): INodeListSearchItems {
	return {
		name: `${toText(name)} (${toText(code)})`,
		value: /^\d+$/.test(toText(code)) ? Number(code) : (code as string),
	};
}

/**
 * Products by SKU, which sales activities use. https://apidocs.leadsquared.com/post-or-add-a-sales-activity-to-a-lead/
 */
export const products: Lookup = {
	name: 'products',
	noun: 'a product',
	id: 'text',
	example: 'SKU-1',
	request: 'POST /SalesActivity.svc/RetrieveProducts',
	page: 'https://github.com/LeadSquared/php-library',
	contract: 'getProducts',
	ask: (SearchText) => ({ Parameter: { ...(SearchText === undefined ? {} : { SearchText }) } }),
	pages: productPages,
	entry: ({ Name, ProductSku }) => ({ name: listLabel(Name, ProductSku), value: ProductSku as string }),
};

/** https://apidocs.leadsquared.com/retrieve-a-webhook/ */
export const webhooks: Lookup = {
	name: 'webhooks',
	noun: 'a webhook',
	id: 'uuid',
	example: '5b000063-1a2b-4c3d-8e4f-000000000063',
	description: 'Webhook of the account. Webhook > Get Many returns the IDs.',
	request: 'POST /Webhook.svc/Retrieve',
	page: 'https://apidocs.leadsquared.com/retrieve-a-webhook/',
	contract: 'getWebhooks',
	ask: (SearchText) => ({ Parameter: { Type: 'Webhook', ...(SearchText === undefined ? {} : { SearchText }) } }),
	pages: webhookPages,
	entry: ({ EventName, Description, URL, WebhookId }) => ({
		name: listLabel(EventName, Description, URL),
		value: WebhookId as string,
	}),
};

/**
 * Returns a lookup of lists of leads.
 *
 * @param ListType kind of the lists. Without it, all lists.
 */
const listsOf = (name: string, noun: string, ListType?: string): Lookup => ({
	name,
	noun,
	id: 'uuid',
	example: '5b000032-1a2b-4c3d-8e4f-000000000032',
	request: 'GET /LeadManagement.svc/Lists.Get',
	page: 'https://apidocs.leadsquared.com/retrieve-all-lists/',
	contract: 'getLists',
	ask: (SearchText) => ({ ...(ListType ? { ListType } : {}), ...(SearchText ? { SearchText } : {}) }),
	pages: listPages,
	entry: ({ ListId, ListName, MemberCount }) => ({
		name: listLabel(ListName, MemberCount !== undefined && `${toText(MemberCount)} leads`),
		value: ListId as string,
	}),
});

/** Static lists, which users fill by hand. Criteria fill the other lists. */
export const staticLists = listsOf('staticLists', 'a static list', '0');

export const multiSelects = [activityTypes];
export const lookups = [
	appointmentTypes,
	toDoTypes,
	taskTypes,
	users,
	leads,
	staticLists,
	activityTypes,
	opportunityTypes,
	leadFieldNames,
	uniqueLeadFields,
	leadStages,
	leadSources,
	products,
	webhooks,
];
