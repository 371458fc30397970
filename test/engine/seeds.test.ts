import type { IDataObject } from 'n8n-workflow';
import { Bench, type NodeName } from '../support/run';
import { byId } from './forms';

const bench = new Bench();
const exampleId = '3c90c3cc-0d44-4b50-8888-8dd25736052a';

interface SeedCase {
	name: string;
	node: NodeName;
	parameters: IDataObject;
	request: { method: string; path: string; query?: IDataObject; body?: IDataObject };
	timezone?: string;
}

/** Every request example of the vendors' pages, rebuilt with the form of the node. */
const cases: SeedCase[] = [
	{
		name: 'Syncro Chat: create a task',
		node: 'syncroChat',
		parameters: {
			resource: 'task',
			operation: 'create',
			subject: 'Enviar proposta',
			type: 'email',
			due_date: '2026-07-01T00:00:00',
			additionalFields: { due_time: '09:00', priority: 'high', lead_id: byId(123), assigned_to: byId(12) },
		},
		request: {
			method: 'POST',
			path: '/api/v1/tasks',
			body: {
				subject: 'Enviar proposta',
				type: 'email',
				due_date: '2026-07-01',
				due_time: '09:00',
				priority: 'high',
				lead_id: 123,
				assigned_to: 12,
			},
		},
	},
	{
		name: 'Syncro Chat: get a task',
		node: 'syncroChat',
		parameters: { resource: 'task', operation: 'get', id: byId(45) },
		request: { method: 'GET', path: '/api/v1/tasks/45' },
	},
	{
		name: 'Syncro Chat: complete a task by an update',
		node: 'syncroChat',
		parameters: { resource: 'task', operation: 'update', id: byId(45), updateFields: { status: 'completed' } },
		request: { method: 'PUT', path: '/api/v1/tasks/45', body: { status: 'completed' } },
	},
	{
		name: 'Syncro Chat: delete a task',
		node: 'syncroChat',
		parameters: { resource: 'task', operation: 'delete', id: byId(45) },
		request: { method: 'DELETE', path: '/api/v1/tasks/45' },
	},
	{
		name: 'Syncro Chat: toggle a task',
		node: 'syncroChat',
		parameters: { resource: 'task', operation: 'toggle', id: byId(45) },
		request: { method: 'PATCH', path: '/api/v1/tasks/45/toggle' },
	},
	{
		name: 'Wegly: create a task with every field of the page',
		node: 'wegly',
		parameters: {
			resource: 'task',
			operation: 'create',
			crm_task_type_id: exampleId,
			title: '<string>',
			start_date: '2023-11-07T05:31:56Z',
			additionalFields: {
				crm_task_stage_id: exampleId,
				responsible_id: exampleId,
				crm_lead_id: exampleId,
				crm_deal_id: exampleId,
				crm_delivery_id: exampleId,
				priority: 0,
				description: '<string>',
				mentions: exampleId,
				end_date: '2023-11-07T05:31:56Z',
				meeting_outcome: 1,
				meeting_outcome_notes: '<string>',
				is_personal: true,
				create_meeting: true,
				create_event: true,
				create_online_meeting_link: true,
				meeting_provider: 'teams_integration',
				meeting_participants: 'jsmith@example.com',
				reminders_minutes: '2',
			},
		},
		request: {
			method: 'POST',
			path: '/integrations/external/tasks',
			body: {
				crm_task_type_id: exampleId,
				title: '<string>',
				start_date: '2023-11-07T05:31:56Z',
				crm_task_stage_id: exampleId,
				responsible_id: exampleId,
				crm_lead_id: exampleId,
				crm_deal_id: exampleId,
				crm_delivery_id: exampleId,
				priority: 0,
				description: '<string>',
				mentions: [{ mentioned_id: exampleId }],
				end_date: '2023-11-07T05:31:56Z',
				meeting_outcome: 1,
				meeting_outcome_notes: '<string>',
				is_personal: true,
				create_meeting: true,
				create_event: true,
				create_online_meeting_link: true,
				meeting_provider: 'teams_integration',
				meeting_participants: ['jsmith@example.com'],
				reminders_minutes: [2],
			},
		},
	},
	{
		name: 'Wegly: start a chat with a template',
		node: 'wegly',
		parameters: {
			resource: 'chat',
			operation: 'start',
			whatsapp_phone_id: '0b28ee57-7a57-4407-a9c5-5cd4e5a5fd6c',
			wa_contact_id: '11999999999',
			name: 'saudacao_inicial',
			language: 'pt_BR',
			additionalFields: {
				template_fields: {
					values: [{ component: 'BODY', type: 'TEXT', index: '1', button_index: '', card_index: '', value: 'João' }],
				},
			},
		},
		request: {
			method: 'POST',
			path: '/integrations/external/chats',
			body: {
				whatsapp_phone_id: '0b28ee57-7a57-4407-a9c5-5cd4e5a5fd6c',
				wa_contact_id: '11999999999',
				template: { name: 'saudacao_inicial', language: 'pt_BR' },
				template_fields: [{ component: 'BODY', type: 'TEXT', index: 1, value: 'João' }],
			},
		},
	},
	...woofedCases(),
	{
		name: 'LeadSquared: create an appointment',
		node: 'leadSquared',
		timezone: 'UTC',
		parameters: {
			resource: 'task',
			operation: 'createAppointment',
			Name: 'Meeting: Subject',
			TaskType: { __rl: true, mode: 'name', value: 'Meeting' },
			owner: { __rl: true, mode: 'email', value: 'taskowner@example.com' },
			RelatedEntity: 'none',
			DueDate: '2020-11-11T10:30:00',
			additionalFields: {
				Description: 'Describing the task',
				EndDate: '2020-11-11T10:45:00',
				Reminder: 30,
				NotifyBy: '1100',
			},
		},
		request: {
			method: 'POST',
			path: '/v2/Task.svc/Create',
			body: {
				Name: 'Meeting: Subject',
				Description: 'Describing the task',
				RelatedEntity: 0,
				RelatedEntityId: '',
				DueDate: '2020-11-11 10:30:00',
				EndDate: '2020-11-11 10:45:00',
				Reminder: 30,
				NotifyBy: '1100',
				OwnerEmailAddress: 'taskowner@example.com',
				TaskType: { Name: 'Meeting' },
			},
		},
	},
];

function woofedCases(): SeedCase[] {
	const path = '/api/v1/accounts/1/deals/1/events';
	const deal_id = byId(1);
	const chatwoot = {
		kind: 'chatwoot_message',
		title: 'Chatwoot Message',
		content: 'Tudo certo?',
		app_type: 'Apps::Chatwoot',
		additional_attributes: { chatwoot_inbox_id: '62483' },
	};
	const whatsapp = {
		kind: 'evolution_api_message',
		title: 'Whatsapp Message',
		content: 'Tudo certo?',
		app_type: 'Apps::EvolutionApi',
		app_id: 5,
	};
	const chatwootForm = {
		resource: 'dealEvent',
		operation: 'sendChatwootMessage',
		deal_id,
		chatwoot_inbox_id: '62483',
		content: 'Tudo certo?',
		additionalFields: { title: 'Chatwoot Message' },
	};
	const whatsappForm = {
		resource: 'dealEvent',
		operation: 'sendWhatsappMessage',
		deal_id,
		app_id: 5,
		content: 'Tudo certo?',
		additionalFields: { title: 'Whatsapp Message' },
	};
	const scheduled = { when: 'scheduled', scheduled_at: '2025-01-20T14:00:00Z' };
	const woofed = (name: string, parameters: IDataObject, body: IDataObject): SeedCase => ({
		name: `WoofedCRM: ${name}`,
		node: 'woofedCrm',
		parameters,
		request: { method: 'POST', path, body },
	});
	return [
		woofed(
			'create a note',
			{
				resource: 'dealEvent',
				operation: 'createNote',
				deal_id,
				content: 'Liguei para o cliente para discutir os próximos passos.',
			},
			{ kind: 'note', content: 'Liguei para o cliente para discutir os próximos passos.' },
		),
		woofed(
			'create an activity',
			{
				resource: 'dealEvent',
				operation: 'createActivity',
				deal_id,
				title: 'Ligação de follow-up',
				scheduled_at: '2025-01-20T14:00:00Z',
				additionalFields: { content: 'Confirmar que a proposta foi recebida', done: false },
			},
			{
				title: 'Ligação de follow-up',
				kind: 'activity',
				content: 'Confirmar que a proposta foi recebida',
				scheduled_at: '2025-01-20T14:00:00Z',
				done: false,
			},
		),
		// The page sends auto_done false here, with which nothing would ever leave.
		woofed(
			'schedule a Chatwoot message, which is really sent',
			{ ...chatwootForm, ...scheduled, app_id: 6 },
			{ ...chatwoot, app_id: 6, scheduled_at: '2025-01-20T14:00:00Z', auto_done: true },
		),
		woofed(
			'schedule a Chatwoot message as a reminder, as the page does',
			{ ...chatwootForm, ...scheduled, app_id: 6, auto_done: false },
			{ ...chatwoot, app_id: 6, scheduled_at: '2025-01-20T14:00:00Z', auto_done: false },
		),
		woofed(
			'send a Chatwoot message now',
			{ ...chatwootForm, when: 'now', app_id: 5 },
			{ ...chatwoot, app_id: 5, send_now: true },
		),
		woofed(
			'schedule a WhatsApp message, which is really sent',
			{ ...whatsappForm, ...scheduled },
			{ ...whatsapp, scheduled_at: '2025-01-20T14:00:00Z', auto_done: true },
		),
		woofed('send a WhatsApp message now', { ...whatsappForm, when: 'now' }, { ...whatsapp, send_now: true }),
	];
}

test.each(cases)(
	'the example of the page is sent to the letter: $name',
	async ({ node, parameters, request, timezone }) => {
		await bench.run(node, parameters, { timezone });

		expect(bench.sent(node)).toEqual([{ query: {}, body: undefined, ...request }]);
		expect(bench.sandbox.vendors[node].requests[0].problems).toBeUndefined();
	},
);

test('the example of the page is sent to the letter: Syncro Chat: list the pending tasks of a lead', async () => {
	await bench.run('syncroChat', {
		resource: 'task',
		operation: 'getAll',
		returnAll: true,
		filters: { status: 'pending', lead_id: byId(123) },
	});

	const [{ method, path, query }] = bench.sent('syncroChat');
	expect({ method, path }).toEqual({ method: 'GET', path: '/api/v1/tasks' });
	expect(query).toMatchObject({ status: 'pending', lead_id: '123' });
});
