import type { ErrorCode } from '../base/errorCodes';

/** The result of a failed attempt. */
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
	/** When to retry: `safe` means reads and idempotent writes only. */
	retry: 'always' | 'safe' | 'never';
	/** True if a write may have been carried out anyway. */
	mayHaveBeenApplied: boolean;
	/** Code of the error, if the vendor returns none. */
	code: ErrorCode;
	/** Why the node retries, to follow the vendor's name; only for outcomes with retries. */
	reason?: string;
}

/**
 * Which outcomes the node retries. No other code decides this.
 *
 * The node retries a write only if the vendor certainly did not act: it rate-limited the request, or no connection was
 * made.
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
	/** Maximum number of tries of one request, including the first. */
	maxTries: number;
	/** Maximum total wait between the attempts of one request, in milliseconds. */
	maxWaitMs: number;
}

const FIRST_PAUSE_MS = 1_000;
const LONGEST_PAUSE_MS = 60_000;

/** Returns the pause before the next attempt without Retry-After: exponential with full jitter, from 1 s up to 60 s. */
export function backOffMs(attempt: number, random: () => number = Math.random): number {
	return Math.round(Math.min(LONGEST_PAUSE_MS, FIRST_PAUSE_MS * 2 ** (attempt - 1)) * random());
}

/**
 * Returns the pause after a rate-limited attempt without a known limit and without Retry-After: from about 1 s, doubled up
 * to 60 s.
 *
 * @param refusals number of refusals in a row
 */
export function rateLimitPauseMs(refusals: number, random: () => number = Math.random): number {
	return Math.round(Math.min(LONGEST_PAUSE_MS, FIRST_PAUSE_MS * 2 ** (refusals - 1)) * (0.75 + random() / 2));
}

/** Tells whether an attempt counts as a try. A rate-limited attempt does not, because the vendor did not process it. */
export const countsAsTry = (outcome: Outcome): boolean => outcome !== 'rateLimited';

/**
 * Returns the milliseconds before the next attempt, or undefined if there must be none.
 *
 * @param tries attempts that count as tries so far, including the one that just failed
 * @param waitedMs wait between the attempts so far
 * @param aheadMs the wait that the throttle requires, if the vendor rate-limited the request
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
