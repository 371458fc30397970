import { runImagined } from '../support/imagined';
import { create, named } from '../support/imaginedItems';
import { ProcessedItems } from '../support/processedItems';

const wait = async (ms: number) => await new Promise<void>((resolve) => setTimeout(resolve, ms));

/** How many items each call notes, with a database and a vendor that take their time. */
async function groupsOf(count: number, noteMs: number, answerMs: number): Promise<number[]> {
	const memory = new ProcessedItems(async () => await wait(noteMs / 2));
	const groups: number[] = [];
	const names = Array.from({ length: count }, (_, item) => `item ${item}`);
	await runImagined(create, {
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
	return groups;
}

/** What comes after the first two groups, but for the rest of the items and the note of the end. */
const later = (groups: readonly number[]) => groups.slice(2, -2);

test('a slow database is asked for as many items at a time as its answer takes milliseconds', async () => {
	const groups = await groupsOf(240, 40, 0);

	expect(groups.slice(0, 2)).toEqual([16, 16]);
	expect(later(groups).length).toBeGreaterThan(1);
	for (const size of later(groups)) expect([size >= 38, size <= 64]).toEqual([true, true]);
});

test('no more than 64 items are noted at a time, however slow the database is', async () => {
	expect(later(await groupsOf(240, 120, 0))).toEqual([64, 64, 64]);
});

test('a slow database is asked for 16 items at a time where the vendor takes far longer', async () => {
	expect(await groupsOf(64, 30, 40)).toEqual([16, 16, 16, 16, 0]);
});
