import type { Reply, VendorSandbox } from '../types';

const pipeline = { id: 1, name: 'Sales', created_at: '2025-01-15T10:30:00Z', updated_at: '2025-01-15T10:30:00Z' };
const stages = ['New', 'Proposal', 'Negotiation'].map((name, index) => ({ id: index + 1, name, pipeline_id: 1, position: index + 1 }));

const deals = Array.from({ length: 23 }, (_, index) => ({
	id: index + 1,
	name: index === 0 ? 'Website plan lead' : `Deal ${index + 1}`,
	status: 'open',
	stage_id: (index % 3) + 1,
	contact_id: index + 1,
	pipeline_id: 1,
	position: index + 1,
	account_id: 1,
	custom_attributes: {},
	created_at: '2025-01-15T10:30:00Z',
	updated_at: '2025-01-15T10:30:00Z',
}));

const unauthorized: Reply = { status: 401, body: { errors: 'Unauthorized' } };
const authorized: VendorSandbox['authorized'] = ({ authorization }) => authorization?.split(' ').pop() === 'sandbox_woofed_token';
const tooMany = (waitMs: number): Reply => ({ status: 429, body: { error: 'Too Many Requests' }, headers: { 'retry-after': String(Math.ceil(waitMs / 1000)) } });

const eventDefaults = {
	app_type: null,
	app_id: null,
	scheduled_at: null,
	done_at: null,
	from_me: true,
	status: null,
	custom_attributes: {},
	additional_attributes: {},
	title: '',
	auto_done: false,
	account_id: 1,
	done: false,
	send_now: null,
	files: [],
	files_events: [],
	invalid_files: null,
};

/** WoofedCRM as its documentation describes it. */
export function woofedCrmSandbox(): VendorSandbox {
	let lastEvent = 87;
	const notFound: Reply = { status: 404, body: { error: 'Resource could not be found' } };
	return {
		vendor: 'woofedCrm',
		apiRoot: '/api/v1',
		authorized,
		unauthorized,
		notFound,
		invalid: (problems) => ({ status: 422, body: { errors: problems.map(({ field, message }) => `${field} ${message}`.trim()) } }),
		tooMany,
		handlers: {
			searchContactsByQueryString: () => ({ status: 200, body: { data: [], pagination: pagination(0, 1) } }),
			searchDeals: ({ body, query }) => {
				const { query: filter = {}, page = Number(query.page ?? 1) } = body as { query?: Record<string, unknown>; page?: number };
				const words = String(filter.name_cont ?? '').toLowerCase();
				const found = deals.filter(({ name }) => name.toLowerCase().includes(words));
				return { status: 200, body: { data: found.slice((page - 1) * 10, page * 10), pagination: pagination(found.length, page) } };
			},
			getDeal: ({ params }) => {
				const deal = deals.find(({ id }) => id === Number(params.id ?? params.deal_id));
				return deal ? { status: 200, body: { ...deal, contact: { id: deal.contact_id, full_name: `Contact ${deal.contact_id}` }, stage: stages[deal.stage_id - 1], pipeline } } : notFound;
			},
			createDealEvent: ({ params, body }) => {
				const deal = deals.find(({ id }) => id === Number(params.deal_id));
				if (!deal) return notFound;
				const created_at = nowIn('Z');
				const sent = body.send_now === true || body.done === true;
				const progress = sent ? { done: true, done_at: created_at, auto_done: body.send_now === true } : {};
				return { status: 201, body: { id: (lastEvent += 1), deal_id: deal.id, contact_id: deal.contact_id, ...eventDefaults, created_at, updated_at: created_at, ...body, ...progress } };
			},
		},
	};
}

/** Kinds that the server of 2024 knows; the last seven are its own, and it takes them all the same. */
const observedKinds = ['note', 'activity', 'chatwoot_message', 'evolution_api_message', 'deal_stage_change', 'deal_opened', 'deal_won', 'deal_lost', 'deal_reopened', 'deal_product_added', 'deal_product_removed'];

/** Deal events and the credential test as a server of October 2024 answered them; everything else was not there or is not copied. */
export function observedWoofedCrmSandbox(): VendorSandbox {
	let lastEvent = 2;
	const framework = (status: number, error: string): Reply => ({ status, body: { status, error } });
	const createEvent = (dealId: string, body: unknown): Reply => {
		const deal = deals.find(({ id }) => id === Number.parseInt(dealId, 10));
		if (!deal) return framework(404, 'Not Found');
		if (typeof body === 'string') return framework(400, 'Bad Request');
		const given = (body ?? {}) as Record<string, unknown>;
		if (given.kind === undefined || given.kind === null) return { status: 422, body: { errors: ["Type can't be blank"] } };
		if (!observedKinds.includes(String(given.kind)) || given.title === null) return framework(500, 'Internal Server Error');
		return { status: 201, body: { id: (lastEvent += 1), deal_id: deal.id, contact_id: deal.contact_id, ...eventDefaults, ...observedEvent(given), created_at: nowIn('-03:00'), updated_at: nowIn('-03:00') } };
	};
	return {
		vendor: 'woofedCrm',
		apiRoot: '/api/v1',
		authorized,
		unauthorized,
		notFound: framework(404, 'Not Found'),
		invalid: () => framework(500, 'Internal Server Error'),
		tooMany,
		handlers: {},
		lenient: ({ method, path, body }) => {
			const [, deal] = /^\/api\/v1\/accounts\/[^/]+\/deals\/(\d+[^/]*)\/events$/.exec(path) ?? [];
			if (method === 'POST' && deal) return createEvent(deal, body);
			if (method === 'GET' && path.endsWith('/contacts/search')) return { status: 200, body: { data: [], pagination: pagination(0, 1) } };
			return framework(404, 'Not Found');
		},
	};
}

/** What the server of 2024 keeps of an event: no content, nothing marked as sent, dates in its own zone. */
function observedEvent(given: Record<string, unknown>): Record<string, unknown> {
	const kept = Object.fromEntries(['kind', 'title', 'app_type', 'app_id', 'auto_done', 'custom_attributes', 'additional_attributes'].filter((name) => given[name] !== undefined).map((name) => [name, given[name]]));
	const isMessage = String(given.kind).endsWith('_message');
	if (given.send_now === true && isMessage) return { ...kept, auto_done: false, scheduled_at: nowIn('-03:00') };
	const done = given.done === true || given.done_at !== undefined || given.send_now === true;
	return { ...kept, scheduled_at: inBrasilia(given.scheduled_at), done, done_at: done ? (inBrasilia(given.done_at) ?? nowIn('-03:00')) : null };
}

/** A date-time in the zone of the installation; what cannot be read becomes null. */
function inBrasilia(value: unknown): string | null {
	const naive = typeof value === 'string' && !/(Z|[+-]\d{2}:?\d{2})$/.test(value);
	const moment = typeof value === 'string' ? new Date(naive ? `${value}-03:00` : value) : new Date(Number.NaN);
	return Number.isNaN(moment.getTime()) ? null : new Date(moment.getTime() - 3 * 3_600_000).toISOString().replace('Z', '-03:00');
}

function nowIn(zone: 'Z' | '-03:00'): string {
	return zone === 'Z' ? new Date().toISOString().replace(/\.\d+Z$/, 'Z') : (inBrasilia(new Date().toISOString()) as string);
}

function pagination(count: number, page: number) {
	const pages = Math.max(1, Math.ceil(count / 10));
	return { page, items: 10, count, pages, from: count === 0 ? 0 : (page - 1) * 10 + 1, last: pages, to: Math.min(count, page * 10), prev: page > 1 ? page - 1 : null, next: page < pages ? page + 1 : null };
}
