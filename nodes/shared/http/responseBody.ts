import { decodeText } from '../base/charset';
import { parseKeepingIds } from '../base/exactJson';
import { FailureError } from '../base/failure';
import { toText } from '../base/json';
import type { ApiResponse } from './api';

/** Bytes of one answer that are read at most: more would cost n8n several times that in memory. */
export const MAX_RESPONSE_BYTES = 20 * 1024 * 1024;

/** Bytes that all answers for one item may have together, those to the pages of a list for instance. */
export const MAX_ITEM_BYTES = 5 * MAX_RESPONSE_BYTES;

/** Levels at which n8n, which walks through its data by recursion, is still far from the end of its stack. */
const DEEPEST = 200;

/** An answer that is larger than may be read. */
export class ResponseTooLarge extends Error {}

/** What is needed of a stream of Node. */
interface Stream extends AsyncIterable<Buffer> {
	destroy: (reason?: Error) => void;
}

/** Body of an answer, and how many bytes it had on its way. */
interface Body {
	body: unknown;
	isText: boolean;
	bytes: number;
}

/**
 * Reads the body of an answer to its end, within bounds of size and time. It is asked for as a stream, because n8n's
 * helper itself reads without a bound.
 *
 * @param signal ends the reading
 * @param contentType header of the response, which may name its encoding
 * @throws TooLarge when the body is larger than `LARGEST_ANSWER_BYTES`
 * @throws when the signal is aborted meanwhile, or the connection is closed
 */
export async function readBody(given: unknown, signal: AbortSignal, contentType?: unknown): Promise<Body> {
	if (!isStream(given)) return { body: given, isText: typeof given === 'string', bytes: 0 };
	const chunks: Buffer[] = [];
	let bytes = 0;
	// Not the signal's reason, which is a DOMException: with one the axios of n8n 1.60 throws where nobody can catch it.
	const end = () => given.destroy(new Error('The answer is no longer wanted', { cause: signal.reason }));
	signal.addEventListener('abort', end);
	try {
		signal.throwIfAborted();
		for await (const chunk of given) {
			bytes += chunk.length;
			if (bytes > MAX_RESPONSE_BYTES) throw new ResponseTooLarge();
			chunks.push(Buffer.from(chunk));
		}
	} finally {
		signal.removeEventListener('abort', end);
		given.destroy();
	}
	return { ...parsed(decodeText(Buffer.concat(chunks), contentType)), bytes };
}

function isStream(body: unknown): body is Stream {
	return typeof body === 'object' && body !== null && Symbol.asyncIterator in body && 'destroy' in body;
}

/** Text that is no JSON stays text; an empty one says nothing at all. IDs of more than 15 digits are text. */
function parsed(text: string): Omit<Body, 'bytes'> {
	try {
		return { body: parseKeepingIds(text), isText: false };
	} catch {
		return { body: text, isText: true };
	}
}

/** Whether a value is nested more deeply than n8n could handle. */
export function isTooDeep(value: unknown, left = DEEPEST): boolean {
	if (typeof value !== 'object' || value === null) return false;
	return left === 0 || Object.values(value).some((member) => isTooDeep(member, left - 1));
}

/** Whether an answer says nothing that could be read: text that is no JSON, or JSON without an end to its depth. */
export function isUnreadable({ status, body, isText }: ApiResponse): boolean {
	if (isTooDeep(body)) return true;
	return isText === true && toText(body).trim() !== '' && (status < 400 || status >= 500);
}

/** Counts the bytes of all answers for one item. */
export function byteCounter(): (bytes: number) => void {
	let total = 0;
	return (bytes) => {
		total += bytes;
		if (total <= MAX_ITEM_BYTES) return;
		throw new FailureError({
			ownCode: 'RESPONSE_TOO_LARGE',
			message: `The responses for this item are larger than ${megabytes(MAX_ITEM_BYTES)}`,
			description: "The list was not read to the end. Narrow it with filters, or set a 'Limit'.",
		});
	};
}

export const megabytes = (bytes: number): string => `${bytes / 1024 / 1024} MB`;
