import { sleep, type IDataObject, type IHttpRequestOptions } from 'n8n-workflow';
import type { Connection } from './connection';
import { FailureError, type Failure } from './failure';
import { bodyMaker, type Files } from './multipart';
import type { Method } from './operation';
import { redact } from './redact';
import { nextPauseMs, repeatTable, type Outcome } from './repeat';
import { ownSignal, type Throttle } from './throttle';
import { memberOf, type Answer } from './vendor';

export interface Call {
	method: Method;
	/** Path below the connection's root, already encoded. */
	path: string;
	query: IDataObject;
	body?: IDataObject;
	/** Files of the item: the request goes out as multipart. */
	files?: Files;
	/** A write that does no harm when it is repeated. */
	idempotent?: boolean;
	/** A search by POST, which changes nothing. */
	reads?: boolean;
	/** Counted by the vendor as a bulk request. */
	bulk?: boolean;
}

/** Sends a request and gives back the body of a success, for operations and lists that need several. */
export type Ask = (call: Call) => Promise<unknown>;

/** One attempt: the vendor's answer, or what became of it. */
type Attempt = { answer: Answer } | { outcome: Outcome; failure: Failure; askedMs?: number };

/** System error codes of a connection that never came about. */
const NEVER_CONNECTED = new Set(['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN', 'EHOSTUNREACH', 'ENETUNREACH', 'EADDRNOTAVAIL']);
const NOT_TRUSTED = /CERT|SELF_SIGNED|UNABLE_TO_VERIFY|ERR_TLS|EPROTO/;

/**
 * Sends one request through the throttle, repeats it where that is safe, and gives back the answer of a success.
 *
 * @throws FailureError when the vendor refused, could not be reached, or may or may not have acted
 * @throws the signal's reason when the execution is stopped
 */
export async function send(connection: Connection, call: Call): Promise<Answer> {
	const safe = isRead(call) || call.idempotent === true;
	const throttle = call.bulk ? connection.bulkThrottle : connection.throttle;
	const makeBody = await bodyMaker(connection.context, call.body, call.files);
	let waitedMs = 0;
	for (let attempt = 1; ; attempt += 1) {
		const result = await inSlot(throttle, connection, async () => await attemptOnce(connection, call, makeBody()));
		if ('answer' in result) return result.answer;
		const pause = nextPauseMs(result.outcome, safe, attempt, waitedMs, connection.pace.patience, result.askedMs);
		if (pause === undefined) throw new FailureError(finalFailure(connection, call, result.outcome, result.failure, attempt));
		if (result.outcome === 'slowDown') throttle.pause(pause);
		else await sleep(pause, ownSignal(connection.signal));
		waitedMs += pause;
		connection.spent.repeats += 1;
	}
}

/**
 * Sends the requests of one item one after another. Once a write of the item was carried out, another item's failure does
 * not keep it from its end: only the user's own stop does.
 */
export function askerFor(connection: Connection): Ask {
	let current = connection;
	return async (call) => {
		const { body } = await send(current, call);
		if (!isRead(call)) current = { ...connection, signal: connection.stopped ?? new AbortController().signal };
		return body;
	};
}

const isRead = ({ method, reads }: Call) => method === 'GET' || reads === true;

async function inSlot(throttle: Throttle, connection: Connection, work: () => Promise<Attempt>): Promise<Attempt> {
	const release = await slotFor(throttle, connection);
	try {
		return await work();
	} finally {
		release();
	}
}

/** Waits for a slot, and counts the time in which requests of this connection wait, once for all of them. */
async function slotFor(throttle: Throttle, { context, spent, signal }: Connection): Promise<() => void> {
	if (spent.waiting === 0) spent.since = Date.now();
	spent.waiting += 1;
	try {
		return await throttle.acquire(context, signal);
	} finally {
		spent.waiting -= 1;
		if (spent.waiting === 0) spent.throttledMs += Date.now() - spent.since;
	}
}

async function attemptOnce(connection: Connection, call: Call, body: IHttpRequestOptions['body']): Promise<Attempt> {
	const { context, vendor } = connection;
	try {
		const response = (await context.helpers.httpRequestWithAuthentication.call(context, vendor.credential, httpOptions(connection, call, body))) as {
			statusCode: number;
			headers: IDataObject;
			body: unknown;
		};
		return readAnswer(connection, { status: response.statusCode, headers: response.headers, body: response.body });
	} catch (error) {
		return readTrouble(connection, error);
	}
}

function httpOptions({ root, host, pace, skipSslCertificateValidation }: Connection, { method, path, query }: Call, body: IHttpRequestOptions['body']): IHttpRequestOptions {
	return {
		method,
		url: root + path,
		qs: query,
		arrayFormat: 'brackets',
		body,
		headers: { Accept: 'application/json' },
		timeout: pace.timeoutMs,
		skipSslCertificateValidation,
		returnFullResponse: true,
		ignoreHttpStatusErrors: true,
		// A redirect would carry the key elsewhere and turn a POST into a GET: it is shown to the user instead.
		disableFollowRedirect: true,
		allowedDomains: host,
	};
}

function readAnswer({ vendor, root, secrets }: Connection, answer: Answer): Attempt {
	const { status } = answer;
	if (status >= 300 && status < 400) return redirected(vendor.name, answer);
	const saysNothing = typeof answer.body === 'string' && answer.body.trim() !== '' && (status < 400 || status >= 500);
	if (saysNothing) return unreadable(vendor.name, root, answer);
	const verdict = vendor.readAnswer(answer);
	if (verdict.kind === 'success') return { answer };
	const response = redact(answer.body, secrets);
	if (verdict.kind === 'slowDown') {
		return {
			outcome: 'slowDown',
			askedMs: 1000 * (retryAfterSeconds(answer.headers) ?? verdict.waitSeconds ?? vendor.slowDownSeconds),
			failure: { headline: `${vendor.name} takes no more requests for now: ${verdict.message}`, advice: `Lower 'Requests per Window' in the credential, or run the workflow later.`, httpCode: status, response },
		};
	}
	return {
		outcome: verdict.kind,
		failure: { headline: `${vendor.name} ${verdict.kind === 'refused' ? 'refused the request' : 'broke off'}: ${verdict.message}`, advice: verdict.hint, httpCode: status, code: verdict.code, response },
	};
}

function redirected(name: string, { status, headers }: Answer): Attempt {
	const target = String(headers.location ?? 'another address');
	const failure = { headline: `${name} answered with a redirect to ${target}`, advice: "Nothing was followed, so that the key stays with the host it belongs to. Correct the base URL in the credential.", httpCode: status };
	return { outcome: 'redirected', failure };
}

function unreadable(name: string, root: string, { status, body }: Answer): Attempt {
	const html = /^\s*<(!doctype|html)/i.test(String(body));
	const headline = `${name} answered with ${html ? 'an HTML page' : 'text that is no complete JSON'} (status ${status})`;
	return { outcome: 'unreadable', failure: { headline, advice: `Check that ${new URL(root).origin} in the credential is the address of the API, and that no proxy answers in its place.`, httpCode: status, response: String(body).slice(0, 200) } };
}

/** What an error of the HTTP client says about the request: whether it can have left, and what to do. */
function readTrouble({ vendor, root, secrets, pace }: Connection, error: unknown): Attempt {
	const code = systemCode(error);
	const { host } = new URL(root);
	if (code && NEVER_CONNECTED.has(code)) {
		return { outcome: 'notConnected', failure: { headline: `No connection to ${host} came about`, advice: `Check the base URL in the credential, and that ${vendor.name} can be reached from n8n.`, code } };
	}
	if (code && NOT_TRUSTED.test(code)) {
		return { outcome: 'notTrusted', failure: { headline: `The certificate of ${host} is not trusted`, advice: "Install a valid certificate, or switch on 'Ignore SSL Issues' where the credential has it.", code } };
	}
	const timedOut = code === 'ECONNABORTED' || code === 'ETIMEDOUT';
	const words = timedOut ? `gave no answer within ${pace.timeoutMs / 1000} s` : 'closed the connection before its answer was complete';
	const known = timedOut || code === 'ECONNRESET' || code === 'EPIPE' || code === 'ERR_BAD_RESPONSE';
	const headline = known ? `${vendor.name} ${words}` : `The request to ${vendor.name} ended with: ${redact(error instanceof Error ? error.message : String(error), secrets)}`;
	return { outcome: 'noAnswer', failure: { headline, code } };
}

/** Error code of the operating system or the HTTP client, wherever n8n wrapped it. */
function systemCode(error: unknown): string | undefined {
	for (const path of ['cause.code', 'cause.cause.code', 'errorResponse.code', 'code']) {
		const code = memberOf(error, path);
		if (typeof code === 'string') return code;
	}
	return undefined;
}

function finalFailure({ vendor, secrets }: Connection, call: Call, outcome: Outcome, failure: Failure, attempts: number): Failure {
	const unsure = !isRead(call) && repeatTable[outcome].mayHaveBeenApplied;
	const headline = failure.headline + (attempts > 1 ? ` (${attempts} tries)` : '');
	return redact(
		{
			...failure,
			headline: unsure ? `${headline}. The request may have been carried out: look in ${vendor.name} before running it again` : headline,
			mayHaveBeenApplied: unsure || undefined,
		},
		secrets,
	);
}

/** Seconds of a Retry-After header, given as seconds or as an HTTP date. */
function retryAfterSeconds(headers: Answer['headers']): number | undefined {
	const value = headers['retry-after'];
	if (value === undefined) return undefined;
	const seconds = Number(value);
	if (!Number.isNaN(seconds)) return Math.max(0, seconds);
	const moment = Date.parse(String(value));
	return Number.isNaN(moment) ? undefined : Math.max(0, (moment - Date.now()) / 1000);
}
