import { Field, integer, text } from '../shared/fields';
import { z } from '../shared/zod';

/** Largest number the database column of WoofedCRM holds; one more is an internal error there. */
const LARGEST = 2_147_483_647;

/** A number of things, or of cents. */
export function amount(label: string): Field<number, false> {
	const { spec } = integer(label).min(0);
	return new Field<number, false>({
		...spec,
		takes: `a whole number from 0 to ${LARGEST}`,
		schema: (context) => spec.schema(context).pipe(z.number().max(LARGEST)),
	});
}

/** The ID of a record that no list of WoofedCRM offers. */
export function typedId(label: string) {
	return integer(label).min(1).blank();
}

/** Sent as digits: WoofedCRM refuses blanks, brackets and hyphens, and breaks on a number in place of a text. */
export function phone(label: string): Field<string, false> {
	const { spec } = text(label);
	return new Field<string, false>({
		...spec,
		takes: 'a phone number with country code, such as +5511999999999',
		ui: { ...spec.ui, placeholder: 'e.g. +5511999999999' },
		schema: (context) =>
			spec
				.schema(context)
				.transform((value: string) => value.replace(/[\s().-]/g, '').replace(/^(?=\d)/, '+'))
				.pipe(z.string().regex(/^\+[1-9]\d{1,14}$/)),
	});
}

/** An address on the web. */
export function url(label: string): Field<string, false> {
	const { spec } = text(label);
	return new Field<string, false>({
		...spec,
		wire: { type: 'string', format: 'uri' },
		takes: 'a web address that begins with https://',
		ui: { ...spec.ui, placeholder: 'e.g. https://example.com/photo.png' },
		schema: (context) => spec.schema(context).pipe(z.string().trim().url()),
	});
}

/** A password. Its length is left to a rule, because the refusal of a field shows the value that came. */
export function password(label: string): Field<string, false> {
	const { spec } = text(label);
	return new Field<string, false>({
		...spec,
		wire: { type: 'string', format: 'password', maxLength: 128 },
		ui: { ...spec.ui, typeOptions: { password: true } },
	});
}
