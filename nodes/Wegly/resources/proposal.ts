import { dateTime, integer, rows, text, uuid } from '../../shared/fields';
import { operation, type Resource } from '../../shared/form/operation';
import { optionalToggle, within } from '../fields';

const unpublished = 'Wegly publishes no meaning of this number';

// Rows send all that they show, so that everything here can stay blank: an edit of the quantity must not touch the price.
const items = rows(
	'Items',
	{
		id: uuid('Item ID').describe('ID of the item to change; a row without it is a new item'),
		delete: optionalToggle('Delete').describe('Removes the item with this ID'),
		product_id: uuid('Product ID'),
		sku: text('SKU'),
		name: text('Name'),
		description: text('Description').rows(2),
		quantity: within('Quantity', 0.001),
		unit_price: within('Unit Price', 0),
		unit: integer('Unit').blank().describe(unpublished),
		discount_type: integer('Discount Type').blank().describe(unpublished),
		discount_value: within('Discount Value', 0),
		notes: text('Notes').rows(2),
		is_recurring_default: optionalToggle('Is Recurring'),
		billing_interval_default: integer('Billing Interval').blank().describe(unpublished),
		contract_term_months: integer('Contract Term in Months').min(1).blank(),
		start_date: dateTime('Start Date'),
		end_date: dateTime('End Date'),
		billing_cycles: integer('Billing Cycles').min(1).blank(),
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
	unverified: 'Wegly does not say whether what is left out keeps its value, so try it on a proposal that does not matter',
	fields: {
		id: uuid('Proposal ID').required(),
		lead_id: uuid('Lead ID'),
		deal_id: uuid('Deal ID'),
		deal_code: text('Deal Code').example('1024').describe('Number of the deal as Wegly shows it'),
		title: text('Title'),
		notes: text('Notes').rows(4),
		status: integer('Status').describe(unpublished),
		discount_type: integer('Discount Type').describe(unpublished),
		discount_value: within('Discount Value', 0),
		valid_until: dateTime('Valid Until'),
		approved_by: uuid('Approved By').describe('ID of the user who approved it'),
		approved_at: dateTime('Approved At'),
		archived_at: dateTime('Archived At'),
		rejected_at: dateTime('Rejected At'),
		items: items.describe('A row with an item ID changes or deletes that item, a row without one adds an item'),
	},
});

export const proposal: Resource = { name: 'Proposal', operations: { update } };
