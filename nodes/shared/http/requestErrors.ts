import { truncateText } from '../base/truncate';
import type { Failure } from '../base/failure';
import { valueAt, toText } from '../base/json';
import type { Redactor } from '../base/redact';
import { startOf } from '../base/text';
import { isTooDeep, MAX_RESPONSE_BYTES, megabytes } from './responseBody';
import type { ApiResponse, Verdict } from './api';
import type { ApiRequest } from './apiRequest';
import type { Connection } from './connection';
import type { FailedAttempt } from './failedAttempt';
import { proxyHint, proxyError } from './proxy';
import type { Outcome } from './retryPolicy';

/** System error codes if no connection was made. */
const NEVER_CONNECTED = new Set([
	'ECONNREFUSED',
	'ENOTFOUND',
	'EAI_AGAIN',
	'EHOSTUNREACH',
	'ENETUNREACH',
	'EADDRNOTAVAIL',
]);
/**
 * Syscalls on an established connection. Linux also reports EHOSTUNREACH for them when the host disappears mid-request.
 */
const ON_CONNECTION = /^(read|write)/;
/** Node's message if the connection broke before the TLS handshake: no request was sent. */
const NO_HANDSHAKE = /disconnected before secure TLS connection was established/;
const NOT_TRUSTED = /CERT|UNABLE_TO_VERIFY|ERR_TLS/;

/**
 * Node's codes if the server does not use TLS, such as on a port for plain http.
 * https://nodejs.org/api/errors.html#openssl-errors
 */
const NO_TLS = /^(EPROTO|ERR_SSL_WRONG_VERSION_NUMBER|ERR_SSL_PACKET_LENGTH_TOO_LONG)$/;

/** Codes of a request that Node did not send because it is malformed. */
const NEVER_SENT = new Set([
	'ERR_INVALID_CHAR',
	'ERR_INVALID_URL',
	'ERR_INVALID_HTTP_TOKEN',
	'ERR_UNESCAPED_CHARACTERS',
	'ERR_HTTP_INVALID_HEADER_VALUE',
]);

const CLOSED = new Set([
	'ECONNRESET',
	'EPIPE',
	'ERR_BAD_RESPONSE',
	'ERR_STREAM_PREMATURE_CLOSE',
	'Z_BUF_ERROR',
	'HPE_INVALID_CONSTANT',
]);
const TIMED_OUT = new Set(['ECONNABORTED', 'ETIMEDOUT']);

/** Maximum length of the vendor's own text in a message. */
const LONGEST_MESSAGE = 500;

/** Maximum length of a request line in a message. */
const LONGEST_LINE = 100;

/** Maximum length of an unreadable body in an error. */
const LONGEST_SAMPLE = 200;

/** Returns the failure of a rate-limited request. */
export function rateLimitedError(
	{ vendor, redact }: Connection,
	{ status, headers, body }: ApiResponse,
	{ message, waitSeconds }: Extract<Verdict, { kind: 'rateLimited' }>,
): FailedAttempt {
	const askedSeconds = retryAfterSeconds(headers) ?? waitSeconds;
	return {
		outcome: 'rateLimited',
		retryAfterMs: askedSeconds === undefined ? undefined : 1000 * Math.max(0, askedSeconds),
		failure: {
			message: `${vendor.name} is limiting requests: ${truncateText(redact(message), LONGEST_MESSAGE)}`,
			description:
				"Run the workflow later, raise 'Max Wait' under 'Options', or lower 'Requests per Window' in the credential.",
			httpCode: status,
			response: body,
		},
	};
}

/** Returns the failure of a request that the vendor refused, or of a server error. */
export function refusedError(
	connection: Connection,
	response: ApiResponse,
	verdict: Extract<Verdict, { kind: 'refused' | 'broken' }>,
	request?: Pick<ApiRequest, 'method' | 'path'>,
): FailedAttempt {
	const { vendor, redact } = connection;
	const { status, body } = response;
	if (verdict.kind === 'refused' && verdict.isUnsupported && request)
		return unsupportedError(connection, response, verdict, request);
	if (isFromOtherServer(response)) return otherServerError(connection, response);
	const verb = verdict.kind === 'refused' ? 'refused the request' : 'returned a server error';
	return {
		outcome: verdict.kind,
		failure: {
			message: `${vendor.name} ${verb}: ${truncateText(redact(verdict.message), LONGEST_MESSAGE)}`,
			description: [verdict.hint, proxyHint(connection, response)].filter(Boolean).join(' ') || undefined,
			httpCode: status,
			code: verdict.code,
			response: body,
			...(verdict.kind === 'refused'
				? { vendorMessage: redact(verdict.message), isMissing: verdict.isMissing ?? status === 404 }
				: {}),
		},
	};
}

/** Returns the failure of a request that this version of the vendor does not support. No record or address is wrong. */
function unsupportedError(
	connection: Connection,
	response: ApiResponse,
	{ message, hint }: Extract<Verdict, { kind: 'refused' }>,
	{ method, path }: Pick<ApiRequest, 'method' | 'path'>,
): FailedAttempt {
	const { vendor, redact } = connection;
	const line = truncateText(redact(`${method} ${path.split('?')[0]}`), LONGEST_LINE);
	return {
		outcome: 'refused',
		failure: {
			message: `This version of ${vendor.name} does not support the request ${line}: ${truncateText(redact(message), LONGEST_MESSAGE)}`,
			description: hint,
			httpCode: response.status,
			response: isFromOtherServer(response) ? sampleOf(response, redact) : response.body,
			isUnsupported: true,
		},
	};
}

/** Tells whether a response is an HTML page or a 404 with plain text. The API of a CRM returns its errors as JSON. */
function isFromOtherServer(response: ApiResponse): boolean {
	return (
		isPage(response) || (response.status === 404 && response.isText === true && toText(response.body).trim() !== '')
	);
}

const isPage = ({ body, isText }: ApiResponse): boolean =>
	isText === true && /^\s*<(!doctype|html)/i.test(toText(body));

/** Returns the failure of a response from another server than the vendor's API. @param how describes the response */
export function wrongApiFailure({ vendor, root }: Connection, how?: string): Failure {
	const message = `${new URL(root).host} does not respond like the API of ${vendor.name}${how === undefined ? '' : `: ${how}`}`;
	return { message, description: addressHint(root) };
}

/** Returns the failure of an error response from another server than the vendor's API. */
function otherServerError(connection: Connection, response: ApiResponse): FailedAttempt {
	const { status } = response;
	const failure = wrongApiFailure(
		connection,
		`it sent ${isPage(response) ? 'an HTML page' : 'text'} (status ${status})`,
	);
	const description = [failure.description, proxyHint(connection, response)].filter(Boolean).join(' ');
	return {
		outcome: 'refused',
		failure: { ...failure, description, httpCode: status, response: sampleOf(response, connection.redact) },
	};
}

const addressHint = (root: string) =>
	`Check that ${new URL(root).origin} in the credential is the address of the API, and that no proxy responds in its place.`;

const sampleOf = ({ body }: ApiResponse, redact: Redactor) => startOf(redact(toText(body)), LONGEST_SAMPLE);

/** Returns the failure of a 404 if the path names no record: the endpoint does not exist. */
export function unknownEndpoint({ vendor, root }: Connection, failure: Failure): Failure {
	const address = `The server does not know this request. Check that ${new URL(root).origin} in the credential is the address of the API.`;
	return { ...failure, description: [address, vendor.unsupportedHint].filter(Boolean).join(' ') };
}

/** Returns the failure of a redirect. */
export function redirectError({ vendor, redact }: Connection, { status, headers }: ApiResponse): FailedAttempt {
	const target = typeof headers.location === 'string' ? redact(headers.location) : 'another address';
	const description =
		'The redirect was not followed, because the key must not go to another host. Correct the address in the credential.';
	return {
		outcome: 'redirected',
		failure: {
			message: `${vendor.name} responded with a redirect to ${truncateText(target, LONGEST_SAMPLE)}`,
			description,
			httpCode: status,
		},
	};
}

/** Returns the failure of a response that the node cannot read. */
export function unreadableError(connection: Connection, response: ApiResponse): FailedAttempt {
	const { vendor, root, redact } = connection;
	const { status, body, isText } = response;
	const what = isPage(response)
		? 'an HTML page'
		: isText
			? 'text that is not valid JSON'
			: isTooDeep(body)
				? 'JSON that is nested too deeply'
				: 'JSON with an unknown structure';
	const description = [addressHint(root), proxyHint(connection, response)].filter(Boolean).join(' ');
	const sample = isText ? sampleOf(response, redact) : undefined;
	return {
		outcome: 'unreadable',
		failure: {
			message: `${vendor.name} responded with ${what} (status ${status})`,
			description,
			httpCode: status,
			response: sample,
		},
	};
}

/** Returns the failure of a response that is too large. */
export function tooLargeError({ vendor }: Connection): FailedAttempt {
	const message = `${vendor.name} responded with more than ${megabytes(MAX_RESPONSE_BYTES)}`;
	const description = 'The response was not read to the end. Narrow the request if you can.';
	return { outcome: 'tooLarge', failure: { message, description, isTooLarge: true } };
}

/**
 * Returns the failure of an error of the HTTP client: whether the request may have been sent, and what to do.
 *
 * @param isExpired whether the deadline passed before the end of the response
 */
export function connectionError(connection: Connection, error: unknown, isExpired: boolean): FailedAttempt {
	const { vendor, root, requestOptions, redact } = connection;
	const code = systemProperty(error, 'code');
	const { host } = new URL(root);
	const message = truncateText(redact(error instanceof Error ? error.message : toText(error)), LONGEST_MESSAGE);
	const failed = (outcome: Outcome, message: string, description?: string): FailedAttempt => ({
		outcome,
		failure: { message, description, code },
	});
	const isOnConnection = ON_CONNECTION.test(systemProperty(error, 'syscall') ?? '');
	const proxyFailure =
		isExpired || isOnConnection ? undefined : proxyError(connection, message, code, (name) => propertyIn(error, name));
	if (proxyFailure) return proxyFailure;
	const isNeverConnected =
		code !== undefined && (NEVER_CONNECTED.has(code) || isConnectTimeout(error, code)) && !isOnConnection;
	if (!isExpired && (isNeverConnected || NO_HANDSHAKE.test(message)))
		return failed(
			'notConnected',
			`Could not connect to ${host}`,
			`Check the base URL in the credential, and that ${vendor.name} can be reached from n8n.`,
		);
	if (isExpired || (code && TIMED_OUT.has(code)))
		return failed('noResponse', `${vendor.name} did not respond within ${requestOptions.timeoutMs / 1000} s`);
	if (code && NOT_TRUSTED.test(code))
		return failed(
			'notTrusted',
			`The certificate of ${host} is not trusted`,
			"Install a valid certificate, or turn on 'Ignore SSL Issues' if the credential has it.",
		);
	if (code && NO_TLS.test(code))
		return failed(
			'notTrusted',
			`${host} does not use https on this port`,
			'Check the port of the base URL in the credential, or use http:// instead of https:// for a server in your own network.',
		);
	if (code && NEVER_SENT.has(code))
		return failed(
			'notSent',
			`The request could not be built: ${message}`,
			'Nothing was sent. Remove line breaks and other control characters from the credential.',
		);
	if (code && CLOSED.has(code))
		return failed('noResponse', `${vendor.name} closed the connection before its response was complete`);
	return failed('noResponse', `The request to ${vendor.name} failed: ${message}`);
}

/**
 * Tells whether the connection timed out. After a timeout on an established connection, the request may have arrived.
 */
const isConnectTimeout = (error: unknown, code: string) =>
	code === 'ETIMEDOUT' && systemProperty(error, 'syscall') === 'connect';

/** Paths at which n8n and the HTTP client wrap an error of the operating system. */
const ERROR_PATHS = ['cause.', 'cause.cause.', 'cause.cause.cause.', 'errorResponse.', 'errorResponse.cause.', ''];

/** Returns a property of an error of the operating system at any of these paths. */
const propertyIn = (error: unknown, name: string) =>
	ERROR_PATHS.map((path) => valueAt(error, path + name)).find((value) => value !== undefined);

/** Returns a text property of a wrapped error. n8n 1.123 and 2.0 put the code into `httpCode`. */
function systemProperty(error: unknown, name: 'code' | 'syscall'): string | undefined {
	const paths = [...ERROR_PATHS.map((path) => path + name), ...(name === 'code' ? ['httpCode'] : [])];
	return paths
		.map((path) => valueAt(error, path))
		.find((text): text is string => typeof text === 'string' && !/^\d+$/.test(text));
}

/** Returns the seconds of a Retry-After header, which contains seconds or an HTTP date. */
function retryAfterSeconds(headers: ApiResponse['headers']): number | undefined {
	const value = headers['retry-after'];
	if (value === undefined || value === '') return undefined;
	const seconds = Number(toText(value));
	if (!Number.isNaN(seconds)) return seconds;
	const date = Date.parse(toText(value));
	// The date refers to the server's clock, so it is compared with the Date header.
	const now = Date.parse(toText(headers.date ?? '')) || Date.now();
	return Number.isNaN(date) ? undefined : (date - now) / 1000;
}
