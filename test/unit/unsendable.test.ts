import * as fc from 'fast-check';
import { distinctText } from '../../nodes/shared/base/json';
import { unsendablePart } from '../../nodes/shared/base/unsendable';

const half = 'broken \ud83d';

test.each<[unknown, Array<string | number> | undefined]>([
	['whole 👍', undefined],
	[half, []],
	[['a', half], [1]],
	[{ a: [{ b: half }] }, ['a', 0, 'b']],
	[{ [half]: 1 }, []],
	[{ a: { 'b\0': 1 } }, ['a']],
	[{ a: () => 1 }, ['a']],
	[[1n], [0]],
	[Symbol('a'), []],
	[{ a: [1, true, null, undefined, new Date(0)] }, undefined],
])('%p has a part that cannot be sent at %j', (value, path) => {
	expect(unsendablePart(value)?.path).toEqual(path);
});

test('a circular object is found, and an object that is used twice is fine', () => {
	const shared = { a: 1 };
	const circle: Record<string, unknown> = { shared, list: [] };
	(circle.list as unknown[]).push(circle);

	expect(unsendablePart({ one: shared, two: [shared] })).toBeUndefined();
	expect(unsendablePart(circle)).toEqual({ kind: 'circle', what: 'itself', path: ['list', 0] });
});

test('every JSON value can be sent, unless it contains a broken text', () => {
	fc.assert(
		fc.property(fc.jsonValue(), (value) => {
			expect(unsendablePart(value) === undefined).toBe(!/\\ud[89a-f]|\\u0000/.test(JSON.stringify(value)));
		}),
	);
});

describe('the distinct text of a value', () => {
	const circle = (name: string) => {
		const value: Record<string, unknown> = { name };
		value.itself = value;
		return value;
	};

	test('is its JSON if possible', () => {
		expect([distinctText({ a: [1, 'x'] }), distinctText('x'), distinctText(undefined)]).toEqual([
			'{"a":[1,"x"]}',
			'"x"',
			'undefined',
		]);
	});

	test.each([
		[{ a: 1n }, { a: 2n }],
		[circle('Ana'), circle('Bia')],
		[
			{ a: 1n, b: 'x' },
			{ a: 1n, b: 1 },
		],
		[{ a: [1n, 2] }, { a: [1n, 3] }],
	])('distinguishes %p from another value', (one, other) => {
		expect(distinctText(one)).not.toBe(distinctText(other));
		expect(distinctText(one)).toBe(distinctText(one));
	});

	test('exists for values whose getter throws, and for values that are nested too deeply', () => {
		const throwing = Object.defineProperty({ big: 1n }, 'value', {
			enumerable: true,
			get: () => {
				throw new TypeError();
			},
		});
		const deep = Array.from({ length: 20_000 }).reduce<unknown>((inside) => [inside], 'x');

		expect([typeof distinctText(throwing), typeof distinctText(deep)]).toEqual(['string', 'string']);
	});
});
