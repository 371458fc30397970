import { authenticated } from '../../credentials/request';

const headers = { 'X-API-Key': 'key' };
const whole = 'https://crm.example.com/api/v1/tasks';

test('a request with a complete address gets the headers of the credential, and keeps its own', () => {
	const request = { url: whole, headers: { Accept: 'application/json', 'X-API-Key': 'another' }, qs: { page: 1 } };

	expect(authenticated(request, headers)).toEqual({
		url: whole,
		headers: { Accept: 'application/json', 'X-API-Key': 'key' },
		qs: { page: 1 },
	});
	expect(request.headers['X-API-Key']).toBe('another');
});

test('a request that is authenticated again after a 401 stays as it is', () => {
	const once = authenticated({ url: whole }, headers);

	expect(authenticated(once, headers)).toEqual(once);
});

test.each([
	[
		'url',
		'http://crm.example.com',
		'The address of the request may use http:// only for local hosts, but names "crm.example.com". Open the credential and enter a base URL like https://crm.example.com.',
	],
	['uri', 'http://crm.example.com', 'The address of the request may use http:// only for local hosts'],
	['uri', 'https://169.254.169.254', 'The address of the request must be the address of a CRM'],
	['neither', '', 'The address of the request is required but empty'],
])('keys are never sent to a forbidden address: %s %s', (name, address, words) => {
	expect(() => authenticated({ [name]: address } as never, headers)).toThrow(words);
});
