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
	.describe("Path below the root of the API, as the vendor's page shows it after the root");
const body = jsonBody('Body').describe('JSON object or list. Left empty, the request has no body.');

const NO_PAGES = 'off';

/** The request as its fields give it. */
interface Asked {
	method: string;
	path: unknown;
	body?: unknown;
	queryParameters?: readonly QueryRow[];
	paging?: string;
	effect?: Effect;
	output?: string;
}

/** The resource whose one operation sends what the user writes, in the way of all others: throttle, repeats, errors, pages. */
export function apiResource({ page, example, pages = {}, tell }: ApiFacts): Resource {
	const at = path.example(example);
	// A path of these names a record, so that items on it wait for one another.
	const onRecord = { path: at.ordered(), body };
	const styleOf = ({ paging = NO_PAGES }: Asked): PageStyle | undefined =>
		Object.hasOwn(pages, paging) ? pages[paging].style : undefined;
	const dynamicRequest = (asked: Asked): DynamicRequest => {
		const method = asked.method as Method;
		const style = styleOf(asked);
		const told = tell?.(method, asked.path as string);
		return {
			...told,
			request: `${method} ${asked.path as `/${string}`}`,
			effect: asked.effect ?? told?.effect ?? (method === 'GET' || style ? 'reads' : 'writes'),
			many:
				style && asked.output !== undefined
					? { ...style, records: (response) => listAt(response, asked.output) }
					: style,
		};
	};
	const request = operation({
		name: 'Request',
		action: 'Send API request',
		description: 'Send a request of your own, to an endpoint that no other operation offers',
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
				"Method that the vendor's page names for the endpoint",
			),
			queryParameters: queryRows('Query Parameters')
				.open()
				.describe(
					'What follows the question mark of the address, name by name; a name that ends with [] may come twice',
				),
			...pagingChoice(pages),
			effect: choice('What It Does', effects)
				.local()
				.describe(
					'Whether the request changes something, which decides if it is sent again after no answer came. Without it a GET and the ' +
						'pages of a list only read, and everything else changes something.',
				),
			output: text('Output Member')
				.tidy()
				.local()
				.example('data.items')
				.describe(
					'Member of the answer that is the record or the list of records, with dots for members inside. Without it the whole answer is put out.',
				),
		},
		rules: [(asked: Asked) => unpageable(asked, styleOf(asked)), (asked: Asked) => ownPage(asked, styleOf(asked))],
		dynamicRequest,
		run: async (send, call, { output }) => partOf(await send(call), output, call.effect),
	});
	return { name: 'API', operations: { request } };
}

/** Nothing to choose where the vendor's lists have no pages; the input then has no such member. */
function pagingChoice(pages: NonNullable<ApiFacts['pages']>): { paging: OneOf } {
	const ways = Object.entries(pages).map(([value, { name }]): [string, Variant] => [value, { name, fields: {} }]);
	const variants: Record<string, Variant> = { [NO_PAGES]: { name: 'No', fields: {} }, ...Object.fromEntries(ways) };
	const description = 'Whether the answer is a list that comes in pages, all of which are read up to the limit';
	return (ways.length > 0 ? { paging: oneOf('Read All Pages', variants, description) } : {}) as { paging: OneOf };
}

/** The page is asked for in the body, which has to be there and to have members. */
function unpageable({ method, body: given }: Asked, style: PageStyle | undefined): string | undefined {
	if (style?.place !== 'body') return undefined;
	if (method === 'GET' || method === 'DELETE')
		return `'Read All Pages' asks for the page in the body, and ${method} has none`;
	return Array.isArray(given)
		? "'Read All Pages' asks for the page in a member of the body, and 'Body' is a list"
		: undefined;
}

/** A page that the user asks for beside 'Read All Pages' would be read in place of each page, or the list would begin with it. */
function ownPage({ queryParameters = [] }: Asked, style: PageStyle | undefined): string | undefined {
	const taken = new Set(style ? pageNames(style.ask(1, 1), style.ask(2, 1)) : []);
	const own = queryParameters.find(({ name }) => taken.has(name.replace(/\[.*$/, '').trim().toLowerCase()));
	return (
		own &&
		`'Read All Pages' sets the page itself, but 'Query Parameters' has '${own.name}' too. Remove it, or set 'Read All Pages' to No`
	);
}

/** Names, in lower case and at any depth, of the members by which one page's request differs from the next one's. */
function pageNames(first: IDataObject, second: IDataObject): string[] {
	return Object.entries(second).flatMap(([name, value]) => {
		if (JSON.stringify(value) === JSON.stringify(first[name])) return [];
		return [name.toLowerCase(), ...(isObject(value) ? pageNames((first[name] ?? {}) as IDataObject, value) : [])];
	});
}

/** The wanted part of an answer; the whole one after a write, which must not look as if it had failed. */
function partOf(response: unknown, output: string | undefined, effect: Effect): unknown {
	if (output === undefined) return response;
	const part = output
		.split('.')
		.reduce<unknown>((value, name) => (isMember(value, name) ? value[name] : undefined), response);
	if (part !== undefined || effect !== 'reads') return part ?? response;
	throw malformedResponse(`The answer has no member '${output}' ('Output Member')`);
}

const isMember = (value: unknown, name: string): value is Record<string, unknown> =>
	(isObject(value) || Array.isArray(value)) && Object.hasOwn(value, name);
