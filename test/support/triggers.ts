import type { Trigger } from '../../nodes/shared/trigger/trigger';
import { trigger as syncroChat } from '../../nodes/SyncroChat/trigger';
import { trigger as wegly } from '../../nodes/Wegly/trigger';
import { trigger as woofedCrm } from '../../nodes/WoofedCrm/trigger';
import { vendors, type VendorParts } from './vendors';

/** A node that starts a workflow from deliveries of a vendor. */
export interface TriggerParts {
	/** Name of the node. */
	name: string;
	displayName: string;
	parts: VendorParts;
	trigger: Trigger;
}

const partsOf = (trigger: Trigger) => vendors.find(({ vendor }) => vendor === trigger.vendor)!;

export const triggers: readonly TriggerParts[] = [syncroChat, wegly, woofedCrm].map((trigger) => ({
	name: `${partsOf(trigger).name}Trigger`,
	displayName: `${trigger.vendor.name} Trigger`,
	parts: partsOf(trigger),
	trigger,
}));

/** All events with the trigger that offers them. */
export const triggerEvents = triggers.flatMap(({ name, parts, trigger }) =>
	Object.entries(trigger.events).map(([key, event]) => ({ title: `${trigger.vendor.name}: ${event.name}`, name, parts, trigger, key, event })),
);

/** Files of the trigger nodes in the manifest. */
export const triggerFiles = triggers.map(({ name, parts }) => `dist/nodes/${parts.folder}/${name[0].toUpperCase()}${name.slice(1)}.node.js`);
