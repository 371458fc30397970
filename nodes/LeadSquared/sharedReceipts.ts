import { FailureError } from '../shared/base/failure';
import { firstText } from '../shared/base/json';
import type { BulkEndpoint, BulkResult } from '../shared/form/operation';
import type { SendRequest, ApiRequest } from '../shared/http/apiRequest';

/**
 * What an answer about so many items says of them all.
 *
 * @returns nothing where it does not say that all were carried out: nobody knows then which were
 */
export type Receipt = (response: unknown, count: number) => BulkResult | undefined;

/** The results of a bulk request whose answer speaks of all its items together. */
export const sameForAll =
	(receipt: Receipt): BulkEndpoint['results'] =>
	(response, requests) =>
		requests.map(() => receipt(response, requests.length));

/** Sends the request for one item, and takes it for carried out only where the answer says so. */
export const confirmedBy =
	(receipt: Receipt) =>
	async (send: SendRequest, request: ApiRequest): Promise<unknown> => {
		const response = await send(request);
		if (receipt(response, 1)) return response;
		const reason = firstText(response, ['FailureReason']);
		throw new FailureError({
			message: `LeadSquared answered without a receipt for this item${reason ? `: ${reason}` : ''}`,
			response,
		});
	};
