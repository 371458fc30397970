import { z } from '../shared/base/zod';
import { Field, integer, text } from '../shared/fields';

/** Largest number the database column of WoofedCRM holds; one more is an internal error there. */
const LARGEST = 2_147_483_647;

/** A number of things, or of cents. */
export function amount(label: string) {
	return integer(label).min(0).max(LARGEST);
}

/** The ID of a record that no list of WoofedCRM offers. */
export function typedId(label: string) {
	return integer(label).min(1).blank();
}

/** A password; WoofedCRM asks for six characters at least. */
export function password(label: string): Field<string, false> {
	const { spec } = text(label).max(128).secret();
	return new Field<string, false>({
		...spec,
		wire: { ...spec.wire, format: 'password' },
		takes: 'text of 6 to 128 characters',
		schema: (context) => spec.schema(context).pipe(z.string().min(6)),
	});
}
