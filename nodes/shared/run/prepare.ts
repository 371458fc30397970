import type { YieldToEventLoop } from '../base/yieldToEventLoop';
import { presentableFailure } from '../base/truncate';
import { FailureError, failureOf } from '../base/failure';
import { toText } from '../base/json';
import { redactorFor } from '../base/redact';
import { stopError } from '../base/nodeErrors';
import { formatValue } from '../base/formatValue';
import type { FieldContext } from '../fields';
import { resolveOperation } from '../form/operation';
import { inBulk, requestOptionFields } from '../form/options';
import { requestOptionsFrom } from '../http/requestOptions';
import { buildRequest } from './buildRequest';
import type { Run } from './createRun';
import { locksFor, recordKey } from './records';
import type { PreparedItem } from './sendItem';
import type { ReadyItem } from './batching';

/** Checks one item and builds its request. */
function prepare(run: Run, item: number): PreparedItem {
	const { connections, converterOf, correctionOf, once, parallel, read, readOptions, readControls, secretFields } = run;
	const options = readOptions(item);
	const connection = connections.of(item, options);
	if (requestOptionsFrom(options).parallel !== parallel)
		throw differs(
			requestOptionFields.requestsInParallel.spec.label,
			parallel,
			requestOptionsFrom(options).parallel,
			item,
		);
	const { input, fields } = read(item, options.defaultCountry as FieldContext['defaultCountry']);
	const operation = resolveOperation(run.operation, input);
	const idempotencyKey = once.keyFor(operation, options, item);
	const record = recordKey(operation, input, fields);
	const own = secretFields
		.filter(({ key }) => input[key] !== undefined)
		.flatMap(({ key, field: { spec } }) => spec.secretsIn?.(input[key]) ?? toText(input[key]));
	return {
		operation,
		input,
		fields,
		request: buildRequest(operation, input, fields, item),
		records: [record, idempotencyKey?.oncePer === undefined ? undefined : `once per ${idempotencyKey.oncePer}`]
			.filter((key) => key !== undefined)
			.map((key) => `${connection.account} ${key}`),
		locks: locksFor(operation, input, fields),
		idempotencyKey,
		...readControls(operation, item),
		inBulk: inBulk(operation, options),
		converter: options.convertTypes ? converterOf(connection) : undefined,
		correction: correctionOf(connection),
		connection,
		redact: own.length > 0 ? redactorFor([...connection.secrets, ...own]) : connection.redact,
	};
}

/** Returns the error for an option that must be the same for all items. */
function differs(label: string, first: unknown, given: unknown, item: number): FailureError {
	return new FailureError({
		message: `'${label}' must be the same for all items, but is ${formatValue(first)} for the first item and ${formatValue(given)} for this one [item ${item}]`,
		description: 'Nothing was sent for this item. Enter a number instead of the expression.',
	});
}

/**
 * Checks all items before the first is sent.
 *
 * @throws NodeOperationError if the input of an item is wrong
 */
export async function prepareAll(run: Run, count: number, yieldToOthers: YieldToEventLoop): Promise<ReadyItem[]> {
	const prepared: ReadyItem[] = [];
	for (let item = 0; item < count; item += 1) {
		await yieldToOthers();
		prepared.push(prepareOrStop(run, item));
	}
	return prepared;
}

/** Prepares an item whose turn has come. An error in its input becomes its result. */
export function getReady(run: Run, item: number): ReadyItem {
	const result = run.retryCache.recall(item);
	if (result) return { result };
	try {
		return prepare(run, item);
	} catch (error) {
		// Nothing was sent for this item, whatever failed. An expression of n8n can fail here, too.
		return {
			result: { failure: presentableFailure({ ...failureOf(error), input: true }, run.connections.redactorOf(item)) },
		};
	}
}

function prepareOrStop(run: Run, item: number): ReadyItem {
	const ready = getReady(run, item);
	const failure = 'result' in ready && 'failure' in ready.result ? ready.result.failure : undefined;
	if (failure?.input) throw stopError(run.context.getNode(), failure, item);
	return ready;
}
