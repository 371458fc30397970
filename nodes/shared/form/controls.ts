import type { IExecuteFunctions } from 'n8n-workflow';
import { isObject } from '../base/json';
import { checkFor, membersOf, refuseBlanks, type Input } from '../fields/check';
import { integer, toggle, type Field, type FieldContext, type Fields } from '../fields';
import type { Operation } from './operation';
import { ownOptions, requestOptionFields } from './options';
import type { Vendor } from './vendor';

/** What decides how much of a list, and how much of a record, comes out. */
export const controlFields = {
	returnAll: toggle('Return All').describe('Whether to return all results or only up to a given limit').required(),
	limit: integer('Limit').min(1).default(50).describe('Max number of results to return').required(),
	simplify: toggle('Simplify')
		.default(true)
		.describe('Whether to return a simplified version of the response instead of the raw data')
		.required(),
};

interface Controls {
	/** Most records wanted of a list. */
	limit: number;
	simplify: boolean;
}

/** Prepares the reading of Return All, Limit and Simplify, as far as the operation of an item has them. */
export function controlReader(
	context: IExecuteFunctions,
	fieldContext: FieldContext,
): (operation: Operation, item: number) => Controls {
	const check = checkFor(
		Object.entries(controlFields).map(([key, field]) => ({ key, field })),
		fieldContext,
	);
	const read = <Value>(key: keyof typeof controlFields, item: number) => {
		const given = context.getNodeParameter(key, item, controlFields[key].spec.ui.default);
		// What a form gives needs no check, and most items come from one.
		return (
			typeof given === 'boolean' && key !== 'limit'
				? given
				: check([[{ key, field: controlFields[key] as Field }, given]], item)[key]
		) as Value;
	};
	return ({ many, simple }, item) => {
		return {
			limit: !many || read<boolean>('returnAll', item) ? Infinity : read<number>('limit', item),
			simplify: simple !== undefined && read<boolean>('simplify', item),
		};
	};
}

/** All options of a vendor's node, by their name; those of one operation only where it is known. */
export function optionFields({ options }: Vendor, operation?: Operation): Fields {
	return { ...options, ...requestOptionFields, ...(operation ? ownOptions(operation) : {}) };
}

/**
 * Prepares the reading of the options: an expression may give each item its own. Items with the same values get the same
 * object.
 */
export function optionReader(
	context: IExecuteFunctions,
	vendor: Vendor,
	operation: Operation,
	fieldContext: FieldContext,
): (item: number) => Input {
	const check = optionCheck(vendor, fieldContext, operation);
	const known = new Map<string, Input>();
	return (item) => {
		const given = context.getNodeParameter('options', item, {});
		const key = keyOf(given);
		const options = (key === undefined ? undefined : known.get(key)) ?? check(given, item);
		if (key !== undefined) known.set(key, options);
		return options;
	};
}

/** What tells plain options apart; nothing where a value is none that JSON could tell apart. */
function keyOf(given: unknown): string | undefined {
	const isPlain = (value: unknown) => typeof value === 'string' || typeof value === 'boolean' || Number.isFinite(value);
	return isObject(given) && Object.values(given).every(isPlain) ? JSON.stringify(given) : undefined;
}

/**
 * Prepares the check of the collection 'Options'.
 *
 * @returns a check that throws a FailureError for values that an option does not take, blank ones included
 */
export function optionCheck(
	vendor: Vendor,
	fieldContext: FieldContext,
	operation?: Operation,
): (given: unknown, item?: number) => Input {
	const fields = Object.entries(optionFields(vendor, operation)).map(([key, field]) => ({
		key,
		field: field as Field,
	}));
	const check = checkFor(fields, fieldContext);
	return (given, item) => {
		const options = membersOf('Options', given, item);
		const input = check(
			fields.map((field) => [field, options[field.key]]),
			item,
		);
		refuseBlanks(fields, options, input, item, 'an option without a value would use its default');
		return input;
	};
}
