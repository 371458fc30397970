import type { ICredentialTestRequest, IHttpRequestOptions } from 'n8n-workflow';
import { readRoot, readUrl } from './address';
import type { Reading } from './reading';

/** The value of a reading. @throws Error with the whole refusal, because n8n shows nothing but the message */
function accepted<Value>(reading: Reading<Value>): Value {
	if ('refusal' in reading) throw new Error(`${reading.refusal.headline}. ${reading.refusal.advice}`);
	return reading.value;
}

/**
 * A request whose address was checked, with headers added: what each credential's `authenticate` gives back.
 *
 * The request of a credential test names a path alone; its address is made of the credential, as the node makes it.
 *
 * @param apiPath where the API begins on the host
 * @param headers what authenticates the request
 * @param scope what stands between the API's root and the path of the test
 * @throws Error in the words of the node when the keys must not go there; nothing is sent then
 */
export function authenticated(
	request: IHttpRequestOptions,
	apiPath: string,
	headers: Record<string, string>,
	scope: () => Reading<string> = () => ({ value: '' }),
): IHttpRequestOptions {
	const sent = { ...request, headers: { ...request.headers, ...headers } };
	// n8n's HTTP Request node still names the address `uri`.
	const url = request.url ?? (request as { uri?: string }).uri ?? '';
	// Whole from here on, because n8n authenticates the same request again after a 401.
	if (url.startsWith('/')) return { ...sent, baseURL: undefined, url: accepted(readRoot(request.baseURL, apiPath)) + accepted(scope()) + url };
	accepted(readUrl(url, 'The address of the request'));
	return sent;
}

/** Statuses of a redirect. https://developer.mozilla.org/en-US/docs/Web/HTTP/Reference/Status#redirection_messages */
const REDIRECTS = [301, 302, 303, 307, 308];

/** Words for a test that was sent elsewhere, and did not follow. */
const message = 'The base URL answered with a redirect, which was not followed, so that the keys stay with their host. Write the address that it leads to.';

export const redirectRules = REDIRECTS.map((value) => ({ type: 'responseCode' as const, properties: { value, message } }));

/** What all credential tests have in common: a redirect would carry the keys to another host. */
export const testRequest = { headers: { Accept: 'application/json' }, disableFollowRedirect: true } satisfies ICredentialTestRequest['request'];
