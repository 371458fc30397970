/**
 * Codes of the pack's own errors, by which a workflow can branch, with their meaning. They never change.
 *
 * An error of the vendor or the operating system keeps that side's own code, such as `MXInvalidEntityException` or
 * `ECONNREFUSED`.
 */
export const errorCodes = {
	FIELD_INVALID: 'A field, an option or an expression has a value that cannot be sent',
	CREDENTIAL_INVALID: 'The credential has an empty key, or an address that cannot be used',
	RATE_LIMITED: "The vendor is limiting requests, and the wait is longer than 'Max Wait'",
	NOT_CONNECTED: 'No connection to the vendor or the proxy',
	NOT_TRUSTED: 'The certificate is not trusted, or the port does not speak https',
	NOT_SENT: 'The request could not be built',
	NO_RESPONSE: 'No complete response in time, or a broken connection',
	SERVER_ERROR: 'The vendor returned a server error',
	UNREADABLE_RESPONSE: 'The response is not what the API returns',
	RESPONSE_TOO_LARGE: 'The response has more than may be read',
	REDIRECTED: 'The vendor responded with a redirect',
	KEY_REFUSED: 'The vendor refused a key that it accepted earlier in the run',
	NOT_FOUND: 'The record or the endpoint does not exist',
	REFUSED: 'The vendor, or the node before it sent a write, refused the request',
	AMBIGUOUS: 'Several records fit, and nothing was changed',
	RECORD_BUSY: "Another item works on the same record for longer than 'Max Wait'",
	IN_DOUBT: 'An earlier run may have sent the item, and nothing was sent now',
	FAILED: 'Anything else, such as an error of n8n',
} as const;

export type ErrorCode = keyof typeof errorCodes;
