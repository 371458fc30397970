import type { ILoadOptionsFunctions, ResourceMapperField, ResourceMapperFields } from 'n8n-workflow';
import { entryOf } from '../base/json';
import { YEARS, readDay } from '../base/moments';
import { show } from '../base/show';
import { z } from '../base/zod';
import { Field, isBlank, type FieldContext, type Wire } from './field';

/** The account's own fields, as the resource mapper of n8n's editor asks for them. */
export type MapperMethod = (this: ILoadOptionsFunctions) => Promise<ResourceMapperFields>;

interface Mapped {
	value: Record<string, unknown> | null;
	schema?: readonly ResourceMapperField[];
}

/** Notes what is wrong with a mapped field; the complaint follows its name in the message. */
type Refuse = (field: string, complaint: string) => void;

interface MapperSpec {
	wire: Wire;
	words: { singular: string; plural: string };
	read: (given: Mapped, context: FieldContext, refuse: Refuse) => unknown;
	/** Name of the locator that decides which fields there are. */
	dependsOn?: string;
}

/**
 * Custom fields by n8n's resource mapper: the editor loads the account's fields with their types and choices, and the
 * user fills in those that count. Sent as an object by field name; blank ones are left out.
 *
 * @param method name of the node's method that lists the fields
 */
export function mapper(label: string, method: string): Field<Record<string, unknown>, false> {
	return mapperField(label, method, { wire: { type: 'object' }, words: { singular: 'field', plural: 'fields' }, read: mappedValues });
}

/**
 * Numbered values by n8n's resource mapper, whose fields have the ids 1, 2, 3 and so on. Sent as a list of texts in
 * their order; a gap is refused, because the values after it would move up.
 *
 * @param method name of the node's method that lists the fields
 * @param dependsOn name of the locator that decides which fields there are
 */
export function numberedMapper(label: string, method: string, dependsOn: string): Field<string[], false> {
	return mapperField(label, method, {
		wire: { type: 'array', items: { type: 'string' } },
		words: { singular: 'variable', plural: 'variables' },
		read: numberedValues,
		dependsOn,
	});
}

function mapperField<Value>(label: string, method: string, { wire, words, read, dependsOn }: MapperSpec): Field<Value, false> {
	return new Field<Value, false>({
		label,
		wire,
		takes: 'values that fit their types',
		open: true,
		ui: {
			type: 'resourceMapper',
			default: { mappingMode: 'defineBelow', value: null },
			noDataExpression: true,
			typeOptions: {
				...(dependsOn ? { loadOptionsDependsOn: [`${dependsOn}.value`] } : {}),
				resourceMapper: {
					resourceMapperMethod: method,
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
					const refuse: Refuse = (field, complaint) => check.addIssue({ code: z.ZodIssueCode.custom, path: [field], params: { complaint } });
					return read(value as Mapped, context, refuse);
				}),
	});
}

function isMapped(value: unknown): value is Mapped {
	return typeof value === 'object' && value !== null && 'mappingMode' in value;
}

function mappedValues({ value, schema = [] }: Mapped, context: FieldContext, refuse: Refuse): Record<string, unknown> | undefined {
	const types = new Map(schema.map((field) => [field.id, field]));
	for (const { id, displayName, required } of schema) {
		if (required && isBlank(value?.[id])) refuse(displayName, 'is required and came empty');
	}
	const filled = Object.entries(value ?? {}).filter(([, member]) => !isBlank(member));
	const converted = filled.map(([id, member]) => {
		const field = types.get(id);
		const sent = convert(field?.type, member, context);
		if (sent === undefined) refuse(field?.displayName ?? id, `takes ${entryOf(taken, field?.type) ?? 'text'}, and got ${show(member)}`);
		return [id, sent] as const;
	});
	return converted.length > 0 ? Object.fromEntries(converted) : undefined;
}

function numberedValues(given: Mapped, context: FieldContext, refuse: Refuse): unknown[] | undefined {
	const values = mappedValues(given, context, refuse);
	const wrong = Object.keys(values ?? {}).find((id) => !/^[1-9]\d?$/.test(id));
	if (wrong) refuse(wrong, 'is no number of a variable');
	if (!values || wrong) return undefined;
	const count = Math.max(...Object.keys(values).map(Number));
	return Array.from({ length: count }, (_, index) => {
		const id = String(index + 1);
		if (!(id in values)) refuse(given.schema?.find((field) => field.id === id)?.displayName ?? id, 'came empty, although a later one is given');
		return values[id];
	});
}

/** What the types of mapped fields take, in the words of an error. */
const taken: Readonly<Record<string, string>> = {
	number: 'a number',
	boolean: 'true or false',
	dateTime: `a date such as 2026-07-01, from ${YEARS.first} to ${YEARS.last}`,
	array: 'a list, or text with commas',
};

/** A value in the type of its field, or undefined when it does not fit. */
function convert(type: ResourceMapperField['type'], value: unknown, { zone }: FieldContext): unknown {
	switch (type) {
		case 'number':
			return Number.isFinite(Number(value)) ? Number(value) : undefined;
		case 'boolean':
			return entryOf({ true: true, false: false }, String(value).toLowerCase());
		case 'dateTime':
			return readDay(value, zone);
		case 'array':
			return listFrom(value);
		default:
			return typeof value === 'object' || (typeof value === 'number' && !Number.isFinite(value)) ? undefined : String(value);
	}
}

/** A list, a list as JSON text (which is what n8n's editor wants), or text with commas (which is what people write). */
function listFrom(value: unknown): unknown[] | undefined {
	if (Array.isArray(value)) return value;
	if (typeof value === 'object') return undefined;
	const text = String(value).trim();
	const inside = text.startsWith('[') && text.endsWith(']') ? text.slice(1, -1) : text;
	return inside.split(',').map((part) => part.trim().replace(/^"(.*)"$/, '$1'));
}
