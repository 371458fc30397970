import type { Reply } from '../../sandbox/types';
import { pageOf, userDefaults, type Row } from './data';
import { productCasts, productRefusal } from './observedProducts';
import { pageFrom, type ObservedRequest, type ObservedRoutes } from './observedRequest';
import { addUp, findOrFail, type ObservedState } from './observedState';
import { amount, flag, id, quantity, taken, text } from './observedValues';
import type { Query } from './ransack';

const USERS = {
	fields: ['id', 'full_name', 'email', 'phone', 'job_description', 'language', 'created_at', 'updated_at'],
};

const lineCasts = { quantity, unit_amount_in_cents: amount, product_name: text, product_identifier: text };
const userCasts = {
	full_name: text,
	email: text,
	phone: text,
	job_description: text,
	language: text,
	avatar_url: text,
	webpush_notify_on_event_expired: flag,
};

/** Requests that the version of 2026-01-31 has and that of October 2024 lacks. */
export function newRoutes(state: ObservedState): ObservedRoutes {
	const { contacts, deals, products, dealProducts, dealAssignees, users } = state;
	const putProduct = ({ params, body }: ObservedRequest): Reply => {
		const product = findOrFail(products, id(params.id));
		const members = taken(body, productCasts);
		return productRefusal({ ...product, ...members }) ?? { status: 200, body: products.change(product, members) };
	};
	const putLine = ({ params, body }: ObservedRequest): Reply => {
		const line = findOrFail(dealProducts, id(params.id));
		const members: Row = { ...line, ...taken(body, lineCasts) };
		const total_amount_in_cents = Number(members.quantity) * Number(members.unit_amount_in_cents);
		const changed = dealProducts.change(line, { ...members, total_amount_in_cents });
		addUp(state, line.deal_id);
		return {
			status: 200,
			body: { ...changed, product: products.find(line.product_id), deal: deals.find(line.deal_id) },
		};
	};
	const searchUsers = (request: ObservedRequest): Reply => ({
		status: 200,
		body: pageOf(users.search(request.search as Query, USERS).found, pageFrom(request)),
	});
	return {
		'DELETE contacts/:id': ({ params }) => {
			const contact = findOrFail(contacts, id(params.id));
			deals.where('contact_id', contact.id).forEach((deal) => deals.remove(deal.id));
			contacts.remove(contact.id);
			return { status: 204 };
		},
		'PUT products/:id': putProduct,
		'PATCH products/:id': putProduct,
		'PUT deal_products/:id': putLine,
		'PATCH deal_products/:id': putLine,
		'POST deal_assignees': ({ body }) => {
			const [deal, user] = [deals.find(id(body.deal_id)), users.find(id(body.user_id))];
			const errors = [deal ? '' : 'Deal must exist', user ? '' : 'User must exist'].filter((words) => words !== '');
			if (!deal || !user) return { status: 422, body: { errors } };
			if (dealAssignees.where('deal_id', deal.id).some(({ user_id }) => user_id === user.id))
				return { status: 422, body: { errors: ['User has already been taken'] } };
			return { status: 201, body: dealAssignees.add({ deal_id: deal.id, user_id: user.id }) };
		},
		'DELETE deal_assignees/:id': ({ params }) => {
			dealAssignees.remove(findOrFail(dealAssignees, id(params.id)).id);
			return { status: 204 };
		},
		'POST users': ({ body }) => {
			if (users.where('email', body.email).length > 0)
				return { status: 422, body: { errors: ['Email has already been taken'] } };
			if (body.password !== body.password_confirmation)
				return { status: 422, body: { errors: ["Password confirmation doesn't match Password"] } };
			return { status: 201, body: users.add({ ...userDefaults, ...taken(body, userCasts) }) };
		},
		'POST users/search': searchUsers,
		'GET users/search': searchUsers,
	};
}
