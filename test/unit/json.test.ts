import { entryOf, firstText, isObject, listLabel, valueAt, textsIn, toText } from '../../nodes/shared/base/json';
import { idInPath, listAt } from '../../nodes/shared/base/parseResponse';
import { verdictByStatus } from '../../nodes/shared/http/api';
import { failureBy } from '../support/scripted';

test.each<[unknown, string, unknown]>([
	[{ a: { b: 1 } }, 'a.b', 1],
	[{ a: { b: null } }, 'a.b', null],
	[{ a: null }, 'a.b', undefined],
	[{ a: 'text' }, 'a.length', undefined],
	[null, 'a', undefined],
	[[{ id: 1 }], '0.id', 1],
])('the value of %j at %s is %j', (value, path, member) => {
	expect(valueAt(value, path)).toBe(member);
});

test.each<[unknown, boolean]>([
	[{}, true],
	[null, false],
	[[], false],
	['text', false],
	[undefined, false],
])('%j is an object: %p', (value, expected) => {
	expect(isObject(value)).toBe(expected);
});

test.each<[unknown, string]>([
	['text', 'text'],
	[7, '7'],
	[null, 'null'],
	[undefined, 'undefined'],
	[[1, 2], '[1,2]'],
	[{ toString: 'broken' }, '{"toString":"broken"}'],
])('%j as text is %s', (value, words) => {
	expect(toText(value)).toBe(words);
});

test('a line of a drop-down omits unknown parts', () => {
	expect([listLabel('Ana', undefined, '', 0, null, 7), listLabel('Ana', { toString: 1 }), listLabel()]).toEqual([
		'Ana · 7',
		'Ana · {"toString":1}',
		'',
	]);
});

test.each<[unknown, string[]]>([
	[' a ', ['a']],
	['  ', []],
	[
		['a', ['b', 7], null],
		['a', 'b'],
	],
	[{ name: ['is short', 'is odd'], inner: { deep: 'x' } }, ['name: is short', 'name: is odd', 'inner: deep: x']],
	[7, []],
	[null, []],
	[undefined, []],
])('the texts of %j are %j', (value, texts) => {
	expect(textsIn(value)).toEqual(texts);
});

test('the first key with a text counts, with all its texts', () => {
	expect([firstText({ a: [], b: ['x', 'y'], c: 'z' }, ['a', 'b', 'c']), firstText({ a: {} }, ['a', 'b'])]).toEqual([
		'x; y',
		undefined,
	]);
});

test('a table has only its own entries', () => {
	const table = { known: 1 };

	expect([
		entryOf(table, 'known'),
		entryOf(table, 'toString'),
		entryOf(table, '__proto__'),
		entryOf(table, undefined),
		entryOf({ undefined: 1, 7: 1 }, 7),
	]).toEqual([1, undefined, undefined, undefined, undefined]);
});

test('the status decides between rate-limited, broken and refused, and only a refusal has a hint', () => {
	const hints = { 429: 'a', 499: 'b', 500: 'c' };

	expect([429, 499, 500, 400].map((status) => verdictByStatus(status, 'No', hints))).toEqual([
		{ kind: 'rateLimited', message: 'No' },
		{ kind: 'refused', message: 'No', hint: 'b' },
		{ kind: 'broken', message: 'No' },
		{ kind: 'refused', message: 'No', hint: undefined },
	]);
});

test.each([1, Number.MAX_SAFE_INTEGER, '7', 'a-b_C', '3c90c3cc-0d44-4b50-8888-8dd25736052a'])(
	'%p is valid in a path',
	(id) => {
		expect(idInPath(id, 'a deal')).toBe(String(id));
	},
);

test.each([
	0,
	-1,
	1.5,
	NaN,
	2 ** 53,
	'',
	'../..',
	'a/b',
	'a b',
	' 1',
	'1\n',
	'é',
	'1?x',
	'%2e',
	null,
	undefined,
	true,
	{},
	[1],
])('%p is invalid in a path', (id) => {
	expect(() => idInPath(id, 'a deal')).toThrow('The response contains no usable ID of a deal, but ');
});

test.each<[unknown, string | undefined, string]>([
	[{}, 'data', "The response contains no list under 'data', but {}"],
	[{ data: null }, 'data', "The response contains no list under 'data', but null"],
	['words', undefined, 'The response contains no list, but "words"'],
	[[{}, null], undefined, 'Record 2 of the list is not an object, but null'],
	[{ data: [[]] }, 'data', "Record 1 of the list under 'data' is not an object, but []"],
])('%j without a list of records at %p is refused', (answer, path, words) => {
	expect(() => listAt(answer, path)).toThrow(words);
});

test('the records of a list are returned unchanged, and another value is refused with a hint', async () => {
	expect([listAt([{ id: 1 }]), listAt({ data: { list: [] } }, 'data.list')]).toEqual([[{ id: 1 }], []]);
	expect((await failureBy((async () => listAt(null))())).description).toBe(
		'Check that the address in the credential is the address of the API. If it is, the API may have changed or may be failing. Try again later.',
	);
});
