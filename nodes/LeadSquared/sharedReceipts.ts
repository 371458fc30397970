import { FailureError } from '../shared/base/failure';
import { firstText } from '../shared/base/json';
import type { BulkEndpoint, BulkResult } from '../shared/form/operation';
import type { SendRequest, ApiRequest } from '../shared/http/apiRequest';

/**
 * Reads the result that all items of a request share.
 *
 * @param response response of LeadSquared
 * @param count number of items in the request
 * @returns the result, or nothing unless the response confirms all items, because it does not say which items it means
 */
export type Receipt = (response: unknown, count: number) => BulkResult | undefined;

/** Returns the results reader of a bulk request whose response reports on all items together. */
export const sameForAll =
	(receipt: Receipt): BulkEndpoint['results'] =>
	(response, requests) =>
		requests.map(() => receipt(response, requests.length));

/**
 * Returns the `run` of an operation that succeeds only if the response confirms it.
 *
 * @throws FailureError when the response does not confirm the item
 */
export const confirmedBy =
	(receipt: Receipt) =>
	async (send: SendRequest, request: ApiRequest): Promise<unknown> => {
		const response = await send(request);
		if (receipt(response, 1)) return response;
		const reason = firstText(response, ['FailureReason']);
		throw new FailureError({
			message: `LeadSquared did not confirm this item${reason ? `: ${reason}` : ''}`,
			response,
		});
	};
