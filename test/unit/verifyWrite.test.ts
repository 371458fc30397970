import fc from 'fast-check';
import { integer, nested, text } from '../../nodes/shared/fields';
import { isSameValue, droppedFields } from '../../nodes/shared/run/verifyWrite';
import { imaginedOperation } from '../support/imagined';

const offset = fc.integer({ min: -12 * 60, max: 14 * 60 }).map((minutes) => {
	const [hours, rest] = [Math.floor(Math.abs(minutes) / 60), Math.abs(minutes) % 60].map((part) =>
		String(part).padStart(2, '0'),
	);
	return { minutes, text: `${minutes < 0 ? '-' : '+'}${hours}:${rest}` };
});

test('a moment is the same on the clock of every zone, and another second is another moment', () => {
	fc.assert(
		fc.property(
			fc.date({ min: new Date('2000-01-01'), max: new Date('2100-01-01'), noInvalidDate: true }),
			offset,
			fc.boolean(),
			(moment, { minutes, text }, later) => {
				const sent = moment.toISOString();
				const local = new Date(moment.getTime() + minutes * 60_000 + (later ? 1_000 : 0))
					.toISOString()
					.replace('Z', text);

				expect(isSameValue(sent, local)).toBe(!later);
			},
		),
	);
});

test('a number is the same as text, and with decimals that are nought', () => {
	fc.assert(
		fc.property(fc.integer(), fc.integer(), (one, other) => {
			expect([isSameValue(one, String(one)), isSameValue(one, `${one}.00`), isSameValue(one, other)]).toEqual([
				true,
				true,
				one === other,
			]);
		}),
	);
});

test.each<[unknown, unknown, boolean]>([
	['Price', 'Price', true],
	['Price', 'price', false],
	['Price', '', false],
	['', null, true],
	[0, null, false],
	[0, '', false],
	[true, 'true', true],
	[['a'], ['a'], true],
	['2026-01-02T12:00:00Z', null, false],
	['2026-01-02', '2026-01-02', true],
	[' 5 ', 5, true],
	['Price ', 'Price', true],
	[['a'], ['b'], false],
	[{ a: 1 }, { a: 1 }, true],
	['2026-01-02T12:00:00.100Z', '2026-01-02T12:00:00.900Z', true],
	['2026-01-02T12:00:00Z', '2026-01-02T12:00:01Z', false],
	['', 'Price', false],
	['null', null, false],
	[{ a: 1 }, { a: 2 }, false],
])('%j sent and %j answered are the same: %p', (sent, answered, expected) => {
	expect(isSameValue(sent, answered)).toBe(expected);
});

describe('what the vendor dropped or changed', () => {
	const fields = { name: text('Name'), count: integer('Count'), person: nested({ city: text('City') }) };
	const told = (watch: string[] | undefined, input: Record<string, unknown>, record: object) =>
		droppedFields(imaginedOperation({ fields, watch }), input, record as never, 'Imagined CRM');

	test.each<[string, string[] | undefined, Record<string, unknown>, object, string[]]>([
		['nothing is watched', undefined, { name: 'a' }, {}, []],
		['the value came back', ['name', 'city'], { name: 'a', city: 'b' }, { name: 'a', person: { city: 'b' } }, []],
		['it was not given', ['name'], { count: 1 }, { name: 'x' }, []],
		['it is not watched', ['name'], { count: 1 }, {}, []],
		[
			'it is not there',
			['name'],
			{ name: 'a' },
			{},
			['\'Name\' was not saved: "a" was sent, but Imagined CRM did not return it; its version may not know it'],
		],
		[
			'it is another one',
			['count', 'city'],
			{ count: 1, city: 'b' },
			{ count: 2, person: { city: null } },
			[
				"'Count' was not saved: 1 was sent, but Imagined CRM returned 2",
				'\'City\' was not saved: "b" was sent, but Imagined CRM returned null',
			],
		],
	])('is told by the label of the field where it has to be: %s', (_name, watch, input, record, words) => {
		expect(told(watch, input, record)).toEqual(words);
	});
});
