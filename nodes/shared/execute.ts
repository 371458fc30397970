import type { IDataObject, IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';
import { buildCall, recordKey } from './build';
import { connect, type Connection } from './connection';
import { failureOf, type Failure } from './failure';
import { inputReader, type InputReader } from './input';
import type { Operation, Resources } from './operation';
import { asSuccess, recordOf, simplified } from './output';
import { readPages } from './paging';
import { failedItem, stopError } from './report';
import { send, type Call } from './request';
import { runInOrder } from './runInOrder';
import type { Vendor } from './vendor';

const REQUESTS_IN_PARALLEL = 4;

/** One item, ready to be sent. */
interface Prepared {
	call: Call;
	/** What items on the same record have in common. */
	record?: string;
	/** Most records wanted of a list. */
	limit: number;
	simplify: boolean;
}

/** All that the items of one execution share. */
interface Run {
	context: IExecuteFunctions;
	operation: Operation;
	connection: Connection;
	read: InputReader;
	remarks: Set<string>;
	/** Items that succeeded, and items of which nobody knows whether they did. */
	done: number[];
	unsure: number[];
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
	const run = await openRun(context, vendor, resources);
	const prepared: Array<Prepared | undefined> = context.continueOnFail() ? [] : items.map((_, item) => prepareOrStop(run, item));
	const outputs: INodeExecutionData[][] = new Array<INodeExecutionData[]>(items.length);

	await runInOrder({
		count: items.length,
		parallel: REQUESTS_IN_PARALLEL,
		prepare: (item) => prepared[item] ?? tryPrepare(run, item),
		recordOf: (ready) => ('failure' in ready ? undefined : ready.record),
		work: async (ready, item) => {
			const failure = 'failure' in ready ? ready.failure : await sendItem(run, ready, item, (output) => (outputs[item] = output));
			delete prepared[item];
			if (failure) outputs[item] = [failedItem(failure, item)];
			return !run.connection.signal.aborted;
		},
	});

	if (run.stop) throw stopError(context.getNode(), withProgress(run.stop, run, items.length), run.stop.item);
	if (run.remarks.size > 0) context.addExecutionHints(...[...run.remarks].map((message) => ({ message, location: 'outputPane' as const })));
	return [outputs.flat()];
}

async function openRun(context: IExecuteFunctions, vendor: Vendor, resources: Resources): Promise<Run> {
	const resource = context.getNodeParameter('resource', 0) as string;
	const value = context.getNodeParameter('operation', 0) as string;
	const operation = resources[resource]?.operations[value];
	if (!operation) throw stopError(context.getNode(), { headline: `This version of the node has no operation '${value}' for '${resource}'`, advice: 'Choose another operation, or update the package n8n-nodes-crm-pack.', input: true }, 0);
	const options = context.getNodeParameter('options', 0, {}) as IDataObject;
	try {
		const connection = await connect(context, vendor, options);
		const read = inputReader(context, value, operation, { zone: context.getTimezone(), formats: vendor.formats });
		return { context, operation, connection, read, remarks: new Set(), done: [], unsure: [] };
	} catch (error) {
		throw stopError(context.getNode(), failureOf(error), 0);
	}
}

function prepare({ context, operation, read }: Run, item: number): Prepared {
	const { input, fields } = read(item);
	const all = operation.many ? (context.getNodeParameter('returnAll', item, false) as boolean) : false;
	return {
		call: buildCall(operation, input, fields, item),
		record: recordKey(operation, input, fields),
		limit: all || !operation.many ? Infinity : Number(context.getNodeParameter('limit', item, 50)),
		simplify: operation.simple ? (context.getNodeParameter('simplify', item, true) as boolean) : false,
	};
}

function tryPrepare(run: Run, item: number): Prepared | { failure: Failure } {
	try {
		return prepare(run, item);
	} catch (error) {
		return { failure: failureOf(error) };
	}
}

function prepareOrStop(run: Run, item: number): Prepared {
	const ready = tryPrepare(run, item);
	if ('failure' in ready) throw stopError(run.context.getNode(), ready.failure, item);
	return ready;
}

/** Sends one item and hands its output over, or gives back why it failed. */
async function sendItem(run: Run, ready: Prepared, item: number, emit: (output: INodeExecutionData[]) => void): Promise<Failure | undefined> {
	try {
		emit(await sendPrepared(run, ready, item));
		run.done.push(item);
		return undefined;
	} catch (error) {
		const failure = failureOf(error);
		if (failure.mayHaveBeenApplied) run.unsure.push(item);
		if (!run.context.continueOnFail()) {
			run.stop ??= { failure, item };
			run.connection.halt();
		}
		return failure;
	}
}

async function sendPrepared(run: Run, { call, limit, simplify }: Prepared, item: number): Promise<INodeExecutionData[]> {
	const { operation, connection, remarks } = run;
	const output: INodeExecutionData[] = [];
	const emit = (record: IDataObject) => {
		const remark = operation.remark?.(record);
		if (remark) remarks.add(`${remark} [item ${item}]`);
		output.push({ json: asSuccess(simplify ? simplified(operation, record) : record), pairedItem: { item } });
	};
	if (operation.many) {
		for await (const records of readPages(connection, call, operation.many, limit)) records.forEach(emit);
	} else {
		emit(recordOf(operation, (await send(connection, call)).body));
	}
	return output;
}

/** What a user needs to know before running a stopped workflow again. */
function withProgress({ failure, item }: NonNullable<Run['stop']>, { done, unsure }: Run, count: number): Failure {
	if (count === 1) return failure;
	const carriedOut = done.length === 0 ? 'No other item was carried out' : `Carried out: ${done.length} of ${count} items (${ranges(done)})`;
	const others = unsure.filter((other) => other !== item);
	const maybe = others.length === 0 ? '' : `, perhaps also ${ranges(others)}`;
	const advice = [failure.advice, `${carriedOut}${maybe}; nothing was sent for the rest.`].filter(Boolean).join(' ');
	return { ...failure, headline: `${failure.headline} [item ${item}]`, advice };
}

/** 0, 1, 2, 5 as "0-2, 5". */
function ranges(items: number[]): string {
	const parts: Array<[first: number, last: number]> = [];
	for (const item of items.sort((a, b) => a - b)) {
		const open = parts[parts.length - 1];
		if (open && open[1] === item - 1) open[1] = item;
		else parts.push([item, item]);
	}
	return parts.map(([first, last]) => (first === last ? String(first) : `${first}-${last}`)).join(', ');
}
