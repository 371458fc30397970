import type { IDataObject } from 'n8n-workflow';
import type { Field, Fields } from '../fields';
import type { Input } from '../fields/check';
import type { Vendor } from '../form/vendor';
import type { SendRequest } from '../http/apiRequest';
import type { Signature } from './signature';

/** What a vendor sent: the body, and the headers in lower case. */
export interface Delivery {
	body: IDataObject;
	headers: IDataObject;
}

/** How sure an event is: the marks of the contracts, or seen from a real server. */
export type Confidence = 'documented' | 'example-only' | 'observed' | 'inferred';

/** Something that happens at a vendor, as one entry of 'Trigger On'. Its key is the stored value. */
export interface VendorEvent {
	/** Label. */
	name: string;
	description?: string;
	/** The vendor's own name, where it is not the key. */
	event?: string;
	/** Another event under which it comes as well; `is` tells it in both. For a vendor that sends every event to every webhook. */
	alsoAs?: string;
	/** Tells an event that is a kind of another one, by the body of the delivery. */
	is?: (body: IDataObject) => boolean;
	/** What the form asks for when it is chosen, such as a type; for vendors that take one event a subscription. */
	fields?: Fields;
	/** Body of a delivery, for the preview of the output and the tests. */
	sample: IDataObject;
	/** The vendor's page. */
	page: string;
	confidence: Confidence;
}
export type Events = Readonly<Record<string, VendorEvent>>;

/** A field of the collection 'Filters': which deliveries start a run when it is filled in. */
export interface Filter {
	field: Field;
	/** @param value checked */
	keeps: (delivery: Delivery, value: never) => boolean;
}

/** Describes a filter; the compiler holds its value against the field's. */
export function filter<Value>(
	field: Field<Value, boolean>,
	keeps: (delivery: Delivery, value: Value) => boolean,
): Filter {
	return { field, keeps };
}

/** What a subscription is to be. */
export interface Wanted {
	url: string;
	/** The vendor's own names. */
	events: string[];
	/** The checked values of the event's own fields, where it has some. */
	given?: Input;
}

/** Where a subscription sends to. */
export type WebhookAddress = Pick<Wanted, 'url'>;

/** A subscription as the vendor has it. */
export interface Subscribed extends Wanted {
	id: string;
	active: boolean;
}

/** How a vendor's subscriptions are worked with by API. */
export interface Subscription {
	list: (send: SendRequest) => Promise<Subscribed[]>;
	/** The vendor takes one event a subscription. */
	perEvent?: boolean;
	/** @returns the ID */
	create: (send: SendRequest, wanted: Wanted, secret: string) => Promise<string>;
	/** An update replaces the secret too; without it the secret stays. */
	updatesSecret?: true;
	/**
	 * Makes one active, with this address and these events.
	 *
	 * @returns the ID that it has then; nothing where the vendor lacks the request
	 */
	update: (send: SendRequest, one: Subscribed, wanted: Wanted, secret: string) => Promise<string | undefined>;
	/** Does away with one. @returns false where the vendor lacks the request, and it was switched off instead */
	remove: (send: SendRequest, id: string) => Promise<boolean>;
	/** What to do about a subscription that could not be removed. */
	byHand: string;
	page: string;
}

/** How a vendor tells n8n what happened. */
export interface Trigger {
	vendor: Vendor;
	events: Events;
	/** The vendor has events beside the listed ones: offers 'Other Events', with this example. */
	otherEvents?: string;
	/** The vendor's own name of what happened; nothing where a delivery does not tell. */
	eventOf: (delivery: Delivery) => string | undefined;
	recordOf: (body: IDataObject) => unknown;
	/** A delivery may be a list of bodies, each of which becomes an item. */
	grouped?: boolean;
	/** Body of the response that the vendor recommends; n8n's own without it. */
	acknowledgment?: Readonly<IDataObject>;
	/** Events of the vendor's contract that are not offered, each with the reason. */
	notOffered?: Readonly<Record<string, string>>;
	filters?: Readonly<Record<string, Filter>>;
	/** What the deliveries have in common that one change fires; offers 'One Run per Change'. */
	changeOf?: (body: IDataObject) => string | undefined;
	/** How a delivery proves where it comes from. */
	signature: Signature;
	/** Where the vendor takes subscriptions by API; by hand without it. */
	subscription?: Subscription;
	/** What to do by hand once the address is copied, for the form of the node. */
	steps?: readonly string[];
}
