import type { Reply, SandboxRequest } from '../../sandbox/types';
import { FrameworkError } from './observedState';

/** A request after the server has read it. */
export interface ObservedRequest {
	params: Record<string, string>;
	body: Record<string, unknown>;
	/** Predicates of a search, from body or address. */
	search: Record<string, unknown>;
	page: unknown;
}

/** What the server does, by method and path below the account; the first that fits is taken. */
export type ObservedRoutes = Record<string, (request: ObservedRequest) => Reply>;

/** Reads what a request brings, as the server does. */
export function readRequest(
	params: Record<string, string>,
	{ query, headers, body: sent }: SandboxRequest,
): ObservedRequest {
	const body = bodyOf(sent, headers);
	return { params, body, search: isObject(body.query) ? body.query : searchIn(query), page: body.page ?? query.page };
}

/** A body that is no JSON is not read unless it says to be JSON, and then it is refused; a list counts as empty. */
function bodyOf(body: unknown, headers: SandboxRequest['headers']): Record<string, unknown> {
	if (!headers['content-type']?.includes('application/json') || body === '') return {};
	if (typeof body === 'string') throw new FrameworkError(400);
	return isObject(body) ? body : {};
}

const isObject = (value: unknown): value is Record<string, unknown> =>
	typeof value === 'object' && value !== null && !Array.isArray(value);

/** Predicates in an address: `query[id_eq]=0`. */
function searchIn(query: SandboxRequest['query']): Record<string, unknown> {
	const entries = Object.entries(query).map(
		([key, value]) => [/^query\[(\w+)\](?:\[\])?$/.exec(key)?.[1], value] as const,
	);
	return Object.fromEntries(entries.filter(([key]) => key !== undefined));
}

/** The page that is asked for; blank is the first. @throws FrameworkError for what is no page */
export function pageFrom({ page }: ObservedRequest): number {
	if (page === undefined || page === null || page === '') return 1;
	const number = Number(page);
	if (!Number.isInteger(number) || number < 1) throw new FrameworkError(500);
	return number;
}
