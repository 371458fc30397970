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

/** Events by the numbers that a webhook is made with. https://apidocs.leadsquared.com/create-a-webhook/ */
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

/** The same events, and those of the panel, by the names with which webhooks are found. https://apidocs.leadsquared.com/retrieve-a-webhook/ */
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
	.describe('Address that gets the events');
const event = choice('Event', choices(eventNames)).describe(
	'What the webhook tells of. LeadSquared is known to refuse Lead Stage Changed: take Lead Field Changed.',
);

const details = {
	Description: text('Description')
		.example('n8n: new leads')
		.describe('Name of the webhook in the panel of LeadSquared'),
	CustomHeaders: rows(
		'Custom Headers',
		{
			Key: text('Name').required().example('x-n8n-secret'),
			Value: text('Value')
				.secret()
				.required()
				.example('a long random text')
				.describe('What the header holds; the node shows it nowhere'),
		},
		'Add Header',
	).describe(
		'Headers of every delivery, up to 10. LeadSquared signs nothing: a header with a long random text is how a receiver knows a delivery for genuine.',
	),
	ActivityEvent: integer('Activity Type Code').min(1).asText().describe('Type of the activities, for Activity Created'),
	WebhookProperties: text('Filter')
		.rows(3)
		.example('{"ActivityEvent":"201","ActivityData":"[]","WebPageNames":"[]"}')
		.describe('What narrows the event, as JSON in a text. Activity Created wants the form of the example.'),
	NotifyOnFailure: toggle('Notify on Failure').describe('Whether administrators get an email when a delivery fails'),
	IsSpecificLandingPage: toggle('Only Some Landing Pages').describe(
		'Whether only the pages under Landing Page URLs count, for Landing Page Submission',
	),
	LandingPageUrls: list('Landing Page URLs', url('URL'))
		.example('https://www.example.com/offer')
		.describe('Pages that count, for Landing Page Submission'),
};

/** What the rule below looks at. */
interface Narrowed {
	WebhookEvent?: string;
	ActivityEvent?: number;
	WebhookProperties?: string;
}

/** A rule: activities are told of by their type, without which the vendor fails. */
const hasActivityType = ({ WebhookEvent, ActivityEvent, WebhookProperties }: Narrowed): string | undefined =>
	WebhookEvent === '2' && !(ActivityEvent && WebhookProperties)
		? "'Activity Created' wants 'Activity Type Code' and 'Filter' as well"
		: undefined;

const create = operation({
	name: 'Create',
	action: 'Create webhook',
	description:
		'Have LeadSquared send events to an address. Plans allow few webhooks, and keys of an administrator are needed.',
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
	description: 'What is not given may be reset, so give all of it: LeadSquared documents whole updates only',
	request: 'POST /Webhook.svc/Update',
	effect: 'writes',
	page: 'https://apidocs.leadsquared.com/update-a-webhook/',
	contract: 'updateWebhook',
	updates: true,
	leftOut: { Method: 'POST is all there is' },
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
	'Whether the webhook is at work. An older page of LeadSquared swaps Enabled and Disabled by Hand.',
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
		WebhookEvent: choice('Event', choices(foundByName))
			.at('Parameter.WebhookEvent')
			.describe('What the webhooks tell of'),
		StatusCode: state.at('Parameter.StatusCode'),
		WebhookId: text('Webhook ID')
			.tidy()
			.at('Parameter.WebhookId')
			.example(webhooks.example)
			.describe('ID that Create has put out'),
		SearchText: text('Search')
			.at('Parameter.SearchText')
			.example('n8n')
			.describe('Part of the description or the address'),
		Sorting: sorting,
	},
	rules: [sortedWhole],
});

export const webhook: Resource = { name: 'Webhook', operations: { create, update, getAll } };
