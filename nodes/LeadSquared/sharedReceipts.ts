import type { IDataObject } from 'n8n-workflow';
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

/**
 * The rows of an answer by the items that they tell of, whose numbers begin at 1.
 *
 * @returns nothing for an item whose number comes twice, and for no item where a number cannot be: the others may be
 * counted in another way, too
 */
export function byRowNumber(rows: readonly IDataObject[], count: number): Array<IDataObject | undefined> {
	const numbers = rows.map(({ RowNumber }) => numberOf(RowNumber));
	const areKnown = numbers.every((number) => Number.isInteger(number) && number >= 1 && number <= count);
	return Array.from({ length: count }, (_, index) => {
		const own = areKnown ? rows.filter((_row, place) => numbers[place] === index + 1) : [];
		return own.length === 1 ? own[0] : undefined;
	});
}

/** A number, or its digits; what JavaScript takes for one besides, such as '0x1' or ' 1', names no row. */
function numberOf(value: unknown): number {
	if (typeof value === 'number') return value;
	return typeof value === 'string' && /^[1-9]\d*$/.test(value) ? Number(value) : NaN;
}
