import type { IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';
import { eventLoopYielder } from '../base/yieldToEventLoop';
import { presentableFailure } from '../base/truncate';
import { failureOf, type Failure } from '../base/failure';
import { failedItem, failedToolItem, stopError } from '../base/nodeErrors';
import type { Resources } from '../form/operation';
import type { Vendor } from '../form/vendor';
import { RecordLocks } from '../http/limiter';
import type { ItemResult } from './retryCache';
import { createRun, type Run } from './createRun';
import { getReady, prepareAll } from './prepare';
import { hintsOf, shortened, withProgress } from './progress';
import { runInOrder } from './runInOrder';
import { sendBatch } from './sendBatch';
import { sendItem, type PreparedItem } from './sendItem';
import { isToolRun, nothingFound } from './tool';
import { isFinished, recordsInBatch, batchesOf, type BatchItem, type ReadyItem, type Batch } from './batching';

/**
 * Executes a node: checks every item, sends it to the vendor, and returns the output in the order of the input.
 *
 * In stop mode, all items are checked before the first is sent, so that a mistake in one item doesn't leave the others half
 * done. After the first failure no new request starts. In the continue modes, and for an AI agent, each item has its own
 * result: an agent runs a tool again with new items after an error, and would not learn which items were sent.
 *
 * @throws NodeApiError or NodeOperationError in stop mode, with the item that failed
 */
export async function execute(
	context: IExecuteFunctions,
	vendor: Vendor,
	resources: Resources,
): Promise<INodeExecutionData[][]> {
	const items = context.getInputData();
	const isTool = isToolRun(context);
	const run = await createRun(context, vendor, resources, items);
	if ('message' in run) {
		if (isTool) return [[failedToolItem(run, 0)]];
		throw stopError(context.getNode(), run, 0);
	}
	const { session } = run.connections;
	const yieldToOthers = eventLoopYielder();
	const prepared: Array<ReadyItem | undefined> = run.continueOnFail
		? []
		: await prepareAll(run, items.length, yieldToOthers);
	const fromCache = prepared.flatMap((ready, item) => (ready && 'result' in ready ? [{ item, ...ready }] : []));
	const outputs: INodeExecutionData[][] = [];

	const takeReady = (item: number) => {
		const ready = prepared[item] ?? getReady(run, item);
		delete prepared[item];
		return ready;
	};
	const work = runInOrder({
		parallel: () => run.parallel || run.servers.parallel,
		yieldToOthers,
		next: run.once.inGroups(batchesOf(items.length, takeReady, run.operation.batch)),
		recordsOf: recordsInBatch,
		work: async (batch) => {
			for (const [index, result] of (await sendWhenFree(run, batch)).entries()) {
				const { item } = batch[index];
				recordResult(run, result, item);
				const failed = isTool ? failedToolItem : failedItem;
				outputs[item] = 'output' in result ? result.output : [failed(result.failure, item)];
			}
			return !session.signal.aborted;
		},
	});
	await work.finally(async () => await run.once.close());

	// The error message also counts items that an earlier try of Retry On Fail sent, and that this try did not reach.
	if (run.stop) for (const { item, result } of fromCache) if (!outputs[item]) recordResult(run, result, item);
	if (run.stop)
		throw stopError(
			context.getNode(),
			withProgress(run.stop, run.progress, items.length, run.once.isRetrySafe),
			run.stop.item,
		);
	// Tools before n8n 1.117 have no hints.
	context.addExecutionHints?.(
		...[...shortened([...run.hints]), ...run.once.hints, ...hintsOf(run.connections.all)].map((message) => ({
			message,
			location: 'outputPane' as const,
		})),
	);
	const output = outputs.flat();
	return [isTool && output.length === 0 ? [nothingFound(run.operation)] : output];
}

/** Sends a batch as soon as its server accepts another one. A number of the user applies to all servers together. */
async function sendWhenFree(run: Run, batch: Batch): Promise<ItemResult[]> {
	if (isFinished(batch) || run.parallel > 0) return await sendWithLocks(run, batch);
	return await run.servers.within(batch[0].ready.connection.concurrency, async () => await sendWithLocks(run, batch));
}

/** Locks the records of a batch and sends it. Returns the results of its items in their order. */
async function sendWithLocks(run: Run, batch: Batch): Promise<ItemResult[]> {
	if (isFinished(batch)) return [batch[0].ready.result];
	const { account, vendor } = batch[0].ready.connection;
	const locks = new RecordLocks(account, vendor.name);
	try {
		const failure = await takeLocks(batch, locks);
		if (!failure) return await sendOnce(run, batch, locks);
		return batch.map(({ ready }) => ({ failure: presentableFailure(failure, ready.redact) }));
	} finally {
		locks.release();
	}
}

/** Takes the locks of a batch. Returns a failure if that is not possible; then nothing was sent. */
async function takeLocks(
	batch: ReadonlyArray<BatchItem<PreparedItem>>,
	locks: RecordLocks,
): Promise<Failure | undefined> {
	const names = batch.flatMap(({ ready }) => ready.locks);
	const { requestOptions, signal } = batch[0].ready.connection;
	if (names.length === 0) return undefined;
	try {
		await locks.take(names, { signal, maxWaitMs: requestOptions.retryLimits.maxWaitMs });
		return undefined;
	} catch (error) {
		return failureOf(error);
	}
}

/** Sends the items that no earlier run has sent, and remembers the items that must not be sent again. */
async function sendOnce(
	run: Run,
	batch: ReadonlyArray<BatchItem<PreparedItem>>,
	locks: RecordLocks,
): Promise<ItemResult[]> {
	const results = await run.once.admit(batch);
	const admitted = batch.filter(({ item }) => !results.has(item));
	for (const [index, result] of (await send(run, admitted, locks)).entries()) {
		const { item, ready } = admitted[index];
		const mayHaveBeenApplied =
			'failure' in result && result.failure.mayHaveBeenApplied === true && !result.failure.harmless;
		if ('output' in result || mayHaveBeenApplied) run.retryCache.remember(item, result);
		run.once.settle(ready, result, mayHaveBeenApplied);
		results.set(item, result);
	}
	return batch.map(({ item }) => results.get(item)!);
}

async function send(
	{ operation, hints }: Run,
	batch: ReadonlyArray<BatchItem<PreparedItem>>,
	locks: RecordLocks,
): Promise<ItemResult[]> {
	const addHint = (hint: string) => hints.add(hint);
	if (operation.batch && batch.length > 1) return await sendBatch(operation, operation.batch, batch, addHint, locks);
	return await Promise.all(
		batch.map(
			async ({ ready, item }) =>
				await sendItem(ready, item, addHint, ready.operation.effect === 'reads' ? undefined : locks),
		),
	);
}

/** Records the result of an item for the error message. In stop mode, the first failure stops the node. */
function recordResult(run: Run, result: ItemResult, item: number): void {
	const { connections, continueOnFail, progress } = run;
	const { session } = connections;
	if ('output' in result) return void progress.succeeded.push(item);
	if (result.failure.mayHaveBeenApplied) progress.inDoubt.push(item);
	if (continueOnFail || session.signal.aborted) return;
	// A doubt that an earlier run left says nothing about the other items: they are sent before the node fails.
	if (result.earlier) return void (run.stop ??= { failure: result.failure, item });
	run.stop = { failure: result.failure, item };
	session.halt();
}
