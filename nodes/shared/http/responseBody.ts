import { decodeText } from '../base/charset';
import { parseKeepingIds } from '../base/exactJson';
import { FailureError } from '../base/failure';
import { toText } from '../base/json';
import type { ApiResponse } from './api';

/** Maximum size of one response in bytes. n8n needs several times as much memory. */
export const MAX_RESPONSE_BYTES = 20 * 1024 * 1024;

/** Maximum total size of all responses for one item in bytes, for example of all pages of a list. */
export const MAX_ITEM_BYTES = 5 * MAX_RESPONSE_BYTES;

/** Maximum depth of a response. n8n processes data recursively, and this depth is far from a stack overflow. */
const DEEPEST = 200;

/** A response exceeds the maximum size. */
export class ResponseTooLarge extends Error {}

/** The part of a Node stream that is used here. */
interface Stream extends AsyncIterable<Buffer> {
	destroy: (reason?: Error) => void;
}

/** The body of a response, and its size in bytes. */
interface Body {
	body: unknown;
	isText: boolean;
	bytes: number;
}

/**
 * Reads the body of a response, with a limit on size and time. The body is a stream, because n8n's own helper reads
 * without a size limit.
 *
 * @param signal stops reading
 * @param contentType Content-Type header, which may name the encoding
 * @throws ResponseTooLarge if the body is larger than `MAX_RESPONSE_BYTES`
 * @throws if the signal is aborted, or the connection is closed
 */
export async function readBody(given: unknown, signal: AbortSignal, contentType?: unknown): Promise<Body> {
	if (!isStream(given)) return { body: given, isText: typeof given === 'string', bytes: 0 };
	const chunks: Buffer[] = [];
	let bytes = 0;
	// The signal's reason is a DOMException, for which the axios of n8n 1.60 throws an error that cannot be caught.
	const end = () => given.destroy(new Error('Reading the response was aborted', { cause: signal.reason }));
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

/** Parses a body. Text that is not JSON stays text. Whole numbers that JavaScript would round become text. */
function parsed(text: string): Omit<Body, 'bytes'> {
	try {
		return { body: parseKeepingIds(text), isText: false };
	} catch {
		return { body: text, isText: true };
	}
}

/** Tells whether a value is nested too deeply for n8n. */
export function isTooDeep(value: unknown, left = DEEPEST): boolean {
	if (typeof value !== 'object' || value === null) return false;
	return left === 0 || Object.values(value).some((part) => isTooDeep(part, left - 1));
}

/** Tells whether a response is unreadable: text that is not JSON, or JSON that is nested too deeply. */
export function isUnreadable({ status, body, isText }: ApiResponse): boolean {
	if (isTooDeep(body)) return true;
	return isText === true && toText(body).trim() !== '' && (status < 400 || status >= 500);
}

/** Returns a function that adds up the response sizes of one item. It throws a FailureError above the maximum. */
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

/** Formats bytes as megabytes. */
export const megabytes = (bytes: number): string => `${bytes / 1024 / 1024} MB`;
