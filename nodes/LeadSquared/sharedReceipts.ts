import { FailureError } from '../shared/base/failure';
import { firstText } from '../shared/base/json';
import type { Batch, BatchResult } from '../shared/form/operation';
import type { Ask, Call } from '../shared/http/call';

/**
 * What an answer about so many items says of them all.
 *
 * @returns nothing where it does not say that all were carried out: nobody knows then which were
 */
export type Receipt = (answer: unknown, count: number) => BatchResult | undefined;

/** The results of a bulk request whose answer speaks of all its items together. */
export const sameForAll =
	(receipt: Receipt): Batch['results'] =>
	(answer, calls) =>
		calls.map(() => receipt(answer, calls.length));

/** Sends the request for one item, and takes it for carried out only where the answer says so. */
export const confirmedBy =
	(receipt: Receipt) =>
	async (ask: Ask, call: Call): Promise<unknown> => {
		const answer = await ask(call);
		if (receipt(answer, 1)) return answer;
		const reason = firstText(answer, ['FailureReason']);
		throw new FailureError({ headline: `LeadSquared answered without a receipt for this item${reason ? `: ${reason}` : ''}`, response: answer });
	};
