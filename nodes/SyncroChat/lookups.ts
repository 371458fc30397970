import type { IDataObject } from 'n8n-workflow';
import { listLabel, valueAt, toText } from '../shared/base/json';
import { listAt } from '../shared/base/parseResponse';
import type { Lookup } from '../shared/fields/lookup';
import { namedEntry, stagesOf, type Pipeline } from '../shared/form/pipelines';
import { pages } from './vendor';

/** https://docs.syncro.chat/en/account */
export const users: Lookup = {
	name: 'users',
	noun: 'a user',
	id: 'integer',
	example: '12',
	description: 'User of the account. User > Get Many returns the IDs.',
	request: 'GET /users',
	page: 'https://docs.syncro.chat/en/account',
	contract: 'listUsers',
	records: pages.records,
	searchHere: true,
	entry: ({ id, name, email }) => ({ name: listLabel(name, email), value: id as number }),
};

/** https://docs.syncro.chat/en/leads */
export const leads: Lookup = {
	name: 'leads',
	noun: 'a lead',
	id: 'integer',
	example: '123',
	// https://github.com/matheusrossidev/crmlaravel (routes/web.php: leads.show and leads.profile)
	shownAt: { path: '/contatos', example: 'https://app.syncro.chat/contatos/123/perfil' },
	description: 'Lead of the account. Lead > Get Many and the trigger return the IDs.',
	request: 'GET /leads',
	page: 'https://docs.syncro.chat/en/leads',
	contract: 'listLeads',
	ask: (q) => (q ? { q } : {}),
	pages,
	entry: ({ id, name, phone, email }) => ({ name: listLabel(name, phone ?? email), value: id as number }),
};

/** The list of tasks has no text search, so the node filters each page by the typed text. https://docs.syncro.chat/pt-BR/tasks */
export const tasks: Lookup = {
	name: 'tasks',
	noun: 'a task',
	id: 'integer',
	example: '45',
	description: 'Task of the account. Task > Create and Task > Get Many return the IDs.',
	request: 'GET /tasks',
	page: 'https://docs.syncro.chat/pt-BR/tasks',
	contract: 'listTasks',
	pages,
	searchHere: true,
	entry: ({ id, subject, due_date, status }) => ({ name: listLabel(subject, due_date, status), value: id as number }),
};

type Stage = { id: number; name: string; is_won: boolean; is_lost: boolean };

const pipelinesOf = (response: unknown) => listAt(response, 'pipelines') as unknown as Array<Pipeline<Stage>>;

/** One request returns pipelines, stages and lost reasons. https://docs.syncro.chat/en/pipelines */
const fromPipelines = {
	id: 'integer',
	request: 'GET /pipelines',
	page: 'https://docs.syncro.chat/en/pipelines',
	contract: 'listPipelines',
	searchHere: true,
} as const;

export const pipelines: Lookup = {
	...fromPipelines,
	name: 'pipelines',
	noun: 'a pipeline',
	example: '1',
	description: 'Pipeline of the account. Pipeline > Get Many returns the IDs of pipelines and stages.',
	records: (response) => pipelinesOf(response) as unknown as IDataObject[],
	entry: namedEntry,
};

const stagesLike = (
	name: string,
	noun: string,
	description: string,
	isOffered: (stage: Stage) => boolean,
	dependsOn?: readonly string[],
): Lookup => ({
	...fromPipelines,
	name,
	noun,
	example: '5',
	description,
	dependsOn,
	records: (response, parent) => stagesOf(pipelinesOf(response), parent).filter(isOffered),
	entry: namedEntry,
});

export const stages = stagesLike(
	'stages',
	'a stage',
	'Stage of the selected pipeline. Syncro Chat does not check that the two belong together.',
	() => true,
	['pipeline_id'],
);
export const wonStages = stagesLike(
	'wonStages',
	'a won stage',
	'Stage that counts as won. Syncro Chat refuses other stages.',
	({ is_won }) => is_won,
);
export const lostStages = stagesLike(
	'lostStages',
	'a lost stage',
	'Stage that counts as lost. Syncro Chat refuses other stages.',
	({ is_lost }) => is_lost,
);

export const lostReasons: Lookup = {
	...fromPipelines,
	name: 'lostReasons',
	noun: 'a reason',
	example: '3',
	description: 'Why the lead was lost. Choose one of the reasons configured in Syncro Chat.',
	records: (response) => listAt(response, 'lost_reasons'),
	entry: namedEntry,
};

/** https://docs.syncro.chat/en/whatsapp */
const whatsapp = { id: 'integer', page: 'https://docs.syncro.chat/en/whatsapp', searchHere: true } as const;

export const whatsappNumbers: Lookup = {
	...whatsapp,
	name: 'whatsappNumbers',
	noun: 'a number',
	example: '2',
	request: 'GET /whatsapp/instances',
	contract: 'listWhatsappInstances',
	// Only official numbers can send templates.
	records: (response) => pages.records(response).filter(({ supports_templates }) => supports_templates === true),
	entry: ({ id, display_name, phone_number }) => ({ name: listLabel(display_name, phone_number), value: id as number }),
};

export const whatsappTemplates: Lookup = {
	...whatsapp,
	name: 'whatsappTemplates',
	noun: 'a template',
	example: '1',
	description: 'Template approved by WhatsApp. WhatsApp Template > Get Many returns the IDs.',
	request: 'GET /whatsapp/templates',
	contract: 'listWhatsappTemplates',
	ask: () => ({ status: 'APPROVED' }),
	records: pages.records,
	entry: ({ id, name, language }) => ({ name: listLabel(name, language), value: id as number }),
};

/** Events that the documentation names. The node uses them if the response lacks the account's list of events. */
const KNOWN_EVENTS = ['lead.created', 'lead.updated', 'lead.stage_changed', 'lead.won', 'task.completed'];

/** https://docs.syncro.chat/en/webhooks */
const fromWebhooks = {
	request: 'GET /webhooks',
	page: 'https://docs.syncro.chat/en/webhooks',
	contract: 'listWebhooks',
	searchHere: true,
} as const;

const eventsIn = (list: unknown) => listAt(Array.isArray(list) ? list.map((name) => ({ name })) : list);

export const webhookEvents: Lookup = {
	...fromWebhooks,
	name: 'webhookEvents',
	noun: 'an event',
	id: 'text',
	example: 'lead.created',
	records: (response) => eventsIn(valueAt(response, 'supported_events') ?? KNOWN_EVENTS),
	entry: ({ name }) => ({ name: toText(name), value: name as string }),
};

export const webhooks: Lookup = {
	...fromWebhooks,
	name: 'webhooks',
	noun: 'a webhook',
	id: 'integer',
	example: '1',
	description: 'Webhook of the account, listed by its URL. Webhook > Get Many returns the IDs.',
	records: pages.records,
	entry: ({ id, target_url }) => ({ name: toText(target_url), value: id as number }),
};

/** Lists that multi-select fields load. */
export const multiSelects = [webhookEvents];

export const lookups = [
	users,
	leads,
	tasks,
	pipelines,
	stages,
	wonStages,
	lostStages,
	lostReasons,
	whatsappNumbers,
	whatsappTemplates,
	webhooks,
];
