import { deleted, operation, type Resource } from '../../shared/form/operation';
import { dealPick, typedId, userPick } from '../fields';
import { removeAssignee } from '../removeAssignee';

const page = 'https://docs.woofedcrm.com/docs/Developer%20Guides/Api/endpoints/deal-assignees/';

const create = operation({
	name: 'Create',
	action: 'Create deal assignee',
	description: 'Assign a user to a deal. WoofedCRM refuses a user who is already assigned.',
	request: 'POST /deal_assignees',
	effect: 'writes',
	page,
	contract: 'createDealAssignee',
	fields: { deal_id: dealPick.required(), user_id: userPick.required() },
});

const remove = operation({
	name: 'Delete',
	action: 'Delete deal assignee',
	description: 'Remove a user from a deal by the ID of the assignment. Remove User finds it by deal and user.',
	request: 'DELETE /deal_assignees/{id}',
	effect: 'writes',
	page,
	contract: 'deleteDealAssignee',
	output: deleted,
	fields: {
		id: typedId('Deal Assignee ID')
			.required()
			.describe('ID of the assignment, not of the user. Deal > Get shows it in deal_assignees.'),
	},
});

const removeUser = operation({
	name: 'Remove User',
	action: 'Remove user from deal',
	description: 'Remove a user from a deal',
	request: 'DELETE /deal_assignees/{id}',
	effect: 'writes',
	page,
	contract: 'deleteDealAssignee',
	output: deleted,
	run: removeAssignee,
	leftOut: { id: 'the node finds it by deal and user' },
	fields: { deal_id: dealPick.required().local().ordered(), user_id: userPick.required().local() },
});

export const dealAssignee: Resource = { name: 'Deal Assignee', operations: { create, delete: remove, removeUser } };
