import type { ErrorCode } from '../base/errorCodes';

/** Everything that can become of one attempt that was no success. */
export type Outcome =
	| 'rateLimited'
	| 'notConnected'
	| 'notTrusted'
	| 'notSent'
	| 'noResponse'
	| 'broken'
	| 'unreadable'
	| 'tooLarge'
	| 'redirected'
	| 'keyRefused'
	| 'refused';

interface RetryRule {
	/** `safe` means reads and idempotent writes only. */
	retry: 'always' | 'safe' | 'never';
	/** True when a write may have been carried out all the same. */
	mayHaveBeenApplied: boolean;
	/** Code of the error, where the vendor gives none. */
	code: ErrorCode;
	/** What the vendor did that its request is repeated, to follow its name; only for what is repeated. */
	reason?: string;
}

/**
 * What is repeated and what is not; the one place that says so.
 *
 * A write is sent again only when the vendor surely did not act: it said "slow down", or no connection was made.
 */
export const retryPolicy: Readonly<Record<Outcome, RetryRule>> = {
	rateLimited: { retry: 'always', mayHaveBeenApplied: false, code: 'RATE_LIMITED', reason: 'was limiting requests' },
	notConnected: { retry: 'always', mayHaveBeenApplied: false, code: 'NOT_CONNECTED', reason: 'could not be reached' },
	notTrusted: { retry: 'never', mayHaveBeenApplied: false, code: 'NOT_TRUSTED' },
	notSent: { retry: 'never', mayHaveBeenApplied: false, code: 'NOT_SENT' },
	noResponse: { retry: 'safe', mayHaveBeenApplied: true, code: 'NO_RESPONSE', reason: 'sent no complete response' },
	broken: { retry: 'safe', mayHaveBeenApplied: true, code: 'SERVER_ERROR', reason: 'returned a server error' },
	unreadable: {
		retry: 'safe',
		mayHaveBeenApplied: true,
		code: 'UNREADABLE_RESPONSE',
		reason: 'sent an unreadable response',
	},
	tooLarge: { retry: 'never', mayHaveBeenApplied: true, code: 'RESPONSE_TOO_LARGE' },
	redirected: { retry: 'never', mayHaveBeenApplied: true, code: 'REDIRECTED' },
	keyRefused: {
		retry: 'always',
		mayHaveBeenApplied: false,
		code: 'KEY_REFUSED',
		reason: 'refused a key that worked before',
	},
	refused: { retry: 'never', mayHaveBeenApplied: false, code: 'REFUSED' },
};

export interface RetryLimits {
	/** Attempts at one request that count as tries, the first included. */
	maxTries: number;
	/** Longest total wait between the attempts at one request, in milliseconds. */
	maxWaitMs: number;
}

const FIRST_PAUSE_MS = 1_000;
const LONGEST_PAUSE_MS = 60_000;

/** Pause before the next attempt when nobody said how long: exponential with full jitter, 1 s doubled up to 60 s. */
export function backOffMs(attempt: number, random: () => number = Math.random): number {
	return Math.round(Math.min(LONGEST_PAUSE_MS, FIRST_PAUSE_MS * 2 ** (attempt - 1)) * random());
}

/**
 * Pause after "slow down" where no limit is known and the vendor names no time: about a second, doubled up to a minute.
 *
 * @param refusals times that the vendor said it in a row
 */
export function rateLimitPauseMs(refusals: number, random: () => number = Math.random): number {
	return Math.round(Math.min(LONGEST_PAUSE_MS, FIRST_PAUSE_MS * 2 ** (refusals - 1)) * (0.75 + random() / 2));
}

/** Whether an attempt counts as a try: after "slow down" the vendor did not even begin. */
export const countsAsTry = (outcome: Outcome): boolean => outcome !== 'rateLimited';

/**
 * Milliseconds to wait before the next attempt, or undefined when there must be none.
 *
 * @param tries attempts so far that count as tries, the one that just failed included
 * @param waitedMs waited so far between the attempts
 * @param aheadMs wait that lies ahead, because the vendor said "slow down"
 */
export function nextPauseMs(
	outcome: Outcome,
	safe: boolean,
	tries: number,
	waitedMs: number,
	retryLimits: RetryLimits,
	aheadMs?: number,
): number | undefined {
	const { retry } = retryPolicy[outcome];
	if (retry === 'never' || (retry === 'safe' && !safe) || (countsAsTry(outcome) && tries >= retryLimits.maxTries))
		return undefined;
	const pause = aheadMs ?? backOffMs(tries);
	return waitedMs + pause > retryLimits.maxWaitMs ? undefined : pause;
}
