import type { IDataObject } from 'n8n-workflow';
import { FailureError } from '../base/failure';
import { isObject } from '../base/json';
import { unsendablePart, type Unsendable } from '../base/unsendable';
import { type z, type ZodIssue } from '../base/zod';
import { positionInside, positionOf, problemIn, problemWith } from './problem';
import {
	withoutLocator,
	isEmptySwitch,
	isLeftEmpty,
	presentCheck,
	EMPTY_SWITCH,
	type Field,
	type FieldContext,
	type FieldSpec,
} from './index';

/** Checked values by field key. Blank fields are absent, and fields to clear are null. */
export type Input = Record<string, unknown>;

/** A field with the key of its value. */
interface Keyed {
	key: string;
	field: Field;
}

/** Checks raw values field by field. */
export type Check = (raw: ReadonlyArray<readonly [Keyed, unknown]>, item?: number) => Input;

/**
 * Builds the check of some fields, once for all items.
 *
 * @returns a check of raw values. A field that the form lacks is undefined, and an empty field is null. The check
 * throws a FailureError with the field, the item, what the value must be and what it is
 */
export function checkFor(all: readonly Keyed[], fieldContext: FieldContext): Check {
	const checks = new Map(all.map(({ field }) => [field, cached(presentCheck(field, fieldContext))]));
	return (raw, item) => {
		const input: Input = {};
		for (const [{ key, field }, value] of raw) {
			// Most fields of an item are optional and blank. Checking each of them would cost more time than the rest of the item.
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

/** The result of a check. A valid value may still contain a part that cannot be sent. */
type Checked = z.SafeParseReturnType<unknown, unknown> & { fault?: Unsendable };

/** Returns a check that caches the last value it passed, because most fields have the same value for all items. */
function cached(schema: z.ZodTypeAny): (given: unknown) => Checked {
	let last: { given: unknown; result: Checked } | undefined;
	return (given) => {
		if (last && last.given === given) return last.result;
		const found = schema.safeParse(given);
		const result: Checked = found.success ? { ...found, fault: unsendablePart(found.data) } : found;
		// Objects are not cached, because their content may change between two items.
		last = found.success && isScalar(given) && isScalar(found.data) ? { given, result } : undefined;
		return result;
	};
}

/**
 * Refuses an empty field in a collection, because a user who adds a filter or an option wants it to take effect.
 *
 * @param why reason why the node does not ignore the field, to follow "because"
 * @throws FailureError with the label of the first empty field
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

/** How to correct values that no request can contain. */
const suggestions: Readonly<Record<Unsendable['kind'], string>> = {
	half: 'An emoji was probably cut in half. Cut the text by characters: {{ [...$json.text].slice(0, 100).join("") }}.',
	nul: 'Remove it, for example with {{ $json.text.replaceAll("\\0", "") }}.',
	other: 'Correct the expression so that it returns text, numbers, lists or objects.',
	circle: 'Correct the expression so that it returns an object that does not contain itself.',
};

function unsendable({ label }: FieldSpec, { kind, what, path }: Unsendable, item: number | undefined): FailureError {
	return new FailureError({
		message: `'${label}'${inBrackets(positionOf({ path }))} contains ${what}, which cannot be sent${at(item)}`,
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

/**
 * Returns the fields of a collection.
 *
 * @throws FailureError if an expression replaced the collection with another value
 */
export function membersOf(label: string, given: unknown, item?: number): IDataObject {
	if (given === undefined || given === null) return {};
	if (!isObject(given)) throw refusal({ label, expects: 'a set of fields' }, given, item);
	return given;
}

/**
 * Returns the failure for a refused value.
 *
 * @param issue problem that the check found inside the value, in a row or a mapped field
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
	const found = problemIn(issue);
	const given = withoutLocator(value, spec);
	const position = issue ? positionInside(issue, given) : [];
	const correction = found.problem ? found.suggestion : secret ? undefined : suggestion?.(given, zone);
	return new FailureError({
		message: `'${label}'${inBrackets(position)} ${found.problem ?? problemWith(spec, value)}${at(item)}`,
		description: `${nothingSent(item)}. ${correction ?? 'Correct the value or its expression.'}`,
		input: true,
	});
}

/** Returns a position inside a value for a message: ` (row 2, 'Title')`. */
const inBrackets = (position: readonly string[]) => (position.length === 0 ? '' : ` (${position.join(', ')})`);

/** Returns the item for the end of a message. Drop-downs have no item. */
const at = (item: number | undefined) => (item === undefined ? '' : ` [item ${item}]`);
const nothingSent = (item: number | undefined) =>
	item === undefined ? 'Nothing was sent' : 'Nothing was sent for this item';
