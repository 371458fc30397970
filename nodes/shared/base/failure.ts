import type { ErrorCode } from './errorCodes';
import { toText } from './json';

/** Everything a user, a workflow or the repeat table needs to know of something that did not work. */
export interface Failure {
	/** What happened, one sentence without a final period. */
	message: string;
	/** What to do about it. */
	description?: string;
	/** True when the user's input was at fault and nothing was sent. */
	input?: boolean;
	httpCode?: number;
	/** The vendor's own code, such as MXInvalidEntityException or a missing permission. */
	code?: string;
	/** The pack's own code, which a user sees where nobody else gave one. */
	ownCode?: ErrorCode;
	/** What the vendor said of a request that it read and refused, secrets removed. */
	vendorMessage?: string;
	/** True when what the request names is not there. */
	isMissing?: boolean;
	/** True when the version of the vendor does not know the request. */
	isUnsupported?: boolean;
	/** True when the response is larger than may be read. */
	isTooLarge?: boolean;
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
		super(failure.message);
		this.name = 'FailureError';
	}
}

/** The failure inside whatever was thrown. */
export function failureOf(error: unknown): Failure {
	if (error instanceof FailureError) return error.failure;
	const message = error instanceof Error ? error.message : toText(error);
	const description =
		error instanceof Error && 'description' in error && typeof error.description === 'string'
			? error.description
			: undefined;
	return { message, description, ownCode: 'FAILED' };
}

/** The failure inside whatever was thrown while answers of a vendor were read, which may hold anything. */
export function failureOfResponse(error: unknown, vendorName: string): Failure {
	if (!isMistake(error)) return failureOf(error);
	return {
		message: `${vendorName} gave an answer in a form that this node does not know`,
		description: `Report it to the maintainers of n8n-nodes-crm-pack with these words: ${error.message}`,
		ownCode: 'UNREADABLE_RESPONSE',
	};
}

/** An error of the language: the code met something it was not written for. */
function isMistake(error: unknown): error is Error {
	return (
		error instanceof TypeError ||
		error instanceof RangeError ||
		error instanceof ReferenceError ||
		error instanceof URIError ||
		error instanceof SyntaxError
	);
}

/** The failure of a write of which nobody knows whether it was carried out. */
export function inDoubt(failure: Failure, vendorName: string): Failure {
	if (failure.mayHaveBeenApplied) return failure;
	const message = `${failure.message}. The request may have been carried out: look in ${vendorName} before running it again`;
	return { ...failure, message, input: undefined, mayHaveBeenApplied: true };
}
