import { integer, text, toggle, type Field, type Fields } from '../fields';
import { requestDefaults } from '../http/requestOptions';
import type { BulkEndpoint, Operation } from './operation';

const number = (label: string, name: keyof typeof requestDefaults, most: number, description: string, least = 1) =>
	integer(label).min(least).max(most).default(requestDefaults[name]).describe(description);

/** Options of every node. The names are stored in workflows. */
export const requestOptionFields = {
	maxTries: number(
		'Max Tries',
		'maxTries',
		20,
		'Attempts per request, including the first. Rate-limited ones do not count. A write that may have been carried out is never retried.',
	),
	maxWait: number('Max Wait (Seconds)', 'maxWait', 3600, 'Maximum total wait between the attempts of one request'),
	requestsInParallel: number(
		'Requests in Parallel',
		'requestsInParallel',
		32,
		'Items sent at the same time, the same number for all items. 0 is automatic: from 4 up to 32, while more makes the run faster. ' +
			'Requests on the same record never overlap.',
		0,
	),
	timeout: number('Timeout (Seconds)', 'timeout', 3600, 'Maximum time until the complete response has arrived'),
} satisfies Fields;

/** Label of the option that sends several items in one request. */
export const SEND_IN_BULK = 'Send in Bulk';

// A user who adds this option wants the conversion, so it starts as on.
const convertTypes = toggle('Convert Types')
	.default(true)
	.describe(
		"Whether to convert text to numbers and booleans, by the account's field types. Needs one more request per execution.",
	);

function sendInBulk({ off, size }: BulkEndpoint): Field {
	const normally = off ? `Off by default, because ${off}` : 'On by default';
	return toggle(SEND_IN_BULK)
		.default(Boolean(off))
		.describe(`Whether to send up to ${size} items in one request. ${normally}.`);
}

/** Label of the option for the user's own idempotency key. */
export const ONCE_PER = 'Once Per';

const oncePer = text(ONCE_PER)
	.tidy()
	.example('{{ $json.orderNumber }}')
	.describe(
		'Idempotency key: text that names what must happen once, as an expression. An item with a known key, from any execution, ' +
			'is not sent again and is marked in the output. The node remembers at least its last 6,000 keys.',
	);

const crashSafe = toggle('Crash Safe')
	.default(false)
	.describe(
		"Whether to record sent items in n8n's database, so that nothing is sent twice when n8n repeats this execution: after a crash, " +
			'or when you press Retry. On by default.',
	);

/** Returns whether a repeated request would do harm, such as a second message or a second record. */
const harmsTwice = ({ effect }: Operation) => effect === 'writes';

/** Returns the options of an operation, without those of every node. */
export function ownOptions(operation: Operation): Record<string, Field> {
	const { batch, converter, effect } = operation;
	return {
		...(batch ? { sendInBulk: sendInBulk(batch) } : {}),
		...(converter ? { convertTypes } : {}),
		...(effect === 'reads' ? {} : { oncePer }),
		...(harmsTwice(operation) ? { crashSafe } : {}),
	};
}

/** Returns whether the node records the items of an operation before it sends them, by their checked options. */
export function isCrashSafe(operation: Operation, { crashSafe: wanted }: Readonly<Record<string, unknown>>): boolean {
	return harmsTwice(operation) && wanted !== false;
}

/** Returns whether an item may be sent in bulk, by its checked options. */
export function inBulk({ batch }: Operation, { sendInBulk }: Readonly<Record<string, unknown>>): boolean {
	return batch !== undefined && ((sendInBulk as boolean | undefined) ?? !batch.off);
}
