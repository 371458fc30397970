import type { IDataObject, IHttpRequestOptions } from 'n8n-workflow';
import { isObject } from '../base/json';
import { isUnreadable, readBody, ResponseTooLarge } from './responseBody';
import type { ApiResponse, Verdict } from './api';
import type { ApiRequest } from './apiRequest';
import type { CallerContext, Connection } from './connection';
import { serverLimit, type ServerLimit } from './limiter';
import { needsProxyLogin, refusedByProxy } from './proxy';
import type { FailedAttempt } from './failedAttempt';
import {
	redirectError,
	refusedError,
	rateLimitedError,
	tooLargeError,
	connectionError,
	unreadableError,
} from './requestErrors';

/** The result of one attempt: the vendor's response with its size in bytes, or the failure. */
export type Attempt = ({ response: ApiResponse; bytes: number } | FailedAttempt) & {
	/** The rate limit that the server reports. */
	serverLimit?: ServerLimit;
};

/** Sends a request once and reads its response. It always ends at the deadline. */
export async function attempt(
	connection: Connection,
	request: ApiRequest,
	body: IHttpRequestOptions['body'],
): Promise<Attempt> {
	// n8n's own timeout restarts with each received byte, so a slow response could take forever.
	const open = connection.deadlines.add(connection.requestOptions.timeoutMs);
	try {
		const { response, bytes } = await untilAborted(open.signal, exchange(connection, request, body, open.signal));
		if (needsProxyLogin(response)) return refusedByProxy(connection, response);
		return { ...verdictOn(connection, request, response, bytes), serverLimit: serverLimit(response.headers) };
	} catch (error) {
		return error instanceof ResponseTooLarge
			? tooLargeError(connection)
			: connectionError(connection, error, open.isExpired());
	} finally {
		open.close();
	}
}

async function exchange(
	connection: Connection,
	request: ApiRequest,
	body: IHttpRequestOptions['body'],
	signal: AbortSignal,
): Promise<{ response: ApiResponse; bytes: number }> {
	const {
		statusCode: status,
		headers,
		body: stream,
	} = await send(withSignal(connection.context, signal), connection, request, body);
	const { bytes, ...read } = await readBody(stream, signal, headers['content-type']);
	return { response: { status, headers, ...read }, bytes };
}

interface Response {
	statusCode: number;
	headers: IDataObject;
	body: unknown;
}

async function send(
	context: CallerContext,
	connection: Connection,
	request: ApiRequest,
	body: IHttpRequestOptions['body'],
): Promise<Response> {
	const {
		vendor: { credential },
		credentials,
	} = connection;
	// n8n may change the object, so it gets a copy. The next request needs the original.
	const credentialsDecrypted = { id: '', name: credential, type: credential, data: { ...credentials } };
	return (await context.helpers.httpRequestWithAuthentication.call(
		context,
		credential,
		httpOptions(connection, request, body),
		{
			credentialsDecrypted,
		},
	)) as Response;
}

/** Returns the context with another cancel signal. n8n's helper uses the context's signal, and drop-downs have none. */
function withSignal(context: CallerContext, signal: AbortSignal): CallerContext {
	return Object.assign(Object.create(context) as CallerContext, { getExecutionCancelSignal: () => signal });
}

/** Stops waiting when the signal is aborted. Older versions of n8n ignore the signal. */
async function untilAborted<Result>(signal: AbortSignal, work: Promise<Result>): Promise<Result> {
	return await new Promise((resolve, reject) => {
		const end = () => reject(signal.reason as Error);
		signal.addEventListener('abort', end);
		work.then(resolve, reject).finally(() => signal.removeEventListener('abort', end));
	});
}

function httpOptions(
	{ root, host, requestOptions, skipSslCertificateValidation }: Connection,
	{ method, path, query }: ApiRequest,
	body: IHttpRequestOptions['body'],
): IHttpRequestOptions {
	return {
		method,
		url: root + path,
		qs: query,
		arrayFormat: 'brackets',
		body,
		headers: { Accept: 'application/json' },
		timeout: requestOptions.timeoutMs,
		encoding: 'stream',
		skipSslCertificateValidation,
		returnFullResponse: true,
		ignoreHttpStatusErrors: true,
		// A redirect would send the key to another host and turn a POST into a GET, so it is an error.
		disableFollowRedirect: true,
		allowedDomains: host,
	};
}

function verdictOn(connection: Connection, request: ApiRequest, response: ApiResponse, bytes: number): Attempt {
	if (response.status >= 300 && response.status < 400) return redirectError(connection, response);
	if (isUnreadable(response)) return unreadableError(connection, response);
	const verdict = verdictOf(connection, request, response);
	if (verdict === undefined) return unreadableError(connection, response);
	if (verdict.kind === 'success') return { response, bytes };
	return verdict.kind === 'rateLimited'
		? rateLimitedError(connection, response, verdict)
		: refusedError(connection, response, verdict, request);
}

/** Returns the vendor's verdict on a response; undefined if the vendor's code throws on an unexpected response. */
function verdictOf({ vendor }: Connection, request: ApiRequest, response: ApiResponse): Verdict | undefined {
	try {
		return vendor.readResponse(isObject(response.headers) ? response : { ...response, headers: {} }, request);
	} catch {
		return undefined;
	}
}
