import type { Delivery, Trigger, VendorEvent } from './trigger';

/** Stored value of 'Any Event'. */
export const ANY = '*';

/** The events that the user chose. */
export interface Chosen {
	/** Stored values of 'Trigger On'. */
	events: readonly string[];
	/** The vendor's own names. */
	otherEvents: readonly string[];
}

/** Returns the vendor's own name of an option of 'Trigger On'. */
export const vendorName = (key: string, { event }: VendorEvent): string => event ?? key;

/** Returns all names under which the vendor sends an option of 'Trigger On'. */
export const vendorNames = (key: string, event: VendorEvent): string[] => [
	vendorName(key, event),
	...(event.alsoAs === undefined ? [] : [event.alsoAs]),
];

/**
 * Returns the event name of a delivery for the output: the chosen event, or the most specific one if several match. With a
 * subscription, the vendor sends only subscribed events, so an event that the list lacks was chosen too.
 *
 * @returns undefined if the event was not chosen; null if it was chosen and the delivery has no event name
 */
export function wantedAs(
	trigger: Trigger,
	{ events, otherEvents }: Chosen,
	delivery: Delivery,
): string | null | undefined {
	const name = trigger.eventOf(delivery);
	const takesOthers = trigger.subscription !== undefined || events.includes(ANY);
	if (name === undefined) return takesOthers ? null : undefined;
	const known = Object.entries(trigger.events).filter(
		([key, event]) => vendorNames(key, event).includes(name) && (event.is?.(delivery.body) ?? true),
	);
	const chosen = known.filter(([key]) => events.includes(key) || events.includes(ANY));
	const narrowest = chosen.find(([, { is }]) => is !== undefined) ?? chosen[0];
	if (narrowest) return narrowest[0];
	return otherEvents.includes(name) || (takesOthers && known.length === 0) ? name : undefined;
}
