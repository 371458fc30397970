import type { ErrorCode } from './errorCodes';
import { toText } from './json';

/** A failed item, request or execution: everything that users, workflows and the retry policy need to know about it. */
export interface Failure {
	/** What is wrong, in one sentence without a final period. */
	message: string;
	/** What to do. */
	description?: string;
	/** True if the user's input was invalid and nothing was sent. */
	input?: boolean;
	httpCode?: number;
	/** The vendor's own code, such as MXInvalidEntityException or the name of a missing permission. */
	code?: string;
	/** The pack's own code. Users see it if neither the vendor nor the operating system gives a code. */
	ownCode?: ErrorCode;
	/** The vendor's message about a request that it refused, without secrets. */
	vendorMessage?: string;
	/** True if the record that the request names does not exist. */
	isMissing?: boolean;
	/** True if this version of the vendor does not support the request. */
	isUnsupported?: boolean;
	/** True if the response is larger than the node may read. */
	isTooLarge?: boolean;
	/** The vendor's response, without secrets. */
	response?: unknown;
	/** True if a write may have reached the vendor although the vendor did not report success. */
	mayHaveBeenApplied?: boolean;
	/** True if running the item again does no harm, although a write succeeded. */
	harmless?: boolean;
}

/** Carries a failure to the code that turns it into n8n's own error. */
export class FailureError extends Error {
	constructor(readonly failure: Failure) {
		super(failure.message);
		this.name = 'FailureError';
	}
}

/** Returns the failure of any thrown value. */
export function failureOf(error: unknown): Failure {
	if (error instanceof FailureError) return error.failure;
	const message = error instanceof Error ? error.message : toText(error);
	const description =
		error instanceof Error && 'description' in error && typeof error.description === 'string'
			? error.description
			: undefined;
	return { message, description, ownCode: 'FAILED' };
}

/**
 * Returns the failure of any value that was thrown while a vendor's response was read. A response may contain anything.
 */
export function failureOfResponse(error: unknown, vendorName: string): Failure {
	if (!isMistake(error)) return failureOf(error);
	return {
		message: `${vendorName} returned a response that this node cannot read`,
		description: `Report this message to the maintainers of n8n-nodes-crm-pack: ${error.message}`,
		ownCode: 'UNREADABLE_RESPONSE',
	};
}

/** Tells whether the error is JavaScript's own: the code did not expect the value that it got. */
function isMistake(error: unknown): error is Error {
	return (
		error instanceof TypeError ||
		error instanceof RangeError ||
		error instanceof ReferenceError ||
		error instanceof URIError ||
		error instanceof SyntaxError
	);
}

/** Returns the failure of a write that may have been carried out. */
export function inDoubt(failure: Failure, vendorName: string): Failure {
	if (failure.mayHaveBeenApplied) return failure;
	const message = `${failure.message}. The request may have been carried out: look in ${vendorName} before running it again`;
	return { ...failure, message, input: undefined, mayHaveBeenApplied: true };
}
