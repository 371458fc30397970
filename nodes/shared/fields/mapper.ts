import { EMPTY } from '../../../credentials/reading';
import { entryOf, toText } from '../base/json';
import { inexactNumberIn } from '../base/exactJson';
import { isExact, lostDigits, parseNumber } from '../base/numbers';
import { YEARS, parseDate, formatDateTime } from '../base/dates';
import { z } from '../base/zod';
import type { EntityFields, MappedField } from './entityFields';
import { readBoolean } from './choices';
import { addProblem, mustBe } from './problem';
import { dateSuggestion } from './dateSuggestion';
import { withoutLocator, EMPTY_SWITCH, Field, isBlank, type FieldContext, type Wire, type SentFields } from './field';
import { listInJson, quotedParts, wholeChoices } from './listText';
import { numberSuggestion } from './numberSuggestion';
import { pairsOf, type Pairs } from './structures';

interface Mapped {
	value: Record<string, unknown> | null;
	schema?: readonly MappedField[];
}

/** Reports a problem of a mapped field. The message shows the problem after the field's name. */
type Refuse = (field: string, problem: string, suggestion?: string) => void;

interface MapperSpec {
	wire: Wire;
	words: { singular: string; plural: string };
	read: (given: Mapped, context: FieldContext, refuse: Refuse) => unknown;
}

class MapperField<Value = Record<string, unknown>> extends Field<Value> {
	/** Sends the values as a list of pairs (`[{ Attribute, Value }]`) in place of an object. */
	pairs(pairs: Pairs): this {
		const { schema } = this.spec;
		const properties = { [pairs.name]: { type: 'string' }, Value: {} } as const;
		return this.with({
			wire: { type: 'array', items: { type: 'object', properties } },
			schema: (context) =>
				schema(context).transform((values?: Record<string, unknown>) => values && pairsOf(values, pairs)),
		});
	}

	/**
	 * Sends the values beside the other properties of the request, not inside an object. A property with a value from a
	 * field of its own keeps that value.
	 */
	spread(): this {
		return this.with({
			wire: { type: 'object', properties: {} },
			write: (values): SentFields => Object.entries(values as object),
		});
	}
}

/**
 * Creates a field for custom fields, as n8n's resource mapper. The editor loads the account's fields with their types
 * and choices. The values are sent as an object by field name, without blank ones.
 *
 * @example mapper('Custom Fields', customFields)
 */
export function mapper(label: string, entity: EntityFields): MapperField {
	return mapperField(label, entity, {
		wire: { type: 'object' },
		words: { singular: 'field', plural: 'fields' },
		read: mappedValues,
	});
}

/**
 * Creates a field for numbered values, as n8n's resource mapper with the field IDs 1, 2, 3 and so on. The values are
 * sent as a list of texts in this order. A gap is refused, because the values after it would move up.
 *
 * @example numberedMapper('Variables', templateVariables)
 */
export function numberedMapper(label: string, entity: EntityFields): Field<string[]> {
	const wire: Wire = { type: 'array', items: { type: 'string' } };
	return mapperField(label, entity, {
		wire,
		words: { singular: 'variable', plural: 'variables' },
		read: numberedValues,
	});
}

function mapperField<Value>(
	label: string,
	{ name, dependsOn }: EntityFields,
	{ wire, words, read }: MapperSpec,
): MapperField<Value> {
	return new MapperField<Value>({
		label,
		wire,
		expects: 'a set of values, one per field',
		open: true,
		ui: {
			type: 'resourceMapper',
			default: { mappingMode: 'defineBelow', value: null },
			noDataExpression: true,
			typeOptions: {
				...(dependsOn ? { loadOptionsDependsOn: dependsOn.map((parent) => `${parent}.value`) } : {}),
				resourceMapper: {
					resourceMapperMethod: name,
					mode: 'add',
					valuesLabel: label,
					fieldWords: words,
					addAllFields: false,
					multiKeyMatch: false,
					supportAutoMap: false,
				},
			},
		},
		schema: (context) =>
			z
				.unknown()
				.refine(isMapped)
				.transform((value, check) => {
					const refuse: Refuse = (field, problem, suggestion) => addProblem(check, { problem, suggestion }, [field]);
					return read(value as Mapped, context, refuse);
				}),
	});
}

function isMapped(value: unknown): value is Mapped {
	return typeof value === 'object' && value !== null && 'mappingMode' in value;
}

function mappedValues(
	{ value, schema = [] }: Mapped,
	context: FieldContext,
	refuse: Refuse,
): Record<string, unknown> | undefined {
	const types = new Map(schema.map((field) => [field.id, field]));
	for (const field of schema) {
		if (isEmptied(field, value)) refuse(field.displayName, EMPTY_SWITCH);
		else if (field.required && isLeftBlank(field, value?.[field.id])) refuse(field.displayName, EMPTY);
	}
	const entries = Object.entries(value ?? {}).map(([id, given]) => [id, withoutLocator(given)] as const);
	const filled = entries.filter(([id, given]) => !isLeftBlank(types.get(id), given));
	const converted = filled.map(([id, given]) => {
		const field = types.get(id);
		const sent = convert(field, given, context);
		if (sent === undefined)
			refuse(
				field?.displayName ?? id,
				mustBe(entryOf(expected, field?.type) ?? 'text', given),
				suggestionFor(field, given, context.zone),
			);
		return [id, sent] as const;
	});
	return converted.length > 0 ? Object.fromEntries(converted) : undefined;
}

function suggestionFor(field: MappedField | undefined, value: unknown, zone: string): string | undefined {
	if (field?.type === 'dateTime') return dateSuggestion(value, zone);
	return field?.type === 'number' ? numberSuggestion(value) : typeof value === 'number' ? lostDigits(value) : undefined;
}

/**
 * Returns whether an expression left a switch empty. The editor stores null for a switch that the user did not
 * change.
 */
function isEmptied({ id, type, removed }: MappedField, values: Mapped['value']): boolean {
	return (
		type === 'boolean' && !removed && values !== null && id in values && values[id] !== null && isBlank(values[id])
	);
}

function numberedValues(given: Mapped, context: FieldContext, refuse: Refuse): unknown[] | undefined {
	const values = mappedValues(given, context, refuse);
	const wrong = Object.keys(values ?? {}).find((id) => !/^[1-9]\d?$/.test(id));
	if (wrong) refuse(wrong, 'must be the number of a variable');
	if (!values || wrong) return undefined;
	const count = Math.max(...Object.keys(values).map(Number));
	return Array.from({ length: count }, (_, index) => {
		const id = String(index + 1);
		if (!(id in values))
			refuse(
				given.schema?.find((field) => field.id === id)?.displayName ?? id,
				'is empty, but a later variable has a value',
			);
		return values[id];
	});
}

/** What a mapped field must be, by its type, to complete "'Label' must be ...". */
const expected: Readonly<Record<string, string>> = {
	number: 'a number',
	boolean: 'true or false',
	dateTime: `a date like 2026-07-01, from ${YEARS.first} to ${YEARS.last}`,
	array: 'a list or comma-separated text',
};

/** Returns whether a value is blank. A list of only commas is blank too, because it would clear the stored value. */
function isLeftBlank(field: MappedField | undefined, value: unknown): boolean {
	return isBlank(value) || (takesList(field) && listFrom(value)?.length === 0);
}

const takesList = (field: MappedField | undefined) => field?.joinedBy !== undefined || field?.type === 'array';

/** Converts a value to the type of its field. Returns undefined if the value does not fit. */
function convert(field: MappedField | undefined, value: unknown, context: FieldContext): unknown {
	if (field?.joinedBy !== undefined) return joined(listFrom(value, field.choices), field.joinedBy);
	switch (field?.type) {
		case 'number':
			return parseNumber(value);
		case 'boolean':
			return readBoolean(value);
		case 'dateTime':
			return field.holds === 'moment'
				? formatDateTime(value, context.zone, context.formats.dateTime)
				: parseDate(value, context.zone);
		case 'array':
			return listOfExact(listFrom(value, field.choices));
		default:
			return isText(value) ? toText(value) : undefined;
	}
}

/** Joins the texts of a list. Returns undefined if the list contains an object. */
function joined(list: unknown[] | undefined, by: string): string | undefined {
	return list?.every(isText) ? list.map(toText).join(by) : undefined;
}

/** Returns whether a value can be sent as text. A number that is not exact would become another number. */
const isText = (value: unknown): boolean =>
	!['object', 'function', 'symbol'].includes(typeof value) && (typeof value !== 'number' || isExact(value));

/** Returns the list, or undefined if JSON would change one of its numbers. */
const listOfExact = (list: unknown[] | undefined) => (inexactNumberIn(list) === undefined ? list : undefined);

/** Reads a list, a list in JSON text (n8n's editor writes it) or comma-separated text (people write it). */
function listFrom(value: unknown, choices: readonly string[] = []): unknown[] | undefined {
	if (Array.isArray(value)) return value.filter((part) => !isBlank(part));
	if (!isText(value)) return undefined;
	const text = toText(value).trim();
	const isBracketed = text.startsWith('[') && text.endsWith(']');
	const parts = listInJson(text) ?? wholeChoices(quotedParts(isBracketed ? text.slice(1, -1) : text), choices);
	return parts.filter((part) => !isBlank(part));
}
