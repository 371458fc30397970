import type { Failure } from '../base/failure';
import type { Outcome } from './retryPolicy';

/** A failed attempt. */
export interface FailedAttempt {
	outcome: Outcome;
	failure: Failure;
	/** Pause in milliseconds that the vendor requires in a rate-limited response. */
	retryAfterMs?: number;
}
