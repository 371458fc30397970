import type { IBinaryKeyData, IDataObject } from 'n8n-workflow';
import type { VendorName } from '../../support/vendors';

/** The form of an operation filled in, with ids that a fresh sandbox knows. */
export interface Sample {
	name: string;
	node: VendorName;
	parameters: IDataObject;
	/** Filled in from the descriptor, and not by hand. */
	isDerived?: boolean;
	/** Files of the item. */
	binary?: IBinaryKeyData;
}
