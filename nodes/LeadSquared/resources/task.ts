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

/**
 * Tasks to create or move per request: the limit from the page about creation.
 * https://apidocs.leadsquared.com/create-tasks-in-bulk/
 */
const TASKS_TOGETHER = 50;

/**
 * Tasks to delete per request. The page allows 5,000, but without a response all of them are in doubt.
 * https://apidocs.leadsquared.com/delete-tasks-in-bulk/
 */
const DELETED_TOGETHER = 500;

const notifications: Choices<string> = [
	{ value: '1100', name: 'Email', description: 'LeadSquared sends the owner an email' },
	{ value: '1000', name: 'None' },
];

const reportLeftOut = { StatusWebhookURL: 'the response has the results of the items' };

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
					.describe('ID of the opportunity, as Opportunity > Create and Opportunity > Get Many return it'),
			},
		},
	},
	'Record of the task',
);

const owner = pickByIdOrEmail('Owner', users, { id: 'OwnerId', email: 'OwnerEmailAddress' }).describe(
	'User who does the task, from the list, by ID or by email',
);
const name = text('Name').example('Meeting: quotation');
const reminder = integer('Reminder')
	.min(0)
	.default(30)
	.describe('Number of minutes before the due date when the owner gets an email');
const taskId = uuid('Task ID')
	.required()
	.ordered()
	.describe('ID of the task. Operations that list tasks return it as UserTaskId or TaskID.');

/**
 * Returns the first fields of a form that creates a task.
 *
 * @param types lookup of the task types
 * @param example example of a task name
 * @param when fields for the dates and times of the task
 */
const head = <When extends Fields>(types: Lookup, example: string, when: When) => ({
	Name: name.example(example).required(),
	TaskType: pickName('Task Type', types)
		.required()
		.at('TaskType.Name')
		.describe('Task type of your LeadSquared account'),
	owner: owner.required(),
	RelatedEntity: related,
	...when,
	typeFields: mapper('Custom Fields', taskFields)
		.at('CustomFields')
		.describe('Custom fields of the task type. LeadSquared documents them for the bulk request.'),
});

const texts = {
	Description: text('Description').rows(4).example('Bring two copies of the quotation'),
	NotifyBy: choice('Notify By', notifications).describe('How LeadSquared reminds the owner'),
};

const tail = {
	...texts,
	Location: text('Location')
		.example('MG Road, Bengaluru')
		.describe('Location of the task. LeadSquared documents it for the bulk request.'),
	CustomFields: json('Custom Fields (JSON)')
		.flat()
		.example('{ "mx_Custom_1": "Room 2" }')
		.describe("Custom fields of the task type by schema name. Use it instead of 'Custom Fields'."),
};

/** A rule: both fields use the same property of the request. */
const customFieldsOnce = ({ typeFields, CustomFields }: { typeFields?: object; CustomFields?: object }) =>
	typeFields && CustomFields
		? "'Custom Fields' and 'Custom Fields (JSON)' must not be set together. Remove one of them"
		: undefined;

/**
 * LeadSquared's page cuts off the example response. A response that is not a refusal means that the tasks are queued.
 */
const queued: Receipt = (response) =>
	valueAt(response, 'Status') === 'Success' && valueAt(response, 'Message.IsSuccessful') !== false
		? { accepted: { requestId: (valueAt(response, 'Message.Id') as string | undefined) ?? null } }
		: undefined;

const createInBulk: BulkEndpoint = {
	request: 'POST /Task.svc/Bulk/Create',
	page: 'https://apidocs.leadsquared.com/create-tasks-in-bulk/',
	contract: 'bulkCreateTasks',
	size: TASKS_TOGETHER,
	off: 'LeadSquared only queues the tasks and returns no task IDs',
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
	description: 'Create a task with a start and an end, such as a meeting',
	page: 'https://apidocs.leadsquared.com/create-task-appointment/',
	fields: {
		...head(appointmentTypes, 'Meeting: quotation', {
			DueDate: dateTime('Start')
				.open()
				.describe("Start time, in the workflow's time zone. Without it, LeadSquared uses the current day."),
			EndDate: dateTime('End')
				.formerlyOptional()
				.describe("End time, in the workflow's time zone. Without it, LeadSquared uses the duration of the task type."),
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
	description: 'Create a task with a due date, such as a follow-up call',
	page: 'https://apidocs.leadsquared.com/create-a-to-do/',
	fields: {
		...head(toDoTypes, 'Call back about the quotation', {
			DueDate: dateTime('Due Date')
				.open()
				.describe("Due date and time, in the workflow's time zone. Without it, LeadSquared uses the current day."),
		}),
		...tail,
		EndDate: dateTime('End Date').describe(
			"The to-do is pending until this time and overdue after it. In the workflow's time zone.",
		),
		ReminderBeforeDays: integer('Reminder Days Before')
			.min(0)
			.asText()
			.describe('Number of days before the due date when LeadSquared reminds the owner'),
		ReminderTime: time('Reminder Time').describe(
			'Time of day of the reminder. LeadSquared does not document its time zone.',
		),
	},
	rules: [inOrder(['DueDate', 'Due Date'], ['EndDate', 'End Date'], ' UTC'), customFieldsOnce],
});

/**
 * The page about the update documents only leads as the record of a task. A cleared field removes the task from its
 * lead.
 */
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
	description: 'Update fields of a task. LeadSquared does not update its status, end or type.',
	request: 'POST /Task.svc/Update',
	effect: 'idempotent',
	updates: true,
	page: 'https://apidocs.leadsquared.com/update-task/',
	contract: 'updateTask',
	output: 'Message',
	remark: ({ AffectedRows }) => (AffectedRows === 0 ? 'LeadSquared reports that it changed no task' : undefined),
	fields: {
		UserTaskId: taskId,
		...texts,
		Name: name,
		owner,
		lead: relatedLead,
		DueDate: dateTime('Due Date').describe(
			"Due time of a to-do, or start time of an appointment, in the workflow's time zone",
		),
		Reminder: reminder,
	},
});

const complete = operation({
	name: 'Mark as Complete',
	action: 'Mark task as complete',
	description: 'Mark a task as complete. You cannot reopen it.',
	request: 'GET /Task.svc/MarkComplete',
	effect: 'writes',
	page: 'https://apidocs.leadsquared.com/task-management/',
	contract: 'markTaskComplete',
	unverified: 'found in public integrations, not documented by LeadSquared',
	fields: { id: taskId },
});

/**
 * Returns the bulk endpoint of a request whose body holds a list of tasks.
 *
 * @param list property of the body that holds the list
 */
const together = (
	endpoint: Pick<BulkEndpoint, 'request' | 'page' | 'contract'>,
	size: number,
	list: string,
	receipt: Receipt,
): BulkEndpoint => ({
	...endpoint,
	size,
	body: (requests) => ({ [list]: requests.flatMap(({ body }) => body![list] as unknown[]) }),
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
	description: 'Change the start and end of an appointment',
	effect: 'idempotent',
	output: 'Message',
	run: confirmedBy(receiptOfMoving),
	batch: together(moving, TASKS_TOGETHER, 'TaskList', receiptOfMoving),
	fields: {
		'TaskList[]': nested({
			UserTaskId: taskId,
			FromDate: dateTime('Start').required().describe("New start time, in the workflow's time zone"),
			ToDate: dateTime('End').required().describe("New end time, in the workflow's time zone"),
		}),
	},
	rules: [inOrder(['FromDate', 'Start'], ['ToDate', 'End'], ' UTC')],
	leftOut: reportLeftOut,
});

/**
 * The page calls the request asynchronous, but its response has the number of deleted tasks. A response without this
 * number means that LeadSquared only accepted the request.
 */
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
		isCounted(response) ? undefined : 'LeadSquared accepted the deletion and does not report whether it is complete',
	fields: { TaskIds: alone(taskId) },
	leftOut: reportLeftOut,
});

export const task: Resource = {
	name: 'Task',
	operations: { ...taskSearches, complete, createAppointment, createToDo, delete: remove, move, update },
};
