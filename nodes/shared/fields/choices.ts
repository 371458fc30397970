import type { INodePropertyOptions } from 'n8n-workflow';
import { tidy } from '../base/text';
import { z } from '../base/zod';
import { Field, type Present } from './field';
import { readBy } from './readBy';

/** Yes or no; its description has to start with "Whether". */
export function toggle(label: string): Field<boolean> {
	return new Field<boolean>({
		label,
		wire: { type: 'boolean' },
		expects: 'true or false',
		ui: { type: 'boolean', default: false },
		schema: () => readBy(readBoolean),
	});
}

/** Text of a yes or no; n8n's own types take 1 and 0 as well, also written as 1.0. */
const BOOLEANS = [/^(true|0*1(\.0+)?)$/i, /^(false|0+(\.0+)?)$/i] as const;

/** Reads yes or no as n8n does: true and false, 1 and 0, also as text. */
export function readBoolean(value: unknown): boolean | undefined {
	if (typeof value === 'boolean') return value;
	if (typeof value !== 'string' && typeof value !== 'number' && typeof value !== 'bigint') return undefined;
	const text = tidy(String(value));
	const [isYes, isNo] = BOOLEANS.map((pattern) => pattern.test(text));
	return isYes || isNo ? isYes : undefined;
}

/** Values of a closed list with the words a form shows for them. */
export type Choices<Value extends string | number> = ReadonlyArray<{
	value: Value;
	name: string;
	description?: string;
}>;

/** Turns `{ call: 'Call' }` into the options of a choice. */
export function choices<Value extends string>(names: Record<Value, string>): Choices<Value> {
	return (Object.entries(names) as Array<[Value, string]>).map(([value, name]) => ({ value, name }));
}

/** The value that is meant: it or, where no value fits, the label that a form shows for it; without regard to case. */
export function chosen<Value extends string | number>(list: Choices<Value>, given: string | number): Value | undefined {
	const folded = foldedOf(given);
	return (list.find(({ value }) => foldedOf(value) === folded) ?? list.find(({ name }) => foldedOf(name) === folded))
		?.value;
}

const foldedOf = (text: string | number) => tidy(String(text)).toLowerCase();

/** A value with its label, where that says more. */
const shown = ({ value, name }: Choices<string | number>[number]) =>
	foldedOf(value) === foldedOf(name) ? String(value) : `${value} (${name})`;

/** n8n takes a text that begins with = for an expression: the form holds the label of such a value. */
const stored = <Value extends string | number>(option: Choices<Value>[number]): INodePropertyOptions =>
	String(option.value).startsWith('=') ? { ...option, value: option.name } : option;

/** One of a closed list, by its value or its label; numbers also as text. */
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

/** A constant of the operation that the user neither sees nor changes. */
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
