import type { INodePropertyOptions } from 'n8n-workflow';
import { toText } from '../base/json';
import { z } from '../base/zod';
import { DerivedField } from './derived';
import { Field, isBlank, isLeftEmpty, type FieldContext, type Present } from './field';
import { listInJson, wholeChoices } from './listText';
import { text } from './text';

/**
 * How properties are sent as a list of pairs: `{ name: 'Attribute', of: 'Lead' }` sends
 * `[{ Attribute: 'Phone', Value: '...' }]`.
 */
export interface Pairs {
	/** Property of a pair that holds the name. The value is always under `Value`. */
	name: string;
	/** Schema of the vendor's contract that lists the names. */
	of: string;
}

/** Returns the properties of an object as a list of pairs. */
export function pairsOf(
	members: Readonly<Record<string, unknown>>,
	{ name }: Pick<Pairs, 'name'>,
): Array<Record<string, unknown>> {
	return Object.entries(members).map(([key, value]) => ({ [name]: key, Value: value }));
}

/** Fields inside an object of the request. The form shows them beside the other fields. */
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

/** One option of a one-of choice. */
export interface Variant {
	/** Name in the drop-down. */
	name: string;
	description?: string;
	/** Fields that the form shows while this variant is selected, outside the collection. */
	fields: Members;
}

/** A choice in the form that decides which fields are shown, so that the user cannot build a wrong mix. */
export class OneOf<Variants extends Record<string, Variant> = Record<string, Variant>> {
	constructor(
		readonly label: string,
		readonly variants: Variants,
		readonly description?: string,
	) {}
}

/**
 * Fields that a nested object or a variant may contain. It cannot contain a choice, because the form shows choices
 * only at the top level.
 */
export type Members = { readonly [key: string]: Field | Nested };
/** A field, fields inside an object, or a choice. */
export type FieldEntry = Field | Nested | OneOf;
/** The fields of an operation, by their keys. */
export type Fields = { readonly [key: string]: FieldEntry };

/**
 * Puts fields inside an object of the request. `template: nested({ name, language })` sends `{ template: { name,
 * language } }`, and `'templates[]': nested(...)` sends a list of one such object.
 *
 * @example nested({ name: text('Template Name').required(), language: text('Language') })
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
	/** Sends every value inside an object of its own: `of('mentioned_id')` sends `[{ mentioned_id: value }]`. */
	of(member: string): this {
		return this.set({ member });
	}
}

/**
 * Creates a field for several values of one kind, given as a list or as comma-separated text.
 *
 * @example list('Reminders', integer('Minutes').min(1))
 */
export function list<Value>(label: string, element: Field<Value>): ListField<Value[]> {
	const known = ((element.spec.ui.options ?? []) as INodePropertyOptions[]).flatMap(({ name, value }) => [
		String(value),
		name,
	]);
	const split = (value: unknown) => {
		// As text, an object would be "[object Object]". The check of a list refuses the object itself.
		if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value;
		const parts = elementsOf(value, known).filter((part) => !isBlank(part));
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

/** Returns the elements of a list, of a list in JSON text, or of comma-separated text. */
function elementsOf(value: unknown, known: readonly string[]): unknown[] {
	const trimmed = (part: unknown) => (typeof part === 'string' ? part.trim() : part);
	if (Array.isArray(value)) return value.map(trimmed);
	// The check of the kind gets a number unchanged, because an infinity would pass as text.
	if (typeof value === 'number') return [value];
	const text = toText(value ?? '');
	const parts = text.split(',').map((part) => part.trim());
	return listInJson(text)?.map(trimmed) ?? wholeChoices(parts, known);
}

/**
 * Creates a field for several texts that the API wants as one comma-separated text. Text is sent unchanged, a list is
 * joined.
 *
 * @param join joins the texts, if commas alone would not keep them apart
 * @example commaSeparated('Columns')
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

/**
 * Changes a field so that its value is sent as a list of one, because the request is for several records.
 *
 * @example alone(pick('Assignee', users)).required()
 */
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

/** Returns the check of a field in which a blank optional value is undefined and a blank required value is refused. */
export function optionalUnlessRequired(field: Field, context: FieldContext) {
	return z
		.unknown()
		.transform((value) => (isLeftEmpty(field, value) ? undefined : value))
		.pipe(presentCheck(field, context));
}

/** Returns the same check for a value that is not blank, or is undefined. */
export function presentCheck({ spec }: Field, context: FieldContext) {
	const given = spec.schema(context);
	// A list of only commas counts as blank too.
	return spec.required ? given.refine((value: unknown) => value !== undefined) : spec.hidden ? given : given.optional();
}
