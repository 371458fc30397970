import type { Reply } from '../types';
import { pageOf, productDefaults } from './woofedCrmData';
import { pageFrom, type ObservedRoutes } from './woofedCrmObservedRequest';
import { systemEvent } from './woofedCrmObservedEvents';
import { FrameworkError, insert, type ObservedState } from './woofedCrmObservedState';
import { amount, attributes, id, quantity, taken, text } from './woofedCrmObservedValues';
import type { Query } from './woofedCrmRansack';

/** An id is not among them: a search or a sort by it is ignored. */
const SEARCHABLE = { fields: ['identifier', 'name', 'description', 'amount_in_cents', 'quantity_available', 'created_at', 'updated_at'], joined: true };
const TEXTS = ['identifier', 'name', 'description'];
const casts = {
	identifier: text,
	name: text,
	description: text,
	amount_in_cents: amount,
	quantity_available: quantity,
	custom_attributes: attributes,
	additional_attributes: attributes,
};
const LARGEST_INTEGER = 2_147_483_647;

const missing: Reply = { status: 404, body: { errors: 'Not found' } };

/** Products and the deals they are on, as the server of 2024 kept them: without quantity, price or name on a deal. */
export function productRoutes(state: ObservedState): ObservedRoutes {
	const { deals, products, dealProducts } = state;
	return {
		'POST products': ({ body }) => {
			const members = { ...productDefaults, ...taken(body, casts) };
			const isNegative = (value: unknown) => value === null || Number(value) < 0;
			const errors = [isNegative(members.quantity_available) ? 'Quantity available' : '', isNegative(members.amount_in_cents) ? 'Price' : ''].filter(
				(name) => name !== '',
			);
			if (errors.length > 0) return { status: 422, body: { errors: errors.map((name) => `${name} Can not be negative`) } };
			if ([members.amount_in_cents, members.quantity_available].some((value) => value > LARGEST_INTEGER)) throw new FrameworkError(500);
			return { status: 201, body: insert(products, members, TEXTS) };
		},
		'POST products/search': (request) => ({ status: 200, body: pageOf(products.search(request.search as Query, SEARCHABLE).found, pageFrom(request)) }),
		'GET products/:id': ({ params }) => {
			const product = products.find(id(params.id));
			return product ? { status: 200, body: { ...product, deal_products: dealProducts.where('product_id', product.id) } } : missing;
		},
		'POST deal_products': ({ body }) => {
			const [product, deal] = [products.find(id(body.product_id)), deals.find(id(body.deal_id))];
			if (!product || !deal)
				return { status: 422, body: { errors: [product ? '' : 'Product must exist', deal ? '' : 'Deal must exist'].filter((words) => words !== '') } };
			const line = dealProducts.add({ product_id: product.id, deal_id: deal.id });
			systemEvent(state, 'deal_product_added', deal, { product_id: product.id, deal_id: deal.id, product_name: product.name, deal_name: deal.name });
			return { status: 201, body: { ...line, product, deal } };
		},
		'GET deal_products/:id': ({ params }) => {
			const line = dealProducts.find(id(params.id));
			return line ? { status: 200, body: { ...line, product: products.find(line.product_id), deal: deals.find(line.deal_id) } } : missing;
		},
	};
}
