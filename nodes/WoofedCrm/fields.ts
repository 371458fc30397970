import { z } from '../shared/base/zod';
import { Field, integer, text } from '../shared/fields';

/** Largest number the database column of WoofedCRM holds; one more is an internal error there. */
const LARGEST = 2_147_483_647;

/** A price with a decimal point or comma: `199.90`. */
const WITH_CENTS = /^(\d+)(?:[.,](\d{1,2}))$/;

/** A price in cents. */
export function cents(label: string): Field<number, false> {
	const { spec } = amount(label);
	return new Field<number, false>({ ...spec, wayOut: inCents });
}

/** What a price with a decimal point is in cents. */
function inCents(value: unknown): string | undefined {
	const [, whole, fraction] = WITH_CENTS.exec(String(value).trim()) ?? [];
	if (fraction === undefined) return undefined;
	const both = fraction.padEnd(2, '0');
	return `This is a price in cents: write ${Number(whole + both)} for ${whole}.${both}.`;
}

/** A number of things. */
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
