import { text } from '../../shared/fields';
import { operation, type Resource } from '../../shared/form/operation';
import { sortedWhole, sorting } from '../listFields';
import { productPages } from '../pages';

const create = operation({
	name: 'Create',
	action: 'Create product',
	description: 'Create a product for sales activities',
	request: 'POST /SalesActivity.svc/CreateProduct',
	effect: 'writes',
	page: 'https://apidocs.leadsquared.com/add-a-product/',
	contract: 'createProduct',
	output: 'Message',
	fields: {
		ProductSku: text('SKU')
			.tidy()
			.required()
			.example('SKU-1')
			.describe('Stock number of the product, which sales activities use'),
		Name: text('Name').required().example('Starter plan'),
		Description: text('Description').rows(4).example('Up to five users'),
	},
});

const getAll = operation({
	name: 'Get Many',
	action: 'Get many products',
	description: 'Retrieve a list of products',
	request: 'POST /SalesActivity.svc/RetrieveProducts',
	effect: 'reads',
	page: 'https://github.com/LeadSquared/php-library',
	contract: 'getProducts',
	schema: 'Product',
	many: productPages,
	fields: {
		SearchText: text('Search').at('Parameter.SearchText').example('plan').describe('Part of the name or the SKU'),
		Id: text('Product ID')
			.tidy()
			.at('Parameter.Id')
			.example('5b00003c-1a2b-4c3d-8e4f-00000000003c')
			.describe('ID that Product > Create returned'),
		ProductSku: text('SKU').tidy().at('Parameter.ProductSku').example('SKU-1').describe('Stock number of the product'),
		Name: text('Name').at('Parameter.Name').example('Starter plan').describe('Name of the product'),
		Sorting: sorting,
	},
	rules: [sortedWhole],
});

export const product: Resource = { name: 'Product', operations: { create, getAll } };
