import { Readable } from 'node:stream';
import type { FailureError } from '../../nodes/shared/base/failure';
import {
	byteCounter,
	isTooDeep,
	isUnreadable,
	MAX_RESPONSE_BYTES,
	MAX_ITEM_BYTES,
	megabytes,
	readBody,
	ResponseTooLarge,
} from '../../nodes/shared/http/responseBody';
import type { ApiResponse } from '../../nodes/shared/http/api';

const signal = new AbortController().signal;
const streamOf = (...chunks: Array<string | Buffer>) =>
	Readable.from(
		chunks.map((chunk) => Buffer.from(chunk as string)),
		{ objectMode: false },
	);

describe('the body of a response', () => {
	test('is read to its end in any chunks', async () => {
		const bytes = Buffer.from('{"name":"São Paulo"}');

		expect(await readBody(streamOf(bytes.subarray(0, 11), bytes.subarray(11)), signal)).toEqual({
			body: { name: 'São Paulo' },
			isText: false,
			bytes: 21,
		});
	});

	test.each([
		['JSON behind a byte order mark', '\uFEFF{"a":1}', { body: { a: 1 }, isText: false }],
		['a byte order mark inside a text', '"a\uFEFF"', { body: 'a\uFEFF', isText: false }],
		['JSON that is cut off', '{"a":', { body: '{"a":', isText: true }],
		['nothing', '', { body: '', isText: true }],
		['null', 'null', { body: null, isText: false }],
	])('may be %s', async (_name, text, read) => {
		expect(await readBody(streamOf(text), signal)).toMatchObject(read);
	});

	test.each([
		['text', { body: 'text', isText: true, bytes: 0 }],
		[{ a: 1 }, { body: { a: 1 }, isText: false, bytes: 0 }],
		[null, { body: null, isText: false, bytes: 0 }],
		[undefined, { body: undefined, isText: false, bytes: 0 }],
		[{ destroy: 'a member of this name' }, { body: { destroy: 'a member of this name' }, isText: false, bytes: 0 }],
	])('%p stays as it is if n8n read it itself', async (given, read) => {
		expect(await readBody(given, signal)).toEqual(read);
	});

	test('that is iterable but not a Node stream stays as it is', async () => {
		const given = { [Symbol.asyncIterator]: () => ({}) };

		expect(await readBody(given, signal)).toMatchObject({ body: given, bytes: 0 });
	});

	test('may have 20 MB, and no more is read', async () => {
		const part = Buffer.alloc(MAX_RESPONSE_BYTES / 4, ' ');
		let given = 0;
		const endless = new Readable({
			read() {
				this.push(part);
				given += 1;
			},
		});

		expect(await readBody(streamOf(part, part, part, part), signal)).toMatchObject({ bytes: 20 * 1024 * 1024 });
		await expect(readBody(endless, signal)).rejects.toBeInstanceOf(ResponseTooLarge);
		expect(endless.destroyed).toBe(true);
		expect(given).toBeLessThan(10);
	});

	test('is destroyed after reading', async () => {
		const stop = new AbortController();
		const stream = streamOf('{}');
		const destroyed = jest.spyOn(stream, 'destroy');

		await readBody(stream, stop.signal);
		expect(stream.destroyed).toBe(true);
		destroyed.mockClear();
		stop.abort();

		expect(destroyed).not.toHaveBeenCalled();
	});

	test('is read no further when the signal is aborted', async () => {
		const stop = new AbortController();
		const silent = new Readable({ read() {} });
		const reading = readBody(silent, stop.signal);

		stop.abort(new DOMException('stopped', 'AbortError'));

		// The axios of n8n 1.60 throws where nobody can catch it when a stream ends with a DOMException.
		const ending: unknown = await reading.catch((error: unknown) => error);
		expect(ending).not.toBeInstanceOf(DOMException);
		expect(ending).toMatchObject({ cause: stop.signal.reason });
		expect(silent.destroyed).toBe(true);
	});

	test('is not read at all if the signal was aborted before', async () => {
		const stream = streamOf('{}');

		await expect(readBody(stream, AbortSignal.abort(new Error('stopped')))).rejects.toThrow('stopped');
		expect(stream.destroyed).toBe(true);
	});
});

/** An object or list with so many levels. */
const nested = (levels: number, wrap: (inner: unknown) => unknown = (inner) => ({ inner })): unknown =>
	Array.from({ length: levels }).reduce((inner) => wrap(inner), 1 as unknown);

test.each([
	['objects', undefined],
	['lists', (inner: unknown) => [1, inner]],
])('%s are read down to 200 levels', (_name, wrap) => {
	expect([1, 200, 201, 5_000].map((levels) => isTooDeep(nested(levels, wrap)))).toEqual([false, false, true, true]);
});

test.each([null, 'text', 7, undefined])('%p has no depth', (value) => {
	expect(isTooDeep(value, 0)).toBe(false);
});

test.each<[string, Partial<ApiResponse>, boolean]>([
	['text with a success', { status: 200, body: '<html>', isText: true }, true],
	['text with a server error', { status: 500, body: '<html>', isText: true }, true],
	['text with the last of the refusals', { status: 499, body: 'No', isText: true }, false],
	['text with the first of the refusals', { status: 400, body: 'No', isText: true }, false],
	['text with a status just below the refusals', { status: 399, body: 'No', isText: true }, true],
	['a success that says nothing', { status: 204, body: '', isText: true }, false],
	['a success of blanks', { status: 200, body: ' \n', isText: true }, false],
	['JSON', { status: 200, body: {}, isText: false }, false],
	['JSON that is a text', { status: 200, body: 'done' }, false],
	['JSON that is nested too deeply, whatever its status', { status: 404, body: nested(201) }, true],
])('%s: unreadable or not', (_name, answer, unreadable) => {
	expect(isUnreadable({ headers: {}, ...answer } as ApiResponse)).toBe(unreadable);
});

test('all responses for one item may have 100 MB in total', () => {
	const count = byteCounter();
	count(MAX_ITEM_BYTES - 1);
	count(1);

	let failure: unknown;
	try {
		count(1);
	} catch (error) {
		({ failure } = error as FailureError);
	}
	expect(failure).toEqual({
		message: 'The responses for this item are larger than 100 MB',
		ownCode: 'RESPONSE_TOO_LARGE',
		description: "The list was not read to the end. Narrow it with filters, or set a 'Limit'.",
	});
	expect(() => byteCounter()(1)).not.toThrow();
	expect(megabytes(MAX_RESPONSE_BYTES)).toBe('20 MB');
});
