import { presentableFailure } from '../../nodes/shared/base/truncate';
import { redactorFor } from '../../nodes/shared/base/redact';

const SECRET = ' kéy/+"<s3cr&t>\'! ';
const plain = SECRET.trim();
const base64 = (text: string) => Buffer.from(text).toString('base64');

/** Every way in which a secret was seen to come back. */
const forms: Array<[string, string]> = [
	['as it is', SECRET],
	['trimmed', plain],
	['in an address', encodeURIComponent(plain)],
	['in an address, in lower case', encodeURIComponent(plain).replace(/%../g, (code) => code.toLowerCase())],
	['in a form', new URLSearchParams({ k: plain }).toString().slice(2)],
	['in JSON', JSON.stringify(plain).slice(1, -1)],
	[
		'in HTML',
		plain
			.replace(/&/g, '&amp;')
			.replace(/</g, '&lt;')
			.replace(/>/g, '&gt;')
			.replace(/"/g, '&quot;')
			.replace(/'/g, '&#39;'),
	],
	['in Base64', base64(plain)],
	['in Base64 after one other byte', base64(`:${plain}`)],
	['in Base64 after two other bytes', base64(`u:${plain}`)],
	['in Base64 for addresses', Buffer.from(plain).toString('base64url')],
];

/** Longest piece of the secret's form that is left in a text. */
const longestRest = (form: string, text: string) =>
	Math.max(
		0,
		...Array.from({ length: form.length }, (_, start) => {
			let end = start;
			while (end < form.length && text.includes(form.slice(start, end + 1))) end += 1;
			return end - start;
		}),
	);

describe.each(forms)('a secret %s', (_name, form) => {
	const redact = redactorFor([SECRET]);

	test('is removed from texts, list elements, nested values and keys', () => {
		const value = { text: `before|${form}|after`, list: [[form]], nested: { deep: { [`key ${form}`]: form } } };

		const cleaned = JSON.stringify(redact(value));

		// Base64 mixes the first and last characters with the text around them.
		expect(longestRest(JSON.stringify(form).slice(1, -1), cleaned)).toBeLessThanOrEqual(3);
		expect(cleaned).toContain('before|');
		expect(cleaned).toContain('|after');
	});

	test('is removed before a long text is truncated, so that no part of it stays at the end', () => {
		const text = 'x'.repeat(1_000 - Math.ceil(form.length / 2)) + form + 'x'.repeat(2_000);

		const { response } = presentableFailure({ message: 'x', response: text }, redact);

		expect(longestRest(form, String(response))).toBeLessThanOrEqual(3);
	});
});

test('of two secrets of which one starts with the other, no part stays', () => {
	expect(redactorFor(['abcd', 'abcdefgh'])('key abcdefgh and abcd')).toBe('key [secret removed] and [secret removed]');
});

test('a secret with half a character causes no error', () => {
	expect(redactorFor(['pass\ud800word'])({ a: 'pass\ud800word' })).toEqual({ a: '[secret removed]' });
});

test('very short secrets stay, because they would match ordinary text', () => {
	expect(redactorFor(['abc'])('abc abcd')).toBe('abc abcd');
});

test('other values stay unchanged', () => {
	const value = { a: [1, null, true, { b: 'text' }], c: undefined };

	expect(redactorFor(['a very long secret'])(value)).toEqual(value);
});
