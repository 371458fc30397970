import { truncateText } from '../base/truncate';
import { isObject, toText } from '../base/json';
import type { ApiResponse } from './api';
import type { Connection } from './connection';
import type { FailedAttempt } from './failedAttempt';

/** Status of a proxy that requires a user name and a password. Only proxies use it. */
const PROXY_AUTHENTICATION = 407;

/** Messages of https-proxy-agent, which n8n uses, if a proxy sends no valid response to CONNECT. */
const NO_CONNECT = /proxy.* CONNECT response/i;

/**
 * Headers of a response that a proxy generated itself: RFC 9209, Squid and others. A proxy in front of the vendor's own
 * servers sends them too, so they do not show whether the request reached the vendor.
 */
const RESPONDED_ITSELF = /^(proxy-(status|agent|connection|support)|x-squid-error|x-bluecoat-.*)$/i;

/** Maximum length of a proxy's response in an error. */
const LONGEST_SAMPLE = 200;

const SIGN_IN =
	"Nothing was sent. The proxy requires a user name and a password. Add them to HTTPS_PROXY in n8n's environment, as http://user:password@host:port.";
const CHECK = "Nothing was sent. Check HTTPS_PROXY and HTTP_PROXY in n8n's environment, and that the proxy is running.";

/**
 * Tells whether a response comes from a proxy that requires a login. The request itself was not sent.
 *
 * https-proxy-agent returns other refusals of CONNECT (403, 502, 503) like responses of the vendor. Nothing in them shows
 * reliably where they come from.
 */
export const needsProxyLogin = ({ status }: ApiResponse): boolean => status === PROXY_AUTHENTICATION;

/** Returns the failure of a connection that a proxy refused. */
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

/** Returns a hint if a header shows that a proxy responded instead of the vendor; undefined otherwise. */
export function proxyHint({ root }: Connection, { headers }: ApiResponse): string | undefined {
	const header = isObject(headers) ? Object.keys(headers).find((name) => RESPONDED_ITSELF.test(name)) : undefined;
	return (
		header && `A proxy responded (header '${header}'). If n8n uses one, check that it allows ${new URL(root).host}.`
	);
}

/** Returns the failure of an error on the connection to a proxy; undefined for any other error. */
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
