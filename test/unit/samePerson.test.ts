import fc from 'fast-check';
import { formsOf, equivalentPhones } from '../../nodes/shared/base/phone';
import { sameEmail, samePhone } from '../../nodes/shared/base/samePerson';

const digits = (count: number) =>
	fc.integer({ min: 0, max: 10 ** count - 1 }).map((number) => String(number).padStart(count, '0'));

/** Area codes of Brazil, also those that begin like a country code or like the 90 of a collect call. */
const AREAS = [
	'11',
	'15',
	'19',
	'21',
	'24',
	'27',
	'31',
	'34',
	'41',
	'44',
	'51',
	'53',
	'55',
	'61',
	'65',
	'71',
	'77',
	'79',
	'81',
	'89',
	'91',
	'98',
	'99',
];

/** A mobile number of Brazil, in parts. */
const mobile = fc.record({
	area: fc.constantFrom(...AREAS),
	first: fc.constantFrom('6', '7', '8', '9'),
	rest: digits(7),
});

test('a mobile number of Brazil is the same in every spelling, with and without country code and ninth digit', () => {
	fc.assert(
		fc.property(mobile, ({ area, first, rest }) => {
			const [start, end] = [`${first}${rest.slice(0, 3)}`, rest.slice(3)];
			const spellings = [
				`+55${area}9${start}${end}`,
				`55 ${area} 9${start}-${end}`,
				`(${area}) 9${start}-${end}`,
				`(0${area}) 9${start} ${end}`,
				`+55 (${area}) ${start}-${end}`,
				`0055${area}${start}${end}`,
				`${area}${start}${end}`,
			];

			expect(spellings.filter((spelling) => !spellings.every((other) => samePhone(spelling, other)))).toEqual([]);
		}),
	);
});

test.each([
	['a landline and a mobile number that differ in a 9', '(11) 3333-4444', '+5511933334444'],
	['numbers of two areas', '+5511999887766', '+5521999887766'],
	['numbers of two countries', '+14155550100', '+554155550100'],
	['a number and a part of it', '+5511999887766', '99887766'],
	['no number at all', '', '+5511999887766'],
])('%s are not the same', (_, one, other) => {
	expect([samePhone(one, other), samePhone(other, one)]).toEqual([false, false]);
});

test.each([
	['+351 912 34 56 78', '+351912345678'],
	['+44 (0)20 7946 0958', '+442079460958'],
	['+14155550100', '001 415 555 0100'],
])('numbers of other countries are the same in their spellings: %s and %s', (one, other) => {
	expect(samePhone(one, other)).toBe(true);
});

test('numbers of Brazil, Mexico and Argentina have a form with and one without a digit, others have one form', () => {
	expect(
		['+551133334444', '+525512345678', '+5215512345678', '+5491123456789', '+541123456789', '+14155550100'].map(
			formsOf,
		),
	).toEqual([
		['+5511933334444', '+551133334444'],
		['+525512345678', '+5215512345678'],
		['+525512345678', '+5215512345678'],
		['+5491123456789', '+541123456789'],
		['+5491123456789', '+541123456789'],
		['+14155550100'],
	]);
});

test('only forms of the same person stand for a number: a landline of Brazil with a 9 is that of another one', () => {
	expect(
		['+551133334444', '+5511988887777', '+551188887777', '+5215512345678', '+541123456789', '+14155550100'].map(
			equivalentPhones,
		),
	).toEqual([
		['+551133334444'],
		['+5511988887777', '+551188887777'],
		['+551188887777', '+5511988887777'],
		['+5215512345678', '+525512345678'],
		['+541123456789', '+5491123456789'],
		['+14155550100'],
	]);
});

test.each([
	['Mexico', '52', '1', ['55', '33', '81', '999']],
	['Argentina', '54', '9', ['11', '351', '2966']],
])('a number of %s is the same with and without its mobile digit, in every spelling', (_, country, mobile, areas) => {
	const numbers = fc.constantFrom(...areas).chain((area) => digits(10 - area.length).map((rest) => area + rest));
	fc.assert(
		fc.property(numbers, numbers, (number, other) => {
			const spellings = [
				`+${country}${number}`,
				`+${country}${mobile}${number}`,
				`${country}${mobile}${number}@s.whatsapp.net`,
				`00${country} ${mobile} ${number.slice(0, 2)} ${number.slice(2)}`,
				`whatsapp:+${country}${number}`,
				`https://wa.me/${country}${mobile}${number}`,
			];

			expect(spellings.filter((spelling) => !spellings.every((same) => samePhone(spelling, same)))).toEqual([]);
			expect(samePhone(spellings[1], `+${country}${other}`)).toBe(number === other);
		}),
	);
});

test.each(['5511999887766@g.us', '5511999887766@lid', 'https://wa.me/message/5511999887766'])(
	'%s holds no phone number, and is that of nobody',
	(address) => {
		expect([
			samePhone(address, '+5511999887766'),
			samePhone('+5511999887766', address),
			samePhone(address, address),
		]).toEqual([false, false, false]);
	},
);

test.each<[unknown, string | undefined, boolean]>([
	[' Ana@Example.com ', 'ANA@example.COM', true],
	['ana@example.com', 'anna@example.com', false],
	['ana@example.com', undefined, false],
	[undefined, 'undefined', false],
	[null, 'null', false],
	[['ana@example.com'], 'ana@example.com', false],
	[{ toString: 'x' }, 'ana@example.com', false],
])('the address %j is that of %j: %p', (stored, given, same) => {
	expect(sameEmail(stored, given)).toBe(same);
});

test.each<[unknown, string | undefined]>([
	['+5511999887766', undefined],
	[undefined, '+5511999887766'],
	[5511999887766, '+5511999887766'],
	[['+5511999887766'], '+5511999887766'],
	[{ toString: 'x' }, '+5511999887766'],
])('the number %j is not that of %j', (stored, given) => {
	expect(samePhone(stored, given)).toBe(false);
});

test.each([
	['a number that is no possible one', '12', ' 1-2 ', true],
	['an international number is not read as a Brazilian one, too', '+31988887777', '31988887777', true],
	['a Dutch number and a Brazilian one that reads like it', '+31988887777', '+5531988887777', false],
	['a Dutch number with 00 and a Brazilian one that reads like it', ' 0031988887777', '+5531988887777', false],
	['a number with blanks before its plus', ' +31988887777', '+5531988887777', false],
	['zeros inside a number', '31 98800-7777', '+5531988007777', true],
])('%s: %j and %j are the same: %p', (_, one, other, same) => {
	expect(samePhone(one, other)).toBe(same);
});
