import type { Fields, VendorFormats } from '../fields';
import type { Api } from '../http/api';

/** The facts that are true for every operation of a vendor. */
export interface Vendor extends Api {
	/** The vendor's own options, the same for all operations. */
	options?: Fields;
	/** Formats of dates and times. */
	formats: VendorFormats;
}
