import type { IDataObject, INodeExecutionData } from 'n8n-workflow';
import type { BulkEndpoint } from '../../nodes/shared/form/operation';
import { MAX_ENTRIES } from '../../nodes/shared/run/journal';
import { OnceGuard } from '../../nodes/shared/run/onceGuard';
import type { PreparedItem } from '../../nodes/shared/run/sendItem';
import {
	imaginedContext,
	imaginedOperation,
	runImagined,
	type ImaginedAnswer,
	type ImaginedRequest,
} from '../support/imagined';
import { create, loseAnswer, named, refuse, sentNames } from '../support/imaginedItems';
import { Life } from '../support/lives';
import { ProcessedItems } from '../support/processedItems';

const namesOf = (count: number) => Array.from({ length: count }, (_, item) => `item ${item}`);
const inputsFor = (names: readonly string[]): INodeExecutionData[] => names.map((name) => ({ json: { name } }));
const given = (names: readonly string[], options: IDataObject = {}) => ({
	items: named(...names).map((item) => ({ ...item, options })),
	inputs: inputsFor(names),
});
const again = { alreadyCarriedOut: true };
const failureOf = ({ json }: INodeExecutionData) => json.error as IDataObject;

/** What an execution was up to when its process died, after so many steps. */
async function brokenOff(
	memory: ProcessedItems,
	names: readonly string[],
	steps: number,
	options: IDataObject = {},
	act?: (request: ImaginedRequest) => ImaginedAnswer,
) {
	const life = new Life(steps);
	const sent: string[] = [];
	const answer = life.asked((request) => {
		sent.push(String(request.body?.name));
		return act?.(request) ?? { body: {} };
	});
	const run = runImagined(create, {
		...given(names, options),
		...life.inIt(memory),
		executionId: '1',
		answer,
		goesOn: true,
	});
	await Promise.race([life.death, run]);
	return sent;
}
const inOrder = { requestsInParallel: 1 };

describe('a run of an execution after one that was interrupted', () => {
	test('sends what was not begun, marks what was done, and says of the rest that it may have been carried out', async () => {
		const memory = new ProcessedItems();
		const names = namesOf(40);
		const steps = { noteGroup: 2, sendItem: 2, beginItem: 1 };
		const sent = await brokenOff(
			memory,
			names,
			2 * steps.noteGroup + (16 + 5) * steps.sendItem + steps.beginItem,
			inOrder,
		);

		const { output, requests, hints } = await runImagined(create, {
			...given(names, inOrder),
			memory,
			executionId: '1',
			goesOn: true,
		});

		expect(sent).toEqual(names.slice(0, 22));
		expect(sentNames({ requests })).toEqual(names.slice(32));
		expect(output.slice(0, 16).map(({ json }) => json)).toEqual(Array(16).fill(again));
		expect(output.slice(16, 32).map((item) => failureOf(item).mayHaveBeenApplied)).toEqual(Array(16).fill(true));
		expect(failureOf(output[16]).message).toBe(
			'An earlier run of this execution started this item and was interrupted, so nothing was sent now. The request may have been carried out: look in Imagined CRM before running it again',
		);
		expect(hints).toEqual(['16 items were carried out before, and not sent again.']);
	});

	test('in stop mode sends the others before it fails with what is in doubt', async () => {
		const memory = new ProcessedItems();
		await brokenOff(memory, namesOf(20), 2 + 3, inOrder);

		const { error, requests } = await runImagined(create, { ...given(namesOf(20)), memory, executionId: '1' });

		expect(sentNames({ requests })).toEqual(namesOf(20).slice(16));
		expect(error?.context.itemIndex).toBe(0);
		expect(error?.description).toContain('Carried out: 4 of 20 items (16-19), perhaps also 1-15.');
	});

	test('sends again what the vendor refused, and what was noted and never sent', async () => {
		const memory = new ProcessedItems();
		const first = await runImagined(create, {
			...given(namesOf(5), inOrder),
			memory,
			executionId: '1',
			answer: refuse('item 2'),
		});

		const second = await runImagined(create, { ...given(namesOf(5), inOrder), memory, executionId: '1' });

		expect(sentNames(first)).toEqual(['item 0', 'item 1', 'item 2']);
		expect(first.error?.description).toContain("n8n's 'Retry' of this execution sends none of these again.");
		expect(sentNames(second)).toEqual(['item 2', 'item 3', 'item 4']);
		expect(second.output.map(({ json }) => json)).toEqual([again, again, { id: 1 }, { id: 1 }, { id: 1 }]);
	});

	test('sends items again where some were not noted, and says so', async () => {
		const memory = new ProcessedItems();
		const { items, inputs } = given(namesOf(3), inOrder);
		items[0].options = { ...inOrder, crashSafe: false };

		const { error } = await runImagined(create, { items, inputs, memory, answer: refuse('item 2') });

		expect(error?.description).toContain("n8n's 'Retry' of this execution would send all items again");
	});

	test('does not send again what was on its way when the run ended by a mistake in this package', async () => {
		const memory = new ProcessedItems();
		const inputs = inputsFor(['a', 'b']);
		const context = imaginedContext({ output: [], requests: [], hints: [] }, { memory, executionId: '1', inputs });
		const once = new OnceGuard(context, 'Imagined CRM', inputs);
		const claim = once.keyFor(imaginedOperation(create), {}, 0);
		await once.admit([{ item: 0, ready: { idempotencyKey: claim } as PreparedItem }]);
		await once.close();

		const { output, requests } = await runImagined(create, {
			...given(['a', 'b']),
			memory,
			executionId: '1',
			goesOn: true,
		});

		expect(sentNames({ requests })).toEqual(['b']);
		expect(failureOf(output[0])).toMatchObject({ mayHaveBeenApplied: true });
	});

	test('sends again what was refused before the process died', async () => {
		const memory = new ProcessedItems();
		const names = namesOf(32);
		await brokenOff(memory, names, 2 + 16 * 2 + 4 + 3, inOrder, refuse('item 3'));

		const { requests } = await runImagined(create, {
			...given(names, inOrder),
			memory,
			executionId: '1',
			goesOn: true,
		});

		expect(sentNames({ requests })).toEqual(['item 3']);
	});

	test('does not send again what may have been carried out', async () => {
		const memory = new ProcessedItems();
		await runImagined(create, { ...given(['a']), memory, executionId: '1', answer: loseAnswer('a') });

		const { requests, error } = await runImagined(create, { ...given(['a']), memory, executionId: '1' });

		expect(requests).toEqual([]);
		expect(error?.context.data).toMatchObject({ mayHaveBeenApplied: true });
	});

	test('knows its items when their input was read anew in another order', async () => {
		const memory = new ProcessedItems();
		await runImagined(create, { ...given(['a', 'a', 'b']), memory, executionId: '1' });

		const { requests, output } = await runImagined(create, {
			...given(['b', 'a', 'a', 'a']),
			memory,
			executionId: '1',
		});

		expect(sentNames({ requests })).toEqual(['a']);
		expect(output.map(({ json }) => json)).toEqual([again, again, again, { id: 1 }]);
	});

	test('does not take an item for sent because another one stood in its place, and does not send it either', async () => {
		const memory = new ProcessedItems();
		await runImagined(create, { ...given(['a', 'b']), memory, executionId: '1' });
		const changed = async () =>
			await runImagined(create, { ...given(['a', 'x', 'c']), memory, executionId: '1', goesOn: true });
		await changed();

		const { requests, output } = await changed();

		expect(requests).toEqual([]);
		expect(failureOf(output[1])).toMatchObject({
			message: expect.stringContaining('started another item at the position of this item'),
			mayHaveBeenApplied: true,
		});
	});

	test.each([
		['another execution', { executionId: '2' }],
		['another run of the node, in a loop', { context: { getWorkflowDataProxy: () => ({ $runIndex: 1 }) } }],
		['another operation of the node', { value: 'make' }],
	])('%s is none', async (_name, other) => {
		const memory = new ProcessedItems();
		await runImagined(create, { ...given(['a']), memory, executionId: '1' });

		expect(sentNames(await runImagined(create, { ...given(['a']), memory, executionId: '1', ...other }))).toEqual([
			'a',
		]);
	});
});

describe("n8n's Retry", () => {
	const retryOf = (id: string, kept: object = {}) => ({
		context: { additionalData: { hooks: { retryOf: id } }, getContext: () => kept } as never,
	});

	test('of an execution that crashed sends none of its items again, and neither does one of a retry that crashed', async () => {
		const memory = new ProcessedItems();
		await brokenOff(memory, ['a', 'b'], 4, inOrder);
		const retry = await runImagined(create, {
			...given(['a', 'b', 'c']),
			memory,
			executionId: '2',
			...retryOf('1'),
			goesOn: true,
		});

		const third = await runImagined(create, {
			...given(['a', 'b', 'c']),
			memory,
			executionId: '3',
			...retryOf('2'),
			goesOn: true,
		});

		expect(sentNames(retry)).toEqual(['c']);
		expect(third.requests).toEqual([]);
		expect(
			third.output.map(({ json }) => json.alreadyCarriedOut ?? (json.error as IDataObject).mayHaveBeenApplied),
		).toEqual([true, true, true]);
	});

	test('of a retry that failed knows the first execution from the data that n8n hands over', async () => {
		const memory = new ProcessedItems();
		const kept = {};
		await runImagined(create, {
			...given(['a', 'b'], inOrder),
			memory,
			executionId: '1',
			...{ context: { getContext: () => kept } },
			answer: refuse('b'),
		});
		await runImagined(create, {
			...given(['a', 'b'], inOrder),
			memory,
			executionId: '2',
			...retryOf('1', kept),
			answer: refuse('b'),
		});

		const third = await runImagined(create, {
			...given(['a', 'b'], inOrder),
			memory,
			executionId: '3',
			...retryOf('2', kept),
		});

		expect(sentNames(third)).toEqual(['b']);
	});
});

describe('what is noted', () => {
	const writesOf = async (part: object, options: IDataObject = {}, more: object = {}, count = 33) => {
		const memory = new ProcessedItems();
		const run = await runImagined({ ...create, ...part }, { ...given(namesOf(count), options), memory, ...more });
		return { ...run, writes: memory.writes, entries: memory.count('workflow', 'node') };
	};

	test('costs a write for each 16 items and one at the end, and leaves three entries of each and two of the execution', async () => {
		expect(await writesOf({})).toMatchObject({ writes: 4, entries: 101, hints: [] });
	});

	test('costs two writes for a single item', async () => {
		expect(await writesOf({}, {}, {}, 1)).toMatchObject({ writes: 2, entries: 5 });
	});

	test.each<[string, object, IDataObject, object]>([
		['an operation that reads', { effect: 'reads' }, {}, {}],
		['a write that does no harm twice', { effect: 'idempotent' }, {}, {}],
		['items that are not to be crash safe', {}, { crashSafe: false }, {}],
		['the tool of an agent', {}, {}, { context: { isToolExecution: () => true } }],
	])('%s costs nothing', async (_name, part, options, more) => {
		expect(await writesOf(part, options, more)).toMatchObject({ writes: 0, hints: [] });
	});

	test('is bounded: n8n forgets the oldest entries', async () => {
		const memory = new ProcessedItems();
		const older = Array.from({ length: MAX_ENTRIES }, (_, entry) => String(entry));
		await memory.helpers('workflow', 'node').checkProcessedAndRecord(older, 'node', { mode: 'entries' });

		await runImagined(create, { ...given(namesOf(20)), memory, executionId: '1' });
		const again = await runImagined(create, { ...given(namesOf(20)), memory, executionId: '1' });

		expect(memory.count('workflow', 'node')).toBeLessThanOrEqual(MAX_ENTRIES);
		expect(again.requests).toEqual([]);
	});

	test.each<[string, object, string]>([
		['an n8n without the memory', { helpers: {} }, 'this version of n8n has no store of processed items'],
		['an execution without an ID', { getExecutionId: () => undefined }, 'this execution has no ID'],
	])('is off in %s, which one hint says', async (_name, context, reason) => {
		const { helpers } = (context as { helpers?: object }) ?? {};
		const { hints, output } = await runImagined(create, {
			...given(namesOf(40)),
			...(helpers
				? { memory: { helpers: () => ({ checkProcessedAndRecord: undefined, removeProcessed: undefined }) as never } }
				: { context }),
		});

		expect(output).toHaveLength(40);
		expect(hints).toEqual([expect.stringMatching(new RegExp(`^The node could not note the items .+: ${reason}$`))]);
	});

	test('makes way for the run where the memory fails', async () => {
		const broken = async () => await Promise.reject(new Error('database is locked'));
		const memory = { helpers: () => ({ checkProcessedAndRecord: broken, removeProcessed: broken }) };

		const { hints, requests } = await runImagined(create, { ...given(namesOf(20)), memory });

		expect(requests).toHaveLength(20);
		expect(hints).toEqual([expect.stringMatching(/database is locked$/)]);
	});
});

test('bulk requests are noted in groups of as many items', async () => {
	const batch = {
		size: 10,
		request: 'POST /things',
		page: '',
		contract: '',
		body: () => [],
		results: () => Array(10).fill({ accepted: {} }),
	} as BulkEndpoint;
	const memory = new ProcessedItems();

	await runImagined({ ...create, batch }, { ...given(namesOf(40), inOrder), memory });

	expect(memory.writes).toBe(3);
});

test("a 'Once Per' is begun once where two groups note it at the same time", async () => {
	const once = new OnceGuard(
		imaginedContext({ output: [], requests: [], hints: [] }, {}),
		'Imagined CRM',
		inputsFor(['a', 'b', 'c']),
	);
	const unitOf = (oncePer: string, item: number) => [
		{ item, ready: { idempotencyKey: once.keyFor(imaginedOperation(create), { oncePer }, item) } as PreparedItem },
	];
	const [alone, ...group] = [unitOf('same', 0), unitOf('other', 1), unitOf('same', 2)];
	const ahead = [...group];
	once.inGroups(() => ahead.shift())();

	const ends = await Promise.all([once.admit(group[0]), once.admit(alone)]);

	expect(ends.map(({ size }) => size)).toEqual([0, 0]);
});

test("a 'Once Per' that is free again after a refusal is begun by one item alone, also where the next group holds it too", async () => {
	const names = namesOf(18);
	const keys = names.map((name, item) => ([14, 15, 17].includes(item) ? 'same' : name));
	const items = named(...names).map((item, index) => ({
		...item,
		options: { requestsInParallel: 2, oncePer: keys[index] },
	}));

	const { output, requests } = await runImagined(create, {
		items,
		inputs: inputsFor(names),
		answer: refuse('item 14'),
		goesOn: true,
	});

	expect(sentNames({ requests }).sort()).toEqual(names.slice(0, 17).sort());
	expect(output[15].json).toEqual({ id: 'item 15' });
	expect(output[17].json).toEqual({ alreadyCarriedOut: true, oncePer: 'same' });
});
