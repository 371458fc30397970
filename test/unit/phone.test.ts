import fc from 'fast-check';
import type { CountryCode } from '../../nodes/shared/base/libphonenumber';
import { isBrazilian, readPhone, withNinthDigit } from '../../nodes/shared/base/phone';
import { phone } from '../../nodes/shared/fields';

const check = (given: unknown, defaultCountry?: CountryCode) =>
	phone('Phone')
		.spec.schema({ zone: 'UTC', formats: { dateTime: 'iso', time: 'HH:mm' }, defaultCountry })
		.safeParse(given).data as string | undefined;

test.each<[string, unknown, CountryCode, string]>([
	['of Brazil with brackets and hyphen', '(11) 98765-4321', 'BR', '+5511987654321'],
	['of Brazil with a 0 before the area', '(011) 98765-4321', 'BR', '+5511987654321'],
	['of Brazil with the code of a carrier', '0 15 11 98765-4321', 'BR', '+5511987654321'],
	['of Brazil as a number', 11987654321, 'BR', '+5511987654321'],
	['of Brazil without its ninth digit', '(11) 8765-4321', 'BR', '+551187654321'],
	['of a landline in Brazil', '(11) 3333-4444', 'BR', '+551133334444'],
	['of an area that reads like the country code', '(55) 99999-8888', 'BR', '+5555999998888'],
	['of an area that reads like another country', '31988887777', 'BR', '+5531988887777'],
	['of India', '098765 43210', 'IN', '+919876543210'],
	['of the United States', '(415) 555-2671', 'US', '+14155552671'],
])('a national number %s is taken with a default country', (_, given, country, expected) => {
	expect(check(given, country)).toBe(expected);
});

test.each<[string, unknown, string]>([
	['with blanks, brackets and hyphen', '+55 (11) 98765-4321', '+5511987654321'],
	['with points', '+55.11.98765.4321', '+5511987654321'],
	['with 00', '0055 11 98765 4321', '+5511987654321'],
	['with a 0 in brackets', '+44 (0)20 7946 0958', '+442079460958'],
	['that no plan of numbers knows yet', '+56 9 1234 5678', '+56912345678'],
	['as digits alone, as WhatsApp gives it', '5511987654321', '+5511987654321'],
	['as digits alone, of another country', '14155552671', '+14155552671'],
	['as a number', 5511987654321, '+5511987654321'],
])('a number with country code, %s, is the same with and without a default country', (_, given, expected) => {
	expect([check(given), check(given, 'BR')]).toEqual([expected, expected]);
});

test.each<[string, unknown]>([
	['words', 'abc'],
	['words around a number', 'call (11) 98765-4321'],
	['three digits', '999'],
	['22 characters', '+551198765432155119876'],
	['22 digits', '5511987654321551198765'],
	['a number without its area', '98765-4321'],
	['an extension', '+55 11 98765-4321 ext. 5'],
	['a country that is not there', '+999 11 98765 4321'],
	['a list', ['+5511987654321']],
	['a made-up number', '(00) 00000-0000'],
])('%s are no phone number, with or without a default country', (_, given) => {
	expect([check(given), check(given, 'BR')]).toEqual([undefined, undefined]);
});

test.each([
	['with brackets', '(11) 98765-4321'],
	['of Brazil that reads like one of Peru', '51998765432'],
	['of Brazil that reads like one of the Netherlands', '31988887777'],
	['of an area that reads like the country code', '55999998888'],
])('without a default country, a number %s is refused in place of a guess', (_, given) => {
	expect(check(given)).toBeUndefined();
});

test('what was read is read again as the same', () => {
	fc.assert(
		fc.property(
			fc.oneof(fc.string(), fc.stringMatching(/^[+(]?[0-9 ()-]{0,18}$/)),
			fc.constantFrom<CountryCode | undefined>(undefined, 'BR', 'IN', 'US', 'PT'),
			(given, country) => {
				const number = check(given, country);

				expect(number === undefined || (/^\+[1-9]\d{3,14}$/.test(number) && check(number) === number)).toBe(true);
			},
		),
		{ numRuns: 2_000 },
	);
});

test.each<[string, string]>([
	['+5511999887766', '+5511999887766'],
	['+551199887766', '+5511999887766'],
	['+551166665555', '+5511966665555'],
	['+551133334444', '+551133334444'],
	['+551155556666', '+551155556666'],
	['+14155550123', '+14155550123'],
	['+351912345678', '+351912345678'],
])('%s has its ninth digit as %s', (number, expected) => {
	expect(withNinthDigit(number)).toBe(expected);
});

test.each<[string, boolean]>([
	['+5511999887766', true],
	['+551133334444', true],
	['+14155550123', false],
	['+55119998877661', false],
	['1+5511999887766', false],
])('%s is a number of Brazil: %p', (number, expected) => {
	expect(isBrazilian(number)).toBe(expected);
});

test.each<[string, string | undefined]>([
	['  +55 11 98765-4321 ', '+5511987654321'],
	['+1 212 400 0055', '+12124000055'],
	['(55) 11.98765-4321', '+5511987654321'],
	['0', undefined],
])('%j without a default country is %j', (given, expected) => {
	expect(readPhone(given)).toBe(expected);
});

test('a phone field says what it takes, with an example', () => {
	expect(phone('Phone').spec).toMatchObject({
		takes: 'a phone number with country code, such as +5511999999999, or a national one where Default Country in Options says of which country',
		ui: { placeholder: 'e.g. +5511999999999' },
	});
	expect(
		phone('Phone')
			.spec.schema({ zone: 'UTC', formats: { dateTime: 'iso', time: 'HH:mm' } })
			.safeParse('abc').success,
	).toBe(false);
});
