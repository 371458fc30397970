import type { INodeProperties } from 'n8n-workflow';
import { isObject, toText } from '../base/json';
import { z } from '../base/zod';
import { EMPTY_SWITCH, Field, isEmptySwitch, withoutLocator, type FieldContext, type Wire } from './field';
import { addProblem, positionInside, problemIn, problemWith } from './problem';
import { optionalUnlessRequired } from './structures';

/** Name of the only group of values inside a fixed collection. */
const ROW = 'values';

/**
 * Creates a field for rows that the user adds one by one, each with the same fields. It is sent as a list of objects.
 *
 * @param addLabel text of the button that adds a row
 * @example rows('Products', { id: pick('Product', products).required(), quantity: integer('Quantity') }, 'Add Product')
 */
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
	// Every list has a method called `values`.
	const group =
		typeof value === 'object' && value !== null && Object.hasOwn(value, ROW)
			? (value as Record<string, unknown>)[ROW]
			: value;
	return (Array.isArray(group) ? group : [group]).map(withNulls);
}

/**
 * Returns a row with null in place of undefined. Undefined then means that the row lacks the field, null that it is
 * empty.
 */
function withNulls(row: unknown): unknown {
	return isObject(row) ? Object.fromEntries(Object.entries(row).map(([key, value]) => [key, value ?? null])) : row;
}

function rowSchema(members: Record<string, Field>, context: FieldContext) {
	const shape = Object.entries(members).map(([key, field]) => [key, fieldInRow(field, context)]);
	return z.object(Object.fromEntries(shape)).strict();
}

/** Returns the check of a field in a row. Its error names this field, and not the rows as a whole. */
function fieldInRow(field: Field, context: FieldContext) {
	const { label, secret, suggestion } = field.spec;
	const check = optionalUnlessRequired(field, context);
	return z.unknown().transform((value, notes) => {
		if (isEmptySwitch(field, value)) {
			addProblem(notes, { problem: EMPTY_SWITCH, label });
			return z.NEVER;
		}
		const result = check.safeParse(value);
		if (result.success) return result.data as unknown;
		const [issue] = result.error.issues;
		addProblem(notes, {
			problem: problemWith(field.spec, value),
			suggestion: secret ? undefined : suggestion?.(value, context.zone),
			...problemIn(issue),
			label,
			inside: positionInside(issue, withoutLocator(value, field.spec)),
		});
		return z.NEVER;
	});
}
