import type { IDataObject } from 'n8n-workflow';
import { runImagined } from '../support/imagined';
import { create, named, refuse, sentNames } from '../support/imaginedItems';
import { ProcessedItems } from '../support/processedItems';

const namesOf = (count: number) => Array.from({ length: count }, (_, item) => `item ${item}`);
const given = (names: readonly string[], options: IDataObject = {}) => ({
	items: named(...names).map((item) => ({ ...item, options })),
	inputs: names.map((name) => ({ json: { name } })),
});
const again = { alreadyCarriedOut: true };
const inOrder = { requestsInParallel: 1 };

/** A memory whose calls of one kind fail, from the first to the last of some. */
function failing(
	memory: ProcessedItems,
	call: 'checkProcessedAndRecord' | 'removeProcessed',
	first: number,
	last: number,
) {
	let count = 0;
	return {
		helpers: (workflow: string, node: string) => {
			const helpers = memory.helpers(workflow, node);
			const guarded = async (...given: unknown[]) => {
				count += 1;
				if (count >= first && count <= last) throw new Error('database is locked');
				return await (helpers[call] as (...given: unknown[]) => Promise<never>)(...given);
			};
			return { ...helpers, [call]: guarded };
		},
	};
}

describe('a moment in which the memory does not answer', () => {
	test('does not make of what is known to be done something to be sent again', async () => {
		const memory = new ProcessedItems();
		const run = async (more: object = {}) =>
			await runImagined(create, { ...given(namesOf(2)), memory, executionId: '1', ...more });
		await run();

		const second = await run({ memory: failing(memory, 'removeProcessed', 1, 1) });
		const third = await run();

		expect([second, third].map(({ requests, output }) => [requests, output.map(({ json }) => json)])).toEqual(
			Array(2).fill([[], [again, again]]),
		);
	});

	test('does not make of what was refused, or done, something in doubt', async () => {
		const memory = new ProcessedItems();
		const run = async (more: object = {}) =>
			await runImagined(create, { ...given(namesOf(33), inOrder), memory, executionId: '1', goesOn: true, ...more });
		await run({ memory: failing(memory, 'removeProcessed', 1, 2), answer: refuse('item 3') });

		const { requests, output } = await run();

		expect(sentNames({ requests })).toEqual(['item 3']);
		expect(output.filter(({ json }) => json.alreadyCarriedOut)).toHaveLength(32);
	});

	test('puts the items of a run in doubt that an earlier process had begun, and sends none of them', async () => {
		const memory = new ProcessedItems();
		const kept = {};
		const run = async (more: object = {}) =>
			await runImagined(create, {
				...given(namesOf(2)),
				memory,
				executionId: '1',
				goesOn: true,
				context: { getContext: () => kept } as never,
				...more,
			});
		await run();
		// n8n hands the context over to the process that runs the execution again.
		const handedOver = { getContext: () => ({ ...kept }) } as never;

		const { requests, output } = await run({
			context: handedOver,
			memory: failing(memory, 'checkProcessedAndRecord', 1, Infinity),
		});

		expect(requests).toEqual([]);
		expect(output.map(({ json }) => (json.error as IDataObject).mayHaveBeenApplied)).toEqual([true, true]);
	});

	test.each([[true], [false]])('leaves only the items of that moment without a note (goes on: %p)', async (goesOn) => {
		const memory = new ProcessedItems();
		const run = async (more: object = {}) =>
			await runImagined(create, { ...given(namesOf(33), inOrder), memory, executionId: '1', goesOn, ...more });
		const first = await run({ memory: failing(memory, 'checkProcessedAndRecord', 1, 2) });

		const { requests } = await run();

		expect(first.hints).toEqual([expect.stringMatching(/database is locked$/)]);
		expect(sentNames({ requests })).toEqual(namesOf(16));
	});

	test("keeps back an item with a 'Once Per', which says so, and no other", async () => {
		const items = named('a', 'b').map((item, index) => ({ ...item, options: index === 0 ? { oncePer: 'A1' } : {} }));
		const memory = failing(new ProcessedItems(), 'checkProcessedAndRecord', 1, Infinity);

		const { output, requests } = await runImagined(create, { items, memory, goesOn: true });

		expect(sentNames({ requests })).toEqual(['b']);
		expect(output[0].json.error).toMatchObject({
			message: "'Once Per' needs n8n's store of processed items, which did not respond: database is locked",
			description: 'Nothing was sent for this item. Run it again when n8n can reach its database.',
		});
	});
});
