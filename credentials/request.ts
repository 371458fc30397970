import type { IHttpRequestOptions } from 'n8n-workflow';
import { readUrl } from './address';

/**
 * Checks the address of a request and adds headers. Each credential's `authenticate` returns the result.
 *
 * @param headers headers that authenticate the request
 * @throws Error with the whole refusal if the keys must not be sent to the address. n8n shows only the message, and
 * sends nothing.
 */
export function authenticated(request: IHttpRequestOptions, headers: Record<string, string>): IHttpRequestOptions {
	// n8n's HTTP Request node still uses `uri` instead of `url`.
	const reading = readUrl(request.url ?? (request as { uri?: string }).uri ?? '', 'The address of the request');
	if ('refusal' in reading) throw new Error(`${reading.refusal.message}. ${reading.refusal.description}`);
	return { ...request, headers: { ...request.headers, ...headers } };
}
