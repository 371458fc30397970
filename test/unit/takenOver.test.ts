import fc from 'fast-check';
import { isSameValue } from '../../nodes/shared/takenOver';

const offset = fc.integer({ min: -12 * 60, max: 14 * 60 }).map((minutes) => {
	const [hours, rest] = [Math.floor(Math.abs(minutes) / 60), Math.abs(minutes) % 60].map((part) => String(part).padStart(2, '0'));
	return { minutes, text: `${minutes < 0 ? '-' : '+'}${hours}:${rest}` };
});

test('a moment is the same on the clock of every zone, and another second is another moment', () => {
	fc.assert(
		fc.property(fc.date({ min: new Date('2000-01-01'), max: new Date('2100-01-01'), noInvalidDate: true }), offset, fc.boolean(), (moment, { minutes, text }, later) => {
			const sent = moment.toISOString();
			const local = new Date(moment.getTime() + minutes * 60_000 + (later ? 1_000 : 0)).toISOString().replace('Z', text);

			expect(isSameValue(sent, local)).toBe(!later);
		}),
	);
});

test('a number is the same as text, and with decimals that are nought', () => {
	fc.assert(
		fc.property(fc.integer(), fc.integer(), (one, other) => {
			expect([isSameValue(one, String(one)), isSameValue(one, `${one}.00`), isSameValue(one, other)]).toEqual([true, true, one === other]);
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
])('%j sent and %j answered are the same: %p', (sent, answered, expected) => {
	expect(isSameValue(sent, answered)).toBe(expected);
});
