import { pick } from '../../shared/fields';
import { deleted, operation, type Resource } from '../../shared/operation';
import { typedId } from '../fields';
import { deals, users } from '../lookups';

const page = 'https://docs.woofedcrm.com/docs/Developer%20Guides/Api/endpoints/deal-assignees/';

const create = operation({
	name: 'Create',
	action: 'Create deal assignee',
	description: 'Assign a user to a deal; WoofedCRM refuses a user who is assigned already',
	request: 'POST /deal_assignees',
	page,
	contract: 'createDealAssignee',
	fields: { deal_id: pick('Deal', deals).required(), user_id: pick('User', users).required() },
});

const remove = operation({
	name: 'Delete',
	action: 'Delete deal assignee',
	description: 'Take a user off a deal',
	request: 'DELETE /deal_assignees/{id}',
	page,
	contract: 'deleteDealAssignee',
	output: deleted,
	fields: { id: typedId('Deal Assignee ID').required().describe('ID of the assignment, not of the user').hint('Deal > Get lists the assignees of a deal') },
});

export const dealAssignee: Resource = { name: 'Deal Assignee', operations: { create, delete: remove } };
