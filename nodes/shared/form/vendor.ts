import type { Fields, VendorFormats } from '../fields';
import type { Api } from '../http/api';

/** All that is true for every operation of a vendor. */
export interface Vendor extends Api {
	/** The vendor's own members of the collection 'Options', the same for all operations. */
	options?: Fields;
	formats: VendorFormats;
}
