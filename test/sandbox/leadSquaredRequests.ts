import { contractOf, operationsOf } from './contract';
import { seeded } from '../vendors/leadSquared/state';

/** One request of an operation. */
export interface Asked {
	operationId: string;
	method: string;
	/** Path with the query. */
	route: string;
	body?: unknown;
}

/** The operations of the asynchronous host, which the sandbox does not play. */
export const asyncHost = [
	'captureLeadAsync',
	'updateLeadAsync',
	'postActivityAsync',
	'captureOpportunityAsync',
	'updateOpportunityAsync',
	'getAsyncLeadStatus',
];

/** What stands in the queries. */
const queries: Record<string, Record<string, string>> = {
	markTaskComplete: { id: seeded.toDo },
	getTaskById: { id: seeded.toDo },
	getTasksByLead: { leadId: seeded.lead },
	getTasksByOpportunity: { opportunityId: seeded.opportunity },
	getTaskTypes: { ColumnName: 'Category', ColumnValue: '0' },
	updateLead: { leadId: seeded.lead },
	getLeadById: { id: seeded.lead },
	getLeadByEmail: { emailaddress: 'lead@example.com' },
	getLeadByPhone: { phone: '9000000000' },
	quickSearchLeads: { key: 'sample' },
	deleteLead: { leadId: seeded.lead },
	getActivitiesOfLead: { leadId: seeded.lead },
	getActivity: { activityId: seeded.activity },
	getActivityType: { code: '201' },
	deleteOpportunity: { Id: seeded.opportunity },
	getOpportunity: { OpportunityId: seeded.opportunity },
	getOpportunitiesByLead: { leadId: seeded.lead },
	getOpportunityTypeFields: { code: '12000' },
	isOpportunityEnabled: { orgId: '10001' },
	getUserById: { userId: seeded.user },
	getUserByEmail: { emailAddress: 'taskowner@example.com' },
	addLeadToList: { listId: seeded.emptyList, leadId: seeded.lead },
	removeLeadFromList: { ListId: seeded.list, LeadID: seeded.lead },
	emptyStaticList: { ListId: seeded.list },
	getSalesActivity: { activityId: seeded.sale },
	deleteWebhook: { webhookId: seeded.webhook },
};

/** Bodies where the contract's example means a record or a type that this account has not. */
const bodies: Record<string, unknown> = {
	getTasksByOwner: {
		Parameter: { LookupName: 'OwnerEmailAddress', LookupValue: 'taskowner@example.com' },
		Paging: { Offset: 0, RowCount: 200 },
	},
	createLead: [{ Attribute: 'EmailAddress', Value: 'new@example.com' }],
	bulkCreateLeads: [[{ Attribute: 'EmailAddress', Value: 'new@example.com' }]],
	updateActivity: {
		ProspectActivityId: seeded.activity,
		ActivityEvent: 201,
		ActivityNote: 'Sample note',
		Fields: [{ SchemaName: 'mx_Custom_1', Value: 'First' }],
	},
	updateActivityType: {
		ID: '5b000047-1a2b-4c3d-8e4f-000000000201',
		ActivityEventName: 'Updated name',
		Score: 15,
		EventDirection: 1,
	},
	getActivitiesByType: {
		Parameter: { FromDate: '2026-11-02 18:30:00', ToDate: '2026-11-06 18:29:59', ActivityEvent: 201 },
	},
	deleteActivities: { ProspectId: seeded.lead, ActivityEventList: [201] },
	resetLead: { ProspectId: seeded.lead, ShouldDeleteProspectNotes: true },
	addLeadsToList: { listId: seeded.emptyList, leadIds: [seeded.lead, seeded.secondLead] },
};

/** For every operation that the sandbox plays a request that succeeds, with the contract's example as body where it has one that fits. */
export const requests: Asked[] = operationsOf(contractOf('leadSquared'))
	.filter(({ operation }) => !asyncHost.includes(operation.operationId))
	.map(({ method, path, operation: { operationId, requestBody } }) => {
		const query = queries[operationId] ? `?${new URLSearchParams(queries[operationId]).toString()}` : '';
		const { example, examples } = (requestBody?.content['application/json'] ?? {}) as {
			example?: unknown;
			examples?: Record<string, { value: unknown }>;
		};
		return {
			operationId,
			method,
			route: path + query,
			body: bodies[operationId] ?? example ?? Object.values(examples ?? {})[0]?.value,
		};
	});
