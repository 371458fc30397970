import { isObject, valueAt, toText } from '../shared/base/json';
import type { SentRequest } from '../shared/http/api';

/** Ends messages for older versions. Lists of deals and users came later than the other endpoints. https://docs.woofedcrm.com/docs/Developer%20Guides/Api/api-structure/ */
export const OLDER_VERSIONS =
	'Older versions of WoofedCRM lack some requests. If a list is missing, choose By ID and type the ID.';

/** Suggestion for a record that does not exist. */
export const RECORD = 'There is no record with this ID.';

const UPDATE = `${OLDER_VERSIONS} Otherwise update WoofedCRM, or correct the path of your own request.`;

/** WoofedCRM's own messages for a missing record: the version of January 2026, and that of October 2024 for deals and products. */
const MISSING = new Set(['Resource could not be found', 'Not found']);

/** Title of Rails' own HTML page for a 404. https://github.com/rails/rails/blob/main/railties/lib/rails/generators/rails/app/templates/public/404.html */
const RAILS_PAGE = /\(404[^)]*\)\s*<\/title>/i;

/** Requests that the version of October 2024 supports. For these, Rails' own 404 means a missing record. */
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
 * Distinguishes a request that the version lacks from a record that does not exist.
 *
 * The server of January 2026 has its own message for a missing record, and Rails' `{status, error}` for a missing request.
 * The server of October 2024 uses Rails' format for some records as well.
 *
 * @returns the part of the verdict that this decides, or an empty object if the response does not decide it
 */
export function notFound(
	body: unknown,
	request: SentRequest,
): { hint?: string; isMissing?: boolean; isUnsupported?: boolean } {
	const route = routeOf(request);
	const missing = { hint: RECORD, isMissing: true };
	const unsupported = { hint: UPDATE, isUnsupported: true };
	if (MISSING.has(toText(valueAt(body, 'error') ?? valueAt(body, 'errors') ?? ''))) {
		// An older version reads `search` in GET /deals/search as the ID of a deal.
		return request.method === 'GET' && !route.includes(':id') ? unsupported : missing;
	}
	if (!isOfRails(body)) return {};
	return ALWAYS.has(route) ? missing : unsupported;
}

function isOfRails(body: unknown): boolean {
	if (typeof body === 'string') return RAILS_PAGE.test(body.slice(0, TITLE_WITHIN));
	return isObject(body) && body.status === 404 && typeof body.error === 'string';
}

/** How many characters of a page the node searches for the title. */
const TITLE_WITHIN = 2_000;

/** Returns method and path with `:id` instead of each ID. An ID begins with a digit. */
function routeOf({ method, path }: SentRequest): string {
	const [bare] = path.split('?');
	return `${method} ${bare.replace(/\/+$/, '').replace(/\/\d[^/]*/g, '/:id')}`;
}
