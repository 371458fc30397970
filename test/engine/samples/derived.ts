import type { IDataObject, INodeProperties } from 'n8n-workflow';
import { choicesOf, collectionOf, deleted, placedFields, type PlacedField } from '../../../nodes/shared/form/operation';
import type { OperationPlace } from '../../support/vendors';
import type { Sample } from './sample';

/** The example that a form element shows while it is empty. */
const exampleIn = (placeholder = '') => placeholder.replace(/^e\.g\. /, '');

/** A locator by what is typed into it: the example of its list, which the sandbox should know. */
function located({ modes = [] }: Partial<INodeProperties>): IDataObject | undefined {
	const typed = modes.find(({ type }) => type === 'string');
	return typed && { __rl: true, mode: typed.name, value: exampleIn(typed.placeholder) };
}

/** A value that a field takes, or undefined where only a person knows one. */
function valueOf({ field: { spec } }: PlacedField, known: Readonly<Record<string, string>>): unknown {
	if (known[spec.label] !== undefined) return known[spec.label];
	const { type, placeholder, options = [], typeOptions = {} } = spec.ui;
	if (type === 'resourceLocator') return located(spec.ui);
	if (type === 'options' && options.length > 0) return (options[0] as { value: unknown }).value;
	if (type === 'number') return typeOptions.minValue ?? 1;
	if (type === 'dateTime') return '2026-07-01T09:00:00';
	if (type === 'boolean') return true;
	if (type === 'string' && !spec.binary) return exampleIn(placeholder) || spec.label;
	return undefined;
}

/**
 * The form of an operation without a sample, filled in with nothing but what it cannot do without: the required fields, and one field of an update.
 *
 * @returns undefined where only a person knows what to fill in: a deletion takes its record from the other samples
 */
export function derivedSample({ parts, resource, value, operation }: OperationPlace): Sample | undefined {
	if (operation.output === deleted) return undefined;
	const first = new Map(choicesOf(operation.fields).map(([name, { variants }]) => [name, Object.keys(variants)[0]]));
	const fields = placedFields(operation.fields).filter(
		({ field, variant }) => !field.spec.hidden && (!variant || first.get(variant.parameter) === variant.value),
	);
	const required = fields.filter(({ field }) => field.spec.required).map((one) => [one.key, valueOf(one, parts.known)]);
	const changed = fields.filter(({ open }) => !open).map((one) => [one.key, valueOf(one, parts.known)]);
	if (required.some(([, given]) => given === undefined)) return undefined;
	return {
		name: `${operation.action} (derived sample)`,
		isDerived: true,
		node: parts.name,
		parameters: {
			resource,
			operation: value,
			...Object.fromEntries([...first, ...required]),
			...(operation.updates
				? {
						[collectionOf(operation)]: Object.fromEntries(
							changed.filter(([, given]) => given !== undefined).slice(0, 1),
						),
					}
				: {}),
		},
	};
}
