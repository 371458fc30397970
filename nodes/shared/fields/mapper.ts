import type { ILoadOptionsFunctions, ResourceMapperField, ResourceMapperFields } from 'n8n-workflow';
import { readDay } from '../moments';
import { z } from '../zod';
import { Field, isBlank, type FieldContext } from './field';

/** The account's own fields, as the resource mapper of n8n's editor asks for them. */
export type MapperMethod = (this: ILoadOptionsFunctions) => Promise<ResourceMapperFields>;

interface Mapped {
	value: Record<string, unknown> | null;
	schema: ResourceMapperField[];
}

/**
 * Custom fields by n8n's resource mapper: the editor loads the account's fields with their types and choices, and the
 * user fills in those that count. Sent as an object by field name; blank ones are left out.
 *
 * @param method name of the node's method that lists the fields
 */
export function mapper(label: string, method: string): Field<Record<string, unknown>, false> {
	return new Field<Record<string, unknown>, false>({
		label,
		wire: { type: 'object' },
		takes: 'values that fit the types of the custom fields',
		open: true,
		ui: {
			type: 'resourceMapper',
			default: { mappingMode: 'defineBelow', value: null },
			noDataExpression: true,
			typeOptions: { resourceMapper: { resourceMapperMethod: method, mode: 'add', valuesLabel: label, fieldWords: { singular: 'field', plural: 'fields' }, addAllFields: false, multiKeyMatch: false, supportAutoMap: false } },
		},
		schema: (context) => z.unknown().transform((value, check) => mappedValues(value, context, (field) => check.addIssue({ code: z.ZodIssueCode.custom, path: [field], message: field }))),
	});
}

function mappedValues(given: unknown, context: FieldContext, refuse: (field: string) => void): Record<string, unknown> | undefined {
	const { value, schema = [] } = given as Mapped;
	const types = new Map(schema.map((field) => [field.id, field]));
	const filled = Object.entries(value ?? {}).filter(([, member]) => !isBlank(member));
	const converted = filled.map(([id, member]) => {
		const field = types.get(id);
		const sent = convert(field?.type, member, context);
		if (sent === undefined) refuse(field?.displayName ?? id);
		return [id, sent] as const;
	});
	return converted.length > 0 ? Object.fromEntries(converted) : undefined;
}

/** A value in the type of its field, or undefined when it does not fit. */
function convert(type: ResourceMapperField['type'], value: unknown, { zone }: FieldContext): unknown {
	switch (type) {
		case 'number':
			return Number.isFinite(Number(value)) ? Number(value) : undefined;
		case 'boolean':
			return ({ true: true, false: false } as Record<string, boolean>)[String(value).toLowerCase()];
		case 'dateTime':
			return readDay(value, zone);
		case 'array':
			return listFrom(value);
		default:
			return typeof value === 'object' ? undefined : String(value);
	}
}

/** A list, a list as JSON text (which is what n8n's editor wants), or text with commas (which is what people write). */
function listFrom(value: unknown): unknown[] {
	if (Array.isArray(value)) return value;
	const text = String(value).trim();
	const inside = text.startsWith('[') && text.endsWith(']') ? text.slice(1, -1) : text;
	return inside.split(',').map((part) => part.trim().replace(/^"(.*)"$/, '$1'));
}
