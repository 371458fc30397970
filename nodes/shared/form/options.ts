import { integer, text, toggle, type Field, type Fields } from '../fields';
import { requestDefaults } from '../http/requestOptions';
import type { BulkEndpoint, Operation } from './operation';

const number = (label: string, name: keyof typeof requestDefaults, most: number, description: string, least = 1) =>
	integer(label).min(least).max(most).default(requestDefaults[name]).describe(description);

/** Options of every node. */
export const requestOptionFields = {
	maxTries: number(
		'Max Tries',
		'maxTries',
		20,
		'Most attempts at one request, the first included. "Slow down" counts for none, and a write that may have been carried out is never tried again.',
	),
	maxWait: number('Max Wait (Seconds)', 'maxWait', 3600, 'Longest total wait between the attempts at one request'),
	requestsInParallel: number(
		'Requests in Parallel',
		'requestsInParallel',
		32,
		'Most items at work at the same time, the same for all items. ' +
			'0 stands for automatic: from 4 up to 32, more as long as that makes the run faster. Requests on the same record never overlap.',
		0,
	),
	timeout: number('Timeout (Seconds)', 'timeout', 3600, 'Longest time until an answer is there as a whole'),
} satisfies Fields;

/** Label of the option that sends several items in one request. */
export const SEND_IN_BULK = 'Send in Bulk';

// Whoever adds an option wants what the operation does not do by itself.
const convertTypes = toggle('Convert Types')
	.default(true)
	.describe(
		"Whether to turn text into numbers and booleans, by the types of the account's fields. Costs one more request for all items together.",
	);

function sendInBulk({ off, size }: BulkEndpoint): Field {
	const start = off ? `Off unless you switch it on, because ${off}` : 'On unless you switch it off';
	return toggle(SEND_IN_BULK)
		.default(Boolean(off))
		.describe(`Whether to send up to ${size} items in one request. ${start}.`);
}

/** Label of the option by which the user names what must happen once. */
export const ONCE_PER = 'Once Per';

const oncePer = text(ONCE_PER)
	.tidy()
	.example('{{ $json.orderNumber }}')
	.describe(
		'Text that names what must happen once, as an expression. An item whose text this node has met before, in whatever execution, ' +
			'is not sent again and comes out marked. The node remembers at least its last 6,000 texts.',
	);

const crashSafe = toggle('Crash Safe')
	.default(false)
	.describe(
		"Whether to note in n8n's database what is sent, so that nothing is sent again when n8n runs this execution again: after a crash, " +
			'or when you press Retry. On unless you switch it off.',
	);

/** Whether an operation reaches a customer or makes a record, and would do so again. */
const harmsTwice = ({ effect }: Operation) => effect === 'writes';

/** The options of an operation beside those of every node. */
export function ownOptions(operation: Operation): Record<string, Field> {
	const { batch, converter, effect } = operation;
	return {
		...(batch ? { sendInBulk: sendInBulk(batch) } : {}),
		...(converter ? { convertTypes } : {}),
		...(effect === 'reads' ? {} : { oncePer }),
		...(harmsTwice(operation) ? { crashSafe } : {}),
	};
}

/** Whether items of an operation are noted before they are sent, by their checked options. */
export function isCrashSafe(operation: Operation, { crashSafe: wanted }: Readonly<Record<string, unknown>>): boolean {
	return harmsTwice(operation) && wanted !== false;
}

/** Whether an item may go in bulk, by its checked options. */
export function inBulk({ batch }: Operation, { sendInBulk }: Readonly<Record<string, unknown>>): boolean {
	return batch !== undefined && ((sendInBulk as boolean | undefined) ?? !batch.off);
}
