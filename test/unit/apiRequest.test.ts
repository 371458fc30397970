import fc from 'fast-check';
import { apiResource } from '../../nodes/shared/form/apiRequest';
import { rounds, WORDS_OF_THE_LANGUAGE } from '../support/hostile';
import { hostileValue } from '../support/hostileValues';
import { imaginedPages, runImagined } from '../support/imagined';

const { request } = apiResource({
	page: 'https://imagined.example',
	example: '/things',
	pages: {
		query: { name: 'Query', style: imaginedPages },
		body: { name: 'Body', style: { ...imaginedPages, part: 'body' } },
	},
	tell: (method, path) => (method === 'GET' && path.startsWith('/delete') ? { effect: 'writes' } : {}),
}).operations;

const base = { method: 'GET', path: '/things', paging: 'off' };

/** What one request of the user's own sends and gives. */
async function ask(
	parameters: Record<string, unknown>,
	body: unknown = { id: 1 },
	more: Parameters<typeof runImagined>[1] = {},
) {
	const run = await runImagined(request, { items: [{ ...base, ...parameters }], answer: () => ({ body }), ...more });
	return { ...run, sent: run.requests[0], json: run.output.map(({ json }) => json) };
}

const row = (name: string, value?: string) => ({ name, value });

describe('the request', () => {
	test('goes to the method and path that were written, with the query and the body', async () => {
		const { sent } = await ask({
			method: 'PUT',
			path: 'things/a b',
			queryParameters: {
				values: [row('a', '1'), row('empty'), row('ids[]', '1'), row('ids[]', '2'), row('one[]', '3')],
			},
			body: '{ "name": "x", "inner": { "list": [1] } }',
		});

		expect(sent).toEqual({
			method: 'PUT',
			url: '/things/a%20b',
			qs: { a: '1', empty: '', ids: ['1', '2'], 'one[]': '3' },
			body: { name: 'x', inner: { list: [1] } },
		});
	});

	test.each([
		['an object', { a: 1 }, { a: 1 }],
		['a list', '[{ "a": 1 }, 2]', [{ a: 1 }, 2]],
		['an empty object as text', '{}', {}],
		['nothing', '', undefined],
	])('has %s as its body', async (_name, body, sentBody) => {
		expect((await ask({ method: 'POST', body })).sent.body).toEqual(sentBody);
	});

	test('has no body where the method has none, and nothing that nobody wrote', async () => {
		expect((await ask({ method: 'DELETE', body: { a: 1 } })).sent).toEqual({
			method: 'DELETE',
			url: '/things',
			qs: {},
			body: undefined,
		});
	});

	test.each([
		[
			{ path: '/../admin' },
			'\'Path\' must not contain a "." or ".." that leads out of the API, but is "/../admin" [item 0]',
		],
		[{ path: '/a?b=1' }, '\'Path\' must not contain a question mark, but is "/a?b=1" [item 0]'],
		[
			{ method: 'POST', body: '[' },
			'\'Body\' must be a JSON object or list, like {"key": "value"}, but is "[" [item 0]',
		],
		[
			{ method: 'POST', body: '7' },
			'\'Body\' must be a JSON object or list, like {"key": "value"}, but is "7" [item 0]',
		],
		[
			{ queryParameters: { values: [row('a'), row('a')] } },
			"'Query Parameters' (row 2, 'Name') must not repeat the name 'a' [item 0]",
		],
		[
			{ queryParameters: { values: [row('a'), row('a[]')] } },
			"'Query Parameters' (row 2, 'Name') must not repeat the name 'a' [item 0]",
		],
		[
			{ queryParameters: { values: [row('a[]'), row('b'), row('a[]'), row('a')] } },
			"'Query Parameters' (row 4, 'Name') must not repeat the name 'a' [item 0]",
		],
		[
			{ queryParameters: { values: [row('__proto__[]')] } },
			"'Query Parameters' (row 1, 'Name') must not be __proto__ [item 0]",
		],
		[
			{ queryParameters: { values: [row('__proto__')] } },
			"'Query Parameters' (row 1, 'Name') must not be __proto__ [item 0]",
		],
		[{ paging: 'body' }, "'Read All Pages' puts the page number into the body, but GET has no body [item 0]"],
		[
			{ method: 'POST', paging: 'body', body: [1] },
			"'Read All Pages' puts the page number into the body, but 'Body' is a list. Enter a JSON object [item 0]",
		],
		[{ method: 'TRACE' }, '\'HTTP Method\' must be one of GET, DELETE, PATCH, POST, PUT, but is "TRACE" [item 0]'],
	])('of %j is refused with clear words, and nothing is sent', async (parameters, words) => {
		const { error, requests } = await ask(parameters);

		expect([error?.message, requests]).toEqual([words, []]);
	});

	test.each([
		[{ path: '/a?b=1' }, "Enter the query under 'Query Parameters'."],
		[{ queryParameters: { values: [row('a'), row('a')] } }, "Name each row of a list 'a[]'."],
	])('of %j is refused with a suggestion', async (parameters, suggestion) => {
		const { error } = await ask(parameters);

		expect(error?.description).toBe(`Nothing was sent for this item. ${suggestion}`);
	});
});

describe('what comes out', () => {
	test.each<[string, unknown, string | undefined, unknown]>([
		['a record', { id: 1 }, undefined, [{ id: 1 }]],
		['the records of a list', [{ id: 1 }, { id: 2 }], undefined, [{ id: 1 }, { id: 2 }]],
		['values that are no records', ['a', 2], undefined, [{ value: 'a' }, { value: 2 }]],
		['nothing of an empty list', [], undefined, []],
		['a success without words', '', undefined, [{ success: true }]],
		['a member', { data: { items: [{ id: 1 }] } }, 'data.items', [{ id: 1 }]],
		['a member of a member of a list', { data: [{ x: { id: 7 } }] }, 'data.0.x', [{ id: 7 }]],
	])('is %s', async (_name, answer, output, json) => {
		expect((await ask({ additionalFields: { output } }, answer)).json).toEqual(json);
	});

	test.each(['data.items', 'constructor', 'data.length', '__proto__'])(
		'of a read is an error when the answer has no member %j',
		async (output) => {
			const { error } = await ask({ additionalFields: { output } }, { data: {} });

			expect(error?.message).toBe(`The response has no property '${output}' ('Output Property')`);
		},
	);

	test('of a write is the whole answer then, because it was carried out', async () => {
		expect((await ask({ method: 'POST', additionalFields: { output: 'data' } }, { ok: 1 })).json).toEqual([{ ok: 1 }]);
	});

	test('of a write that answers with an empty list is one item', async () => {
		expect((await ask({ method: 'POST' }, [])).json).toEqual([{ value: [] }]);
	});
});

describe('pages', () => {
	const pageOf = ({ qs, body }: { qs: object; body?: object }) => (({ ...qs, ...body }) as { page: number }).page;
	const list = (page: number) => ({
		list: [{ id: page * 2 - 1 }, { id: page * 2 }],
		other: [{ x: page }],
		more: page < 3,
	});
	const answer: NonNullable<Parameters<typeof runImagined>[1]>['answer'] = (asked) => ({ body: list(pageOf(asked)) });

	test('are all read with Return All, and up to the limit without it', async () => {
		const all = await ask({ paging: 'query', returnAll: true }, {}, { answer });
		const some = await ask({ paging: 'query', returnAll: false, limit: 3 }, {}, { answer });

		expect([all.json.map(({ id }) => id), some.json.map(({ id }) => id)]).toEqual([
			[1, 2, 3, 4, 5, 6],
			[1, 2, 3],
		]);
	});

	test('are asked for beside the members of the body, and their list is the one that Output Property names', async () => {
		const { json, requests } = await ask(
			{ method: 'POST', paging: 'body', returnAll: true, body: { q: 1 }, additionalFields: { output: 'other' } },
			{},
			{ answer },
		);

		expect(json).toEqual([{ x: 1 }, { x: 2 }, { x: 3 }]);
		expect(requests.map(({ body }) => body)).toEqual([1, 2, 3].map((page) => ({ q: 1, page, size: 5 })));
	});

	test.each(['page', 'Page', 'page[]', 'page[number]', ' page'])(
		'are not mixed with a page of the user, %j: it is refused, and nothing is sent',
		async (name) => {
			const ways = ['query', 'body'].map((paging) =>
				ask({ method: 'POST', paging, queryParameters: { values: [row('q', '1'), row(name, '3')] } }),
			);

			for (const { error, requests } of await Promise.all(ways)) {
				expect(error?.message).toContain("'Read All Pages' sets the page itself, but 'Query Parameters' has");
				expect(error?.message).toMatch(/ too\. Remove it, or set 'Read All Pages' to No \[item 0\]$/);
				expect(requests).toEqual([]);
			}
		},
	);

	test('go with a size of the user, which the request sets where it needs one', async () => {
		const { error, requests } = await ask(
			{ paging: 'query', queryParameters: { values: [row('size', '3')] }, returnAll: true },
			{},
			{ answer },
		);

		expect([error, requests.map(({ qs }) => qs)]).toEqual([undefined, [1, 2, 3].map((page) => ({ page, size: 5 }))]);
	});

	test('a page of the user is sent where the choice is off', async () => {
		expect((await ask({ queryParameters: { values: [row('page', '3')] } }, list(3))).sent.qs).toEqual({ page: '3' });
	});

	test('are not read where the choice is off', async () => {
		expect((await ask({ returnAll: true }, list(1))).requests).toHaveLength(1);
	});
});

describe('what the request does', () => {
	const broken = { answer: () => ({ status: 500, body: {} }) };

	test.each<[string, Record<string, unknown>, number, true | undefined]>([
		['a GET only reads', {}, 2, undefined],
		['a GET to a path that the vendor is known to write by', { path: '/delete/1' }, 1, true],
		['a POST writes', { method: 'POST' }, 1, true],
		['a PUT writes', { method: 'PUT' }, 1, true],
		['a DELETE writes', { method: 'DELETE' }, 1, true],
		['pages by POST only read', { method: 'POST', paging: 'body' }, 2, undefined],
		['a POST that the user says only reads', { method: 'POST', additionalFields: { effect: 'reads' } }, 2, undefined],
		['a GET that the user says writes', { additionalFields: { effect: 'writes' } }, 1, true],
		['a PUT that may be repeated', { method: 'PUT', additionalFields: { effect: 'idempotent' } }, 2, true],
		[
			'a GET that the user says only reads, whatever is known',
			{ path: '/delete/1', additionalFields: { effect: 'reads' } },
			2,
			undefined,
		],
	])(
		'decides on repeats and on what may have been applied: %s',
		async (_name, parameters, tries, mayHaveBeenApplied) => {
			jest.spyOn(Math, 'random').mockReturnValue(0);

			const { error, requests } = await ask({ ...parameters, options: { maxTries: 2 } }, {}, broken);

			expect([requests.length, error?.context.data?.mayHaveBeenApplied]).toEqual([tries, mayHaveBeenApplied]);
			jest.restoreAllMocks();
		},
	);
});

test('whatever stands in its fields, a request stays below the root, and a refusal names field and item', async () => {
	const field = fc.constantFrom(
		'path',
		'body',
		'queryParameters',
		'method',
		'paging',
		'effect',
		'output',
		'returnAll',
		'limit',
	);
	await fc.assert(
		fc.asyncProperty(field, fc.constantFrom('GET', 'POST', 'PUT'), hostileValue, async (name, method, value) => {
			const collected =
				name === 'effect' || name === 'output' ? { additionalFields: { [name]: value } } : { [name]: value };
			const { error, requests } = await ask({ method, returnAll: true, ...collected }, [{ id: 1 }]);

			for (const { url } of requests)
				expect(new URL(`https://imagined.example/api${url}`).href).toBe(`https://imagined.example/api${url}`);
			if (error) expect(error.message).not.toMatch(WORDS_OF_THE_LANGUAGE);
			if (error && requests.length === 0) expect(error.message).toMatch(/^'.+' .* \[item 0\]$/);
		}),
		{ numRuns: rounds(1_000) },
	);
}, 3_600_000);
