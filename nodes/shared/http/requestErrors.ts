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

/** System error codes of a connection that was never made. */
const NEVER_CONNECTED = new Set([
	'ECONNREFUSED',
	'ENOTFOUND',
	'EAI_AGAIN',
	'EHOSTUNREACH',
	'ENETUNREACH',
	'EADDRNOTAVAIL',
]);
/** Calls of the system by which it is one that was made: Linux gives EHOSTUNREACH, too, for a host that went away with a request under way. */
const ON_CONNECTION = /^(read|write)/;
/** What Node says where a connection broke before its encryption was agreed on: no request was sent on it. */
const NO_HANDSHAKE = /disconnected before secure TLS connection was established/;
const NOT_TRUSTED = /CERT|UNABLE_TO_VERIFY|ERR_TLS/;

/** What Node says where the other side does not answer as TLS wants it, as a port for plain http does. https://nodejs.org/api/errors.html#openssl-errors */
const NO_TLS = /^(EPROTO|ERR_SSL_WRONG_VERSION_NUMBER|ERR_SSL_PACKET_LENGTH_TOO_LONG)$/;

/** Codes of a request that Node refused to send, because it cannot be written down. */
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

/** Characters of the vendor's own words in a headline. */
const LONGEST_MESSAGE = 500;

/** Characters of a request line in a headline. */
const LONGEST_LINE = 100;

/** Characters of an unreadable text that an error shows. */
const LONGEST_SAMPLE = 200;

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

/** A request that the version of the vendor does not have: no record is missing, and no address is wrong. */
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

/** A page for people, or "there is no such thing" in words that are no JSON: the API of a CRM refuses in JSON. */
function isFromOtherServer(response: ApiResponse): boolean {
	return (
		isPage(response) || (response.status === 404 && response.isText === true && toText(response.body).trim() !== '')
	);
}

const isPage = ({ body, isText }: ApiResponse): boolean =>
	isText === true && /^\s*<(!doctype|html)/i.test(toText(body));

/** An answer of something else than the vendor's API. @param how what it looks like */
export function wrongApiFailure({ vendor, root }: Connection, how?: string): Failure {
	const message = `${new URL(root).host} does not respond like the API of ${vendor.name}${how === undefined ? '' : `: ${how}`}`;
	return { message, description: addressHint(root) };
}

/** A refusal that does not come from the API. */
function otherServerError(connection: Connection, response: ApiResponse): FailedAttempt {
	const { status } = response;
	const failure = wrongApiFailure(connection, `with ${isPage(response) ? 'an HTML page' : 'text'} (status ${status})`);
	const description = [failure.description, proxyHint(connection, response)].filter(Boolean).join(' ');
	return {
		outcome: 'refused',
		failure: { ...failure, description, httpCode: status, response: sampleOf(response, connection.redact) },
	};
}

const addressHint = (root: string) =>
	`Check that ${new URL(root).origin} in the credential is the address of the API, and that no proxy responds in its place.`;

const sampleOf = ({ body }: ApiResponse, redact: Redactor) => startOf(redact(toText(body)), LONGEST_SAMPLE);

/** A 404 to a request that names no record: it is about the address. */
export function unknownEndpoint({ vendor, root }: Connection, failure: Failure): Failure {
	const address = `The server does not know this request. Check that ${new URL(root).origin} in the credential is the address of the API.`;
	return { ...failure, description: [address, vendor.unsupportedHint].filter(Boolean).join(' ') };
}

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

export function unreadableError(connection: Connection, answer: ApiResponse): FailedAttempt {
	const { vendor, root, redact } = connection;
	const { status, body, isText } = answer;
	const what = isPage(answer)
		? 'an HTML page'
		: isText
			? 'text that is not valid JSON'
			: isTooDeep(body)
				? 'JSON that is nested too deeply'
				: 'JSON with an unknown structure';
	const description = [addressHint(root), proxyHint(connection, answer)].filter(Boolean).join(' ');
	const response = isText ? sampleOf(answer, redact) : undefined;
	return {
		outcome: 'unreadable',
		failure: {
			message: `${vendor.name} responded with ${what} (status ${status})`,
			description,
			httpCode: status,
			response,
		},
	};
}

export function tooLargeError({ vendor }: Connection): FailedAttempt {
	const message = `${vendor.name} responded with more than ${megabytes(MAX_RESPONSE_BYTES)}`;
	const description = 'The response was not read to the end. Narrow the request if you can.';
	return { outcome: 'tooLarge', failure: { message, description, isTooLarge: true } };
}

/**
 * What an error of the HTTP client says about the request: whether it can have left, and what to do.
 *
 * @param isExpired the deadline passed before the answer was there as a whole
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

/** A connection that nobody accepted in time; on one that was made, a request may have arrived. */
const isConnectTimeout = (error: unknown, code: string) =>
	code === 'ETIMEDOUT' && systemProperty(error, 'syscall') === 'connect';

/** Where n8n, and the HTTP client, put an error of the operating system. */
const ERROR_PATHS = ['cause.', 'cause.cause.', 'cause.cause.cause.', 'errorResponse.', 'errorResponse.cause.', ''];

/** A member of an error of the operating system, wherever n8n wrapped it. */
const propertyIn = (error: unknown, name: string) =>
	ERROR_PATHS.map((place) => valueAt(error, place + name)).find((value) => value !== undefined);

/** What the operating system or the HTTP client says of an error, wherever n8n wrapped it; n8n 1.123 and 2.0 put the code where the status belongs. */
function systemProperty(error: unknown, name: 'code' | 'syscall'): string | undefined {
	const paths = [...ERROR_PATHS.map((place) => place + name), ...(name === 'code' ? ['httpCode'] : [])];
	return paths
		.map((path) => valueAt(error, path))
		.find((word): word is string => typeof word === 'string' && !/^\d+$/.test(word));
}

/** Seconds of a Retry-After header, given as seconds or as an HTTP date. */
function retryAfterSeconds(headers: ApiResponse['headers']): number | undefined {
	const value = headers['retry-after'];
	if (value === undefined || value === '') return undefined;
	const seconds = Number(toText(value));
	if (!Number.isNaN(seconds)) return seconds;
	const moment = Date.parse(toText(value));
	// The date is one of the server's clock, and the header Date tells what time it has.
	const now = Date.parse(toText(headers.date ?? '')) || Date.now();
	return Number.isNaN(moment) ? undefined : (moment - now) / 1000;
}
