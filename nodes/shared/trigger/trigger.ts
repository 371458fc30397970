import type { IDataObject } from 'n8n-workflow';
import type { Field, Fields } from '../fields';
import type { Input } from '../fields/check';
import type { Vendor } from '../form/vendor';
import type { SendRequest } from '../http/apiRequest';
import type { Signature } from './signature';

/** A webhook request of a vendor: the body, and the headers in lower case. */
export interface Delivery {
	body: IDataObject;
	headers: IDataObject;
}

/** How certain an event is: a mark of the contracts, or observed at a real server. */
export type Confidence = 'documented' | 'example-only' | 'observed' | 'inferred';

/** An event of a vendor, as one option of 'Trigger On'. Its key is the stored value. */
export interface VendorEvent {
	/** Label. */
	name: string;
	/** Text below the label. */
	description?: string;
	/** The vendor's own name, if it is not the key. */
	event?: string;
	/**
	 * Another vendor event that reports it too; `is` recognizes it in both. For a vendor that sends every event to every
	 * webhook.
	 */
	alsoAs?: string;
	/** Returns whether a delivery is this event, for a kind of another event. */
	is?: (body: IDataObject) => boolean;
	/**
	 * Fields that the form shows for the event, such as a type. The subscription gets their values. For vendors with one
	 * event per subscription.
	 */
	fields?: Fields;
	/** Example body of a delivery, for the preview of the output and the tests. */
	sample: IDataObject;
	/** The vendor's page about the event. */
	page: string;
	/** How certain the event is. */
	confidence: Confidence;
}
export type Events = Readonly<Record<string, VendorEvent>>;

/** A field of the collection 'Filters'. If it has a value, only some deliveries start a run. */
export interface Filter {
	/** The field in the form. */
	field: Field;
	/** Returns whether a delivery starts a run. @param value checked value of the field */
	keeps: (delivery: Delivery, value: never) => boolean;
}

/**
 * Describes a filter. The compiler checks that `keeps` accepts the value of the field.
 *
 * @example
 * filter(commaSeparated('Stage IDs'), ({ body }, ids) => listOf(ids).includes(toText(valueAt(body, 'data.stage_id'))))
 */
export function filter<Value>(field: Field<Value>, keeps: (delivery: Delivery, value: Value) => boolean): Filter {
	return { field, keeps };
}

/** The subscription that the trigger wants. */
export interface Wanted {
	url: string;
	/** The vendor's own names of the events. */
	events: string[];
	/** The checked values of the event's own fields. */
	given?: Input;
}

/** The address that a subscription sends to. */
export type WebhookAddress = Pick<Wanted, 'url'>;

/** A subscription as the vendor has it. */
export interface Subscribed extends Wanted {
	id: string;
	active: boolean;
}

/** The vendor's API for subscriptions. */
export interface Subscription {
	/** Returns all subscriptions of the account. */
	list: (send: SendRequest) => Promise<Subscribed[]>;
	/** The vendor accepts only one event per subscription, so that a trigger has several. */
	perEvent?: boolean;
	/** Creates a subscription. @returns its ID */
	create: (send: SendRequest, wanted: Wanted, secret: string) => Promise<string>;
	/** Set if an update replaces the secret too. Otherwise the secret stays. */
	updatesSecret?: true;
	/**
	 * Activates a subscription, with this address and these events.
	 *
	 * @returns its new ID, or nothing if the vendor lacks the request
	 */
	update: (send: SendRequest, one: Subscribed, wanted: Wanted, secret: string) => Promise<string | undefined>;
	/**
	 * Removes a subscription.
	 *
	 * @returns false if the vendor lacks the request and the subscription was switched off instead
	 */
	remove: (send: SendRequest, id: string) => Promise<boolean>;
	/** How the user removes a subscription that the node could not remove. */
	byHand: string;
	/** The vendor's page about subscriptions. */
	page: string;
}

/** The trigger of a vendor. The form, the preview of the output, the docs and the contract test derive from it. */
export interface Trigger {
	/** The vendor that sends the deliveries. */
	vendor: Vendor;
	/** The options of 'Trigger On', by their stored values. */
	events: Events;
	/** The vendor has more events: offers 'Other Events', with this example. */
	otherEvents?: string;
	/** Returns the vendor's own name of the event, or nothing if the delivery does not tell. */
	eventOf: (delivery: Delivery) => string | undefined;
	/** Returns the record of a delivery. */
	recordOf: (body: IDataObject) => unknown;
	/** A delivery may be a list of bodies. Each becomes an item. */
	grouped?: boolean;
	/** Body of the response that the vendor recommends. Without it, n8n sends its own. */
	acknowledgment?: Readonly<IDataObject>;
	/** Events of the vendor's contract that are not offered, each with the reason. */
	notOffered?: Readonly<Record<string, string>>;
	/** The fields of the collection 'Filters'. */
	filters?: Readonly<Record<string, Filter>>;
	/** Returns the same text for all deliveries of one change. Offers 'One Run per Change'. */
	changeOf?: (body: IDataObject) => string | undefined;
	/** How a delivery proves that the vendor sent it. */
	signature: Signature;
	/** The vendor's API for subscriptions. Without it, the user subscribes by hand. */
	subscription?: Subscription;
	/** Steps for the user after copying the address, for the form of the node. */
	steps?: readonly string[];
}
