import type { ICredentialDataDecryptedObject } from 'n8n-workflow';
import type { EntityFields } from '../../nodes/shared/fields';
import type { Lookup } from '../../nodes/shared/fields/lookup';
import type { Resources } from '../../nodes/shared/form/operation';
import type { Vendor } from '../../nodes/shared/form/vendor';
import type { Sample } from '../engine/samples/sample';
import type { VendorSandbox } from '../sandbox/types';

/** All that the tests know of a vendor. */
export interface VendorEntry {
	/** Name of the node; the contract is called the same, and the credential type with `Api` at its end. */
	name: string;
	/** Folder under `nodes`. */
	folder: string;
	vendor: Vendor;
	resources: Resources;
	/** What `lookups.ts` exports: each list, and what of them the node offers. */
	lists: Readonly<Record<string, Lookup | readonly Lookup[]>>;
	/** The fields of the account that its mappers offer. */
	entities: readonly EntityFields[];
	/** What the contract writes before the paths of the descriptors. */
	pathPrefix: string;
	/** Operation of the contract that the credential test asks. */
	credentialTest: string;
	/** Operations of the contract that are not offered, each with the reason; undefined while the vendor is still being built. */
	notOffered?: Readonly<Record<string, string>>;
	/** What a derived sample writes into fields of a label: IDs that a fresh sandbox knows, where no list has them as its example. */
	known: Readonly<Record<string, string>>;
	/** Filled-in forms of operations that no example workflow uses, where a derived one would not do. */
	samples: readonly Sample[];
	/** The vendor as a local server. */
	sandbox: () => VendorSandbox;
	/** Credential for the vendor's sandbox at an address, without the rate. */
	credential: (url: string) => ICredentialDataDecryptedObject;
	/** Headers that the sandbox takes for a good key. */
	keys: Readonly<Record<string, string>>;
}
