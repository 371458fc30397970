import type { Reply } from '../../sandbox/types';
import { pageOf, productDefaults, type Row } from './data';
import { pageFrom, type ObservedRoutes } from './observedRequest';
import { systemEvent } from './observedEvents';
import { addUp, FrameworkError, insert, type ObservedState } from './observedState';
import { amount, attributes, id, quantity, taken, text } from './observedValues';
import type { Query } from './ransack';

/** An id is not among them: a search or a sort by it is ignored. */
const SEARCHABLE = {
	fields: ['identifier', 'name', 'description', 'amount_in_cents', 'quantity_available', 'created_at', 'updated_at'],
	joined: true,
};
const TEXTS = ['identifier', 'name', 'description'];
export const productCasts = {
	identifier: text,
	name: text,
	description: text,
	amount_in_cents: amount,
	quantity_available: quantity,
	custom_attributes: attributes,
	additional_attributes: attributes,
};
const LARGEST_INTEGER = 2_147_483_647;

/** Products and the deals they are on. The version of 2024 keeps no quantity, price or name on a deal, that of 2026 takes a product once. */
export function productRoutes(state: ObservedState): ObservedRoutes {
	const { deals, products, dealProducts, isNew } = state;
	return {
		'POST products': ({ body }) => {
			const members = { ...productDefaults, ...taken(body, productCasts) };
			const refused = productRefusal(members);
			if (refused) return refused;
			return { status: 201, body: insert(products, members, TEXTS) };
		},
		'POST products/search': (request) => ({
			status: 200,
			body: pageOf(products.search(request.search as Query, SEARCHABLE).found, pageFrom(request)),
		}),
		'GET products/:id': ({ params }) => {
			const product = products.find(id(params.id));
			return product
				? { status: 200, body: { ...product, deal_products: dealProducts.where('product_id', product.id) } }
				: state.unknown;
		},
		'POST deal_products': ({ body }) => {
			const [product, deal] = [products.find(id(body.product_id)), deals.find(id(body.deal_id))];
			if (!product || !deal)
				return {
					status: 422,
					body: {
						errors: [product ? '' : 'Product must exist', deal ? '' : 'Deal must exist'].filter(
							(words) => words !== '',
						),
					},
				};
			if (isNew && dealProducts.where('deal_id', deal.id).some(({ product_id }) => product_id === product.id))
				return { status: 422, body: { errors: ['Product already added to this deal'] } };
			const line = dealProducts.add({
				product_id: product.id,
				deal_id: deal.id,
				...(isNew ? pricedLine(product, body) : {}),
			});
			addUp(state, deal.id);
			systemEvent(state, 'deal_product_added', deal, {
				product_id: product.id,
				deal_id: deal.id,
				product_name: product.name,
				deal_name: deal.name,
			});
			return { status: 201, body: { ...line, product, deal } };
		},
		'GET deal_products/:id': ({ params }) => {
			const line = dealProducts.find(id(params.id));
			return line
				? { status: 200, body: { ...line, product: products.find(line.product_id), deal: deals.find(line.deal_id) } }
				: state.unknown;
		},
	};
}

/** What the server says to a product that it doesn't keep. */
export function productRefusal(members: Record<string, unknown>): Reply | undefined {
	const isNegative = (value: unknown) => value === null || Number(value) < 0;
	const errors = [
		isNegative(members.quantity_available) ? 'Quantity available' : '',
		isNegative(members.amount_in_cents) ? 'Price' : '',
	].filter((name) => name !== '');
	if (errors.length > 0) return { status: 422, body: { errors: errors.map((name) => `${name} Can not be negative`) } };
	if ([members.amount_in_cents, members.quantity_available].some((value) => Number(value) > LARGEST_INTEGER))
		throw new FrameworkError(500);
	return undefined;
}

/** A line of a deal as the version of 2026 begins it: price and names come from the catalogue, whatever was sent. */
function pricedLine(product: Row, body: Record<string, unknown>): Record<string, unknown> {
	const count = body.quantity === undefined ? 1 : quantity(body.quantity);
	return {
		quantity: count,
		unit_amount_in_cents: product.amount_in_cents,
		product_name: product.name,
		product_identifier: product.identifier,
		total_amount_in_cents: Number(count) * Number(product.amount_in_cents),
	};
}
