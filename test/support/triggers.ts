import type { PollTrigger } from '../../nodes/shared/trigger/polled';
import type { Trigger } from '../../nodes/shared/trigger/trigger';
import { pollTrigger as leadSquaredPolls } from '../../nodes/LeadSquared/polling';
import { pollTrigger as syncroChatPolls } from '../../nodes/SyncroChat/polling';
import { trigger as leadSquared } from '../../nodes/LeadSquared/trigger';
import { trigger as syncroChat } from '../../nodes/SyncroChat/trigger';
import { trigger as wegly } from '../../nodes/Wegly/trigger';
import { pollTrigger as woofedCrmPolls } from '../../nodes/WoofedCrm/polling';
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

export const triggers: readonly TriggerParts[] = [leadSquared, syncroChat, wegly, woofedCrm].map((trigger) => ({
	name: `${partsOf(trigger).name}Trigger`,
	displayName: `${trigger.vendor.name} Trigger`,
	parts: partsOf(trigger),
	trigger,
}));

/** All events with the trigger that offers them. */
export const triggerEvents = triggers.flatMap(({ name, parts, trigger }) =>
	Object.entries(trigger.events).map(([key, event]) => ({
		title: `${trigger.vendor.name}: ${event.name}`,
		name,
		parts,
		trigger,
		key,
		event,
	})),
);

/** A node that asks a vendor again and again. */
export interface PollTriggerParts extends Omit<TriggerParts, 'trigger'> {
	pollTrigger: PollTrigger;
}

export const pollTriggers: readonly PollTriggerParts[] = [leadSquaredPolls, syncroChatPolls, woofedCrmPolls].map(
	(pollTrigger) => {
		const parts = vendors.find(({ vendor }) => vendor === pollTrigger.vendor)!;
		return {
			name: `${parts.name}PollingTrigger`,
			displayName: `${parts.vendor.name} Polling Trigger`,
			parts,
			pollTrigger,
		};
	},
);

/** All nodes that start a workflow. */
export const startingNodes = [...triggers, ...pollTriggers];

/** Files of these nodes in the manifest. */
export const triggerFiles = startingNodes.map(
	({ name, parts }) => `dist/nodes/${parts.folder}/${name[0].toUpperCase()}${name.slice(1)}.node.js`,
);
