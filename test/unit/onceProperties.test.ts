import fc from 'fast-check';
import type { IDataObject, INodeExecutionData } from 'n8n-workflow';
import { rounds } from '../support/hostile';
import { runImagined, type ImaginedAnswer, type ImaginedRequest } from '../support/imagined';
import { create } from '../support/imaginedItems';
import { Life } from '../support/lives';
import { ProcessedItems } from '../support/processedItems';

type Verdict = 'carries out' | 'refuses' | 'loses the answer';

interface Item {
	name: string;
	/** What the vendor does with it, each time. */
	verdict: Verdict;
	oncePer?: string;
}

const itemOf = (oncePer: fc.Arbitrary<string | undefined>): fc.Arbitrary<Item> =>
	fc.record({
		// Few names, so that some items are the same.
		name: fc.constantFrom('a', 'b', 'c', 'd', 'e', 'f', 'g', 'h'),
		verdict: fc.oneof(
			{ arbitrary: fc.constant<Verdict>('carries out'), weight: 6 },
			fc.constantFrom<Verdict>('refuses', 'loses the answer'),
		),
		oncePer,
	});

/** A vendor that keeps what it carried out. */
class Vendor {
	readonly carriedOut: string[] = [];

	act = ({ body }: ImaginedRequest): ImaginedAnswer => {
		const { name, verdict } = JSON.parse(String(body?.name)) as Item & { execution: string };
		if (verdict === 'refuses') return { status: 422, body: { message: 'No' } };
		this.carriedOut.push(String(body?.name));
		if (verdict === 'loses the answer') throw Object.assign(new Error('gone'), { code: 'ECONNRESET' });
		return { body: { id: name } };
	};
}

const parametersOf = (items: readonly Item[], execution: string, parallel: number) =>
	items.map((item) => ({
		name: JSON.stringify({ ...item, execution }),
		options: { requestsInParallel: parallel, ...(item.oncePer === undefined ? {} : { oncePer: item.oncePer }) },
	}));

interface World {
	memory: ProcessedItems;
	vendor: Vendor;
	parallel: number;
}

/** A memory that the node has written to before, as it nearly always has. */
async function memoryInUse(): Promise<ProcessedItems> {
	const memory = new ProcessedItems();
	await memory.helpers('workflow', 'node').checkProcessedAndRecord(['something'], 'node', { mode: 'entries' });
	return memory;
}

/** An execution of some items in a process; nothing where the process died before its end. */
async function runIn(
	life: Life,
	{ memory, vendor, parallel }: World,
	items: readonly Item[],
	executionId: string,
): Promise<INodeExecutionData[] | undefined> {
	const { context, ...more } = life.inIt(memory);
	const run = runImagined(create, {
		items: parametersOf(items, executionId, parallel),
		inputs: items.map((item) => ({ json: { ...item } as unknown as IDataObject })),
		...more,
		context,
		executionId,
		answer: life.asked(vendor.act),
		goesOn: true,
	});
	return await Promise.race([life.death.then(() => undefined), run.then(({ output }) => output)]);
}

const timesOf = (all: readonly string[], wanted: (item: Item & { execution: string }) => string) => {
	const times = new Map<string, number>();
	for (const text of all) {
		const key = wanted(JSON.parse(text) as Item & { execution: string });
		times.set(key, (times.get(key) ?? 0) + 1);
	}
	return times;
};
const countOf = (items: readonly Item[], { name, verdict }: Item) =>
	items.filter((item) => item.name === name && item.verdict === verdict).length;

const crash = fc.integer({ min: 0, max: 120 });

test('whenever the process dies, and however often, no item of an execution is carried out twice, and each is told truly', async () => {
	await fc.assert(
		fc.asyncProperty(
			fc.array(itemOf(fc.constant(undefined)), { minLength: 1, maxLength: 40 }),
			fc.array(crash, { maxLength: 3 }),
			fc.constantFrom(1, 4, 16),
			async (items, crashes, parallel) => {
				const world = { memory: await memoryInUse(), vendor: new Vendor(), parallel };
				for (const steps of crashes) await runIn(new Life(steps), world, items, '1');

				const output = (await runIn(new Life(), world, items, '1'))!;

				const times = timesOf(world.vendor.carriedOut, ({ name, verdict }) => `${name} ${verdict}`);
				for (const item of items)
					expect(times.get(`${item.name} ${item.verdict}`) ?? 0).toBeLessThanOrEqual(countOf(items, item));
				const isSure = (json: IDataObject) => !json.error || !(json.error as IDataObject).mayHaveBeenApplied;
				const carriedOut = items.filter((_item, index) => !output[index].json.error);
				expect(carriedOut.every(({ verdict }) => verdict === 'carries out')).toBe(true);
				// What is told as carried out was, and what is surely not was not.
				const sureOf = (name: string) =>
					items.flatMap((item, index) =>
						item.name === name && item.verdict === 'carries out' ? [output[index].json] : [],
					);
				for (const name of new Set(items.map((item) => item.name))) {
					const told = sureOf(name);
					const done = times.get(`${name} carries out`) ?? 0;
					expect(done).toBeGreaterThanOrEqual(told.filter((json) => !json.error).length);
					if (told.every(isSure)) expect(done).toBe(told.filter((json) => !json.error).length);
				}
			},
		),
		{ numRuns: rounds(60) },
	);
});

test('of executions that race in a process which dies, none carries out an item twice', async () => {
	await fc.assert(
		fc.asyncProperty(
			fc.array(itemOf(fc.constant(undefined)), { minLength: 1, maxLength: 20 }),
			fc.array(crash, { minLength: 1, maxLength: 2 }),
			async (items, crashes) => {
				const world = { memory: await memoryInUse(), vendor: new Vendor(), parallel: 4 };
				const both = async (life: Life) =>
					await Promise.all(['1', '2'].map(async (id) => await runIn(life, world, items, id)));
				for (const steps of crashes) await both(new Life(steps));

				await both(new Life());

				const times = timesOf(
					world.vendor.carriedOut,
					({ name, verdict, execution }) => `${execution} ${name} ${verdict}`,
				);
				for (const item of items) {
					for (const id of ['1', '2'])
						expect(times.get(`${id} ${item.name} ${item.verdict}`) ?? 0).toBeLessThanOrEqual(countOf(items, item));
				}
			},
		),
		{ numRuns: rounds(40) },
	);
});

test("an item with the 'Once Per' of an earlier one of its run is sent where that one was refused, marked where it was done, and in doubt where it is", async () => {
	await fc.assert(
		fc.asyncProperty(
			fc.array(itemOf(fc.constantFrom('one', 'two', 'three', 'four')), { minLength: 1, maxLength: 60 }),
			fc.constantFrom(1, 4, 16),
			async (items, parallel) => {
				const output = (await runIn(
					new Life(),
					{ memory: await memoryInUse(), vendor: new Vendor(), parallel },
					items,
					'1',
				))!;

				const told = items.map((_item, index) => {
					const { alreadyCarriedOut, error } = output[index].json as {
						alreadyCarriedOut?: boolean;
						error?: IDataObject;
					};
					return error
						? error.mayHaveBeenApplied
							? 'in doubt'
							: 'refused'
						: alreadyCarriedOut
							? 'marked'
							: 'carried out';
				});
				const first: Partial<Record<string, Verdict>> = {};
				const expected = items.map(({ oncePer, verdict }) => {
					const before = first[oncePer!];
					if (!before && verdict !== 'refuses') first[oncePer!] = verdict;
					if (before) return before === 'carries out' ? 'marked' : 'in doubt';
					return { refuses: 'refused', 'carries out': 'carried out', 'loses the answer': 'in doubt' }[verdict];
				});
				expect(told).toEqual(expected);
			},
		),
		{ numRuns: rounds(60) },
	);
});

test("whatever races in a process that dies, nothing with one 'Once Per' is carried out twice, in whatever execution", async () => {
	await fc.assert(
		fc.asyncProperty(
			fc.array(itemOf(fc.constantFrom('one', 'two', 'three', 'four')), { minLength: 1, maxLength: 20 }),
			fc.array(crash, { maxLength: 2 }),
			fc.constantFrom(1, 4, 16),
			async (items, crashes, parallel) => {
				const world = { memory: await memoryInUse(), vendor: new Vendor(), parallel };
				const all = async (life: Life) =>
					await Promise.all(['1', '2', '3'].map(async (id) => await runIn(life, world, items, id)));
				for (const steps of crashes) await all(new Life(steps));

				await all(new Life());

				const times = timesOf(world.vendor.carriedOut, ({ oncePer }) => oncePer!);
				for (const [, count] of times) expect(count).toBe(1);
			},
		),
		{ numRuns: rounds(40) },
	);
});
