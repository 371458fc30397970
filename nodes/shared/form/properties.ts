import type { INodeParameters, INodeProperties, INodePropertyOptions } from 'n8n-workflow';
import type { Field, Fields } from '../fields';
import { collectionLabels, FIELDS_TO_CLEAR } from './collections';
import { controlFields } from './controls';
import { choicesOf, collectionOf, placedFields, type Operation, type PlacedField, type Resources } from './operation';
import { ownOptions, requestOptionFields } from './options';

const byName = <Entry extends { name: string }>(a: Entry, b: Entry) => a.name.localeCompare(b.name);
const byDisplayName = (a: INodeProperties, b: INodeProperties) => a.displayName.localeCompare(b.displayName);

const DROP_DOWN = 'options';

/** Nodes of version 1. n8n does not save defaults, so it fills in the current ones when it opens such a node. */
const FIRST_VERSION = { '@version': [1] };

/**
 * Returns the form of a node, derived from its operations: resource, operation, required fields, one-of choices, the
 * collection of optional fields, Return All and Limit, Simplify, and the vendor's own options.
 *
 * @param options the vendor's own options, the same for all operations
 * @param fresh options of a new node. A node of version 1 does not get them, because n8n fills in defaults of saved
 * nodes too
 */
export function properties(resources: Resources, options: Fields = {}, fresh?: INodeParameters): INodeProperties[] {
	const forms = Object.entries(resources).flatMap(([resource, { operations }]) =>
		Object.entries(operations).map(([value, operation]) =>
			operationProperties(operation).map((property) => shownFor(property, resource, value)),
		),
	);
	const operationDropDowns = Object.keys(resources).flatMap((resource) => operationChoice(resources, resource));
	return [
		resourceProperty(resources),
		...operationDropDowns,
		...merged(forms),
		...optionsProperties(resources, { ...options, ...requestOptionFields }, fresh),
	];
}

function resourceProperty(resources: Resources): INodeProperties {
	const options = Object.entries(resources)
		.map(([value, { name }]) => ({ name, value }))
		.sort(byName);
	return selector('Resource', 'resource', options, { default: Object.keys(resources)[0] });
}

function operationChoice(resources: Resources, resource: string): INodeProperties[] {
	const { operations, opensOn } = resources[resource];
	const options: INodePropertyOptions[] = Object.entries(operations)
		.map(([value, { name, action, description, unverified }]) => ({
			name,
			value,
			action,
			description: unverified === undefined ? description : betaDescription(description),
		}))
		.sort(byName);
	const usual = options.find(({ value }) => value === 'create') ?? options[0];
	const opening = (on: INodePropertyOptions['value']) =>
		selector('Operation', 'operation', options, { default: on, displayOptions: { show: { resource: [resource] } } });
	return opensOn === undefined ? [opening(usual.value)] : inVersions(opening(usual.value), opening(opensOn));
}

/** Starts the description of an operation with `unverified`. The reason is on the generated page in docs/operations. */
const BETA = 'Beta: not fully documented.';

/**
 * Returns the description of an operation with `unverified`: the note is first, because n8n cuts after 110
 * characters.
 */
export function betaDescription(description: string): string {
	return `${BETA} ${description.replace(/\.$/, '')}.`;
}

/** Returns a drop-down without expressions, because its value decides which other form elements are shown. */
function selector(
	displayName: string,
	name: string,
	options: INodePropertyOptions[],
	rest: Partial<INodeProperties>,
): INodeProperties {
	return { displayName, name, type: DROP_DOWN, noDataExpression: true, options, default: options[0].value, ...rest };
}

function operationProperties(operation: Operation): INodeProperties[] {
	const fields = placedFields(operation.fields).filter(({ field }) => !field.spec.hidden);
	const shownChoices = new Set<string>();
	const open = fields
		.filter((field) => field.open)
		.flatMap((field) => [...choiceBefore(operation, field, shownChoices), ...openProperties(field)]);
	const lateChoices = choicesOf(operation.fields)
		.filter(([parameter]) => !shownChoices.has(parameter))
		.map(([parameter]) => choiceProperty(operation, parameter));
	return [
		...open,
		...lateChoices,
		...pagingProperties(operation),
		...collectionProperties(operation, fields),
		...simplifyProperties(operation),
	];
}

/** Returns the choice that a field depends on, before the first such field. */
function choiceBefore(operation: Operation, { variant }: PlacedField, shown: Set<string>): INodeProperties[] {
	if (!variant || shown.has(variant.parameter)) return [];
	shown.add(variant.parameter);
	return [choiceProperty(operation, variant.parameter)];
}

function choiceProperty(operation: Operation, parameter: string): INodeProperties {
	const [, { label, variants, description }] = choicesOf(operation.fields).find(([name]) => name === parameter)!;
	const options = Object.entries(variants).map(([value, variant]) => ({
		name: variant.name,
		value,
		...(variant.description ? { description: variant.description } : {}),
	}));
	return selector(label, parameter, [...options].sort(byName), {
		default: options[0].value,
		...(description ? { description } : {}),
	});
}

/**
 * Returns the form element of a field. Its description lists the values of a drop-down, because an AI agent reads
 * only that.
 */
export function formElement(key: string, { spec }: Pick<Field, 'spec'>): INodeProperties {
	const { description } = spec.ui;
	const values = spec.wire.enum ? `One of ${escaped(valuesOf(spec).join(', '))}` : undefined;
	// n8n's lint rules want a final period only after more than one sentence.
	const words = values && description ? `${description.replace(/\.$/, '')}. ${values}.` : values;
	return {
		displayName: spec.label,
		name: key,
		...spec.ui,
		...(words ? { description: words } : {}),
	} as INodeProperties;
}

/** Returns the values of a drop-down. A number gets its name too, because an AI model would not understand it. */
function valuesOf({ wire, ui }: Field['spec']): string[] {
	const named = (value: string | number) =>
		((ui.options ?? []) as INodePropertyOptions[]).find((option) => option.value === value)?.name ?? String(value);
	return (wire.enum ?? []).map((value) =>
		/^\d+$/.test(String(value)) && named(value) !== String(value) ? `${value} (${named(value)})` : String(value),
	);
}

/**
 * Returns an element of a collection. A switch starts as on, because a user who adds a switch wants it on. Saved
 * nodes keep their value, because n8n saves the values of a collection.
 */
export function addableElement(key: string, field: Pick<Field, 'spec'>): INodeProperties {
	const element = formElement(key, field);
	return element.type === 'boolean' ? { ...element, default: true } : element;
}

/** Escapes a text, because n8n shows descriptions as HTML. */
const escaped = (text: string) => text.replaceAll('<', '&lt;').replaceAll('>', '&gt;');

function openProperties(placed: PlacedField): INodeProperties[] {
	const { former } = placed.field.spec;
	return former ? inVersions(openProperty(placed, former), openProperty(placed)) : [openProperty(placed)];
}

function openProperty({ key, field: { spec }, variant }: PlacedField, ui = spec.ui): INodeProperties {
	const property: INodeProperties = {
		...formElement(key, { spec: { ...spec, ui } }),
		...(spec.required ? { required: true } : {}),
	};
	return variant ? { ...property, displayOptions: { show: { [variant.parameter]: [variant.value] } } } : property;
}

/**
 * Returns two form elements by version, because saved nodes need the former one. n8n's node picker reads the first of
 * the two.
 */
function inVersions(former: INodeProperties, fresh: INodeProperties): INodeProperties[] {
	return [
		{ ...fresh, displayOptions: { ...fresh.displayOptions, hide: FIRST_VERSION } },
		{ ...former, displayOptions: { show: { ...former.displayOptions?.show, ...FIRST_VERSION } } },
	];
}

function pagingProperties({ many, pagedBy }: Operation): INodeProperties[] {
	if (!many && !pagedBy) return [];
	const { returnAll, limit } = controlFields;
	const paged = pagedBy && { [pagedBy.choice]: [...pagedBy.ways] };
	return [
		{ ...formElement('returnAll', returnAll), ...(paged ? { displayOptions: { show: paged } } : {}) },
		{ ...formElement('limit', limit), displayOptions: { show: { ...paged, returnAll: [false] } } },
	];
}

function simplifyProperties({ simple }: Operation): INodeProperties[] {
	return simple ? [formElement('simplify', controlFields.simplify)] : [];
}

function collectionProperties(operation: Operation, fields: readonly PlacedField[]): INodeProperties[] {
	const inside = fields.filter(({ open }) => !open);
	const moved = fields.filter(({ field }) => field.spec.formerlyOptional);
	if (inside.length + moved.length === 0) return [];
	const name = collectionOf(operation);
	const clear = name === 'updateFields' ? clearProperty([...inside, ...moved]) : [];
	const options = [
		...inside.map(({ key, field }) => addableElement(key, field)),
		...moved.map(formerProperty),
		...clear,
	].sort(byDisplayName);
	return [
		{ displayName: collectionLabels[name], name, type: 'collection', placeholder: 'Add Field', default: {}, options },
	];
}

/**
 * Returns the former element of a field that moved out of the collection. Without it, n8n would drop the value of a
 * saved node.
 */
function formerProperty({ key, field }: PlacedField): INodeProperties {
	// n8n decides what to show before it reads rows, so the condition cannot ask whether rows exist.
	const saved =
		field.spec.ui.type === 'fixedCollection' ? { '@version': [1] } : { [key]: [{ _cnd: { exists: true as const } }] };
	return { ...formElement(key, field), displayOptions: { show: saved } };
}

function clearProperty(fields: readonly PlacedField[]): INodeProperties[] {
	const options = fields
		.filter(({ field }) => field.spec.clearable)
		.map(({ key, field }) => ({ name: field.spec.label, value: key }))
		.sort(byName);
	if (options.length === 0) return [];
	return [
		{
			displayName: 'Fields to Clear',
			name: FIELDS_TO_CLEAR,
			type: 'multiOptions',
			options,
			default: [],
			description: 'Fields whose stored value is cleared',
		},
	];
}

function optionsProperties(resources: Resources, fields: Fields, fresh?: INodeParameters): INodeProperties[] {
	const options = [
		...Object.entries(fields).map(([key, field]) => formElement(key, field as Field)),
		...operationOptions(resources),
	].sort(byDisplayName);
	const property: INodeProperties = {
		displayName: 'Options',
		name: 'options',
		type: 'collection',
		placeholder: 'Add Option',
		default: {},
		options,
	};
	return fresh ? inVersions(property, { ...property, default: fresh }) : [property];
}

/** Returns the options of single operations. Equal options of a resource become one. */
function operationOptions(resources: Resources): INodeProperties[] {
	const all = Object.entries(resources).flatMap(([resource, { operations }]) =>
		Object.entries(operations).flatMap(([value, operation]) =>
			Object.entries(ownOptions(operation)).map(([key, field]) => ({
				resource,
				value,
				element: formElement(key, field),
			})),
		),
	);
	const groups = new Map<string, typeof all>();
	for (const entry of all) {
		const identity = JSON.stringify([entry.resource, entry.element]);
		groups.set(identity, [...(groups.get(identity) ?? []), entry]);
	}
	return [...groups.values()].map((group) => ({
		...group[0].element,
		displayOptions: { show: { '/resource': [group[0].resource], '/operation': group.map(({ value }) => value) } },
	}));
}

function shownFor(property: INodeProperties, resource: string, operation: string): INodeProperties {
	return {
		...property,
		displayOptions: {
			...property.displayOptions,
			show: { resource: [resource], operation: [operation], ...property.displayOptions?.show },
		},
	};
}

/**
 * Merges the forms of all operations into one list. Form elements that differ only in the operation become one, so
 * that their values survive a switch of the operation. Every form keeps its order.
 */
function merged(forms: INodeProperties[][]): INodeProperties[] {
	const all: Array<{ identity: string; property: INodeProperties }> = [];
	for (const form of forms) {
		let last = -1;
		for (const property of form) {
			const { operation, ...conditions } = property.displayOptions!.show!;
			// The order of the properties depends only on the order of the builder methods, so it is ignored.
			const members = Object.entries({ ...property, displayOptions: undefined }).sort(([a], [b]) => a.localeCompare(b));
			const identity = JSON.stringify([members, conditions, property.displayOptions!.hide]);
			const twin = all.findIndex((entry, index) => index > last && entry.identity === identity);
			if (twin >= 0) all[twin].property.displayOptions!.show!.operation!.push(...(operation as string[]));
			else all.splice(last + 1, 0, { identity, property });
			last = twin >= 0 ? twin : last + 1;
		}
	}
	return all.map(({ property }) => property);
}
