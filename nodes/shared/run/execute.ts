import type { IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';
import { breather, type Breather } from '../base/breather';
import { shownFailure } from '../base/brief';
import { FailureError, failureOf, type Failure } from '../base/failure';
import { redactorFor } from '../base/redact';
import { failedItem, failedToolItem, stopError } from '../base/report';
import { show } from '../base/show';
import type { Input } from '../fields/check';
import type { FieldContext } from '../fields';
import { controlReader, optionReader } from '../form/controls';
import { placedFields, type Operation, type Resources } from '../form/operation';
import { paceFields } from '../form/options';
import type { Vendor } from '../form/vendor';
import { connect, withOptions, type Connection } from '../http/connection';
import { paceFrom } from '../http/pace';
import { buildCall, recordKey } from './build';
import { finishedItems, type Finished, type FinishedItems } from './finished';
import { inputReader, type InputReader } from './input';
import { hintsOf, shortened, withProgress, type Progress } from './progress';
import { runInOrder } from './runInOrder';
import { sendItem, type Prepared } from './sendItem';
import { isToolRun, nothingFound } from './tool';

/** An item whose turn has come: to be sent, or done with already. */
type Ready = Prepared | { finished: Finished };

/** All that the items of one execution share. */
interface Run {
	context: IExecuteFunctions;
	operation: Operation;
	connection: Connection;
	read: InputReader;
	/** Items with the same values get the same object. */
	readOptions: (item: number) => Input;
	/** Connections by the options that they were made for. */
	connections: Map<Input, Connection>;
	readControls: ReturnType<typeof controlReader>;
	/** Fields whose values are kept out of every message. */
	secretKeys: string[];
	/** Items at work at the same time. */
	parallel: number;
	/** A failed item gives its failure as its result, and the others go on. */
	goesOn: boolean;
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
 * done; after the first failure no new request starts. In the continue modes, and for an AI agent, every item has its own
 * result: an agent's tool is run again with new items when it throws, so that nothing would be known of those sent.
 */
export async function execute(context: IExecuteFunctions, vendor: Vendor, resources: Resources): Promise<INodeExecutionData[][]> {
	const items = context.getInputData();
	const isTool = isToolRun(context);
	const opened = await openOrFail(context, vendor, resources, items);
	if ('headline' in opened) {
		if (isTool) return [[failedToolItem(opened, 0)]];
		throw stopError(context.getNode(), opened, 0);
	}
	const run = opened;
	const breathe = breather();
	const prepared: Array<Ready | undefined> = run.goesOn ? [] : await prepareAll(run, items.length, breathe);
	const outputs: INodeExecutionData[][] = [];

	await runInOrder({
		count: items.length,
		parallel: run.parallel,
		breathe,
		prepare: (item) => prepared[item] ?? getReady(run, item),
		recordOf: (ready) => ('record' in ready ? ready.record : undefined),
		work: async (ready, item) => {
			delete prepared[item];
			const finished = 'finished' in ready ? ready.finished : await send(run, ready, item);
			note(run, finished, item);
			const failed = isTool ? failedToolItem : failedItem;
			outputs[item] = 'output' in finished ? finished.output : [failed(finished.failure, item)];
			return !run.connection.signal.aborted;
		},
	});

	if (run.stop) throw stopError(context.getNode(), withProgress(run.stop, run.progress, items.length), run.stop.item);
	// Tools of n8n before 1.117 have no hints.
	context.addExecutionHints?.(...[...shortened([...run.remarks]), ...hintsOf(run.connection)].map((message) => ({ message, location: 'outputPane' as const })));
	const output = outputs.flat();
	return [isTool && output.length === 0 ? [nothingFound(run.operation)] : output];
}

/** The run, or why none can begin: then nothing was sent for any item. */
async function openOrFail(...given: Parameters<typeof openRun>): Promise<Run | Failure> {
	try {
		return await openRun(...given);
	} catch (error) {
		return failureOf(error);
	}
}

async function openRun(context: IExecuteFunctions, vendor: Vendor, resources: Resources, items: INodeExecutionData[]): Promise<Run> {
	const resource = context.getNodeParameter('resource', 0) as string;
	const value = context.getNodeParameter('operation', 0) as string;
	const operation = resources[resource]?.operations[value];
	if (!operation)
		throw new FailureError({
			headline: `This version of the node has no operation '${value}' for '${resource}'`,
			advice: 'Choose another operation, or update the package n8n-nodes-crm-pack.',
			input: true,
		});
	const fieldContext = { zone: context.getTimezone(), formats: vendor.formats };
	const connection = await connect(context, vendor);
	const readOptions = optionReader(context, vendor, fieldContext);
	return {
		context,
		operation,
		connection,
		read: inputReader(context, operation, fieldContext),
		readOptions,
		connections: new Map(),
		parallel: parallelOf(readOptions, items),
		readControls: controlReader(context, operation, fieldContext),
		secretKeys: placedFields(operation.fields)
			.filter(({ field }) => field.spec.secret)
			.map(({ key }) => key),
		goesOn: context.continueOnFail() || isToolRun(context),
		finished: finishedItems(context, items),
		remarks: new Set(),
		progress: { done: [], unsure: [] },
	};
}

/** How many items are at work at once: the first item with readable options says it for all. */
function parallelOf(readOptions: Run['readOptions'], items: readonly INodeExecutionData[]): number {
	for (const item of items.keys()) {
		try {
			return paceFrom(readOptions(item)).parallel;
		} catch {
			// An item with unreadable options fails on its own, when its turn comes.
		}
	}
	return paceFrom({}).parallel;
}

function prepare(run: Run, item: number): Prepared {
	const { connection, operation, parallel, read, readOptions, readControls, secretKeys } = run;
	const options = readOptions(item);
	if (paceFrom(options).parallel !== parallel) throw differs(paceFields.requestsInParallel.spec.label, parallel, paceFrom(options).parallel, item);
	const { input, fields } = read(item, options.defaultCountry as FieldContext['defaultCountry']);
	const own = secretKeys.filter((key) => input[key] !== undefined).map((key) => String(input[key]));
	return {
		input,
		fields,
		call: buildCall(operation, input, fields, item),
		record: recordKey(operation, input, fields),
		...readControls(item),
		connection: connectionFor(run, options),
		redact: own.length > 0 ? redactorFor([...connection.secrets, ...own]) : connection.redact,
	};
}

/** The connection of items with the same options, which is made once for all of them. */
function connectionFor({ connection, connections }: Run, options: Input): Connection {
	const known = connections.get(options) ?? withOptions(connection, options);
	connections.set(options, known);
	return known;
}

/** An option that counts for the whole run. */
function differs(label: string, first: unknown, given: unknown, item: number): FailureError {
	return new FailureError({
		headline: `'${label}' is one number for all items, and is ${show(first)} for the first and ${show(given)} for this one [item ${item}]`,
		advice: 'Nothing was sent for this item. Give a number in place of the expression.',
	});
}

async function prepareAll(run: Run, count: number, breathe: Breather): Promise<Ready[]> {
	const prepared: Ready[] = [];
	for (let item = 0; item < count; item += 1) {
		await breathe();
		prepared.push(prepareOrStop(run, item));
	}
	return prepared;
}

function getReady(run: Run, item: number): Ready {
	const finished = run.finished.recall(item);
	if (finished) return { finished };
	try {
		return prepare(run, item);
	} catch (error) {
		// Whatever went wrong here, an expression of n8n included, nothing was sent for this item.
		return { finished: { failure: shownFailure({ ...failureOf(error), input: true }, run.connection.redact) } };
	}
}

function prepareOrStop(run: Run, item: number): Ready {
	const ready = getReady(run, item);
	const failure = 'finished' in ready && 'failure' in ready.finished ? ready.finished.failure : undefined;
	if (failure?.input) throw stopError(run.context.getNode(), failure, item);
	return ready;
}

/** Sends one item, and remembers what must not be sent again. */
async function send({ operation, finished, remarks }: Run, ready: Prepared, item: number): Promise<Finished> {
	const result = await sendItem(operation, ready, item, (words) => remarks.add(words));
	if ('output' in result || (result.failure.mayHaveBeenApplied && !result.failure.harmless)) finished.remember(item, result);
	return result;
}

/** Keeps the books, and stops the node at its first failure in stop mode. */
function note(run: Run, finished: Finished, item: number): void {
	const { connection, goesOn, progress } = run;
	if ('output' in finished) return void progress.done.push(item);
	if (finished.failure.mayHaveBeenApplied) progress.unsure.push(item);
	if (goesOn || connection.signal.aborted) return;
	run.stop = { failure: finished.failure, item };
	connection.halt();
}
