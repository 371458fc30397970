import type { IDataObject } from 'n8n-workflow';
import { briefText, shownFailure } from '../base/brief';
import { failureOfAnswer, perhapsApplied, type Failure } from '../base/failure';
import { unreadable } from '../base/lists';
import type { Redactor } from '../base/redact';
import { SEND_IN_BULK } from '../form/options';
import type { Batch, BatchResult, Operation } from '../form/operation';
import { requestLine, type Call } from '../http/call';
import type { HeldRecords } from '../http/recordLocks';
import { requestsOn } from '../http/request';
import type { Finished } from './finished';
import { named } from './named';
import { carriedOutLater, itemMaker, sendItem, type Prepared, type Remark } from './sendItem';
import type { Entry } from './units';

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
	batch: Batch,
	entries: ReadonlyArray<Entry<Prepared>>,
	remark: Remark,
	held?: HeldRecords,
): Promise<Finished[]> {
	const { connection } = entries[0].ready;
	const calls = entries.map(({ ready }) => ready.call);
	const { ask, trail } = requestsOn(connection);
	const redact = redactorOf(entries);
	try {
		const answer = await ask(callOf(operation, batch, calls));
		const results = batch.results(answer, calls);
		if (results.length > calls.length) throw unreadable(`The answer tells of ${results.length} items, and ${calls.length} were sent`);
		return await inTurn(entries, async (entry, index) =>
			results[index] === undefined && operation.effect === 'repeatable'
				? await sendItem(entry.ready, entry.item, remark, held)
				: endOf(entry, results[index], answer, redact, remark),
		);
	} catch (error) {
		const whole = ofWhole(failureOfAnswer(error, connection.vendor.name), calls.length);
		const unsure = trail.wrote || (whole.httpCode ?? 0) >= SERVER_ERROR;
		const failure = shownFailure(unsure ? perhapsApplied(whole, connection.vendor.name) : whole, redact);
		return entries.map(() => ({ failure }));
	}
}

/** The end of an item by its receipt; one in an unknown form is no matter of the others. */
function endOf(entry: Entry<Prepared>, result: BatchResult | undefined, answer: unknown, redact: Redactor, remark: Remark): Finished {
	const { name } = entry.ready.connection.vendor;
	try {
		return finished(entry, result, answer, redact, remark);
	} catch (error) {
		return { failure: shownFailure(perhapsApplied(failureOfAnswer(error, name), name), redact) };
	}
}

/** Works through a list, one after another. */
async function inTurn<Given, Result>(list: readonly Given[], work: (given: Given, index: number) => Promise<Result>): Promise<Result[]> {
	const results: Result[] = [];
	for (const [index, given] of list.entries()) results.push(await work(given, index));
	return results;
}

function callOf({ effect }: Operation, batch: Batch, calls: readonly Call[]): Call {
	const { method, path } = requestLine(batch);
	return { method, path, effect, query: {}, shape: () => batch.body(calls), bulk: true };
}

/** Takes out the secrets of all items of the request, because its answer may hold those of any. */
function redactorOf(entries: ReadonlyArray<Entry<Prepared>>): Redactor {
	const redactors = [...new Set(entries.map(({ ready }) => ready.redact))];
	return (value) => redactors.reduce((clean, redact) => redact(clean), value);
}

/** What went wrong with the whole request, in words for each of its items. */
function ofWhole(failure: Failure, count: number): Failure {
	const advice = [failure.advice, `It was one request for ${count} items: switch off '${SEND_IN_BULK}' under 'Options' to see which of them it is about.`];
	return { ...failure, headline: `${failure.headline} (in one request for ${count} items)`, advice: advice.filter(Boolean).join(' ') };
}

function finished({ item, ready }: Entry<Prepared>, result: BatchResult | undefined, answer: unknown, redact: Redactor, remark: Remark): Finished {
	const { vendor } = ready.connection;
	if (result === undefined) {
		const headline = `${vendor.name} answered without a receipt for this item`;
		return { failure: shownFailure(perhapsApplied({ headline, response: answer }, vendor.name), redact) };
	}
	if ('refused' in result) {
		const { refused, code, hint } = result;
		const words = redact(refused);
		return { failure: shownFailure(named(ready, { headline: `${vendor.name} refused the request: ${briefText(words)}`, code, advice: hint, words }), redact) };
	}
	if ('record' in result) return { output: [itemMaker(ready, item, remark)(result.record, answer)] };
	remark(carriedOutLater(vendor.name));
	return { output: [{ json: { accepted: true, ...result.accepted } as IDataObject, pairedItem: { item } }] };
}
