import type { IDataObject, IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';
import { buildCall, recordKey } from './build';
import { connect, type Connection } from './connection';
import { failureOf, type Failure } from './failure';
import { finishedItems, type Finished, type FinishedItems } from './finished';
import { inputReader, type Input, type InputReader } from './input';
import { placedFields, type Operation, type Resources } from './operation';
import { asSuccess, recordsOf, simplified, withoutWithheld } from './output';
import { readPages } from './paging';
import { hintsOf, withProgress, type Progress } from './progress';
import { failedItem, stopError } from './report';
import { askerFor, type Call } from './request';
import { runInOrder } from './runInOrder';
import type { Vendor } from './vendor';

/** One item, ready to be sent. */
interface Prepared {
	input: Input;
	call: Call;
	/** What items on the same record have in common. */
	record?: string;
	/** Most records wanted of a list. */
	limit: number;
	simplify: boolean;
}

/** An item whose turn has come: to be sent, or done with already. */
type Ready = Prepared | { finished: Finished };

/** All that the items of one execution share. */
interface Run {
	context: IExecuteFunctions;
	operation: Operation;
	connection: Connection;
	read: InputReader;
	/** Fields whose values are kept out of every message. */
	secretKeys: string[];
	finished: FinishedItems;
	remarks: Set<string>;
	progress: Progress;
	/** The failure that stops the node. */
	stop?: { failure: Failure; item: number };
}

/**
 * Executes a node: every item through its checks, the throttle and the vendor, with the output in input order.
 *
 * In stop mode all items are checked before the first is sent, so that a mistake in one does not leave the others half
 * done; after the first failure no new request starts. In the continue modes every item has its own result.
 */
export async function execute(context: IExecuteFunctions, vendor: Vendor, resources: Resources): Promise<INodeExecutionData[][]> {
	const items = context.getInputData();
	const run = await openRun(context, vendor, resources, items);
	const { signal, pace } = run.connection;
	const prepared: Array<Ready | undefined> = context.continueOnFail() ? [] : items.map((_, item) => prepareOrStop(run, item));
	const outputs: INodeExecutionData[][] = new Array<INodeExecutionData[]>(items.length);

	await runInOrder({
		count: items.length,
		parallel: pace.parallel,
		prepare: (item) => prepared[item] ?? getReady(run, item),
		recordOf: (ready) => ('finished' in ready ? undefined : ready.record),
		work: async (ready, item) => {
			delete prepared[item];
			const finished = 'finished' in ready ? ready.finished : await sendItem(run, ready, item);
			note(run, finished, item);
			outputs[item] = 'output' in finished ? finished.output : [failedItem(finished.failure, item)];
			return !signal.aborted;
		},
	});

	if (run.stop) throw stopError(context.getNode(), withProgress(run.stop, run.progress, items.length), run.stop.item);
	context.addExecutionHints(...[...run.remarks, ...hintsOf(run.connection)].map((message) => ({ message, location: 'outputPane' as const })));
	return [outputs.flat()];
}

async function openRun(context: IExecuteFunctions, vendor: Vendor, resources: Resources, items: INodeExecutionData[]): Promise<Run> {
	const resource = context.getNodeParameter('resource', 0) as string;
	const value = context.getNodeParameter('operation', 0) as string;
	const operation = resources[resource]?.operations[value];
	if (!operation) throw stopError(context.getNode(), { headline: `This version of the node has no operation '${value}' for '${resource}'`, advice: 'Choose another operation, or update the package n8n-nodes-crm-pack.', input: true }, 0);
	const options = context.getNodeParameter('options', 0, {}) as IDataObject;
	try {
		const connection = await connect(context, vendor, options);
		const read = inputReader(context, value, operation, { zone: context.getTimezone(), formats: vendor.formats });
		const secretKeys = placedFields(operation.fields).filter(({ field }) => field.spec.secret).map(({ key }) => key);
		return { context, operation, connection, read, secretKeys, finished: finishedItems(context, items), remarks: new Set(), progress: { done: [], unsure: [] } };
	} catch (error) {
		throw stopError(context.getNode(), failureOf(error), 0);
	}
}

function prepare({ context, connection, operation, read, secretKeys }: Run, item: number): Prepared {
	const { input, fields } = read(item);
	for (const key of secretKeys) if (input[key] !== undefined) connection.secrets.add(String(input[key]));
	const all = operation.many ? (context.getNodeParameter('returnAll', item, false) as boolean) : false;
	return {
		input,
		call: buildCall(operation, input, fields, item),
		record: recordKey(operation, input, fields),
		limit: all || !operation.many ? Infinity : Number(context.getNodeParameter('limit', item, 50)),
		simplify: operation.simple ? (context.getNodeParameter('simplify', item, true) as boolean) : false,
	};
}

function getReady(run: Run, item: number): Ready {
	const finished = run.finished.recall(item);
	if (finished) return { finished };
	try {
		return prepare(run, item);
	} catch (error) {
		// Whatever went wrong here, an expression of n8n included, nothing was sent for this item.
		return { finished: { failure: { ...failureOf(error), input: true } } };
	}
}

function prepareOrStop(run: Run, item: number): Ready {
	const ready = getReady(run, item);
	const failure = 'finished' in ready && 'failure' in ready.finished ? ready.finished.failure : undefined;
	if (failure?.input) throw stopError(run.context.getNode(), failure, item);
	return ready;
}

/** Sends one item, and remembers what must not be sent again. */
async function sendItem(run: Run, ready: Prepared, item: number): Promise<Finished> {
	try {
		const finished = { output: await outputOf(run, ready, item) };
		run.finished.remember(item, finished);
		return finished;
	} catch (error) {
		const finished = { failure: failureOf(error) };
		if (finished.failure.mayHaveBeenApplied && !finished.failure.harmless) run.finished.remember(item, finished);
		return finished;
	}
}

/** Keeps the books, and stops the node at its first failure in stop mode. */
function note(run: Run, finished: Finished, item: number): void {
	const { context, connection, progress } = run;
	if ('output' in finished) return void progress.done.push(item);
	if (finished.failure.mayHaveBeenApplied) progress.unsure.push(item);
	if (context.continueOnFail() || connection.signal.aborted) return;
	run.stop = { failure: finished.failure, item };
	connection.halt();
}

async function outputOf(run: Run, { input, call, limit, simplify }: Prepared, item: number): Promise<INodeExecutionData[]> {
	const { operation, connection, remarks } = run;
	const output: INodeExecutionData[] = [];
	const ask = askerFor(connection);
	const emit = (record: IDataObject, answer?: unknown) => {
		const remark = operation.remark?.(record, answer);
		if (remark) remarks.add(`${remark} [item ${item}]`);
		const shown = withoutWithheld(operation, record);
		output.push({ json: asSuccess(simplify ? simplified(operation, shown) : shown), pairedItem: { item } });
	};
	if (operation.many) {
		for await (const records of readPages(ask, call, operation.many, limit)) records.forEach((record) => emit(record));
	} else {
		const answer = operation.run ? await operation.run(ask, call, input as never) : await ask(call);
		recordsOf(operation, answer).forEach((record) => emit(record, answer));
	}
	return output;
}
