import type { IDataObject, IHttpRequestOptions } from 'n8n-workflow';
import { isObject } from '../base/json';
import { isUnreadable, readBody, TooLarge } from './answer';
import type { Answer, Verdict } from './api';
import type { Call } from './call';
import type { CallerContext, Connection } from './connection';
import { toldLimit, type ToldLimit } from './limitHeaders';
import { isOfProxy, refusedByProxy } from './proxy';
import type { Trouble } from './failedAttempt';
import { redirected, refusedBy, slowedDown, tooLarge, troubleOf, unreadable } from './trouble';

/** One attempt: the vendor's answer with its size in bytes, or what became of it. */
export type Attempt = ({ answer: Answer; bytes: number } | Trouble) & {
	/** What the server said of its limit. */
	told?: ToldLimit;
};

/** Sends a request once and reads its answer. Whatever happens, it ends at the deadline. */
export async function attempt(connection: Connection, call: Call, body: IHttpRequestOptions['body']): Promise<Attempt> {
	// n8n's own timeout counts from one sign of life to the next, which an answer byte by byte puts off for ever.
	const open = connection.open.add(connection.pace.timeoutMs);
	try {
		const { answer, bytes } = await endsWith(open.signal, exchange(connection, call, body, open.signal));
		if (isOfProxy(answer)) return refusedByProxy(connection, answer);
		return { ...verdictOn(connection, call, answer, bytes), told: toldLimit(answer.headers) };
	} catch (error) {
		return error instanceof TooLarge ? tooLarge(connection) : troubleOf(connection, error, open.isLate());
	} finally {
		open.close();
	}
}

async function exchange(
	connection: Connection,
	call: Call,
	body: IHttpRequestOptions['body'],
	signal: AbortSignal,
): Promise<{ answer: Answer; bytes: number }> {
	const { statusCode: status, headers, body: stream } = await ask(withSignal(connection.context, signal), connection, call, body);
	const { bytes, ...read } = await readBody(stream, signal, headers['content-type']);
	return { answer: { status, headers, ...read }, bytes };
}

interface Response {
	statusCode: number;
	headers: IDataObject;
	body: unknown;
}

async function ask(context: CallerContext, connection: Connection, call: Call, body: IHttpRequestOptions['body']): Promise<Response> {
	const {
		vendor: { credential },
		credentials,
	} = connection;
	// n8n may add to what it is given, and the next request wants the credential as it was.
	const credentialsDecrypted = { id: '', name: credential, type: credential, data: { ...credentials } };
	return (await context.helpers.httpRequestWithAuthentication.call(context, credential, httpOptions(connection, call, body), {
		credentialsDecrypted,
	})) as Response;
}

/** The context with a signal of our own: n8n's helper takes the one that the context gives, and drop-downs have none. */
function withSignal(context: CallerContext, signal: AbortSignal): CallerContext {
	return Object.assign(Object.create(context) as CallerContext, { getExecutionCancelSignal: () => signal });
}

/** Ends a wait with a signal, also where nobody else looks at it, as in older versions of n8n. */
async function endsWith<Result>(signal: AbortSignal, work: Promise<Result>): Promise<Result> {
	return await new Promise((resolve, reject) => {
		const end = () => reject(signal.reason as Error);
		signal.addEventListener('abort', end);
		work.then(resolve, reject).finally(() => signal.removeEventListener('abort', end));
	});
}

function httpOptions(
	{ root, host, pace, skipSslCertificateValidation }: Connection,
	{ method, path, query }: Call,
	body: IHttpRequestOptions['body'],
): IHttpRequestOptions {
	return {
		method,
		url: root + path,
		qs: query,
		arrayFormat: 'brackets',
		body,
		headers: { Accept: 'application/json' },
		timeout: pace.timeoutMs,
		encoding: 'stream',
		skipSslCertificateValidation,
		returnFullResponse: true,
		ignoreHttpStatusErrors: true,
		// A redirect would carry the key elsewhere and turn a POST into a GET: it is shown to the user instead.
		disableFollowRedirect: true,
		allowedDomains: host,
	};
}

function verdictOn(connection: Connection, call: Call, answer: Answer, bytes: number): Attempt {
	if (answer.status >= 300 && answer.status < 400) return redirected(connection, answer);
	if (isUnreadable(answer)) return unreadable(connection, answer);
	const verdict = verdictOf(connection, call, answer);
	if (verdict === undefined) return unreadable(connection, answer);
	if (verdict.kind === 'success') return { answer, bytes };
	return verdict.kind === 'slowDown' ? slowedDown(connection, answer, verdict) : refusedBy(connection, answer, verdict, call);
}

/** What the vendor's page says of an answer; nothing when it is so strange that the page breaks on it. */
function verdictOf({ vendor }: Connection, call: Call, answer: Answer): Verdict | undefined {
	try {
		return vendor.readAnswer(isObject(answer.headers) ? answer : { ...answer, headers: {} }, call);
	} catch {
		return undefined;
	}
}
