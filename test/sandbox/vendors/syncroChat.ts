import type { Reply, SandboxRequest, VendorSandbox } from '../types';

type Task = Record<string, unknown> & { id: number };

const users = [
	{ id: 12, name: 'Ana', email: 'ana@example.com', role: 'admin' },
	{ id: 13, name: 'Rui', email: 'rui@example.com', role: 'manager' },
];

const leads = Array.from({ length: 120 }, (_, index) => ({
	id: 123 + index,
	name: index === 0 ? 'João Silva' : `Lead ${index}`,
	phone: `+55119998${String(77660 + index)}`,
	email: `lead${index}@example.com`,
	tags: [],
	pipeline_id: 1,
	stage_id: 1,
	custom_fields: {},
	created_at: '2026-06-30T08:00:00Z',
}));

/** Syncro Chat as its documentation describes it. */
export function syncroChatSandbox(): VendorSandbox {
	const tasks = new Map<number, Task>();
	let lastId = 44;
	const notFound: Reply = { status: 404, body: { message: 'No query results for model' } };
	const one = (task: Task | undefined, status = 200): Reply => (task ? { status, body: { success: true, task } } : notFound);
	const known = ({ params }: SandboxRequest) => tasks.get(Number(params.id));

	const change = (request: SandboxRequest, changes: Record<string, unknown>): Reply => {
		const task = known(request);
		if (!task) return notFound;
		const completed_at = changes.status === undefined || changes.status === task.status ? task.completed_at : changes.status === 'completed' ? now() : null;
		return one(Object.assign(task, changes, relations({ ...task, ...changes }), { completed_at, updated_at: now() }));
	};

	return {
		vendor: 'syncroChat',
		apiRoot: '/api/v1',
		authorized: (headers) => headers['x-api-key'] === 'crm_sandbox_key',
		unauthorized: { status: 401, body: { message: 'API Key inválida.' } },
		notFound,
		invalid: (problems) => {
			const errors = Object.fromEntries(problems.map(({ field, message }) => [field || 'body', [`The ${field || 'body'} field ${message}.`]]));
			return { status: 422, body: { message: Object.values(errors)[0]?.[0] ?? 'The given data was invalid.', errors } };
		},
		tooMany: (waitMs) => ({ status: 429, body: { message: 'Rate limit excedido para esta API Key.', retry_after: Math.ceil(waitMs / 1000) } }),
		handlers: {
			getAccount: () => ({ status: 200, body: { success: true, account: { id: 1, name: 'Example Company', plan: 'scale' } } }),
			listUsers: () => ({ status: 200, body: { success: true, data: users } }),
			listLeads: ({ query }) => {
				const words = String(query.q ?? '').toLowerCase();
				return pageOf(leads.filter(({ name, email, phone }) => [name, email, phone].some((text) => text.toLowerCase().includes(words))), query);
			},
			createTask: ({ body }) => {
				const id = (lastId += 1);
				const task = { id, description: null, priority: 'medium', due_time: null, lead_id: null, assigned_to: null, notes: null, status: 'pending', completed_at: null, is_overdue: false, created_at: now(), updated_at: now(), ...body, ...relations(body) } as Task;
				tasks.set(id, task);
				return one(task, 201);
			},
			getTask: (request) => one(known(request)),
			listTasks: ({ query }) => pageOf([...tasks.values()].filter((task) => matches(task, query)), query),
			updateTask: (request) => change(request, request.body),
			toggleTask: (request) => change(request, { status: known(request)?.status === 'pending' ? 'completed' : 'pending' }),
			deleteTask: ({ params }) => (tasks.delete(Number(params.id)) ? { status: 200, body: { success: true } } : notFound),
		},
	};
}

const now = () => new Date().toISOString().replace(/\.\d+Z$/, 'Z');

function relations({ lead_id, assigned_to }: Record<string, unknown>) {
	const lead = leads.find(({ id }) => id === lead_id);
	const user = users.find(({ id }) => id === assigned_to);
	return {
		lead: lead ? { id: lead.id, name: lead.name, phone: lead.phone, email: lead.email } : null,
		assigned_user: user ? { id: user.id, name: user.name } : null,
	};
}

function matches(task: Task, { due_from, due_to, page: _page, per_page: _size, ...equal }: Record<string, unknown>): boolean {
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
		body: { success: true, data: records.slice((page - 1) * size, page * size), meta: { total: records.length, per_page: size, current_page: page, last_page, has_more: page < last_page } },
	};
}
