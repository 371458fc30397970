import type { IDataObject } from 'n8n-workflow';
import { truncateText, presentableFailure } from '../base/truncate';
import { failureOfResponse, inDoubt, type Failure } from '../base/failure';
import { malformedResponse } from '../base/parseResponse';
import type { Redactor } from '../base/redact';
import { SEND_IN_BULK } from '../form/options';
import type { BulkEndpoint, BulkResult, Operation } from '../form/operation';
import { requestLine, type ApiRequest } from '../http/apiRequest';
import type { RecordLocks } from '../http/limiter';
import { requestsThrough } from '../http/request';
import type { ItemResult } from './retryCache';
import { withErrorContext } from './errorContext';
import { carriedOutLater, itemMaker, sendItem, type PreparedItem, type AddHint } from './sendItem';
import type { BatchItem } from './batching';

/** With a lower status, the vendor refused the whole request before it processed single items. */
const SERVER_ERROR = 500;

/**
 * Sends several items in one request, and reads the receipt of each.
 *
 * @returns the results of the items in their order. An item without a receipt is sent alone if the operation is idempotent.
 * Otherwise its failure says that it may have been carried out
 */
export async function sendBatch(
	operation: Operation,
	endpoint: BulkEndpoint,
	batch: ReadonlyArray<BatchItem<PreparedItem>>,
	addHint: AddHint,
	locks?: RecordLocks,
): Promise<ItemResult[]> {
	const { connection } = batch[0].ready;
	const requests = batch.map(({ ready }) => ready.request);
	const { send, trail } = requestsThrough(connection);
	const redact = redactorOf(batch);
	try {
		const response = await send(bulkRequest(operation, endpoint, requests));
		const receipts = endpoint.results(response, requests);
		if (receipts.length > requests.length)
			throw malformedResponse(
				`The response has receipts for ${receipts.length} items, but ${requests.length} were sent`,
			);
		return await mapInOrder(batch, async (entry, index) =>
			receipts[index] === undefined && operation.effect === 'idempotent'
				? await sendItem(entry.ready, entry.item, addHint, locks)
				: resultFrom(entry, receipts[index], response, redact, addHint),
		);
	} catch (error) {
		const whole = failureOfBatch(failureOfResponse(error, connection.vendor.name), requests.length);
		const unsure = trail.wrote || (whole.httpCode ?? 0) >= SERVER_ERROR;
		const failure = presentableFailure(unsure ? inDoubt(whole, connection.vendor.name) : whole, redact);
		return batch.map(() => ({ failure }));
	}
}

/** Returns the result of an item by its receipt. A receipt in an unknown form does not affect the other items. */
function resultFrom(
	entry: BatchItem<PreparedItem>,
	receipt: BulkResult | undefined,
	response: unknown,
	redact: Redactor,
	addHint: AddHint,
): ItemResult {
	const { name } = entry.ready.connection.vendor;
	try {
		return readReceipt(entry, receipt, response, redact, addHint);
	} catch (error) {
		return { failure: presentableFailure(inDoubt(failureOfResponse(error, name), name), redact) };
	}
}

/** Maps a list, one element after another. */
async function mapInOrder<Element, Result>(
	list: readonly Element[],
	map: (element: Element, index: number) => Promise<Result>,
): Promise<Result[]> {
	const results: Result[] = [];
	for (const [index, element] of list.entries()) results.push(await map(element, index));
	return results;
}

/** Builds the bulk request of several items. */
function bulkRequest({ effect }: Operation, endpoint: BulkEndpoint, requests: readonly ApiRequest[]): ApiRequest {
	const { method, path } = requestLine(endpoint);
	return { method, path, effect, query: {}, shape: () => endpoint.body(requests), bulk: true };
}

/** Returns a redactor for the secrets of all items, because the response may contain the secrets of any item. */
function redactorOf(batch: ReadonlyArray<BatchItem<PreparedItem>>): Redactor {
	const redactors = [...new Set(batch.map(({ ready }) => ready.redact))];
	return (value) => redactors.reduce((clean, redact) => redact(clean), value);
}

/** Returns the failure of the whole request, worded for each of its items. */
function failureOfBatch(failure: Failure, count: number): Failure {
	const description = [
		failure.description,
		`It was one request for ${count} items. Turn off '${SEND_IN_BULK}' under 'Options' to find the item that caused it.`,
	];
	return {
		...failure,
		message: `${failure.message} (in one request for ${count} items)`,
		description: description.filter(Boolean).join(' '),
	};
}

function readReceipt(
	{ item, ready }: BatchItem<PreparedItem>,
	receipt: BulkResult | undefined,
	response: unknown,
	redact: Redactor,
	addHint: AddHint,
): ItemResult {
	const { vendor } = ready.connection;
	if (receipt === undefined) {
		const message = `${vendor.name} sent no result for this item`;
		return { failure: presentableFailure(inDoubt({ message, response }, vendor.name), redact) };
	}
	if ('refused' in receipt) {
		const { refused, code, hint } = receipt;
		const vendorMessage = redact(refused);
		return {
			failure: presentableFailure(
				withErrorContext(ready, {
					message: `${vendor.name} refused the request: ${truncateText(vendorMessage)}`,
					code,
					description: hint,
					vendorMessage,
				}),
				redact,
			),
		};
	}
	if ('record' in receipt) return { output: [itemMaker(ready, item, addHint)(receipt.record, response)] };
	addHint(carriedOutLater(vendor.name));
	return { output: [{ json: { accepted: true, ...receipt.accepted } as IDataObject, pairedItem: { item } }] };
}
