import { choice, choices, dateTime, decimal, pick, pickByIdOrEmail, text, uuid } from '../../shared/fields';
import { operation, type Resource } from '../../shared/form/operation';
import { leads, products, users } from '../lookups';

const Id = uuid('Sales Activity ID')
	.required()
	.describe('ID that Create returned. Activity > Get Many of the lead also returns it.');
const lead = pick('Lead', leads);

const status = choice('Status', choices({ Open: 'Open', Won: 'Won', Lost: 'Lost' })).describe(
	'Status of the sale. You cannot change it later.',
);
/** The default is neither won nor lost, because the status is final. Version 1 keeps its default, Lost. */
const Status = status.default('Open').formerly(status.default('Lost'));

const sale = {
	ProductSku: pick('Product', products).describe('Product of the sale, from the list or by SKU'),
	Revenue: decimal('Revenue').min(0).describe('Value of the sale, in the currency of the account'),
	owner: pickByIdOrEmail('Owner', users, { id: 'SalesOwner', email: 'SalesOwnerEmail' }).describe(
		'User who gets credit for the sale',
	),
	SalesDate: dateTime('Date of the Sale').describe("Date and time of the sale, in the workflow's time zone"),
};

const create = operation({
	name: 'Create',
	action: 'Create sales activity',
	description: 'Add a sale to a lead. Running it again adds a second sale.',
	request: 'POST /SalesActivity.svc/Create',
	effect: 'writes',
	page: 'https://apidocs.leadsquared.com/post-or-add-a-sales-activity-to-a-lead/',
	contract: 'createSalesActivity',
	output: 'Message',
	fields: {
		ProspectId: lead.required().ordered(),
		Status: Status.required(),
		...sale,
	},
});

const update = operation({
	name: 'Update',
	action: 'Update sales activity',
	description: 'Update a sale. LeadSquared does not update its status.',
	request: 'POST /SalesActivity.svc/Update',
	effect: 'writes',
	page: 'https://apidocs.leadsquared.com/update-an-existing-sales-activity/',
	contract: 'updateSalesActivity',
	output: 'Message',
	updates: true,
	fields: { Id: Id.ordered(), ProspectId: lead.describe('Lead of the sale'), ...sale },
});

const cancel = operation({
	name: 'Cancel',
	action: 'Cancel sales activity',
	description: 'Cancel a sale. LeadSquared documents no way to undo this.',
	request: 'POST /SalesActivity.svc/Cancel',
	effect: 'writes',
	page: 'https://apidocs.leadsquared.com/cancel-sales-activity/',
	contract: 'cancelSalesActivity',
	output: 'Message',
	fields: {
		activityId: Id.ordered(),
		activityEventNote: text('Note').rows(4).example('Customer withdrew').describe('Reason for the cancellation'),
	},
});

const get = operation({
	name: 'Get',
	action: 'Get sales activity',
	description: 'Retrieve a sale with its fields',
	request: 'GET /SalesActivity.svc/RetrieveActivity',
	effect: 'reads',
	page: 'https://apidocs.leadsquared.com/retrieve-sales-activity/',
	contract: 'getSalesActivity',
	fields: { activityId: Id },
});

const getSettings = operation({
	name: 'Get Settings',
	action: 'Get settings of sales activities',
	description: 'Retrieve the currency and the fields of sales in the account',
	request: 'GET /SalesActivity.svc/RetrieveSetting',
	effect: 'reads',
	page: 'https://apidocs.leadsquared.com/get-sales-activity-settings/',
	contract: 'getSalesActivitySettings',
	fields: {},
});

export const salesActivity: Resource = {
	name: 'Sales Activity',
	operations: { create, update, cancel, get, getSettings },
};
