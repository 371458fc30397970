import { getEventListeners } from 'node:events';
import { Readable } from 'node:stream';
import type { Vendor } from '../../nodes/shared/form/vendor';
import { MAX_RESPONSE_BYTES } from '../../nodes/shared/http/responseBody';
import type { ApiRequest } from '../../nodes/shared/http/apiRequest';
import type { CallerContext } from '../../nodes/shared/http/connection';
import { attempt } from '../../nodes/shared/http/transport';
import type { FailedAttempt } from '../../nodes/shared/http/failedAttempt';
import { syncroChat } from '../../nodes/SyncroChat/vendor';
import { clientError, played, type Play } from '../support/played';

const call: ApiRequest = { method: 'POST', effect: 'writes', path: '/tasks', query: { page: 2 } };
const stream = (text: string) => Readable.from([Buffer.from(text)]);
const outcomeOf = async (play: Play, vendor?: Vendor) => {
	const { connection } = await played([play], { vendor });
	const result = await attempt(connection, call, undefined);
	return 'response' in result ? 'success' : result.outcome;
};

test("a request to n8n's helper has all options that keep the key at its host", async () => {
	const { connection, requests } = await played([{ status: 200 }], { options: { timeout: 7 } });

	await attempt(connection, call, { subject: 'x' });

	expect(requests).toEqual([
		{
			method: 'POST',
			url: 'https://crm.example.com/api/v1/tasks',
			qs: { page: 2 },
			arrayFormat: 'brackets',
			body: { subject: 'x' },
			headers: { Accept: 'application/json' },
			timeout: 7_000,
			encoding: 'stream',
			skipSslCertificateValidation: false,
			returnFullResponse: true,
			ignoreHttpStatusErrors: true,
			disableFollowRedirect: true,
			allowedDomains: 'crm.example.com',
		},
	]);
});

test("n8n's helper gets the credential as it was at the start of the node, and the signal of the attempt", async () => {
	const { connection } = await played([{ status: 200 }]);
	const helper = jest.fn(async function (this: CallerContext, ..._given: unknown[]) {
		return {
			statusCode: 200,
			headers: {},
			body: {
				signal:
					(this as unknown as { getExecutionCancelSignal: () => AbortSignal }).getExecutionCancelSignal() instanceof
					AbortSignal,
			},
		};
	});
	connection.context.helpers.httpRequestWithAuthentication = helper as never;

	const result = await attempt(connection, call, undefined);

	expect(result).toMatchObject({ response: { body: { signal: true } } });
	expect(helper.mock.calls[0]).toEqual([
		'syncroChatApi',
		expect.anything(),
		{ credentialsDecrypted: { id: '', name: 'syncroChatApi', type: 'syncroChatApi', data: connection.credentials } },
	]);
});

test('a response has its status, headers, body and size', async () => {
	const { connection } = await played([{ status: 201, headers: { a: 'b' }, body: stream('{"id":1}') }]);

	expect(await attempt(connection, call, undefined)).toEqual({
		response: { status: 201, headers: { a: 'b' }, body: { id: 1 }, isText: false },
		bytes: 8,
		serverLimit: {},
	});
});

test.each<[string, Play, string]>([
	['a success', { status: 200 }, 'success'],
	['a status before the redirects', { status: 299 }, 'success'],
	['the first redirect', { status: 300 }, 'redirected'],
	['the last redirect', { status: 399 }, 'redirected'],
	['a status behind the redirects', { status: 400 }, 'refused'],
	['a refusal', { status: 422 }, 'refused'],
	['"slow down"', { status: 429 }, 'rateLimited'],
	['a server error', { status: 500 }, 'broken'],
	['an HTML page', { status: 200, body: stream('<html>') }, 'unreadable'],
	['an error of the HTTP client', clientError('ECONNREFUSED'), 'notConnected'],
	['an answer without end', { status: 200, body: stream('x'.repeat(MAX_RESPONSE_BYTES + 1)) }, 'tooLarge'],
])('%s: %j is %s', async (_name, play, outcome) => {
	expect(await outcomeOf(play)).toBe(outcome);
});

test("a response on which the vendor's code throws is unreadable", async () => {
	const page = {
		...syncroChat,
		readResponse: () => {
			throw new TypeError('Cannot read');
		},
	};

	expect(await outcomeOf({ status: 200 }, page)).toBe('unreadable');
});

test("the vendor's code always gets headers that are an object", async () => {
	const seen: unknown[] = [];
	const page: Vendor = { ...syncroChat, readResponse: ({ headers }) => (seen.push(headers), { kind: 'success' }) };

	await outcomeOf({ status: 200, headers: 'odd' as never }, page);
	await outcomeOf({ status: 200, headers: { a: 'b' } }, page);

	expect(seen).toEqual([{}, { a: 'b' }]);
});

describe('an attempt without a response', () => {
	const silence = async () => await new Promise<never>(() => undefined);

	test('ends at the deadline, also if n8n ignores the signal', async () => {
		const { connection } = await played([]);
		connection.requestOptions = { ...connection.requestOptions, timeoutMs: 20 };
		connection.context.helpers.httpRequestWithAuthentication = silence as never;

		expect(await attempt(connection, call, undefined)).toMatchObject({
			outcome: 'noResponse',
			failure: { message: 'Syncro Chat did not respond within 0.02 s' },
		});
	});

	test('ends at the deadline in the middle of the body', async () => {
		const { connection } = await played([{ status: 200, body: new Readable({ read() {} }) }]);
		connection.requestOptions = { ...connection.requestOptions, timeoutMs: 20 };

		expect(await attempt(connection, call, undefined)).toMatchObject({
			outcome: 'noResponse',
			failure: { message: 'Syncro Chat did not respond within 0.02 s' },
		});
	});

	test('ends when the execution is stopped, and not as a timeout', async () => {
		const stop = new AbortController();
		const { connection } = await played([], { stopped: stop.signal });
		connection.context.helpers.httpRequestWithAuthentication = silence as never;
		const waiting = attempt(connection, call, undefined);

		stop.abort(new Error('stopped'));

		expect(((await waiting) as FailedAttempt).failure.message).toBe('The request to Syncro Chat failed: stopped');
	});
});

test('leaves no listener on the signal, which the next request uses again', async () => {
	const { connection } = await played([{ status: 200 }]);
	const { signal, close } = connection.deadlines.add(1_000);
	close();

	await attempt(connection, call, undefined);
	await new Promise((resolve) => setImmediate(resolve));

	expect(connection.deadlines.add(1_000).signal).toBe(signal);
	expect(getEventListeners(signal, 'abort')).toEqual([]);
});
