import { clock } from '../base/clock';
import { FailureError, inDoubt, type Failure } from '../base/failure';
import { followingSignal, sleep } from '../base/sleep';
import { byteCounter } from './responseBody';
import type { ApiResponse } from './api';
import { requestBody, type SendRequest, type ApiRequest } from './apiRequest';
import type { Connection } from './connection';
import { bodyMaker } from './multipart';
import { PauseTooLong, recordInPath, type RecordLocks, type Release, type SlotWait, type Throttle } from './limiter';
import { countsAsTry, nextPauseMs, retryPolicy, rateLimitPauseMs, type Outcome } from './retryPolicy';
import { attempt, type Attempt } from './transport';
import type { FailedAttempt } from './failedAttempt';

/** A signal that is never aborted. */
const NEVER_ABORTED = new AbortController().signal;

/** Outcomes of an overloaded server or its proxy. Other refusals are fast and say nothing about the load. */
const OVERLOAD_OUTCOMES: ReadonlySet<Outcome> = new Set(['broken', 'noResponse', 'unreadable']);

/** Records whether requests may have changed something. */
export interface WriteTrail {
	wrote: boolean;
}

/** Sends the requests of one item, or of one drop-down. */
export interface Requests {
	send: SendRequest;
	trail: Readonly<WriteTrail>;
}

/**
 * Returns the sender of one item, which sends its requests one after another.
 *
 * After a successful write, the failure of another item no longer stops this item. Only the user can stop it.
 *
 * @param held locks the records that the requests name, if the item writes
 */
export function requestsThrough(connection: Connection, held?: RecordLocks): Requests {
	const trail: WriteTrail = { wrote: false };
	const count = byteCounter();
	let current = connection;
	const lock = async (record: string) =>
		await held!.take([[record, 'alone']], {
			signal: current.signal,
			maxWaitMs: connection.requestOptions.retryLimits.maxWaitMs,
		});
	const send: SendRequest = async (request) => {
		const record = held && recordInPath(request.path);
		if (record !== undefined) await lock(record);
		const { response, bytes } = await sendWithRetries(current, request, trail);
		if (request.effect !== 'reads') current = { ...connection, signal: connection.stopped ?? NEVER_ABORTED };
		count(bytes);
		return response.body;
	};
	if (held) send.lock = lock;
	return { send, trail };
}

/**
 * Sends one request through the throttle, retries it if that is safe, and returns a successful response.
 *
 * @param trail is updated: a write counts as carried out from its start until the vendor reports that it was not;
 * the response to a retry says nothing about the earlier try
 * @throws FailureError if the vendor refused the request or could not be reached, or the result is in doubt
 * @throws the signal's reason if the execution is stopped
 */
export async function sendWithRetries(
	connection: Connection,
	request: ApiRequest,
	trail: WriteTrail = { wrote: false },
): Promise<{ response: ApiResponse; bytes: number }> {
	const {
		requestOptions: { retryLimits },
	} = connection;
	const safe = request.effect !== 'writes';
	const throttle = request.bulk ? connection.bulkThrottle : connection.throttle;
	const makeBody = await bodyMaker(connection.context, requestBody(request), request.files);
	let wroteBefore = trail.wrote;
	const stats: Tries = { sent: 0, tries: 0, waitedMs: 0 };
	for (let rateLimitedAt: number | undefined; ; ) {
		const attempted = await inSlot(
			throttle,
			connection,
			{ maxPauseMs: retryLimits.maxWaitMs - stats.waitedMs, first: rateLimitedAt !== undefined },
			async () => {
				if (rateLimitedAt !== undefined) stats.waitedMs += clock() - rateLimitedAt;
				const body = makeBody();
				trail.wrote ||= request.effect !== 'reads';
				return await attempt(connection, request, body);
			},
		);
		if ('response' in attempted) {
			connection.keyAt.set(connection.root, 'accepted');
			return attempted;
		}
		const result = withKeyHistory(connection, attempted);
		if (retryPolicy[result.outcome].mayHaveBeenApplied) wroteBefore = trail.wrote;
		else trail.wrote = wroteBefore;
		stats.sent += 1;
		if (countsAsTry(result.outcome)) stats.tries += 1;
		// After a rate-limited attempt, the throttle makes all requests with the same key wait.
		const ownMs = ownPauseMs(throttle, result, stats);
		const aheadMs = countsAsTry(result.outcome) ? undefined : Math.max(ownMs, throttle.aheadMs());
		const pause = nextPauseMs(result.outcome, safe, stats.tries, stats.waitedMs, retryLimits, aheadMs);
		if (pause === undefined) {
			if (result.outcome === 'keyRefused') connection.keyAt.set(connection.root, 'lost');
			throw new FailureError(finalFailure(connection, request, result, stats, aheadMs));
		}
		const sleepMs = aheadMs === undefined ? pause : ownMs;
		if (sleepMs > 0) await sleep(sleepMs, followingSignal(connection.signal));
		stats.waitedMs += sleepMs;
		rateLimitedAt = aheadMs === undefined ? undefined : clock();
		connection.stats.retries[result.outcome] = (connection.stats.retries[result.outcome] ?? 0) + 1;
	}
}

/**
 * Distinguishes a key that stopped working from a key that never worked.
 *
 * WoofedCRM of January 2026 responds to every request with 401 while its database restarts. After all tries of one
 * request failed, the requests after it get one try each.
 */
function withKeyHistory({ keyAt, root, vendor }: Connection, failed: FailedAttempt): FailedAttempt {
	const key = keyAt.get(root);
	if (key === undefined || failed.outcome !== 'refused' || failed.failure.httpCode !== 401) return failed;
	const description = `The same key worked earlier in this run. ${vendor.name} may be restarting, or the key may have been revoked. This request changed nothing. Run it again later.`;
	const failure = {
		...failed.failure,
		description: [description, failed.failure.description].filter(Boolean).join(' '),
	};
	return { ...failed, outcome: key === 'accepted' ? 'keyRefused' : 'refused', failure };
}

/** Returns the request's own pause after a rate-limited attempt. It is 0 if the limit or Retry-After is known. */
function ownPauseMs(throttle: Throttle, { outcome, retryAfterMs }: FailedAttempt, { sent, tries }: Tries): number {
	return countsAsTry(outcome) || retryAfterMs !== undefined || throttle.rate.requests > 0
		? 0
		: rateLimitPauseMs(sent - tries);
}

/** The attempts of one request so far. */
interface Tries {
	sent: number;
	/** Attempts that count as tries. */
	tries: number;
	/** Milliseconds between the attempts. */
	waitedMs: number;
}

async function inSlot(
	throttle: Throttle,
	connection: Connection,
	wait: SlotWait,
	work: () => Promise<Attempt>,
): Promise<Attempt> {
	const release = await slotFor(throttle, connection, wait);
	const startedAt = clock();
	let result: Attempt | undefined;
	try {
		return (result = await work());
	} finally {
		if (result?.serverLimit) throttle.learn(result.serverLimit);
		const outcome = result && 'outcome' in result ? result.outcome : undefined;
		if (outcome && OVERLOAD_OUTCOMES.has(outcome)) connection.concurrency.failed(startedAt);
		else if (result && 'response' in result) connection.concurrency.succeeded(startedAt);
		release(outcome === 'rateLimited' ? (result as FailedAttempt) : undefined);
	}
}

/** Waits for a slot. It measures the time in which at least one request of the connection waits. */
async function slotFor(
	throttle: Throttle,
	{ context, stats, signal, vendor, requestOptions }: Connection,
	wait: SlotWait,
): Promise<Release> {
	if (stats.waiting === 0) stats.since = clock();
	stats.waiting += 1;
	try {
		return await throttle.acquire(context, { signal, ...wait });
	} catch (error) {
		throw error instanceof PauseTooLong
			? pausedTooLong(vendor.name, error.pauseMs, requestOptions.retryLimits.maxWaitMs)
			: error;
	} finally {
		stats.waiting -= 1;
		if (stats.waiting === 0) stats.throttledMs += clock() - stats.since;
	}
}

function pausedTooLong(name: string, pauseMs: number, maxWaitMs: number): FailureError {
	const message = `${name} is limiting requests for another ${inSeconds(pauseMs)}, but 'Max Wait' is ${inSeconds(maxWaitMs)}`;
	return new FailureError({
		ownCode: 'RATE_LIMITED',
		message,
		description: "This request was not sent. Run the workflow later, or raise 'Max Wait' under 'Options'.",
	});
}

/**
 * Returns the failure after the last try.
 *
 * @param aheadMs the wait after a rate-limited attempt, if it exceeds 'Max Wait'
 */
function finalFailure(
	{ vendor, requestOptions }: Connection,
	request: ApiRequest,
	{ outcome, failure }: FailedAttempt,
	{ sent, waitedMs }: Tries,
	aheadMs?: number,
): Failure {
	const final: Failure = { ownCode: retryPolicy[outcome].code, ...failure };
	if (sent > 1) final.message = `${failure.message} (${sent} tries)`;
	if (aheadMs !== undefined) {
		const waited = sent > 1 ? `The node waited ${inSeconds(waitedMs)} in total. The` : 'The';
		final.description = `${waited} next try would start in ${inSeconds(aheadMs)}, but 'Max Wait' is ${inSeconds(requestOptions.retryLimits.maxWaitMs)}. ${failure.description}`;
	}
	return request.effect !== 'reads' && retryPolicy[outcome].mayHaveBeenApplied ? inDoubt(final, vendor.name) : final;
}

/** Formats a wait in seconds, rounded up, so that a short wait is not shown as 0 s. */
const inSeconds = (ms: number) => `${Math.ceil(ms / 1000)} s`;
