import type { IDataObject, INodeExecutionData } from 'n8n-workflow';
import { integer, oneOf, text } from '../../nodes/shared/fields';
import { runImagined, type ImaginedAnswer, type ImaginedRequest } from '../support/imagined';

const create = { fields: { name: text('Name').required(), secret: text('Secret').secret() } };
const named = (...names: unknown[]) => names.map((name) => ({ name }));
const sentNames = ({ requests }: { requests: ImaginedRequest[] }) => requests.map(({ body }) => body?.name);

describe('options of the whole run', () => {
	const inParallel = (...counts: unknown[]) =>
		counts.map((requestsInParallel, index) => ({
			name: `n${index}`,
			options: requestsInParallel === undefined ? undefined : { requestsInParallel },
		}));
	const mostAtOnce = async (items: Array<Record<string, unknown>>) => {
		let open = 0;
		let most = 0;
		await runImagined(create, {
			items,
			goesOn: true,
			answer: async () => {
				most = Math.max(most, (open += 1));
				await new Promise((resolve) => setTimeout(resolve, 5));
				open -= 1;
				return { body: { id: 1 } };
			},
		});
		return most;
	};

	test.each<[string, unknown[], number]>([
		['as the items say', [2, 2, 2, 2, 2], 2],
		['four, where no item says anything', [undefined, undefined, undefined, undefined, undefined, undefined], 4],
		['as the first item with readable options says', ['many', 6, 6, 6, 6, 6, 6, 6], 6],
		['none, where no options can be read', ['many', 'many'], 0],
	])('so many items are at work at the same time: %s', async (_name, counts, most) => {
		expect(await mostAtOnce(inParallel(...counts))).toBe(most);
	});

	test('an item with another number than the first is refused', async () => {
		const { error, requests } = await runImagined(create, { items: inParallel(4, 2) });

		expect(error).toMatchObject({
			message:
				"'Requests in Parallel' must be the same for all items, but is 4 for the first item and 2 for this one [item 1]",
			description: 'Nothing was sent for this item. Enter a number instead of the expression.',
		});
		expect(requests).toEqual([]);
	});

	test('an expression in place of the options is refused', async () => {
		expect((await runImagined(create, { items: [{ name: 'a', options: 'x' }] })).error?.message).toBe(
			'\'Options\' must be a set of fields, but is "x" [item 0]',
		);
	});

	test('an option that is empty is refused', async () => {
		expect((await runImagined(create, { items: [{ name: 'a', options: { timeout: '' } }] })).error).toMatchObject({
			message: "'Timeout (Seconds)' is empty. Enter a value or remove the field [item 0]",
			description: 'Nothing was sent for this item, because an option without a value would use its default.',
		});
	});
});

describe('secrets', () => {
	const echo = ({ body }: ImaginedRequest): ImaginedAnswer => ({
		status: 422,
		body: {
			message: `Bad ${String(body?.secret)} of imagined-secret`,
			[`key ${String(body?.secret)}`]: { 'imagined-secret': [String(body?.secret)] },
		},
	});
	const failureOf = (output: INodeExecutionData[], item = 0) => output[item].json.error as IDataObject;

	test('of credential and item are in no failure, neither in its words nor in the keys of the answer', async () => {
		const { output } = await runImagined(create, {
			items: [{ name: 'a', additionalFields: { secret: 'hushhush' } }],
			goesOn: true,
			answer: echo,
		});

		expect(failureOf(output)).toMatchObject({
			message: 'Imagined CRM refused the request: Bad [secret removed] of [secret removed]',
			response: { 'key [secret removed]': { '[secret removed]': ['[secret removed]'] } },
		});
		expect(JSON.stringify(output)).not.toMatch(/hushhush|imagined-secret/);
	});

	test('of one item are no secrets of another', async () => {
		const { output } = await runImagined(create, {
			items: [{ name: 'a', additionalFields: { secret: 'hushhush' } }, { name: 'hushhush' }],
			goesOn: true,
			answer: ({ body }) => ({ status: 422, body: { message: `Bad ${String(body?.name)}` } }),
		});

		expect(failureOf(output, 1).message).toBe(
			'Imagined CRM refused the request: Bad hushhush (given \'Name\' "hushhush")',
		);
	});

	test('that were not given hide nothing', async () => {
		const { output } = await runImagined(create, {
			items: named('a'),
			goesOn: true,
			answer: () => ({ status: 422, body: { message: 'undefined is no name' } }),
		});

		expect(failureOf(output).message).toBe(
			'Imagined CRM refused the request: undefined is no name (given \'Name\' "a")',
		);
	});

	test('are in no hint', async () => {
		const { hints } = await runImagined(
			{ ...create, remark: (_record, _answer, { secret }) => `Look at ${String(secret)}` },
			{ items: [{ name: 'a', additionalFields: { secret: 'hushhush' } }] },
		);

		expect(hints).toEqual(['Look at [secret removed] [item 0]']);
	});

	test('are in no words about wrong input', async () => {
		const { output } = await runImagined(
			{ fields: { kind: text('Kind').max(3) } },
			{ items: [{ additionalFields: { kind: 'imagined-secret' } }], goesOn: true },
		);

		expect(JSON.stringify(output)).not.toContain('imagined-secret');
	});
});

describe('hints', () => {
	test('come once each, with the item', async () => {
		const { hints } = await runImagined(
			{
				remark: ({ id }, answer, input) => (id === 1 ? `Look ${JSON.stringify([answer, input])}` : undefined),
				fields: { n: integer('N') },
			},
			{
				items: [{}, { additionalFields: { n: 2 } }, {}],
				answer: (_request, index) => ({ body: { id: index === 2 ? 3 : 1 } }),
			},
		);

		expect(hints).toEqual(['Look [{"id":1},{}] [item 0]', 'Look [{"id":1},{"n":2}] [item 1]']);
	});

	test('tell what the vendor dropped of a watched field', async () => {
		const { hints } = await runImagined(
			{ watch: ['n'], fields: { n: integer('Number') } },
			{ items: [{ additionalFields: { n: 2 } }] },
		);

		expect(hints).toEqual([
			"'Number' was not saved: 2 was sent, but Imagined CRM did not return it; its version may not know it [item 0]",
		]);
	});

	test('stand in the output pane', async () => {
		const given: unknown[] = [];
		await runImagined(
			{ remark: () => 'Look' },
			{ context: { addExecutionHints: (...hints: unknown[]) => given.push(...hints) } },
		);

		expect(given).toEqual([{ message: 'Look [item 0]', location: 'outputPane' }]);
	});
});

describe('a record that was not found', () => {
	const get = {
		request: 'GET /things/{id}/{part}',
		fields: { id: integer('Thing ID').required(), part: text('Part'), other: text('Other') },
	} as const;
	const failed = async (part: object, items: Array<Record<string, unknown>>, status = 404) =>
		(await runImagined(part, { items, answer: () => ({ status, body: { message: 'Gone' } }) })).error?.message;

	test('is named by the label and the value of the fields that name it', async () => {
		expect(await failed(get, [{ id: 5, additionalFields: { part: 'x', other: 'y' } }])).toBe(
			"Imagined CRM refused the request: Gone (given 'Thing ID' 5, 'Part' \"x\")",
		);
		expect(await failed(get, [{ id: 5 }])).toBe("Imagined CRM refused the request: Gone (given 'Thing ID' 5)");
	});

	test('is named by what a search cannot do without, where the path names nothing', async () => {
		expect(
			await failed({ ...get, request: 'GET /things', effect: 'reads' }, [{ id: 5, additionalFields: { part: 'x' } }]),
		).toBe("Imagined CRM refused the request: Gone (given 'Thing ID' 5)");
	});

	test('is named by the IDs of a write whose path names none', async () => {
		expect(await failed({ ...get, request: 'GET /things' }, [{ id: 5, additionalFields: { other: 'y' } }])).toBe(
			"Imagined CRM refused the request: Gone (given 'Thing ID' 5)",
		);
	});

	test('is none where nothing names one: the request itself is unknown at the address', async () => {
		const { error } = await runImagined(
			{ request: 'GET /things', effect: 'reads', fields: {} },
			{ answer: () => ({ status: 404, body: { message: 'Gone' } }) },
		);

		expect([error?.message, error?.description]).toEqual([
			'Imagined CRM refused the request: Gone',
			expect.stringMatching(
				/^The server does not know this request. Check that https?:\/\/\S+ in the credential is the address of the API\.$/,
			),
		]);
	});

	test('is not named where another thing went wrong, unless the words speak of the field', async () => {
		expect(await failed(get, [{ id: 5 }], 403)).toBe('Imagined CRM refused the request: Gone');
		expect(await failed(get, [{ id: 5, additionalFields: { other: 'a gone thing', part: 'gone' } }], 403)).toBe(
			'Imagined CRM refused the request: Gone (given \'Part\' "gone")',
		);
	});
});

describe('once a write has left, every failure says that it may have been carried out', () => {
	const twoSteps = (second: object) => ({
		run: (async (ask: (call: object) => Promise<unknown>, call: object) => [
			await ask(call),
			await ask(second),
		]) as never,
	});

	test.each<[string, object, ImaginedAnswer, boolean | undefined]>([
		[
			'the refusal of a later request',
			twoSteps({ method: 'GET', effect: 'reads', path: '/x', query: {} }),
			{ status: 422, body: {} },
			true,
		],
		['an answer that nobody can read', { remark: () => JSON.parse('{') as string }, { body: { id: 1 } }, true],
		['the refusal of the write itself', {}, { status: 422, body: {} }, undefined],
	])('%s', async (_name, part, last, expected) => {
		const { output } = await runImagined(part, {
			goesOn: true,
			answer: (_request, index) => ('run' in part && index === 0 ? { body: { id: 1 } } : last),
		});
		const failure = output[0].json.error as IDataObject;

		expect(failure.mayHaveBeenApplied).toBe(expected);
		expect(String(failure.message).includes('look in Imagined CRM before running it again')).toBe(expected === true);
	});
});

describe('items of one record', () => {
	const message = { fields: { chat: text('Chat').required().ordered(), name: text('Name').required() } };

	test('keep their order and never overlap, while others go on', async () => {
		const open = new Map<string, number>();
		const overlaps: string[] = [];
		const run = await runImagined(message, {
			items: ['a1', 'b1', 'a2', 'a3', 'b2', 'c1'].map((name) => ({
				chat: name[0],
				name,
				options: { requestsInParallel: 6 },
			})),
			answer: async ({ body }) => {
				const chat = String(body?.chat);
				if (open.get(chat)) overlaps.push(String(body?.name));
				open.set(chat, (open.get(chat) ?? 0) + 1);
				await new Promise((resolve) => setTimeout(resolve, chat === 'a' ? 15 : 5));
				open.set(chat, open.get(chat)! - 1);
				return { body: { id: 1 } };
			},
		});

		expect(overlaps).toEqual([]);
		expect(sentNames(run).filter((name) => String(name).startsWith('a'))).toEqual(['a1', 'a2', 'a3']);
		expect(sentNames(run).filter((name) => String(name).startsWith('b'))).toEqual(['b1', 'b2']);
		expect(sentNames(run).slice(0, 3)).toEqual(['a1', 'b1', 'c1']);
	});
});

test('an operation that this version does not have is named, with what to do', async () => {
	const { error, requests } = await runImagined({}, { items: [{ operation: 'fly' }] });

	expect(error).toMatchObject({
		name: 'NodeOperationError',
		message: "This version of the node has no operation 'fly' for 'thing'",
		description: 'Choose another operation, or update the package n8n-nodes-crm-pack.',
		context: { itemIndex: 0 },
	});
	expect(requests).toEqual([]);
	expect((await runImagined({}, { items: [{ resource: 'bird' }] })).error?.message).toBe(
		"This version of the node has no operation 'do' for 'bird'",
	);
});

test('a credential that cannot be used stops the node, also in the continue modes', async () => {
	const { error } = await runImagined({}, { credentials: { baseUrl: 'ftp://imagined.example' }, goesOn: true });

	expect(error).toMatchObject({ context: { itemIndex: 0 }, message: expect.stringContaining('Base URL') });
});

test('the choice of a form decides which fields count', async () => {
	const part = {
		fields: {
			when: oneOf('When', {
				now: { name: 'Now', fields: {} },
				later: { name: 'Later', fields: { at: text('At').required() } },
			}),
		},
	};

	expect((await runImagined(part, { items: [{ when: 'now' }] })).requests[0].body).toBeUndefined();
	expect((await runImagined(part, { items: [{ when: 'later', at: 'x' }] })).requests[0].body).toEqual({ at: 'x' });
	expect((await runImagined(part, { items: [{ when: 'later' }] })).error?.message).toBe(
		"'At' is required but empty [item 0]",
	);
	expect((await runImagined(part, { items: [{ when: 'never' }] })).error?.message).toBe(
		'\'When\' must be one of now, later, but is "never" [item 0]',
	);
});
