import { sleep as sleepOfN8n } from 'n8n-workflow';

/** Longest time that a timer of Node can run: with more it ends at once. */
const LONGEST_TIMER_MS = 2 ** 31 - 1;

/**
 * Waits, and ends at once when the signal, if there is one, is aborted.
 *
 * The sleep of older versions of n8n knows no signal: it is left by the race, and its timer runs out unheard.
 *
 * @param ms milliseconds, of which no more than 24 days are waited; Infinity waits for the signal alone
 * @throws when the signal is aborted
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
		// Node keeps a signal that follows another one, and is listened to, for as long as the process lives.
		signal.removeEventListener('abort', end);
	}
}

/** A signal that follows another one: many listeners on one signal would make Node warn of a leak. */
export function followingSignal(signal: AbortSignal): AbortSignal {
	return AbortSignal.any([signal]);
}
