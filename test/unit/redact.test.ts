import fc from 'fast-check';
import { redactorFor } from '../../nodes/shared/base/redact';

const MASK = '[secret removed]';
const cleaned = (secret: string, text: string) => redactorFor([secret])(text);

/** A secret of letters that occur nowhere else in these tests. */
const secret = fc
	.string({ minLength: 4, maxLength: 40, unit: fc.constantFrom(...'QXZJ0123456789+/=& "\'<>%?ç語😀') })
	.filter((text) => text.trim() === text && text.length >= 8);

test('no secret stays anywhere in a value: in texts, in keys, or deep inside', () => {
	fc.assert(
		fc.property(secret, (hidden) => {
			const value = {
				echo: `key ${hidden}!`,
				[hidden]: 1,
				[`x-${hidden}`]: { [hidden]: [{ [hidden]: hidden }, [hidden]] },
			};

			expect(redactorFor([hidden])(value)).toEqual({
				echo: `key ${MASK}!`,
				[MASK]: 1,
				[`x-${MASK}`]: { [MASK]: [{ [MASK]: MASK }, [MASK]] },
			});
		}),
	);
});

test.each<[string, (text: string) => string]>([
	['in an address', encodeURIComponent],
	[
		'in an address with small letters',
		(text) => encodeURIComponent(text).replace(/%[0-9A-F]{2}/g, (code) => code.toLowerCase()),
	],
	['in a form', (text) => new URLSearchParams({ k: text }).toString().slice(2)],
	[
		'in a form with its blanks as %20',
		(text) => new URLSearchParams({ k: text }).toString().slice(2).replaceAll('+', '%20'),
	],
	['in JSON', (text) => JSON.stringify(text).slice(1, -1)],
	[
		'in HTML',
		(text) =>
			text.replace(
				/[&<>"']/g,
				(character) => ({ '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' })[character]!,
			),
	],
	['with blanks around it in the credential', (text) => text],
])('a secret is removed %s', (_name, written) => {
	fc.assert(
		fc.property(secret, fc.boolean(), (hidden, padded) => {
			expect(cleaned(padded ? ` ${hidden}\n` : hidden, `(${written(hidden)})`)).toBe(`(${MASK})`);
		}),
	);
});

test('a secret is removed from Base64 at any offset and in both alphabets', () => {
	fc.assert(
		fc.property(
			fc.string({ minLength: 12, maxLength: 30, unit: 'binary-ascii' }).filter((text) => text.trim() === text),
			fc.string({ maxLength: 4, unit: 'grapheme-ascii' }),
			fc.boolean(),
			(hidden, before, forUrl) => {
				const whole = Buffer.from(`${before}${hidden}:x`).toString(forUrl ? 'base64url' : 'base64');

				const shown = cleaned(hidden, whole);

				// The first and last characters mix with what stands beside the secret.
				expect(shown).toContain(MASK);
				const rest = shown.replace(/=+$/, '').split(MASK);
				expect(rest[0].length).toBeLessThanOrEqual(Math.ceil((before.length * 8) / 6));
				expect(rest[1].length).toBeLessThanOrEqual(4);
			},
		),
	);
});

test('short pieces of Base64 stay, because they may be other text', () => {
	expect(
		cleaned('abcdef', `${Buffer.from('abcdef').toString('base64')} ${Buffer.from('xabcdef').toString('base64')}`),
	).toBe('YWJjZGVm eGFiY2RlZg==');
	// Eight characters of it are the secret's alone.
	expect(cleaned('abcdefg', Buffer.from('xabcdefg').toString('base64'))).toBe(`eG${MASK}c=`);
});

test('secrets of fewer than four characters stay, longer ones are removed', () => {
	expect([cleaned('abc', 'abc'), cleaned(' abc ', ' abc ; abc'), cleaned('abcd', 'abcd')]).toEqual([
		'abc',
		`${MASK}; abc`,
		MASK,
	]);
});

test('a longer form is removed first, so that no part of it stays', () => {
	expect(redactorFor(['abcd', 'abcdefgh'])('abcdefgh abcd')).toBe(`${MASK} ${MASK}`);
	expect(redactorFor(['abcdefgh', 'abcd'])('abcdefgh abcd')).toBe(`${MASK} ${MASK}`);
});

test('characters of regular expressions in a secret are literal', () => {
	const signs = '.*+?^${}()|[]\\/-';

	expect([cleaned(signs, `(${signs})`), cleaned('a.cd', 'abcd'), cleaned('abc+', 'abcc')]).toEqual([
		`(${MASK})`,
		'abcd',
		'abcc',
	]);
});

test('a secret with half a character is removed also with its replacement character', () => {
	expect(cleaned('abc\ud800def', '(abc\ufffddef)')).toBe(`(${MASK})`);
	expect(cleaned('abc\ud800def', '(abc\ud800def)')).toBe(`(${MASK})`);
});

test('other values stay unchanged', () => {
	const value = { a: [1, null, true, { b: 'text' }], c: undefined };

	expect(redactorFor(['a very long secret'])(value)).toEqual(value);
	expect(redactorFor([])(value)).toBe(value);
	expect(redactorFor(['a very long secret'])(null)).toBeNull();
});

test('a secret of 50,000 characters is removed like any other', () => {
	const long = `a/${'b?'.repeat(25_000)}`;

	expect(
		redactorFor([long, 'short secret'])(`(${long}) (${encodeURIComponent(long).toLowerCase()}) (short secret)`),
	).toBe(`(${MASK}) (${MASK}) (${MASK})`);
	expect(redactorFor([long])('Nothing of it')).toBe('Nothing of it');
});
