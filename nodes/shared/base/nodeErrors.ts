import { NodeApiError, NodeOperationError, type IDataObject, type INode, type INodeExecutionData } from 'n8n-workflow';
import type { Failure } from './failure';

/**
 * A failure as n8n's error of a vendor's API; the details are in `context.data`.
 *
 * NodeApiError searches what it is given for words of its own, and keeps an error of its own kind unchanged: it gets
 * nothing to search. Versions before 2.41 put words of their own in place of ours for some statuses, hence the last lines.
 */
export function apiError(node: INode, failure: Failure, itemIndex?: number): NodeApiError {
	const { message, description, httpCode } = failure;
	const error = new NodeApiError(
		node,
		{},
		{ message, description, httpCode: httpCode === undefined ? undefined : String(httpCode), itemIndex },
	);
	error.context.data = detailsOf(failure);
	return Object.assign(error, { message, description });
}

/** A failure as the error that stops a node: the user's input as an operation error, everything else as an API error. */
export function stopError(node: INode, failure: Failure, itemIndex: number): NodeApiError | NodeOperationError {
	if (!failure.input) return apiError(node, failure, itemIndex);
	const error = new NodeOperationError(node, failure.message, { description: failure.description, itemIndex });
	error.context.data = { code: codeOf(failure) };
	return error;
}

/**
 * A failed item, for "Continue" and "Continue (using error output)".
 *
 * All of it stands inside the one member `error`: n8n before 2.34.4 sends an item with more members than `error` and
 * `message` out of the success branch (`handleNodeErrorOutput` in workflow-execute.ts of n8n-core).
 */
export function failedItem(failure: Failure, item: number): INodeExecutionData {
	const { message, description } = failure;
	return { json: { error: withoutBlanks({ message, description, ...detailsOf(failure) }) }, pairedItem: { item } };
}

/** A failed item for an AI agent, which may read nothing but the message. */
export function failedToolItem(failure: Failure, item: number): INodeExecutionData {
	const { message, description } = failure;
	return failedItem({ ...failure, message: [message, description].filter(Boolean).join('. ') }, item);
}

/** The vendor's side of a failure. */
function detailsOf(failure: Failure): IDataObject {
	const { httpCode, description: hint, response, mayHaveBeenApplied } = failure;
	return withoutBlanks({ httpCode, code: codeOf(failure), hint, response, mayHaveBeenApplied });
}

/** The code of a failure: the vendor's own, else the pack's. */
export function codeOf({ code, ownCode, input, isMissing, httpCode }: Failure): string {
	if (code !== undefined) return code;
	if (isMissing || (httpCode === 404 && ownCode === 'REFUSED')) return 'NOT_FOUND';
	if (input && (ownCode === undefined || ownCode === 'FAILED')) return 'FIELD_INVALID';
	return ownCode ?? 'REFUSED';
}

function withoutBlanks(members: Record<string, unknown>): IDataObject {
	return Object.fromEntries(Object.entries(members).filter(([, value]) => value !== undefined)) as IDataObject;
}
