import { Rates, type Rate } from './rates';
import { Throttle } from './throttle';

/** In the order of their last use. */
const throttles = new Map<string, Throttle>();

/**
 * The one throttle of a vendor's host and key in this process, shared by nodes, triggers and drop-downs.
 *
 * @param key anything that names host, key and bucket; use a digest, not the key itself
 * @param owner id of the credential that has the rate
 * @param rate of the credential as it stands now: a changed credential changes the throttle in use
 * @param vendor rate that the vendor documents for these requests, which the credential can only lower
 */
export function throttleFor(key: string, owner: string, rate: Rate, vendor?: Rate): Throttle {
	const throttle = throttles.get(key) ?? new Throttle(rate, new Rates(rate, vendor));
	throttle.setRate(owner, rate);
	throttles.delete(key);
	throttles.set(key, throttle);
	forget();
	return throttle;
}

/** Looks no further than to the first that is still in use: with thousands of keys, a look at all of them took longer than a request. */
function forget(): void {
	for (const [key, throttle] of throttles) {
		if (!throttle.isForgotten()) return;
		throttles.delete(key);
	}
}
