import type { Reply, VendorSandbox } from '../../sandbox/types';

export type Row = Record<string, unknown> & { id: number };

const start = '2025-01-15T10:30:00Z';
const stamps = { account_id: 1, created_at: start, updated_at: start };
const several = (count: number, row: (id: number) => Row): Row[] =>
	Array.from({ length: count }, (_, index) => row(index + 1));

export const pipelines = ['Sales', 'Support'].map((name, index) => ({
	id: index + 1,
	name,
	created_at: start,
	updated_at: start,
}));
export const stages = ['New', 'Proposal', 'Negotiation', 'Waiting', 'Answered'].map((name, index) => ({
	id: index + 1,
	name,
	pipeline_id: index < 3 ? 1 : 2,
	position: (index % 3) + 1,
}));

export const contactDefaults = {
	full_name: '',
	phone: '',
	email: '',
	custom_attributes: {},
	additional_attributes: {},
	label_list: [],
	chatwoot_conversations_label_list: [],
	app_type: null,
	app_id: null,
};
export const dealDefaults = {
	name: '',
	status: 'open',
	pipeline_id: 1,
	position: 1,
	account_id: 1,
	custom_attributes: {},
	won_at: null,
	lost_at: null,
	lost_reason: '',
	created_by_id: 1,
};
export const productDefaults = {
	identifier: '',
	name: '',
	amount_in_cents: 0,
	quantity_available: 0,
	description: '',
	custom_attributes: {},
	additional_attributes: {},
};
export const userDefaults = {
	full_name: '',
	phone: '',
	language: 'en',
	job_description: 'other',
	avatar_url: '',
	notifications: {},
	webpush_notify_on_event_expired: false,
};

/** What a fresh server holds; every call gives records of its own. */
export const seeds = {
	contacts: () =>
		several(23, (id) => ({
			id,
			...contactDefaults,
			full_name: id === 1 ? 'Mariana Costa' : `Contact ${id}`,
			email: id === 1 ? 'mariana@example.com' : `contact${id}@example.com`,
			phone: `+55119999900${String(id).padStart(2, '0')}`,
			...stamps,
		})),
	deals: () =>
		several(23, (id) => ({
			id,
			...dealDefaults,
			name: id === 1 ? 'Website plan lead' : `Deal ${id}`,
			stage_id: ((id - 1) % 3) + 1,
			contact_id: id,
			position: id,
			...stamps,
		})),
	products: () => [
		{
			id: 1,
			...productDefaults,
			identifier: 'PLAN-01',
			name: 'Website plan',
			amount_in_cents: 19_900,
			quantity_available: 10,
			...stamps,
		},
		{ id: 2, ...productDefaults, identifier: 'SEO-01', name: 'Search package', amount_in_cents: 49_900, ...stamps },
		{
			id: 3,
			...productDefaults,
			identifier: 'HOST-01',
			name: 'Hosting',
			amount_in_cents: 2_990,
			quantity_available: 99,
			...stamps,
		},
	],
	dealProducts: () => [
		{
			id: 1,
			deal_id: 1,
			product_id: 1,
			quantity: 2,
			unit_amount_in_cents: 19_900,
			total_amount_in_cents: 39_800,
			product_identifier: 'PLAN-01',
			product_name: 'Website plan',
			...stamps,
		},
	],
	users: () => [
		{ id: 1, ...userDefaults, full_name: 'Ana', email: 'ana@example.com', ...stamps },
		{
			id: 2,
			...userDefaults,
			full_name: 'Rui',
			email: 'rui@example.com',
			language: 'pt-BR',
			job_description: 'sales_representative',
			...stamps,
		},
	],
	dealAssignees: () => [1, 2].map((id) => ({ id, deal_id: id, user_id: 1, ...stamps })),
};

export const unauthorized: Reply = { status: 401, body: { errors: 'Unauthorized' } };
export const authorized: VendorSandbox['authorized'] = ({ authorization }) =>
	authorization?.split(' ').pop() === 'sandbox_woofed_token';
export const tooMany = (waitMs: number): Reply => ({
	status: 429,
	body: { error: 'Too Many Requests' },
	headers: { 'retry-after': String(Math.ceil(waitMs / 1000)) },
});

export const eventDefaults = {
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

/** The present moment in UTC, to the second. */
export const now = () => new Date().toISOString().replace(/\.\d+Z$/, 'Z');

const PER_PAGE = 10;

/** A page of what a search found, as the vendor's pager describes it. */
export function pageOf(found: Row[], page: number, shown: (row: Row) => unknown = (row) => row) {
	const [count, pages] = [found.length, Math.max(1, Math.ceil(found.length / PER_PAGE))];
	const data = found.slice((page - 1) * PER_PAGE, page * PER_PAGE);
	const from = data.length === 0 ? 0 : (page - 1) * PER_PAGE + 1;
	const to = data.length === 0 ? 0 : from + data.length - 1;
	const items = count === 0 ? PER_PAGE : data.length;
	return {
		data: data.map(shown),
		pagination: {
			page,
			items,
			count,
			pages,
			from,
			last: pages,
			to,
			prev: page > 1 ? Math.min(page - 1, pages) : null,
			next: page < pages ? page + 1 : null,
		},
	};
}
