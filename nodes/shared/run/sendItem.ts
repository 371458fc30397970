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
export interface PreparedItem {
	/** The operation, resolved with the input of the item. */
	operation: Operation;
	input: Input;
	fields: readonly PlacedField[];
	request: ApiRequest;
	/** Keys that items on the same record, or with the same 'Once Per', share. Such items run one after another. */
	records: readonly string[];
	/** Locks that the item holds in the whole process while its requests run. */
	locks: ReadonlyArray<readonly [string, LockMode]>;
	/** Set if the item must be sent only once, even after a crash. */
	idempotencyKey?: IdempotencyKey;
	/** Maximum number of records from a list. */
	limit: number;
	simplify: boolean;
	/** May be part of a bulk request, if the vendor has one. */
	inBulk: boolean;
	/** Loads the converter of its records. Set if the item asks for conversion. */
	converter?: (send: SendRequest) => Promise<Converter>;
	/** Loads the correction of a list request that found nothing. */
	correction?: (send: SendRequest) => Promise<Correction>;
	/** The connection, with the item's options. */
	connection: Connection;
	/** Removes the secrets of the credential and of the item's secret fields. */
	redact: Redactor;
}

/** Adds a hint for the user to the output. */
export type AddHint = (hint: string) => void;

/**
 * Sends one item and reads the response.
 *
 * @returns the output or the failure. After a write was sent, every failure has `mayHaveBeenApplied`, unless the vendor reports
 * that it did nothing
 */
export async function sendItem(
	prepared: PreparedItem,
	item: number,
	addHint: AddHint,
	locks?: RecordLocks,
): Promise<ItemResult> {
	const { connection, redact } = prepared;
	const { send, trail } = requestsThrough(connection, locks);
	try {
		return { output: await outputOf(prepared, send, item, addHint) };
	} catch (error) {
		const failure = withErrorContext(prepared, failureOfResponse(error, connection.vendor.name));
		return { failure: presentableFailure(trail.wrote ? inDoubt(failure, connection.vendor.name) : failure, redact) };
	}
}

async function outputOf(
	prepared: PreparedItem,
	send: SendRequest,
	item: number,
	addHint: AddHint,
): Promise<INodeExecutionData[]> {
	const { operation, input, request, limit } = prepared;
	const output: INodeExecutionData[] = [];
	const toItem = itemMaker(prepared, item, addHint, await prepared.converter?.(send));
	const { many } = operation;
	if (many) {
		const addItemHint = (hint: string) => addHint(prepared.redact(`${hint} [item ${item}]`));
		const readAll = async (list: ApiRequest) => {
			for await (const records of readPages(send, list, many, limit, addItemHint))
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

/** Returns the hint for items that the vendor only accepted. The text is the same for all, so n8n shows it once. */
export const carriedOutLater = (vendorName: string) =>
	`${vendorName} has accepted the items and carries them out later. It does not report their results to this node.`;

/** Returns a function that turns a record of the response into an n8n item, and adds hints about it. */
export function itemMaker(
	{ operation, input, simplify, redact, connection }: PreparedItem,
	item: number,
	addHint: AddHint,
	convert?: Converter,
) {
	const { vendor } = connection;
	const addItemHint = (hint: string | undefined) => hint && addHint(redact(`${hint} [item ${item}]`));
	return (record: IDataObject, response?: unknown): INodeExecutionData => {
		if (operation.output === queued) addHint(carriedOutLater(vendor.name));
		addItemHint(operation.remark?.(record, response, input));
		droppedFields(operation, input, record, vendor.name).forEach(addItemHint);
		const complete = completed(operation, withoutWithheld(operation, record), input);
		const shown = convert?.(complete) ?? complete;
		return {
			json: asSuccess(simplify ? simplified(operation, vendor.tidy?.(shown) ?? shown) : shown),
			pairedItem: { item },
		};
	};
}
