import { toText } from '../shared/base/json';
import { z } from '../shared/base/zod';
import { Field, integer, json, pick, text } from '../shared/fields';
import { integerSuggestion, wholeNumberIn, writtenNumber } from '../shared/fields/numberSuggestion';
import { contacts, deals, products, users } from './lookups';

/** Largest number that WoofedCRM's database column can hold. A larger one causes an internal error. */
const LARGEST = 2_147_483_647;

/** Returns a field for a price in cents. */
export function cents(label: string): Field<number> {
	const { spec } = amount(label);
	return new Field<number>({ ...spec, suggestion: inCents });
}

/** Returns the suggestion for a price that is not a whole number of cents, such as 199.90, or 1998.9999999999998 from 19.99 * 100. */
function inCents(value: unknown): string | undefined {
	if (typeof value === 'number' && wholeNumberIn(value) !== undefined) return integerSuggestion(value);
	const { readings } = writtenNumber(toText(value)) ?? { readings: [] };
	const [, sign, whole, fraction] = /^(-?)(\d+)\.(\d{1,2})$/.exec(readings.length === 1 ? readings[0] : '') ?? [];
	if (fraction === undefined) return integerSuggestion(value);
	const both = fraction.padEnd(2, '0');
	const price = `${sign}${whole}.${both}`;
	// Programs write whole numbers with one zero, so the value may be in cents or not.
	if (fraction === '0')
		return `Write {{ Math.round($json.price) }} if this is ${sign}${whole} cents, or {{ Math.round($json.price * 100) }} if it is a price of ${price}.`;
	return `This is a price in cents: write ${Number(sign + whole + both)} for ${price}.`;
}

/** Returns a field for a count. */
export function amount(label: string) {
	return integer(label).min(0).max(LARGEST);
}

/** Returns a field for the ID of a record that WoofedCRM has no list of. */
export function typedId(label: string) {
	return integer(label).min(1).blank().example('5');
}

/** Says where the panel shows the ID of a record. https://github.com/douglara/woofed-crm/blob/main/config/routes.rb */
export const idIn = (path: string) => `the ID is the number after /${path}/ in the URL of its page`;

export const dealPick = pick('Deal', deals).describe(
	`Search by name. Older versions of WoofedCRM have no list; ${idIn('deals')}.`,
);
export const contactPick = pick('Contact', contacts).describe('Search by name, email address or phone number');
export const productPick = pick('Product', products).describe('Search by name or identifier');
export const userPick = pick('User', users).describe(
	'Search by name or email address. Older versions of WoofedCRM have no list.',
);

/** Returns a field for the custom attributes of a new record. */
export const customAttributes = (example: string) =>
	json('Custom Attributes')
		.example(example)
		.describe('JSON object with the keys that are defined in the settings of WoofedCRM');

/** Returns a filter for a part of a text. */
export const contains = (label: string, example: string) =>
	text(label).example(example).describe('Part of the text, ignoring case');

/** Returns a filter for a part of a phone number. WoofedCRM stores numbers without punctuation. */
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

/** Returns a field for a password. WoofedCRM requires at least six characters. */
export function password(label: string): Field<string> {
	const { spec } = text(label).max(128).secret().example('uma senha longa');
	return new Field<string>({
		...spec,
		wire: { ...spec.wire, format: 'password' },
		expects: 'text of 6 to 128 characters',
		schema: (context) => spec.schema(context).pipe(z.string().min(6)),
	});
}
