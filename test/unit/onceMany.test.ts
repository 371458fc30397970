import type { IDataObject, INodeExecutionData } from 'n8n-workflow';
import type { BulkEndpoint } from '../../nodes/shared/form/operation';
import { MAX_ENTRIES } from '../../nodes/shared/run/journal';
import { rounds } from '../support/hostile';
import { runImagined, type ImaginedAnswer, type ImaginedRequest } from '../support/imagined';
import { create } from '../support/imaginedItems';
import { Life } from '../support/lives';
import { ProcessedItems } from '../support/processedItems';

// A busy machine takes its time for so many items.
jest.setTimeout(300_000);

/** 20,000 by `npm run fuzz`. The suite takes so many that the notes of one execution are merged into blocks. */
const SIZE = Math.min(20_000, rounds(9_000));
/** Of which a process carries out most before it dies. */
const CRASH_SIZE = 8_000;
const numbers = (count: number) => Array.from({ length: count }, (_, index) => index);
type Verdict = (name: number) => 'carries out' | 'refuses' | 'loses the answer';

/** A vendor that counts how often it carried out each item. */
class Vendor {
	readonly times = new Map<number, number>();
	requests = 0;

	constructor(public verdict: Verdict = () => 'carries out') {}

	act = ({ body }: ImaginedRequest): ImaginedAnswer => {
		this.requests += 1;
		const names = ((body?.all as number[] | undefined) ?? [Number(body?.name)]).map(Number);
		const verdicts = names.map(this.verdict);
		names.forEach(
			(name, index) => verdicts[index] === 'refuses' || this.times.set(name, (this.times.get(name) ?? 0) + 1),
		);
		if (verdicts.includes('loses the answer')) throw Object.assign(new Error('gone'), { code: 'ECONNRESET' });
		if (verdicts[0] === 'refuses' && names.length === 1) return { status: 422, body: { message: 'No' } };
		return { body: { verdicts } };
	};

	get doubled(): number[] {
		return [...this.times].filter(([, times]) => times > 1).map(([name]) => name);
	}
}

const batch = {
	size: 50,
	request: 'POST /things',
	page: '',
	contract: '',
	body: (calls) => ({ all: calls.map(({ body }) => body?.name) as never }),
	results: (answer, calls) =>
		calls.map((_call, index) =>
			(answer as { verdicts: string[] }).verdicts[index] === 'refuses' ? { refused: 'No' } : { accepted: {} },
		),
} as BulkEndpoint;

interface Run {
	memory: ProcessedItems;
	vendor: Vendor;
	names: readonly number[];
	executionId?: string;
	goesOn?: boolean;
	isBulk?: boolean;
	options?: (name: number) => IDataObject;
	context?: object;
	life?: Life;
}

async function run({ memory, vendor, names, executionId = '1', goesOn = true, isBulk, options, context, life }: Run) {
	const alive = life?.inIt(memory) ?? { memory, context: {} };
	const running = runImagined(isBulk ? { ...create, batch } : create, {
		items: names.map((name) => ({ name, options: { requestsInParallel: 16, ...options?.(name) } })),
		inputs: names.map((name): INodeExecutionData => ({ json: { name } })),
		memory: alive.memory,
		context: { ...alive.context, ...context } as never,
		executionId,
		answer: life ? life.asked(vendor.act) : vendor.act,
		goesOn,
	});
	if (!life) return await running;
	await Promise.race([life.death, running]);
	return undefined;
}

const doubts = ({ output }: { output: INodeExecutionData[] }) =>
	output.filter(({ json }) => (json.error as IDataObject | undefined)?.mayHaveBeenApplied);
const retryOf = (id: string, kept: object = {}) => ({
	additionalData: { hooks: { retryOf: id } },
	getContext: () => kept,
});

describe.each([
	['one by one', false],
	['in bulk', true],
])(`${SIZE} items %s`, (_name, isBulk) => {
	test("are not sent again by n8n's Retry after the last one was refused, which alone is sent again", async () => {
		const memory = new ProcessedItems();
		const vendor = new Vendor((name) => (name === SIZE - 1 ? 'refuses' : 'carries out'));
		const names = numbers(SIZE);
		const kept = {};
		const failed = await run({ memory, vendor, names, isBulk, goesOn: false, context: { getContext: () => kept } });
		const sent = vendor.requests;
		vendor.verdict = () => 'carries out';

		const retry = await run({
			memory,
			vendor,
			names,
			isBulk,
			goesOn: false,
			executionId: '2',
			context: retryOf('1', { ...kept }),
		});

		expect(failed!.error?.description).toContain("n8n's 'Retry' of this execution sends none of these again.");
		expect(retry!.error).toBeUndefined();
		expect(vendor.requests - sent).toBe(1);
		expect(vendor.doubled).toEqual([]);
		expect(memory.count('workflow', 'node')).toBeLessThanOrEqual(MAX_ENTRIES);
	});

	test('of which a process carried out a part before it died are sent once, and few are in doubt', async () => {
		const memory = new ProcessedItems();
		const vendor = new Vendor();
		const names = numbers(CRASH_SIZE);
		await run({ memory, vendor, names, isBulk, life: new Life(isBulk ? 450 : 13_000) });
		const before = vendor.times.size;

		const again = await run({ memory, vendor, names, isBulk });

		expect(before).toBeGreaterThan(5_000);
		expect(before).toBeLessThan(CRASH_SIZE);
		expect(vendor.doubled).toEqual([]);
		expect(doubts(again!).length).toBeLessThanOrEqual(isBulk ? 900 : 100);
		expect(vendor.times.size).toBeGreaterThanOrEqual(CRASH_SIZE - doubts(again!).length);
	});
});

test('an execution that is retried after others pushed out a part of its notes sends nothing twice, and says what is in doubt', async () => {
	const memory = new ProcessedItems();
	const vendor = new Vendor((name) => (name === 499 ? 'refuses' : 'carries out'));
	const kept = {};
	await run({ memory, vendor, names: numbers(500), goesOn: false, context: { getContext: () => kept } });
	const others = Array.from({ length: MAX_ENTRIES - 800 }, (_, entry) => `other ${entry}`);
	await memory
		.helpers('workflow', 'node')
		.checkProcessedAndRecord(others, 'node', { mode: 'entries', maxEntries: MAX_ENTRIES });

	const retry = await run({
		memory,
		vendor,
		names: numbers(500),
		executionId: '2',
		context: retryOf('1', { ...kept }),
	});

	expect(vendor.doubled).toEqual([]);
	expect(doubts(retry!).length).toBeGreaterThan(200);
	expect((doubts(retry!)[0].json.error as IDataObject).message).toMatch(
		/^An earlier run of this execution may have sent this item, and n8n's notes about it are incomplete/,
	);
	expect(retry!.output.filter(({ json }) => json.alreadyCarriedOut).length).toBeGreaterThan(200);
});

test('an execution that is retried after all of its notes were pushed out sends nothing', async () => {
	const memory = new ProcessedItems();
	const vendor = new Vendor((name) => (name === 19 ? 'refuses' : 'carries out'));
	const kept = {};
	await run({ memory, vendor, names: numbers(20), goesOn: false, context: { getContext: () => kept } });
	memory.forget();

	const retry = await run({ memory, vendor, names: numbers(20), executionId: '2', context: retryOf('1', { ...kept }) });

	expect(vendor.doubled).toEqual([]);
	expect(doubts(retry!)).toHaveLength(20);
});

test.each([4, 8, 14, 20])(
	'the retry of a retry that was killed after %i steps sends nothing twice: what it cannot know is in doubt',
	async (steps) => {
		const memory = new ProcessedItems();
		const vendor = new Vendor((name) => (name === 79 ? 'refuses' : 'carries out'));
		const names = numbers(80);
		const kept = {};
		await run({ memory, vendor, names, goesOn: false, context: { getContext: () => kept } });
		// It dies before it has looked up more than its first items.
		await run({
			memory,
			vendor,
			names,
			goesOn: false,
			executionId: '2',
			context: retryOf('1', { ...kept }),
			life: new Life(steps),
		});

		const again = await run({ memory, vendor, names, executionId: '3', context: retryOf('2') });

		expect(vendor.doubled).toEqual([]);
		expect(doubts(again!).length).toBeGreaterThan(0);
	},
);

test('an item that was refused alone is sent again by a retry, and a retry of an execution that never came to the node sends all', async () => {
	const memory = new ProcessedItems();
	const vendor = new Vendor(() => 'refuses');
	const kept = {};
	await run({ memory, vendor, names: [1], goesOn: false, context: { getContext: () => kept } });
	vendor.verdict = () => 'carries out';

	await run({ memory, vendor, names: [1], executionId: '2', context: retryOf('1', { ...kept }) });
	await run({ memory, vendor, names: [2, 3], executionId: '4', context: retryOf('3') });

	expect([...vendor.times.keys()]).toEqual([1, 2, 3]);
});

test('a large execution whose input comes in another order afterwards sends nothing twice', async () => {
	const memory = new ProcessedItems();
	const vendor = new Vendor();
	const names = numbers(6_000);
	await run({ memory, vendor, names: names.slice(0, 5_000), isBulk: true });

	const again = await run({ memory, vendor, names: [...names].reverse(), isBulk: true });

	expect(vendor.doubled).toEqual([]);
	expect(again!.output.filter(({ json }) => json.alreadyCarriedOut).length).toBeGreaterThan(1_500);
});
