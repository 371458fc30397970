import {
	choice,
	choices,
	fixed,
	integer,
	list,
	pick,
	rows,
	text,
	toggle,
	url,
	type Choices,
} from '../../shared/fields';
import { operation, type Resource } from '../../shared/form/operation';
import { sortedWhole, sorting } from '../listFields';
import { webhooks } from '../lookups';
import { webhookPages } from '../pages';

/** Events by the numbers that create a webhook. https://apidocs.leadsquared.com/create-a-webhook/ */
const eventNames = {
	1: 'Landing Page Submission',
	2: 'Activity Created',
	3: 'Lead Created',
	4: 'Lead Owner Changed',
	5: 'Lead Stage Changed',
	6: 'Lead Updated',
	7: 'Task Created',
	8: 'Task Reminder',
	9: 'Lead Score Changed',
	15: 'Activity Updated',
	16: 'Task Completed',
	17: 'Task Updated',
	26: 'Lead Field Changed',
	31: 'Opportunity Created',
	32: 'Opportunity Updated',
	33: 'Opportunity Field Changed',
	34: 'Opportunity Stage Changed',
	35: 'Opportunity Deleted',
};

/**
 * The same events and the events of LeadSquared's own form, by the names for a search.
 * https://apidocs.leadsquared.com/retrieve-a-webhook/
 */
const foundByName = {
	Lead_Post_Create: 'Lead Created',
	Lead_Post_Update: 'Lead Updated',
	Landing_Page_submission: 'Landing Page Submission',
	LeadActivity_Post_Create: 'Activity Created',
	LeadActivity_Post_Update: 'Activity Updated',
	Lead_Post_Stage_Change: 'Lead Stage Changed',
	Lead_Owner_Change: 'Lead Owner Changed',
	Task_Create: 'Task Created',
	Task_Reminder: 'Task Reminder',
	Lead_Score_Change: 'Lead Score Changed',
	Lead_Field_Change: 'Lead Field Changed',
	Lead_Delete: 'Lead Deleted',
	User_Create: 'User Created',
	User_Update: 'User Updated',
	User_Active_Status_Change: 'User Activated or Deactivated',
	Lead_Merge: 'Leads Merged',
	Product_Post_Create: 'Product Created',
	Product_Post_Update: 'Product Updated',
	Product_Delete: 'Product Deleted',
	Task_Complete: 'Task Completed',
	Task_Update: 'Task Updated',
	Leave_Create: 'Leave Created',
	Leave_Update: 'Leave Updated',
	Leave_Delete: 'Leave Deleted',
	Opportunity_Post_Create: 'Opportunity Created',
	Opportunity_Post_Update: 'Opportunity Updated',
	Opportunity_Post_Delete: 'Opportunity Deleted',
	OpportunityField_Post_Update: 'Opportunity Field Changed',
	OpportunityStage_Post_Update: 'Opportunity Stage Changed',
};

/** An older page swaps the first two. https://apidocs.leadsquared.com/retrieve-a-webhook/ */
const states: Choices<number> = [
	{ value: 0, name: 'Enabled' },
	{ value: 1, name: 'Disabled by Hand' },
	{ value: 2, name: 'Disabled After Failures' },
];

const target = url('Target URL')
	.example('https://n8n.example.com/webhook/lsq')
	.describe('URL that receives the events');
const event = choice('Event', choices(eventNames)).describe(
	'Event to send. LeadSquared may refuse Lead Stage Changed; use Lead Field Changed instead.',
);

const details = {
	Description: text('Description').example('n8n: new leads').describe('Name of the webhook in LeadSquared'),
	CustomHeaders: rows(
		'Custom Headers',
		{
			Key: text('Name').required().example('x-n8n-secret'),
			Value: text('Value')
				.secret()
				.required()
				.example('a long random text')
				.describe('Value of the header. The node never shows it.'),
		},
		'Add Header',
	).describe('Up to 10 headers of every delivery. Add a secret header: LeadSquared does not sign its deliveries.'),
	ActivityEvent: integer('Activity Type Code')
		.min(1)
		.asText()
		.describe('Code of the activity type. Required for Activity Created.'),
	WebhookProperties: text('Filter')
		.rows(3)
		.example('{"ActivityEvent":"201","ActivityData":"[]","WebPageNames":"[]"}')
		.describe('Filter for the event, as JSON. Activity Created requires the format of the example.'),
	NotifyOnFailure: toggle('Notify on Failure').describe('Whether administrators get an email when a delivery fails'),
	IsSpecificLandingPage: toggle('Only Some Landing Pages').describe(
		'Whether only the pages under Landing Page URLs count. For Landing Page Submission.',
	),
	LandingPageUrls: list('Landing Page URLs', url('URL'))
		.example('https://www.example.com/offer')
		.describe('Landing pages that count. For Landing Page Submission.'),
};

/** Input of the rule below. */
interface Narrowed {
	WebhookEvent?: string;
	ActivityEvent?: number;
	WebhookProperties?: string;
}

/** A rule: without the activity type, LeadSquared fails. */
const hasActivityType = ({ WebhookEvent, ActivityEvent, WebhookProperties }: Narrowed): string | undefined =>
	WebhookEvent === '2' && !(ActivityEvent && WebhookProperties)
		? "'Activity Type Code' and 'Filter' are required when 'Event' is Activity Created"
		: undefined;

const create = operation({
	name: 'Create',
	action: 'Create webhook',
	description: 'Create a webhook. Requires the keys of an administrator. Plans allow only a few webhooks.',
	request: 'POST /Webhook.svc/Create',
	effect: 'writes',
	page: 'https://apidocs.leadsquared.com/create-a-webhook/',
	contract: 'createWebhook',
	output: 'Message',
	fields: {
		URL: target.required(),
		WebhookEvent: event.required(),
		Method: fixed('POST'),
		ContentType: fixed('application/json'),
		...details,
	},
	rules: [hasActivityType],
});

const update = operation({
	name: 'Update',
	action: 'Update webhook',
	description:
		'Update a webhook. Fill in every field: LeadSquared documents only full updates and may reset the others.',
	request: 'POST /Webhook.svc/Update',
	effect: 'writes',
	page: 'https://apidocs.leadsquared.com/update-a-webhook/',
	contract: 'updateWebhook',
	updates: true,
	leftOut: { Method: 'POST is the only method' },
	fields: {
		WebhookId: pick('Webhook', webhooks).required().ordered(),
		URL: target,
		WebhookEvent: event,
		ContentType: fixed('application/json'),
		...details,
	},
	rules: [hasActivityType],
});

const state = choice('State', states).describe(
	'State of the webhook. An older page of LeadSquared swaps Enabled and Disabled by Hand.',
);

const getAll = operation({
	name: 'Get Many',
	action: 'Get many webhooks',
	description: 'Retrieve a list of webhooks, without their headers',
	request: 'POST /Webhook.svc/Retrieve',
	effect: 'reads',
	page: 'https://apidocs.leadsquared.com/retrieve-a-webhook/',
	contract: 'getWebhooks',
	withheld: ['CustomHeaders'],
	many: webhookPages,
	fields: {
		Type: fixed('Webhook').at('Parameter.Type'),
		WebhookEvent: choice('Event', choices(foundByName)).at('Parameter.WebhookEvent').describe('Event of the webhooks'),
		StatusCode: state.at('Parameter.StatusCode'),
		WebhookId: text('Webhook ID')
			.tidy()
			.at('Parameter.WebhookId')
			.example(webhooks.example)
			.describe('ID that Webhook > Create returned'),
		SearchText: text('Search').at('Parameter.SearchText').example('n8n').describe('Part of the description or the URL'),
		Sorting: sorting,
	},
	rules: [sortedWhole],
});

export const webhook: Resource = { name: 'Webhook', operations: { create, update, getAll } };
