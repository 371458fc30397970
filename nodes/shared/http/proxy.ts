import { briefText } from '../base/brief';
import { wordsOf } from '../base/json';
import type { Answer } from './api';
import type { Connection } from './connection';
import type { Trouble } from './failedAttempt';

/** Status of a proxy that wants a user name and a password; no other server has it. */
const PROXY_AUTHENTICATION = 407;

/** Messages of https-proxy-agent, which n8n uses, where a proxy doesn't answer CONNECT as it must. */
const NO_CONNECT = /proxy.* CONNECT response/i;

/** Characters of a proxy's response that an error shows. */
const LONGEST_SAMPLE = 200;

const SIGN_IN =
	'Nothing was sent. The proxy wants a user name and a password: write them into HTTPS_PROXY in the environment of n8n, as http://user:password@host:port.';
const CHECK = 'Nothing was sent. Check HTTPS_PROXY and HTTP_PROXY in the environment of n8n, and that the proxy is running.';

/**
 * Tells whether a response comes from a proxy that wants to know who asks. The request itself never left. Other answers to CONNECT
 * reach a node as if they were the vendor's, without a sign of where they come from.
 */
export const isOfProxy = ({ status }: Answer): boolean => status === PROXY_AUTHENTICATION;

/** A proxy refused the connection. */
export function refusedByProxy({ root, redact }: Connection, { status, body }: Answer): Trouble {
	const headline = `The proxy between n8n and ${new URL(root).host} refused the connection (status ${status})`;
	return { outcome: 'notConnected', failure: { headline, advice: SIGN_IN, httpCode: status, response: briefText(redact(wordsOf(body)), LONGEST_SAMPLE) } };
}

/** The trouble of an error on the way to a proxy; nothing for any other error. */
export function troubleWithProxy({ root }: Connection, message: string, code: string | undefined, find: (name: string) => unknown): Trouble | undefined {
	const { host, hostname, port, protocol } = new URL(root);
	const trouble = (what: string): Trouble => ({
		outcome: 'notConnected',
		failure: { headline: `The proxy between n8n and ${host} ${what}`, advice: CHECK, code },
	});
	if (NO_CONNECT.test(message)) return trouble('closed the connection');
	const [lookedUp, connectedTo] = [find('hostname'), find('port')];
	if (code === 'ENOTFOUND' || code === 'EAI_AGAIN')
		return typeof lookedUp === 'string' && lookedUp !== hostname ? trouble(`is unknown: ${lookedUp}`) : undefined;
	if (code !== 'ECONNREFUSED' && code !== 'EHOSTUNREACH') return undefined;
	const ownPort = Number(port) || (protocol === 'https:' ? 443 : 80);
	return typeof connectedTo === 'number' && connectedTo !== ownPort ? trouble(`cannot be reached at port ${connectedTo}`) : undefined;
}
