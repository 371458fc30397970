import type { IExecuteFunctions } from 'n8n-workflow';
import { leadSquared } from '../../nodes/LeadSquared/vendor';
import type { Vendor } from '../../nodes/shared/form/vendor';
import { connect, withOptions } from '../../nodes/shared/http/connection';
import { sendWithRetries } from '../../nodes/shared/http/request';
import { syncroChat } from '../../nodes/SyncroChat/vendor';
import { woofedCrm } from '../../nodes/WoofedCrm/vendor';
import { stubContext } from '../bench/stub';

const credentials = {
	accessKey: 'access',
	secretKey: 'secret',
	apiKey: 'key',
	host: 'api.leadsquared.com',
	baseUrl: 'https://example.com',
	requestsPerWindow: 10,
	windowSeconds: 5,
};
const contextWith = (change = {}) =>
	stubContext({
		items: [],
		parameters: {},
		credentials: { ...credentials, ...change },
		transport: async () => ({ statusCode: 200, headers: {}, body: {} }),
	});

test("bulk requests have their own throttle, with the vendor's rate for them", async () => {
	const connection = await connect(contextWith(), leadSquared);
	const acquired = jest.spyOn(connection.bulkThrottle, 'acquire');
	const ordinary = jest.spyOn(connection.throttle, 'acquire');

	await sendWithRetries(connection, { method: 'POST', effect: 'writes', path: '/bulk', query: {}, bulk: true });

	expect(connection.bulkThrottle.rate).toEqual({ requests: 5, windowMs: 5_000 });
	expect([acquired.mock.calls.length, ordinary.mock.calls.length]).toEqual([1, 0]);
});

test('without a limit in the credential there is none for bulk requests either', async () => {
	expect(
		(await connect(contextWith({ requestsPerWindow: 0, secretKey: 'other' }), leadSquared)).bulkThrottle.rate.requests,
	).toBe(0);
});

test('a vendor that does not count bulk requests separately has one throttle for all', async () => {
	const { throttle, bulkThrottle } = await connect(contextWith(), syncroChat);

	expect(bulkThrottle).toBe(throttle);
});

test.each([
	[{}, { parallel: 0, timeoutMs: 60_000, retryLimits: { maxTries: 5, maxWaitMs: 300_000 } }],
	[
		{ requestsInParallel: 8, timeout: 5, maxTries: 2, maxWait: 10 },
		{ parallel: 8, timeoutMs: 5_000, retryLimits: { maxTries: 2, maxWaitMs: 10_000 } },
	],
])('the options %p become the request options', async (options: Record<string, number>, pace) => {
	expect(withOptions(await connect(contextWith(), syncroChat), options).requestOptions).toEqual(pace);
});

describe('a connection', () => {
	const fresh = (change = {}) => contextWith({ apiKey: `connection key ${Math.random()}`, ...change });

	test('has the address, the secrets and the vendor of its credential, and nothing spent', async () => {
		const context = contextWith({ apiKey: ' Bearer the key ', baseUrl: 'https://example.com:8443/crm/' });

		expect(await connect(context, syncroChat)).toMatchObject({
			context,
			vendor: syncroChat,
			credentials: { apiKey: ' Bearer the key ' },
			root: 'https://example.com:8443/crm/api/v1',
			host: 'example.com',
			secrets: ['the key'],
			skipSslCertificateValidation: false,
			stopped: undefined,
			stats: { throttledMs: 0, retries: {}, waiting: 0, since: 0 },
		});
	});

	test('removes its secrets from texts and keys', async () => {
		const { redact, secrets } = await connect(
			contextWith({ accessKey: 'access key', secretKey: 'other' }),
			leadSquared,
		);

		expect(redact({ 'the access key': 'access key and other' })).toEqual({
			'the [secret removed]': '[secret removed] and [secret removed]',
		});
		expect(secrets).toEqual(['access key', 'other']);
	});

	test.each([
		['  ', leadSquared, 'secretKey', 'Secret Key'],
		[undefined, leadSquared, 'accessKey', 'Access Key'],
		[null, syncroChat, 'apiKey', 'API Key'],
		['Bearer ', woofedCrm, 'token', 'Token'],
	])('is refused with the key %p', async (key, vendor: Vendor, name, label) => {
		const refused = connect(contextWith({ token: 'token', [name]: key }), vendor);

		await expect(refused).rejects.toMatchObject({
			failure: { message: `'${label}' of the credential is required but empty`, input: true },
		});
	});

	test.each([
		[true, true],
		['true', false],
		[undefined, false],
	])("with 'Ignore SSL Issues' as %p looks at certificates, or not", async (ignoreSsl, skipped) => {
		expect((await connect(fresh({ ignoreSsl }), syncroChat)).skipSslCertificateValidation).toBe(skipped);
	});

	test.each([
		[
			{ requestsPerWindow: 10, windowSeconds: 5 },
			{ requests: 10, windowMs: 5_000 },
		],
		[
			{ requestsPerWindow: '10', windowSeconds: '0.5' },
			{ requests: 10, windowMs: 500 },
		],
		[
			{ requestsPerWindow: 10, windowSeconds: 0 },
			{ requests: 10, windowMs: 0 },
		],
		[
			{ requestsPerWindow: -1, windowSeconds: -1 },
			{ requests: 0, windowMs: 0 },
		],
		[
			{ requestsPerWindow: 'many', windowSeconds: undefined },
			{ requests: 0, windowMs: 0 },
		],
	])('with %p keeps to the rate %p', async (change, rate) => {
		expect((await connect(fresh(change), syncroChat)).throttle.rate).toEqual(rate);
	});

	test('shares its throttle with connections of the same host and key in any spelling', async () => {
		const throttleOf = async (change: object, vendor: Vendor = syncroChat) =>
			(await connect(contextWith(change), vendor)).throttle;
		const mine = await throttleOf({ apiKey: 'mine' });

		expect(await throttleOf({ apiKey: ' Bearer mine ', baseUrl: 'example.com/api/v1/' })).toBe(mine);
		for (const other of [{ apiKey: 'other' }, { apiKey: 'mine', baseUrl: 'https://other.example.com' }])
			expect(await throttleOf(other)).not.toBe(mine);
		const [one, two] = [
			{ accessKey: 'ab', secretKey: 'c' },
			{ accessKey: 'a', secretKey: 'bc' },
		];
		expect(await throttleOf(one, leadSquared)).not.toBe(await throttleOf(two, leadSquared));
	});

	test('counts each credential by its own rate, and the strictest of those with one key', async () => {
		const contextOf = (id: string, requestsPerWindow: number) =>
			Object.assign(contextWith({ apiKey: 'shared by two', requestsPerWindow }), {
				getNode: () => ({ credentials: { syncroChatApi: { id, name: id } } }),
			});
		await connect(contextOf('a', 3), syncroChat);

		const both = (await connect(contextOf('b', 7), syncroChat)).throttle.rate.requests;
		const changed = (await connect(contextOf('a', 9), syncroChat)).throttle.rate.requests;

		expect([both, changed]).toEqual([3, 7]);
	});

	test('ends its waits when the execution is stopped, and when the node is', async () => {
		const stop = new AbortController();
		const withStop = async () =>
			await connect(Object.assign(fresh(), { getExecutionCancelSignal: () => stop.signal }), syncroChat);
		const [halted, stopped] = [await withStop(), await withStop()];

		halted.halt();
		const afterHalt = [halted.signal.aborted, stopped.signal.aborted, halted.stopped?.aborted];
		stop.abort();

		expect(afterHalt).toEqual([true, false, false]);
		expect([stopped.signal.aborted, stopped.stopped?.aborted]).toEqual([true, true]);
	});

	test('ends its waits in a drop-down too, which knows no stop', async () => {
		const { getExecutionCancelSignal: _unknown, ...dropDown } = fresh() as IExecuteFunctions;
		const connection = await connect(dropDown as never, syncroChat);

		connection.halt();

		expect([connection.stopped, connection.signal.aborted]).toEqual([undefined, true]);
	});

	test('has the scope of the item after its address, if the vendor has scopes', async () => {
		const connection = await connect(contextWith({ token: 'token', accountId: 1 }), woofedCrm);

		expect(withOptions(connection, { accountId: 7 }).root).toBe(`${connection.root}/accounts/7`);
		expect(withOptions(await connect(fresh(), syncroChat), {}).root).toBe('https://example.com/api/v1');
	});
});
