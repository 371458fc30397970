import type { Lookup } from '../../nodes/shared/fields/lookup';
import type { Operation } from '../../nodes/shared/form/operation';
import type { VendorEntry } from '../vendors/entry';
import { leadSquared } from '../vendors/leadSquared';
import { syncroChat } from '../vendors/syncroChat';
import { wegly } from '../vendors/wegly';
import { woofedCrm } from '../vendors/woofedCrm';

/** The vendors, in the order of the sandbox's ports. Add a new one at the end. */
const entries = [syncroChat, wegly, woofedCrm, leadSquared] as const;

export type VendorName = (typeof entries)[number]['name'];

export interface VendorParts extends VendorEntry {
	name: VendorName;
}

export const vendors: readonly VendorParts[] = entries;

/** One thing for each vendor, by its name. */
export function byVendor<Value>(valueOf: (parts: VendorParts) => Value): Record<VendorName, Value> {
	return Object.fromEntries(vendors.map((parts) => [parts.name, valueOf(parts)])) as Record<VendorName, Value>;
}

/** The lists that a vendor's node offers to its form. */
export const offeredLists = ({ lists }: VendorParts): Lookup[] =>
	Object.values(lists).flatMap((list) => (Array.isArray(list) ? (list as Lookup[]) : []));

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
		Object.entries(all).map(([value, operation]) => ({
			title: `${parts.vendor.name}: ${name} > ${operation.name}`,
			parts,
			resource,
			value,
			operation,
		})),
	),
);

/** An operation that the contract documents. */
export interface DocumentedPlace extends OperationPlace {
	operation: Operation & { contract: string };
}

/** All but the requests that users write themselves. */
export const documentedOperations: DocumentedPlace[] = operations.filter(
	(place): place is DocumentedPlace => place.operation.contract !== undefined,
);
