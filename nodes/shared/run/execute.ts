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
import { sendItem, type Prepared } from './sendItem';
import { isToolRun, nothingFound } from './tool';
import { isDone, recordsInBatch, batchesOf, type BatchItem, type Ready, type Batch } from './batching';

/**
 * Executes a node: every item through its checks, the throttle and the vendor, with the output in input order.
 *
 * In stop mode all items are checked before the first is sent, so that a mistake in one does not leave the others half
 * done; after the first failure no new request starts. In the continue modes, and for an AI agent, every item has its own
 * result: an agent's tool is run again with new items when it throws, so that nothing would be known of those sent.
 */
export async function execute(
	context: IExecuteFunctions,
	vendor: Vendor,
	resources: Resources,
): Promise<INodeExecutionData[][]> {
	const items = context.getInputData();
	const isTool = isToolRun(context);
	const opened = await createRun(context, vendor, resources, items);
	if ('message' in opened) {
		if (isTool) return [[failedToolItem(opened, 0)]];
		throw stopError(context.getNode(), opened, 0);
	}
	const run = opened;
	const { session } = run.connections;
	const yieldToOthers = eventLoopYielder();
	const prepared: Array<Ready | undefined> = run.goesOn ? [] : await prepareAll(run, items.length, yieldToOthers);
	const recalled = prepared.flatMap((ready, item) => (ready && 'finished' in ready ? [{ item, ...ready }] : []));
	const outputs: INodeExecutionData[][] = [];

	const takeReady = (item: number) => {
		const ready = prepared[item] ?? getReady(run, item);
		delete prepared[item];
		return ready;
	};
	const work = runInOrder({
		parallel: () => run.parallel || run.servers.parallel,
		breathe: yieldToOthers,
		next: run.once.inGroups(batchesOf(items.length, takeReady, run.operation.batch)),
		recordsOf: recordsInBatch,
		work: async (batch) => {
			for (const [index, finished] of (await sendInTurn(run, batch)).entries()) {
				const { item } = batch[index];
				note(run, finished, item);
				const failed = isTool ? failedToolItem : failedItem;
				outputs[item] = 'output' in finished ? finished.output : [failed(finished.failure, item)];
			}
			return !session.signal.aborted;
		},
	});
	await work.finally(async () => await run.once.close());

	// What n8n's Retry On Fail did in a try before counts also for items whose turn did not come in this one.
	if (run.stop) for (const { item, finished } of recalled) if (!outputs[item]) note(run, finished, item);
	if (run.stop)
		throw stopError(
			context.getNode(),
			withProgress(run.stop, run.progress, items.length, run.once.holds),
			run.stop.item,
		);
	// Tools of n8n before 1.117 have no hints.
	context.addExecutionHints?.(
		...[...shortened([...run.remarks]), ...run.once.hints, ...hintsOf(run.connections.all)].map((message) => ({
			message,
			location: 'outputPane' as const,
		})),
	);
	const output = outputs.flat();
	return [isTool && output.length === 0 ? [nothingFound(run.operation)] : output];
}

/** Sends a unit when its server takes another one; the user's own number counts for all servers together. */
async function sendInTurn(run: Run, batch: Batch): Promise<ItemResult[]> {
	if (isDone(batch) || run.parallel > 0) return await send(run, batch);
	return await run.servers.within(batch[0].ready.connection.concurrency, async () => await send(run, batch));
}

/** Sends a unit, and remembers what must not be sent again; gives the ends of its items in their order. */
async function send(run: Run, batch: Batch): Promise<ItemResult[]> {
	if (isDone(batch)) return [batch[0].ready.finished];
	const { account, vendor } = batch[0].ready.connection;
	const held = new RecordLocks(account, vendor.name);
	try {
		const busy = await takeRecords(batch, held);
		if (!busy) return await sendOnce(run, batch, held);
		return batch.map(({ ready }) => ({ failure: presentableFailure(busy, ready.redact) }));
	} finally {
		held.release();
	}
}

/** Takes what the items of a unit hold. Returns why that was not possible: then nothing was sent. */
async function takeRecords(batch: ReadonlyArray<BatchItem<Prepared>>, held: RecordLocks): Promise<Failure | undefined> {
	const records = batch.flatMap(({ ready }) => ready.held);
	const { requestOptions, signal } = batch[0].ready.connection;
	if (records.length === 0) return undefined;
	try {
		await held.take(records, { signal, maxWaitMs: requestOptions.retryLimits.maxWaitMs });
		return undefined;
	} catch (error) {
		return failureOf(error);
	}
}

async function sendOnce(run: Run, batch: ReadonlyArray<BatchItem<Prepared>>, held: RecordLocks): Promise<ItemResult[]> {
	const ends = await run.once.admit(batch);
	const rest = batch.filter(({ item }) => !ends.has(item));
	for (const [index, end] of (await sendNow(run, rest, held)).entries()) {
		const { item, ready } = rest[index];
		const mayHaveBeenApplied = 'failure' in end && end.failure.mayHaveBeenApplied === true && !end.failure.harmless;
		if ('output' in end || mayHaveBeenApplied) run.finished.remember(item, end);
		run.once.settle(ready, end, mayHaveBeenApplied);
		ends.set(item, end);
	}
	return batch.map(({ item }) => ends.get(item)!);
}

async function sendNow(
	{ operation, remarks }: Run,
	batch: ReadonlyArray<BatchItem<Prepared>>,
	held: RecordLocks,
): Promise<ItemResult[]> {
	const remark = (words: string) => remarks.add(words);
	if (operation.batch && batch.length > 1) return await sendBatch(operation, operation.batch, batch, remark, held);
	return await Promise.all(
		batch.map(
			async ({ ready, item }) =>
				await sendItem(ready, item, remark, ready.operation.effect === 'reads' ? undefined : held),
		),
	);
}

/** Keeps the books, and stops the node at its first failure in stop mode. */
function note(run: Run, finished: ItemResult, item: number): void {
	const { connections, goesOn, progress } = run;
	const { session } = connections;
	if ('output' in finished) return void progress.done.push(item);
	if (finished.failure.mayHaveBeenApplied) progress.unsure.push(item);
	if (goesOn || session.signal.aborted) return;
	// What an earlier run left in doubt says nothing of the other items: they are sent before the node fails.
	if (finished.earlier) return void (run.stop ??= { failure: finished.failure, item });
	run.stop = { failure: finished.failure, item };
	session.halt();
}
