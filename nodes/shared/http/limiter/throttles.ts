import { Rates, type Rate } from './rates';
import { Throttle } from './throttle';

/** The throttles by key, in the order of their last use. */
const throttles = new Map<string, Throttle>();

/**
 * Returns this process's only throttle for a vendor's host and key. Nodes, triggers and drop-downs share it.
 *
 * @param key digest of host, API key and kind of requests; never the API key itself
 * @param owner ID of the credential with the rate
 * @param rate current rate of the credential; a changed credential changes the throttle in use
 * @param vendor documented rate for these requests, which the credential can only lower
 */
export function throttleFor(key: string, owner: string, rate: Rate, vendor?: Rate): Throttle {
	const throttle = throttles.get(key) ?? new Throttle(rate, new Rates(rate, vendor));
	throttle.setRate(owner, rate);
	throttles.delete(key);
	throttles.set(key, throttle);
	removeUnused();
	return throttle;
}

/**
 * Removes unused throttles, and stops at the first in use. With thousands of keys, checking all took longer than a
 * request.
 */
function removeUnused(): void {
	for (const [key, throttle] of throttles) {
		if (!throttle.isUnused()) return;
		throttles.delete(key);
	}
}
