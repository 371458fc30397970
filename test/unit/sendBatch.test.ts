import type { IDataObject } from 'n8n-workflow';
import { integer, text } from '../../nodes/shared/fields';
import type { BulkEndpoint, BulkResult, Operation } from '../../nodes/shared/form/operation';
import { runImagined, type ImaginedRequest } from '../support/imagined';

/** Receipts of the imagined vendor's bulk request: the id of what was made, or why it was not. */
type Receipt = { id: string } | { no: string; secret?: string } | { later: true } | null;

const resultOf = (receipt: Receipt): BulkResult | undefined => {
	if (receipt === null) return undefined;
	if ('no' in receipt) return { refused: receipt.no, code: 'NO', hint: 'Give another name.' };
	return 'later' in receipt ? { accepted: {} } : { record: receipt };
};

const batch: BulkEndpoint = {
	request: 'POST /things/bulk',
	page: 'https://imagined.example',
	contract: 'bulkThings',
	size: 3,
	body: (calls) => calls.map(({ body }) => body),
	results: (answer) => (answer as Receipt[]).map(resultOf),
};
const create: Partial<Operation> = {
	fields: { name: text('Name').required(), secret: text('Secret').open().secret() },
	batch,
};
const named = (...names: string[]) => names.map((name) => ({ name }));
const sentNames = (requests: readonly ImaginedRequest[]) =>
	requests.map(({ body }) => (Array.isArray(body) ? body.map(({ name }) => name as string) : body?.name));

/** A vendor that makes what has no name with an exclamation mark. */
const maker = ({ body, url }: ImaginedRequest) => {
	const receiptOf = ({ name }: IDataObject): Receipt =>
		String(name).endsWith('!') ? { no: `'${String(name)}' is taken` } : { id: `id of ${String(name)}` };
	if (url === '/things/bulk') return { body: (body as unknown as IDataObject[]).map(receiptOf) };
	return { status: String(body!.name).endsWith('!') ? 422 : 200, body: { id: `id of ${String(body!.name)}` } };
};
const errorsOf = (output: Array<{ json: IDataObject }>) =>
	output.map(({ json }) => json.error as IDataObject | undefined);

test('items go together up to the size of the bulk request, and one that is left alone goes as ever', async () => {
	const { output, requests } = await runImagined(create, { items: named('a', 'b', 'c', 'd'), answer: maker });

	expect(sentNames(requests)).toEqual([['a', 'b', 'c'], 'd']);
	expect(requests.map(({ url }) => url)).toEqual(['/things/bulk', '/things']);
	expect(output).toEqual(
		['a', 'b', 'c', 'd'].map((name, item) => ({ json: { id: `id of ${name}` }, pairedItem: { item } })),
	);
});

test('a refused item is the only one that fails', async () => {
	const { output } = await runImagined(create, { items: named('a', 'b!', 'c'), answer: maker, goesOn: true });

	expect(errorsOf(output)).toEqual([
		undefined,
		{
			message: "Imagined CRM refused the request: 'b!' is taken",
			description: 'Give another name.',
			hint: 'Give another name.',
			code: 'NO',
		},
		undefined,
	]);
	expect(output.map(({ pairedItem }) => pairedItem)).toEqual([{ item: 0 }, { item: 1 }, { item: 2 }]);
});

test('an item whose input is wrong is not sent, and leaves its place to the next', async () => {
	const { output, requests } = await runImagined(create, {
		items: named('a', '', 'c', 'd', 'e'),
		answer: maker,
		goesOn: true,
	});

	expect(sentNames(requests)).toEqual([['a', 'c', 'd'], 'e']);
	expect(errorsOf(output).map((error) => error?.message)).toEqual([
		undefined,
		"'Name' is required but empty [item 1]",
		undefined,
		undefined,
		undefined,
	]);
});

test.each([
	['for one item only', [{ id: 'a' }, null, { id: 'c' }], [1]],
	['at the end of the list', [{ id: 'a' }], [1, 2]],
	['at all', [], [0, 1, 2]],
])('an item without a receipt %s may have been carried out, and says so', async (_name, receipts, unsure) => {
	const { output } = await runImagined(create, {
		items: named('a', 'b', 'c'),
		answer: () => ({ body: receipts }),
		goesOn: true,
	});

	expect(errorsOf(output).flatMap((error, item) => (error?.mayHaveBeenApplied ? [item] : []))).toEqual(unsure);
	expect(errorsOf(output)[unsure[0]]?.message).toBe(
		'Imagined CRM sent no result for this item. The request may have been carried out: look in Imagined CRM before running it again',
	);
});

test('an item without a receipt is sent alone where that does no harm, and has its own end', async () => {
	const answer = (request: ImaginedRequest) =>
		request.url === '/things/bulk' ? { body: [{ id: 'a' }] } : maker(request);

	const { output, requests } = await runImagined(
		{ ...create, effect: 'idempotent' },
		{ items: named('a', 'b!', 'c'), answer, goesOn: true },
	);

	expect(sentNames(requests)).toEqual([['a', 'b!', 'c'], 'b!', 'c']);
	expect(output.map(({ json }) => json.id)).toEqual(['a', undefined, 'id of c']);
	expect(errorsOf(output)[1]).toMatchObject({ httpCode: 422 });
});

test('more receipts than items tell of nobody knows whom: all items may have been carried out', async () => {
	const answer = () => ({ body: [{ id: 'a' }, { id: 'b' }, { id: 'c' }] });

	const { output } = await runImagined(create, { items: named('a', 'b'), answer, goesOn: true });

	expect(errorsOf(output)).toEqual(Array(2).fill(expect.objectContaining({ mayHaveBeenApplied: true })));
	expect(errorsOf(output)[0]?.message).toContain(
		'The response has receipts for 3 items, but 2 were sent (in one request for 2 items)',
	);
});

test('an answer in a form that nobody knows leaves all items unsure', async () => {
	const { output } = await runImagined(create, {
		items: named('a', 'b'),
		answer: () => ({ body: { strange: true } }),
		goesOn: true,
	});

	expect(errorsOf(output)).toEqual(Array(2).fill(expect.objectContaining({ mayHaveBeenApplied: true })));
});

test('a record in a form that nobody knows leaves its own item unsure, and no other', async () => {
	const part: Partial<Operation> = { ...create, remark: ({ id }) => (id as string).toUpperCase() };

	const { output } = await runImagined(part, {
		items: named('a', 'b', 'c'),
		answer: () => ({ body: [{ id: 'a' }, { id: 7 }, { no: 'taken' }] }),
		goesOn: true,
	});

	expect(output[0].json).toEqual({ id: 'a' });
	expect(errorsOf(output).map((error) => error?.mayHaveBeenApplied)).toEqual([undefined, true, undefined]);
	expect(errorsOf(output)[1]?.message).toMatch(/^Imagined CRM returned a response that this node cannot read/);
});

test('long words about one item are cut, like those about a request', async () => {
	const answer = () => ({ body: [{ id: 'a' }, { no: 'x'.repeat(100_000) }] });

	const { output } = await runImagined(create, { items: named('a', 'b'), answer, goesOn: true });

	expect(String(errorsOf(output)[1]?.message).length).toBeLessThan(1_100);
});

test('items that are only accepted come out as such, and a hint says that nobody knows the end', async () => {
	const { output, hints } = await runImagined(create, {
		items: named('a', 'b'),
		answer: () => ({ body: [{ later: true }, { later: true }] }),
	});

	expect(output.map(({ json }) => json)).toEqual([{ accepted: true }, { accepted: true }]);
	expect(hints).toEqual([
		'Imagined CRM has accepted the items and carries them out later. It does not report their results to this node.',
	]);
});

describe('a request that is refused as a whole', () => {
	test('before the vendor looked at the items was carried out for none of them', async () => {
		const { output } = await runImagined(create, {
			items: named('a', 'b'),
			answer: () => ({ status: 403, body: { message: 'No' } }),
			goesOn: true,
		});

		expect(errorsOf(output)).toEqual(
			Array(2).fill({
				message: 'Imagined CRM refused the request: No (in one request for 2 items)',
				code: 'REFUSED',
				description:
					"Ask for more rights. It was one request for 2 items. Turn off 'Send in Bulk' under 'Options' to find the item that caused it.",
				hint: "Ask for more rights. It was one request for 2 items. Turn off 'Send in Bulk' under 'Options' to find the item that caused it.",
				httpCode: 403,
				response: { message: 'No' },
			}),
		);
	});

	test('with a status of the server may have been carried out for some, because nobody knows at which item it was refused', async () => {
		const vendor = { readResponse: () => ({ kind: 'refused', message: 'No' }) as const };

		const { output } = await runImagined(create, {
			items: named('a', 'b'),
			answer: () => ({ status: 500, body: {} }),
			vendor,
			goesOn: true,
		});

		expect(errorsOf(output)).toEqual(Array(2).fill(expect.objectContaining({ mayHaveBeenApplied: true })));
	});

	test('and a lost answer leaves exactly its own items unsure', async () => {
		const answer = (request: ImaginedRequest, index: number) =>
			index === 1 ? { status: 503, body: {} } : maker(request);

		const { output } = await runImagined(create, {
			items: named('a', 'b', 'c', 'd', 'e', 'f', 'g', 'h', 'i'),
			answer,
			goesOn: true,
		});

		expect(errorsOf(output).flatMap((error, item) => (error?.mayHaveBeenApplied ? [item] : []))).toEqual([3, 4, 5]);
	});
});

test('in stop mode a refused item stops the node, and tells what was carried out', async () => {
	const { error, requests } = await runImagined(create, {
		items: named('a', 'b!', 'c', 'd', 'e').map((item) => ({ ...item, options: { requestsInParallel: 1 } })),
		answer: maker,
	});

	expect(sentNames(requests)).toEqual([['a', 'b!', 'c']]);
	expect(error?.message).toBe("Imagined CRM refused the request: 'b!' is taken [item 1]");
	expect(error?.description).toContain('Carried out: 2 of 5 items (0, 2)');
});

test("n8n's Retry On Fail sends only what was refused", async () => {
	const inputs = Array.from({ length: 3 }, () => ({ json: {} }));
	const run = async (names: string[], answer = maker) =>
		await runImagined(create, { items: named(...names), inputs, node: { retryOnFail: true }, answer });
	await run(['a', 'b!', 'c']);

	const again = await run(['a', 'b', 'c']);

	expect(sentNames(again.requests)).toEqual(['b']);
	expect(again.output.map(({ json }) => json.id)).toEqual(['id of a', 'id of b', 'id of c']);
});

test("n8n's Retry On Fail does not send items again of which nobody knows", async () => {
	const inputs = Array.from({ length: 3 }, () => ({ json: {} }));
	const run = async () =>
		await runImagined(create, {
			items: named('a', 'b', 'c'),
			inputs,
			node: { retryOnFail: true },
			answer: () => ({ status: 503, body: {} }),
		});
	await run();

	expect((await run()).requests).toEqual([]);
});

describe("the option 'Send in Bulk'", () => {
	const items = (value: unknown) => named('a', 'b', 'c').map((item) => ({ ...item, options: { sendInBulk: value } }));

	test.each([false, 'false'])('lets items go one by one when it is %j', async (value) => {
		expect(sentNames((await runImagined(create, { items: items(value), answer: maker })).requests)).toEqual([
			'a',
			'b',
			'c',
		]);
	});

	test('takes an expression that is another for each item', async () => {
		const mixed = items(true).map((item, index) => ({
			...item,
			options: { sendInBulk: index !== 1, requestsInParallel: 1 },
		}));

		expect(sentNames((await runImagined(create, { items: mixed, answer: maker })).requests)).toEqual(['b', ['a', 'c']]);
	});

	test('is off by itself where the bulk request means something else', async () => {
		const part = { ...create, batch: { ...batch, off: 'nothing comes back' } };

		expect(sentNames((await runImagined(part, { items: named('a', 'b'), answer: maker })).requests)).toEqual([
			'a',
			'b',
		]);
		expect(sentNames((await runImagined(part, { items: items(true), answer: maker })).requests)).toEqual([
			['a', 'b', 'c'],
		]);
	});

	test('refuses what it does not take', async () => {
		expect((await runImagined(create, { items: items('maybe'), answer: maker })).error?.message).toBe(
			'\'Send in Bulk\' must be true or false, but is "maybe" [item 0]',
		);
	});

	test('is not known to an operation without a bulk request', async () => {
		expect(
			(await runImagined({ fields: create.fields }, { items: items('maybe'), answer: maker })).error,
		).toBeUndefined();
	});
});

test('two items on the same record do not go in one request', async () => {
	const part: Partial<Operation> = {
		fields: { name: text('Name').required(), lead: integer('Lead').open().ordered() },
		batch,
	};

	const { requests } = await runImagined(part, {
		items: ['a', 'b', 'c', 'd'].map((name, index) => ({ name, lead: index % 3 })),
		answer: maker,
	});

	expect(sentNames(requests)).toEqual([['a', 'b', 'c'], 'd']);
});

test('the secret of one item is not shown by the failure of another', async () => {
	const items = [
		{ name: 'a', secret: 'hush-hush' },
		{ name: 'b', secret: 'another-one' },
	];

	const { output } = await runImagined(create, {
		items,
		answer: () => ({ body: [{ no: 'hush-hush and another-one' }, { no: 'hush-hush' }] }),
		goesOn: true,
	});

	expect(JSON.stringify(output)).not.toMatch(/hush-hush|another-one/);
});

test('a record of a bulk request is simplified, and noted on, like one that came alone', async () => {
	const part: Partial<Operation> = { ...create, simple: ['id'], remark: ({ id }) => `Look at ${String(id)}` };

	const { output, hints } = await runImagined(part, {
		items: named('a', 'b'),
		answer: () => ({ body: [{ id: '1', more: 2 }, { id: '2' }] }),
	});

	expect(output.map(({ json }) => json)).toEqual([{ id: '1' }, { id: '2' }]);
	expect(hints).toEqual(['Look at 1 [item 0]', 'Look at 2 [item 1]']);
});
