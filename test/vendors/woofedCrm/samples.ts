import type { IDataObject } from 'n8n-workflow';
import { byId } from '../../engine/forms';
import type { Sample } from '../../engine/samples/sample';

const sample = (name: string, resource: string, operation: string, parameters: IDataObject): Sample => ({
	name,
	node: 'woofedCrm',
	parameters: { resource, operation, ...parameters },
});

const from = '2025-01-01T00:00:00';
const until = '2027-01-01T00:00:00';

export const woofedCrmSamples: Sample[] = [
	sample('create contact', 'contact', 'create', {
		full_name: 'Bruno Lima',
		email: 'bruno@example.com',
		phone: '+55 (11) 98888-7766',
		additionalFields: { label_list: 'lead, vip', custom_attributes: '{ "city": "Recife" }' },
	}),
	sample('get contact', 'contact', 'get', { id: byId(1) }),
	sample('get many contacts', 'contact', 'getAll', {
		limit: 5,
		filters: {
			id_eq: 1,
			full_name_cont: 'mariana',
			email_cont: '@example.com',
			email_eq: 'mariana@example.com',
			phone_eq: '+5511999990001',
			phone_cont: '5511',
			created_at_gteq: from,
			updated_at_lteq: until,
		},
	}),
	sample('find contact', 'contact', 'find', { email: 'Mariana@example.com', phone: '+55 11 99999-0001' }),
	sample('delete contact', 'contact', 'delete', { id: byId(23) }),
	sample('create or update contact', 'contact', 'upsert', {
		email: 'new@example.com',
		phone: '+5521977776666',
		full_name: 'Nova',
		additionalFields: { label_list: 'vip', existing: 'merge' },
	}),
	sample('move deal to stage', 'deal', 'moveToStage', { id: byId(4), stage_id: byId(2), pipeline_id: byId(1) }),
	sample('mark deal as won', 'deal', 'markWon', { id: byId(5) }),
	sample('mark deal as lost', 'deal', 'markLost', { id: byId(6), lost_reason: 'Price' }),
	sample('create deal', 'deal', 'create', {
		contact_id: byId(1),
		stage_id: byId(2),
		name: 'Shop',
		pipeline_id: byId(1),
		additionalFields: {
			status: 'lost',
			lost_reason: 'Price',
			won_at: from,
			lost_at: until,
			position: 1,
			custom_attributes: '{ "source": "website" }',
		},
	}),
	sample('create or update deal', 'deal', 'upsert', {
		contact_id: byId(1),
		name: 'Website plan lead',
		stage_id: byId(2),
		additionalFields: { status: 'open', custom_attributes: '{ "source": "website" }', existing: 'merge' },
	}),
	sample('create or update oldest deal', 'deal', 'upsertOldest', {
		contact_id: byId(7),
		name: 'Renewal',
		pipeline_id: byId(1),
		stage_id: byId(2),
		additionalFields: { status: 'open' },
	}),
	sample('get deal', 'deal', 'get', { id: byId(1) }),
	sample('get many deals', 'deal', 'getAll', {
		limit: 5,
		filters: {
			id_eq: 1,
			name_cont: 'website',
			status_eq: 'open',
			contact_id_eq: byId(1),
			stage_id_eq: byId(1),
			pipeline_id_eq: byId(1),
			created_at_gteq: from,
			updated_at_lteq: until,
		},
	}),
	sample('update deal', 'deal', 'update', {
		id: byId(2),
		updateFields: {
			name: 'Shop',
			contact_id: byId(3),
			stage_id: byId(3),
			pipeline_id: byId(1),
			status: 'won',
			position: 2,
		},
	}),
	sample('create product', 'product', 'create', {
		name: 'Domain',
		amount_in_cents: 4_990,
		additionalFields: {
			identifier: 'DOM-01',
			quantity_available: 5,
			description: 'One year',
			custom_attributes: '{ "colour": "blue" }',
		},
	}),
	sample('get product', 'product', 'get', { id: byId(1) }),
	sample('get many products', 'product', 'getAll', {
		limit: 5,
		filters: {
			name_cont: 'plan',
			identifier_eq: 'PLAN-01',
			description_cont: 'site',
			amount_in_cents_gteq: 100,
			quantity_available_gt: 0,
			created_at_gteq: from,
			updated_at_lteq: until,
		},
	}),
	sample('update product', 'product', 'update', {
		id: byId(2),
		updateFields: { amount_in_cents: 59_900, name: 'Search package', identifier: 'SEO-02' },
	}),
	sample('create deal product', 'dealProduct', 'create', {
		deal_id: byId(3),
		product_id: byId(2),
		quantity: 2,
		additionalFields: { unit_amount_in_cents: 45_000, product_name: 'Search', product_identifier: 'SEO-X' },
	}),
	sample('get deal product', 'dealProduct', 'get', { id: 1 }),
	sample('update deal product', 'dealProduct', 'update', {
		id: 1,
		updateFields: { quantity: 3, unit_amount_in_cents: 18_000, product_name: 'Plan', product_identifier: 'PLAN-02' },
	}),
	sample('create deal assignee', 'dealAssignee', 'create', { deal_id: byId(3), user_id: byId(2) }),
	sample('delete deal assignee', 'dealAssignee', 'delete', { id: 1 }),
	sample('remove user from deal', 'dealAssignee', 'removeUser', { deal_id: byId(2), user_id: byId(1) }),
	sample('create user', 'user', 'create', {
		email: 'carla@example.com',
		password: 'a long secret',
		password_confirmation: 'a long secret',
		full_name: 'Carla',
		additionalFields: {
			phone: '5511988887766',
			job_description: 'ceo',
			language: 'pt-BR',
			avatar_url: 'https://example.com/carla.png',
			webpush_notify_on_event_expired: true,
		},
	}),
	sample('get many users', 'user', 'getAll', {
		limit: 5,
		filters: {
			id_eq: 2,
			full_name_cont: 'rui',
			email_cont: 'rui@',
			phone_cont: '55',
			job_description_cont: 'sales',
			language_eq: 'pt-BR',
			created_at_gteq: from,
			created_at_lteq: until,
			updated_at_gteq: from,
		},
	}),
];
