import { listAt } from '../../shared/base/parseResponse';
import { valueAt } from '../../shared/base/json';
import { email, fixed, nested, pick } from '../../shared/fields';
import { listed, onlyOne, operation, type Resource } from '../../shared/form/operation';
import { users } from '../lookups';
import { userConditions } from '../userConditions';
import { pagesOf } from '../pages';

/** A user has about forty members; these are the ones workflows use. */
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
		userId: pick('User', users).required().describe('User to retrieve; one who is not active counts as not there'),
	},
});

const getByEmail = operation({
	name: 'Get by Email',
	action: 'Get user by email',
	description: 'Retrieve an active user by email address; nothing comes out where there is none',
	request: 'GET /UserManagement.svc/User/Retrieve/ByEmailAddress',
	effect: 'reads',
	page: 'https://apidocs.leadsquared.com/get-user-by-email-id/',
	contract: 'getUserByEmail',
	output: listed,
	simple,
	fields: { emailAddress: email('Email').required().describe('Address with which the user signs in to LeadSquared') },
});

const getAll = operation({
	name: 'Get Many',
	action: 'Get many users',
	description: 'Retrieve a list of users, those who are no longer active too',
	request: 'GET /UserManagement.svc/Users.Get',
	effect: 'reads',
	page: 'https://apidocs.leadsquared.com/get-users/',
	contract: 'getUsers',
	output: listed,
	fields: {},
});

/** The page ends before it names the list of an answer: either name that LeadSquared has for one is read. */
const found = (response: unknown) =>
	listAt(
		response,
		valueAt(response, 'Users') === undefined && valueAt(response, 'List') !== undefined ? 'List' : 'Users',
	);

const oneGroup = 'the conditions are one group';
const leftOut = {
	Sorting: 'n8n has a node that sorts',
	GroupOperator: oneGroup,
	'GroupConditions[].GroupConditions': oneGroup,
};

const search = operation({
	name: 'Search',
	action: 'Search users',
	description: 'Retrieve the users that meet conditions',
	request: 'POST /UserManagement.svc/User/AdvancedSearch',
	effect: 'reads',
	page: 'https://apidocs.leadsquared.com/user-advanced-search/',
	contract: 'searchUsers',
	many: { ...pagesOf(undefined, 100, 'UserId'), records: found },
	simple,
	fields: {
		GroupConditions: userConditions.required(),
		// Members that are not asked for come empty.
		Columns: nested({ Include_CSV: fixed('*') }),
	},
	leftOut,
});

export const user: Resource = { name: 'User', operations: { get, getAll, getByEmail, search } };
