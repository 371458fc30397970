import type { IDataObject } from 'n8n-workflow';

/** The forms of the founding operations, filled in with what they need. */

export const byId = (value: string | number) => ({ __rl: true, mode: 'id', value: String(value) });
/** Fields of a mapper as n8n stores them, when their descriptions play no part. */
export const mapper = (value: IDataObject) =>
	({ mappingMode: 'defineBelow', value, matchingColumns: [], schema: [] }) as unknown as IDataObject;
export const exampleId = '3c90c3cc-0d44-4b50-8888-8dd25736052a';

export const createTask = {
	resource: 'task',
	operation: 'create',
	subject: 'Enviar proposta',
	type: 'email',
	due_date: '2026-07-01',
};
export const note = { resource: 'dealEvent', operation: 'createNote', deal_id: byId(1), content: 'Olá' };
export const whatsapp = {
	resource: 'dealEvent',
	operation: 'sendWhatsappMessage',
	deal_id: byId(1),
	app_id: 5,
	content: 'Tudo certo?',
};
export const chatwoot = {
	resource: 'dealEvent',
	operation: 'sendChatwootMessage',
	deal_id: byId(1),
	app_id: 6,
	chatwoot_inbox_id: byId('62483'),
	content: 'Tudo certo?',
};
export const weglyTask = {
	resource: 'task',
	operation: 'create',
	crm_task_type_id: exampleId,
	title: 'Demo',
	start_date: '2026-07-01T09:00:00',
};
export const chat = {
	resource: 'chat',
	operation: 'start',
	whatsapp_phone_id: exampleId,
	wa_contact_id: '11999999999',
	name: 'saudacao',
	language: 'pt_BR',
};
export const appointment = {
	resource: 'task',
	operation: 'createAppointment',
	Name: 'Meeting',
	TaskType: { __rl: true, mode: 'list', value: 'Meeting' },
	owner: { __rl: true, mode: 'email', value: 'taskowner@example.com' },
	RelatedEntity: 'none',
};
export const toDo = {
	...appointment,
	operation: 'createToDo',
	TaskType: { __rl: true, mode: 'name', value: 'Follow-Up' },
};
