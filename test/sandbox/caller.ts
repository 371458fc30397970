import { byVendor, type VendorName } from '../support/vendors';
import type { RunningVendor } from './server';

/** Headers that the sandbox takes for a good key. */
export const keys = byVendor((vendor) => vendor.keys);

export interface Called {
	status: number;
	headers: Headers;
	/** Parsed where it is JSON. */
	body: unknown;
}

/** Text as body is sent as it is; the headers are those of a good key when left out. */
export type Call = [
	vendor: VendorName,
	method: string,
	route: string,
	body?: unknown,
	headers?: Record<string, string>,
];

/** Sends one request to a vendor of those that run. */
export async function callTo(
	vendors: Partial<Record<VendorName, RunningVendor>>,
	...[vendor, method, route, body, headers = keys[vendor]]: Call
): Promise<Called> {
	const response = await fetch(vendors[vendor]!.url + route, {
		method,
		headers: {
			accept: 'application/json',
			...(body === undefined ? {} : { 'content-type': 'application/json' }),
			...headers,
		},
		body: body === undefined ? undefined : typeof body === 'string' ? body : JSON.stringify(body),
	});
	const text = await response.text();
	return {
		status: response.status,
		headers: response.headers,
		body: text.startsWith('{') || text.startsWith('[') ? (JSON.parse(text) as unknown) : text,
	};
}
