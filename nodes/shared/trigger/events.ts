import type { Delivery, Trigger, VendorEvent } from './trigger';

/** Stored value of 'Any Event'. */
export const ANY = '*';

/** What the user wants to hear of. */
export interface Chosen {
	/** Stored values of 'Trigger On'. */
	events: readonly string[];
	/** The vendor's own names. */
	otherEvents: readonly string[];
}

/** The vendor's own name of an entry of 'Trigger On'. */
export const vendorName = (key: string, { event }: VendorEvent): string => event ?? key;

/**
 * The name under which a delivery is handed on: that of the chosen event it is, the narrowest where it is several.
 *
 * @returns undefined when it is none of those chosen; null for a delivery that does not tell, where the vendor sends
 * nothing else than what was subscribed to
 */
export function wantedAs(trigger: Trigger, { events, otherEvents }: Chosen, delivery: Delivery): string | null | undefined {
	const name = trigger.eventOf(delivery);
	if (name === undefined) return trigger.subscription || events.includes(ANY) ? null : undefined;
	const fitting = Object.entries(trigger.events).filter(
		([key, event]) => vendorName(key, event) === name && (event.is?.(delivery.body) ?? true) && (events.includes(key) || events.includes(ANY)),
	);
	const narrowest = fitting.find(([, { is }]) => is !== undefined) ?? fitting[0];
	if (narrowest) return narrowest[0];
	return otherEvents.includes(name) || events.includes(ANY) ? name : undefined;
}
