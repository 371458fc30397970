import { sleep as sleepOfN8n } from 'n8n-workflow';

/**
 * Waits, and ends at once when the signal, if there is one, is aborted.
 *
 * The sleep of older versions of n8n knows no signal: it is left by the race, and its timer runs out unheard.
 *
 * @param ms milliseconds; Infinity waits for the signal alone
 * @throws when the signal is aborted
 */
export async function sleep(ms: number, signal?: AbortSignal): Promise<void> {
	if (!signal) return await sleepOfN8n(ms);
	signal.throwIfAborted();
	const aborted = new Promise<never>((_resolve, reject) => signal.addEventListener('abort', () => reject(signal.reason)));
	await (ms === Infinity ? aborted : Promise.race([sleepOfN8n(ms, signal), aborted]));
}

/** A signal that follows another one: many listeners on one signal would make Node warn of a leak. */
export function ownSignal(signal: AbortSignal): AbortSignal {
	return AbortSignal.any([signal]);
}
