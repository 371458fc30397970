import type { IDataObject, IExecuteFunctions } from 'n8n-workflow';
import { FailureError } from '../base/failure';
import { entryOf, isObject, valueAt, toText } from '../base/json';
import { formatValue } from '../base/formatValue';
import { checkFor, membersOf, refusal, refuseBlanks, type Check, type Input } from '../fields/check';
import { isLeftEmpty, type FieldContext, type MappedField } from '../fields';
import { collectionLabels, FIELDS_TO_CLEAR } from '../form/collections';
import { choicesOf, collectionOf, placedFields, type Operation, type PlacedField } from '../form/operation';

/** Reads and checks the input of one item. */
export type InputReader = (
	item: number,
	defaultCountry?: FieldContext['defaultCountry'],
) => { input: Input; fields: PlacedField[] };

/**
 * Prepares the reading of an operation's input. The checks are built once for all items.
 *
 * @returns a reader that throws a FailureError with the field, the item, its value and what it must be
 */
export function inputReader(context: IExecuteFunctions, operation: Operation, fieldContext: FieldContext): InputReader {
	const all = placedFields(operation.fields);
	const choices = choicesOf(operation.fields);
	const collection = collectionOf(operation);
	const mayBeInCollection = ({ open, field }: PlacedField) => !open || field.spec.formerlyOptional === true;
	const hasCollection = all.some(mayBeInCollection);
	const withFiles = all.filter(({ field }) => field.spec.binary);
	const checkIn = byCountry((defaultCountry) => checkFor(all, { ...fieldContext, defaultCountry }));

	return (item, defaultCountry) => {
		const chosen: IDataObject = {};
		for (const [parameter] of choices) chosen[parameter] = context.getNodeParameter(parameter, item) as string;
		refuseUnknownChoice(choices, chosen, item);
		const fields = all.filter(({ variant }) => !variant || chosen[variant.parameter] === variant.value);
		const optional = hasCollection
			? membersOf(collectionLabels[collection], context.getNodeParameter(collection, item, {}), item)
			: {};
		const raw = fields.map((field) => [field, rawValue(context, field, optional, item)] as const);
		const input = { ...chosen, ...checkIn(defaultCountry)(raw, item) };
		if (operation.many)
			refuseBlanks(
				fields.filter(mayBeInCollection),
				optional,
				input,
				item,
				'a list without its filters may return every record',
			);
		if (collection === 'updateFields') clearFields(input, optional[FIELDS_TO_CLEAR], fields, item);
		refuseMissingFiles(context, input, withFiles, item);
		applyRules(operation, input, item, fieldContext.zone);
		return { input, fields };
	};
}

/** Builds the checks once for each country in the items' options. */
function byCountry(
	make: (country: FieldContext['defaultCountry']) => Check,
): (country: FieldContext['defaultCountry']) => Check {
	const made = new Map<FieldContext['defaultCountry'], Check>();
	return (country) => {
		const check = made.get(country) ?? make(country);
		made.set(country, check);
		return check;
	};
}

/** Returns the raw value of a field: undefined if the form does not show it, null if an expression left it empty. */
function rawValue(
	context: IExecuteFunctions,
	{ key, field, open }: PlacedField,
	optional: IDataObject,
	item: number,
): unknown {
	const { spec } = field;
	if (!open) return Object.hasOwn(optional, key) ? (optional[key] ?? null) : undefined;
	const value: unknown =
		context.getNodeParameter(key, item, spec.ui.type === 'boolean' ? spec.ui.default : null) ?? null;
	// n8n returns the default of a field that a saved node lacks.
	const isUntouched = isLeftEmpty(field, value) || value === spec.ui.default;
	if (spec.formerlyOptional && isUntouched && Object.hasOwn(optional, key)) return optional[key];
	return spec.ui.type === 'resourceMapper' ? withEmptied(context, key, value) : value;
}

/**
 * Returns the values of a mapper, with undefined for a null that came from an expression. The editor stores null for a toggle
 * that the user did not change.
 */
function withEmptied(context: IExecuteFunctions, key: string, mapper: unknown): unknown {
	const { value, schema } = isObject(mapper) ? mapper : {};
	if (!isObject(value) || !Array.isArray(schema)) return mapper;
	const empty = (schema as MappedField[]).filter(({ id, type }) => type === 'boolean' && value[id] === null);
	if (empty.length === 0) return mapper;
	const stored = valueAt(context.getNode().parameters[key], 'value');
	const byExpression = empty.filter(({ id }) => isObject(stored) && toText(stored[id]).startsWith('='));
	return {
		...(mapper as object),
		value: { ...value, ...Object.fromEntries(byExpression.map(({ id }) => [id, undefined])) },
	};
}

/** Refuses a choice that an expression returned and that the form does not offer. */
function refuseUnknownChoice(choices: ReturnType<typeof choicesOf>, chosen: IDataObject, item: number): void {
	for (const [parameter, { label, variants }] of choices) {
		if (!entryOf(variants, chosen[parameter]))
			throw refusal({ label, expects: `one of ${Object.keys(variants).join(', ')}` }, chosen[parameter], item);
	}
}

/** Refuses the name of a missing file before anything is sent for the other items. */
function refuseMissingFiles(
	context: IExecuteFunctions,
	input: Input,
	fields: readonly PlacedField[],
	item: number,
): void {
	for (const { key, field } of fields) {
		const missing = ((input[key] as string[] | undefined) ?? []).find((name) => !hasFile(context, name, item));
		if (missing === undefined) continue;
		throw new FailureError({
			message: `'${field.spec.label}' must name a binary property of the item, but is ${formatValue(missing)} [item ${item}]`,
			description:
				'Nothing was sent for this item. Take the name from the Binary tab of the input, and make sure that the nodes before this one pass the file on.',
			input: true,
		});
	}
}

/**
 * Returns whether an item has a file. n8n decides, because a setting of the workflow says where an item keeps its files. For a
 * name like "constructor" it returns the property that every object has.
 */
function hasFile({ helpers }: IExecuteFunctions, name: string, item: number): boolean {
	try {
		const file: unknown = helpers.assertBinaryData(item, name);
		return isObject(file) && 'mimeType' in file;
	} catch {
		return false;
	}
}

function clearFields(input: Input, names: unknown, fields: readonly PlacedField[], item: number): void {
	for (const name of Array.isArray(names) ? names : []) {
		const cleared = fields.find(({ key, field }) => key === name && field.spec.clearable);
		if (!cleared) throw refusal({ label: 'Fields to Clear', expects: 'a name from the list' }, name, item);
		if (input[cleared.key] !== undefined) {
			throw new FailureError({
				message: `'${cleared.field.spec.label}' has a value and is also under 'Fields to Clear' [item ${item}]`,
				description: 'Nothing was sent for this item. Remove it from one of the two.',
				input: true,
			});
		}
		input[cleared.key] = cleared.field.spec.emptied ?? null;
	}
}

function applyRules({ rules }: Operation, input: Input, item: number, zone: string): void {
	for (const rule of rules ?? []) {
		const problem = rule(input as never, zone);
		if (problem)
			throw new FailureError({
				message: `${problem} [item ${item}]`,
				description: 'Nothing was sent for this item.',
				input: true,
			});
	}
}
