import { isObject, valueAt, toText } from '../shared/base/json';
import type { SentRequest } from '../shared/http/api';

/** Lists of deals and users came with later versions than the rest. https://docs.woofedcrm.com/docs/Developer%20Guides/Api/api-structure/ */
export const LACKING =
	'Older versions of WoofedCRM lack some requests: where a list cannot be shown, choose By ID and type the ID.';

/** Advice on a record that does not exist. */
export const RECORD = 'There is no record with this ID.';

const UPDATE = `${LACKING} Otherwise update WoofedCRM, or correct the path of a request of your own.`;

/** What the server itself says of a record: the version of January 2026, and that of October 2024 of deals and products. */
const MISSING = new Set(['Resource could not be found', 'Not found']);

/** The framework's page for people. https://github.com/rails/rails/blob/main/railties/lib/rails/generators/rails/app/templates/public/404.html */
const RAILS_PAGE = /\(404[^)]*\)\s*<\/title>/i;

/** Requests that the version of October 2024 has: there the framework's 404 is about a record. */
const ALWAYS = new Set([
	'POST /contacts',
	'POST /contacts/upsert',
	'POST /contacts/search',
	'GET /contacts/search',
	'GET /contacts/:id',
	'POST /deals',
	'POST /deals/upsert',
	'GET /deals/:id',
	'PUT /deals/:id',
	'PATCH /deals/:id',
	'POST /deals/:id/events',
	'POST /products',
	'POST /products/search',
	'GET /products/:id',
	'POST /deal_products',
	'GET /deal_products/:id',
]);

/**
 * Tells a request that the version lacks from a record that does not exist.
 *
 * The server of January 2026 has its own words for a missing record, and the framework's `{status, error}` for a missing
 * request. That of October 2024 uses the framework's for some records as well.
 *
 * @returns the part of the verdict that this decides; nothing where the response does not tell
 */
export function notFound(
	body: unknown,
	request: SentRequest,
): { hint?: string; isMissing?: boolean; isUnsupported?: boolean } {
	const route = routeOf(request);
	const missing = { hint: RECORD, isMissing: true };
	const lacking = { hint: UPDATE, isUnsupported: true };
	if (MISSING.has(toText(valueAt(body, 'error') ?? valueAt(body, 'errors') ?? ''))) {
		// An older version takes `search` in GET /deals/search for the ID of a deal.
		return request.method === 'GET' && !route.includes(':id') ? lacking : missing;
	}
	if (!isOfFramework(body)) return {};
	return ALWAYS.has(route) ? missing : lacking;
}

function isOfFramework(body: unknown): boolean {
	if (typeof body === 'string') return RAILS_PAGE.test(body.slice(0, LONGEST_HEAD));
	return isObject(body) && body.status === 404 && typeof body.error === 'string';
}

/** Characters of a page that are searched for its title. */
const LONGEST_HEAD = 2_000;

/** Method and path with `:id` in place of each ID, which begins with a digit. */
function routeOf({ method, path }: SentRequest): string {
	const [bare] = path.split('?');
	return `${method} ${bare.replace(/\/+$/, '').replace(/\/\d[^/]*/g, '/:id')}`;
}
