import { choice, choices, dateTime, decimal, pick, pickByIdOrEmail, text, uuid } from '../../shared/fields';
import { operation, type Resource } from '../../shared/form/operation';
import { leads, products, users } from '../lookups';

const Id = uuid('Sales Activity ID')
	.required()
	.describe('ID that Create has put out, or that stands among the activities of the lead');
const lead = pick('Lead', leads);

const status = choice('Status', choices({ Open: 'Open', Won: 'Won', Lost: 'Lost' })).describe(
	'What became of the sale; it cannot be changed afterwards',
);
/** A fresh form sells nothing and loses nothing. */
const Status = status.default('Open').formerly(status.default('Lost'));

const sale = {
	ProductSku: pick('Product', products).describe('Product that was sold, from the list or by its SKU'),
	Revenue: decimal('Revenue').min(0).describe('Value of the sale, in the currency of the account'),
	owner: pickByIdOrEmail('Owner', users, { id: 'SalesOwner', email: 'SalesOwnerEmail' }).describe(
		'User to whom the sale is credited',
	),
	SalesDate: dateTime('Date of the Sale').describe('When the sale took place. Sent in UTC.'),
};

const create = operation({
	name: 'Create',
	action: 'Create sales activity',
	description: 'Post a sale on a lead. Running it again posts a second one.',
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
	description: 'Change a sale. Its status cannot be changed this way.',
	request: 'POST /SalesActivity.svc/Update',
	effect: 'writes',
	page: 'https://apidocs.leadsquared.com/update-an-existing-sales-activity/',
	contract: 'updateSalesActivity',
	output: 'Message',
	updates: true,
	fields: { Id: Id.ordered(), ProspectId: lead.describe('Lead that the sale belongs to'), ...sale },
});

const cancel = operation({
	name: 'Cancel',
	action: 'Cancel sales activity',
	description: 'Cancel a sale. No way to take that back is documented.',
	request: 'POST /SalesActivity.svc/Cancel',
	effect: 'writes',
	page: 'https://apidocs.leadsquared.com/cancel-sales-activity/',
	contract: 'cancelSalesActivity',
	output: 'Message',
	fields: {
		activityId: Id.ordered(),
		activityEventNote: text('Note').rows(4).example('Customer withdrew').describe('Why the sale is off'),
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
	description: 'Retrieve the currency and the fields that sales have in the account',
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
