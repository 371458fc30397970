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

/** The data that all items of one execution share. */
export interface Run {
	context: IExecuteFunctions;
	operation: Operation;
	connections: Connections;
	read: InputReader;
	/** Items with the same values get the same object. */
	readOptions: (item: number) => Input;
	readControls: ReturnType<typeof controlReader>;
	/** Loads the converter for the records of items that ask for conversion. */
	converterOf: OncePerAccount<Converter>;
	/** Loads the correction of a list request that found nothing. */
	correctionOf: OncePerAccount<Correction>;
	/** Fields whose values must not be in any message. */
	secretFields: PlacedField[];
	/** Batches sent in parallel. 0: the servers decide. */
	parallel: number;
	/** Limits the batches in parallel per server. */
	servers: Servers;
	/** A failed item returns its failure as its result, and the other items continue. */
	continueOnFail: boolean;
	retryCache: RetryCache;
	once: OnceGuard;
	hints: Set<string>;
	progress: Progress;
	/** The failure that stops the node. */
	stop?: { failure: Failure; item: number };
}

/** Returns the run, or the failure that prevents it. In that case nothing was sent for any item. */
export async function createRun(...args: Parameters<typeof openRun>): Promise<Run | Failure> {
	try {
		return await openRun(...args);
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
		continueOnFail: context.continueOnFail() || isToolRun(context),
		retryCache: retryCache(context, items),
		once: new OnceGuard(context, vendor.name, items, (item) => connections.accountOf(item)),
		hints: new Set(),
		progress: { succeeded: [], inDoubt: [] },
	};
}

/** Returns the number of batches in parallel. The first item with valid options decides for all. */
function parallelOf(readOptions: Run['readOptions'], items: readonly INodeExecutionData[]): number {
	for (const item of items.keys()) {
		try {
			return requestOptionsFrom(readOptions(item)).parallel;
		} catch {
			// An item with invalid options fails alone, when its turn comes.
		}
	}
	return requestOptionsFrom({}).parallel;
}
