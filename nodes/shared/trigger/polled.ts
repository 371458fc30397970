import type { IDataObject } from 'n8n-workflow';
import type { Fields } from '../fields';
import type { Input } from '../fields/check';
import type { RequestLine } from '../http/apiRequest';
import type { PageStyle } from '../http/paging';
import type { Vendor } from '../form/vendor';
import type { Confidence } from './trigger';

/** Something that is found out by asking the vendor again and again, as one entry of 'Trigger On'. */
export interface PolledEvent {
	name: string;
	description?: string;
	/** A list of the vendor, which changes nothing. */
	request: RequestLine;
	/** `operationId` in the vendor's contract. */
	contract: string;
	page: string;
	confidence: Confidence;
	pages: PageStyle;
	/** How far back each poll looks once more, in milliseconds, for what came late. */
	overlapMs: number;
	/** What the form asks for when the event is chosen, such as a type. */
	fields?: Fields;
	by: ByMoment | ByWindow;
}

/** What a request is made of besides the moment from which records are wanted. */
export interface PollContext {
	now: Date;
	/** Time zone of the workflow. */
	zone: string;
	/** The checked values of the event's own fields. */
	given: Input;
}

type Fits = (record: IDataObject, from: Date, at: PollContext) => boolean;

/** The vendor's records tell when they changed, and its list can be had in that order, the oldest first. */
export interface ByMoment {
	/** Member of a record with the moment. */
	moment: string;
	/** Request members for those from a moment on, in order. */
	from: (moment: Date, at: PollContext) => IDataObject;
	/** Request members for the newest first. */
	newest: (at: PollContext) => IDataObject;
	/** What tells one change from another, besides its moment, its ID first: the whole record when left out. */
	change?: (record: IDataObject) => unknown;
	/** Whether a record fits the request apart from its moment, as far as it tells: a server may not heed a filter. */
	fits?: Fits;
}

/** The vendor's records tell no such moment: what is in the window now and was not before has happened. */
export interface ByWindow {
	/**
	 * Request members for a window of time. Where it is read in pages, nothing may leave the window or move forward in it
	 * meanwhile, because something else would be moved over the edge of a page.
	 */
	window: (from: Date, at: PollContext) => IDataObject;
	/** Request members for the newest first; the list gives them so by itself when left out. */
	newest?: (at: PollContext) => IDataObject;
	/** What tells one change from another, its ID first. */
	change: (record: IDataObject) => unknown;
	/** Whether a record fits the request, as far as it tells: a server may not heed a filter. */
	fits?: Fits;
	/** Whether it has happened yet. */
	is?: (record: IDataObject, at: PollContext) => boolean;
}

/** What a vendor is asked for again and again. */
export interface PollTrigger {
	vendor: Vendor;
	events: Readonly<Record<string, PolledEvent>>;
}
