import type { INodeProperties, INodePropertyOptions } from 'n8n-workflow';
import type { Fields, Field } from '../fields';
import { formElement } from '../form/properties';
import { eventElements } from './eventFields';
import { ANY } from './events';
import { triggerOptions } from './settings';
import type { Trigger, VendorEvent } from './trigger';

/** The form of a trigger that gets deliveries, derived from its events, filters and options. */
export function triggerProperties(trigger: Trigger): INodeProperties[] {
	const { events, otherEvents, filters = {}, steps, subscription } = trigger;
	const filterFields = Object.fromEntries(Object.entries(filters).map(([key, { field }]) => [key, field]));
	return [
		...(steps ? [{ displayName: steps, name: 'steps', type: 'notice', default: '' } as const] : []),
		triggerOn(events, otherEvents === undefined, subscription === undefined),
		...eventElements(events),
		...(otherEvents === undefined ? [] : [otherEventsElement(otherEvents, trigger)]),
		...collection('Filters', 'filters', 'Add Filter', filterFields),
		...collection('Options', 'options', 'Add Option', triggerOptions(trigger)),
	];
}

/** The list of events. */
export function triggerOn(events: Readonly<Record<string, Pick<VendorEvent, 'name' | 'description'>>>, required: boolean, withAny: boolean): INodeProperties {
	const any = { name: 'Any Event', value: ANY, description: 'Whatever the CRM tells of' };
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
		description: 'What starts the workflow, each with one run for a record',
	};
}

function otherEventsElement(example: string, { vendor }: Trigger): INodeProperties {
	return {
		displayName: 'Other Events',
		name: 'otherEvents',
		type: 'string',
		default: '',
		placeholder: `e.g. ${example}`,
		description: `Events of ${vendor.name} that the list lacks, by the vendor's own names, with commas between them`,
	};
}

function collection(displayName: string, name: string, placeholder: string, fields: Fields): INodeProperties[] {
	const options = Object.entries(fields)
		.map(([key, field]) => formElement(key, field as Field))
		.sort((a, b) => a.displayName.localeCompare(b.displayName));
	return options.length === 0 ? [] : [{ displayName, name, type: 'collection', placeholder, default: {}, options }];
}
