import { truncateText } from '../base/truncate';
import { isObject, toText } from '../base/json';
import type { ApiResponse } from './api';
import type { Connection } from './connection';
import type { FailedAttempt } from './failedAttempt';

/** Status of a proxy that wants a user name and a password; no other server has it. */
const PROXY_AUTHENTICATION = 407;

/** Messages of https-proxy-agent, which n8n uses, where a proxy doesn't answer CONNECT as it must. */
const NO_CONNECT = /proxy.* CONNECT response/i;

/**
 * Headers by which a proxy tells that it responded itself: RFC 9209, Squid and others. One in front of the vendor's own servers sends
 * them too, so that they never say whether the request reached the vendor.
 */
const RESPONDED_ITSELF = /^(proxy-(status|agent|connection|support)|x-squid-error|x-bluecoat-.*)$/i;

/** Characters of a proxy's response that an error shows. */
const LONGEST_SAMPLE = 200;

const SIGN_IN =
	"Nothing was sent. The proxy requires a user name and a password. Add them to HTTPS_PROXY in n8n's environment, as http://user:password@host:port.";
const CHECK = "Nothing was sent. Check HTTPS_PROXY and HTTP_PROXY in n8n's environment, and that the proxy is running.";

/**
 * Tells whether a response comes from a proxy that wants to know who asks. The request itself never left. https-proxy-agent hands on
 * other refusals of CONNECT (403, 502, 503) as the vendor's response, and nothing in it says for sure where it comes from.
 */
export const needsProxyLogin = ({ status }: ApiResponse): boolean => status === PROXY_AUTHENTICATION;

/** A proxy refused the connection. */
export function refusedByProxy({ root, redact }: Connection, { status, body }: ApiResponse): FailedAttempt {
	const message = `The proxy between n8n and ${new URL(root).host} refused the connection (status ${status})`;
	return {
		outcome: 'notConnected',
		failure: {
			message,
			description: SIGN_IN,
			httpCode: status,
			response: truncateText(redact(toText(body)), LONGEST_SAMPLE),
		},
	};
}

/** Advice where a header says that a proxy responded in place of the vendor; nothing otherwise. */
export function proxyHint({ root }: Connection, { headers }: ApiResponse): string | undefined {
	const header = isObject(headers) ? Object.keys(headers).find((name) => RESPONDED_ITSELF.test(name)) : undefined;
	return (
		header && `A proxy responded (header '${header}'). If n8n uses one, check that it allows ${new URL(root).host}.`
	);
}

/** The trouble of an error on the way to a proxy; nothing for any other error. */
export function proxyError(
	{ root }: Connection,
	message: string,
	code: string | undefined,
	find: (name: string) => unknown,
): FailedAttempt | undefined {
	const { host, hostname, port, protocol } = new URL(root);
	const failed = (what: string): FailedAttempt => ({
		outcome: 'notConnected',
		failure: { message: `The proxy between n8n and ${host} ${what}`, description: CHECK, code },
	});
	if (NO_CONNECT.test(message)) return failed('closed the connection');
	const [lookedUp, connectedTo] = [find('hostname'), find('port')];
	if (code === 'ENOTFOUND' || code === 'EAI_AGAIN')
		return typeof lookedUp === 'string' && lookedUp !== hostname ? failed(`is unknown: ${lookedUp}`) : undefined;
	if (code !== 'ECONNREFUSED' && code !== 'EHOSTUNREACH') return undefined;
	const ownPort = Number(port) || (protocol === 'https:' ? 443 : 80);
	return typeof connectedTo === 'number' && connectedTo !== ownPort
		? failed(`cannot be reached at port ${connectedTo}`)
		: undefined;
}
