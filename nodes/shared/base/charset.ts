/** Byte order marks, with the encoding that each announces. */
const MARKS: ReadonlyArray<[mark: number[], encoding: string]> = [
	[[0xef, 0xbb, 0xbf], 'utf-8'],
	[[0xff, 0xfe], 'utf-16le'],
	[[0xfe, 0xff], 'utf-16be'],
];

/** The parameter of a content type that names the encoding, quoted or not. */
const CHARSET = /;\s*charset\s*=\s*(?:"([^"]*)"|([^\s;]*))/i;

/**
 * Returns the text of a body: in the encoding of its byte order mark, else in that of its content type, else in UTF-8.
 *
 * @param contentType value of the header of that name
 */
export function decodeText(bytes: Buffer, contentType?: unknown): string {
	const [, marked] = MARKS.find(([mark]) => mark.every((byte, index) => bytes[index] === byte)) ?? [];
	// The decoder removes the mark.
	return decoderFor(marked ?? charsetOf(contentType)).decode(bytes);
}

function charsetOf(contentType: unknown): string {
	const [, quoted, bare] = (typeof contentType === 'string' && CHARSET.exec(contentType)) || [];
	return (quoted ?? bare ?? '').trim();
}

/** A name that nobody knows counts as none. */
function decoderFor(encoding: string) {
	try {
		return new TextDecoder(encoding === '' ? 'utf-8' : encoding);
	} catch {
		return new TextDecoder();
	}
}
