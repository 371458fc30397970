import type { Reply, SandboxRequest, VendorSandbox } from '../../sandbox/types';
import { syncroChatEvents } from './events';
import {
	customFields,
	firstLeads,
	firstWebhooks,
	lostReasons,
	pipelines,
	supportedEvents,
	users,
	whatsappNumbers,
	whatsappTemplates,
	type Lead,
} from './data';

type Task = Record<string, unknown> & { id: number };

/** Syncro Chat as its documentation describes it. */
export function syncroChatSandbox(): VendorSandbox {
	const tasks = new Map<number, Task>();
	const webhooks = new Map(firstWebhooks.map((webhook) => [webhook.id, { ...webhook }]));
	const leads = new Map<number, Lead>(firstLeads.map((lead) => [lead.id, { ...lead }]));
	/** Moments of the last changes, which no answer shows. */
	const touched = new Map<number, string>(firstLeads.map(({ id, created_at }) => [id, created_at]));
	let lastId = 44;
	const notFound: Reply = { status: 404, body: { message: 'No query results for model' } };
	const one = (task: Task | undefined, status = 200): Reply =>
		task ? { status, body: { success: true, task } } : notFound;
	const known = ({ params }: SandboxRequest) => tasks.get(Number(params.id));

	const oneLead = (lead: Lead | undefined, status = 200): Reply =>
		lead ? { status, body: { success: true, lead } } : notFound;
	const changeLead = (id: string, changes: object): Reply => {
		const lead = leads.get(Number(id));
		if (!lead) return notFound;
		Object.assign(lead, changes);
		touched.set(lead.id, new Date().toISOString());
		return { status: 200, body: { success: true, lead_id: lead.id } };
	};
	const change = (request: SandboxRequest, changes: Record<string, unknown>): Reply => {
		const task = known(request);
		if (!task) return notFound;
		const completed_at =
			changes.status === undefined || changes.status === task.status
				? task.completed_at
				: changes.status === 'completed'
					? now()
					: null;
		return one(
			Object.assign(task, changes, relations({ ...task, ...changes }, leads), { completed_at, updated_at: now() }),
		);
	};

	const happenings = syncroChatEvents({ leads, tasks, webhooks });
	const handlers: VendorSandbox['handlers'] = {
		getAccount: () => ({
			status: 200,
			body: { success: true, account: { id: 1, name: 'Example Company', plan: 'scale' } },
		}),
		listUsers: () => ({ status: 200, body: { success: true, data: users } }),
		listPipelines: () => ({ status: 200, body: { success: true, pipelines, lost_reasons: lostReasons } }),
		listCustomFields: ({ query }) => ({
			status: 200,
			body: { success: true, data: customFields.filter(({ is_active }) => is_active || !query.active_only) },
		}),
		listWhatsappInstances: () => ({ status: 200, body: { success: true, data: whatsappNumbers } }),
		listWhatsappTemplates: ({ query }) => ({
			status: 200,
			body: { success: true, data: whatsappTemplates.filter(({ status }) => !query.status || status === query.status) },
		}),
		listWebhooks: () => ({
			status: 200,
			body: { success: true, data: [...webhooks.values()], supported_events: supportedEvents },
		}),
		createWebhook: ({ body: { secret = 'f3a9c2d4e5b6a7980112233445566778', ...webhook } }) => {
			const id = Math.max(...webhooks.keys()) + 1;
			webhooks.set(id, { ...firstWebhooks[0], ...webhook, last_success_at: null, created_at: now(), id });
			return { status: 201, body: { success: true, id, secret, events: webhook.events } };
		},
		getWebhook: ({ params }) => {
			const webhook = webhooks.get(Number(params.id));
			return webhook ? { status: 200, body: { success: true, ...webhook, last_failure_reason: null } } : notFound;
		},
		updateWebhook: ({ params, body }) => {
			const webhook = webhooks.get(Number(params.id));
			if (!webhook) return notFound;
			Object.assign(webhook, body);
			return { status: 200, body: { success: true } };
		},
		deleteWebhook: ({ params }) =>
			webhooks.delete(Number(params.id)) ? { status: 200, body: { success: true } } : notFound,
		listLeads: ({ query }) =>
			pageOf(
				[...leads.values()].filter(
					(lead) => leadMatches(lead, query) && !isBefore(touched.get(lead.id), query.updated_since),
				),
				query,
			),
		createLead: ({ body }) => {
			const id = Math.max(...leads.keys()) + 1;
			touched.set(id, new Date().toISOString());
			leads.set(id, {
				phone: null,
				email: null,
				value: null,
				tags: [],
				created_at: now(),
				...body,
				custom_fields: knownFields(body.custom_fields),
				id,
			} as unknown as Lead);
			return oneLead(leads.get(id), 201);
		},
		getLead: ({ params }) => oneLead(leads.get(Number(params.id))),
		deleteLead: ({ params }) => (leads.delete(Number(params.id)) ? { status: 200, body: { success: true } } : notFound),
		moveLead: ({ params, body }) => changeLead(params.id, body),
		markLeadWon: ({ params, body }) =>
			stageOf(body.stage_id)?.is_won
				? changeLead(params.id, body)
				: { status: 422, body: { message: 'A etapa informada não é uma etapa de ganho.' } },
		markLeadLost: ({ params, body: { stage_id } }) =>
			stageOf(stage_id)?.is_lost
				? changeLead(params.id, { stage_id })
				: { status: 422, body: { message: 'A etapa informada não é uma etapa de perda.' } },
		sendLeadWhatsappTemplate: ({ params }) =>
			leads.has(Number(params.id)) ? { status: 200, body: { success: true } } : notFound,
		createTask: ({ body }) => {
			const id = (lastId += 1);
			const task = {
				id,
				description: null,
				priority: 'medium',
				due_time: null,
				lead_id: null,
				assigned_to: null,
				notes: null,
				status: 'pending',
				completed_at: null,
				is_overdue: false,
				created_at: now(),
				updated_at: now(),
				...body,
				...relations(body, leads),
			} as Task;
			tasks.set(id, task);
			return one(task, 201);
		},
		getTask: (request) => one(known(request)),
		listTasks: ({ query }) =>
			pageOf(
				[...tasks.values()].filter((task) => matches(task, query)),
				query,
			),
		updateTask: (request) => change(request, request.body),
		toggleTask: (request) =>
			change(request, { status: known(request)?.status === 'pending' ? 'completed' : 'pending' }),
		deleteTask: ({ params }) => (tasks.delete(Number(params.id)) ? { status: 200, body: { success: true } } : notFound),
	};
	return {
		vendor: 'syncroChat',
		apiRoot: '/api/v1',
		authorized: (headers) => headers['x-api-key'] === 'crm_sandbox_key',
		unauthorized: { status: 401, body: { message: 'API Key inválida.' } },
		notFound,
		invalid: (problems) => {
			const errors = Object.fromEntries(
				problems.map(({ field, message }) => [field || 'body', [`The ${field || 'body'} field ${message}.`]]),
			);
			return { status: 422, body: { message: Object.values(errors)[0]?.[0] ?? 'The given data was invalid.', errors } };
		},
		tooMany: (waitMs) => ({
			status: 429,
			body: { message: 'Rate limit excedido para esta API Key.', retry_after: Math.ceil(waitMs / 1000) },
		}),
		handlers: happenings.telling(handlers),
		deliveries: happenings.take,
	};
}

const now = () => new Date().toISOString().replace(/\.\d+Z$/, 'Z');

function relations({ lead_id, assigned_to }: Record<string, unknown>, leads: Map<number, Lead>) {
	const lead = leads.get(Number(lead_id));
	const user = users.find(({ id }) => id === assigned_to);
	return {
		lead: lead ? { id: lead.id, name: lead.name, phone: lead.phone, email: lead.email } : null,
		assigned_user: user ? { id: user.id, name: user.name } : null,
	};
}

const stageOf = (id: unknown) => pipelines.flatMap(({ stages }) => stages).find((stage) => stage.id === id);

/** Keys that are no field's name are ignored without an error. */
function knownFields(given: unknown): Record<string, unknown> {
	const names = customFields.map(({ name }) => name);
	return Object.fromEntries(Object.entries((given ?? {}) as object).filter(([name]) => names.includes(name)));
}

const isBefore = (moment: string | undefined, since: unknown) =>
	typeof since === 'string' && Date.parse(moment ?? '') < Date.parse(since);

function leadMatches(
	lead: Lead,
	{
		q,
		tags,
		page: _page,
		per_page: _size,
		include: _include,
		updated_since: _since,
		created_from,
		created_to,
		...equal
	}: Record<string, unknown>,
): boolean {
	const words = String(q ?? '').toLowerCase();
	const day = lead.created_at.slice(0, 10);
	if (
		![lead.name, lead.email, lead.phone].some((text) =>
			String(text ?? '')
				.toLowerCase()
				.includes(words),
		)
	)
		return false;
	if (Array.isArray(tags) && !tags.some((tag) => lead.tags.includes(String(tag)))) return false;
	if ((created_from && day < String(created_from)) || (created_to && day > String(created_to))) return false;
	return Object.entries(equal).every(([name, value]) => String(lead[name]) === String(value));
}

function matches(
	task: Task,
	{ due_from, due_to, page: _page, per_page: _size, ...equal }: Record<string, unknown>,
): boolean {
	if (due_from && String(task.due_date) < String(due_from)) return false;
	if (due_to && String(task.due_date) > String(due_to)) return false;
	return Object.entries(equal).every(([name, value]) => String(task[name]) === String(value));
}

function pageOf(records: unknown[], query: Record<string, unknown>): Reply {
	const page = Number(query.page ?? 1);
	const size = Number(query.per_page ?? 50);
	const last_page = Math.max(1, Math.ceil(records.length / size));
	return {
		status: 200,
		body: {
			success: true,
			data: records.slice((page - 1) * size, page * size),
			meta: { total: records.length, per_page: size, current_page: page, last_page, has_more: page < last_page },
		},
	};
}
