import type { IDataObject } from 'n8n-workflow';

/** Everything a user, a workflow or the repeat table needs to know of something that did not work. */
export interface Failure {
	/** What happened, one sentence without a final period. */
	headline: string;
	/** What to do about it. */
	advice?: string;
	/** True when the user's input was at fault and nothing was sent. */
	input?: boolean;
	httpCode?: number;
	/** The vendor's own code, such as MXInvalidEntityException or a missing permission. */
	code?: string;
	/** The vendor's answer, secrets removed. */
	response?: unknown;
	/** True when a write may have reached the vendor although no success came back. */
	mayHaveBeenApplied?: boolean;
	/** True when it does no harm to run the item again, although a write was carried out. */
	harmless?: boolean;
}

/** A failure on its way from where it is noticed to the executor, which turns it into n8n's form. */
export class FailureError extends Error {
	constructor(readonly failure: Failure) {
		super(failure.headline);
		this.name = 'FailureError';
	}
}

/** The failure inside whatever was thrown; a programming mistake shows its own message. */
export function failureOf(error: unknown): Failure {
	if (error instanceof FailureError) return error.failure;
	const message = error instanceof Error ? error.message : String(error);
	const advice = error instanceof Error && 'description' in error && typeof error.description === 'string' ? error.description : undefined;
	return { headline: message, advice };
}

/** The `details` object of a failed item, without members that say nothing. */
export function detailsOf(failure: Failure): IDataObject {
	const { httpCode, code, advice: hint, response, mayHaveBeenApplied } = failure;
	const details = { httpCode, code, hint, response, mayHaveBeenApplied };
	return Object.fromEntries(Object.entries(details).filter(([, value]) => value !== undefined)) as IDataObject;
}
