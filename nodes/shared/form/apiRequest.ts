import type { IDataObject } from 'n8n-workflow';
import { isObject } from '../base/json';
import { listAt, malformedResponse } from '../base/parseResponse';
import {
	apiPath,
	choice,
	jsonBody,
	oneOf,
	queryRows,
	text,
	type Choices,
	type OneOf,
	type QueryRow,
	type Variant,
} from '../fields';
import type { Effect, Method } from '../http/apiRequest';
import type { PageStyle } from '../http/paging';
import { oneOrMany, operation, type DynamicRequest, type Resource } from './operation';

/** The facts about a vendor's API that the operation *API > Request* needs. */
export interface ApiFacts {
	/** The vendor's page about its API. */
	page: string;
	/** Path of a list, as an example. */
	example: string;
	/** The page styles of the vendor's lists, by stored name. */
	pages?: Readonly<Record<string, { name: string; style: PageStyle }>>;
	/** Returns what a path tells about a request besides its method. */
	tell?: (method: Method, path: string) => Partial<Pick<DynamicRequest, 'effect' | 'bulk'>>;
}

const effects: Choices<Effect> = [
	{ value: 'reads', name: 'Only Reads' },
	{ value: 'writes', name: 'Changes Something' },
	{ value: 'idempotent', name: 'Changes Something, and May Be Repeated' },
];

const path = apiPath('Path')
	.required()
	.local()
	.describe("Path below the root of the API, as in the vendor's documentation");
const body = jsonBody('Body').describe('JSON object or list. If empty, the request has no body.');

const NO_PAGES = 'off';

/** The checked input of the operation. */
interface Asked {
	method: string;
	path: unknown;
	body?: unknown;
	queryParameters?: readonly QueryRow[];
	paging?: string;
	effect?: Effect;
	output?: string;
}

/**
 * Creates the resource *API* with the operation *Request*, which sends the user's own request. Rate limit, retries,
 * errors and pages work as in every other operation.
 *
 * @example apiResource({ page: 'https://docs.syncro.chat/en', example: '/tasks' })
 */
export function apiResource({ page, example, pages = {}, tell }: ApiFacts): Resource {
	const at = path.example(example);
	// The path of these methods names a record, so that items on the same record run one after another.
	const onRecord = { path: at.ordered(), body };
	const styleOf = ({ paging = NO_PAGES }: Asked): PageStyle | undefined =>
		Object.hasOwn(pages, paging) ? pages[paging].style : undefined;
	const dynamicRequest = (asked: Asked): DynamicRequest => {
		const method = asked.method as Method;
		const style = styleOf(asked);
		const facts = tell?.(method, asked.path as string);
		return {
			...facts,
			request: `${method} ${asked.path as `/${string}`}`,
			effect: asked.effect ?? facts?.effect ?? (method === 'GET' || style ? 'reads' : 'writes'),
			many:
				style && asked.output !== undefined
					? { ...style, records: (response) => listAt(response, asked.output) }
					: style,
		};
	};
	const request = operation({
		name: 'Request',
		action: 'Send API request',
		description: 'Send your own request, to an endpoint that no other operation covers',
		request: 'GET /',
		effect: 'writes',
		page,
		output: oneOrMany,
		...(Object.keys(pages).length > 0 ? { pagedBy: { choice: 'paging', ways: Object.keys(pages) } } : {}),
		fields: {
			method: oneOf(
				'HTTP Method',
				{
					GET: { name: 'GET', fields: { path: at } },
					DELETE: { name: 'DELETE', fields: { path: at.ordered() } },
					PATCH: { name: 'PATCH', fields: onRecord },
					POST: { name: 'POST', fields: { path: at, body } },
					PUT: { name: 'PUT', fields: onRecord },
				},
				"HTTP method of the endpoint, from the vendor's documentation",
			),
			queryParameters: queryRows('Query Parameters')
				.open()
				.describe('Query parameters of the request. A name that ends with [] may occur more than once.'),
			...pagingChoice(pages),
			effect: choice('What It Does', effects)
				.local()
				.describe(
					'Effect of the request. It decides if the node retries a request without a response. By default a GET and the ' +
						'pages of a list only read, and all other requests change something.',
				),
			output: text('Output Property')
				.tidy()
				.local()
				.example('data.items')
				.describe('Dotted path of the record or the list in the response. If empty, the output is the whole response.'),
		},
		rules: [(asked: Asked) => unpageable(asked, styleOf(asked)), (asked: Asked) => ownPage(asked, styleOf(asked))],
		dynamicRequest,
		run: async (send, call, { output }) => partOf(await send(call), output, call.effect),
	});
	return { name: 'API', operations: { request } };
}

/** Returns the choice *Read All Pages*, or an empty object if the vendor's lists have no pages. */
function pagingChoice(pages: NonNullable<ApiFacts['pages']>): { paging: OneOf } {
	const ways = Object.entries(pages).map(([value, { name }]): [string, Variant] => [value, { name, fields: {} }]);
	const variants: Record<string, Variant> = { [NO_PAGES]: { name: 'No', fields: {} }, ...Object.fromEntries(ways) };
	const description = 'Whether the response is a list in pages. All pages are read, up to the limit.';
	return (ways.length > 0 ? { paging: oneOf('Read All Pages', variants, description) } : {}) as { paging: OneOf };
}

/** Returns the problem if the page number belongs into the body, but the request has no JSON object as its body. */
function unpageable({ method, body: given }: Asked, style: PageStyle | undefined): string | undefined {
	if (style?.part !== 'body') return undefined;
	if (method === 'GET' || method === 'DELETE')
		return `'Read All Pages' puts the page number into the body, but ${method} has no body`;
	return Array.isArray(given)
		? "'Read All Pages' puts the page number into the body, but 'Body' is a list. Enter a JSON object"
		: undefined;
}

/**
 * Returns the problem if the query sets a page too. The node would read this page again and again, or start with it.
 */
function ownPage({ queryParameters = [] }: Asked, style: PageStyle | undefined): string | undefined {
	const taken = new Set(style ? pageNames(style.parameters(1, 1), style.parameters(2, 1)) : []);
	const own = queryParameters.find(({ name }) => taken.has(name.replace(/\[.*$/, '').trim().toLowerCase()));
	return (
		own &&
		`'Read All Pages' sets the page itself, but 'Query Parameters' has '${own.name}' too. Remove it, or set 'Read All Pages' to No`
	);
}

/**
 * Returns the names of the parameters that differ between the requests of two pages, in lower case and at any depth.
 */
function pageNames(first: IDataObject, second: IDataObject): string[] {
	return Object.entries(second).flatMap(([name, value]) => {
		if (JSON.stringify(value) === JSON.stringify(first[name])) return [];
		return [name.toLowerCase(), ...(isObject(value) ? pageNames((first[name] ?? {}) as IDataObject, value) : [])];
	});
}

/**
 * Returns the part of the response at a path. After a write it falls back to the whole response, because the write
 * succeeded.
 */
function partOf(response: unknown, output: string | undefined, effect: Effect): unknown {
	if (output === undefined) return response;
	const part = output
		.split('.')
		.reduce<unknown>((value, name) => (isMember(value, name) ? value[name] : undefined), response);
	if (part !== undefined || effect !== 'reads') return part ?? response;
	throw malformedResponse(`The response has no property '${output}' ('Output Property')`);
}

const isMember = (value: unknown, name: string): value is Record<string, unknown> =>
	(isObject(value) || Array.isArray(value)) && Object.hasOwn(value, name);
