import type { IDataObject } from 'n8n-workflow';
import { FailureError } from '../base/failure';
import { isObject, toText } from '../base/json';
import { escaped } from '../base/text';
import { unsendablePart, type Unsendable } from '../base/unsendable';
import { type z, type ZodIssue } from '../base/zod';
import { problemWith, problemIn } from './problem';
import {
	withoutLocator,
	isBlank,
	isEmptySwitch,
	isLeftEmpty,
	presentCheck,
	EMPTY_SWITCH,
	type Field,
	type FieldContext,
	type FieldSpec,
} from './index';

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
 * @returns a check that throws a FailureError naming field, item, what came and what is allowed. A field that the form does not
 * have is undefined; one that is there and empty is null.
 */
export function checkFor(all: readonly Keyed[], fieldContext: FieldContext): Check {
	const checks = new Map(all.map(({ field }) => [field, remembering(presentCheck(field, fieldContext))]));
	return (raw, item) => {
		const input: Input = {};
		for (const [{ key, field }, value] of raw) {
			// Most fields of an item are blank optional ones: a check of each would cost more than all the rest of its way.
			if (isEmptySwitch(field, value)) throw emptySwitch(field.spec, item);
			const given = isLeftEmpty(field, value) ? undefined : value;
			if (given === undefined && !field.spec.required && !field.spec.hidden) continue;
			const result = checks.get(field)!(given);
			if (!result.success) throw refusal(field.spec, value, item, result.error.issues[0], fieldContext.zone);
			if (result.fault) throw unsendable(field.spec, result.fault, item);
			if (result.data !== undefined) input[key] = result.data;
		}
		return input;
	};
}

const isScalar = (value: unknown) => typeof value !== 'object' && typeof value !== 'function';

/** What a check found: a value in the field's own form, which may still hold what cannot be sent. */
type Checked = z.SafeParseReturnType<unknown, unknown> & { fault?: Unsendable };

/** A check that knows the value it passed last: most fields have the same for all items, and a check is what costs most of an item's way. */
function remembering(schema: z.ZodTypeAny): (given: unknown) => Checked {
	let last: { given: unknown; result: Checked } | undefined;
	return (given) => {
		if (last && last.given === given) return last.result;
		const found = schema.safeParse(given);
		const result: Checked = found.success ? { ...found, fault: unsendablePart(found.data) } : found;
		// An object may be another one inside the next time, and what is made of a value may be changed on its way.
		last = found.success && isScalar(given) && isScalar(found.data) ? { given, result } : undefined;
		return result;
	};
}

/**
 * Checks the members of a collection that the user added one by one. What was added and is empty is refused: whoever
 * adds a filter or an option wants it to count.
 */
export function refuseBlanks(
	fields: readonly Keyed[],
	given: IDataObject,
	input: Input,
	item: number | undefined,
	why: string,
): void {
	const blank = fields.find(({ key }) => key in given && input[key] === undefined);
	if (!blank) return;
	throw new FailureError({
		message: `'${blank.field.spec.label}' is empty. Enter a value or remove the field${at(item)}`,
		description: `${nothingSent(item)}, because ${why}.`,
		input: true,
	});
}

/** What to do about text and values that no request can hold. */
const suggestions: Readonly<Record<Unsendable['kind'], string>> = {
	half: 'An emoji was probably cut in two. Cut a text by characters: {{ [...$json.text].slice(0, 100).join("") }}.',
	nul: 'Remove it, for example with {{ $json.text.replaceAll("\\0", "") }}.',
	other: 'Correct the expression, so that it returns text, numbers, lists or objects.',
	circle: 'Correct the expression, so that it returns an object that does not hold itself.',
};

function unsendable({ label }: FieldSpec, { kind, what, path }: Unsendable, item: number | undefined): FailureError {
	return new FailureError({
		message: `'${label}'${placeOf(path)} contains ${what}, which cannot be sent${at(item)}`,
		description: `${nothingSent(item)}. ${suggestions[kind]}`,
		input: true,
	});
}

function emptySwitch({ label }: FieldSpec, item: number | undefined): FailureError {
	return new FailureError({
		message: `'${label}' ${EMPTY_SWITCH}${at(item)}`,
		description: `${nothingSent(item)}. Correct the expression, for example with a default: {{ $json.value ?? false }}.`,
		input: true,
	});
}

/** The members of a collection, which an expression may have replaced as a whole. */
export function membersOf(label: string, given: unknown, item?: number): IDataObject {
	if (given === undefined || given === null) return {};
	if (!isObject(given)) throw refusal({ label, expects: 'a set of fields' }, given, item);
	return given;
}

/**
 * @param issue what the check found, where the fault lies inside the value: in a row, or in a mapped field
 * @param zone IANA name of the workflow's time zone
 */
export function refusal(
	spec: Pick<FieldSpec, 'label' | 'expects' | 'secret' | 'suggestion'> & Partial<Pick<FieldSpec, 'ui'>>,
	value: unknown,
	item: number | undefined,
	issue?: ZodIssue,
	zone?: string,
): FailureError {
	const { label, secret, suggestion } = spec;
	const told = problemIn(issue);
	const given = withoutLocator(value, spec);
	const hasPlace = issue && (told.problem || (typeof issue.path[0] === 'number' && !isBlank(given)));
	const way = told.problem ? told.suggestion : secret ? undefined : suggestion?.(given, zone);
	return new FailureError({
		message: `'${label}'${hasPlace ? placeOf(issue.path, told.label) : ''} ${told.problem ?? problemWith(spec, value)}${at(item)}`,
		description: `${nothingSent(item)}. ${way ?? 'Correct the value or its expression.'}`,
		input: true,
	});
}

/** Row and member of a value that has some: ` (row 2, 'Title')`. @param label stands for the key of the member */
function placeOf(path: ReadonlyArray<string | number>, label?: string): string {
	return path.length === 0
		? ''
		: ` (${path.map((part) => (typeof part === 'number' ? `row ${part + 1}` : `'${label ?? escaped(toText(part))}'`)).join(', ')})`;
}

/** Item of a message, where there is one: drop-downs have none. */
const at = (item: number | undefined) => (item === undefined ? '' : ` [item ${item}]`);
const nothingSent = (item: number | undefined) =>
	item === undefined ? 'Nothing was sent' : 'Nothing was sent for this item';
