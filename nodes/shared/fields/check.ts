import type { IDataObject } from 'n8n-workflow';
import { FailureError } from '../base/failure';
import { isObject } from '../base/json';
import { show } from '../base/show';
import { z, type ZodIssue } from '../base/zod';
import { bare, isBlank, optionalUnlessRequired, type Field, type FieldContext, type FieldSpec } from './index';

/** Values by field key; fields that were left blank are not there, fields to be emptied are null. */
export type Input = Record<string, unknown>;

/** A field with the key of its value. */
interface Keyed {
	key: string;
	field: Field;
}

/** Checks raw values field by field. */
export type Check = (raw: ReadonlyArray<readonly [Keyed, unknown]>, item?: number) => Input;

/**
 * Prepares the checks of some fields: they are built once for all items.
 *
 * @returns a check that throws a FailureError naming field, item, what came and what is allowed
 */
export function checkFor(all: readonly Keyed[], fieldContext: FieldContext): Check {
	const schemas = new Map(all.map(({ field }) => [field, optionalUnlessRequired(field, fieldContext)]));
	return (raw, item) => {
		const input: Input = {};
		for (const [{ key, field }, value] of raw) {
			const result = (schemas.get(field) ?? z.unknown()).safeParse(value);
			if (!result.success) throw refusal(field.spec, value, item, result.error.issues[0]);
			if (result.data !== undefined) input[key] = result.data;
		}
		return input;
	};
}

/**
 * Checks the members of a collection that the user added one by one. What was added and came empty is refused: whoever
 * adds a filter or an option wants it to count.
 */
export function refuseBlanks(fields: readonly Keyed[], given: IDataObject, input: Input, item: number | undefined, why: string): void {
	const blank = fields.find(({ key }) => key in given && input[key] === undefined);
	if (!blank) return;
	throw new FailureError({
		headline: `'${blank.field.spec.label}' was added and came empty${at(item)}`,
		advice: `${nothingSent(item)}, because ${why}. Remove the field, or correct the expression that gives it.`,
		input: true,
	});
}

/** The members of a collection, which an expression may have replaced as a whole. */
export function membersOf(label: string, given: unknown, item?: number): IDataObject {
	if (given === undefined || given === null) return {};
	if (!isObject(given)) throw refusal({ label, takes: 'fields that are added one by one' }, given, item);
	return given;
}

/** @param issue what the check found, where the fault lies inside the value: in a row, or in a mapped field */
export function refusal(
	{ label, takes, secret }: Pick<FieldSpec, 'label' | 'takes' | 'secret'>,
	value: unknown,
	item: number | undefined,
	issue?: ZodIssue,
): FailureError {
	const given = bare(value);
	const ofMember = issue?.code === 'custom' ? (issue.params?.complaint as string | undefined) : undefined;
	const hasPlace = issue && (ofMember || (typeof issue.path[0] === 'number' && !isBlank(given)));
	const complaint =
		ofMember ?? (isBlank(given) ? 'is required and came empty' : `takes ${takes}, and got ${secret ? 'a value that is not shown here' : show(given)}`);
	return new FailureError({
		headline: `'${label}'${hasPlace ? placeOf(issue.path) : ''} ${complaint}${at(item)}`,
		advice: `${nothingSent(item)}. Change the value, or the expression that gives it.`,
		input: true,
	});
}

/** Row and member of a value that has some: ` (row 2, 'title')`. */
function placeOf(path: ReadonlyArray<string | number>): string {
	return path.length === 0 ? '' : ` (${path.map((part) => (typeof part === 'number' ? `row ${part + 1}` : `'${part}'`)).join(', ')})`;
}

/** Item of a message, where there is one: drop-downs have none. */
const at = (item: number | undefined) => (item === undefined ? '' : ` [item ${item}]`);
const nothingSent = (item: number | undefined) => (item === undefined ? 'Nothing was sent' : 'Nothing was sent for this item');
