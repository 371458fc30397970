import type { IDataObject, INodeExecutionData } from 'n8n-workflow';
import { presentableFailure } from '../base/truncate';
import { failureOfResponse, inDoubt } from '../base/failure';
import type { Redactor } from '../base/redact';
import type { Input } from '../fields/check';
import { queued, type Converter, type Correction, type Operation, type PlacedField } from '../form/operation';
import type { SendRequest, ApiRequest } from '../http/apiRequest';
import type { Connection } from '../http/connection';
import { readPages } from '../http/paging';
import { requestsThrough } from '../http/request';
import type { LockMode, RecordLocks } from '../http/limiter';
import type { IdempotencyKey } from './idempotencyKey';
import type { ItemResult } from './retryCache';
import { withErrorContext } from './errorContext';
import { asSuccess, completed, recordsIn, simplified, withoutWithheld } from './output';
import { droppedFields } from './verifyWrite';

/** One item, ready to be sent. */
export interface Prepared {
	/** The operation as the item's input makes it. */
	operation: Operation;
	input: Input;
	fields: readonly PlacedField[];
	call: ApiRequest;
	/** What items on the same record, or with the same 'Once Per', have in common. */
	records: readonly string[];
	/** What it holds in the whole process while its requests run. */
	held: ReadonlyArray<readonly [string, LockMode]>;
	/** How it is known, where it is to be sent once even after a crash. */
	claim?: IdempotencyKey;
	/** Most records wanted of a list. */
	limit: number;
	simplify: boolean;
	/** May go together with other items, where the vendor has a request for that. */
	inBulk: boolean;
	/** Gives what converts its records, where the item wants that. */
	converter?: (send: SendRequest) => Promise<Converter>;
	/** Corrects the request of a list that found nothing. */
	correction?: (send: SendRequest) => Promise<Correction>;
	/** The connection as the item's options want it. */
	connection: Connection;
	/** Takes out the secrets of the credential and of the item's own secret fields. */
	redact: Redactor;
}

/** Takes a note for the user. */
export type Remark = (words: string) => void;

/**
 * Sends one item and reads what came back.
 *
 * @returns the output or the failure. Once a write has left, every failure carries `mayHaveBeenApplied`, whatever went
 * wrong afterwards, until the vendor says that it did not act.
 */
export async function sendItem(
	prepared: Prepared,
	item: number,
	remark: Remark,
	held?: RecordLocks,
): Promise<ItemResult> {
	const { connection, redact } = prepared;
	const { send, trail } = requestsThrough(connection, held);
	try {
		return { output: await outputOf(prepared, send, item, remark) };
	} catch (error) {
		const failure = withErrorContext(prepared, failureOfResponse(error, connection.vendor.name));
		return { failure: presentableFailure(trail.wrote ? inDoubt(failure, connection.vendor.name) : failure, redact) };
	}
}

async function outputOf(
	prepared: Prepared,
	send: SendRequest,
	item: number,
	remark: Remark,
): Promise<INodeExecutionData[]> {
	const { operation, input, call: request, limit } = prepared;
	const output: INodeExecutionData[] = [];
	const toItem = itemMaker(prepared, item, remark, await prepared.converter?.(send));
	const { many } = operation;
	if (many) {
		const note = (words: string) => remark(prepared.redact(`${words} [item ${item}]`));
		const readAll = async (list: ApiRequest) => {
			for await (const records of readPages(send, list, many, limit, note))
				output.push(...records.map((record) => toItem(record)));
		};
		await readAll(request);
		const corrected = output.length === 0 ? (await prepared.correction?.(send))?.(request) : undefined;
		if (corrected) await readAll(corrected);
	} else {
		const response = operation.run ? await operation.run(send, request, input as never) : await send(request);
		output.push(...recordsIn(operation, response).map((record) => toItem(record, response)));
	}
	return output;
}

/** What the user should know of items that the vendor has only taken; the same words for all of them, so that n8n shows them once. */
export const carriedOutLater = (vendorName: string) =>
	`${vendorName} has accepted items and carries them out later; it does not tell this node what becomes of each.`;

/** Makes n8n's items from the records that came for an item, and notes what the user should know of them. */
export function itemMaker(
	{ operation, input, simplify, redact, connection }: Prepared,
	item: number,
	remark: Remark,
	convert?: Converter,
) {
	const { vendor } = connection;
	const note = (words: string | undefined) => words && remark(redact(`${words} [item ${item}]`));
	return (record: IDataObject, response?: unknown): INodeExecutionData => {
		if (operation.output === queued) remark(carriedOutLater(vendor.name));
		note(operation.remark?.(record, response, input));
		droppedFields(operation, input, record, vendor.name).forEach(note);
		const whole = completed(operation, withoutWithheld(operation, record), input);
		const shown = convert?.(whole) ?? whole;
		return {
			json: asSuccess(simplify ? simplified(operation, vendor.tidy?.(shown) ?? shown) : shown),
			pairedItem: { item },
		};
	};
}
