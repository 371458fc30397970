import { sleep as sleepOfN8n } from 'n8n-workflow';

/** Maximum time of a Node timer. A longer timer ends immediately. */
const LONGEST_TIMER_MS = 2 ** 31 - 1;

/**
 * Waits, and stops immediately when the signal is aborted.
 *
 * The sleep of older n8n versions ignores signals. There the race ends the wait, and the timer runs on without effect.
 *
 * @param ms milliseconds, at most 24 days; Infinity waits for the signal only
 * @throws the signal's reason when the signal is aborted
 */
export async function sleep(ms: number, signal?: AbortSignal): Promise<void> {
	const timerMs = Math.min(ms, LONGEST_TIMER_MS);
	if (!signal) return await sleepOfN8n(timerMs);
	signal.throwIfAborted();
	let end = () => {};
	const aborted = new Promise<never>((_resolve, reject) => (end = () => reject(signal.reason)));
	signal.addEventListener('abort', end);
	try {
		await (ms === Infinity ? aborted : Promise.race([sleepOfN8n(timerMs, signal), aborted]));
	} finally {
		// Node never frees a dependent signal that has a listener.
		signal.removeEventListener('abort', end);
	}
}

/** Returns a signal that follows another one. Many listeners on one signal would make Node warn about a leak. */
export function followingSignal(signal: AbortSignal): AbortSignal {
	return AbortSignal.any([signal]);
}
