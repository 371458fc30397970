import type { Failure } from '../base/failure';
import type { Outcome } from './repeat';

/** What became of an attempt that was no success. */
export interface Trouble {
	outcome: Outcome;
	failure: Failure;
	/** Pause in milliseconds that the vendor asked for, with "slow down". */
	askedMs?: number;
}
