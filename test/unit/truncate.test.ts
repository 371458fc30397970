import { truncateResponse, truncateText, presentableFailure } from '../../nodes/shared/base/truncate';
import { redactorFor } from '../../nodes/shared/base/redact';

const many = (count: number) => Array.from({ length: count }, (_, index) => index);
const record = (count: number) => Object.fromEntries(many(count).map((index) => [`m${index}`, index]));
const nestedIn = (levels: number, inside: unknown): unknown =>
	levels === 0 ? inside : { a: nestedIn(levels - 1, inside) };

test('a text is truncated, with its full length', () => {
	expect([truncateText('abc', 3), truncateText('abcd', 3)]).toEqual(['abc', 'abc... (4 characters)']);
	expect(truncateResponse('x'.repeat(1_000))).toBe('x'.repeat(1_000));
	expect(truncateResponse('x'.repeat(1_001))).toBe(`${'x'.repeat(1_000)}... (1001 characters)`);
});

test('small values stay unchanged', () => {
	const value = { a: [1, null, true, { b: 'text', c: undefined }], d: '' };

	expect(truncateResponse(value)).toEqual(value);
	expect([truncateResponse(undefined), truncateResponse(null), truncateResponse(5)]).toEqual([undefined, null, 5]);
});

test('of a long list the first fifty elements are shown, and the total number', () => {
	expect(truncateResponse(many(50))).toEqual(many(50));
	expect(truncateResponse(many(51))).toEqual([...many(50), '... (51 in total)']);
});

test('of a large object the first fifty keys are shown, and the total number', () => {
	expect(truncateResponse(record(50))).toEqual(record(50));
	expect(truncateResponse(record(51))).toEqual({ ...record(50), '...': '51 keys in total' });
});

test('a long key is truncated too', () => {
	expect(truncateResponse({ ['n'.repeat(101)]: 1 })).toEqual({ [`${'n'.repeat(100)}... (101 characters)`]: 1 });
});

test('values that are nested more than twelve levels deep are omitted', () => {
	expect(truncateResponse(nestedIn(11, { last: 1 }))).toEqual(nestedIn(11, { last: 1 }));
	expect(truncateResponse(nestedIn(12, { last: 1 }))).toEqual(nestedIn(12, '...'));
	expect(truncateResponse(nestedIn(12, 'text'))).toEqual(nestedIn(12, 'text'));
	expect(truncateResponse(many(13).reduce<unknown>((inside) => [inside], 'x'))).toEqual(
		many(12).reduce<unknown>((inside) => [inside], '...'),
	);
});

test('all texts of a value have 20,000 characters in total', () => {
	const text = 'x'.repeat(1_000);
	const value = { list: Array.from({ length: 21 }, () => text), inner: { more: 1 }, number: 7 };

	const shown = truncateResponse(value) as { list: string[] };

	expect(shown.list.slice(0, 20)).toEqual(Array.from({ length: 20 }, () => text));
	expect(shown).toMatchObject({ inner: '...', number: 7 });
	expect(shown.list[20]).toBe('... (1000 characters)');
});

test('after these characters, objects and lists are omitted', () => {
	const texts = Array.from({ length: 20 }, () => 'x'.repeat(1_000));

	expect(truncateResponse([...texts, { more: 1 }, [1], 7])).toEqual([...texts, '...', '...', 7]);
});

test('the last text before that limit is truncated', () => {
	const texts = ['y'.repeat(500), ...Array.from({ length: 20 }, () => 'x'.repeat(1_000))];

	expect((truncateResponse(texts) as string[])[20]).toBe(`${'x'.repeat(500)}... (1000 characters)`);
});

test('all parts of a failure are truncated after their secrets are removed', () => {
	const long = `${'x'.repeat(4_990)} the-secret-key ${'x'.repeat(5_000)}`;
	const failure = { message: long, description: long, code: long, response: long };

	const shown = presentableFailure(failure, redactorFor(['the-secret-key']));

	expect(JSON.stringify(shown).length).toBeLessThan(13_000);
	expect(JSON.stringify(shown)).not.toContain('the-');
	expect(presentableFailure({ message: 'short' }, redactorFor([]))).toEqual({ message: 'short' });
});

test('a long message keeps its end, which contains the item and the doubt', () => {
	const [start, end] = ['s'.repeat(4_500), 'e'.repeat(500)];

	const { message, description } = presentableFailure(
		{ message: `${start}-${end}`, description: `${start}${end}` },
		redactorFor([]),
	);

	expect(message).toBe(`${start}... (5001 characters) ...${end}`);
	expect(description).toBe(`${start}${end}`);
});
