import { dateTime, integer, rows, text, uuid } from '../../shared/fields';
import { operation, type Resource } from '../../shared/form/operation';
import { dealId, leadId, nowhere, optionalToggle, userOfDeal, within } from '../fields';

const unpublished = 'Wegly publishes no meaning of this number';
const discount = 'How much is taken off, in the unit that Discount Type says';

// Rows send all that they show, so that everything here can stay blank: an edit of the quantity must not touch the price.
const items = rows(
	'Items',
	{
		id: uuid('Item ID').describe(`Item to change; a row without it is a new item. ${nowhere}.`),
		delete: optionalToggle('Delete').describe('Removes the item with this ID'),
		product_id: uuid('Product ID').describe(`Product of the catalogue that the item is. ${nowhere}.`),
		sku: text('SKU').tidy().example('PLAN-01').describe('Code of the product, as it stands in the proposal'),
		name: text('Name').example('Plano anual'),
		description: text('Description').rows(2).example('12 meses, com suporte'),
		quantity: within('Quantity', 0.001).example('1'),
		unit_price: within('Unit Price', 0).example('1500.00').describe('Price of one, before the discount'),
		unit: integer('Unit').blank().example('0').describe(unpublished),
		discount_type: integer('Discount Type').blank().example('0').describe(unpublished),
		discount_value: within('Discount Value', 0).example('100.00').describe(discount),
		notes: text('Notes').rows(2).example('Entrega em 5 dias'),
		is_recurring_default: optionalToggle('Is Recurring').describe('Whether the customer pays again and again'),
		billing_interval_default: integer('Billing Interval').blank().example('0').describe(unpublished),
		contract_term_months: integer('Term (Months)')
			.min(1)
			.blank()
			.example('12')
			.describe('How long the customer is bound by the contract'),
		start_date: dateTime('Start Date').describe('When the item begins, for one that recurs'),
		end_date: dateTime('End Date').describe('When the item ends, for one that recurs'),
		billing_cycles: integer('Billing Cycles').min(1).blank().example('12').describe('How many times the customer pays'),
	},
	'Add Item',
);

const update = operation({
	name: 'Update',
	action: 'Update proposal',
	description: 'Update a commercial proposal and its items',
	request: 'PUT /proposals/{id}',
	effect: 'writes',
	updates: true,
	page: 'https://docs.wegly.com.br/api-reference/propostas/atualiza%C3%A7%C3%A3o-de-proposta',
	contract: 'updateProposal',
	simple: ['id', 'code', 'version', 'title', 'status', 'deal', 'lead', 'total', 'items_count', 'valid_until'],
	unverified:
		'Wegly does not say whether what is left out keeps its value, so try it on a proposal that does not matter',
	fields: {
		id: uuid('Proposal ID').required().describe(`Proposal to change. ${nowhere}.`),
		lead_id: leadId,
		deal_id: dealId,
		deal_code: text('Deal Code').tidy().example('1024').describe('Number of the deal as Wegly shows it'),
		title: text('Title').example('Proposta - Plano anual'),
		notes: text('Notes').rows(4).example('Válida até o fim do mês'),
		status: integer('Status').describe(unpublished),
		discount_type: integer('Discount Type').describe(unpublished),
		discount_value: within('Discount Value', 0).example('100.00').describe(discount),
		valid_until: dateTime('Valid Until').describe('Last moment at which the customer can accept'),
		approved_by: userOfDeal('Approved By').describe(
			'User who approved it. The list offers the people in the deal of Deal ID. Deal > Get shows it in responsible.',
		),
		approved_at: dateTime('Approved At').describe('When it was approved'),
		archived_at: dateTime('Archived At').describe('When it was put away'),
		rejected_at: dateTime('Rejected At').describe('When the customer refused it'),
		items: items.describe('A row with an item ID changes or deletes that item, a row without one adds an item'),
	},
});

export const proposal: Resource = { name: 'Proposal', operations: { update } };
