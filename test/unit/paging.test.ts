import fc from 'fast-check';
import type { IDataObject } from 'n8n-workflow';
import type { SendRequest } from '../../nodes/shared/http/apiRequest';
import { type PageStyle, MAX_PAGES, readPages, recordsWhere } from '../../nodes/shared/http/paging';

const LARGEST = 5;
const style = (more?: PageStyle['more'], place: PageStyle['part'] = 'query'): PageStyle => ({
	parameters: (page, size) => ({ page, size }),
	part: place,
	maxPageSize: LARGEST,
	records: (answer) => (answer as { list: IDataObject[] }).list,
	more,
});
const saysMore: PageStyle['more'] = (answer) => (answer as { more: boolean }).more;

/** A vendor with so many records; keeps the members of each page it was asked for. */
function vendorWith(count: number, asked: IDataObject[] = [], place: PageStyle['part'] = 'query'): SendRequest {
	return async (call) => {
		const { page, size } = call[place] as { page: number; size: number };
		asked.push(call[place]!);
		const list = Array.from({ length: count }, (_, id) => ({ id })).slice((page - 1) * size, page * size);
		return { list, more: page * size < count };
	};
}

async function read(ask: SendRequest, pages: PageStyle, limit: number): Promise<unknown[]> {
	const ids: unknown[] = [];
	for await (const records of readPages(
		ask,
		{ method: 'GET', effect: 'reads', path: '/list', query: { filter: 'kept' } },
		pages,
		limit,
	))
		ids.push(...records.map(({ id }) => id));
	return ids;
}

test.each([
	['that says whether more follows', saysMore],
	['that ends with a short page', undefined],
])('a list %s gives each record once, in order, and no page that is not needed', async (_name, more) => {
	await fc.assert(
		fc.asyncProperty(
			fc.integer({ min: 0, max: 32 }),
			fc.option(fc.integer({ min: 1, max: 40 }), { nil: Infinity }),
			async (count, limit) => {
				const asked: IDataObject[] = [];

				const ids = await read(vendorWith(count, asked), style(more), limit);

				const wanted = Math.min(count, limit);
				const size = Math.min(LARGEST, limit);
				expect(ids).toEqual(Array.from({ length: wanted }, (_, id) => id));
				expect(asked.every(({ filter }) => filter === 'kept')).toBe(true);
				expect(asked.map(({ page, size: asks }) => [page, asks])).toEqual(asked.map((_, index) => [index + 1, size]));
				// Without a word from the vendor, a list that ends on a full page takes one more look.
				expect(asked).toHaveLength(
					more || count >= limit ? Math.max(1, Math.ceil(wanted / size)) : Math.floor(count / size) + 1,
				);
			},
		),
	);
});

test('a list that changes while it is read returns each record once, and reports the number of duplicates', async () => {
	await fc.assert(
		fc.asyncProperty(
			fc.array(fc.array(fc.integer({ min: 0, max: 9 }), { minLength: 1, maxLength: LARGEST }), {
				minLength: 1,
				maxLength: 6,
			}),
			async (pages) => {
				// The same page twice means a list that goes round.
				fc.pre(new Set(pages.map((page) => JSON.stringify(page))).size === pages.length);
				const notices: string[] = [];
				const ids: unknown[] = [];
				const ask: SendRequest = async ({ query }) => ({
					list: pages[(query.page as number) - 1].map((id) => ({ id })),
					more: (query.page as number) < pages.length,
				});

				for await (const records of readPages(
					ask,
					{ method: 'GET', effect: 'reads', path: '/list', query: {} },
					{ ...style(saysMore), identity: 'id' },
					Infinity,
					(words) => notices.push(words),
				))
					ids.push(...records.map(({ id }) => id));

				const came = pages.flat();
				const once = [...new Set(came)];
				expect(ids).toEqual(once);
				expect(notices.map((words) => words.slice(0, words.indexOf(' of')))).toEqual(
					once.length < came.length ? [`The list returned ${came.length} records, ${came.length - once.length}`] : [],
				);
			},
		),
	);
});

test('page parameters can go into the body', async () => {
	const asked: IDataObject[] = [];

	await read(vendorWith(7, asked, 'body'), style(saysMore, 'body'), Infinity);

	expect(asked).toEqual([
		{ page: 1, size: LARGEST },
		{ page: 2, size: LARGEST },
	]);
});

test('an empty page ends the list, even if the vendor promises more', async () => {
	expect(
		await read(
			vendorWith(0),
			style(() => true),
			Infinity,
		),
	).toEqual([]);
});

test.each([
	[
		'stands still',
		[
			[1, 2],
			[1, 2],
		],
		'Page 2 of the list repeats page 1',
	],
	[
		'goes round in two pages',
		[
			[1, 2],
			[3, 4],
			[1, 2],
			[3, 4],
		],
		'Page 3 of the list repeats page 1',
	],
	['goes round later on', [[1], [2], [3], [2], [3]], 'Page 4 of the list repeats page 2'],
])('a list that %s ends with an error at the first repeated page', async (_name, pages, words) => {
	const ask: SendRequest = async ({ query }) => ({
		list: pages[(query.page as number) - 1].map((id) => ({ id })),
		more: true,
	});

	await expect(read(ask, style(saysMore), Infinity)).rejects.toMatchObject({
		failure: {
			message: words,
			description: 'The list was not read to the end. Run the workflow again, or narrow the list.',
		},
	});
});

/** Pages of one record each, so many of them. */
const onePerPage =
	(count: number): SendRequest =>
	async ({ query }) => ({ list: [{ id: query.page as number }], more: (query.page as number) < count });

test('an endless list stops at a maximum, and the error says what to do', async () => {
	await expect(read(onePerPage(MAX_PAGES + 1), style(saysMore), Infinity)).rejects.toMatchObject({
		failure: {
			message: `The list has more than ${MAX_PAGES} pages`,
			description: 'Nothing was changed. Narrow the list with filters, or set a limit if there is one.',
		},
	});
	expect(await read(onePerPage(MAX_PAGES), style(saysMore), Infinity)).toHaveLength(MAX_PAGES);
});

describe('a list whose pages overlap', () => {
	const overlapping: SendRequest = async ({ query }) => ({
		list: query.page === 1 ? [{ id: 1 }, { id: 2 }, {}] : [{ id: 2 }, { id: 3 }, {}],
		more: query.page === 1,
	});
	const readOverlapping = async (pages: PageStyle, notice?: (words: string) => void) => {
		const records: IDataObject[] = [];
		for await (const page of readPages(
			overlapping,
			{ method: 'GET', effect: 'reads', path: '/list', query: {} },
			pages,
			Infinity,
			notice,
		))
			records.push(...page);
		return records;
	};

	test.each([
		[
			undefined,
			'The list returned 6 records, 1 of them a second time: the list changed while it was read. The duplicates were removed, but other records may be missing. Run it again while nothing changes to get the whole list.',
		],
		[
			'nobody sorts it',
			'The list returned 6 records, 1 of them a second time: nobody sorts it. The duplicates were removed, but other records may be missing. Run it again while nothing changes to get the whole list.',
		],
	])('is reported with its reason, here %j, and keeps records without an ID', async (unordered, words) => {
		const notices: string[] = [];

		const records = await readOverlapping({ ...style(saysMore), identity: 'id', unordered }, (notice) =>
			notices.push(notice),
		);

		expect([records, notices]).toEqual([[{ id: 1 }, { id: 2 }, {}, { id: 3 }, {}], [words]]);
	});

	test('needs no listener', async () => {
		expect(await readOverlapping({ ...style(saysMore), identity: 'id' })).toHaveLength(5);
	});

	test('keeps all its records if no key identifies them', async () => {
		expect(await readOverlapping(style(saysMore))).toHaveLength(6);
	});
});

test('matching records come from all pages, or from the first records', async () => {
	const even = async (limit?: number) =>
		(
			await recordsWhere(
				vendorWith(12),
				{ method: 'GET', effect: 'reads', path: '/list', query: {} },
				style(saysMore),
				({ id }) => Number(id) % 2 === 0,
				limit,
			)
		).map(({ id }) => id);

	expect([await even(), await even(3)]).toEqual([
		[0, 2, 4, 6, 8, 10],
		[0, 2],
	]);
});
