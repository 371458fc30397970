import type { IExecuteFunctions } from 'n8n-workflow';
import { Journal, MOST_ENTRIES } from '../../nodes/shared/run/journal';
import { ProcessedItems } from '../support/processedItems';

const forever = { mode: 'entries', maxEntries: MOST_ENTRIES } as const;
const item = [{ key: 'item' }];

/** A journal on n8n's memory of a node. */
function journalOn(memory: ProcessedItems): { journal: Journal; helpers: ReturnType<ProcessedItems['helpers']> } {
	const helpers = memory.helpers('workflow', 'node');
	const context = { helpers, getWorkflow: () => ({ id: 'workflow' }), getNode: () => ({ id: 'node' }) } as unknown as IExecuteFunctions;
	return { journal: new Journal(context), helpers };
}

test.each([1, 2, 3])('an item whose %i oldest entries n8n has forgotten never passes for done', async (forgotten) => {
	const memory = new ProcessedItems();
	const { journal, helpers } = journalOn(memory);
	await journal.begin([[{ key: 'item', place: 'place' }]]);
	const others = Array.from({ length: MOST_ENTRIES - 3 + forgotten }, (_, entry) => String(entry));
	await helpers.checkProcessedAndRecord(others, 'node', forever);

	expect(await journalOn(memory).journal.begin([item])).toEqual([forgotten < 3 ? 'begun' : 'fresh']);
});

test('an item of which n8n forgot all but that it is open does not pass for done later', async () => {
	const memory = new ProcessedItems();
	const { journal, helpers } = journalOn(memory);
	await helpers.checkProcessedAndRecord(['open item'], 'node', forever);
	const known = await journal.begin([item]);
	await helpers.removeProcessed(['open item'], 'node');

	expect([known, await journalOn(memory).journal.begin([item])]).toEqual([['begun'], ['fresh']]);
});

test('calls of one node never overlap, also where one comes when another has just ended', async () => {
	let [reading, most] = [0, 0];
	const memory = new ProcessedItems(async () => {
		reading += 1;
		most = Math.max(most, reading);
		await new Promise((resolve) => setTimeout(resolve, 5));
		reading -= 1;
	});
	const begin = async (key: string) => await journalOn(memory).journal.begin([[{ key }]]);

	const first = begin('a');
	const second = begin('b');
	await first;
	await Promise.all([second, begin('c')]);

	expect(most).toBe(1);
	expect(memory.count('workflow', 'node')).toBe(6);
});
