import {
	dateTime,
	email,
	mapper,
	nested,
	oneOf,
	pickSeveral,
	text,
	toggle,
	url,
	type EntityFields,
} from '../../shared/fields';
import { queued, operation, type BulkEndpoint, type Resource } from '../../shared/form/operation';
import { inOrder } from '../../shared/form/rules';
import { requestBody } from '../../shared/http/apiRequest';
import { activityFields, existingActivityFields } from '../entities';
import { storedPhone } from '../leadByPhone';
import { hasMatchedField, heedsChoice, leadToMatch } from '../leadToMatch';
import { activityTypes } from '../lookups';
import { postReceipts, updateReceipts } from '../receipts';
import { FIRST_OPPORTUNITY_TYPE } from '../vendor';
import { ActivityEvent, activityId, lead, readOperations } from './activityReads';

/** Largest number of activities per bulk request. https://apidocs.leadsquared.com/post-bulk-activities-on-leads/ */
const BULK_SIZE = 25;

const fieldsOf = (entity: EntityFields) =>
	mapper('Activity Fields', entity)
		.pairs({ name: 'SchemaName', of: 'ActivityField' })
		.describe('Status, owner and custom fields of the activity type');
const ActivityNote = text('Note').rows(4).example('Asked for a visit next week');
const ActivityDateTime = dateTime('Date and Time').describe(
	"Time of the activity, in the workflow's time zone. Without it, the current time.",
);
const ProcessFilesAsync = toggle('Process Files Later')
	.aside()
	.describe('Whether LeadSquared stores files among the fields after it responds');
const ValidateDropDownOptions = toggle('Skip Drop-Down Validation')
	.aside()
	.describe('Whether to accept values outside the drop-down. In LeadSquared, ValidateDropDownOptions skips the check.');

/** Settings that the bulk request and the request by email do not have. */
const settings = {
	ProcessFilesAsync: ProcessFilesAsync.describe(
		'Whether LeadSquared stores files among the fields after it responds. For a lead by list or ID.',
	),
	ValidateDropDownOptions,
	IncludeLeadScore: toggle('Include Lead Score').describe(
		'Whether the response has the new score of the lead. For a lead by list or ID.',
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
	'How to identify the lead. By email, LeadSquared creates a lead that does not exist.',
);
type Settings = Readonly<Record<keyof typeof settings, unknown> & { leadBy: string }>;

/**
 * A rule: the page about activities by email does not have these settings.
 * https://apidocs.leadsquared.com/post-activity-with-lead-email-address/
 */
function settingsByLead({ leadBy: way, ...given }: Settings): string | undefined {
	const name =
		way === 'email'
			? (Object.keys(settings) as Array<keyof typeof settings>).find((key) => given[key] !== undefined)
			: undefined;
	return (
		name &&
		`'${settings[name].spec.label}' must be empty when 'Lead By' is Email. Remove it, or choose the lead by list or ID`
	);
}

const create = operation({
	name: 'Create',
	action: 'Create activity',
	description: 'Add an activity to a lead. Running it again adds a second activity.',
	request: 'POST /ProspectActivity.svc/Create',
	effect: 'writes',
	page: 'https://apidocs.leadsquared.com/post-an-activity-to-lead/',
	contract: 'postActivity',
	output: 'Message',
	batch: bulkPost,
	leftOut: { Score: "found only in the vendor's sample of 2016; LeadSquared uses the score of the type" },
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

/** Returns the fields for a lead by email, with the name and phone number of a new lead. */
function byEmail() {
	return {
		EmailAddress: email('Email')
			.required()
			.ordered()
			.describe('Email address of the lead. LeadSquared creates the lead if it does not exist.'),
		FirstName: text('First Name').example('Priya').describe('First name of a new lead'),
		LastName: text('Last Name').example('Sharma').describe('Last name of a new lead'),
		Phone: storedPhone('Phone').example('+91-9000000000').describe('Phone number of a new lead, in the form to store'),
	};
}

const createWithLead = operation({
	name: 'Create with Lead',
	action: 'Create activity with lead',
	description: 'Update or create a lead, and add an activity to it',
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

const bulkUpdate: BulkEndpoint = {
	request: 'POST /ProspectActivity.svc/Bulk/CustomActivity/Update',
	page: 'https://apidocs.leadsquared.com/bulk-update-activities/',
	contract: 'bulkUpdateActivities',
	size: BULK_SIZE,
	off: 'LeadSquared does not document the results of each activity',
	fits: ({ body = {} }) => !Object.keys(settings).some((name) => name in body),
	body: (requests) => requests.map(({ body: { ActivityEvent: _, ...members } = {} }) => members),
	results: updateReceipts,
};

const update = operation({
	name: 'Update',
	action: 'Update activity',
	description: 'Update an activity of a custom type. LeadSquared silently ignores the update of an opportunity.',
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

/** A rule: LeadSquared reports "Success" for an opportunity type but changes nothing. */
function noOpportunity({ ActivityEvent: code }: { ActivityEvent: string | number }): string | undefined {
	return Number(code) < FIRST_OPPORTUNITY_TYPE
		? undefined
		: `'Activity Type' must not be an opportunity type, but is ${code}. Use Opportunity > Update`;
}

const deleteByType = operation({
	name: 'Delete by Type',
	action: 'Delete activities by type',
	description: 'Delete the activities of some types from a lead permanently. LeadSquared deletes them later.',
	request: 'POST /ProspectActivity.svc/DeleteActivities',
	effect: 'writes',
	page: 'https://apidocs.leadsquared.com/delete-activities/',
	contract: 'deleteActivities',
	output: queued,
	fields: {
		ProspectId: lead.required().ordered(),
		ActivityEventList: pickSeveral('Activity Type', activityTypes).required(),
		FromDate: dateTime('From').describe("Earliest time of the activities to delete, in the workflow's time zone"),
		ToDate: dateTime('To').describe("Latest time of the activities to delete, in the workflow's time zone"),
		StatusWebhookURL: url('Status Webhook URL')
			.example('https://n8n.example.com/webhook/lsq')
			.describe('URL that LeadSquared notifies when the deletion is complete'),
	},
	rules: [inOrder(['FromDate', 'From'], ['ToDate', 'To'], ' UTC')],
});

export const activity: Resource = {
	name: 'Activity',
	operations: { create, createWithLead, deleteByType, update, ...readOperations },
};
