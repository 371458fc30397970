import type { IDataObject } from 'n8n-workflow';
import type { Fields } from '../fields';
import type { Input } from '../fields/check';
import type { RequestLine } from '../http/apiRequest';
import type { PageStyle } from '../http/paging';
import type { Vendor } from '../form/vendor';
import type { Confidence } from './trigger';

/** An event that a polling trigger finds in a list of the vendor, as one option of 'Trigger On'. */
export interface PolledEvent {
	/** Label. */
	name: string;
	/** Text below the label. */
	description?: string;
	/** Method and path of the list. The request only reads. */
	request: RequestLine;
	/** `operationId` in the vendor's contract. */
	contract: string;
	/** The vendor's page about the list. */
	page: string;
	/** How certain the event is. */
	confidence: Confidence;
	/** How the pages of the list are read. */
	pages: PageStyle;
	/** Overlap with the poll before, in milliseconds, for records that the vendor writes late. */
	overlapMs: number;
	/** Fields that the form shows for the event, such as a type. */
	fields?: Fields;
	/** How the trigger finds new records: by their timestamps, or by a window of time. */
	by: ByMoment | ByWindow;
}

/** The values that a poll builds its request from, besides the timestamp of its cursor. */
export interface PollContext {
	now: Date;
	/** Time zone of the workflow. */
	zone: string;
	/** The checked values of the event's own fields. */
	given: Input;
}

type Fits = (record: IDataObject, from: Date, at: PollContext) => boolean;

/** Follows a list by the timestamps of its records. The vendor returns them in that order, the oldest first. */
export interface ByMoment {
	/** Property of a record with the timestamp. */
	moment: string;
	/** Returns the request properties for records from a timestamp on, the oldest first. */
	from: (moment: Date, at: PollContext) => IDataObject;
	/** Returns the request properties for the newest records first. */
	newest: (at: PollContext) => IDataObject;
	/**
	 * Returns the values that identify a change besides its timestamp, the ID first. Without it, the whole record does.
	 */
	change?: (record: IDataObject) => unknown;
	/** Returns whether a record matches the request, timestamp aside. A server may ignore a filter. */
	fits?: Fits;
}

/** Follows a list whose records have no such timestamp: a record that is new in a window of time is an event. */
export interface ByWindow {
	/**
	 * Returns the request properties for a window of time. While its pages are read, no record may leave the window or move
	 * forward in it, because another record would then move to a page that was already read.
	 */
	window: (from: Date, at: PollContext) => IDataObject;
	/** Returns the request properties for the newest records first. Without it, the list has this order anyway. */
	newest?: (at: PollContext) => IDataObject;
	/** Returns the values that identify a change, the ID first. */
	change: (record: IDataObject) => unknown;
	/** Returns whether a record matches the request. A server may ignore a filter. */
	fits?: Fits;
	/** Returns whether the event of a record has already happened. */
	is?: (record: IDataObject, at: PollContext) => boolean;
}

/** The polling trigger of a vendor. */
export interface PollTrigger {
	vendor: Vendor;
	events: Readonly<Record<string, PolledEvent>>;
}
