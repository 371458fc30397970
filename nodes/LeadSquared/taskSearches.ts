import {
	Field,
	alone,
	choice,
	date,
	dateTime,
	email,
	fixed,
	integer,
	list,
	nested,
	pick,
	pickByIdOrEmail,
	toggle,
	uuid,
	type Choices,
} from '../shared/fields';
import { listed, operation, type Operation } from '../shared/form/operation';
import { inOrder, withinDays } from '../shared/form/rules';
import { leads, taskTypes, users } from './lookups';
import { userConditions } from './userConditions';
import { pagesOf, taskPages } from './pages';

/**
 * Largest number of days and users per request for appointments, to-dos or slots.
 * https://apidocs.leadsquared.com/get-appointments-by-email-address/
 */
const MOST_DAYS = 100;
const PAGE = 100;

/** A task has about 30 fields. Workflows use these. */
const simple = [
	'UserTaskId',
	'Name',
	'Category',
	'DueDate',
	'EndDate',
	'StatusCode',
	'OwnerName',
	'RelatedEntityId',
	'RelatedEntityIdName',
	'CompletedOn',
];
/** The tasks of a record have other field names. */
const simpleOfRecord = [
	'TaskID',
	'Name',
	'Description',
	'DueDate',
	'CreatedOn',
	'OwnerID',
	'OwnerName',
	'Status',
	'Reminder',
];

/** https://apidocs.leadsquared.com/retrieve-tasks/ */
const statuses: Choices<number> = [
	{ value: 0, name: 'Open' },
	{ value: 1, name: 'Completed' },
];

/**
 * LeadSquared requires the name of the field together with its value. https://apidocs.leadsquared.com/retrieve-tasks/
 */
const { spec: ownerSpec } = pickByIdOrEmail('Owner', users, { id: 'OwnerId', email: 'OwnerEmailAddress' });
const owner = new Field({
	...ownerSpec,
	wire: {
		type: 'object',
		properties: {
			LookupName: { type: 'string', enum: ['OwnerId', 'OwnerEmailAddress'] },
			LookupValue: { type: 'string' },
		},
		required: ['LookupName', 'LookupValue'],
	},
	write: (value) =>
		ownerSpec.write!(value).flatMap(([name, sent]) => [['LookupName', name] as const, ['LookupValue', sent] as const]),
});

const period = {
	FromDate: dateTime('From Date').describe(
		'Start of the period. LeadSquared does not document which date of a task it compares.',
	),
	ToDate: dateTime('To Date').describe(
		'End of the period. LeadSquared does not document which date of a task it compares.',
	),
};

const getAll = operation({
	name: 'Get Many',
	action: 'Get many tasks',
	description: 'Retrieve the tasks of one owner',
	request: 'POST /Task.svc/Retrieve',
	effect: 'reads',
	page: 'https://apidocs.leadsquared.com/retrieve-tasks/',
	contract: 'getTasksByOwner',
	many: taskPages,
	simple,
	fields: {
		Parameter: nested({
			owner: owner.required().describe('User who owns the tasks. LeadSquared cannot list the tasks of all users.'),
			...period,
			StatusCode: choice('Status', statuses).default(0).describe('Whether to return open or completed tasks'),
			TypeName: pick('Task Type', taskTypes).describe('Type of the tasks, from the list or by ID'),
		}),
	},
	rules: [inOrder(['FromDate', 'From Date'], ['ToDate', 'To Date'], ' UTC')],
	leftOut: { Columns: 'Simplify returns the most useful fields', Sorting: "use n8n's Sort node instead" },
});

const getByLead = operation({
	name: 'Get by Lead',
	action: 'Get tasks by lead',
	description: 'Retrieve the tasks of a lead',
	request: 'GET /LeadManagement.svc/RetrieveTaskByLeadId',
	effect: 'reads',
	page: 'https://apidocs.leadsquared.com/retrieve-tasks-by-leadid/',
	contract: 'getTasksByLead',
	output: 'TaskList',
	simple: simpleOfRecord,
	fields: { leadId: pick('Lead', leads).required().describe('Lead of the tasks') },
});

const getByOpportunity = operation({
	name: 'Get by Opportunity',
	action: 'Get tasks by opportunity',
	description: 'Retrieve the tasks of an opportunity, without the task types that the user of the keys may not see',
	request: 'GET /OpportunityManagement.svc/RetrieveTasksByOpportunityId',
	effect: 'reads',
	page: 'https://apidocs.leadsquared.com/retrieve-tasks-by-opportunity-id/',
	contract: 'getTasksByOpportunity',
	output: 'List',
	simple: simpleOfRecord,
	fields: {
		opportunityId: uuid('Opportunity ID').required().describe('ID of the opportunity of the tasks'),
	},
});

const days = {
	FromDate: date('From Date')
		.required()
		.describe("First day. If you enter a date and time, the node uses its day in the workflow's time zone."),
	ToDate: date('To Date').required().describe(`Last day, at most ${MOST_DAYS} days after the first`),
};
const inDays = {
	rules: [
		inOrder(['FromDate', 'From Date'], ['ToDate', 'To Date']),
		withinDays(MOST_DAYS, ['FromDate', 'From Date'], ['ToDate', 'To Date']),
	],
};
const userEmails = list('User Emails', email('Email'))
	.required()
	.example('ana@example.com, rui@example.com')
	.describe('Comma-separated email addresses of the users');

const getAppointments = operation({
	name: 'Get Appointments',
	action: 'Get appointment tasks',
	description: 'Retrieve the appointments of users between two days',
	request: 'POST /Task.svc/RetrieveAppointments/ByUserEmailAddress',
	effect: 'reads',
	page: 'https://apidocs.leadsquared.com/get-appointments-by-email-address/',
	contract: 'getAppointmentsByUserEmail',
	many: pagesOf('List', PAGE, 'UserTaskId'),
	simple,
	fields: { Users: userEmails, ...days },
	...inDays,
});

const getToDos = operation({
	name: 'Get To-Dos',
	action: 'Get to-do tasks',
	description: 'Retrieve the to-dos of a user between two days',
	request: 'POST /Task.svc/RetrieveToDos/ByUserId',
	effect: 'reads',
	page: 'https://apidocs.leadsquared.com/get-to-dos-by-user-id/',
	contract: 'getToDosByUserId',
	many: pagesOf('List', PAGE, 'UserTaskId'),
	simple,
	fields: {
		Users: alone(pick('User', users).required().describe('User who owns the to-dos. Each item can name one user.')),
		...days,
	},
	...inDays,
});

/** LeadSquared does not document whether a page of slots counts days or users. One page holds the largest period. */
const ofSlots = {
	...days,
	IncludeAllowedConflictSlots: toggle('Include Allowed Conflicts').describe(
		'Whether to include slots that overlap with tasks of types that allow conflicts',
	),
	Paging: nested({
		PageIndex: integer('Page').min(1).default(1).describe(`Page to retrieve. One page is enough for ${PAGE} users.`),
		PageSize: fixed(PAGE),
	}),
};

const getSlots = operation({
	name: 'Get Free Slots',
	action: 'Get free slots of users',
	description: 'Retrieve the free and busy slots of users for each day, by their email addresses',
	request: 'POST /Task.svc/RetrieveAvailableSlots/ByUserEmailAddress',
	effect: 'reads',
	page: 'https://apidocs.leadsquared.com/get-available-slots-of-users-by-user-email-address/',
	contract: 'getAvailableSlotsByUserEmail',
	output: 'List',
	fields: { Users: userEmails, ...ofSlots },
	...inDays,
});

const getSlotsByCriteria = operation({
	name: 'Get Free Slots by Criteria',
	action: 'Get free slots of users by criteria',
	description: 'Retrieve the free and busy slots of the users who meet conditions, for each day',
	request: 'POST /Task.svc/RetrieveAvailableSlots/ByUserSearchCriteria',
	effect: 'reads',
	page: 'https://apidocs.leadsquared.com/get-available-slots-of-users-by-user-search-criteria/',
	contract: 'getAvailableSlotsByCriteria',
	output: 'List',
	fields: { UserSearchCriteria: nested({ GroupConditions: userConditions.required() }), ...ofSlots },
	...inDays,
	leftOut: { 'UserSearchCriteria.GroupConditions[].GroupConditions': 'the node sends the conditions as one group' },
});

const getTypes = operation({
	name: 'Get Types',
	action: 'Get task types',
	description: 'Retrieve the task types with their fields',
	request: 'GET /Task.svc/RetrieveTaskType',
	effect: 'reads',
	page: 'https://apidocs.leadsquared.com/get-list-of-task-types-2/',
	contract: 'getTaskTypes',
	output: listed,
	fields: {},
	leftOut: {
		ColumnName: "LeadSquared's pages contradict each other about its values; use n8n's Filter node instead",
		ColumnValue: 'needs ColumnName',
	},
});

/** Operations of the resource Task that read. */
export const taskSearches: Readonly<Record<string, Operation>> = {
	getAll,
	getAppointments,
	getByLead,
	getByOpportunity,
	getSlots,
	getSlotsByCriteria,
	getToDos,
	getTypes,
};
