import { runImagined } from '../support/imagined';
import { create, named } from '../support/imaginedItems';
import { ProcessedItems } from '../support/processedItems';

beforeEach(() => jest.useFakeTimers({ now: 0 }));
afterEach(() => jest.useRealTimers());

const wait = async (ms: number) => await new Promise<void>((resolve) => setTimeout(resolve, ms));

/** How many items each call notes, with a database and a vendor that take their time. */
async function groupsOf(count: number, noteMs: number, answerMs: number): Promise<number[]> {
	const memory = new ProcessedItems(async () => await wait(noteMs / 2));
	const groups: number[] = [];
	const names = Array.from({ length: count }, (_, item) => `item ${item}`);
	const run = runImagined(create, {
		items: named(...names).map((item) => ({ ...item, options: { requestsInParallel: 1 } })),
		inputs: names.map((name) => ({ json: { name } })),
		memory: {
			helpers: (workflow: string, node: string) => {
				const { checkProcessedAndRecord, removeProcessed } = memory.helpers(workflow, node);
				const counted: typeof checkProcessedAndRecord = async (entries, ...more) => {
					groups.push((entries as string[]).filter((entry) => entry.startsWith('begun')).length);
					return await checkProcessedAndRecord(entries, ...more);
				};
				return { checkProcessedAndRecord: counted, removeProcessed };
			},
		},
		answer: async () => {
			await wait(answerMs);
			return { body: {} };
		},
	});
	await jest.runAllTimersAsync();
	await run;
	return groups;
}

test('a slow database is asked for as many items at a time as its answer takes milliseconds', async () => {
	expect(await groupsOf(240, 40, 0)).toEqual([16, 16, 40, 40, 40, 40, 40, 8, 0]);
});

test('no more than 64 items are noted at a time, however slow the database is', async () => {
	expect(await groupsOf(240, 120, 0)).toEqual([16, 16, 64, 64, 64, 16, 0]);
});

test('a slow database is asked for 16 items at a time where the vendor takes far longer', async () => {
	expect(await groupsOf(64, 30, 40)).toEqual([16, 16, 16, 16, 0]);
});
