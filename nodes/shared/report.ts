import { NodeApiError, NodeOperationError, type INode, type INodeExecutionData } from 'n8n-workflow';
import { detailsOf, type Failure } from './failure';

/**
 * A failure as n8n's error of a vendor's API; the details are in `context.data`.
 *
 * NodeApiError searches what it is given for words of its own, and keeps an error of its own kind unchanged: it gets
 * nothing to search.
 */
export function apiError(node: INode, failure: Failure, itemIndex?: number): NodeApiError {
	const { headline: message, advice: description, httpCode } = failure;
	const error = new NodeApiError(node, {}, { message, description, httpCode: httpCode === undefined ? undefined : String(httpCode), itemIndex });
	error.context.data = detailsOf(failure);
	return error;
}

/** A failure as the error that stops a node: the user's input as an operation error, everything else as an API error. */
export function stopError(node: INode, failure: Failure, itemIndex: number): NodeApiError | NodeOperationError {
	if (!failure.input) return apiError(node, failure, itemIndex);
	return new NodeOperationError(node, failure.headline, { description: failure.advice, itemIndex });
}

/**
 * A failed item for "Continue" and "Continue (using error output)".
 *
 * n8n takes an item for a failed one when its `json` has `error` and no key besides `message` and `details`.
 */
export function failedItem(failure: Failure, item: number): INodeExecutionData {
	return { json: { error: failure.headline, message: failure.advice ?? failure.headline, details: detailsOf(failure) }, pairedItem: { item } };
}
