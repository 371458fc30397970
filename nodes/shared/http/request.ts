import { clock } from '../base/clock';
import { FailureError, perhapsApplied, type Failure } from '../base/failure';
import { ownSignal, sleep } from '../base/sleep';
import { byteCounter } from './answer';
import type { Answer } from './api';
import { sentBody, type Ask, type Call } from './call';
import type { Connection } from './connection';
import { bodyMaker } from './multipart';
import { recordInPath, type HeldRecords } from './recordLocks';
import { isTry, nextPauseMs, repeatTable, slowDownPauseMs, type Outcome } from './repeat';
import { PauseTooLong, type Release, type Throttle, type Wait } from './throttle';
import { attempt, type Attempt } from './transport';
import type { Trouble } from './failedAttempt';

/** A signal that nobody gives. */
const NEVER = new AbortController().signal;

/** What a server gives that has too much to do, or a proxy in its place. Other refusals are quick, and say nothing of how much it has to do. */
const IN_TROUBLE: ReadonlySet<Outcome> = new Set(['broken', 'noAnswer', 'unreadable']);

/** Whether requests may have changed something so far. */
export interface Trail {
	wrote: boolean;
}

/** The requests of one item, or of one drop-down. */
export interface Requests {
	ask: Ask;
	trail: Readonly<Trail>;
}

/**
 * The requests of one item, which are sent one after another. Once a write of the item was carried out, another item's
 * failure does not keep it from its end: only the user's own stop does.
 *
 * @param held keeps the records that the requests name, where the item writes
 */
export function requestsOn(connection: Connection, held?: HeldRecords): Requests {
	const trail: Trail = { wrote: false };
	const count = byteCounter();
	let current = connection;
	const hold = async (record: string) => await held!.take([[record, 'alone']], { signal: current.signal, maxWaitMs: connection.pace.patience.maxWaitMs });
	const ask: Ask = async (call) => {
		const record = held && recordInPath(call.path);
		if (record !== undefined) await hold(record);
		const { answer, bytes } = await send(current, call, trail);
		if (call.effect !== 'reads') current = { ...connection, signal: connection.stopped ?? NEVER };
		count(bytes);
		return answer.body;
	};
	if (held) ask.hold = hold;
	return { ask, trail };
}

/**
 * Sends one request through the throttle, repeats it where that is safe, and gives back the answer of a success.
 *
 * @param trail is kept: a write counts as carried out from the moment it leaves until the vendor says that it was not;
 * what a repeat is told says nothing of the try before
 * @throws FailureError when the vendor refused, could not be reached, or may or may not have acted
 * @throws the signal's reason when the execution is stopped
 */
export async function send(connection: Connection, call: Call, trail: Trail = { wrote: false }): Promise<{ answer: Answer; bytes: number }> {
	const {
		pace: { patience },
	} = connection;
	const safe = call.effect !== 'writes';
	const throttle = call.bulk ? connection.bulkThrottle : connection.throttle;
	const makeBody = await bodyMaker(connection.context, sentBody(call), call.files);
	let wroteBefore = trail.wrote;
	const spent: Tries = { sent: 0, tries: 0, waitedMs: 0 };
	for (let slowedAt: number | undefined; ; ) {
		const attempted = await inSlot(throttle, connection, { longestPauseMs: patience.maxWaitMs - spent.waitedMs, first: slowedAt !== undefined }, async () => {
			if (slowedAt !== undefined) spent.waitedMs += clock() - slowedAt;
			const body = makeBody();
			trail.wrote ||= call.effect !== 'reads';
			return await attempt(connection, call, body);
		});
		if ('answer' in attempted) {
			connection.keyAt.set(connection.root, 'accepted');
			return attempted;
		}
		const result = withKeyKnown(connection, attempted);
		if (repeatTable[result.outcome].mayHaveBeenApplied) wroteBefore = trail.wrote;
		else trail.wrote = wroteBefore;
		spent.sent += 1;
		if (isTry(result.outcome)) spent.tries += 1;
		// After "slow down" the wait is the throttle's, for all requests with the same key, and still lies ahead.
		const ownMs = ownPauseMs(throttle, result, spent);
		const aheadMs = isTry(result.outcome) ? undefined : Math.max(ownMs, throttle.aheadMs());
		const pause = nextPauseMs(result.outcome, safe, spent.tries, spent.waitedMs, patience, aheadMs);
		if (pause === undefined) {
			if (result.outcome === 'keyRefused') connection.keyAt.set(connection.root, 'lost');
			throw new FailureError(finalFailure(connection, call, result, spent, aheadMs));
		}
		const sleepMs = aheadMs === undefined ? pause : ownMs;
		if (sleepMs > 0) await sleep(sleepMs, ownSignal(connection.signal));
		spent.waitedMs += sleepMs;
		slowedAt = aheadMs === undefined ? undefined : clock();
		connection.spent.repeats[result.outcome] = (connection.spent.repeats[result.outcome] ?? 0) + 1;
	}
}

/**
 * Tells a key that stopped working from one that never worked. WoofedCRM of January 2026 answers every request with 401 while
 * its database restarts. Once the tries of one request were in vain, the requests after it get one try each.
 */
function withKeyKnown({ keyAt, root, vendor }: Connection, trouble: Trouble): Trouble {
	const key = keyAt.get(root);
	if (key === undefined || trouble.outcome !== 'refused' || trouble.failure.httpCode !== 401) return trouble;
	const advice = `The same key worked earlier in this run: ${vendor.name} may be restarting, or the key was withdrawn meanwhile. Nothing was changed by this request; send it again later.`;
	const failure = { ...trouble.failure, advice: [advice, trouble.failure.advice].filter(Boolean).join(' ') };
	return { ...trouble, outcome: key === 'accepted' ? 'keyRefused' : 'refused', failure };
}

/** The pause of a request itself after "slow down": only where nobody knows the limit, nor when to come again. */
function ownPauseMs(throttle: Throttle, { outcome, askedMs }: Trouble, { sent, tries }: Tries): number {
	return isTry(outcome) || askedMs !== undefined || throttle.rate.requests > 0 ? 0 : slowDownPauseMs(sent - tries);
}

/** What was done so far for one request. */
interface Tries {
	sent: number;
	/** Attempts that count as tries. */
	tries: number;
	/** Milliseconds between the attempts. */
	waitedMs: number;
}

async function inSlot(throttle: Throttle, connection: Connection, wait: Wait, work: () => Promise<Attempt>): Promise<Attempt> {
	const release = await slotFor(throttle, connection, wait);
	const startedAt = clock();
	let result: Attempt | undefined;
	try {
		return (result = await work());
	} finally {
		if (result?.told) throttle.learn(result.told);
		const outcome = result && 'outcome' in result ? result.outcome : undefined;
		if (outcome && IN_TROUBLE.has(outcome)) connection.tempo.failed(startedAt);
		else if (result && 'answer' in result) connection.tempo.answered(startedAt);
		release(outcome === 'slowDown' ? (result as Trouble) : undefined);
	}
}

/** Waits for a slot, and counts the time in which requests of this connection wait, once for all of them. */
async function slotFor(throttle: Throttle, { context, spent, signal, vendor, pace }: Connection, wait: Wait): Promise<Release> {
	if (spent.waiting === 0) spent.since = clock();
	spent.waiting += 1;
	try {
		return await throttle.acquire(context, { signal, ...wait });
	} catch (error) {
		throw error instanceof PauseTooLong ? pausedTooLong(vendor.name, error.pauseMs, pace.patience.maxWaitMs) : error;
	} finally {
		spent.waiting -= 1;
		if (spent.waiting === 0) spent.throttledMs += clock() - spent.since;
	}
}

function pausedTooLong(name: string, pauseMs: number, maxWaitMs: number): FailureError {
	const headline = `${name} takes no more requests for another ${inSeconds(pauseMs)}, and 'Max Wait' is ${inSeconds(maxWaitMs)}`;
	return new FailureError({ headline, advice: "This request was not sent. Run the workflow later, or raise 'Max Wait' under 'Options'." });
}

/** @param aheadMs the wait after "slow down" for which there was no patience */
function finalFailure({ vendor, pace }: Connection, call: Call, { outcome, failure }: Trouble, { sent, waitedMs }: Tries, aheadMs?: number): Failure {
	const told = { ...failure };
	if (sent > 1) told.headline = `${failure.headline} (${sent} tries)`;
	if (aheadMs !== undefined) {
		const waited = sent > 1 ? `It was waited for ${inSeconds(waitedMs)} in all; the` : 'The';
		told.advice = `${waited} next try would come in ${inSeconds(aheadMs)}, and 'Max Wait' is ${inSeconds(pace.patience.maxWaitMs)}. ${failure.advice}`;
	}
	return call.effect !== 'reads' && repeatTable[outcome].mayHaveBeenApplied ? perhapsApplied(told, vendor.name) : told;
}

/** A wait in words, rounded up: what is left of it must not read as nothing. */
const inSeconds = (ms: number) => `${Math.ceil(ms / 1000)} s`;
