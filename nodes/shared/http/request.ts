import { FailureError, perhapsApplied, type Failure } from '../base/failure';
import { sleep } from '../base/sleep';
import { byteCounter } from './answer';
import type { Answer } from './api';
import { sentBody, type Ask, type Call } from './call';
import type { Connection } from './connection';
import { bodyMaker } from './multipart';
import { nextPauseMs, repeatTable, type Outcome } from './repeat';
import { ownSignal, PauseTooLong, type Throttle } from './throttle';
import { attempt, type Attempt } from './transport';

/** A signal that nobody gives. */
const NEVER = new AbortController().signal;

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
 */
export function requestsOn(connection: Connection): Requests {
	const trail: Trail = { wrote: false };
	const count = byteCounter();
	let current = connection;
	const ask: Ask = async (call) => {
		const { answer, bytes } = await send(current, call, trail);
		if (call.effect !== 'reads') current = { ...connection, signal: connection.stopped ?? NEVER };
		count(bytes);
		return answer.body;
	};
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
	let waitedMs = 0;
	let longestPauseMs = patience.maxWaitMs;
	for (let tries = 1; ; tries += 1) {
		const result = await inSlot(throttle, connection, longestPauseMs, async () => {
			const body = makeBody();
			trail.wrote ||= call.effect !== 'reads';
			return await attempt(connection, call, body);
		});
		if ('answer' in result) return result;
		if (repeatTable[result.outcome].mayHaveBeenApplied) wroteBefore = trail.wrote;
		else trail.wrote = wroteBefore;
		if (result.askedMs) throttle.pause(result.askedMs);
		const pause = nextPauseMs(result.outcome, safe, tries, waitedMs, patience, result.askedMs);
		if (pause === undefined) throw new FailureError(finalFailure(connection, call, result.outcome, result.failure, tries));
		// After "slow down" the wait is the throttle's, for all requests with the same key, and still lies ahead.
		const isAhead = result.outcome === 'slowDown';
		if (!isAhead) await sleep(pause, ownSignal(connection.signal));
		longestPauseMs = patience.maxWaitMs - waitedMs - (isAhead ? 0 : pause);
		waitedMs += pause;
		connection.spent.repeats[result.outcome] = (connection.spent.repeats[result.outcome] ?? 0) + 1;
	}
}

async function inSlot(throttle: Throttle, connection: Connection, longestPauseMs: number, work: () => Promise<Attempt>): Promise<Attempt> {
	const release = await slotFor(throttle, connection, longestPauseMs);
	try {
		return await work();
	} finally {
		release();
	}
}

/** Waits for a slot, and counts the time in which requests of this connection wait, once for all of them. */
async function slotFor(throttle: Throttle, { context, spent, signal, vendor, pace }: Connection, longestPauseMs: number): Promise<() => void> {
	if (spent.waiting === 0) spent.since = Date.now();
	spent.waiting += 1;
	try {
		return await throttle.acquire(context, signal, longestPauseMs);
	} catch (error) {
		throw error instanceof PauseTooLong ? pausedTooLong(vendor.name, error.pauseMs, pace.patience.maxWaitMs) : error;
	} finally {
		spent.waiting -= 1;
		if (spent.waiting === 0) spent.throttledMs += Date.now() - spent.since;
	}
}

function pausedTooLong(name: string, pauseMs: number, maxWaitMs: number): FailureError {
	const headline = `${name} takes no more requests for another ${Math.ceil(pauseMs / 1000)} s, and 'Max Wait' is ${maxWaitMs / 1000} s`;
	return new FailureError({ headline, advice: "This request was not sent. Run the workflow later, or raise 'Max Wait' under 'Options'." });
}

function finalFailure({ vendor }: Connection, call: Call, outcome: Outcome, failure: Failure, tries: number): Failure {
	const told = tries > 1 ? { ...failure, headline: `${failure.headline} (${tries} tries)` } : failure;
	return call.effect !== 'reads' && repeatTable[outcome].mayHaveBeenApplied ? perhapsApplied(told, vendor.name) : told;
}
