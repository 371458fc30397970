import type { INodeProperties, INodePropertyOptions, TriggerPanelDefinition } from 'n8n-workflow';
import type { Fields, Field } from '../fields';
import { addableElement } from '../form/properties';
import { eventElements } from './eventFields';
import { ANY } from './events';
import { triggerOptions } from './settings';
import type { Trigger, VendorEvent } from './trigger';

/** Returns the form of a webhook trigger, derived from its events, filters and options. */
export function triggerProperties(trigger: Trigger): INodeProperties[] {
	const { events, otherEvents, filters = {}, steps, subscription } = trigger;
	const filterFields = Object.fromEntries(Object.entries(filters).map(([key, { field }]) => [key, field]));
	return [
		...(steps ? [instructions(steps)] : []),
		triggerOn(events, otherEvents === undefined, subscription === undefined),
		...eventElements(events),
		...(otherEvents === undefined ? [] : [otherEventsElement(otherEvents, trigger)]),
		...collection('Filters', 'filters', 'Add Filter', filterFields),
		...collection('Options', 'options', 'Add Option', triggerOptions(trigger)),
	];
}

/** Returns a notice with the steps. n8n's editor shows lists and links in a notice, and no other HTML. */
function instructions(steps: readonly string[]): INodeProperties {
	const all = ['Open Webhook URLs above and copy the Production URL.', ...steps];
	return {
		displayName: `<ul>${all.map((step) => `<li>${step}</li>`).join('')}</ul>`,
		name: 'steps',
		type: 'notice',
		default: '',
	};
}

/**
 * Returns the panel beside the form of a trigger that the user sets up by hand. n8n's own text doesn't say that a test has an
 * address of its own.
 */
export function panelByHand({ vendor: { name } }: Trigger): TriggerPanelDefinition {
	return {
		activationHint: `To test, paste the Test URL (under Webhook URLs) into ${name}. It works only while n8n is listening.`,
		executionsHelp:
			`<b>While building your workflow</b>, paste the Test URL into ${name}, click 'Execute step', and make an event happen in ${name}. ` +
			'The execution shows up in this editor.<br /><br />' +
			`<b>Once you're happy with your workflow</b>, publish it, and paste the Production URL into ${name}. Then every matching event runs it. ` +
			'These executions show up in the <a data-key="executions">executions list</a>, but not in the editor.',
	};
}

/**
 * Returns the list of events.
 *
 * @param required whether the form offers no other way to choose an event
 * @param withAny whether to offer 'Any Event'
 */
export function triggerOn(
	events: Readonly<Record<string, Pick<VendorEvent, 'name' | 'description'>>>,
	required: boolean,
	withAny: boolean,
): INodeProperties {
	const any = { name: 'Any Event', value: ANY, description: 'Every event that the CRM sends' };
	const options: INodePropertyOptions[] = Object.entries(events).map(([value, { name, description }]) => ({
		name,
		value,
		...(description ? { description } : {}),
	}));
	return {
		displayName: 'Trigger On',
		name: 'events',
		type: 'multiOptions',
		options: [...options, ...(withAny ? [any] : [])].sort((a, b) => a.name.localeCompare(b.name)),
		default: [],
		...(required ? { required } : {}),
		description: 'Events that start the workflow. Each record starts its own run.',
	};
}

function otherEventsElement(example: string, { vendor }: Trigger): INodeProperties {
	return {
		displayName: 'Other Events',
		name: 'otherEvents',
		type: 'string',
		default: '',
		placeholder: `e.g. ${example}`,
		description: `Events of ${vendor.name} that the list lacks: the vendor's own names, comma-separated`,
	};
}

function collection(displayName: string, name: string, placeholder: string, fields: Fields): INodeProperties[] {
	const options = Object.entries(fields)
		.map(([key, field]) => addableElement(key, field as Field))
		.sort((a, b) => a.displayName.localeCompare(b.displayName));
	return options.length === 0 ? [] : [{ displayName, name, type: 'collection', placeholder, default: {}, options }];
}
