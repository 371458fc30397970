import fc from 'fast-check';
import {
	inexactNumberIn,
	isNumberAsText,
	lossyNumberIn,
	parseKeepingDigits,
	parseKeepingIds,
} from '../../nodes/shared/base/exactJson';
import { isExact } from '../../nodes/shared/base/numbers';

test('JSON without a long number is parsed as usual', () => {
	fc.assert(
		fc.property(fc.json(), (text) => {
			fc.pre(!/\d{16}/.test(text));

			expect(parseKeepingIds(text)).toEqual(JSON.parse(text));
		}),
	);
});

test('whole numbers of any length keep their digits at any position, and nothing else changes', () => {
	const long = fc.stringMatching(/^-?[1-9]\d{0,24}$/);
	const value = fc.oneof(
		fc.string(),
		fc.double({ noNaN: true, noDefaultInfinity: true }).filter(isExact),
		fc.boolean(),
		fc.constant(null),
	);
	fc.assert(
		fc.property(fc.string(), long, value, fc.array(long, { maxLength: 3 }), (key, id, other, ids) => {
			const text = `{${JSON.stringify(`a${key}`)}: ${id}, "b": ${JSON.stringify(other)}, "c": [${ids.join(', ')}], "d": "${id}"}`;
			const asRead = (number: string) => (Number.isSafeInteger(Number(number)) ? Number(number) : number);

			expect(parseKeepingIds(text)).toEqual({
				[`a${key}`]: asRead(id),
				b: JSON.parse(JSON.stringify(other)),
				c: ids.map(asRead),
				d: id,
			});
		}),
		{ numRuns: 500 },
	);
});

test.each<[string, unknown]>([
	['{"id": 12345678901234567890}', { id: '12345678901234567890' }],
	['[-12345678901234567890]', ['-12345678901234567890']],
	['12345678901234567890', '12345678901234567890'],
	['9007199254740991', 9007199254740991],
	['9007199254740992', '9007199254740992'],
	['{"rate": 0.12345678901234567890}', { rate: 0.12345678901234568 }],
	['{"big": 1e30, "id": 12345678901234567890}', { big: 1e30, id: '12345678901234567890' }],
	[
		'{"a": "x\\\\", "b": 12345678901234567890, "c": "\\"12345678901234567890\\""}',
		{ a: 'x\\', b: '12345678901234567890', c: '"12345678901234567890"' },
	],
	['{"12345678901234567890": 1}', { '12345678901234567890': 1 }],
	['{"mark": "#number 5", "id": 12345678901234567890}', { mark: '#number 5', id: '12345678901234567890' }],
])('%s is read as %j', (text, expected) => {
	expect(parseKeepingIds(text)).toEqual(expected);
});

test('the numbers that became text are known for their object, and not for an equal object', () => {
	const read = parseKeepingIds(
		'{"id": 12345678901234567890, "text": "12345678901234567890", "list": [12345678901234567891]}',
	) as { list: object };

	expect([isNumberAsText(read, 'id'), isNumberAsText(read, 'text'), isNumberAsText(read.list, '0')]).toEqual([
		true,
		false,
		true,
	]);
	expect(isNumberAsText({ ...read }, 'id')).toBe(false);
});

test.each([
	'{"id": 12345678901234567890',
	'012345678901234567890',
	'{"a": 12345678901234567890x}',
	'"12345678901234567890',
])('%s is not JSON', (text) => {
	expect(() => parseKeepingIds(text)).toThrow(SyntaxError);
	expect(() => parseKeepingDigits(text)).toThrow(SyntaxError);
});

test('a text of many megabytes between the numbers needs no memory for each of its characters', () => {
	const file = `${'1234567890123456'.repeat(500_000)}\\"`;

	const read = parseKeepingIds(`{"file": "${file}", "id": 12345678901234567890}`) as Record<string, string>;

	expect([read.file.length, read.id]).toEqual([8_000_001, '12345678901234567890']);
});

test.each<[string, unknown]>([
	[
		'[12345678901234567890, 0.12345678901234567890, 0.1, 1e5, "x"]',
		['12345678901234567890', '0.12345678901234567890', 0.1, 100000, 'x'],
	],
	['[1e400]', ['1e400']],
])('with all digits kept, %s is read as %j', (text, expected) => {
	expect(parseKeepingDigits(text)).toEqual(expected);
});

test.each<[string, string | undefined]>([
	['{"a": 1, "b": 1234567890123456789, "c": 2234567890123456789}', '1234567890123456789'],
	['{"a": "1234567890123456789"}', undefined],
	['{"a": 1e400}', '1e400'],
	['{"a": 1234567890123456}', undefined],
])('the first number of %s that would change is %j', (text, expected) => {
	expect(lossyNumberIn(text)).toBe(expected);
});

test.each<[unknown, unknown]>([
	[{ a: [{ b: 1 }, { b: 2 ** 53 }] }, 2 ** 53],
	[[1, NaN], NaN],
	[{ a: new Date(0), b: 'x', c: null, d: 1.5 }, undefined],
])('the number of %j that is not exact is %p', (value, expected) => {
	expect(inexactNumberIn(value)).toBe(expected);
});
