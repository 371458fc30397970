import type { IDataObject, ILoadOptionsFunctions } from 'n8n-workflow';
import { listSearchMethods } from '../../nodes/shared/editor/listSearch';
import { date } from '../../nodes/shared/fields';
import type { Lookup } from '../../nodes/shared/fields/lookup';
import { imagined, imaginedContext, type ImaginedRequest, type ImaginedRun } from '../support/imagined';
import { ids, LARGEST, open, paged, pages, things, vendorWith, whole } from '../support/dropDown';

afterEach(() => jest.restoreAllMocks());

describe('a list page after page', () => {
	test('shows fifty entries at a time, and the rest when the user scrolls', async () => {
		const first = await open(paged, { answer: vendorWith(120) });
		const second = await open(paged, { token: String(first.paginationToken), answer: vendorWith(120) });
		const third = await open(paged, { token: String(second.paginationToken), answer: vendorWith(120) });

		expect(
			[first, second, third].map(({ results, paginationToken, requests }) => [
				results.length,
				paginationToken,
				requests.map(({ qs }) => qs),
			]),
		).toEqual([
			[50, '2', [{ page: 1, size: 50 }]],
			[50, '3', [{ page: 2, size: 50 }]],
			[20, undefined, [{ page: 3, size: 50 }]],
		]);
		expect(ids(second)[0]).toBe(51);
		expect(third).not.toHaveProperty('paginationToken');
	});

	test('is ended by an empty page, whatever the vendor says', async () => {
		expect(await open(paged, { answer: () => ({ body: { list: [], more: true } }) })).toMatchObject({ results: [] });
	});

	test('asks the vendor for what stands in the search box', async () => {
		const lookup = { ...paged, ask: (filter: string | undefined) => ({ q: filter ?? 'all' }) };

		expect((await open(lookup, { filter: 'ana', answer: vendorWith(1) })).requests[0].qs).toEqual({
			q: 'ana',
			page: 1,
			size: 50,
		});
		expect((await open(lookup, { filter: ' ', answer: vendorWith(1) })).requests[0].qs).toEqual({
			q: 'all',
			page: 1,
			size: 50,
		});
	});

	test('by POST has its members in the body, and is a search that may be repeated', async () => {
		jest.spyOn(Math, 'random').mockReturnValue(0);
		const { requests } = await open(
			{ ...paged, request: 'POST /things/search', ask: () => ({ q: 1 }), pages: { ...pages, part: 'body' } },
			{
				answer: (_request, index) => (index === 0 ? { status: 500, body: {} } : { body: { list: [], more: false } }),
			},
		);

		expect(requests[1]).toEqual({ method: 'POST', url: '/things/search', qs: {}, body: { q: 1, page: 1, size: 50 } });
	});
});

describe('a list that is searched here', () => {
	const searched = { ...paged, searchHere: true };

	test('is read in the largest pages until something is found', async () => {
		const found = await open(searched, { filter: ' THING 130', answer: vendorWith(400) });

		expect(ids(found)).toEqual([130]);
		expect(found.requests.map(({ qs }) => qs)).toEqual([1, 2, 3].map((page) => ({ page, size: LARGEST })));
		expect(found.paginationToken).toBe('4');
	});

	test('is read no further than five pages at a time, and goes on from there', async () => {
		const first = await open(searched, { filter: 'nobody', answer: vendorWith(700) });
		const second = await open(searched, {
			filter: 'nobody',
			token: String(first.paginationToken),
			answer: vendorWith(700),
		});

		expect([first.requests.length, first.results, first.paginationToken]).toEqual([5, [], '6']);
		expect([second.requests.map(({ qs }) => qs.page), second.paginationToken]).toEqual([[6, 7, 8, 9, 10], '11']);
	});

	test('ends where the vendor ends, with nothing found', async () => {
		const { results, requests, paginationToken } = await open(searched, { filter: 'nobody', answer: vendorWith(130) });

		expect([results, requests.length, paginationToken]).toEqual([[], 3, undefined]);
	});

	test('without a search shows its first page of fifty', async () => {
		const { results, requests } = await open(searched, { answer: vendorWith(700) });

		expect([results.length, requests[0].qs]).toEqual([50, { page: 1, size: 50 }]);
	});

	test('that comes whole is narrowed, too', async () => {
		expect(
			ids(
				await open(
					{ ...things, searchHere: true },
					{
						filter: 'B',
						answer: whole([
							{ id: 1, name: 'abc' },
							{ id: 2, name: 'xyz' },
						]),
					},
				),
			),
		).toEqual([1]);
	});
});

describe('a list that comes whole', () => {
	test('has no further pages, and shows what the vendor found', async () => {
		const result = await open(things, { filter: 'nobody', answer: whole([{ id: 1, name: 'abc' }]) });

		expect(result).toEqual({
			results: [{ name: 'abc', value: 1 }],
			requests: [{ method: 'GET', url: '/things', qs: {}, body: undefined }],
		});
	});

	test('may have its records elsewhere, or completed from elsewhere', async () => {
		const lookup: Lookup = {
			...things,
			records: (answer) => (answer as { inside: IDataObject[] }).inside,
			complete: async (records, ask) => [
				...records,
				(await ask({ method: 'GET', effect: 'reads', path: '/more', query: {} })) as IDataObject,
			],
		};

		expect(
			ids(
				await open(lookup, { answer: ({ url }) => ({ body: url === '/more' ? { id: 2 } : { inside: [{ id: 1 }] } }) }),
			),
		).toEqual([1, 2]);
	});

	test('fills in a multi-select as a whole', async () => {
		expect(
			await open(
				things,
				{
					answer: whole([
						{ id: 1, name: 'a' },
						{ id: 2, name: 'b' },
					]),
				},
				'options',
			),
		).toMatchObject({
			results: [
				{ name: 'a', value: 1 },
				{ name: 'b', value: 2 },
			],
		});
	});
});

describe('a list that only answers to a search', () => {
	test.each([[undefined], [''], ['  ']])('asks nothing for %j', async (filter) => {
		expect(await open({ ...things, filterRequired: true }, { filter })).toEqual({ results: [], requests: [] });
	});

	test('is read when something is searched for', async () => {
		expect(ids(await open({ ...things, filterRequired: true }, { filter: 'a', answer: whole([{ id: 1 }]) }))).toEqual([
			1,
		]);
	});
});

describe('an entry', () => {
	test.each([[0], ['x']])('with the ID %j can be chosen', async (id) => {
		expect(ids(await open(things, { answer: whole([{ id, name: 'a' }]) }))).toEqual([id]);
	});

	test.each([[undefined], [''], [null], [true], [{}]])('with the ID %j is refused', async (id) => {
		await expect(open(things, { answer: whole([{ id, name: 'a' }]) })).rejects.toThrow(
			/^The response contains no ID of a thing, but /,
		);
	});
});

describe('records from elsewhere', () => {
	const otherwise: Lookup = {
		...things,
		otherwise: async (ask) => await ask({ method: 'GET', effect: 'reads', path: '/older', query: {} }),
	};
	const lacking =
		(status: number) =>
		({ url }: ImaginedRequest) =>
			url === '/older' ? { body: [{ id: 9, name: 'old' }] } : { status, body: { message: 'Away' } };

	test('stand in where an installation lacks the endpoint', async () => {
		expect(ids(await open(otherwise, { answer: lacking(404) }))).toEqual([9]);
	});

	test('do not stand in where something else went wrong, or where there are none', async () => {
		await expect(open(otherwise, { answer: lacking(403) })).rejects.toThrow(
			'Imagined CRM refused the request: Away. Ask for more rights.',
		);
		await expect(open(things, { answer: lacking(404) })).rejects.toThrow('Imagined CRM refused the request: Away');
	});

	test('are not asked for when the list is there', async () => {
		expect((await open(otherwise, { answer: whole([]) })).requests).toHaveLength(1);
	});
});

describe('a list that depends on another field', () => {
	const dependent: Lookup = {
		...things,
		dependsOn: ['owner', 'owner_eq'],
		records: (answer, parent) => (answer as IDataObject[]).map((record) => ({ ...record, id: parent ?? 'none' })),
	};
	const parentIn = async (parameters: IDataObject, lookup = dependent) =>
		ids(await open(lookup, { answer: whole([{ id: 1, name: 'a' }]), parameters }))[0];

	test.each<[string, IDataObject, string]>([
		['on its own', { owner: { __rl: true, mode: 'id', value: 5 } }, '5'],
		['as a bare value', { owner: 7 }, '7'],
		['without the mark, as in a collection', { filters: { owner: { mode: 'list', value: 6 } } }, '6'],
		[
			'beside a field that was added and left alone',
			{ filters: { owner: { mode: 'list', value: '' }, owner_eq: 'f' } },
			'f',
		],
		['under its other name', { owner_eq: 'x' }, 'x'],
		['among the additional fields', { additionalFields: { owner: 'a' } }, 'a'],
		['among the fields to update', { updateFields: { owner: 'u' } }, 'u'],
		['among the filters, where the first is empty', { owner: '', filters: { owner_eq: 'f' } }, 'f'],
		['nowhere', {}, 'none'],
		['in an expression, which has no value yet', { owner: '={{ 1 }}' }, 'none'],
	])('knows what was chosen %s', async (_name, parameters, parent) => {
		expect(await parentIn(parameters)).toBe(parent);
	});

	test('and no other list looks for it', async () => {
		expect(await parentIn({ owner: 5 }, { ...dependent, dependsOn: undefined })).toBe('none');
	});
});

describe('the options of the form', () => {
	test('count for drop-downs, except for expressions', async () => {
		await expect(open(things, { parameters: { options: { maxTries: 'x' } } })).rejects.toThrow(
			'\'Max Tries\' must be a whole number from 1 to 20, but is "x"',
		);
		await expect(
			open(things, { parameters: { options: { maxTries: '={{ 5 }}' } }, answer: whole([]) }),
		).resolves.toMatchObject({ results: [] });
		await expect(open(things, { parameters: { options: 'x' as never } })).rejects.toThrow(
			"'Options' must be a set of fields",
		);
	});
});

test("an option is read in the workflow's time zone", async () => {
	const run: ImaginedRun = { output: [], requests: [], hints: [] };
	const vendor = {
		...imagined,
		options: { day: date('Day') },
		scope: (_credentials: unknown, { day }: { day?: unknown }) => `/${String(day)}`,
	};
	const context = imaginedContext(run, {
		answer: whole([]),
		context: {
			getCurrentNodeParameters: () => ({}),
			getCurrentNodeParameter: () => ({ day: '2026-07-01T01:00:00Z' }),
		} as never,
	});

	await listSearchMethods(vendor, [things]).things.call(context as unknown as ILoadOptionsFunctions);

	expect(run.requests[0].url).toBe('/2026-06-30/things');
});

describe('a list inside a record', () => {
	const inside: Lookup = {
		...things,
		request: 'GET /shelves/{parent}/things',
		dependsOn: ['shelf'],
		ask: (filter, parent) => ({ filter, of: parent }),
	};

	test('is asked for by the record that is chosen', async () => {
		const { requests } = await open(inside, {
			answer: whole([]),
			filter: 'x',
			parameters: { shelf: { __rl: true, mode: 'list', value: 'a/b' } },
		});

		expect(requests).toMatchObject([{ url: '/shelves/a%2Fb/things', qs: { filter: 'x', of: 'a/b' } }]);
	});

	test.each([{}, { shelf: '={{ $json.shelf }}' }])(
		'is empty, and nothing is asked, as long as none is: %j',
		async (parameters) => {
			expect(await open(inside, { answer: whole([{ id: 1 }]), parameters })).toMatchObject({
				results: [],
				requests: [],
			});
		},
	);
});

test('a list that is searched here finds what was typed in names and in ids', async () => {
	const records = [
		{ id: 17, name: 'Ant' },
		{ id: 2, name: 'Bee 17' },
		{ id: 3, name: 'Cat' },
	];

	const { results } = await open({ ...things, searchHere: true }, { answer: whole(records), filter: ' 17' });

	expect(results.map(({ value }) => value)).toEqual([17, 2]);
});

describe('a drop-down that fails', () => {
	test('for its credential says what is wrong with it', async () => {
		const context = imaginedContext(
			{ output: [], requests: [], hints: [] },
			{ credentials: { baseUrl: 'ftp://imagined.example' } },
		);

		await expect(
			listSearchMethods(imagined, [things]).things.call(context as unknown as ILoadOptionsFunctions),
		).rejects.toThrow("'Base URL' of the credential must start with https://");
	});

	test('shows message and advice as one message, without secrets', async () => {
		await expect(
			open(things, { answer: () => ({ status: 403, body: { message: 'imagined-secret may not' } }) }),
		).rejects.toMatchObject({
			name: 'NodeApiError',
			message: 'Imagined CRM refused the request: [secret removed] may not. Ask for more rights.',
			httpCode: '403',
		});
	});

	test('without advice has none', async () => {
		await expect(open(things, { answer: () => ({ status: 422, body: {} }) })).rejects.toMatchObject({
			message: 'Imagined CRM refused the request: No',
		});
	});
});
