import { authenticated, redirectRules, testRequest } from '../../credentials/request';
import { refuse } from '../../credentials/reading';

const headers = { 'X-API-Key': 'key' };
const whole = 'https://crm.example.com/api/v1/tasks';

test('a request with a whole address gets the headers of the credential, and keeps its own', () => {
	const request = { url: whole, headers: { Accept: 'application/json', 'X-API-Key': 'another' }, qs: { page: 1 } };

	expect(authenticated(request, '/api/v1', headers)).toEqual({ url: whole, headers: { Accept: 'application/json', 'X-API-Key': 'key' }, qs: { page: 1 } });
	expect(request.headers['X-API-Key']).toBe('another');
});

test('a path alone gets the address that the node would use, with the scope between', () => {
	const request = { baseURL: ' crm.example.com/api/v1/ ', url: '/tasks' };

	expect(authenticated(request, '/api/v1', headers)).toEqual({ baseURL: undefined, url: whole, headers });
	expect(authenticated(request, '/api/v1', headers, () => ({ value: '/accounts/7' })).url).toBe('https://crm.example.com/api/v1/accounts/7/tasks');
});

test('a request that is authenticated again after a 401 stays as it is', () => {
	const once = authenticated({ baseURL: 'crm.example.com', url: '/tasks' }, '/api/v1', headers, () => ({ value: '/accounts/7' }));

	expect(authenticated(once, '/api/v1', headers, () => ({ value: '/accounts/7' }))).toEqual(once);
});

test.each([
	[
		'url',
		'http://crm.example.com',
		'The address of the request takes plain http for local hosts only, and got "crm.example.com". Open the credential and write the base URL like https://crm.example.com.',
	],
	['uri', 'http://crm.example.com', 'The address of the request takes plain http for local hosts only'],
	['uri', 'https://169.254.169.254', 'The address of the request takes the address of a CRM'],
	['neither', '', 'The address of the request is required and is empty'],
])('keys go nowhere where they must not: %s %s', (name, address, words) => {
	expect(() => authenticated({ [name]: address } as never, '/api/v1', headers)).toThrow(words);
});

test('a base URL or a scope that cannot be refuses the request with its whole advice', () => {
	const request = { baseURL: 'https://crm.example.com', url: '/tasks' };

	expect(() => authenticated({ ...request, baseURL: '' }, '/api/v1', headers)).toThrow(
		"'Base URL' of the credential is required and is empty. Open the credential and write the base URL like https://crm.example.com.",
	);
	expect(() => authenticated(request, '/api/v1', headers, () => refuse('No account', 'Take another'))).toThrow('No account. Take another');
});

test('no credential test follows a redirect, and each says what to do about it', () => {
	const message = 'The base URL answered with a redirect, which was not followed, so that the keys stay with their host. Write the address that it leads to.';

	expect(testRequest).toEqual({ headers: { Accept: 'application/json' }, disableFollowRedirect: true });
	expect(redirectRules).toEqual([301, 302, 303, 307, 308].map((value) => ({ type: 'responseCode', properties: { value, message } })));
});
