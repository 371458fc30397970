import Ajv from 'ajv/dist/2020';
import * as fc from 'fast-check';
import { readRoot } from '../../credentials/address';
import { readAccountId, trimmedKey } from '../../credentials/reading';
import { showsNothing, tidy, tidyCode } from '../../credentials/tidy';
import { FailureError } from '../../nodes/shared/base/failure';
import { redactorFor } from '../../nodes/shared/base/redact';
import { formatValue } from '../../nodes/shared/base/formatValue';
import { endOf, isWithin, lengthOf, startOf, unsendableIn } from '../../nodes/shared/base/text';
import {
	apiPath,
	binary,
	choice,
	choices,
	date,
	dateTime,
	decimal,
	email,
	integer,
	json,
	jsonBody,
	list,
	phone,
	pick,
	pickByIdOrEmail,
	queryRows,
	rows,
	text,
	commaSeparated,
	time,
	toggle,
	url,
	uuid,
	type Field,
	type Lookup,
} from '../../nodes/shared/fields';
import { checkFor } from '../../nodes/shared/fields/check';
import { check, context } from '../support/fieldChecks';

const quickly = { numRuns: 200 };

/** All code points of some categories, as a browser or an office program may leave them in a copied text. */
function codePoints(pattern: RegExp): string[] {
	const found: string[] = [];
	for (let code = 0; code <= 0x10ffff; code += code === 0xd7ff ? 0x801 : 1)
		if (pattern.test(String.fromCodePoint(code))) found.push(String.fromCodePoint(code));
	return found;
}
const invisible = codePoints(/[\p{Cf}\p{Variation_Selector}]/u);
const blanks = codePoints(/(?! )\p{Zs}|[\u2028\u2029]/u);
const characters = [...codePoints(/[^\p{Cn}\p{Co}]/u), '\ud800', '\udfff'];

const id = '0b28ee57-7a57-4407-a9c5-5cd4e5a5fd6c';
const records: Lookup = {
	name: 'listRecords',
	noun: 'a record',
	id: 'uuid',
	example: id,
	request: 'GET /records',
	page: '',
	contract: '',
	entry: () => ({ name: '', value: '' }),
};
const named: Lookup = { ...records, id: 'text' };
const listed = [{ value: 'one', name: 'One' }];

/** A value of each kind in which an invisible character cannot be meant. */
const kinds: ReadonlyArray<readonly [string, Field, string]> = [
	['a phone number', phone('P'), '+5511999998888'],
	['an email address', email('E'), 'ana.souza@example.com'],
	['a UUID', uuid('U'), id],
	['a URL', url('U'), 'https://www.example.com/a?b=c'],
	['a day', date('D'), '2026-07-01'],
	['a moment', dateTime('D'), '2026-07-01T09:00:00Z'],
	['a time', time('T'), '09:30'],
	['an ID of a list', pick('P', records), id],
	['an ID that is any text', pick('P', named), 'ab-12'],
	['an ID or email address', pickByIdOrEmail('U', records, { id: 'id', email: 'email' }), id],
	['a list of UUIDs', list('L', uuid('U')), `${id}, ${id}`],
	['a choice', choice('C', listed), 'one'],
	['a label of a choice', choice('C', choices({ a_b: 'A-B' })), 'A-B'],
	['a yes', toggle('T'), 'true'],
	['a code', text('SKU').tidy(), 'AB-12'],
	['a name of a file property', binary('F'), 'data'],
];

describe.each(kinds)('%s', (_name, field, value) => {
	const plain = check(field, value);

	test('is accepted with invisible characters and other blanks around it', () => {
		expect(plain.success).toBe(true);
		fc.assert(
			fc.property(
				fc.array(fc.constantFrom(...invisible, ...blanks, ' '), { maxLength: 3 }),
				fc.array(fc.constantFrom(...invisible, ...blanks, ' '), { maxLength: 3 }),
				(before, after) => {
					expect(check(field, before.join('') + value + after.join(''))).toEqual(plain);
				},
			),
			quickly,
		);
	});

	test('is accepted with invisible characters inside it', () => {
		fc.assert(
			fc.property(fc.constantFrom(...invisible), fc.nat(value.length), (character, at) => {
				expect(check(field, value.slice(0, at) + character + value.slice(at))).toEqual(plain);
			}),
			quickly,
		);
	});

	test('is accepted with a no-break hyphen instead of the hyphen', () => {
		expect(check(field, value.replaceAll('-', '\u2011'))).toEqual(plain);
	});

	test('is empty if it consists only of such characters', () => {
		expect(check(field, '\u200b\u00a0\ufe0f\ufeff')).toEqual({ success: true, data: undefined });
		expect(check(field.required(), '\u2060').success).toBe(false);
	});
});

test.each([
	['an emoji of several people', 'Oi 👩‍👩‍👧'],
	['an emoji with a variation selector', 'Oi ❤\ufe0f'],
	['text from right to left', '\u200fשלום 123\u200e'],
	['a Persian word with a joiner', 'می\u200cشود'],
	['blanks of a page', 'a\u00a0b\u2009c'],
	['a flag of a region', '🏴\u{e0067}\u{e0062}\u{e0065}\u{e006e}\u{e0067}\u{e007f}'],
])('free text keeps %s', (_name, given) => {
	expect(check(text('Content'), given)).toEqual({ success: true, data: given });
});

test.each([
	['می\u200cشود', 'می\u200cشود'],
	['Fechado ❤\ufe0f', 'Fechado ❤\ufe0f'],
	['👩\u200d👧', '👩\u200d👧'],
	['\ud83d\u200ba', '\ud83da'],
	['a\u200db\u200cc\ufe0f', 'abc'],
	['ã\u200d', 'ã'],
	[' a\u00a0b\u3000c ', 'a b c'],
	['a\u2010b\u2011c–d—e', 'a-b-c–d—e'],
	['plain  text', 'plain  text'],
])('a name keeps the characters that shape its letters and emoji: %j', (given, expected) => {
	expect(tidy(given)).toBe(expected);
});

test('in a code each dash becomes a hyphen', () => {
	expect(tidyCode('2026–07—01 −5\u2011\ufe63')).toBe('2026-07-01 -5--');
	expect(check(date('D'), '2026–07–01')).toEqual({ success: true, data: '2026-07-01' });
	expect(check(uuid('U'), id.replaceAll('-', '–'))).toEqual({ success: true, data: id });
});

test.each([
	['\u200babc\u00a0', 'abc'],
	['\ufeffBearer\u00a0abc', 'abc'],
	['Bearer\u200b abc', 'abc'],
	['ab\u00adc\r\n\tdef', 'abcdef'],
	['two words', 'two words'],
	['a\u2011b', 'a-b'],
])('a key is cleaned: %j', (given, used) => {
	expect(trimmedKey(given)).toBe(used);
});

test('base URL and account ID of a credential are read without invisible characters', () => {
	expect(readRoot('\u200bhttps://crm.exam\u00adple.com\u00a0', '/api')).toEqual({
		value: 'https://crm.example.com/api',
	});
	expect(readAccountId('\u200e12\u00a0')).toEqual({ value: 12 });
	expect(readAccountId('1\u00a02')).toMatchObject({
		refusal: { message: expect.stringContaining('but is "1\\u00a02"') },
	});
});

test.each([
	['a\u200bb', '"a\\u200bb"'],
	['a\u00a0b c', '"a\\u00a0b c"'],
	['a\u2011b-c', '"a\\u2011b-c"'],
	['\u{e0001}', '"\\u{e0001}"'],
	['\u202etxt', '"\\u202etxt"'],
	['\u007f\u2028', '"\\u007f\\u2028"'],
	['\ud83d', '"\\ud83d"'],
	['João 👍', '"João 👍"'],
])('a message shows invisible characters of %j by their code', (value, shown) => {
	expect(formatValue(value)).toBe(shown);
	expect(formatValue([value])).toBe(`[${shown}]`);
});

test('no message contains an invisible character or half of a character', () => {
	const anyText = fc
		.array(fc.constantFrom(...invisible, ...blanks, '👍', '\ud83d', 'a'), { maxLength: 120 })
		.map((parts) => parts.join(''));
	fc.assert(
		fc.property(fc.oneof(anyText, fc.array(anyText, { maxLength: 3 })), (value) => {
			expect(formatValue(value)).not.toMatch(/[\p{Cf}\p{Variation_Selector}\p{Surrogate}\u00a0]/u);
		}),
		quickly,
	);
});

test('a secret is removed from a message in its escaped form too', () => {
	const secret = 'se\u200bcret\u00a0key';

	expect(redactorFor([secret])(`got ${formatValue(secret)}`)).toBe('got "[secret removed]"');
	expect(redactorFor([secret])('got secret key')).toBe('got [secret removed]');
});

test('a text of any characters is read without an error, and reading it twice changes nothing', () => {
	fc.assert(
		fc.property(fc.array(fc.nat(characters.length - 1), { maxLength: 20 }), (places) => {
			const once = tidy(places.map((place) => characters[place]).join(''));
			expect([tidy(once), tidyCode(tidyCode(once))]).toEqual([once, tidyCode(once)]);
			expect(showsNothing(once)).toBe(once === '');
		}),
		quickly,
	);
});

test('lengths count characters, not halves of them', () => {
	fc.assert(
		fc.property(
			fc.array(fc.constantFrom('a', 'é', '👍', '\u0301', '\ud83d'), { maxLength: 30 }),
			fc.nat(30),
			(parts, most) => {
				const given = parts.join('');
				expect(lengthOf(given)).toBe([...given].length);
				expect(isWithin(given, most)).toBe([...given].length <= most);
			},
		),
		quickly,
	);
});

test('truncation never leaves half of a character', () => {
	expect([
		startOf('ab👍', 3),
		startOf('ab👍', 4),
		startOf('👍', 1),
		endOf('👍ab', 3),
		endOf('👍ab', 4),
		endOf('👍', 1),
	]).toEqual(['ab', 'ab👍', '', 'ab', '👍ab', '']);
});

test.each([
	['whole 👍 text', undefined],
	['a\ud83db', { code: '\\ud83d', kind: 'half' }],
	['\udc4d', { code: '\\udc4d', kind: 'half' }],
	['a\0', { code: '\\u0000', kind: 'nul' }],
])('%j can be sent or not', (given, expected) => {
	expect(unsendableIn(given)).toEqual(expected);
});

describe('a maximum length', () => {
	test.each([
		[text('Title').max(100), `${'a'.repeat(96)}👍👍👍`, true],
		[text('Title').max(100), `${'a'.repeat(97)}👍👍👍`, true],
		[text('Title').max(100), `${'a'.repeat(98)}👍👍👍`, false],
		[text('Title').max(3), '👍👍👍', true],
		[text('Title').max(3), '👍👍👍👍', false],
		[list('Titles', text('Title').max(2)), ['👍👍', 'ab'], true],
		[list('Titles', text('Title').max(2)), ['👍👍👍'], false],
		[rows('Rows', { title: text('Title').max(2) }, 'Add'), { values: [{ title: '👍👍' }] }, true],
		[rows('Rows', { title: text('Title').max(2) }, 'Add'), { values: [{ title: '👍👍👍' }] }, false],
	])('counts characters of %#', (field, given, fits) => {
		expect(check(field, given).success).toBe(fits);
	});

	test('is that of JSON Schema, whatever the text', () => {
		const validator = new Ajv().compile({ type: 'string', maxLength: 5 });
		fc.assert(
			fc.property(fc.string({ unit: fc.constantFrom('a', '👍', '\u0301', 'é', '👩'), maxLength: 12 }), (given) => {
				fc.pre(given !== '');
				fc.pre(!/^\u0301*$/.test(given));
				expect(check(text('T').max(5), given).success).toBe(validator(given));
			}),
			quickly,
		);
	});
});

test('text of any characters is sent or refused in every field kind, and no message contains an invisible one', () => {
	const fields: Field[] = [
		...kinds.map(([, field]) => field),
		...[
			text('T'),
			text('T').max(4),
			integer('I'),
			decimal('N'),
			json('J'),
			jsonBody('B'),
			commaSeparated('L'),
			queryRows('Q'),
			apiPath('P'),
		],
		rows('R', { name: text('Name').tidy().required(), at: date('At') }, 'Add'),
	];
	const keyed = fields.map((field, index) => ({ key: String(index), field }));
	fc.assert(
		fc.property(
			fc.array(fc.nat(characters.length - 1), { maxLength: 12 }),
			fc.nat(fields.length - 1),
			(places, index) => {
				const given = places.map((place) => characters[place]).join('');
				try {
					checkFor([keyed[index]], context)([[keyed[index], given]], 0);
				} catch (error) {
					expect(error).toBeInstanceOf(FailureError);
					expect((error as Error).message).not.toMatch(/[\p{Cf}\p{Variation_Selector}\p{Surrogate}\0]/u);
				}
			},
		),
		{ numRuns: 1_000 },
	);
});
