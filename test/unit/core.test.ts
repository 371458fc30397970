import fc from 'fast-check';
import { asSuccess, recordOf, recordsOf, simplified } from '../../nodes/shared/output';
import { redactorFor } from '../../nodes/shared/redact';

describe('redaction', () => {
	test('no secret survives anywhere in a value, in any of its written forms', () => {
		fc.assert(
			fc.property(fc.string({ minLength: 8 }), fc.anything(), (secret, rest) => {
				fc.pre(!JSON.stringify({ rest: rest ?? null })?.includes(secret) && !'[secret removed]'.includes(secret));
				const value = { echo: `key ${secret}!`, url: `https://x/?k=${encodeURIComponent(secret)}`, list: [{ [secret]: secret }] };

				const cleaned = redactorFor([secret])(value);

				expect(cleaned.list[0]).toEqual({ '[secret removed]': '[secret removed]' });
				expect(cleaned.echo).toBe('key [secret removed]!');
				expect(cleaned.url).not.toContain(encodeURIComponent(secret));
			}),
		);
	});

	test('other values come through unchanged', () => {
		const value = { a: [1, null, true, { b: 'text' }], c: undefined };

		expect(redactorFor(['a very long secret'])(value)).toEqual(value);
	});
});

describe('output', () => {
	const operation = { output: 'task', simple: ['id', 'name'] } as never;

	test('the record is taken out of its envelope, and an answer without one is given as it is', () => {
		expect(recordOf(operation, { success: true, task: { id: 1 } })).toEqual({ id: 1 });
		expect(recordOf(operation, { id: 2 })).toEqual({ id: 2 });
	});

	test('an empty answer is a success', () => {
		expect(recordOf(operation, '')).toEqual({ success: true });
	});

	test.each([
		['a list gives its records one by one', 'POST /messages', { records: [{ id: 1 }, { id: 2 }] }, [{ id: 1 }, { id: 2 }]],
		['an empty list that was read gives none', 'GET /messages', { records: [] }, []],
		['an empty list after a write gives its envelope', 'POST /messages', { total: 0, records: [] }, [{ total: 0, records: [] }]],
		['a single record gives itself', 'POST /messages', { records: { id: 1 } }, [{ id: 1 }]],
		['an answer without the list gives itself', 'GET /messages', { id: 1 }, [{ id: 1 }]],
	])('%s', (_name, request, answer, records) => {
		expect(recordsOf({ output: 'records', request } as never, answer)).toEqual(records);
	});

	test('a search by POST that found nothing gives no record', () => {
		expect(recordsOf({ output: 'records', request: 'POST /search', reads: true } as never, { records: [] })).toEqual([]);
	});

	test('simplifying keeps the named members that came', () => {
		expect(simplified(operation, { extra: 1, id: 2 })).toEqual({ id: 2 });
		expect(simplified(operation, { unknown: 1 })).toEqual({ unknown: 1 });
	});

	test('a member named error does not make a success look like a failure', () => {
		expect(asSuccess({ id: 1, error: 'none' })).toEqual({ id: 1, record_error: 'none' });
	});
});
