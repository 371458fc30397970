import type { Failure } from '../base/failure';
import type { Outcome } from './retryPolicy';

/** What became of an attempt that was no success. */
export interface FailedAttempt {
	outcome: Outcome;
	failure: Failure;
	/** Pause in milliseconds that the vendor asked for, with "slow down". */
	retryAfterMs?: number;
}
