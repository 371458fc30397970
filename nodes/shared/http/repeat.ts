/** Everything that can become of one attempt that was no success. */
export type Outcome =
	| 'slowDown'
	| 'notConnected'
	| 'notTrusted'
	| 'notSent'
	| 'noAnswer'
	| 'broken'
	| 'unreadable'
	| 'tooLarge'
	| 'redirected'
	| 'keyRefused'
	| 'refused';

interface RepeatRule {
	/** `safe` means reads and idempotent writes only. */
	repeat: 'always' | 'safe' | 'never';
	/** True when a write may have been carried out all the same. */
	mayHaveBeenApplied: boolean;
	/** What the vendor did that its request is repeated, to follow its name; only for what is repeated. */
	why?: string;
}

/**
 * What is repeated and what is not; the one place that says so.
 *
 * A write is sent again only when the vendor surely did not act: it said "slow down", or no connection was made.
 */
export const repeatTable: Readonly<Record<Outcome, RepeatRule>> = {
	slowDown: { repeat: 'always', mayHaveBeenApplied: false, why: 'asked to slow down' },
	notConnected: { repeat: 'always', mayHaveBeenApplied: false, why: 'could not be reached' },
	notTrusted: { repeat: 'never', mayHaveBeenApplied: false },
	notSent: { repeat: 'never', mayHaveBeenApplied: false },
	noAnswer: { repeat: 'safe', mayHaveBeenApplied: true, why: 'gave no complete answer' },
	broken: { repeat: 'safe', mayHaveBeenApplied: true, why: 'had an error of its own' },
	unreadable: { repeat: 'safe', mayHaveBeenApplied: true, why: 'gave an answer that could not be read' },
	tooLarge: { repeat: 'never', mayHaveBeenApplied: true },
	redirected: { repeat: 'never', mayHaveBeenApplied: true },
	keyRefused: { repeat: 'always', mayHaveBeenApplied: false, why: 'refused a key that had worked before' },
	refused: { repeat: 'never', mayHaveBeenApplied: false },
};

export interface Patience {
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
export function slowDownPauseMs(refusals: number, random: () => number = Math.random): number {
	return Math.round(Math.min(LONGEST_PAUSE_MS, FIRST_PAUSE_MS * 2 ** (refusals - 1)) * (0.75 + random() / 2));
}

/** Whether an attempt counts as a try: after "slow down" the vendor did not even begin. */
export const isTry = (outcome: Outcome): boolean => outcome !== 'slowDown';

/**
 * Milliseconds to wait before the next attempt, or undefined when there must be none.
 *
 * @param tries attempts so far that count as tries, the one that just failed included
 * @param waitedMs waited so far between the attempts
 * @param aheadMs wait that lies ahead, because the vendor said "slow down"
 */
export function nextPauseMs(outcome: Outcome, safe: boolean, tries: number, waitedMs: number, patience: Patience, aheadMs?: number): number | undefined {
	const { repeat } = repeatTable[outcome];
	if (repeat === 'never' || (repeat === 'safe' && !safe) || (isTry(outcome) && tries >= patience.maxTries)) return undefined;
	const pause = aheadMs ?? backOffMs(tries);
	return waitedMs + pause > patience.maxWaitMs ? undefined : pause;
}
