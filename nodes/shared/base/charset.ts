/** Byte order marks and their encodings. */
const MARKS: ReadonlyArray<[mark: number[], encoding: string]> = [
	[[0xef, 0xbb, 0xbf], 'utf-8'],
	[[0xff, 0xfe], 'utf-16le'],
	[[0xfe, 0xff], 'utf-16be'],
];

/** The `charset` parameter of a content type, quoted or not. */
const CHARSET = /;\s*charset\s*=\s*(?:"([^"]*)"|([^\s;]*))/i;

/**
 * Decodes a body by its byte order mark, else by its content type, else as UTF-8.
 *
 * @param contentType value of the Content-Type header
 */
export function decodeText(bytes: Buffer, contentType?: unknown): string {
	const [, marked] = MARKS.find(([mark]) => mark.every((byte, index) => bytes[index] === byte)) ?? [];
	// TextDecoder removes the mark.
	return decoderFor(marked ?? charsetOf(contentType)).decode(bytes);
}

function charsetOf(contentType: unknown): string {
	const [, quoted, bare] = (typeof contentType === 'string' && CHARSET.exec(contentType)) || [];
	return (quoted ?? bare ?? '').trim();
}

/** Returns the decoder of an encoding; UTF-8 for an unknown name. */
function decoderFor(encoding: string) {
	try {
		return new TextDecoder(encoding === '' ? 'utf-8' : encoding);
	} catch {
		return new TextDecoder();
	}
}
