import fc from 'fast-check';
import { decodeText } from '../../nodes/shared/base/charset';

const TEXT = '{"name":"São João €"}';
const utf16be = (text: string) => Buffer.from(text, 'utf16le').swap16();
const withMark = (text: string, encode: (text: string) => Buffer) => encode(`\uFEFF${text}`);
const latin1 = Buffer.from('{"name":"São João"}', 'latin1');

test.each<[string, Buffer, string | undefined]>([
	['UTF-8 without a charset', Buffer.from(TEXT), 'application/json'],
	['UTF-8 without a content type', Buffer.from(TEXT), undefined],
	['UTF-8 with a byte order mark', withMark(TEXT, Buffer.from), undefined],
	[
		'UTF-16 little endian with a byte order mark',
		withMark(TEXT, (text) => Buffer.from(text, 'utf16le')),
		'application/json',
	],
	['UTF-16 big endian with a byte order mark', withMark(TEXT, utf16be), 'application/json'],
	['UTF-16 by its charset', Buffer.from(TEXT, 'utf16le'), 'application/json; charset=utf-16le'],
	['UTF-16 big endian by its charset', utf16be(TEXT), 'application/json;charset=UTF-16BE'],
	['a charset in quotes', Buffer.from(TEXT, 'utf16le'), 'application/json; charset="utf-16le"'],
	[
		'a charset behind another parameter',
		Buffer.from(TEXT, 'utf16le'),
		'application/json; profile=x; Charset = utf-16le; q=1',
	],
	[
		'a byte order mark that the charset contradicts',
		withMark(TEXT, Buffer.from),
		'application/json; charset=iso-8859-1',
	],
	['a charset that nobody knows', Buffer.from(TEXT), 'application/json; charset=klingon'],
	['an empty charset', Buffer.from(TEXT), 'application/json; charset='],
	['a name that only ends in charset', Buffer.from(TEXT), 'application/json; xcharset=utf-16le'],
])('reads %s', (_what, bytes, contentType) => {
	expect(decodeText(bytes, contentType)).toBe(TEXT);
});

test.each(['iso-8859-1', 'ISO-8859-1', 'latin1', 'windows-1252'])('reads %s by its charset', (charset) => {
	expect(decodeText(latin1, `application/json; charset=${charset}`)).toBe('{"name":"São João"}');
});

test('keeps a byte order mark inside a text', () => {
	expect(decodeText(Buffer.from('"a\uFEFFb"'))).toBe('"a\uFEFFb"');
});

test.each([undefined, 5, null, ['text/plain'], ''])('ignores a content type of %p', (contentType) => {
	expect(decodeText(Buffer.from(TEXT), contentType)).toBe(TEXT);
});

test('decodes any text in each encoding, with and without a byte order mark', () => {
	const text = fc.string({ unit: 'grapheme' }).filter((one) => !one.startsWith('\uFEFF'));
	fc.assert(
		fc.property(text, (one) => {
			expect(decodeText(Buffer.from(one))).toBe(one);
			expect(decodeText(withMark(one, Buffer.from))).toBe(one);
			expect(decodeText(Buffer.from(one, 'utf16le'), 'text/plain; charset=utf-16le')).toBe(one);
			expect(decodeText(withMark(one, utf16be))).toBe(one);
		}),
	);
});
