import { choice, choices, date, dayAndTime, fixed, pick, text, time, type DayAndTime } from '../../shared/fields';
import { deleted, operation, type Resource } from '../../shared/form/operation';
import { inOrder } from '../../shared/form/rules';
import { leads, tasks, users } from '../lookups';
import { pages } from '../vendor';

const page = 'https://docs.syncro.chat/pt-BR/tasks';

const types = choices({
	call: 'Call',
	email: 'Email',
	meeting: 'Meeting',
	task: 'Task',
	visit: 'Visit',
	whatsapp: 'WhatsApp',
});
const priority = choice('Priority', choices({ low: 'Low', medium: 'Medium', high: 'High' })).default('medium');
const status = choice('Status', choices({ pending: 'Pending', completed: 'Completed' })).default('pending');

/** A task has seventeen members; these are the ones workflows use. */
const simple = [
	'id',
	'subject',
	'type',
	'status',
	'priority',
	'due_date',
	'due_time',
	'lead_id',
	'assigned_to',
	'completed_at',
];

const id = pick('Task', tasks).required();
const subject = text('Subject').example('Call Ana about the proposal');
const type = choice('Type', types).describe('Kind of work that the task stands for');
const dueDate = dayAndTime('Due Date', { day: 'due_date', time: 'due_time' }).describe(
	"Day in the workflow's time zone. A moment from an expression is cut to that day, and its time goes to 'Due Time' where that is left empty.",
);
const dueTime = time('Due Time').describe("Time of day in the workflow's time zone");
const details = {
	description: text('Description').rows(4).example('Ask whether the price suits her').clearable(),
	priority: priority.describe('How urgent the task is; Syncro Chat takes medium without it'),
	due_time: dueTime.clearable(),
	lead_id: pick('Lead', leads).clearable().describe('Lead that the task belongs to; a task can do without'),
	assigned_to: pick('Assignee', users).clearable().describe('User who is to do the task'),
	notes: text('Notes').rows(4).example('Prefers to be called in the morning').clearable(),
};

/** What became of a moment's time that 'Due Time' leaves no place for. */
function unusedTime(
	_record: unknown,
	_answer: unknown,
	{ due_date, due_time }: Readonly<Record<string, unknown>>,
): string | undefined {
	const { time: brought } = (due_date ?? {}) as Partial<DayAndTime>;
	if (brought === undefined || due_time === undefined || due_time === brought) return undefined;
	return `'Due Time' was ${due_time === null ? 'cleared' : 'given'}, so that the time of 'Due Date' (${brought}) was not used`;
}

const create = operation({
	name: 'Create',
	action: 'Create task',
	description: 'Create a task, on its own or linked to a lead',
	request: 'POST /tasks',
	effect: 'writes',
	page,
	contract: 'createTask',
	output: 'task',
	simple,
	remark: unusedTime,
	fields: { subject: subject.required(), type: type.required(), due_date: dueDate.required(), ...details },
});

const get = operation({
	name: 'Get',
	action: 'Get task',
	description: 'Retrieve a task by its ID',
	request: 'GET /tasks/{id}',
	effect: 'reads',
	page,
	contract: 'getTask',
	output: 'task',
	simple,
	fields: { id },
});

const getAll = operation({
	name: 'Get Many',
	action: 'Get many tasks',
	description: 'Retrieve a list of tasks',
	request: 'GET /tasks',
	effect: 'reads',
	page,
	contract: 'listTasks',
	many: pages,
	simple,
	fields: {
		lead_id: pick('Lead', leads).describe('Only tasks of this lead'),
		assigned_to: pick('Assignee', users).describe('Only tasks of this user'),
		status: status.describe('Only tasks with this status'),
		type: type.describe('Only tasks of this type'),
		priority: priority.describe('Only tasks of this priority'),
		due_from: date('Due From').describe('Earliest due day'),
		due_to: date('Due To').describe('Latest due day'),
	},
	rules: [inOrder(['due_from', 'Due From'], ['due_to', 'Due To'])],
});

const update = operation({
	name: 'Update',
	action: 'Update task',
	description: 'Change the given fields of a task and leave the others as they are',
	request: 'PUT /tasks/{id}',
	effect: 'idempotent',
	updates: true,
	page,
	contract: 'updateTask',
	output: 'task',
	simple,
	remark: unusedTime,
	fields: { id, subject, type, status: status.describe('Whether the task is done'), due_date: dueDate, ...details },
});

const remove = operation({
	name: 'Delete',
	action: 'Delete task',
	description: 'Delete a task permanently',
	request: 'DELETE /tasks/{id}',
	effect: 'writes',
	page,
	contract: 'deleteTask',
	output: deleted,
	fields: { id },
});

const toggle = operation({
	name: 'Toggle',
	action: 'Toggle task',
	description: 'Running it again undoes it; Complete and Reopen are sure. Switch a task between pending and completed.',
	request: 'PATCH /tasks/{id}/toggle',
	effect: 'writes',
	page,
	contract: 'toggleTask',
	output: 'task',
	simple,
	fields: { id },
});

const complete = operation({
	name: 'Complete',
	action: 'Complete task',
	description: 'Mark a task as completed; safe to repeat',
	request: 'PUT /tasks/{id}',
	effect: 'idempotent',
	page,
	contract: 'updateTask',
	output: 'task',
	simple,
	shortcutOf: 'update',
	fields: { id, status: fixed('completed') },
});

const reopen = operation({
	name: 'Reopen',
	action: 'Reopen task',
	description: 'Mark a task as pending again; safe to repeat',
	request: 'PUT /tasks/{id}',
	effect: 'idempotent',
	page,
	contract: 'updateTask',
	output: 'task',
	simple,
	shortcutOf: 'update',
	fields: { id, status: fixed('pending') },
});

export const task: Resource = {
	name: 'Task',
	operations: { complete, create, delete: remove, get, getAll, reopen, toggle, update },
};
