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
import { buildCall } from './buildRequest';
import type { Run } from './createRun';
import { heldBy, recordKey } from './records';
import type { Prepared } from './sendItem';
import type { Ready } from './batching';

/** One item, checked and put into a request. */
function prepare(run: Run, item: number): Prepared {
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
	const claim = once.claim(operation, options, item);
	const record = recordKey(operation, input, fields);
	const own = secretFields
		.filter(({ key }) => input[key] !== undefined)
		.flatMap(({ key, field: { spec } }) => spec.secretsIn?.(input[key]) ?? toText(input[key]));
	return {
		operation,
		input,
		fields,
		call: buildCall(operation, input, fields, item),
		records: [record, claim?.oncePer === undefined ? undefined : `once per ${claim.oncePer}`]
			.filter((key) => key !== undefined)
			.map((key) => `${connection.account} ${key}`),
		held: heldBy(operation, input, fields),
		claim,
		...readControls(operation, item),
		inBulk: inBulk(operation, options),
		converter: options.convertTypes ? converterOf(connection) : undefined,
		correction: correctionOf(connection),
		connection,
		redact: own.length > 0 ? redactorFor([...connection.secrets, ...own]) : connection.redact,
	};
}

/** An option that counts for the whole run. */
function differs(label: string, first: unknown, given: unknown, item: number): FailureError {
	return new FailureError({
		message: `'${label}' is one number for all items, and is ${formatValue(first)} for the first and ${formatValue(given)} for this one [item ${item}]`,
		description: 'Nothing was sent for this item. Give a number in place of the expression.',
	});
}

/**
 * All items, checked before the first is sent.
 *
 * @throws NodeOperationError when the input of one is at fault
 */
export async function prepareAll(run: Run, count: number, yieldToOthers: YieldToEventLoop): Promise<Ready[]> {
	const prepared: Ready[] = [];
	for (let item = 0; item < count; item += 1) {
		await yieldToOthers();
		prepared.push(prepareOrStop(run, item));
	}
	return prepared;
}

/** An item whose turn has come; what is wrong with its input is its end. */
export function getReady(run: Run, item: number): Ready {
	const finished = run.finished.recall(item);
	if (finished) return { finished };
	try {
		return prepare(run, item);
	} catch (error) {
		// Whatever went wrong here, an expression of n8n included, nothing was sent for this item.
		return {
			finished: { failure: presentableFailure({ ...failureOf(error), input: true }, run.connections.redactorOf(item)) },
		};
	}
}

function prepareOrStop(run: Run, item: number): Ready {
	const ready = getReady(run, item);
	const failure = 'finished' in ready && 'failure' in ready.finished ? ready.finished.failure : undefined;
	if (failure?.input) throw stopError(run.context.getNode(), failure, item);
	return ready;
}
