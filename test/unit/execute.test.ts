import type { IDataObject } from 'n8n-workflow';
import { date, dateTime, text } from '../../nodes/shared/fields';
import { queued } from '../../nodes/shared/form/operation';
import { imaginedPages, runImagined } from '../support/imagined';
import { create, loseAnswer, named, pages, refuse, sentNames } from '../support/imaginedItems';

describe('output', () => {
	test('of what the vendor does later says so, and a hint once for all items that nobody knows the end', async () => {
		const queue = { ...create, output: queued } as const;

		const { output, hints } = await runImagined(queue, {
			items: named('a', 'b'),
			answer: () => ({ body: { Message: 'Queued' } }),
		});

		expect(output.map(({ json }) => json)).toEqual([{ accepted: true }, { accepted: true }]);
		expect(hints).toEqual([
			'Imagined CRM has accepted the items and carries them out later. It does not report their results to this node.',
		]);
	});

	test('comes in the order of the items, each paired with its own', async () => {
		const { output } = await runImagined(create, {
			items: named('a', 'b', 'c'),
			answer: async ({ body }) => {
				if (body?.name === 'a') await new Promise((resolve) => setTimeout(resolve, 20));
				return { body: { id: body?.name as string } };
			},
		});

		expect(output).toEqual(['a', 'b', 'c'].map((id, item) => ({ json: { id }, pairedItem: { item } })));
	});

	test('of a list is paired with the item that asked for it, record by record', async () => {
		const { output } = await runImagined(
			{ request: 'GET /things', many: imaginedPages },
			{ items: [{ limit: 2 }, { limit: 1 }], answer: pages(9) },
		);

		expect(output.map(({ json, pairedItem }) => [json.id, pairedItem])).toEqual([
			[0, { item: 0 }],
			[1, { item: 0 }],
			[0, { item: 1 }],
		]);
	});

	test('of a record with a member named error is no failure, and keeps what the member holds', async () => {
		const { output } = await runImagined({}, { answer: () => ({ body: { id: 1, error: null, last: 'x' } }) });

		expect(output).toStrictEqual([{ json: { id: 1, last: 'x', record_error: null }, pairedItem: { item: 0 } }]);
	});

	test('lacks what is withheld, wherever in a record it stands', async () => {
		const { output } = await runImagined(
			{ withheld: ['secret', 'token'] },
			{ answer: () => ({ body: { id: 1, secret: 's', inner: [{ token: 't', name: 'n' }, 'text', null] } }) },
		);

		expect(output[0].json).toEqual({ id: 1, inner: [{ name: 'n' }, 'text', null] });
	});

	test('of an operation of several requests is taken from what it gives back', async () => {
		const { output, requests } = await runImagined(
			{
				output: 'thing',
				fields: { name: text('Name').required() },
				run: (async (ask: (call: object) => Promise<IDataObject>, call: object, { name }: { name: string }) => ({
					thing: { ...(await ask(call)), asked: name },
				})) as never,
			},
			{ items: named('a') },
		);

		expect(output[0].json).toEqual({ id: 1, asked: 'a' });
		expect(requests).toHaveLength(1);
	});
});

test('without items there is no output', async () => {
	expect(await runImagined(create, { items: [] })).toEqual({ output: [], requests: [], hints: [] });
});

test("days and times are those of the workflow's time zone, in the vendor's form", async () => {
	const { requests } = await runImagined(
		{ fields: { day: date('Day').required(), at: dateTime('At').required() } },
		{
			items: [{ day: '2026-07-01T01:00:00Z', at: '2026-07-01T08:00' }],
			vendor: { formats: { dateTime: 'yyyy/MM/dd HH:mm', time: 'HH:mm' } },
		},
	);

	expect(requests[0].body).toEqual({ day: '2026-06-30', at: '2026/07/01 11:00' });
});

describe('Return All, Limit and Simplify', () => {
	const list = { request: 'GET /things', many: imaginedPages, simple: ['id'] } as const;

	test('are read for each item', async () => {
		const { output } = await runImagined(list, {
			items: [
				{ returnAll: false, limit: 2, simplify: true },
				{ returnAll: true, limit: 1, simplify: false },
				{ returnAll: false, limit: 7, simplify: false },
			],
			answer: pages(12),
		});

		expect(
			[0, 1, 2].map((item) => output.filter(({ pairedItem }) => (pairedItem as { item: number }).item === item).length),
		).toEqual([2, 12, 7]);
		expect(output.filter(({ json }) => 'name' in json).length).toBe(19);
	});

	test('start as 50 records at most, simplified', async () => {
		const { output } = await runImagined(list, { answer: pages(60) });

		expect(output).toHaveLength(50);
		expect(output[0].json).toEqual({ id: 0 });
	});

	test.each([
		['returnAll', 'maybe', '\'Return All\' must be true or false, but is "maybe" [item 1]'],
		['limit', 0, "'Limit' must be a whole number of at least 1, but is 0 [item 1]"],
		['limit', '', "'Limit' is required but empty [item 1]"],
		['simplify', 2, "'Simplify' must be true or false, but is 2 [item 1]"],
	])('%s is refused when it comes as %j', async (key, value, message) => {
		const { error, requests } = await runImagined(list, { items: [{}, { [key]: value }], answer: pages(1) });

		expect(error).toMatchObject({ message, context: { itemIndex: 1 } });
		expect(requests).toEqual([]);
	});

	test('are not looked at where an operation has them not', async () => {
		const { output } = await runImagined(
			{},
			{ items: [{ returnAll: 'x', limit: 'x', simplify: 'x' }], answer: () => ({ body: { id: 1, name: 'n' } }) },
		);

		expect(output[0].json).toEqual({ id: 1, name: 'n' });
	});
});

describe('in stop mode', () => {
	test('no item is sent when a later one cannot be', async () => {
		const { error, requests } = await runImagined(create, { items: named('a', 'b', '') });

		expect(error).toMatchObject({
			name: 'NodeOperationError',
			message: "'Name' is required but empty [item 2]",
			description: 'Nothing was sent for this item. Correct the value or its expression.',
			context: { itemIndex: 2 },
		});
		expect(requests).toEqual([]);
	});

	test('what an expression of n8n throws stops the node at its item, before anything is sent', async () => {
		const { error, requests } = await runImagined(create, {
			items: named('a', Object.assign(new Error('No such node'), { description: 'Look at it' })),
		});

		expect(error).toMatchObject({
			name: 'NodeOperationError',
			message: 'No such node',
			description: 'Look at it',
			context: { itemIndex: 1 },
		});
		expect(requests).toEqual([]);
	});

	test('a refused item stops the node, and no further one starts', async () => {
		const run = await runImagined(create, {
			items: named('a', 'b', 'c', 'd').map((item) => ({ ...item, options: { requestsInParallel: 1 } })),
			answer: refuse('b'),
		});

		expect(sentNames(run)).toEqual(['a', 'b']);
		expect(run.error).toMatchObject({
			name: 'NodeApiError',
			message: 'Imagined CRM refused the request: No [item 1]',
			description:
				"Carried out: 1 of 4 items (0); nothing was sent for the rest. n8n's 'Retry' of this execution sends none of these again.",
			httpCode: '422',
			context: { itemIndex: 1 },
		});
		expect(run.output).toEqual([]);
	});

	test('the first failure is the one that is shown, and items at work are brought to their end', async () => {
		let release: () => void = () => undefined;
		const held = new Promise<void>((resolve) => (release = resolve));
		const run = await runImagined(create, {
			items: named('a', 'b', 'c', 'd', 'e', 'f'),
			answer: async (request) => {
				if (request.body?.name === 'a') await held;
				if (request.body?.name === 'c') await held.then(() => undefined);
				if (request.body?.name === 'b') setTimeout(release, 20);
				return refuse('b', 'c')(request);
			},
		});

		expect(sentNames(run)).toEqual(['a', 'b', 'c', 'd']);
		expect(run.error).toMatchObject({
			message: 'Imagined CRM refused the request: No [item 1]',
			description: expect.stringContaining('Carried out: 2 of 6 items (0, 3); nothing was sent for the rest.'),
		});
	});

	test('the items of which nobody knows are named', async () => {
		let fail: () => void = () => undefined;
		const failed = new Promise<void>((resolve) => (fail = resolve));
		const { error } = await runImagined(create, {
			items: named('a', 'b', 'c'),
			answer: async (request) => {
				if (request.body?.name === 'a') await failed;
				if (request.body?.name === 'b') setTimeout(fail, 10);
				return refuse('b')(request).status ? refuse('b')(request) : loseAnswer('a')(request);
			},
		});

		expect(error).toMatchObject({
			message: expect.stringMatching(/\[item 1\]$/),
			description: expect.stringContaining("Carried out: 1 of 3 items (2), perhaps also 0. n8n's"),
		});
	});
});

describe('in the continue modes', () => {
	test('an item that fails its checks fails alone, and its failure is all there is of it', async () => {
		const run = await runImagined(create, { items: named('a', '', 'c'), goesOn: true });

		expect(sentNames(run)).toEqual(['a', 'c']);
		expect(run.output[1]).toEqual({
			json: {
				error: {
					message: "'Name' is required but empty [item 1]",
					code: 'FIELD_INVALID',
					description: expect.any(String),
					hint: expect.any(String),
				},
			},
			pairedItem: { item: 1 },
		});
	});

	test('a refused item does not keep the others from being sent', async () => {
		const { output } = await runImagined(create, {
			items: named('a', 'b', 'c').map((item) => ({ ...item, options: { requestsInParallel: 1 } })),
			answer: refuse('a'),
			goesOn: true,
		});

		expect(output.map(({ json }) => json.id ?? 'failed')).toEqual(['failed', 'b', 'c']);
	});
});
