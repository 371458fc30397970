import { readRoot } from '../../../credentials/address';
import type { Reading } from '../../../credentials/reading';
import { FailureError } from '../base/failure';

/** The value of a reading. @throws FailureError with the words of its refusal */
export function valueOrThrow<Value>(reading: Reading<Value>): Value {
	if ('refusal' in reading) throw new FailureError({ ...reading.refusal, input: true, ownCode: 'CREDENTIAL_INVALID' });
	return reading.value;
}

/** The root of a vendor's API from what a user typed; credential test and node read it by the same function. */
export function apiRoot(typed: unknown, apiPath: string): string {
	return valueOrThrow(readRoot(typed, apiPath));
}
