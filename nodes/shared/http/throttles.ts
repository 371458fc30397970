import type { Rate } from './rates';
import { Throttle } from './throttle';

const throttles = new Map<string, Throttle>();

/**
 * The one throttle of a vendor's host and key in this process, shared by nodes, triggers and drop-downs.
 *
 * @param key anything that names host, key and bucket; use a digest, not the key itself
 * @param owner id of the credential that has the rate
 * @param rate of the credential as it stands now: a changed credential changes the throttle in use
 */
export function throttleFor(key: string, owner: string, rate: Rate): Throttle {
	for (const [other, throttle] of throttles) if (other !== key && throttle.isForgotten()) throttles.delete(other);
	const throttle = throttles.get(key) ?? new Throttle(rate);
	throttle.setRate(owner, rate);
	throttles.set(key, throttle);
	return throttle;
}
