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

/** All names under which the vendor sends an entry of 'Trigger On'. */
export const vendorNames = (key: string, event: VendorEvent): string[] => [
	vendorName(key, event),
	...(event.alsoAs === undefined ? [] : [event.alsoAs]),
];

/**
 * The name under which a delivery is handed on: that of the chosen event it is, the narrowest where it is several. A vendor
 * that takes subscriptions sends what was subscribed to: there an event that the list does not know was chosen too.
 *
 * @returns undefined when it is none of those chosen; null for a chosen one that does not tell its name
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
