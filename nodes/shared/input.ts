import type { IDataObject, IExecuteFunctions } from 'n8n-workflow';
import { FailureError } from './failure';
import { bare, isBlank, optionalUnlessRequired, show, type FieldContext, type FieldSpec } from './fields';
import { choicesOf, collectionOf, placedFields, type Operation, type PlacedField } from './operation';
import { z, type ZodIssue } from './zod';

/** Name of the multi-select that empties stored values. */
export const FIELDS_TO_CLEAR = 'fieldsToClear';

/** Values of an item by field key; fields that were left blank are not there, fields to be emptied are null. */
export type Input = Record<string, unknown>;

/** Reads and checks the input of one item. */
export type InputReader = (item: number) => { input: Input; fields: PlacedField[] };

/**
 * Prepares the reading of an operation's input: the checks are built once for all items.
 *
 * @param value stored name of the operation
 * @returns a reader that throws a FailureError naming field, item, what came and what is allowed
 */
export function inputReader(context: IExecuteFunctions, value: string, operation: Operation, fieldContext: FieldContext): InputReader {
	const all = placedFields(operation.fields);
	const choices = choicesOf(operation.fields);
	const collection = collectionOf(value, operation);
	const hasCollection = all.some(({ open }) => !open);
	const withFiles = all.filter(({ field }) => field.spec.binary);
	const check = checkFor(all, fieldContext);

	return (item) => {
		const chosen: IDataObject = {};
		for (const [parameter] of choices) chosen[parameter] = context.getNodeParameter(parameter, item) as string;
		refuseUnknownChoice(choices, chosen, item);
		const fields = choices.length === 0 ? all : all.filter(({ variant }) => !variant || chosen[variant.parameter] === variant.value);
		const optional = hasCollection ? (context.getNodeParameter(collection, item, {}) as IDataObject) : {};
		const raw = fields.map((field) => [field, rawValue(context, field, optional, item)] as const);
		const input = { ...chosen, ...check(raw, item) };
		if (operation.many) refuseBlanks(optional, input, fields, item);
		if (collection === 'updateFields') clearFields(input, optional[FIELDS_TO_CLEAR], fields, item);
		refuseMissingFiles(context, input, withFiles, item);
		applyRules(operation, input, item);
		return { input, fields };
	};
}

function rawValue(context: IExecuteFunctions, { key, field, open }: PlacedField, optional: IDataObject, item: number): unknown {
	if (field.spec.hidden) return undefined;
	return open ? context.getNodeParameter(key, item, null) : optional[key];
}

/** Checks raw values field by field, so that the message can speak of the field by its label. */
function checkFor(all: readonly PlacedField[], fieldContext: FieldContext) {
	const schemas = new Map(all.map(({ field }) => [field, optionalUnlessRequired(field, fieldContext)]));
	return (raw: ReadonlyArray<readonly [PlacedField, unknown]>, item: number): Input => {
		const input: Input = {};
		for (const [{ key, field }, value] of raw) {
			const result = (schemas.get(field) ?? z.unknown()).safeParse(value);
			if (!result.success) throw refusal(field.spec, value, item, result.error.issues[0]);
			if (result.data !== undefined) input[key] = result.data;
		}
		return input;
	};
}

/** @param issue what the check found, where the fault lies inside the value: in a row, or in a mapped field */
function refusal({ label, takes, secret }: Pick<FieldSpec, 'label' | 'takes' | 'secret'>, value: unknown, item: number, issue?: ZodIssue): FailureError {
	const path = issue?.path ?? [];
	const given = bare(value);
	const ofMember = issue?.code === 'custom' ? (issue.params?.complaint as string | undefined) : undefined;
	const place = ofMember || (typeof path[0] === 'number' && !isBlank(given)) ? placeOf(path) : '';
	const complaint = ofMember ?? (isBlank(given) ? 'is required and came empty' : `takes ${takes}, and got ${secret ? 'a value that is not shown here' : show(given)}`);
	const headline = `'${label}'${place} ${complaint} [item ${item}]`;
	return new FailureError({ headline, advice: 'Nothing was sent for this item. Change the value, or the expression that gives it.', input: true });
}

/** Row and member of a value that has some: ` (row 2, 'title')`. */
function placeOf(path: ReadonlyArray<string | number>): string {
	return ` (${path.map((part) => (typeof part === 'number' ? `row ${part + 1}` : `'${part}'`)).join(', ')})`;
}

/** A filter that the user added and that came empty would let through everything. */
function refuseBlanks(filters: IDataObject, input: Input, fields: readonly PlacedField[], item: number): void {
	const blank = fields.find(({ key, open }) => !open && key in filters && input[key] === undefined);
	if (!blank) return;
	throw new FailureError({ headline: `'${blank.field.spec.label}' was added and came empty [item ${item}]`, advice: 'Nothing was sent for this item, because a list without its filters may hold everything. Remove the field, or correct the expression that gives it.', input: true });
}

/** An expression may give a choice that the form would not offer. */
function refuseUnknownChoice(choices: ReturnType<typeof choicesOf>, chosen: IDataObject, item: number): void {
	for (const [parameter, { label, variants }] of choices) {
		if (!Object.keys(variants).includes(String(chosen[parameter]))) throw refusal({ label, takes: `one of ${Object.keys(variants).join(', ')}` }, chosen[parameter], item);
	}
}

/** A name without a file is refused here, before anything is sent for the other items. */
function refuseMissingFiles(context: IExecuteFunctions, input: Input, fields: readonly PlacedField[], item: number): void {
	for (const { key, field } of fields) {
		const missing = ((input[key] as string[] | undefined) ?? []).find((name) => !hasFile(context, name, item));
		if (missing === undefined) continue;
		throw new FailureError({ headline: `'${field.spec.label}' names ${show(missing)}, and the item has no such binary property [item ${item}]`, advice: 'Nothing was sent for this item. Take the name from the Binary tab of the input, and make sure that the nodes before this one hand the file on.', input: true });
	}
}

/** Asks n8n, because a setting of the workflow decides where files are in an item. */
function hasFile({ helpers }: IExecuteFunctions, name: string, item: number): boolean {
	try {
		return Boolean(helpers.assertBinaryData(item, name));
	} catch {
		return false;
	}
}

function clearFields(input: Input, names: unknown, fields: readonly PlacedField[], item: number): void {
	for (const name of Array.isArray(names) ? names : []) {
		const cleared = fields.find(({ key, field }) => key === name && field.spec.clearable);
		if (!cleared) throw refusal({ label: 'Fields to Clear', takes: 'names of the list' }, name, item);
		if (input[cleared.key] !== undefined) {
			throw new FailureError({ headline: `'${cleared.field.spec.label}' is given and also stands under 'Fields to Clear' [item ${item}]`, advice: 'Nothing was sent for this item. Take it out of one of the two.', input: true });
		}
		input[cleared.key] = null;
	}
}

function applyRules({ rules }: Operation, input: Input, item: number): void {
	for (const rule of rules ?? []) {
		const complaint = rule(input as never);
		if (complaint) throw new FailureError({ headline: `${complaint} [item ${item}]`, advice: 'Nothing was sent for this item.', input: true });
	}
}
