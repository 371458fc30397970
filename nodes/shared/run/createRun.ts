import type { IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';
import { FailureError, failureOf, type Failure } from '../base/failure';
import { entryOf, toText } from '../base/json';
import type { Input } from '../fields/check';
import { controlReader, optionReader } from '../form/controls';
import {
	placedFields,
	type Converter,
	type Correction,
	type Operation,
	type PlacedField,
	type Resources,
} from '../form/operation';
import type { Vendor } from '../form/vendor';
import { Connections } from '../http/connections';
import { requestOptionsFrom } from '../http/requestOptions';
import { oncePerAccount, type OncePerAccount } from './oncePerAccount';
import { retryCache, type RetryCache } from './retryCache';
import { inputReader, type InputReader } from './input';
import { OnceGuard } from './onceGuard';
import type { Progress } from './progress';
import { Servers } from './servers';
import { isToolRun } from './tool';

/** All that the items of one execution share. */
export interface Run {
	context: IExecuteFunctions;
	operation: Operation;
	connections: Connections;
	read: InputReader;
	/** Items with the same values get the same object. */
	readOptions: (item: number) => Input;
	readControls: ReturnType<typeof controlReader>;
	/** What converts the records of items that want it. */
	converterOf: OncePerAccount<Converter>;
	/** What corrects a list request that found nothing. */
	correctionOf: OncePerAccount<Correction>;
	/** Fields whose values are kept out of every message. */
	secretFields: PlacedField[];
	/** Items at work at the same time; 0 where the servers decide. */
	parallel: number;
	/** Share out the units among the servers they go to. */
	servers: Servers;
	/** A failed item gives its failure as its result, and the others go on. */
	goesOn: boolean;
	finished: RetryCache;
	once: OnceGuard;
	remarks: Set<string>;
	progress: Progress;
	/** The failure that stops the node. */
	stop?: { failure: Failure; item: number };
}

/** The run, or why none can begin: then nothing was sent for any item. */
export async function createRun(...given: Parameters<typeof openRun>): Promise<Run | Failure> {
	try {
		return await openRun(...given);
	} catch (error) {
		return failureOf(error);
	}
}

async function openRun(
	context: IExecuteFunctions,
	vendor: Vendor,
	resources: Resources,
	items: INodeExecutionData[],
): Promise<Run> {
	const resource: unknown = context.getNodeParameter('resource', 0);
	const value: unknown = context.getNodeParameter('operation', 0);
	const operation = entryOf(entryOf(resources, resource)?.operations ?? {}, value);
	if (!operation)
		throw new FailureError({
			message: `This version of the node has no operation '${toText(value)}' for '${toText(resource)}'`,
			description: 'Choose another operation, or update the package n8n-nodes-crm-pack.',
			input: true,
		});
	const fieldContext = { zone: context.getTimezone(), formats: vendor.formats };
	const connections = await Connections.open(context, vendor, items.length);
	const readOptions = optionReader(context, vendor, operation, fieldContext);
	return {
		context,
		operation,
		connections,
		read: inputReader(context, operation, fieldContext),
		readOptions,
		parallel: parallelOf(readOptions, items),
		servers: new Servers(connections.all.map(({ concurrency }) => concurrency)),
		readControls: controlReader(context, fieldContext),
		converterOf: oncePerAccount(operation.converter),
		correctionOf: oncePerAccount(operation.correction),
		secretFields: placedFields(operation.fields).filter(({ field }) => field.spec.secret),
		goesOn: context.continueOnFail() || isToolRun(context),
		finished: retryCache(context, items),
		once: new OnceGuard(context, vendor.name, items, (item) => connections.accountOf(item)),
		remarks: new Set(),
		progress: { done: [], unsure: [] },
	};
}

/** How many items are at work at once: the first item with readable options says it for all. */
function parallelOf(readOptions: Run['readOptions'], items: readonly INodeExecutionData[]): number {
	for (const item of items.keys()) {
		try {
			return requestOptionsFrom(readOptions(item)).parallel;
		} catch {
			// An item with unreadable options fails on its own, when its turn comes.
		}
	}
	return requestOptionsFrom({}).parallel;
}
