import { readRoot } from '../../../credentials/address';
import type { Reading } from '../../../credentials/reading';
import { FailureError } from '../base/failure';

/** Returns the value of a reading. @throws FailureError with the message of its refusal */
export function valueOrThrow<Value>(reading: Reading<Value>): Value {
	if ('refusal' in reading) throw new FailureError({ ...reading.refusal, input: true, ownCode: 'CREDENTIAL_INVALID' });
	return reading.value;
}

/** Returns the root of a vendor's API from the user's base URL. Credential test and node use the same function. */
export function apiRoot(typed: unknown, apiPath: string): string {
	return valueOrThrow(readRoot(typed, apiPath));
}
