import { parseEmail } from '../base/email';
import { isExact, lostDigits } from '../base/numbers';
import { isWithin, tidy, tidyCode } from '../base/text';
import { z } from '../base/zod';
import { DerivedField, given, typeOptions } from './derived';
import { emailSuggestion } from './emailSuggestion';
import { Field } from './field';
import { readBy } from './readBy';

const scalar = readBy((value) => {
	if (typeof value === 'string') return value;
	const isPlain =
		typeof value === 'boolean' || typeof value === 'bigint' || (typeof value === 'number' && isExact(value));
	return isPlain ? String(value) : undefined;
});
const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;

/** Returns how to correct a number that JavaScript rounded, so that its digits are not those that the user meant. */
const roundedNumber = (value: unknown) => (typeof value === 'number' ? lostDigits(value) : undefined);

interface TextFacts {
	maxLength?: number;
	isSecret?: boolean;
	isTidy?: boolean;
	rows?: number;
}

export class TextField extends DerivedField<TextFacts, string> {
	/** Sets the largest number of characters that the vendor accepts. */
	max(maxLength: number): this {
		return this.set({ maxLength });
	}

	/**
	 * Removes surrounding blanks and invisible characters, for an ID, a name or a code.
	 *
	 * @example text('SKU').tidy()
	 */
	tidy(): this {
		return this.set({ isTidy: true });
	}

	/** Hides the value in the form and removes it from every message. */
	secret(): this {
		return this.set({ isSecret: true });
	}

	/** Sets the height of the form element, in lines. */
	rows(rows: number): this {
		return this.set({ rows });
	}
}

/**
 * Creates a field for free text. Numbers and booleans from an expression become text.
 *
 * @example text('Title').max(150).required()
 */
export function text(label: string): TextField {
	return new TextField(({ maxLength, isSecret, isTidy, rows }) => ({
		label,
		wire: { type: 'string', ...given({ maxLength }) },
		expects: maxLength === undefined ? 'text' : `text of at most ${maxLength} characters`,
		...given({ secret: isSecret }),
		suggestion: roundedNumber,
		ui: { type: 'string', default: '', ...typeOptions({ password: isSecret, rows }) },
		schema: () => {
			const read = isTidy ? scalar.transform(tidy) : scalar;
			return maxLength === undefined ? read : read.refine((value) => isWithin(value, maxLength));
		},
	}));
}

/**
 * Creates a field for an ID in UUID form.
 *
 * @example uuid('Task ID').required()
 */
export function uuid(label: string): Field<string> {
	return new Field<string>({
		label,
		wire: { type: 'string', format: 'uuid' },
		expects: 'an ID like 0b28ee57-7a57-4407-a9c5-5cd4e5a5fd6c',
		ui: { type: 'string', default: '', placeholder: 'e.g. 0b28ee57-7a57-4407-a9c5-5cd4e5a5fd6c' },
		schema: () => scalar.transform(tidyCode).pipe(z.string().regex(UUID)),
	});
}

/**
 * Creates a field for an email address. An address is refused only if no mail server accepts it.
 *
 * @example email('Email').required()
 */
export function email(label: string): Field<string> {
	return new Field<string>({
		label,
		wire: { type: 'string', format: 'email' },
		expects: 'a valid email address',
		ui: { type: 'string', default: '', placeholder: 'name@email.com' },
		suggestion: emailSuggestion,
		schema: () => readBy((value) => (typeof value === 'string' ? parseEmail(value) : undefined)),
	});
}

/**
 * Creates a field for a full web address, with http:// or https://.
 *
 * @example url('Conversion URL')
 */
export function url(label: string): Field<string> {
	return new Field<string>({
		label,
		wire: { type: 'string', format: 'uri' },
		expects: 'a full web address like https://www.example.com/thanks',
		ui: { type: 'string', default: '', placeholder: 'e.g. https://www.example.com/thanks' },
		schema: () =>
			scalar.transform(tidy).pipe(
				z
					.string()
					.url()
					.regex(/^https?:\/\//i),
			),
	});
}
