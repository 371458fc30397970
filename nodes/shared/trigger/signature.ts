import { createHash, createHmac, timingSafeEqual } from 'crypto';
import type { IDataObject } from 'n8n-workflow';
import { tidy } from '../../../credentials/tidy';

/** How deliveries prove that the vendor sent them. */
export type Signature =
	/** HMAC-SHA-256 of the raw body, as hex or Base64, in one header, or in any header if its name is unknown. */
	| { kind: 'hmac'; header?: string; page: string }
	/** The vendor signs nothing, but sends the secret in a header that the subscription sets. */
	| { kind: 'header'; header: string; page: string }
	/** The vendor signs nothing. The secret is a query parameter of the address. */
	| { kind: 'query'; member: string; page: string };

/** Optional prefix of a signature. */
const PREFIX = /^sha256=/i;

/** The 32 bytes of a SHA-256 as hex. */
const HEX = /^[\da-f]{64}$/i;
/** The same as Base64 in either alphabet. Node decodes both. */
const BASE64 = /^[A-Za-z\d+/_-]{43}=?$/;

/**
 * Returns whether a header contains the HMAC-SHA-256 of a body.
 *
 * @param header name in lower case. Without it, all headers are checked. This is as safe, because the value requires the secret
 */
export function isSigned(raw: Buffer, headers: IDataObject, secret: string, header?: string): boolean {
	const signatures = signaturesIn(headers, header);
	// Anybody can send a large body without a signature, so it is not hashed.
	if (signatures.length === 0) return false;
	const expected = createHmac('sha256', secret).update(raw).digest();
	return signatures.some((signature) => timingSafeEqual(signature, expected));
}

/** Returns whether a request has a signature, valid or not. */
export const hasSignature = (headers: IDataObject, header?: string): boolean =>
	signaturesIn(headers, header).length > 0;

function signaturesIn(headers: IDataObject, header?: string): Buffer[] {
	const given =
		header === undefined ? Object.values(headers) : [headers[tidy(header).replace(/\s*:$/, '').toLowerCase()]];
	return given.flatMap((value) => bytesOf(value) ?? []);
}

/** Returns the bytes of a signature; undefined for any other value. */
function bytesOf(value: unknown): Buffer | undefined {
	if (typeof value !== 'string') return undefined;
	const text = value.replace(PREFIX, '');
	return HEX.test(text) ? Buffer.from(text, 'hex') : BASE64.test(text) ? Buffer.from(text, 'base64') : undefined;
}

/** Compares two texts in constant time. */
export function isSameSecret(given: unknown, secret: string): boolean {
	const digest = (text: string) => createHash('sha256').update(text).digest();
	return typeof given === 'string' && timingSafeEqual(digest(given), digest(secret));
}
