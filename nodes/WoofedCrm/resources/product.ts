import { dateTime, fixed, nested, text } from '../../shared/fields';
import { operation, type Resource } from '../../shared/form/operation';
import { amount, cents, contains, customAttributes, productPick } from '../fields';
import { existingValues, writeKeeping } from '../keepAndAdd';
import { productPages, search } from '../vendor';

const page = 'https://docs.woofedcrm.com/docs/Developer%20Guides/Api/endpoints/products/';

const simple = [
	'id',
	'name',
	'identifier',
	'description',
	'amount_in_cents',
	'quantity_available',
	'custom_attributes',
	'created_at',
	'updated_at',
];

const id = productPick.required();
const name = text('Name').example('Plano anual');
const amount_in_cents = cents('Price (Cents)').describe('Price in cents: 19900 is 199.00');
const custom_attributes = customAttributes('{ "colour": "blue" }');
const details = {
	identifier: text('Identifier')
		.tidy()
		.example('PLAN-01')
		.clearable('')
		.describe('Your own code for the product, such as its SKU'),
	quantity_available: amount('Quantity Available').describe('How many are in stock'),
	description: text('Description').rows(4).example('12 meses, com suporte').clearable(''),
	custom_attributes,
};

const create = operation({
	name: 'Create',
	action: 'Create product',
	description: 'Create a product in the catalog',
	request: 'POST /products',
	effect: 'writes',
	page,
	contract: 'createProduct',
	simple,
	fields: { name: name.required(), amount_in_cents: amount_in_cents.open(), ...details },
});

const get = operation({
	name: 'Get',
	action: 'Get product',
	description: 'Retrieve a product by its ID, with the deals it is on',
	request: 'GET /products/{id}',
	effect: 'reads',
	page,
	contract: 'getProduct',
	simple: [...simple, 'deal_products'],
	fields: { id },
});

const getAll = operation({
	name: 'Get Many',
	action: 'Get many products',
	description: 'Retrieve a list of products',
	request: 'POST /products/search',
	page,
	contract: 'searchProducts',
	simple,
	...search,
	many: productPages,
	fields: {
		query: nested({
			name_cont: contains('Name Contains', 'Plano'),
			identifier_eq: text('Identifier')
				.tidy()
				.example('PLAN-01')
				.describe('Whole identifier, in the same upper and lower case'),
			description_cont: contains('Description Contains', 'suporte'),
			amount_in_cents_gteq: cents('Lowest Price (Cents)').describe('In cents: 19900 is 199.00'),
			quantity_available_gt: amount('Quantity Above').describe(
				'Only products with more than this in stock. 0 finds all products in stock.',
			),
			created_at_gteq: dateTime('Created From').describe('Earliest time of creation'),
			updated_at_lteq: dateTime('Updated Until').describe('Latest time of the last change'),
			s: fixed(['created_at asc', 'identifier asc', 'name asc']),
		}),
	},
});

const update = operation({
	name: 'Update',
	action: 'Update product',
	description: 'Change the given fields of a product. The other fields keep their values.',
	request: 'PUT /products/{id}',
	effect: 'writes',
	updates: true,
	page,
	contract: 'updateProduct',
	simple,
	run: writeKeeping,
	fields: {
		id,
		name,
		amount_in_cents,
		...details,
		custom_attributes: custom_attributes.describe(
			'Custom attributes. Others of the product are removed, unless Existing Values keeps them.',
		),
		existing: existingValues('Custom attributes'),
	},
});

export const product: Resource = { name: 'Product', operations: { create, get, getAll, update } };
