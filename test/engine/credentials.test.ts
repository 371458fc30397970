import { Readable } from 'node:stream';
import type { ICredentialDataDecryptedObject, IDataObject, IHttpRequestOptions } from 'n8n-workflow';
import { Bench, pack, type NodeName } from '../support/run';
import { byVendor, vendors } from '../support/vendors';
import { testCredential } from './credentialTest';
import { steps } from './samples/steps';

const bench = new Bench();
const names = vendors.map(({ name }) => name);
/** A node's parameters for one request. */
const parameters = byVendor(
	({ name }) => steps.find(({ node, place }) => node === name && !place.operation.run)!.parameters,
);
const partsOf = byVendor((parts) => parts);

/** A request by the names that n8n's nodes have for its address. */
type Sent = { url?: string; uri?: string };
type Authenticate = (credentials: ICredentialDataDecryptedObject, request: Sent) => Promise<IHttpRequestOptions>;

/** Changes of a credential by the name of its node. */
type Change = ICredentialDataDecryptedObject;

const credentialOf = (name: NodeName, change: Change = {}) => ({
	...bench.sandbox.credentials[`${name}Api`],
	...change,
});
const runTest = async (name: NodeName, change?: Change) => await testCredential(name, credentialOf(name, change));
const runNode = async (name: NodeName, change: Change) =>
	await bench.run(name, parameters[name], { credential: change as IDataObject });
const requestsOf = (name: NodeName) => bench.sandbox.vendors[name].requests;

/** All keys of a credential, written in another way. */
function withKeys(name: NodeName, written: (key: string) => string): Change {
	return Object.fromEntries(
		partsOf[name].vendor.secrets.map((secret) => [secret, written(String(credentialOf(name)[secret]))]),
	);
}

describe.each(names)('the credential test of %s', (name) => {
	test('passes with the right keys, and fails with wrong ones', async () => {
		const verdicts = [
			await runTest(name),
			await runTest(
				name,
				withKeys(name, () => 'wrong'),
			),
		];

		expect(verdicts).toEqual([
			{ status: 'OK', message: 'Connection successful!' },
			{ status: 'Error', message: expect.stringMatching(/missing|wrong/) },
		]);
	});

	test('looks for a member that only the API gives', async () => {
		bench.sandbox.vendors[name].faults.add({ kind: 'answer', reply: { status: 200, body: { hello: 'world' } } });

		const { host, origin } = new URL(bench.sandbox.vendors[name].url);
		expect(await runTest(name)).toEqual({
			status: 'Error',
			message: `${host} does not respond like the API of ${partsOf[name].vendor.name}. Check that ${origin} in the credential is the address of the API, and that no proxy responds in its place.`,
		});
	});

	test.each([
		['an HTML page', { status: 404, body: '<!doctype html>' }, 'it sent an HTML page (status 404)'],
		['a page in place of an answer', { status: 200, body: '<html>' }, 'an HTML page (status 200)'],
		[
			'another API',
			{ status: 404, body: { detail: 'Not Found' } },
			'The server does not know this request. Check that http://127.0.0.1',
		],
	])('tells %s from the API', async (_name, reply, words) => {
		bench.sandbox.vendors[name].faults.add({ kind: 'answer', reply });

		expect(await runTest(name)).toEqual({ status: 'Error', message: expect.stringContaining(words) });
	});

	test.each([
		[
			'https://nowhere.invalid',
			/^Could not connect to nowhere\.invalid\. Check the base URL in the credential, and that .+ can be reached from n8n\.$/,
		],
		['http://127.0.0.1:9', /^Could not connect to 127\.0\.0\.1:9\. /],
		['nothing like an address', /^'Base URL' of the credential must be a valid web address\. /],
	])('has words in place of a code of the system: %s', async (baseUrl, words) => {
		expect(await runTest(name, { baseUrl })).toEqual({ status: 'Error', message: expect.stringMatching(words) });
	});

	test('knows a port that does not speak https, as which an address without http:// is read', async () => {
		const { host } = new URL(bench.sandbox.vendors[name].url);

		expect((await runTest(name, { baseUrl: host })).message).toBe(
			`${host} does not use https on this port. Check the port of the base URL in the credential, or use http:// instead of https:// for a server in your own network.`,
		);
	});

	test('reads the same address as the node from what was typed', async () => {
		const { url } = bench.sandbox.vendors[name];
		const typed = [`${url}/`, ` ${url}${partsOf[name].vendor.apiPath}`, `${url}${partsOf[name].vendor.apiPath}//\n`];

		const verdicts = await Promise.all(typed.map(async (baseUrl) => (await runTest(name, { baseUrl })).status));
		for (const baseUrl of typed) await runNode(name, { baseUrl });

		expect(verdicts).toEqual(['OK', 'OK', 'OK']);
		expect(requestsOf(name).map(({ path }) => path.startsWith(partsOf[name].vendor.apiPath))).toEqual(
			Array.from({ length: 6 }, () => true),
		);
		expect(requestsOf(name).every(({ path }) => !path.includes('//'))).toBe(true);
	});

	test.each([301, 302, 303, 307, 308])(
		'follows no redirect with status %s, so that the keys stay with their host',
		async (status) => {
			const elsewhere = names.find((other) => other !== name)!;
			bench.sandbox.vendors[name].faults.add({
				kind: 'answer',
				reply: { status, headers: { location: bench.sandbox.vendors[elsewhere].url }, body: '' },
			});

			const verdict = await runTest(name);

			expect(verdict).toEqual({ status: 'Error', message: expect.stringContaining('redirect') });
			expect(requestsOf(elsewhere)).toEqual([]);
		},
	);

	test.each([
		['http://crm.example.com', 'may use http:// only for local hosts, but names "crm.example.com"'],
		['http://[2001:db8::1]', 'may use http:// only for local hosts'],
		['http://8.8.8.8', 'may use http:// only for local hosts'],
		['http://metadata.google.internal', 'must be the address of a CRM'],
		['https://metadata.google.internal', 'must be the address of a CRM'],
		['http://169.254.169.254', 'must be the address of a CRM'],
		['https://[fe80::1]', 'must be the address of a CRM'],
		['ftp://127.0.0.1', 'must start with https://'],
		['https://', 'must be a valid web address'],
		['', 'is required but empty'],
		[undefined, 'is required but empty'],
	])('refuses %p in the words of the node, before anything is sent', async (baseUrl, words) => {
		const verdict = await runTest(name, { baseUrl } as Change);
		const { error } = await runNode(name, { baseUrl } as Change);

		expect(error!.message).toContain(words);
		expect(verdict).toEqual({ status: 'Error', message: `${error!.message}. ${error!.description}` });
	});

	test('takes no password inside the address, and neither it nor the node quotes it', async () => {
		const baseUrl = bench.sandbox.vendors[name].url.replace('//', '//ana:hunter2@');

		const verdict = await runTest(name, { baseUrl });
		const { error, run } = await runNode(name, { baseUrl });

		expect(
			[verdict.message, error!.message].every((message) =>
				message.includes('must not contain a user name or password'),
			),
		).toBe(true);
		expect(verdict.message + JSON.stringify(run.data.resultData)).not.toContain('hunter2');
		expect(requestsOf(name)).toEqual([]);
	});

	test('takes keys with blanks and line breaks around them', async () => {
		expect(
			await runTest(
				name,
				withKeys(name, (key) => ` ${key}\n`),
			),
		).toMatchObject({ status: 'OK' });
	});

	test('takes keys with a pasted Bearer in front, and so does the node', async () => {
		const change = withKeys(name, (key) => `bearer  ${key} `);

		const verdict = await runTest(name, change);
		await runNode(name, change);

		expect(verdict).toMatchObject({ status: 'OK' });
		expect(requestsOf(name).map(({ status }) => status)).not.toContain(401);
	});
});

test.each<[NodeName, string]>([
	['wegly', 'The key is valid, but it lacks the chat permission'],
	['syncroChat', 'The key is valid, but this test needs the permission users:read'],
])('%s: a good key that may not do what the test asks for is called one', async (name, words) => {
	bench.sandbox.vendors[name].faults.add({ kind: 'answer', reply: { status: 403, body: { message: 'Forbidden' } } });

	expect(await runTest(name)).toEqual({ status: 'Error', message: expect.stringContaining(words) });
});

test.each(Object.entries(pack.nodeTypes))(
	'%s has the test that its credential names, because n8n takes that of any node',
	(_type, { description, methods }) => {
		const tests = (description.credentials ?? []).map(({ testedBy }) => methods?.credentialTest?.[testedBy as string]);

		expect(tests).toEqual([expect.any(Function)]);
	},
);

describe('the account ID of WoofedCRM', () => {
	test.each([1, '1', ' 1 ', '', undefined])('%p leads to account 1', async (accountId) => {
		expect(await runTest('woofedCrm', { accountId } as Change)).toMatchObject({ status: 'OK' });
		expect(requestsOf('woofedCrm')[0].path).toBe('/api/v1/accounts/1/contacts/search');
	});

	test.each([0, -1, 1.5, 'abc', '1/../2', '1?x', true])(
		'%p is refused by the credential test, before anything is sent',
		async (accountId) => {
			const { status, message } = await runTest('woofedCrm', { accountId });

			expect([status, message]).toEqual([
				'Error',
				expect.stringContaining(
					`'Account ID' of the credential must be a positive whole number, but is ${JSON.stringify(accountId)}`,
				),
			]);
			expect(requestsOf('woofedCrm')).toEqual([]);
		},
	);
});

test('LeadSquared: a host of the list is an address of its own, whatever stands in the base URL', async () => {
	const change = { host: 'metadata.leadsquared.com', baseUrl: 'https://crm.example.com' };

	const { message } = await runTest('leadSquared', change);
	const { error } = await runNode('leadSquared', change);

	expect([message, error!.message].every((words) => words.includes('"metadata.leadsquared.com"'))).toBe(true);
});

describe('LeadSquared, whose hosts all answer the request of the test,', () => {
	/** What the test says at a host, where the answer names one as that of the account. */
	const verdictAt = async (host: string, urls: unknown, sent: object[] = []) => {
		const body = JSON.stringify({ Id: '5b000001-1a2b-4c3d-8e4f-000000000001', LSQCommonServiceURLs: urls });
		const request = async (options: object) => {
			sent.push(options);
			return { statusCode: 200, headers: { 'content-type': 'application/json' }, body: Readable.from([body]) };
		};
		const { credentialTest } = pack.nodeTypes['n8n-nodes-crm-pack.leadSquared'].methods!.credentialTest!;
		const data = { ...credentialOf('leadSquared'), host: 'custom', baseUrl: host };
		return await credentialTest.call({ helpers: { request } } as never, {
			id: '',
			name: 'tested',
			type: 'leadSquaredApi',
			data,
		});
	};

	test.each([
		['https://api.leadsquared.com', { api: 'api-in21.leadsquared.com', app: 'in21.leadsquared.com' }],
		['https://API-US11.leadsquared.com', { api: 'https://API-IN21.leadsquared.com/v2/' }],
	])('does not pass at %s, which would refuse every other request', async (host, urls) => {
		expect(await verdictAt(host, urls)).toEqual({
			status: 'Error',
			message:
				"This account is on api-in21.leadsquared.com, according to LeadSquared. Choose this host under 'Host' in the credential.",
		});
	});

	test('sends it to the host of the credential alone, whatever answers', async () => {
		const sent: object[] = [];

		await verdictAt('https://crm.example.com', {}, sent);

		expect(sent).toMatchObject([{ allowedDomains: 'crm.example.com', followRedirect: false }]);
	});

	test.each([
		['at the host that it names', 'https://api-in21.leadsquared.com', { api: 'api-in21.leadsquared.com' }],
		['at another server, which may stand in between', 'https://crm.example.com', { api: 'api-in21.leadsquared.com' }],
		['where it names none', 'https://api.leadsquared.com', {}],
		['where it names something else', 'https://api.leadsquared.com', { api: 7, app: 'api-in21.leadsquared.com' }],
		['where it has no such member', 'https://api.leadsquared.com', null],
	])('passes %s', async (_where, host, urls) => {
		expect(await verdictAt(host, urls)).toEqual({ status: 'OK', message: 'Connection successful!' });
	});
});

test.each(names)(
	'%s: the keys go with no request to a public host without encryption, whoever sends it',
	async (name) => {
		const { authenticate } = pack.credentialTypes[`${name}Api`];
		const send = async (request: Sent) => await (authenticate as Authenticate)(credentialOf(name), request);

		for (const key of ['url', 'uri'])
			await expect(send({ [key]: 'http://crm.example.com/api' })).rejects.toThrow(
				'may use http:// only for local hosts',
			);
		await expect(send({ url: 'https://crm.example.com/api' })).resolves.toMatchObject({
			url: 'https://crm.example.com/api',
		});
	},
);
