import type { IDataObject } from 'n8n-workflow';
import type { RequestLine } from '../http/call';
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
	by: ByMoment | ByWindow;
}

/** The vendor's records tell when they changed, and its list can be had in that order, the oldest first. */
export interface ByMoment {
	/** Member of a record with the moment. */
	moment: string;
	/** Request members for those from a moment on, all without one, in order. */
	from: (moment: string | undefined) => IDataObject;
	/** Request members for the newest first. */
	newest: IDataObject;
}

/** The vendor's records tell no such moment: what is in the window now and was not before has happened. */
export interface ByWindow {
	/** Request members for a window of time. */
	window: (from: Date, until: Date, zone: string) => IDataObject;
	/** What tells one change from another. */
	change: (record: IDataObject) => unknown;
	/** Whether it has happened yet. */
	is?: (record: IDataObject, now: Date, zone: string) => boolean;
}

/** What a vendor is asked for again and again. */
export interface PollTrigger {
	vendor: Vendor;
	events: Readonly<Record<string, PolledEvent>>;
}
