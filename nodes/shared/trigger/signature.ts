import { createHash, createHmac, timingSafeEqual } from 'crypto';
import type { IDataObject } from 'n8n-workflow';
import { tidy } from '../../../credentials/tidy';

/** How deliveries are known to be the vendor's. */
export type Signature =
	/** HMAC-SHA-256 of the raw body, as hex or Base64, in one header or, where its name is not known, in any. */
	| { kind: 'hmac'; header?: string; page: string }
	/** The vendor signs nothing, and sends the secret along in a header that was subscribed with. */
	| { kind: 'header'; header: string; page: string }
	/** The vendor signs nothing: the secret is a member of the address that is given to it. */
	| { kind: 'query'; member: string; page: string };

/** What may precede the signature. */
const PREFIX = /^sha256=/i;

/** The 32 bytes of a SHA-256. */
const HEX = /^[\da-f]{64}$/i;
/** Of either alphabet, which Node reads alike. */
const BASE64 = /^[A-Za-z\d+/_-]{43}=?$/;

/**
 * Whether a header holds the HMAC-SHA-256 of a body.
 *
 * @param header name in lower case; every header is looked at without it, which is as safe, because only who knows the secret
 * can write the value
 */
export function isSigned(raw: Buffer, headers: IDataObject, secret: string, header?: string): boolean {
	const signatures = signaturesIn(headers, header);
	// Anybody can send a large body without a signature: it is not worth a hash.
	if (signatures.length === 0) return false;
	const expected = createHmac('sha256', secret).update(raw).digest();
	return signatures.some((signature) => timingSafeEqual(signature, expected));
}

/** Whether a request carries a signature at all, right or wrong. */
export const hasSignature = (headers: IDataObject, header?: string): boolean =>
	signaturesIn(headers, header).length > 0;

function signaturesIn(headers: IDataObject, header?: string): Buffer[] {
	const given =
		header === undefined ? Object.values(headers) : [headers[tidy(header).replace(/\s*:$/, '').toLowerCase()]];
	return given.flatMap((value) => bytesOf(value) ?? []);
}

/** The bytes of a signature; nothing for a value that is none. */
function bytesOf(value: unknown): Buffer | undefined {
	if (typeof value !== 'string') return undefined;
	const text = value.replace(PREFIX, '');
	return HEX.test(text) ? Buffer.from(text, 'hex') : BASE64.test(text) ? Buffer.from(text, 'base64') : undefined;
}

/** Whether two texts are the same, in a time that tells nothing of where they differ. */
export function isSameSecret(given: unknown, secret: string): boolean {
	const digest = (text: string) => createHash('sha256').update(text).digest();
	return typeof given === 'string' && timingSafeEqual(digest(given), digest(secret));
}
