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

/** The fields that workflows use. A task has seventeen. */
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
const type = choice('Type', types).describe('Kind of work, such as a call or a meeting');
const dueDate = dayAndTime('Due Date', { day: 'due_date', time: 'due_time' }).describe(
	"Day in the workflow's time zone. If an expression includes a time, it becomes the Due Time unless you set one.",
);
const dueTime = time('Due Time').describe("Time of day in the workflow's time zone");
const details = {
	description: text('Description').rows(4).example('Ask whether the price suits her').clearable(),
	priority: priority.describe('How urgent the task is. The default in Syncro Chat is medium.'),
	due_time: dueTime.clearable(),
	lead_id: pick('Lead', leads).clearable().describe('Lead that the task belongs to (optional)'),
	assigned_to: pick('Assignee', users).clearable().describe('User assigned to the task'),
	notes: text('Notes').rows(4).example('Prefers to be called in the morning').clearable(),
};

/** Returns a hint if 'Due Time' overrides the time that came with 'Due Date'. */
function unusedTime(
	_record: unknown,
	_response: unknown,
	{ due_date, due_time }: Readonly<Record<string, unknown>>,
): string | undefined {
	const { time: givenTime } = (due_date ?? {}) as Partial<DayAndTime>;
	if (givenTime === undefined || due_time === undefined || due_time === givenTime) return undefined;
	return `'Due Time' was ${due_time === null ? 'cleared' : 'set'}, so the time in 'Due Date' (${givenTime}) was not used`;
}

const create = operation({
	name: 'Create',
	action: 'Create task',
	description: 'Create a task, optionally linked to a lead',
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
	description: 'Change the given fields of a task. The other fields keep their values.',
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
	description:
		'Switch a task between pending and completed. Running it twice undoes it; use Complete or Reopen instead.',
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
	description: 'Mark a task as completed. Running it again is safe.',
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
	description: 'Mark a task as pending again. Running it again is safe.',
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
