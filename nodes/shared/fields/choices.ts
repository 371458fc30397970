import type { INodePropertyOptions } from 'n8n-workflow';
import { tidy } from '../base/text';
import { z } from '../base/zod';
import { Field, type Present } from './field';
import { readBy } from './readBy';

/**
 * Creates a switch. n8n wants its description to start with "Whether".
 *
 * @example toggle('Include Archived').describe('Whether to include archived leads')
 */
export function toggle(label: string): Field<boolean> {
	return new Field<boolean>({
		label,
		wire: { type: 'boolean' },
		expects: 'true or false',
		ui: { type: 'boolean', default: false },
		schema: () => readBy(readBoolean),
	});
}

/** Texts for true and false. n8n's own types also accept 1 and 0, even as 1.0. */
const BOOLEANS = [/^(true|0*1(\.0+)?)$/i, /^(false|0+(\.0+)?)$/i] as const;

/** Returns a boolean as n8n reads it: true and false, 1 and 0, also as text. Returns undefined for any other value. */
export function readBoolean(value: unknown): boolean | undefined {
	if (typeof value === 'boolean') return value;
	if (typeof value !== 'string' && typeof value !== 'number' && typeof value !== 'bigint') return undefined;
	const text = tidy(String(value));
	const [isYes, isNo] = BOOLEANS.map((pattern) => pattern.test(text));
	return isYes || isNo ? isYes : undefined;
}

/** The values of a closed list, each with its label in the form. */
export type Choices<Value extends string | number> = ReadonlyArray<{
	value: Value;
	name: string;
	description?: string;
}>;

/**
 * Returns the options of a choice, from values and their labels.
 *
 * @example choice('Type', choices({ call: 'Call', visit: 'Visit' }))
 */
export function choices<Value extends string>(names: Record<Value, string>): Choices<Value> {
	return (Object.entries(names) as Array<[Value, string]>).map(([value, name]) => ({ value, name }));
}

/** Returns the value that equals a text or, if none does, the value whose label equals it. Ignores letter case. */
export function chosen<Value extends string | number>(list: Choices<Value>, given: string | number): Value | undefined {
	const folded = foldedOf(given);
	return (list.find(({ value }) => foldedOf(value) === folded) ?? list.find(({ name }) => foldedOf(name) === folded))
		?.value;
}

const foldedOf = (text: string | number) => tidy(String(text)).toLowerCase();

/** Returns a value for a message, with its label if the label differs. */
const shown = ({ value, name }: Choices<string | number>[number]) =>
	foldedOf(value) === foldedOf(name) ? String(value) : `${value} (${name})`;

/**
 * Returns an option as the form stores it. n8n reads a text that begins with = as an expression, so the form stores
 * its label.
 */
const stored = <Value extends string | number>(option: Choices<Value>[number]): INodePropertyOptions =>
	String(option.value).startsWith('=') ? { ...option, value: option.name } : option;

/**
 * Creates a choice from a closed list. Expressions may return the value or its label, and numbers also as text.
 *
 * @example choice('Status', choices({ open: 'Open', done: 'Done' })).default('open')
 */
export function choice<Value extends string | number>(label: string, list: Choices<Value>): Field<Value> {
	const options: INodePropertyOptions[] = list.map(stored).sort((a, b) => a.name.localeCompare(b.name));
	const values = list.map(({ value }) => value);
	return new Field<Value>({
		label,
		wire: { type: typeof values[0] === 'number' ? 'integer' : 'string', enum: values },
		expects: `one of ${list.map(shown).join(', ')}`,
		ui: { type: 'options', default: options[0].value, options },
		schema: () =>
			readBy((given) => (typeof given === 'string' || typeof given === 'number' ? chosen(list, given) : undefined)),
	});
}

/**
 * Creates a constant of the request. The form does not show it.
 *
 * @example fixed('text')
 */
export function fixed<Value extends string | number | boolean | string[]>(value: Value): Field<Value> & Present {
	return new Field<Value>({
		label: '',
		wire: { const: value },
		expects: String(value),
		ui: { type: 'hidden', default: value },
		schema: () => z.unknown().transform(() => value),
		hidden: true,
	}) as Field<Value> & Present;
}
