import type { IDataObject } from 'n8n-workflow';
import { pick } from '../shared/fields';
import type { Events, VendorEvent } from '../shared/trigger/trigger';
import { activityTypes } from './lookups';

/** Event names as LeadSquared lists them, and the numbers that create a webhook. https://apidocs.leadsquared.com/create-a-webhook/ */
export const eventNumbers: Readonly<Record<string, string>> = {
	Landing_Page_submission: '1',
	LeadActivity_Post_Create: '2',
	Lead_Post_Create: '3',
	Lead_Owner_Change: '4',
	Lead_Post_Update: '6',
	Task_Create: '7',
	Task_Reminder: '8',
	Lead_Score_Change: '9',
	LeadActivity_Post_Update: '15',
	Task_Complete: '16',
	Task_Update: '17',
	Opportunity_Post_Create: '31',
	Opportunity_Post_Update: '32',
	Opportunity_Post_Delete: '35',
};

const page = 'https://apidocs.leadsquared.com/create-a-webhook/';
const webhooks = 'https://apidocs.leadsquared.com/webhooks/';

const lead = {
	ProspectID: '5b00000a-1a2b-4c3d-8e4f-00000000000a',
	FirstName: 'Sample',
	LastName: 'Lead',
	EmailAddress: 'lead@example.com',
	ProspectStage: 'Prospect',
};

/** A lead before and after a change. */
const change = { Before: { ...lead, ProspectStage: 'New' }, After: lead };

const activity = {
	ProspectActivityId: '5b000046-1a2b-4c3d-8e4f-000000000046',
	RelatedProspectId: '5b00000a-1a2b-4c3d-8e4f-00000000000a',
	ActivityEvent: '201',
	Current: { FirstName: 'Sample' },
	Data: { mx_Custom_1: 'First' },
};

export const activityType = pick('Activity Type', activityTypes)
	.required()
	.describe('Activity type of the account, or its code');

/** An event whose body is not documented. */
const of = (name: string, sample: IDataObject = {}): VendorEvent => ({ name, sample, page, confidence: 'inferred' });

export const events: Events = {
	Landing_Page_submission: of('Landing Page Submitted'),
	Lead_Post_Create: {
		name: 'Lead Created',
		sample: lead,
		page: 'https://support.leadsquared.com/support/solutions/articles/3000074525-overview-on-how-to-write-webhook-in-lsq',
		confidence: 'documented',
	},
	Lead_Owner_Change: of('Lead Owner Changed', change),
	Lead_Post_Update: { name: 'Lead Updated', sample: change, page: webhooks, confidence: 'inferred' },
	Lead_Score_Change: of('Lead Score Changed', change),
	LeadActivity_Post_Create: {
		name: 'Activity Created',
		fields: { activityType },
		sample: activity,
		page: webhooks,
		confidence: 'inferred',
	},
	LeadActivity_Post_Update: { name: 'Activity Updated', sample: activity, page: webhooks, confidence: 'inferred' },
	Opportunity_Post_Create: of('Opportunity Created'),
	Opportunity_Post_Delete: of('Opportunity Deleted'),
	Opportunity_Post_Update: of('Opportunity Updated'),
	Task_Complete: of('Task Completed'),
	Task_Create: of('Task Created'),
	Task_Reminder: of('Task Reminder'),
	Task_Update: of('Task Updated'),
};
