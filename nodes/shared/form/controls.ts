import type { IExecuteFunctions } from 'n8n-workflow';
import { isObject } from '../base/json';
import { checkFor, membersOf, refuseBlanks, type Input } from '../fields/check';
import { integer, toggle, type Field, type FieldContext, type Fields } from '../fields';
import type { Operation } from './operation';
import { ownOptions, requestOptionFields } from './options';
import type { Vendor } from './vendor';

/** Fields that limit the number of records in the output and their properties. */
export const controlFields = {
	returnAll: toggle('Return All').describe('Whether to return all results or only up to a given limit').required(),
	limit: integer('Limit').min(1).default(50).describe('Max number of results to return').required(),
	simplify: toggle('Simplify')
		.default(true)
		.describe('Whether to return a simplified version of the response instead of the raw data')
		.required(),
};

interface Controls {
	/** Largest number of records to return. */
	limit: number;
	simplify: boolean;
}

/** Returns a function that reads Return All, Limit and Simplify of an item, if the operation has them. */
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
		// A boolean from the form needs no check. Most items have one, so skipping the check saves time.
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

/** Returns the options of a vendor's node by name, with those of the operation if it is known. */
export function optionFields({ options }: Vendor, operation?: Operation): Fields {
	return { ...options, ...requestOptionFields, ...(operation ? ownOptions(operation) : {}) };
}

/**
 * Returns a function that reads the options of an item, because an expression may return other options for each item.
 * Items with the same values share one object.
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

/** Returns a cache key for options with plain values, or undefined if JSON cannot tell two values apart. */
function keyOf(given: unknown): string | undefined {
	const isPlain = (value: unknown) => typeof value === 'string' || typeof value === 'boolean' || Number.isFinite(value);
	return isObject(given) && Object.values(given).every(isPlain) ? JSON.stringify(given) : undefined;
}

/**
 * Returns the check of the collection 'Options'. It throws a FailureError for a value that an option does not accept,
 * and for a blank value.
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
