import { choice, dateTime, fixed, integer, json, oneOf, pick, pickByIdOrEmail, pickName, text, time, uuid, type Choices } from '../../shared/fields';
import type { Lookup } from '../../shared/fields/lookup';
import { operation, type Resource } from '../../shared/form/operation';
import { inOrder } from '../../shared/form/rules';
import { appointmentTypes, leads, toDoTypes, users } from '../lookups';

const notifications: Choices<string> = [
	{ value: '1100', name: 'Email the Owner' },
	{ value: '1000', name: 'None' },
];

const related = oneOf(
	'Related To',
	{
		none: { name: 'Nothing', fields: { RelatedEntity: fixed(0), RelatedEntityId: fixed('') } },
		lead: { name: 'Lead', fields: { RelatedEntity: fixed(1), RelatedEntityId: pick('Lead', leads).required().ordered() } },
		opportunity: {
			name: 'Opportunity',
			fields: { RelatedEntity: fixed(5), RelatedEntityId: uuid('Opportunity ID').required().ordered() },
		},
	},
	'Record that the task belongs to',
);

const head = (types: Lookup) => ({
	Name: text('Name').required().example('Meeting: quotation'),
	TaskType: pickName('Task Type', types).required().at('TaskType.Name').describe('Type as it is set up in the LeadSquared account'),
	owner: pickByIdOrEmail('Owner', users, { id: 'OwnerId', email: 'OwnerEmailAddress' }).required(),
	RelatedEntity: related,
	DueDate: dateTime('Due Date').open().describe('Without it LeadSquared takes the current day. Sent in UTC.'),
});

const tail = {
	EndDate: dateTime('End Date').describe(
		'The task is pending until then and overdue afterwards. Without it LeadSquared takes the duration of the task type. Sent in UTC.',
	),
	Description: text('Description').rows(4),
	NotifyBy: choice('Notify By', notifications),
	Location: text('Location').describe('Documented by LeadSquared for creation in bulk'),
	CustomFields: json('Custom Fields')
		.flat()
		.example('{ "mx_Custom_1": "Room 2" }')
		.describe('Custom fields of the task type by schema name; documented by LeadSquared for creation in bulk'),
};

const endAfterDue = inOrder(['DueDate', 'Due Date'], ['EndDate', 'End Date'], ' UTC');

const request = { request: 'POST /Task.svc/Create', effect: 'writes', contract: 'createTask', output: 'Message' } as const;

const createAppointment = operation({
	...request,
	name: 'Create Appointment',
	action: 'Create appointment task',
	description: 'Create a task that has a start and an end, such as a meeting',
	page: 'https://apidocs.leadsquared.com/create-task-appointment/',
	fields: {
		...head(appointmentTypes),
		...tail,
		Reminder: integer('Reminder').min(0).startsAs(30).describe('Minutes before the due date at which the owner gets an email'),
	},
	rules: [endAfterDue],
});

const createToDo = operation({
	...request,
	name: 'Create To-Do',
	action: 'Create to do task',
	description: 'Create a task that is due on a day, such as a follow-up call',
	page: 'https://apidocs.leadsquared.com/create-a-to-do/',
	fields: {
		...head(toDoTypes),
		...tail,
		ReminderBeforeDays: integer('Reminder Days Before').min(0).asText().describe('Days before the due date at which the owner is reminded'),
		ReminderTime: time('Reminder Time').describe('Time of day of the reminder. LeadSquared does not say in which zone it reads it.'),
	},
	rules: [endAfterDue],
});

export const task: Resource = { name: 'Task', operations: { createAppointment, createToDo } };
