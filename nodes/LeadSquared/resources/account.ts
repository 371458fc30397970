import { operation, type Resource } from '../../shared/form/operation';

const get = operation({
	name: 'Get',
	action: 'Get account',
	description: 'Retrieve the user of the keys, with the account, its time zone and its country code',
	request: 'GET /Authentication.svc/UserByAccessKey.Get',
	effect: 'reads',
	page: 'https://apidocs.leadsquared.com/user-authentication/',
	contract: 'authenticateUser',
	// Anyone who has these values can act as the user.
	withheld: ['SessionId', 'TokenId', 'PassPhrase'],
	simple: [
		'Id',
		'Name',
		'EmailAddress',
		'Role',
		'TimeZone',
		'DefaultCountryCode',
		'OrgDisplayName',
		'OrgShortCode',
		'Plan',
		'LSQCommonServiceURLs',
	],
	fields: {},
});

export const account: Resource = { name: 'Account', operations: { get } };
