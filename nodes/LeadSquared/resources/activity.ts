import {
	choice,
	dateTime,
	email,
	mapper,
	nested,
	oneOf,
	pick,
	pickSeveral,
	text,
	toggle,
	url,
	uuid,
	type EntityFields,
	type Choices,
} from '../../shared/fields';
import { queued, operation, type BulkEndpoint, type Resource } from '../../shared/form/operation';
import { inOrder } from '../../shared/form/rules';
import { requestBody } from '../../shared/http/apiRequest';
import type { PageStyle } from '../../shared/http/paging';
import { activityFields, existingActivityFields } from '../entities';
import { storedPhone } from '../leadByPhone';
import { hasMatchedField, heedsChoice, leadToMatch } from '../leadToMatch';
import { advancedSearch, columns, sortedWhole, sorting, span, spanInOrder } from '../listFields';
import { activityTypes, leads } from '../lookups';
import { postReceipts, updateReceipts } from '../receipts';
import { pagesOf } from '../pages';
import { FIRST_OPPORTUNITY_TYPE } from '../vendor';

/** Activities that one bulk request takes. https://apidocs.leadsquared.com/post-bulk-activities-on-leads/ */
const BULK_SIZE = 25;

const ActivityEvent = pick('Activity Type', activityTypes);
const lead = pick('Lead', leads);
const fieldsOf = (entity: EntityFields) =>
	mapper('Activity Fields', entity)
		.pairs({ name: 'SchemaName', of: 'ActivityField' })
		.describe('Status, owner and custom fields of the activity type');
const ActivityNote = text('Note').rows(4).example('Asked for a visit next week');
const activityId = uuid('Activity ID').required().describe('ID of the activity, as the lists of activities put it out');
const ActivityDateTime = dateTime('Date and Time').describe(
	'When the activity took place; now without it. Sent in UTC.',
);
const ProcessFilesAsync = toggle('Process Files Later')
	.aside()
	.describe('Whether files among the fields are stored after the answer came');
const ValidateDropDownOptions = toggle('Skip Drop-Down Validation')
	.aside()
	.describe(
		'Whether values are taken that are no choices of their drop-down. LeadSquared calls it ValidateDropDownOptions, and skips the check when it is on.',
	);

/** Settings that neither the bulk request nor the one by email has. */
const settings = {
	ProcessFilesAsync: ProcessFilesAsync.describe(
		'Whether files among the fields are stored after the answer came. For a lead by list or ID.',
	),
	ValidateDropDownOptions,
	IncludeLeadScore: toggle('Include Lead Score').describe(
		'Whether the answer tells the new score of the lead. For a lead by list or ID.',
	),
};

const bulkPost: BulkEndpoint = {
	request: 'POST /ProspectActivity.svc/Bulk/CustomActivity/Add/ByLeadId',
	page: 'https://apidocs.leadsquared.com/post-bulk-activities-on-leads/',
	contract: 'bulkPostActivities',
	size: BULK_SIZE,
	fits: ({ body = {} }) => 'RelatedProspectId' in body && !Object.keys(settings).some((name) => name in body),
	body: (requests) => requests.map(requestBody),
	results: postReceipts,
};

const leadBy = oneOf(
	'Lead By',
	{
		id: { name: 'List or ID', fields: { RelatedProspectId: lead.required().ordered() } },
		email: { name: 'Email', fields: byEmail() },
	},
	'How the lead is named; by email, one that is not there yet is created',
);
type Settings = Readonly<Record<keyof typeof settings, unknown> & { leadBy: string }>;

/** A rule: the page of activities by email does not have them. https://apidocs.leadsquared.com/post-activity-with-lead-email-address/ */
function settingsByLead({ leadBy: way, ...given }: Settings): string | undefined {
	const name =
		way === 'email'
			? (Object.keys(settings) as Array<keyof typeof settings>).find((key) => given[key] !== undefined)
			: undefined;
	return name && `'${settings[name].spec.label}' is for a lead by list or ID, and this one is given by email`;
}

const create = operation({
	name: 'Create',
	action: 'Create activity',
	description: 'Post an activity on a lead. Running it again posts a second one.',
	request: 'POST /ProspectActivity.svc/Create',
	effect: 'writes',
	page: 'https://apidocs.leadsquared.com/post-an-activity-to-lead/',
	contract: 'postActivity',
	output: 'Message',
	batch: bulkPost,
	leftOut: { Score: "known from the vendor's sample of 2016 alone; the score of the type counts" },
	fields: {
		leadBy,
		ActivityEvent: ActivityEvent.required(),
		Fields: fieldsOf(activityFields),
		ActivityNote,
		ActivityDateTime,
		...settings,
	},
	rules: [settingsByLead],
});

/** A lead by its address, and what a new one is called. */
function byEmail() {
	return {
		EmailAddress: email('Email')
			.required()
			.ordered()
			.describe('Address of the lead, which is created where there is none'),
		FirstName: text('First Name').example('Priya').describe('For a new lead'),
		LastName: text('Last Name').example('Sharma').describe('For a new lead'),
		Phone: storedPhone('Phone').example('+91-9000000000').describe('For a new lead, as it is to be stored'),
	};
}

const createWithLead = operation({
	name: 'Create with Lead',
	action: 'Create activity with lead',
	description: 'Find, change or create a lead, and post an activity on it',
	request: 'POST /ProspectActivity.svc/CreateCustom',
	effect: 'writes',
	page: 'https://apidocs.leadsquared.com/create-lead-and-activity/',
	contract: 'createLeadAndActivity',
	output: 'Message',
	oneAtATime: true,
	fields: {
		LeadDetails: leadToMatch,
		Activity: nested({
			ActivityEvent: ActivityEvent.required(),
			Fields: fieldsOf(activityFields),
			ActivityNote,
			ActivityDateTime,
		}),
		ValidateDropDownOptions,
	},
	rules: [hasMatchedField, heedsChoice],
});

const get = operation({
	name: 'Get',
	action: 'Get activity',
	description: 'Retrieve an activity with the fields of its type',
	request: 'GET /ProspectActivity.svc/GetActivityDetails',
	effect: 'reads',
	page: 'https://apidocs.leadsquared.com/get-activity-details/',
	contract: 'getActivity',
	fields: { activityId },
});

/** Pages by their number, which begins at 0; the page's example for long lists has 50 rows. https://apidocs.leadsquared.com/get-activities-of-a-lead/ */
const leadPages: PageStyle = {
	...pagesOf('ProspectActivities', 50, 'Id'),
	ask: (page, size) => ({ Paging: { Offset: String(page - 1), RowCount: String(size) } }),
};

const getAll = operation({
	name: 'Get Many',
	action: 'Get many activities',
	description: 'Retrieve the activities of a lead',
	request: 'POST /ProspectActivity.svc/Retrieve',
	effect: 'reads',
	page: 'https://apidocs.leadsquared.com/get-activities-of-a-lead/',
	contract: 'getActivitiesOfLead',
	many: leadPages,
	simple: [
		'Id',
		'EventCode',
		'EventName',
		'ActivityScore',
		'CreatedOn',
		'ActivityType',
		'Type',
		'SessionId',
		'Data',
		'ActivityFields',
	],
	fields: {
		leadId: lead.required().in('query'),
		ActivityEvent: ActivityEvent.at('Parameter.ActivityEvent'),
		getFileURL: toggle('Include File URLs')
			.in('query')
			.describe('Whether the addresses of uploaded files are returned'),
	},
});

const getByType = operation({
	name: 'Get Many by Type',
	action: 'Get many activities by type',
	description: 'Retrieve the activities of a type that were changed in a span of time, of all leads',
	request: 'POST /ProspectActivity.svc/CustomActivity/RetrieveByActivityEvent',
	effect: 'reads',
	page: 'https://apidocs.leadsquared.com/bulk-retrieve-activities-by-activity-event/',
	contract: 'getActivitiesByType',
	// The most that the endpoint gives, by the text of its error.
	many: pagesOf('List', 1000, 'ProspectActivityId'),
	fields: {
		ActivityEvent: ActivityEvent.required().at('Parameter.ActivityEvent'),
		...span,
		RemoveEmptyValue: toggle('Leave Out Empty Fields')
			.at('Parameter.RemoveEmptyValue')
			.describe('Whether custom fields without a value are left out'),
		Sorting: sorting,
	},
	rules: [spanInOrder, sortedWhole],
});

const inclusion: Choices<number> = [
	{ value: 1, name: 'Include' },
	{ value: 0, name: 'Leave Out' },
];

const getChanged = operation({
	name: 'Get Many Changed',
	action: 'Get many changed activities',
	description: 'Retrieve the activities that were changed in a span of time, of all types',
	request: 'POST /ProspectActivity.svc/RetrieveRecentlyModified',
	effect: 'reads',
	page: 'https://apidocs.leadsquared.com/activity-management/',
	contract: 'getRecentlyModifiedActivities',
	many: pagesOf('ProspectActivities', 100, 'Id'),
	schema: 'ActivityRow',
	unverified:
		'known from integrations alone, and one account is known whose server fails at it; Get Many by Type is documented',
	fields: {
		...span,
		ActivityEvent: ActivityEvent.at('Parameter.ActivityEvent'),
		IncludeCustomFields: choice('Custom Fields', inclusion)
			.at('Parameter.IncludeCustomFields')
			.describe('Whether custom fields are returned'),
	},
	rules: [spanInOrder],
});

const getHistory = operation({
	name: 'Get History',
	action: 'Get history of activities',
	description: 'Retrieve what was changed in fields of activities in a span of time',
	request: 'POST /ProspectActivity.svc/RetrieveActivityChange',
	effect: 'reads',
	page: 'https://apidocs.leadsquared.com/get-activity-change-history/',
	contract: 'getActivityChangeHistory',
	many: pagesOf('Activities', 1000),
	schema: 'ActivityRow',
	fields: {
		historyOf: oneOf(
			'History Of',
			{
				activity: { name: 'An Activity', fields: { ActivityID: activityId.at('Parameter.ActivityID') } },
				types: {
					name: 'Activity Types',
					fields: {
						ActivityEvents: pickSeveral('Activity Type', activityTypes).required().at('Parameter.ActivityEvents'),
					},
				},
				all: { name: 'All Activities', fields: {} },
			},
			'Whose changes are wanted',
		),
		...span,
	},
	rules: [spanInOrder],
});

const search = operation({
	name: 'Search',
	action: 'Search activities',
	description: 'Needs the keys of an administrator. Retrieve the activities that an advanced search finds.',
	request: 'POST /ProspectActivity.svc/Activity/Retrieve/BySearchParameter',
	effect: 'reads',
	page: 'https://apidocs.leadsquared.com/activity-advanced-search/',
	contract: 'advancedSearchActivities',
	many: pagesOf('List', 100, 'ProspectActivityId'),
	schema: 'ActivityRow',
	fields: {
		ActivityEvent: ActivityEvent.required(),
		AdvancedSearch: advancedSearch('ActivityGrid'),
		Columns: columns,
		Sorting: sorting,
	},
	rules: [sortedWhole],
});

const bulkUpdate: BulkEndpoint = {
	request: 'POST /ProspectActivity.svc/Bulk/CustomActivity/Update',
	page: 'https://apidocs.leadsquared.com/bulk-update-activities/',
	contract: 'bulkUpdateActivities',
	size: BULK_SIZE,
	off: 'LeadSquared does not document what it answers about each activity',
	fits: ({ body = {} }) => !Object.keys(settings).some((name) => name in body),
	body: (requests) => requests.map(({ body: { ActivityEvent: _, ...members } = {} }) => members),
	results: updateReceipts,
};

const update = operation({
	name: 'Update',
	action: 'Update activity',
	description: 'Change an activity of your own types. LeadSquared ignores it for opportunities without a word.',
	request: 'POST /ProspectActivity.svc/CustomActivity/Update',
	effect: 'writes',
	page: 'https://apidocs.leadsquared.com/update-activity/',
	contract: 'updateActivity',
	updates: true,
	batch: bulkUpdate,
	fields: {
		ProspectActivityId: activityId.ordered(),
		ActivityEvent: ActivityEvent.required(),
		Fields: fieldsOf(existingActivityFields),
		...{ ActivityNote, ProcessFilesAsync, ValidateDropDownOptions },
	},
	rules: [noOpportunity],
});

/** LeadSquared says "Success" to it, and changes nothing. */
function noOpportunity({ ActivityEvent: code }: { ActivityEvent: string | number }): string | undefined {
	return Number(code) < FIRST_OPPORTUNITY_TYPE
		? undefined
		: `'Activity Type' takes no type of opportunities, and got ${code}. Use Opportunity > Update`;
}

const deleteByType = operation({
	name: 'Delete by Type',
	action: 'Delete activities by type',
	description: 'Delete the activities of some types from a lead for good. LeadSquared does it later.',
	request: 'POST /ProspectActivity.svc/DeleteActivities',
	effect: 'writes',
	page: 'https://apidocs.leadsquared.com/delete-activities/',
	contract: 'deleteActivities',
	output: queued,
	fields: {
		ProspectId: lead.required().ordered(),
		ActivityEventList: pickSeveral('Activity Type', activityTypes).required(),
		FromDate: dateTime('From').describe('Activities before it stay. Sent in UTC.'),
		ToDate: dateTime('To').describe('Activities after it stay. Sent in UTC.'),
		StatusWebhookURL: url('Status Webhook URL')
			.example('https://n8n.example.com/webhook/lsq')
			.describe('Address that LeadSquared tells when it is done'),
	},
	rules: [inOrder(['FromDate', 'From'], ['ToDate', 'To'], ' UTC')],
});

export const activity: Resource = {
	name: 'Activity',
	operations: { create, createWithLead, deleteByType, get, getAll, getByType, getChanged, getHistory, search, update },
};
