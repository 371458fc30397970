import { toText } from '../../shared/base/json';
import { choice, dateTime, email, integer, json, list, text, toggle, uuid } from '../../shared/fields';
import { operation, type Resource } from '../../shared/form/operation';
import { inOrder } from '../../shared/form/rules';
import { dealId, leadId, numbered, userOfDeal } from '../fields';

const providers = [
	{ value: 'google_calendar_integration', name: 'Google Calendar' },
	{ value: 'teams_integration', name: 'Microsoft Teams' },
] as const;

const simple = [
	'id',
	'title',
	'start_date',
	'crm_task_type',
	'crm_task_stage',
	'responsible_id',
	'crm_lead_id',
	'crm_deal_id',
	'meeting_link',
	'sync_warning',
];

const create = operation({
	name: 'Create',
	action: 'Create task',
	description: 'Create a task, or a meeting with a calendar event, an online link and reminders',
	request: 'POST /tasks',
	effect: 'writes',
	page: 'https://docs.wegly.com.br/api-reference/tarefas/cria%C3%A7%C3%A3o-de-tarefa',
	contract: 'createTask',
	simple,
	fields: {
		crm_task_type_id: uuid('Task Type ID')
			.required()
			.describe(
				"Type of task, such as a call. Task > Create shows it in crm_task_type; otherwise ask Wegly's support.",
			),
		title: text('Title').max(100).required().example('Ligar para Ana Souza').describe('At most 100 characters'),
		start_date: dateTime('Start Date').required().describe('When the task is due, or the meeting begins'),
		crm_task_stage_id: uuid('Task Stage ID').describe(
			'Column of the board where the task starts. Task > Create shows it in crm_task_stage.',
		),
		responsible_id: userOfDeal('Responsible').describe(
			'User assigned to the task. Listed from Deal ID. Deal > Get shows it in responsible.',
		),
		crm_lead_id: leadId,
		crm_deal_id: dealId,
		crm_delivery_id: uuid('Delivery ID').describe(
			'Delivery (entrega) of the task. File > Get shows it in crm_delivery for a file of a delivery.',
		),
		priority: choice('Priority', numbered(0, 1, 2, 3)).describe(
			'Wegly does not publish the meaning of these numbers for tasks',
		),
		description: text('Description').rows(4).example('Falar sobre a proposta'),
		mentions: list('User IDs to Mention', uuid('User ID'))
			.of('mentioned_id')
			.example('7d3e9b52-1c44-4d8e-8a0f-6b2f5c7a9e10')
			.describe('Comma-separated IDs of users to mention in the task. Deal > Get shows it in responsible.'),
		end_date: dateTime('End Date').describe('When the meeting ends. Probably required for a calendar event.'),
		meeting_outcome: choice('Meeting Outcome', numbered(1, 2, 3, 4)).describe(
			'Wegly does not publish the meaning of these numbers',
		),
		meeting_outcome_notes: text('Meeting Outcome Notes')
			.rows(3)
			.example('Cliente pediu desconto')
			.describe('Result of the meeting'),
		is_personal: toggle('Is Personal').describe('Whether the task is personal'),
		create_meeting: toggle('Create Meeting').describe('Whether to create a meeting'),
		create_event: toggle('Create Event').describe('Whether to create an event in the calendar'),
		create_online_meeting_link: toggle('Create Online Meeting Link').describe(
			'Whether to create a link for an online meeting',
		),
		meeting_provider: choice('Meeting Provider', providers).describe(
			'Calendar connected in Wegly that gets the event and its link',
		),
		meeting_participants: list('Meeting Participants', email('Email'))
			.example('ana@example.com, rui@example.com')
			.describe('Comma-separated email addresses'),
		reminders_minutes: list('Reminders', integer('Minutes').min(1))
			.example('15, 60')
			.describe('Comma-separated minutes before the start, each at least 1'),
		recurrence: json('Recurrence')
			.example('{ "pattern": "every_n_days", "interval": 2 }')
			.describe('Beta: Wegly documents only that this is an object, but none of its properties'),
	},
	rules: [inOrder(['start_date', 'Start Date'], ['end_date', 'End Date'])],
	remark: ({ sync_warning }) =>
		sync_warning
			? `The task was created, but its meeting or calendar event has a problem: ${toText(sync_warning)}`
			: undefined,
});

export const task: Resource = { name: 'Task', operations: { create } };
