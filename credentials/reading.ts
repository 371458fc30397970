import { escaped, tidyCode, tidyKey } from './tidy';
import { toJson, toText } from './stringify';

/** Why a value of a credential cannot be used: one sentence without a final period, and what to do. */
export interface Refusal {
	message: string;
	description: string;
}

/** What a value of a credential was read as, or why it cannot be used. */
export type Reading<Value> = { value: Value } | { refusal: Refusal };

/** Said of a value that cannot be done without, after its name. */
export const EMPTY = 'is required but empty';

export function refuse(message: string, description: string): { refusal: Refusal } {
	return { refusal: { message, description } };
}

/** A reading with its value changed. */
export function readAs<From, To>(reading: Reading<From>, change: (value: From) => To): Reading<To> {
	return 'refusal' in reading ? reading : { value: change(reading.value) };
}

/** The name of the scheme before a key that was copied out of a header, with blanks that nobody sees. */
const BEARER = /^[\s\p{Cf}]*Bearer[\s\p{Cf}]+/iu;

/** A key as it was meant: without blanks around it, line breaks, invisible characters, and a pasted `Bearer ` in front. */
export function trimmedKey(value: unknown): string {
	return tidyKey(toText(value ?? '').replace(BEARER, ''));
}

/**
 * The number of an account; 1 where nothing is given.
 *
 * @param label name of the field in the words of a refusal
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
