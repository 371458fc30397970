import { leadSquared } from '../../nodes/LeadSquared/vendor';
import { connect, withOptions } from '../../nodes/shared/connection';
import { send } from '../../nodes/shared/request';
import { syncroChat } from '../../nodes/SyncroChat/vendor';
import { stubContext } from '../bench/stub';

const credentials = { accessKey: 'access', secretKey: 'secret', apiKey: 'key', host: 'api.leadsquared.com', baseUrl: 'https://example.com', requestsPerWindow: 10, windowSeconds: 5 };
const contextWith = (change = {}) =>
	stubContext({ items: [], parameters: {}, credentials: { ...credentials, ...change }, transport: async () => ({ statusCode: 200, headers: {}, body: {} }) });

test('bulk requests wait in a bucket of their own, at the rate of the vendor for them', async () => {
	const connection = await connect(contextWith(), leadSquared);
	const acquired = jest.spyOn(connection.bulkThrottle, 'acquire');
	const ordinary = jest.spyOn(connection.throttle, 'acquire');

	await send(connection, { method: 'POST', path: '/bulk', query: {}, bulk: true });

	expect(connection.bulkThrottle.rate).toEqual({ requests: 5, windowMs: 5_000 });
	expect([acquired.mock.calls.length, ordinary.mock.calls.length]).toEqual([1, 0]);
});

test('without a limit in the credential there is none for bulk requests either', async () => {
	expect((await connect(contextWith({ requestsPerWindow: 0, secretKey: 'other' }), leadSquared)).bulkThrottle.rate.requests).toBe(0);
});

test('a vendor that does not count bulk requests apart has one bucket for all', async () => {
	const { throttle, bulkThrottle } = await connect(contextWith(), syncroChat);

	expect(bulkThrottle).toBe(throttle);
});

test.each([
	[{}, { parallel: 4, timeoutMs: 60_000, patience: { maxTries: 5, maxWaitMs: 300_000 } }],
	[{ requestsInParallel: 8, timeout: 5, maxTries: 2, maxWait: 10 }, { parallel: 8, timeoutMs: 5_000, patience: { maxTries: 2, maxWaitMs: 10_000 } }],
])('the options %p set the pace', async (options: Record<string, number>, pace) => {
	expect(withOptions(await connect(contextWith(), syncroChat), options).pace).toEqual(pace);
});
