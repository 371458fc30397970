import type { Reply, SandboxRequest, VendorSandbox } from '../../sandbox/types';
import {
	authorized,
	contactDefaults,
	dealDefaults,
	eventDefaults,
	now,
	pageOf,
	pipelines,
	productDefaults,
	seeds,
	stages,
	tooMany,
	unauthorized,
	userDefaults,
	type Row,
} from './data';
import { woofedCrmEvents } from './events';
import { isHit } from './match';
import type { Query } from './ransack';
import { Table } from './table';

const searchable = {
	contacts: ['id', 'full_name', 'email', 'phone', 'created_at', 'updated_at'],
	deals: ['id', 'name', 'status', 'contact_id', 'stage_id', 'pipeline_id', 'created_at', 'updated_at'],
	products: ['identifier', 'name', 'description', 'amount_in_cents', 'quantity_available', 'created_at', 'updated_at'],
	users: ['id', 'full_name', 'email', 'phone', 'job_description', 'language', 'created_at', 'updated_at'],
};

type Tables = Record<keyof typeof seeds | 'events', Table>;

const notFound: Reply = { status: 404, body: { error: 'Resource could not be found' } };
const ok = (body: unknown, status = 200): Reply => ({ status, body });
const created = (body: unknown): Reply => ok(body, 201);
const refused = (field: string, message: string): Reply => ({ status: 422, body: { errors: { [field]: [message] } } });
const gone: Reply = { status: 204 };

/** WoofedCRM as its documentation describes it. */
export function woofedCrmSandbox(): VendorSandbox {
	const tables = {
		...Object.fromEntries(Object.entries(seeds).map(([name, seed]) => [name, new Table(seed(), now)])),
		events: new Table([], now),
	} as Tables;
	const events = woofedCrmEvents(tables);
	return {
		vendor: 'woofedCrm',
		apiRoot: '/api/v1',
		authorized,
		unauthorized,
		notFound,
		invalid: (problems) => ({
			status: 422,
			body: { errors: problems.map(({ field, message }) => `${field} ${message}`.trim()) },
		}),
		tooMany,
		handlers: events.telling({
			...contactHandlers(tables),
			...dealHandlers(tables),
			...eventHandlers(tables),
			...productHandlers(tables),
			...dealProductHandlers(tables),
			...userHandlers(tables),
		}),
		panel: events.panel,
		deliveries: events.take,
	};
}

function contactHandlers({ contacts, deals, events }: Tables): VendorSandbox['handlers'] {
	return {
		searchContactsByQueryString: () => ok(pageOf([], 1)),
		createContact: ({ body }) =>
			created(contacts.add({ ...contactDefaults, ...body, label_list: labels(body.label_list) })),
		upsertContact: ({ body }) => {
			// The vendor writes the address into its query as it is.
			if (String(body.email ?? '').includes("'")) return ok({ status: 500, error: 'Internal Server Error' }, 500);
			const twin = contacts.first((contact) => isHit(contact, body));
			const members = { ...body, ...(body.label_list === undefined ? {} : { label_list: labels(body.label_list) }) };
			return twin ? ok(contacts.change(twin, members)) : created(contacts.add({ ...contactDefaults, ...members }));
		},
		searchContacts: (request) => search(contacts, request, searchable.contacts),
		getContact: ({ params }) => {
			const contact = contacts.find(params.id);
			return contact
				? ok({
						...contact,
						deals: deals.where('contact_id', contact.id),
						events: events.where('contact_id', contact.id),
					})
				: notFound;
		},
		deleteContact: ({ params }) => {
			deals.where('contact_id', Number(params.id)).forEach(({ id }) => deals.remove(id));
			return contacts.remove(params.id) ? gone : notFound;
		},
	};
}

/** Text with commas becomes a list; a list is dropped without a word. */
const labels = (value: unknown) => (typeof value === 'string' ? value.split(',').map((label) => label.trim()) : []);

function dealHandlers({ contacts, deals, dealProducts, dealAssignees, users }: Tables): VendorSandbox['handlers'] {
	const lines = ({ id }: Row) => dealProducts.where('deal_id', id);
	const plain = (deal: Row) => ({
		...deal,
		total_deal_products_amount_in_cents: lines(deal).reduce(
			(sum, { total_amount_in_cents }) => sum + Number(total_amount_in_cents),
			0,
		),
	});
	const create = (body: SandboxRequest['body']): Reply => {
		if (!contacts.find(body.contact_id)) return refused('contact', 'must exist');
		const stage = stages.find(({ id }) => id === body.stage_id);
		if (!stage) return refused('stage', 'must exist');
		return created(plain(deals.add({ ...dealDefaults, pipeline_id: stage.pipeline_id, ...body, ...outcomeOf(body) })));
	};
	const change = (deal: Row, body: SandboxRequest['body']): Reply => {
		// An unknown stage is not refused: the deal goes to the first one. A stage of another pipeline leaves the pipeline as it is.
		const stage =
			body.stage_id === undefined || stages.some(({ id }) => id === body.stage_id) ? {} : { stage_id: stages[0].id };
		return ok(plain(deals.change(deal, { ...body, ...stage, ...outcomeOf(body) })));
	};
	return {
		createDeal: ({ body }) => create(body),
		upsertDeal: ({ body }) => {
			const oldest = deals.first(({ contact_id }) => contact_id === body.contact_id);
			return oldest ? change(oldest, body) : create(body);
		},
		searchDeals: (request) => search(deals, request, searchable.deals, plain),
		getDeal: ({ params }) => {
			const deal = deals.find(params.id);
			if (!deal) return notFound;
			const stage = stages.find(({ id }) => id === deal.stage_id);
			return ok({
				...plain(deal),
				contact: contacts.find(deal.contact_id),
				stage,
				pipeline: pipelines.find(({ id }) => id === deal.pipeline_id),
				deal_products: lines(deal),
				deal_assignees: dealAssignees.where('deal_id', deal.id),
			});
		},
		updateDeal: ({ params, body }) => {
			const deal = deals.find(params.id);
			return deal ? change(deal, body) : notFound;
		},
		createDealAssignee: ({ body }) => {
			if (!deals.find(body.deal_id) || !users.find(body.user_id)) return notFound;
			if (dealAssignees.where('deal_id', body.deal_id).some(({ user_id }) => user_id === body.user_id))
				return refused('user', 'has already been taken');
			return created(dealAssignees.add(body));
		},
		deleteDealAssignee: ({ params }) => (dealAssignees.remove(params.id) ? gone : notFound),
	};
}

/** What a new status brings along: the moment of winning or losing, and no reason for what is not lost. */
function outcomeOf({ status, lost_reason = '' }: Record<string, unknown>): Record<string, unknown> {
	if (status === undefined) return {};
	return {
		won_at: status === 'won' ? now() : null,
		lost_at: status === 'lost' ? now() : null,
		lost_reason: status === 'lost' ? lost_reason : '',
	};
}

function eventHandlers({ deals, events }: Tables): VendorSandbox['handlers'] {
	return {
		createDealEvent: ({ params, body }) => {
			const deal = deals.find(params.deal_id);
			if (!deal) return notFound;
			const sent = body.send_now === true || body.done === true;
			const progress = sent ? { done: true, done_at: now(), auto_done: body.send_now === true } : {};
			return created(
				events.add({ deal_id: deal.id, contact_id: deal.contact_id, ...eventDefaults, ...body, ...progress }),
			);
		},
	};
}

function productHandlers({ products, dealProducts }: Tables): VendorSandbox['handlers'] {
	return {
		createProduct: ({ body }) => created(products.add({ ...productDefaults, ...body })),
		searchProducts: (request) => search(products, request, searchable.products),
		getProduct: ({ params }) => {
			const product = products.find(params.id);
			return product ? ok({ ...product, deal_products: dealProducts.where('product_id', product.id) }) : notFound;
		},
		updateProduct: (request) => changed(products, request),
	};
}

function dealProductHandlers({ deals, products, dealProducts }: Tables): VendorSandbox['handlers'] {
	const whole = (line: Row) => ({ ...line, product: products.find(line.product_id), deal: deals.find(line.deal_id) });
	const priced = (line: Row) =>
		Object.assign(line, { total_amount_in_cents: Number(line.quantity) * Number(line.unit_amount_in_cents) });
	return {
		createDealProduct: ({ body: { deal_id, product_id, quantity = 1 } }) => {
			const product = products.find(product_id);
			if (!deals.find(deal_id) || !product) return notFound;
			if (dealProducts.where('deal_id', deal_id).some((line) => line.product_id === product_id))
				return refused('product', 'has already been taken');
			// Price and names come from the catalogue, whatever was sent.
			const copied = {
				unit_amount_in_cents: product.amount_in_cents,
				product_name: product.name,
				product_identifier: product.identifier,
			};
			return created(whole(priced(dealProducts.add({ deal_id, product_id, quantity, ...copied }))));
		},
		getDealProduct: ({ params }) => {
			const line = dealProducts.find(params.id);
			return line ? ok(whole(line)) : notFound;
		},
		updateDealProduct: ({ params, body }) => {
			const line = dealProducts.find(params.id);
			return line ? ok(whole(priced(dealProducts.change(line, body)))) : notFound;
		},
	};
}

function userHandlers({ users }: Tables): VendorSandbox['handlers'] {
	return {
		createUser: ({ body: { password, password_confirmation, ...members } }) => {
			if (password !== password_confirmation) return refused('password_confirmation', "doesn't match Password");
			if (users.where('email', members.email).length > 0) return refused('email', 'has already been taken');
			return created(users.add({ ...userDefaults, ...members }));
		},
		searchUsers: (request) => search(users, request, searchable.users),
	};
}

function changed(table: Table, { params, body }: SandboxRequest): Reply {
	const row = table.find(params.id);
	return row ? ok(table.change(row, body)) : notFound;
}

/** What the query finds, a page at a time; a key that nobody knows is refused. */
function search(
	table: Table,
	{ body, query: inAddress }: SandboxRequest,
	fields: readonly string[],
	shown?: (row: Row) => unknown,
): Reply {
	const { found, unknown } = table.search((body.query ?? {}) as Query, { fields });
	if (unknown.length > 0)
		return { status: 422, body: { errors: 'Invalid search parameters', details: 'Unknown attribute or predicate' } };
	return ok(pageOf(found, Number(body.page ?? inAddress.page ?? 1), shown));
}
