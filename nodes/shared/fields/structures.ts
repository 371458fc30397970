import type { INodeProperties, INodePropertyOptions } from 'n8n-workflow';
import { isObject, toText } from '../base/json';
import { z } from '../base/zod';
import { DerivedField } from './derived';
import { addProblem, problemWith, problemIn } from './problem';
import {
	Field,
	EMPTY_SWITCH,
	isBlank,
	isEmptySwitch,
	isLeftEmpty,
	type FieldContext,
	type Present,
	type Wire,
} from './field';
import { listInJson, wholeChoices } from './listText';
import { text } from './text';

/**
 * How members are sent as a list of pairs: `{ name: 'Attribute', of: 'Lead' }` gives `[{ Attribute: 'Phone', Value:
 * '...' }]`.
 */
export interface Pairs {
	/** Member of a pair that holds the name; the value is always under `Value`. */
	name: string;
	/** Schema of the vendor's contract that knows the names. */
	of: string;
}

/** The members of an object as a list of pairs, each under its name. */
export function pairsOf(
	members: Readonly<Record<string, unknown>>,
	{ name }: Pick<Pairs, 'name'>,
): Array<Record<string, unknown>> {
	return Object.entries(members).map(([key, value]) => ({ [name]: key, Value: value }));
}

/** Descriptor part: the members stand inside an API object; the form shows them beside the other fields. */
export class Nested<Inside extends Members = Members> {
	constructor(
		readonly members: Inside,
		readonly sentAs?: Pairs,
	) {}

	/** Sends the properties as a list of pairs (`[{ Attribute, Value }]`) in place of an object. */
	pairs(sentAs: Pairs): Nested<Inside> {
		return new Nested(this.members, sentAs);
	}
}

export interface Variant {
	/** Name in the drop-down. */
	name: string;
	description?: string;
	/** Shown while this variant is chosen; all of them stand open. */
	fields: Members;
}

/** Descriptor part: a choice in the form that decides which fields there are, so that a wrong mix cannot be written. */
export class OneOf<Variants extends Record<string, Variant> = Record<string, Variant>> {
	constructor(
		readonly label: string,
		readonly variants: Variants,
		readonly description?: string,
	) {}
}

/**
 * What may stand inside a nested object or a variant: a choice may not, because a form shows the choices of an
 * operation alone.
 */
export type Members = { readonly [key: string]: Field | Nested };
export type FieldEntry = Field | Nested | OneOf;
export type Fields = { readonly [key: string]: FieldEntry };

/**
 * Members of an API object: `template: nested({ name: ..., language: ... })` is sent as `{ template: { name, language } }`,
 * and `'templates[]': nested(...)` as a list of one such object.
 */
export function nested<const Inside extends Members>(members: Inside): Nested<Inside> {
	return new Nested(members);
}

/**
 * A choice between variants of a request, so that a user can't build a wrong mix: *When* = Now or Scheduled. A new form
 * shows the first variant.
 */
export function oneOf<const Variants extends Record<string, Variant>>(
	label: string,
	variants: Variants,
	description?: string,
): OneOf<Variants> {
	return new OneOf(label, variants, description);
}

export class ListField<Value = unknown> extends DerivedField<{ member: string }, Value> {
	/** Sends every value inside an object of its own: `of('mentioned_id')` gives `[{ mentioned_id: value }]`. */
	of(member: string): this {
		return this.tell({ member });
	}
}

/** Several values of one kind, as a list or as text with commas. */
export function list<Value>(label: string, element: Field<Value>): ListField<Value[]> {
	const known = ((element.spec.ui.options ?? []) as INodePropertyOptions[]).flatMap(({ name, value }) => [
		String(value),
		name,
	]);
	const split = (value: unknown) => {
		// An object as text would be "[object Object]": the check of a list refuses it as it is.
		if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value;
		const parts = membersIn(value, known).filter((part) => !isBlank(part));
		return parts.length > 0 ? parts : undefined;
	};
	const { wire, expects, schema } = element.spec;
	return new ListField<Value[]>(({ member }) => ({
		label,
		wire: { type: 'array', items: member === undefined ? wire : { type: 'object', properties: { [member]: wire } } },
		expects: `a list or comma-separated text, where each value is ${expects}`,
		ui: { type: 'string', default: '' },
		schema: (context) => {
			const values = z
				.unknown()
				.transform(split)
				.pipe(z.array(schema(context)).optional());
			return member === undefined
				? values
				: values.transform((all) => all?.map((value: unknown) => ({ [member]: value })));
		},
	}));
}

/** The members of a list, of a list as JSON text, or of comma-separated text. */
function membersIn(value: unknown, known: readonly string[]): unknown[] {
	const trimmed = (part: unknown) => (typeof part === 'string' ? part.trim() : part);
	if (Array.isArray(value)) return value.map(trimmed);
	// A number goes to the check of its kind as it is: as text, an infinity would pass.
	if (typeof value === 'number') return [value];
	const text = toText(value ?? '');
	const parts = text.split(',').map((part) => part.trim());
	return listInJson(text)?.map(trimmed) ?? wholeChoices(parts, known);
}

/**
 * Several texts that the API wants as one, with commas. Text goes as it was written, a list is joined.
 *
 * @param join makes one text of several, where commas alone would not keep them apart
 */
export function commaSeparated(
	label: string,
	join: (texts: string[]) => string = (texts) => texts.join(','),
): Field<string> {
	const { spec } = text(label);
	return new Field<string>({
		...spec,
		expects: 'a list of texts or comma-separated text',
		schema: (context) => {
			const one = spec.schema(context);
			const several = z.array(one).transform((texts: string[]) => (texts.length > 0 ? join(texts) : undefined));
			return z
				.unknown()
				.transform((value) => (Array.isArray(value) ? value.filter((part) => !isBlank(part)) : value))
				.pipe(z.union([several, one]));
		},
	});
}

/** A value that the API wants as a list of one, because its request is for several records and an item is about one. */
export function alone<Value>(field: Field<Value> & Present): Field<Value[]> & Present;
export function alone<Value>(field: Field<Value>): Field<Value[]>;
export function alone<Value>({ spec }: Field<Value>): Field<Value[]> {
	const { wire, schema } = spec;
	return new Field({
		...spec,
		wire: { type: 'array', items: wire },
		schema: (context) => schema(context).transform((value: Value) => [value]),
	});
}

/** Name of the one group of values inside a fixed collection. */
const ROW = 'values';

/** Rows that the user adds one by one, each with the same fields; sent as a list of objects. */
export function rows(
	label: string,
	members: Record<string, Field>,
	addLabel: string,
): Field<Array<Record<string, unknown>>> {
	const properties: Record<string, Wire> = Object.fromEntries(
		Object.entries(members).map(([key, { spec }]) => [key, spec.wire]),
	);
	const secret = Object.keys(members).filter((key) => members[key].spec.secret);
	return new Field<Array<Record<string, unknown>>>({
		label,
		wire: { type: 'array', items: { type: 'object', properties } },
		expects: 'a list of rows',
		...(secret.length > 0
			? { secret: true, secretsIn: (value) => secretsOf(value as Array<Record<string, unknown>>, secret) }
			: {}),
		ui: {
			type: 'fixedCollection',
			default: {},
			placeholder: addLabel,
			typeOptions: { multipleValues: true, sortable: true },
			options: [
				{
					name: ROW,
					displayName: label,
					values: Object.entries(members)
						.map(([key, { spec }]) => member(key, spec))
						.sort((a, b) => a.displayName.localeCompare(b.displayName)),
				},
			],
		},
		schema: (context) =>
			z
				.unknown()
				.transform(rowsOf)
				.pipe(z.array(rowSchema(members, context))),
	});

	function member(key: string, spec: Field['spec']): INodeProperties {
		return {
			displayName: spec.label,
			name: key,
			...spec.ui,
			...(spec.required ? { required: true } : {}),
		} as INodeProperties;
	}
}

const secretsOf = (given: ReadonlyArray<Record<string, unknown>>, keys: readonly string[]) =>
	given.flatMap((row) => keys.filter((key) => row[key] !== undefined).map((key) => toText(row[key])));

function rowsOf(value: unknown): unknown {
	// A list has a method of this name.
	const group =
		typeof value === 'object' && value !== null && Object.hasOwn(value, ROW)
			? (value as Record<string, unknown>)[ROW]
			: value;
	return (Array.isArray(group) ? group : [group]).map(withNulls);
}

/**
 * A row in which an expression that returned nothing left null, so that it differs from a field that the row does not
 * have.
 */
function withNulls(row: unknown): unknown {
	return isObject(row) ? Object.fromEntries(Object.entries(row).map(([key, value]) => [key, value ?? null])) : row;
}

function rowSchema(members: Record<string, Field>, context: FieldContext) {
	const shape = Object.entries(members).map(([key, field]) => [key, inItsWords(field, context)]);
	return z.object(Object.fromEntries(shape)).strict();
}

/** The check of a member in the words of its own field, because a row is refused for one of its members. */
function inItsWords(field: Field, context: FieldContext) {
	const { label, secret, suggestion } = field.spec;
	const check = optionalUnlessRequired(field, context);
	return z.unknown().transform((value, notes) => {
		if (isEmptySwitch(field, value)) {
			addProblem(notes, { problem: EMPTY_SWITCH, label });
			return z.NEVER;
		}
		const result = check.safeParse(value);
		if (result.success) return result.data as unknown;
		addProblem(notes, {
			problem: problemWith(field.spec, value),
			label,
			suggestion: secret ? undefined : suggestion?.(value, context.zone),
			...problemIn(result.error.issues[0]),
		});
		return z.NEVER;
	});
}

/** The field's check with blanks taken out: a blank optional is undefined, a blank required one is refused. */
export function optionalUnlessRequired(field: Field, context: FieldContext) {
	return z
		.unknown()
		.transform((value) => (isLeftEmpty(field, value) ? undefined : value))
		.pipe(presentCheck(field, context));
}

/** The same for a value that is known to be given, or is undefined. */
export function presentCheck({ spec }: Field, context: FieldContext) {
	const given = spec.schema(context);
	// A list of nothing but commas is no value either.
	return spec.required ? given.refine((value: unknown) => value !== undefined) : spec.hidden ? given : given.optional();
}
