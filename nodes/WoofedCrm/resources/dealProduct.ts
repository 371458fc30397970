import { integer, text } from '../../shared/fields';
import { operation, type Resource } from '../../shared/form/operation';
import { addToDeal } from '../addToDeal';
import { cents, dealPick, productPick, typedId } from '../fields';

const page = 'https://docs.woofedcrm.com/docs/Developer%20Guides/Api/endpoints/deal-products/';

const simple = [
	'id',
	'deal_id',
	'product_id',
	'product_name',
	'product_identifier',
	'quantity',
	'unit_amount_in_cents',
	'total_amount_in_cents',
	'created_at',
	'updated_at',
];

/** Fields whose output the node compares with the input. A server of October 2024 silently drops the quantity, and uses the catalog's price. */
const watch = ['quantity', 'unit_amount_in_cents'];

const id = typedId('Deal Product ID')
	.required()
	.describe('ID of the product on the deal, not of the product itself. Deal > Get shows it in deal_products.');
const quantity = integer('Quantity').min(1).describe('Number of units. Older versions of WoofedCRM always use 1.');

const price = cents('Unit Price (Cents)').describe('Price per unit in cents: 19900 is 199.00');

const names = {
	product_name: text('Product Name')
		.example('Plano anual')
		.describe('Name on this deal only, instead of the name in the catalog'),
	product_identifier: text('Product Identifier')
		.tidy()
		.example('PLAN-01')
		.clearable('')
		.describe('Identifier on this deal only, instead of the identifier in the catalog'),
};

const create = operation({
	name: 'Create',
	action: 'Create deal product',
	description: 'Add a product to a deal, at the price of the catalog or at a different price',
	request: 'POST /deal_products',
	effect: 'writes',
	page,
	contract: 'createDealProduct',
	simple,
	watch,
	run: addToDeal,
	fields: {
		deal_id: dealPick.required(),
		product_id: productPick.required(),
		quantity: quantity.open(),
		unit_amount_in_cents: price.hint('Default: the price of the catalog. If set, the node sends a second request.'),
		...names,
	},
});

const get = operation({
	name: 'Get',
	action: 'Get deal product',
	description: 'Retrieve a product on a deal by its ID',
	request: 'GET /deal_products/{id}',
	effect: 'reads',
	page,
	contract: 'getDealProduct',
	simple,
	fields: { id },
});

const update = operation({
	name: 'Update',
	action: 'Update deal product',
	description: 'Change quantity, price or name of a product on a deal. The catalog stays unchanged.',
	request: 'PUT /deal_products/{id}',
	effect: 'writes',
	updates: true,
	page,
	contract: 'updateDealProduct',
	simple,
	watch,
	fields: {
		id,
		quantity,
		unit_amount_in_cents: price,
		...names,
	},
});

export const dealProduct: Resource = { name: 'Deal Product', operations: { create, get, update } };
