import { NodeApiError, NodeOperationError, type IDataObject, type INode, type INodeExecutionData } from 'n8n-workflow';
import type { Failure } from './failure';

/**
 * Converts a failure to n8n's NodeApiError, with the details in `context.data`.
 *
 * NodeApiError searches the error object for messages and would show those, so it gets an empty object. n8n before 2.41
 * replaces our message for some status codes, so the message is set again at the end.
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

/** Returns the error that stops a node: a NodeOperationError for invalid input, else a NodeApiError. */
export function stopError(node: INode, failure: Failure, itemIndex: number): NodeApiError | NodeOperationError {
	if (!failure.input) return apiError(node, failure, itemIndex);
	const error = new NodeOperationError(node, failure.message, { description: failure.description, itemIndex });
	error.context.data = { code: codeOf(failure) };
	return error;
}

/**
 * Returns the output of a failed item, for "Continue" and "Continue (using error output)".
 *
 * Everything is inside the one key `error`. n8n before 2.34.4 sends an item with other keys than `error` and `message`
 * to the success branch (`handleNodeErrorOutput` in workflow-execute.ts of n8n-core).
 */
export function failedItem(failure: Failure, item: number): INodeExecutionData {
	const { message, description } = failure;
	return { json: { error: withoutBlanks({ message, description, ...detailsOf(failure) }) }, pairedItem: { item } };
}

/** Returns the output of a failed item for an AI agent, which may read only the message. */
export function failedToolItem(failure: Failure, item: number): INodeExecutionData {
	const { message, description } = failure;
	return failedItem({ ...failure, message: [message, description].filter(Boolean).join('. ') }, item);
}

/** Returns the technical details of a failure. */
function detailsOf(failure: Failure): IDataObject {
	const { httpCode, description: hint, response, mayHaveBeenApplied } = failure;
	return withoutBlanks({ httpCode, code: codeOf(failure), hint, response, mayHaveBeenApplied });
}

/** Returns the code of a failure: the vendor's own code, else the pack's. */
export function codeOf({ code, ownCode, input, isMissing, httpCode }: Failure): string {
	if (code !== undefined) return code;
	if (isMissing || (httpCode === 404 && ownCode === 'REFUSED')) return 'NOT_FOUND';
	if (input && (ownCode === undefined || ownCode === 'FAILED')) return 'FIELD_INVALID';
	return ownCode ?? 'REFUSED';
}

function withoutBlanks(properties: Record<string, unknown>): IDataObject {
	return Object.fromEntries(Object.entries(properties).filter(([, value]) => value !== undefined)) as IDataObject;
}
