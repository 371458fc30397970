import type { IHttpRequestOptions } from 'n8n-workflow';
import { readUrl } from './address';

/**
 * A request whose address was checked, with headers added: what each credential's `authenticate` gives back.
 *
 * @param headers what authenticates the request
 * @throws Error with the whole refusal when the keys must not go there, because n8n shows nothing but the message; nothing is sent then
 */
export function authenticated(request: IHttpRequestOptions, headers: Record<string, string>): IHttpRequestOptions {
	// n8n's HTTP Request node still names the address `uri`.
	const reading = readUrl(request.url ?? (request as { uri?: string }).uri ?? '', 'The address of the request');
	if ('refusal' in reading) throw new Error(`${reading.refusal.message}. ${reading.refusal.description}`);
	return { ...request, headers: { ...request.headers, ...headers } };
}
