import { listAt } from '../../shared/base/parseResponse';
import { valueAt } from '../../shared/base/json';
import { email, fixed, nested, pick } from '../../shared/fields';
import { listed, onlyOne, operation, type Resource } from '../../shared/form/operation';
import { users } from '../lookups';
import { userConditions } from '../userConditions';
import { pagesOf } from '../pages';

/** A user has about 40 fields. Workflows use these. */
const simple = [
	'UserId',
	'FirstName',
	'LastName',
	'EmailAddress',
	'Role',
	'PhoneMain',
	'TimeZone',
	'TeamName',
	'ManagerName',
	'StatusCode',
];

const get = operation({
	name: 'Get',
	action: 'Get user',
	description: 'Retrieve an active user by ID',
	request: 'GET /UserManagement.svc/User/Retrieve/ByUserId',
	effect: 'reads',
	page: 'https://apidocs.leadsquared.com/get-user-by-id/',
	contract: 'getUserById',
	output: onlyOne,
	simple,
	fields: {
		userId: pick('User', users)
			.required()
			.describe('Active user to retrieve. LeadSquared does not find inactive users.'),
	},
});

const getByEmail = operation({
	name: 'Get by Email',
	action: 'Get user by email',
	description: 'Retrieve an active user by email address. Returns no item if there is none.',
	request: 'GET /UserManagement.svc/User/Retrieve/ByEmailAddress',
	effect: 'reads',
	page: 'https://apidocs.leadsquared.com/get-user-by-email-id/',
	contract: 'getUserByEmail',
	output: listed,
	simple,
	fields: {
		emailAddress: email('Email').required().describe('Email address that the user signs in to LeadSquared with'),
	},
});

const getAll = operation({
	name: 'Get Many',
	action: 'Get many users',
	description: 'Retrieve a list of users, including inactive users',
	request: 'GET /UserManagement.svc/Users.Get',
	effect: 'reads',
	page: 'https://apidocs.leadsquared.com/get-users/',
	contract: 'getUsers',
	output: listed,
	fields: {},
});

/**
 * Returns the users of a response. LeadSquared's page cuts off the name of the list, so the node reads either of its
 * two names.
 */
const usersIn = (response: unknown) =>
	listAt(
		response,
		valueAt(response, 'Users') === undefined && valueAt(response, 'List') !== undefined ? 'List' : 'Users',
	);

const oneGroup = 'the node sends the conditions as one group';
const leftOut = {
	Sorting: "use n8n's Sort node instead",
	GroupOperator: oneGroup,
	'GroupConditions[].GroupConditions': oneGroup,
};

const search = operation({
	name: 'Search',
	action: 'Search users',
	description: 'Retrieve the users who meet conditions',
	request: 'POST /UserManagement.svc/User/AdvancedSearch',
	effect: 'reads',
	page: 'https://apidocs.leadsquared.com/user-advanced-search/',
	contract: 'searchUsers',
	many: { ...pagesOf(undefined, 100, 'UserId'), records: usersIn },
	simple,
	fields: {
		GroupConditions: userConditions.required(),
		// LeadSquared returns fields that are not requested as empty.
		Columns: nested({ Include_CSV: fixed('*') }),
	},
	leftOut,
});

export const user: Resource = { name: 'User', operations: { get, getAll, getByEmail, search } };
