import type { ApiResponse } from '../../nodes/shared/http/api';
import type { Connection } from '../../nodes/shared/http/connection';
import {
	redirectError,
	refusedError,
	rateLimitedError,
	tooLargeError,
	connectionError,
	unreadableError,
} from '../../nodes/shared/http/requestErrors';
import { clientError, played } from '../support/played';

let connection: Connection;
beforeAll(async () => {
	({ connection } = await played([], { credential: { apiKey: 'the secret key' }, options: { timeout: 7 } }));
});
afterEach(() => jest.useRealTimers());

const answer = (more: Partial<ApiResponse> = {}): ApiResponse => ({
	status: 200,
	headers: {},
	body: { some: 'body' },
	...more,
});

type CodeRow = [code: string, outcome: string, message: string, description: string | undefined];

describe('an error of the HTTP client', () => {
	test.each<CodeRow>([
		...['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN', 'EHOSTUNREACH', 'ENETUNREACH', 'EADDRNOTAVAIL'].map<CodeRow>(
			(code) => [
				code,
				'notConnected',
				'Could not connect to crm.example.com',
				'Check the base URL in the credential, and that Syncro Chat can be reached from n8n.',
			],
		),
		...[
			'CERT_HAS_EXPIRED',
			'DEPTH_ZERO_SELF_SIGNED_CERT',
			'SELF_SIGNED_CERT_IN_CHAIN',
			'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
			'ERR_TLS_CERT_ALTNAME_INVALID',
			'ERR_TLS_PROTOCOL_VERSION_CONFLICT',
		].map<CodeRow>((code) => [
			code,
			'notTrusted',
			'The certificate of crm.example.com is not trusted',
			"Install a valid certificate, or turn on 'Ignore SSL Issues' if the credential has it.",
		]),
		...['EPROTO', 'ERR_SSL_WRONG_VERSION_NUMBER', 'ERR_SSL_PACKET_LENGTH_TOO_LONG'].map<CodeRow>((code) => [
			code,
			'notTrusted',
			'crm.example.com does not use https on this port',
			'Check the port of the base URL in the credential, or use http:// instead of https:// for a server in your own network.',
		]),
		...[
			'ERR_INVALID_CHAR',
			'ERR_INVALID_URL',
			'ERR_INVALID_HTTP_TOKEN',
			'ERR_UNESCAPED_CHARACTERS',
			'ERR_HTTP_INVALID_HEADER_VALUE',
		].map<CodeRow>((code) => [
			code,
			'notSent',
			`The request could not be built: It ended with ${code}`,
			'Nothing was sent. Remove line breaks and other control characters from the credential.',
		]),
		...['ECONNABORTED', 'ETIMEDOUT'].map<CodeRow>((code) => [
			code,
			'noResponse',
			'Syncro Chat did not respond within 7 s',
			undefined,
		]),
		...[
			'ECONNRESET',
			'EPIPE',
			'ERR_BAD_RESPONSE',
			'ERR_STREAM_PREMATURE_CLOSE',
			'Z_BUF_ERROR',
			'HPE_INVALID_CONSTANT',
		].map<CodeRow>((code) => [
			code,
			'noResponse',
			'Syncro Chat closed the connection before its response was complete',
			undefined,
		]),
		['EOTHER', 'noResponse', 'The request to Syncro Chat failed: It ended with EOTHER', undefined],
	])('%s means %s', (code, outcome, message, description) => {
		expect(connectionError(connection, clientError(code), false)).toEqual({
			outcome,
			failure: { message, description, code },
		});
	});

	test.each([
		['cause', { cause: { code: 'ECONNREFUSED' } }],
		['cause of the cause', { cause: { cause: { code: 'ECONNREFUSED' } } }],
		['answer', { errorResponse: { code: 'ECONNREFUSED' } }],
		['place of the status', { httpCode: 'ECONNREFUSED' }],
	])('is recognized by its code in the %s, where n8n wraps it', (_name, members) => {
		expect(connectionError(connection, Object.assign(new Error('wrapped'), members), false).outcome).toBe(
			'notConnected',
		);
	});

	test.each<object>([
		{ syscall: 'read' },
		{ syscall: 'write' },
		{ cause: { code: 'EHOSTUNREACH', syscall: 'read' } },
		{ code: undefined, cause: { code: 'EHOSTUNREACH', cause: { syscall: 'write' } } },
	])('of an established connection means no response, because the request may have arrived (%j)', (members) => {
		const error = Object.assign(clientError('EHOSTUNREACH'), members);

		expect(connectionError(connection, error, false)).toMatchObject({
			outcome: 'noResponse',
			failure: { code: 'EHOSTUNREACH' },
		});
	});

	test.each<[string, object]>([
		['a connection that nobody accepted in time', { code: 'ETIMEDOUT', syscall: 'connect' }],
		[
			'a connection that broke before its encryption was agreed on',
			{ message: 'Client network socket disconnected before secure TLS connection was established' },
		],
	])('of %s is one of a connection that was never made', (_name, members) => {
		expect(connectionError(connection, Object.assign(clientError('ECONNRESET'), members), false).outcome).toBe(
			'notConnected',
		);
	});

	test.each<object>([{ syscall: 'read' }, { code: 'ETIMEDOUT', syscall: 'read' }, { message: 'socket hang up' }])(
		'of a connection that broke later means no response, also with a proxy (%j)',
		(members) => {
			expect(
				connectionError(connection, Object.assign(clientError('ECONNRESET'), { port: 3128 }, members), false).outcome,
			).toBe('noResponse');
		},
	);

	test.each(['connect', 'getaddrinfo'])('of %s means that no connection was made', (syscall) => {
		expect(connectionError(connection, Object.assign(clientError('EHOSTUNREACH'), { syscall }), false).outcome).toBe(
			'notConnected',
		);
	});

	test('shows no part of a secret, also if its message is truncated', () => {
		const { message } = connectionError(connection, `${'x'.repeat(490)}the secret key`, false).failure;

		expect(message).not.toContain('the secret');
	});

	test.each([[{ httpCode: '500' }], [{ code: 500 }], [{ cause: { code: '404' }, code: 7 }], [{}]])(
		'%p holds no code of the system',
		(members) => {
			expect(connectionError(connection, Object.assign(new Error('odd'), members), false)).toEqual({
				outcome: 'noResponse',
				failure: { message: 'The request to Syncro Chat failed: odd', description: undefined, code: undefined },
			});
		},
	);

	test.each([
		['E2', 'E2'],
		['2E', '2E'],
	])('keeps the code %s although it contains digits', (code, told) => {
		expect(connectionError(connection, clientError(code), false).failure.code).toBe(told);
	});

	test('after the deadline means no response, with any code', () => {
		expect(connectionError(connection, clientError('ECONNREFUSED'), true)).toMatchObject({
			outcome: 'noResponse',
			failure: { message: 'Syncro Chat did not respond within 7 s' },
		});
	});

	test('may be a text, and is truncated if it is long', () => {
		expect(connectionError(connection, 'gone', false).failure.message).toBe('The request to Syncro Chat failed: gone');
		expect(connectionError(connection, 'x'.repeat(10_000), false).failure.message.length).toBeLessThan(600);
	});
});

describe('a rate-limited response', () => {
	const askedMs = (retryAfter: unknown, waitSeconds?: number) =>
		rateLimitedError(connection, answer({ headers: { 'retry-after': retryAfter } }), {
			kind: 'rateLimited',
			message: 'Slow down',
			waitSeconds,
		}).retryAfterMs;

	test('shows the message of the vendor without secrets', () => {
		const trouble = rateLimitedError(connection, answer({ status: 429 }), {
			kind: 'rateLimited',
			message: 'Slow down, the secret key',
		});

		expect(trouble).toMatchObject({
			outcome: 'rateLimited',
			failure: {
				message: 'Syncro Chat is limiting requests: Slow down, [secret removed]',
				description:
					"Run the workflow later, raise 'Max Wait' under 'Options', or lower 'Requests per Window' in the credential.",
				httpCode: 429,
				response: { some: 'body' },
			},
		});
	});

	test.each([
		['12', undefined, 12_000],
		[12, undefined, 12_000],
		['0', 5, 0],
		['-3', undefined, 0],
		['', 5, 5_000],
		[undefined, 5, 5_000],
		[undefined, undefined, undefined],
		['soon', 5, 5_000],
		[undefined, -5, 0],
	])('with Retry-After %p and %p seconds in the body means a pause of %p ms', (retryAfter, waitSeconds, ms) => {
		expect(askedMs(retryAfter, waitSeconds)).toBe(ms);
	});

	test("with a date uses the server's clock if the response has a Date header", () => {
		jest.useFakeTimers({ now: Date.parse('2026-07-01T13:00:00Z') });
		const headers = { date: 'Wed, 01 Jul 2026 12:00:00 GMT', 'retry-after': 'Wed, 01 Jul 2026 12:00:39 GMT' };

		expect(
			rateLimitedError(connection, answer({ headers }), { kind: 'rateLimited', message: 'Slow down' }).retryAfterMs,
		).toBe(39_000);
	});

	test('with a date means a pause until that date', () => {
		jest.useFakeTimers({ now: Date.parse('2026-07-01T12:00:00Z') });

		expect(['Wed, 01 Jul 2026 12:00:39 GMT', 'Wed, 01 Jul 2026 11:00:00 GMT'].map((date) => askedMs(date, 5))).toEqual([
			39_000, 0,
		]);
	});
});

describe('a response without success', () => {
	test('is a refusal or a server error, with the message of the vendor without secrets', () => {
		const refused = refusedError(connection, answer({ status: 422 }), {
			kind: 'refused',
			message: 'No, the secret key',
			code: 'E1',
			hint: 'Ask',
		});
		const broken = refusedError(connection, answer({ status: 500 }), { kind: 'broken', message: 'Oops' });

		expect(refused).toEqual({
			outcome: 'refused',
			failure: {
				message: 'Syncro Chat refused the request: No, [secret removed]',
				description: 'Ask',
				httpCode: 422,
				code: 'E1',
				response: { some: 'body' },
				vendorMessage: 'No, [secret removed]',
				isMissing: false,
			},
		});
		expect(broken).toMatchObject({
			outcome: 'broken',
			failure: { message: 'Syncro Chat returned a server error: Oops', httpCode: 500 },
		});
	});

	test('of a version without the endpoint names the request without query and secrets, and reports no missing record', () => {
		const verdict = { kind: 'refused', message: 'Not Found', hint: 'Update it', isUnsupported: true } as const;
		const page = { body: `<!doctype html>${'x'.repeat(1_000)}`, isText: true };
		const [json, html] = [answer({ status: 404 }), answer({ status: 404, ...page })].map(
			(one) =>
				refusedError(connection, one, verdict, {
					method: 'GET',
					path: `/deals/the secret key/${'a'.repeat(200)}?page=2`,
				}).failure,
		);

		expect(json).toEqual({
			message: expect.stringMatching(
				/^This version of Syncro Chat does not support the request GET \/deals\/\[secret removed\]\/a+.*: Not Found$/,
			),
			description: 'Update it',
			httpCode: 404,
			response: { some: 'body' },
			isUnsupported: true,
		});
		expect(json.message.length).toBeLessThan(190);
		const short = refusedError(connection, answer({ status: 404 }), verdict, {
			method: 'POST',
			path: '/deals/search?page=2',
		});
		expect(short.failure.message).toBe(
			'This version of Syncro Chat does not support the request POST /deals/search: Not Found',
		);
		expect(html).toMatchObject({ message: json.message, response: expect.stringMatching(/^<!doctype html>x{185}$/) });
	});

	test('has a truncated message if it is long', () => {
		const long = 'x'.repeat(10_000);
		const headlines = [
			refusedError(connection, answer(), { kind: 'refused', message: long }),
			rateLimitedError(connection, answer(), { kind: 'rateLimited', message: long }),
		].map(({ failure }) => failure.message);

		expect(headlines.every(({ length }) => length > 500 && length < 600)).toBe(true);
	});

	test.each([
		['https://elsewhere.example/login', 'https://elsewhere.example/login'],
		[undefined, 'another address'],
		[['a'], 'another address'],
	])('may be a redirect to %p', (location, named) => {
		expect(redirectError(connection, answer({ status: 302, headers: { location } }))).toEqual({
			outcome: 'redirected',
			failure: {
				message: `Syncro Chat responded with a redirect to ${named}`,
				description:
					'The redirect was not followed, because the key must not go to another host. Correct the address in the credential.',
				httpCode: 302,
			},
		});
	});

	test('shows no part of a secret in a truncated redirect address', () => {
		const location = `https://elsewhere.example/${'x'.repeat(165)}?the%20secret%20key`;

		expect(redirectError(connection, answer({ status: 302, headers: { location } })).failure.message).not.toContain(
			'the%20',
		);
	});

	test.each<[string, Partial<ApiResponse>, string | undefined]>([
		['an HTML page', { body: ' <!DOCTYPE html>', isText: true }, ' <!DOCTYPE html>'],
		['an HTML page', { body: '<html>', isText: true }, '<html>'],
		['text that is not valid JSON', { body: 'see <html>', isText: true }, 'see <html>'],
		['text that is not valid JSON', { body: 'the secret key', isText: true }, '[secret removed]'],
		['text that is not valid JSON', { body: 'x'.repeat(201), isText: true }, 'x'.repeat(200)],
		[
			'JSON that is nested too deeply',
			{ body: JSON.parse(`${'['.repeat(300)}${']'.repeat(300)}`) as unknown },
			undefined,
		],
		['JSON with an unknown structure', { body: '<html>' }, undefined],
	])('may be %s (%#)', (what, more, response) => {
		expect(unreadableError(connection, answer({ status: 502, ...more }))).toEqual({
			outcome: 'unreadable',
			failure: {
				message: `Syncro Chat responded with ${what} (status 502)`,
				description:
					'Check that https://crm.example.com in the credential is the address of the API, and that no proxy responds in its place.',
				httpCode: 502,
				response,
			},
		});
	});

	test('may be too large', () => {
		expect(tooLargeError(connection)).toEqual({
			outcome: 'tooLarge',
			failure: {
				message: 'Syncro Chat responded with more than 20 MB',
				description: 'The response was not read to the end. Narrow the request if you can.',
				isTooLarge: true,
			},
		});
	});
});
