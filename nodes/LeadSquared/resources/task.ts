import { isObject, valueAt } from '../../shared/base/json';
import {
	Field,
	alone,
	choice,
	dateTime,
	fixed,
	integer,
	json,
	mapper,
	nested,
	oneOf,
	pick,
	pickByIdOrEmail,
	pickName,
	text,
	time,
	uuid,
	type Choices,
	type Fields,
} from '../../shared/fields';
import type { Lookup } from '../../shared/fields/lookup';
import { deleted, operation, type BulkEndpoint, type Resource } from '../../shared/form/operation';
import { inOrder } from '../../shared/form/rules';
import { taskFields } from '../entities';
import { appointmentTypes, leads, toDoTypes, users } from '../lookups';
import { wholeNumber } from '../rowReceipts';
import { confirmedBy, sameForAll, type Receipt } from '../sharedReceipts';
import { taskSearches } from '../taskSearches';

/** Tasks to create or to move in one request: as many as the page on creation allows. https://apidocs.leadsquared.com/create-tasks-in-bulk/ */
const TASKS_TOGETHER = 50;

/** Tasks to delete in one request. The page allows 5,000, but a lost answer leaves all of them unsure. https://apidocs.leadsquared.com/delete-tasks-in-bulk/ */
const DELETED_TOGETHER = 500;

const notifications: Choices<string> = [
	{ value: '1100', name: 'Email', description: 'The owner gets an email' },
	{ value: '1000', name: 'None' },
];

const reportLeftOut = { StatusWebhookURL: 'the answer tells what became of the items' };

const related = oneOf(
	'Related To',
	{
		none: { name: 'Nothing', fields: { RelatedEntity: fixed(0), RelatedEntityId: fixed('') } },
		lead: {
			name: 'Lead',
			fields: { RelatedEntity: fixed(1), RelatedEntityId: pick('Lead', leads).required().ordered() },
		},
		opportunity: {
			name: 'Opportunity',
			fields: {
				RelatedEntity: fixed(5),
				RelatedEntityId: uuid('Opportunity ID')
					.required()
					.ordered()
					.describe('ID of the opportunity, as its lists and Opportunity > Create put it out'),
			},
		},
	},
	'Record that the task belongs to',
);

const owner = pickByIdOrEmail('Owner', users, { id: 'OwnerId', email: 'OwnerEmailAddress' }).describe(
	'User who is to do the task, from the list, by ID or by email',
);
const name = text('Name').example('Meeting: quotation');
const reminder = integer('Reminder')
	.min(0)
	.default(30)
	.describe('Minutes before the due date at which the owner gets an email');
const taskId = uuid('Task ID')
	.required()
	.ordered()
	.describe('ID of the task, such as UserTaskId or TaskID of a task that was listed');

/**
 * @param example what such a task is called
 * @param when the moments of the task, in the words of its kind
 */
const head = <When extends Fields>(types: Lookup, example: string, when: When) => ({
	Name: name.example(example).required(),
	TaskType: pickName('Task Type', types)
		.required()
		.at('TaskType.Name')
		.describe('Type as it is set up in the LeadSquared account'),
	owner: owner.required(),
	RelatedEntity: related,
	...when,
	typeFields: mapper('Custom Fields', taskFields)
		.at('CustomFields')
		.describe('Custom fields of the task type; documented by LeadSquared for creation in bulk'),
});

const texts = {
	Description: text('Description').rows(4).example('Bring two copies of the quotation'),
	NotifyBy: choice('Notify By', notifications).describe('How LeadSquared reminds the owner'),
};

const tail = {
	...texts,
	Location: text('Location')
		.example('MG Road, Bengaluru')
		.describe('Where the task takes place; documented by LeadSquared for creation in bulk'),
	CustomFields: json('Custom Fields (JSON)')
		.flat()
		.example('{ "mx_Custom_1": "Room 2" }')
		.describe("Custom fields of the task type by schema name, in place of 'Custom Fields'"),
};

/** Both go to the same member of the request. */
const customFieldsOnce = ({ typeFields, CustomFields }: { typeFields?: object; CustomFields?: object }) =>
	typeFields && CustomFields
		? "'Custom Fields' and 'Custom Fields (JSON)' are both given, and only one of them can be sent"
		: undefined;

/** The page ends in the middle of its answer: what is no refusal stands in the queue. */
const queued: Receipt = (response) =>
	valueAt(response, 'Status') === 'Success' && valueAt(response, 'Message.IsSuccessful') !== false
		? { accepted: { requestId: (valueAt(response, 'Message.Id') as string | undefined) ?? null } }
		: undefined;

const createInBulk: BulkEndpoint = {
	request: 'POST /Task.svc/Bulk/Create',
	page: 'https://apidocs.leadsquared.com/create-tasks-in-bulk/',
	contract: 'bulkCreateTasks',
	size: TASKS_TOGETHER,
	off: 'LeadSquared only queues them and gives no task IDs back',
	body: (requests) => ({ TaskList: requests.map(({ body }) => body) }),
	results: sameForAll(queued),
};

const creation = {
	request: 'POST /Task.svc/Create',
	effect: 'writes',
	contract: 'createTask',
	output: 'Message',
	batch: createInBulk,
} as const;

const createAppointment = operation({
	...creation,
	name: 'Create Appointment',
	action: 'Create appointment task',
	description: 'Create a task that has a start and an end, such as a meeting',
	page: 'https://apidocs.leadsquared.com/create-task-appointment/',
	fields: {
		...head(appointmentTypes, 'Meeting: quotation', {
			DueDate: dateTime('Start')
				.open()
				.describe('When the appointment begins; without it LeadSquared takes the current day. Sent in UTC.'),
			EndDate: dateTime('End')
				.formerlyOptional()
				.describe(
					'When the appointment ends; without it LeadSquared takes the duration of the task type. Sent in UTC.',
				),
		}),
		...tail,
		Reminder: reminder,
	},
	rules: [inOrder(['DueDate', 'Start'], ['EndDate', 'End'], ' UTC'), customFieldsOnce],
});

const createToDo = operation({
	...creation,
	name: 'Create To-Do',
	action: 'Create to-do task',
	description: 'Create a task that is due on a day, such as a follow-up call',
	page: 'https://apidocs.leadsquared.com/create-a-to-do/',
	fields: {
		...head(toDoTypes, 'Call back about the quotation', {
			DueDate: dateTime('Due Date')
				.open()
				.describe('When the to-do is due; without it LeadSquared takes the current day. Sent in UTC.'),
		}),
		...tail,
		EndDate: dateTime('End Date').describe('The to-do is pending until then and overdue afterwards. Sent in UTC.'),
		ReminderBeforeDays: integer('Reminder Days Before')
			.min(0)
			.asText()
			.describe('Days before the due date at which the owner is reminded'),
		ReminderTime: time('Reminder Time').describe(
			'Time of day of the reminder. LeadSquared does not say in which zone it reads it.',
		),
	},
	rules: [inOrder(['DueDate', 'Due Date'], ['EndDate', 'End Date'], ' UTC'), customFieldsOnce],
});

/** The page of the update knows leads and nothing else that a task may belong to; cleared, the task belongs to nothing. */
const { spec: leadSpec } = pick('Lead', leads).describe('Lead that the task belongs to');
const relatedLead = new Field<string | number>({
	...leadSpec,
	wire: { type: 'object', properties: { RelatedEntity: { type: 'integer' }, RelatedEntityId: leadSpec.wire } },
	write: (id) => [
		['RelatedEntity', id === null ? 0 : 1],
		['RelatedEntityId', id ?? ''],
	],
}).clearable();

const update = operation({
	name: 'Update',
	action: 'Update task',
	description: 'Change the given fields of a task. LeadSquared changes no status, end or type this way.',
	request: 'POST /Task.svc/Update',
	effect: 'idempotent',
	updates: true,
	page: 'https://apidocs.leadsquared.com/update-task/',
	contract: 'updateTask',
	output: 'Message',
	remark: ({ AffectedRows }) => (AffectedRows === 0 ? 'LeadSquared says that it changed no task' : undefined),
	fields: {
		UserTaskId: taskId,
		...texts,
		Name: name,
		owner,
		lead: relatedLead,
		DueDate: dateTime('Due Date').describe('When a to-do is due or an appointment starts. Sent in UTC.'),
		Reminder: reminder,
	},
});

const complete = operation({
	name: 'Mark as Complete',
	action: 'Mark task as complete',
	description: 'Mark a task as complete. It cannot be opened again.',
	request: 'GET /Task.svc/MarkComplete',
	effect: 'writes',
	page: 'https://apidocs.leadsquared.com/task-management/',
	contract: 'markTaskComplete',
	unverified: 'known from public code of integrations, and on no page of LeadSquared',
	fields: { id: taskId },
});

/** The request for one task, whose list takes several; `member` is that list. */
const together = (
	endpoint: Pick<BulkEndpoint, 'request' | 'page' | 'contract'>,
	size: number,
	member: string,
	receipt: Receipt,
): BulkEndpoint => ({
	...endpoint,
	size,
	body: (requests) => ({ [member]: requests.flatMap(({ body }) => body![member] as unknown[]) }),
	results: sameForAll(receipt),
});

const receiptOfMoving: Receipt = (response) => {
	const message = valueAt(response, 'Message');
	return isObject(message) && message.IsSuccessful === true ? { record: message } : undefined;
};

const moving = {
	request: 'POST /Task.svc/BulkUpdateAppointmentTime',
	page: 'https://apidocs.leadsquared.com/bulk-update-appointment-timings/',
	contract: 'bulkUpdateAppointmentTimes',
} as const;

const move = operation({
	...moving,
	name: 'Move Appointment',
	action: 'Move appointment task',
	description: 'Give an appointment a new start and end',
	effect: 'idempotent',
	output: 'Message',
	run: confirmedBy(receiptOfMoving),
	batch: together(moving, TASKS_TOGETHER, 'TaskList', receiptOfMoving),
	fields: {
		'TaskList[]': nested({
			UserTaskId: taskId,
			FromDate: dateTime('Start').required().describe('When the appointment begins from now on. Sent in UTC.'),
			ToDate: dateTime('End').required().describe('When the appointment ends from now on. Sent in UTC.'),
		}),
	},
	rules: [inOrder(['FromDate', 'Start'], ['ToDate', 'End'], ' UTC')],
	leftOut: reportLeftOut,
});

/** The page calls the request asynchronous, and yet shows how many were deleted: an answer without that number tells of a beginning. */
const isCounted = (response: unknown) => valueAt(response, 'DeletedTasksCount') !== undefined;
const receiptOfDeleting: Receipt = (response, count) => {
	if (!isCounted(response)) return valueAt(response, 'Status') === 'Success' ? { accepted: {} } : undefined;
	return wholeNumber(valueAt(response, 'DeletedTasksCount')) === count ? { record: { deleted: true } } : undefined;
};

const deleting = {
	request: 'POST /Task.svc/DeleteTasks',
	page: 'https://apidocs.leadsquared.com/delete-tasks-in-bulk/',
	contract: 'deleteTasks',
} as const;

const remove = operation({
	...deleting,
	name: 'Delete',
	action: 'Delete task',
	description: 'Delete a task permanently',
	effect: 'writes',
	output: deleted,
	run: confirmedBy(receiptOfDeleting),
	batch: together(deleting, DELETED_TOGETHER, 'TaskIds', receiptOfDeleting),
	remark: (_record, response) =>
		isCounted(response) ? undefined : 'LeadSquared has accepted the deletion, and does not say whether it is done',
	fields: { TaskIds: alone(taskId) },
	leftOut: reportLeftOut,
});

export const task: Resource = {
	name: 'Task',
	operations: { ...taskSearches, complete, createAppointment, createToDo, delete: remove, move, update },
};
