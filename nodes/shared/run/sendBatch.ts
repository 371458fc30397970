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
import { carriedOutLater, itemMaker, sendItem, type Prepared, type Remark } from './sendItem';
import type { BatchItem } from './batching';

/** Statuses below this one are the client's fault, which the vendor sees before it looks at single items. */
const SERVER_ERROR = 500;

/**
 * Sends several items in one request, and reads what became of each.
 *
 * @returns their ends, in their order. An item without a receipt is sent alone where that does no harm; else its failure
 * says that it may have been carried out.
 */
export async function sendBatch(
	operation: Operation,
	batch: BulkEndpoint,
	entries: ReadonlyArray<BatchItem<Prepared>>,
	remark: Remark,
	held?: RecordLocks,
): Promise<ItemResult[]> {
	const { connection } = entries[0].ready;
	const requests = entries.map(({ ready }) => ready.call);
	const { send, trail } = requestsThrough(connection);
	const redact = redactorOf(entries);
	try {
		const response = await send(callOf(operation, batch, requests));
		const results = batch.results(response, requests);
		if (results.length > requests.length)
			throw malformedResponse(`The answer tells of ${results.length} items, and ${requests.length} were sent`);
		return await inTurn(entries, async (entry, index) =>
			results[index] === undefined && operation.effect === 'idempotent'
				? await sendItem(entry.ready, entry.item, remark, held)
				: endOf(entry, results[index], response, redact, remark),
		);
	} catch (error) {
		const whole = ofWhole(failureOfResponse(error, connection.vendor.name), requests.length);
		const unsure = trail.wrote || (whole.httpCode ?? 0) >= SERVER_ERROR;
		const failure = presentableFailure(unsure ? inDoubt(whole, connection.vendor.name) : whole, redact);
		return entries.map(() => ({ failure }));
	}
}

/** The end of an item by its receipt; one in an unknown form is no matter of the others. */
function endOf(
	entry: BatchItem<Prepared>,
	result: BulkResult | undefined,
	response: unknown,
	redact: Redactor,
	remark: Remark,
): ItemResult {
	const { name } = entry.ready.connection.vendor;
	try {
		return finished(entry, result, response, redact, remark);
	} catch (error) {
		return { failure: presentableFailure(inDoubt(failureOfResponse(error, name), name), redact) };
	}
}

/** Works through a list, one after another. */
async function inTurn<Given, Result>(
	list: readonly Given[],
	work: (given: Given, index: number) => Promise<Result>,
): Promise<Result[]> {
	const results: Result[] = [];
	for (const [index, given] of list.entries()) results.push(await work(given, index));
	return results;
}

function callOf({ effect }: Operation, batch: BulkEndpoint, requests: readonly ApiRequest[]): ApiRequest {
	const { method, path } = requestLine(batch);
	return { method, path, effect, query: {}, shape: () => batch.body(requests), bulk: true };
}

/** Takes out the secrets of all items of the request, because its answer may hold those of any. */
function redactorOf(entries: ReadonlyArray<BatchItem<Prepared>>): Redactor {
	const redactors = [...new Set(entries.map(({ ready }) => ready.redact))];
	return (value) => redactors.reduce((clean, redact) => redact(clean), value);
}

/** What went wrong with the whole request, in words for each of its items. */
function ofWhole(failure: Failure, count: number): Failure {
	const description = [
		failure.description,
		`It was one request for ${count} items: switch off '${SEND_IN_BULK}' under 'Options' to see which of them it is about.`,
	];
	return {
		...failure,
		message: `${failure.message} (in one request for ${count} items)`,
		description: description.filter(Boolean).join(' '),
	};
}

function finished(
	{ item, ready }: BatchItem<Prepared>,
	result: BulkResult | undefined,
	response: unknown,
	redact: Redactor,
	remark: Remark,
): ItemResult {
	const { vendor } = ready.connection;
	if (result === undefined) {
		const message = `${vendor.name} sent no result for this item`;
		return { failure: presentableFailure(inDoubt({ message, response }, vendor.name), redact) };
	}
	if ('refused' in result) {
		const { refused, code, hint } = result;
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
	if ('record' in result) return { output: [itemMaker(ready, item, remark)(result.record, response)] };
	remark(carriedOutLater(vendor.name));
	return { output: [{ json: { accepted: true, ...result.accepted } as IDataObject, pairedItem: { item } }] };
}
