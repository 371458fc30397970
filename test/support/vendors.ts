import { leadSquared } from '../../nodes/LeadSquared/vendor';
import { resources as leadSquaredResources } from '../../nodes/LeadSquared/resources';
import type { Operation, Resources } from '../../nodes/shared/form/operation';
import type { Vendor } from '../../nodes/shared/form/vendor';
import { resources as syncroChatResources } from '../../nodes/SyncroChat/resources';
import { syncroChat } from '../../nodes/SyncroChat/vendor';
import { resources as weglyResources } from '../../nodes/Wegly/resources';
import { wegly } from '../../nodes/Wegly/vendor';
import { resources as woofedCrmResources } from '../../nodes/WoofedCrm/resources';
import { woofedCrm } from '../../nodes/WoofedCrm/vendor';
import type { VendorName } from '../sandbox/contract';

export interface VendorParts {
	name: VendorName;
	/** Folder under `nodes`. */
	folder: string;
	vendor: Vendor;
	resources: Resources;
	/** What the contract writes before the paths of the descriptors. */
	pathPrefix: string;
}

export const vendors: VendorParts[] = [
	{ name: 'leadSquared', folder: 'LeadSquared', vendor: leadSquared, resources: leadSquaredResources, pathPrefix: '/v2' },
	{ name: 'syncroChat', folder: 'SyncroChat', vendor: syncroChat, resources: syncroChatResources, pathPrefix: '' },
	{ name: 'wegly', folder: 'Wegly', vendor: wegly, resources: weglyResources, pathPrefix: '/integrations/external' },
	{ name: 'woofedCrm', folder: 'WoofedCrm', vendor: woofedCrm, resources: woofedCrmResources, pathPrefix: '/accounts/{account_id}' },
];

/** An operation with its place. */
export interface OperationPlace {
	title: string;
	parts: VendorParts;
	resource: string;
	/** Stored name. */
	value: string;
	operation: Operation;
}

export const operations: OperationPlace[] = vendors.flatMap((parts) =>
	Object.entries(parts.resources).flatMap(([resource, { name, operations: all }]) =>
		Object.entries(all).map(([value, operation]) => ({ title: `${parts.vendor.name}: ${name} > ${operation.name}`, parts, resource, value, operation })),
	),
);
