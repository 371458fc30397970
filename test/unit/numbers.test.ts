import fc from 'fast-check';
import { isExact, keepsDigits, lostDigits, parseNumber } from '../../nodes/shared/base/numbers';
import { decimal, integer, json, jsonBody, list, mapper, text, type Field } from '../../nodes/shared/fields';
import { integerSuggestion, numberSuggestion, writtenNumber } from '../../nodes/shared/fields/numberSuggestion';
import { cents } from '../../nodes/WoofedCrm/fields';
import { imaginedFields } from '../support/imagined';

const context = { zone: 'UTC', formats: { dateTime: 'iso', time: 'HH:mm' } } as const;
const check = ({ spec }: Field, value: unknown) => spec.schema(context).safeParse(value).data as unknown;

const inDigits = fc
	.tuple(fc.constantFrom('', '-', '+'), fc.stringMatching(/^\d{1,25}$/), fc.option(fc.stringMatching(/^\d{1,25}$/)))
	.map(([sign, whole, fraction]) => `${sign}${whole}${fraction === null ? '' : `.${fraction}`}`);

/** A number in digits as a fraction of whole numbers, which loses nothing. */
function exact(written: string): [bigint, bigint] {
	const [, mantissa, exponent = '0'] = /^([^e]*)(?:e(.*))?$/i.exec(written)!;
	const [whole, fraction = ''] = mantissa.split('.');
	const power = Number(exponent) - fraction.length;
	const digits = BigInt(`${whole}${fraction}`.replace('+', ''));
	return power >= 0 ? [digits * 10n ** BigInt(power), 1n] : [digits, 10n ** BigInt(-power)];
}

const isSame = ([a, b]: [bigint, bigint], [c, d]: [bigint, bigint]) => a * d === c * b;

test('a number as text is the number that is sent, to the last digit, or is refused', () => {
	fc.assert(
		fc.property(inDigits, (written) => {
			const number = parseNumber(written);

			expect(number === undefined || isSame(exact(JSON.stringify(number)), exact(written))).toBe(true);
			expect(keepsDigits(written)).toBe(isSame(exact(String(Number(written))), exact(written)));
		}),
		{ numRuns: 2_000 },
	);
});

test('every number that JavaScript writes, but for a whole one beyond 2^53, is read as itself', () => {
	fc.assert(
		fc.property(fc.oneof(fc.double({ noNaN: true }), fc.maxSafeInteger()), (number) => {
			expect(parseNumber(number)).toBe(isExact(number) ? number : undefined);
		}),
	);
});

test.each<[string, unknown]>([
	['17 digits', '12345678901234567'],
	['one more than 2^53', '9007199254740993'],
	['a fraction of thirty digits', '0.123456789012345678901234567890'],
	['a whole number with a long fraction', '1234567890.12345678'],
	['a number beyond 2^53', 12345678901234567890],
	['hexadecimal digits', '0x1F'],
	['binary digits', '0b11'],
	['an exponent', '1e5'],
	['an exponent in capitals', '1.5E+11'],
	['a yes', true],
	['a no', false],
	['nothing', ''],
	['a blank', ' '],
	['an infinity', Infinity],
	['a negative infinity', -Infinity],
	['an infinity as text', 'Infinity'],
	['no number', NaN],
	['no number as text', 'NaN'],
	['a decimal comma', '1,5'],
	['a separator of programs', '1_000'],
	['a point without a fraction', '5.'],
	['a fraction without a whole', '.5'],
	['two signs', '--5'],
	['a list', [5]],
	['nothing at all', null],
	['a BigInt that is too large', 12345678901234567890n],
])('%s is no number, in any field', (_, given) => {
	const mapped = {
		mappingMode: 'defineBelow',
		value: { a: given },
		schema: [{ id: 'a', displayName: 'A', type: 'number' }],
	};

	expect([check(integer('I'), given), check(decimal('D'), given), parseNumber(given)]).toEqual([
		undefined,
		undefined,
		undefined,
	]);
	expect(check(mapper('M', imaginedFields), mapped)).toBeUndefined();
});

test.each<[unknown, number]>([
	['1234567890123456', 1234567890123456],
	['9007199254740991', 2 ** 53 - 1],
	['-0.1', -0.1],
	['+12.50', 12.5],
	['0012', 12],
	['1998.9999999999998', 1998.9999999999998],
	['0.30000000000000004', 0.1 + 0.2],
	['1.100000000000000000000000', 1.1],
	[' 12\u200b ', 12],
	['\u22125', -5],
	[12n, 12],
])('%p is the number %p', (given, number) => {
	expect([parseNumber(given), check(decimal('D'), given)]).toEqual([number, number]);
});

test.each<[string, Field, unknown]>([
	['text', text('T'), 12345678901234567890],
	['text in a list', list('L', text('T')), [12345678901234567890]],
	['text of a list', list('L', text('T')), 12345678901234567890],
	['text of a list', list('L', text('T')), NaN],
	['text of a list', list('L', text('T')), Infinity],
])('a number that is not exact is not written out as %s', (_, field, given) => {
	expect(check(field, given)).toBeUndefined();
});

test.each<[string, unknown, unknown]>([
	['a number beyond 2^53', 12345678901234567890, {}],
	['no number', NaN, {}],
	['no number in a list', [NaN], { type: 'array' }],
	['no number for a list', NaN, { type: 'array' }],
	['an infinity deep in a list', [[Infinity]], { type: 'array' }],
	['a number beyond 2^53 in a joined list', [12345678901234567890], { joinedBy: ';' }],
	['an infinity for a joined list', Infinity, { joinedBy: ';' }],
])('a mapped field refuses %s', (_, given, field) => {
	const mapped = {
		mappingMode: 'defineBelow',
		value: { a: given },
		schema: [{ id: 'a', displayName: 'A', type: 'string', ...(field as object) }],
	};

	expect(check(mapper('M', imaginedFields), mapped)).toBeUndefined();
});

test('a list as JSON text keeps the digits of its numbers', () => {
	const value = { a: '[12345678901234567890, 0.12345678901234567890, 5, "x"]' };
	const mapped = { mappingMode: 'defineBelow', value, schema: [{ id: 'a', displayName: 'A', type: 'array' }] };

	expect(check(mapper('M', imaginedFields), mapped)).toEqual({
		a: ['12345678901234567890', '0.12345678901234567890', '5', 'x'],
	});
});

test.each<[string, unknown]>([
	['a number of 19 digits', '{"id": 1234567890123456789}'],
	['a number of 19 digits in a list', '{"a": [{"b": 1234567890123456789}]}'],
	['a long fraction', '{"rate": 0.12345678901234567890}'],
	['a number without an end', '{"a": 1e400}'],
	['a number of 20 digits that came as one', { a: { b: 12345678901234567890 } }],
	['an infinity', { a: [Infinity] }],
	['no number', { a: NaN }],
])('JSON with %s is refused, and the field says what to do', (_, given) => {
	for (const field of [json('J'), json('J').flat(), jsonBody('B')]) {
		expect(check(field, given)).toBeUndefined();
		expect(field.spec.suggestion?.(given)).toMatch(
			/^The digits of the number [\d.e]+ would change\. Write it as text|^n8n rounds whole numbers above|^JSON has no /,
		);
	}
});

test.each<[string, unknown, unknown]>([
	[
		'long digits inside of texts',
		'{"id": "1234567890123456789", "q": "\\"1234567890123456789"}',
		{ id: '1234567890123456789', q: '"1234567890123456789' },
	],
	[
		'numbers that keep their digits',
		'{"a": 1234567890.5, "b": -1e5, "c": 9007199254740991}',
		{ a: 1234567890.5, b: -100000, c: 2 ** 53 - 1 },
	],
	['a backslash at the end of a text', '{"a": "\\\\", "b": 1}', { a: '\\', b: 1 }],
])('JSON with %s is taken', (_, given, expected) => {
	expect([check(json('J'), given), check(jsonBody('B'), given)]).toEqual([expected, expected]);
});

test('other JSON that is refused needs no word about numbers', () => {
	expect(['{"a":', '[1]', 5, { a: 1 }].map((value) => json('J').spec.suggestion?.(value))).toEqual([
		undefined,
		undefined,
		undefined,
		undefined,
	]);
});

test.each<[string, string[]]>([
	['1.999', ['1999', '1.999']],
	['1,999', ['1999', '1.999']],
	['-1.999', ['-1999', '-1.999']],
	['0.999', ['0.999']],
	['1234.567', ['1234.567']],
	['12,5', ['12.5']],
	['1.234,56', ['1234.56']],
	['1,234.56', ['1234.56']],
	['1.234,567', ['1234.567']],
	['12,34,567', ['1234567']],
	['12,34,567.5', ['1234567.5']],
	['1.234.567', ['1234567']],
	["1'234.50", ['1234.50']],
	['1 234,50', ['1234.50']],
	['1\u00a0234', ['1234']],
	['R$ 1.234,56', ['1234.56']],
	['R$\u00a019,90', ['19.90']],
	['19,90 €', ['19.90']],
	['199', ['199']],
	['12,34', ['12.34']],
	['1,23,4', []],
	['1.2.3', []],
	['12.345.6,7', []],
	['1,234,56', []],
	['1,234.567.8', []],
	['1.', []],
	['1e5', []],
	['abc', []],
])('%s may stand for %j', (given, readings) => {
	expect(writtenNumber(given)?.readings ?? []).toEqual(readings);
});

test('a text has one reading only where no other country reads it as another number', () => {
	const countries = ['pt-BR', 'en-US', 'en-IN', 'de-DE', 'en-GB'];
	fc.assert(
		fc.property(
			fc.integer({ min: -99_999_999, max: 99_999_999 }),
			fc.constantFrom(0, 1, 2, 3),
			fc.constantFrom(...countries),
			(number, digits, country) => {
				const amount = number / 10 ** digits;
				const written = new Intl.NumberFormat(country, {
					minimumFractionDigits: digits,
					maximumFractionDigits: digits,
				}).format(amount);

				expect(writtenNumber(written)?.readings.map(Number)).toContain(amount);
			},
		),
		{ numRuns: 1_000 },
	);
});

test.each<[unknown, RegExp | undefined]>([
	['12345678901234567', /^It has more digits than a number can hold/],
	[12345678901234567890, /^n8n rounds whole numbers above 9007199254740991/],
	['1e5', /^Write all digits of the number, without an exponent/],
	[
		'1.999,5',
		/^Write 1999\.5, or \{\{ Number\(\$json\.amount\.replace\(\/\[\^\\d,-\]\/g, ''\)\.replace\(',', '\.'\)\) \}\}/,
	],
	['1,999.5', /^Write 1999\.5, or \{\{ Number\(\$json\.amount\.replace\(\/\[\^\\d\.-\]\/g, ''\)\) \}\}/],
	['1.999.000', /^Write 1999000, or \{\{ Number\(\$json\.amount\.replace\(\/\[\^\\d-\]\/g, ''\)\) \}\}/],
	['1,999', /^'1,999' can mean 1999 or 1\.999\. Write one of them/],
	['5', undefined],
	['-5.5', undefined],
	['many', undefined],
	[5, undefined],
	[NaN, undefined],
	[true, undefined],
])('a number field that refuses %p tells %p', (given, told) => {
	const suggestion = numberSuggestion(given);

	expect(told === undefined ? suggestion : told.test(suggestion ?? '')).toBe(told === undefined ? undefined : true);
});

test.each<[unknown, RegExp | undefined]>([
	[1998.9999999999998, /^It is 1999 except for its fraction\. Round it with \{\{ Math\.round\(\$json\.amount\) \}\}/],
	['1998.9999999999998', /^It is 1999 except for its fraction/],
	['1999.0', /^It is 1999 except for its fraction/],
	['1999,00', /^It is 1999 except for its fraction/],
	[12.5, /^It has a fraction\. Round it/],
	['12,5', /^It has a fraction\. Round it/],
	['1.999', /^'1\.999' can mean 1999 or 1\.999/],
	['1,999', /^'1,999' can mean 1999 or 1\.999/],
	['1.999.000', /^Write 1999000/],
	['12345678901234567890', /^It has more digits/],
	[12345678901234567890, /^n8n rounds/],
	[-1, undefined],
	['-1', undefined],
	[Infinity, undefined],
	[NaN, undefined],
	['many', undefined],
	[['1.5'], undefined],
])('a field of whole numbers that refuses %p tells %p', (given, told) => {
	const suggestion = integerSuggestion(given);

	expect(told === undefined ? suggestion : told.test(suggestion ?? '')).toBe(told === undefined ? undefined : true);
});

test.each<[unknown, string | RegExp]>([
	[19.99 * 100, /^It is 1999 except for its fraction\. Round it with \{\{ Math\.round/],
	['1998.9999999999998', /^It is 1999 except for its fraction/],
	[
		'1999.0',
		'Write {{ Math.round($json.price) }} if this is 1999 cents, or {{ Math.round($json.price * 100) }} if it is a price of 1999.00.',
	],
	['199.9', 'This is a price in cents: write 19990 for 199.90.'],
	['199,90', 'This is a price in cents: write 19990 for 199.90.'],
	[0.5, 'This is a price in cents: write 50 for 0.50.'],
	['R$ 1.999,00', 'This is a price in cents: write 199900 for 1999.00.'],
	['1,999.00', 'This is a price in cents: write 199900 for 1999.00.'],
	['1.999', /^'1\.999' can mean 1999 or 1\.999/],
	['1,999', /^'1,999' can mean 1999 or 1\.999/],
	['1.999.000', /^Write 1999000/],
])('a price in cents that is given as %p tells %s', (given, told) => {
	const suggestion = cents('Price').spec.suggestion?.(given);

	if (typeof told === 'string') expect(suggestion).toBe(told);
	else expect(suggestion).toMatch(told);
});

test('a text field has nothing to tell of numbers but that their digits are lost', () => {
	expect([
		text('T').spec.suggestion?.(12345678901234567890),
		text('T').spec.suggestion?.('12345678901234567890'),
		text('T').spec.suggestion?.(NaN),
	]).toEqual([lostDigits(12345678901234567890), undefined, undefined]);
});
