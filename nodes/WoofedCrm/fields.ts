import { toText } from '../shared/base/json';
import { z } from '../shared/base/zod';
import { Field, integer, json, pick, text } from '../shared/fields';
import { integerSuggestion, wholeNumberIn, writtenNumber } from '../shared/fields/numberSuggestion';
import { contacts, deals, products, users } from './lookups';

/** Largest number the database column of WoofedCRM holds; one more is an internal error there. */
const LARGEST = 2_147_483_647;

/** A price in cents. */
export function cents(label: string): Field<number> {
	const { spec } = amount(label);
	return new Field<number>({ ...spec, suggestion: inCents });
}

/** How a price that is no whole number of cents is written: `199.90`, or the 1998.9999999999998 that 19.99 * 100 gives. */
function inCents(value: unknown): string | undefined {
	if (typeof value === 'number' && wholeNumberIn(value) !== undefined) return integerSuggestion(value);
	const { readings } = writtenNumber(toText(value)) ?? { readings: [] };
	const [, sign, whole, fraction] = /^(-?)(\d+)\.(\d{1,2})$/.exec(readings.length === 1 ? readings[0] : '') ?? [];
	if (fraction === undefined) return integerSuggestion(value);
	const both = fraction.padEnd(2, '0');
	const price = `${sign}${whole}.${both}`;
	// With one zero it is what programs make of a whole number, and may be cents or not.
	if (fraction === '0')
		return `Write {{ Math.round($json.price) }} if this is ${sign}${whole} cents, or {{ Math.round($json.price * 100) }} if it is a price of ${price}.`;
	return `This is a price in cents: write ${Number(sign + whole + both)} for ${price}.`;
}

/** A number of things. */
export function amount(label: string) {
	return integer(label).min(0).max(LARGEST);
}

/** The ID of a record that no list of WoofedCRM offers. */
export function typedId(label: string) {
	return integer(label).min(1).blank().example('5');
}

/** Where the ID of a record stands: the paths of the panel. https://github.com/douglara/woofed-crm/blob/main/config/routes.rb */
export const idIn = (place: string) => `the ID is the number after /${place}/ in the address of its page`;

export const dealPick = pick('Deal', deals).describe(
	`The list searches names; older versions of WoofedCRM have none, but ${idIn('deals')}`,
);
export const contactPick = pick('Contact', contacts).describe('The list searches name, email address and phone number');
export const productPick = pick('Product', products).describe('The list searches name and identifier');
export const userPick = pick('User', users).describe(
	'The list searches name and email address; older versions of WoofedCRM have none',
);

/** Custom attributes of a record that is made. */
export const customAttributes = (example: string) =>
	json('Custom Attributes')
		.example(example)
		.describe('JSON object of values, by the keys that are defined in the settings of WoofedCRM');

/** A part of a text, as a filter of a list. */
export const contains = (label: string, example: string) =>
	text(label).example(example).describe('Part of the text, in capitals or small letters');

/** A part of a phone number, as WoofedCRM stores it: without punctuation. */
export function phonePart(label: string, example: string): Field<string> {
	const { spec } = contains(label, example);
	return new Field<string>({
		...spec,
		expects: 'a part of a phone number, in digits',
		schema: (context) =>
			spec
				.schema(context)
				.transform((given: string) => given.replace(/[\s().\-\p{Cf}\p{Pd}]/gu, ''))
				.refine((part) => /^\+?\d+$/.test(part)),
	});
}

/** A password; WoofedCRM asks for six characters at least. */
export function password(label: string): Field<string> {
	const { spec } = text(label).max(128).secret().example('uma senha longa');
	return new Field<string>({
		...spec,
		wire: { ...spec.wire, format: 'password' },
		expects: 'text of 6 to 128 characters',
		schema: (context) => spec.schema(context).pipe(z.string().min(6)),
	});
}
