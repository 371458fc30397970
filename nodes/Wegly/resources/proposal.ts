import { dateTime, integer, rows, text, uuid } from '../../shared/fields';
import { operation, type Resource } from '../../shared/form/operation';
import { dealId, leadId, askSupport, optionalToggle, userOfDeal, within } from '../fields';

const unpublished = 'Wegly does not publish the meaning of this number';
const discount = 'Discount, in the unit of Discount Type';

// Rows send every field that they show, so each field can stay blank: a new quantity must not change the price.
const items = rows(
	'Items',
	{
		id: uuid('Item ID').describe(`Item to change. Leave it empty to add an item. ${askSupport}.`),
		delete: optionalToggle('Delete').describe('Removes the item with this ID'),
		product_id: uuid('Product ID').describe(`Product in the catalog. ${askSupport}.`),
		sku: text('SKU').tidy().example('PLAN-01').describe('Code of the product, as shown in the proposal'),
		name: text('Name').example('Plano anual'),
		description: text('Description').rows(2).example('12 meses, com suporte'),
		quantity: within('Quantity', 0.001).example('1'),
		unit_price: within('Unit Price', 0).example('1500.00').describe('Price per unit, before the discount'),
		unit: integer('Unit').blank().example('0').describe(unpublished),
		discount_type: integer('Discount Type').blank().example('0').describe(unpublished),
		discount_value: within('Discount Value', 0).example('100.00').describe(discount),
		notes: text('Notes').rows(2).example('Entrega em 5 dias'),
		is_recurring_default: optionalToggle('Is Recurring').describe('Whether the customer pays repeatedly'),
		billing_interval_default: integer('Billing Interval').blank().example('0').describe(unpublished),
		contract_term_months: integer('Term (Months)')
			.min(1)
			.blank()
			.example('12')
			.describe('Length of the contract in months'),
		start_date: dateTime('Start Date').describe('When a recurring item begins'),
		end_date: dateTime('End Date').describe('When a recurring item ends'),
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
	unverified: 'Wegly does not say whether omitted fields keep their values: try it on a test proposal',
	fields: {
		id: uuid('Proposal ID').required().describe(`Proposal to change. ${askSupport}.`),
		lead_id: leadId,
		deal_id: dealId,
		deal_code: text('Deal Code').tidy().example('1024').describe('Number of the deal as Wegly shows it'),
		title: text('Title').example('Proposta - Plano anual'),
		notes: text('Notes').rows(4).example('Válida até o fim do mês'),
		status: integer('Status').describe(unpublished),
		discount_type: integer('Discount Type').describe(unpublished),
		discount_value: within('Discount Value', 0).example('100.00').describe(discount),
		valid_until: dateTime('Valid Until').describe('Last date and time at which the customer can accept'),
		approved_by: userOfDeal('Approved By').describe(
			'User who approved it. Listed from Deal ID. Deal > Get shows it in responsible.',
		),
		approved_at: dateTime('Approved At').describe('When the proposal was approved'),
		archived_at: dateTime('Archived At').describe('When the proposal was archived'),
		rejected_at: dateTime('Rejected At').describe('When the customer rejected the proposal'),
		items: items.describe('A row with an item ID changes or deletes that item. A row without an ID adds an item.'),
	},
});

export const proposal: Resource = { name: 'Proposal', operations: { update } };
