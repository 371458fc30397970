import type { IExecuteFunctions } from 'n8n-workflow';
import type { IdempotencyKey, KeyName, RunKeys } from '../../nodes/shared/run/idempotencyKey';
import { Journal, MAX_ENTRIES } from '../../nodes/shared/run/journal';
import { ProcessedItems } from '../support/processedItems';

const forever = { mode: 'entries', maxEntries: MAX_ENTRIES } as const;
const claimOf = (...names: KeyName[]): IdempotencyKey => ({ names, item: 0 });
const item = claimOf({ key: 'item' });

/** A journal on n8n's memory of a node. Nothing keeps the calls of two processes apart. */
function journalOn(
	memory: ProcessedItems,
	process = 'one',
): { journal: Journal; helpers: ReturnType<ProcessedItems['helpers']> } {
	const helpers = memory.helpers('workflow', 'node');
	const context = {
		helpers,
		getWorkflow: () => ({ id: process }),
		getNode: () => ({ id: 'node' }),
	} as unknown as IExecuteFunctions;
	return { journal: new Journal(context), helpers };
}

/** Leaves room for so many of the entries that a memory has, and no more. */
const forgetAllBut = async (helpers: ReturnType<typeof journalOn>['helpers'], left: number) =>
	await helpers.checkProcessedAndRecord(
		Array.from({ length: MAX_ENTRIES - left }, (_, entry) => String(entry)),
		'node',
		forever,
	);

test.each([2, 1, 0])('an item of which n8n remembers %i entries never passes for done', async (left) => {
	const memory = new ProcessedItems();
	const { journal, helpers } = journalOn(memory);
	await journal.begin([claimOf({ key: 'item', position: 'place' })]);
	await forgetAllBut(helpers, left);

	expect(await journalOn(memory).journal.begin([item])).toEqual([left > 0 ? 'begun' : 'fresh']);
});

/** A process that asked what became of an item which was begun, and died before it took the question back. */
async function askedInVain() {
	const memory = new ProcessedItems();
	const { journal, helpers } = journalOn(memory);
	await journal.begin([item]);
	const dying = journalOn(memory);
	dying.helpers.removeProcessed = async () => await Promise.reject(new Error('dead'));
	await dying.journal.begin([item]);
	return { memory, helpers };
}

test('an item that was asked for and never done does not pass for done, however often it is asked for', async () => {
	const { memory } = await askedInVain();

	expect([await journalOn(memory).journal.begin([item]), await journalOn(memory).journal.begin([item])]).toEqual([
		['begun'],
		['begun'],
	]);
});

test.each([2, 1])(
	'an item that was asked for and never done does not pass for done where n8n remembers %i entries',
	async (left) => {
		const { memory, helpers } = await askedInVain();
		await forgetAllBut(helpers, left);
		await journalOn(memory).journal.begin([item]);

		expect(await journalOn(memory).journal.begin([item])).toEqual(['begun']);
	},
);

/** A memory in which the item was begun and done. */
async function itemDone(): Promise<ProcessedItems> {
	const memory = new ProcessedItems();
	const { journal } = journalOn(memory);
	await journal.begin([item]);
	journal.finish(item);
	await journal.close();
	return memory;
}

test('an item that was done is still known to be after each question', async () => {
	const memory = await itemDone();

	expect([await journalOn(memory).journal.begin([item]), await journalOn(memory).journal.begin([item])]).toEqual([
		['done'],
		['done'],
	]);
});

test('an item that was done is known to be after two processes asked at the same time', async () => {
	const memory = await itemDone();
	const slow = journalOn(memory, 'slow');
	const takeOut = slow.helpers.removeProcessed;
	const others: unknown[] = [];
	slow.helpers.removeProcessed = async (...given) => {
		others.push(await journalOn(memory, 'other').journal.begin([item]));
		await takeOut(...given);
	};

	const known = await slow.journal.begin([item]);

	expect([known, ...others, await journalOn(memory).journal.begin([item])]).toEqual([['done'], ['begun'], ['done']]);
});

test('what has ended is put in once', async () => {
	const { journal, helpers } = journalOn(new ProcessedItems());
	const put: unknown[] = [];
	const { checkProcessedAndRecord } = helpers;
	helpers.checkProcessedAndRecord = async (entries, ...more) => {
		put.push(entries);
		return await checkProcessedAndRecord(entries, ...more);
	};
	for (const key of ['a', 'b', 'c']) {
		await journal.begin([claimOf({ key })]);
		journal.finish(claimOf({ key }));
	}
	await journal.close();
	await journal.close();

	expect(put).toEqual([['begun a'], ['done a', 'begun b'], ['done b', 'begun c'], ['done c']]);
});

test('what was begun counts as begun where the memory does not answer the question what became of it', async () => {
	const memory = new ProcessedItems();
	await journalOn(memory).journal.begin([item]);
	const { journal, helpers } = journalOn(memory);
	const put = helpers.checkProcessedAndRecord;
	helpers.checkProcessedAndRecord = async (entries, scope, options) =>
		entries.includes('done item')
			? await Promise.reject(new Error('database is locked'))
			: await put(entries, scope, options);

	expect(await journal.begin([item, claimOf({ key: 'other' })])).toEqual(['begun', 'fresh']);
});

test('what was refused is free again, although the note of what was done fails', async () => {
	const memory = new ProcessedItems();
	const { journal, helpers } = journalOn(memory);
	await journal.begin([claimOf({ key: 'done' }), claimOf({ key: 'refused' })]);
	journal.finish(claimOf({ key: 'done' }));
	journal.forget(claimOf({ key: 'refused' }));
	helpers.checkProcessedAndRecord = async () => await Promise.reject(new Error('database is locked'));
	await expect(journal.close()).rejects.toThrow('database is locked');

	expect(await journalOn(memory).journal.begin([claimOf({ key: 'done' }), claimOf({ key: 'refused' })])).toEqual([
		'begun',
		'fresh',
	]);
});

test('calls of one node never overlap, also where one comes when another has just ended', async () => {
	let [reading, most] = [0, 0];
	const memory = new ProcessedItems(async () => {
		reading += 1;
		most = Math.max(most, reading);
		await new Promise((resolve) => setTimeout(resolve, 5));
		reading -= 1;
	});
	const begin = async (key: string) => await journalOn(memory).journal.begin([claimOf({ key })]);

	const first = begin('a');
	const second = begin('b');
	await first;
	await Promise.all([second, begin('c')]);

	expect(most).toBe(1);
	expect(memory.count('workflow', 'node')).toBe(3);
});

test('a call that waits for one that fails is made all the same, and does not fail with it', async () => {
	const { journal, helpers } = journalOn(new ProcessedItems());
	const put = helpers.checkProcessedAndRecord;
	helpers.checkProcessedAndRecord = async (entries, scope, options) =>
		entries.includes('begun a')
			? await Promise.reject(new Error('database is locked'))
			: await put(entries, scope, options);

	const failing = journal.begin([claimOf({ key: 'a' })]);
	const waiting = journal.begin([claimOf({ key: 'b' })]);

	await expect(failing).rejects.toThrow('database is locked');
	expect(await waiting).toEqual(['fresh']);
});

test('a removal that n8n made although it failed takes away no note that came after it', async () => {
	const memory = new ProcessedItems();
	const { journal, helpers } = journalOn(memory);
	const { removeProcessed } = helpers;
	helpers.removeProcessed = async (...given) => {
		await removeProcessed(...given);
		throw new Error('the connection was lost after the commit');
	};
	await journal.begin([item]);
	journal.forget(item);

	await journal.begin([item]);

	expect(await journalOn(memory).journal.begin([item])).toEqual(['begun']);
});

test("an execution does not go by another one's notes, although n8n handed it the same object", async () => {
	const memory = new ProcessedItems();
	const kept = {};
	const begin = async (execution: string) => {
		const run: RunKeys = { executions: [execution], runIndex: 0, count: 1, kept, block: () => [] };
		return await journalOn(memory).journal.begin([{ names: [{ key: execution }], item: 0, run }]);
	};

	// The object says that this run was noted before, and of that the second one finds nothing.
	expect([await begin('1'), await begin('2')]).toEqual([['fresh'], ['forgotten']]);
});
