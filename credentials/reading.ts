import { escaped, tidyCode, tidyKey } from './tidy';
import { toJson, toText } from './stringify';

/** Why a value of a credential is invalid: one sentence without a final period, and what to do. */
export interface Refusal {
	message: string;
	description: string;
}

/** The result of reading a value of a credential: the value, or why it is invalid. */
export type Reading<Value> = { value: Value } | { refusal: Refusal };

/** Message for a missing required value, to follow its name. */
export const EMPTY = 'is required but empty';

/** Returns a reading with a refusal. */
export function refuse(message: string, description: string): { refusal: Refusal } {
	return { refusal: { message, description } };
}

/** Returns a reading with a changed value; a refusal stays as it is. */
export function readAs<From, To>(reading: Reading<From>, change: (value: From) => To): Reading<To> {
	return 'refusal' in reading ? reading : { value: change(reading.value) };
}

/** The authentication scheme before a key that was copied from a header, with invisible blanks. */
const BEARER = /^[\s\p{Cf}]*Bearer[\s\p{Cf}]+/iu;

/** Returns a key without outer blanks, line breaks, invisible characters and a pasted `Bearer ` in front. */
export function trimmedKey(value: unknown): string {
	return tidyKey(toText(value ?? '').replace(BEARER, ''));
}

/**
 * Returns the number of an account; 1 if the value is empty.
 *
 * @param label name of the field in a refusal
 */
export function readAccountId(value: unknown, label = "'Account ID' of the credential"): Reading<number> {
	const text = tidyCode(toText(value ?? ''));
	if (text === '') return { value: 1 };
	if (/^\d+$/.test(text) && Number.isSafeInteger(Number(text)) && Number(text) > 0) return { value: Number(text) };
	return refuse(
		`${label} must be a positive whole number, but is ${escaped(toJson(value))}`,
		'Use the number after /accounts/ in the address of the panel.',
	);
}
