import type { IDataObject, INode } from 'n8n-workflow';
import type { EngineOptions, Pack } from './engine';
import { quickTime } from '../support/quickTime';
import { Bench, failureIn } from '../support/run';

const bench = new Bench();
const create = {
	resource: 'task',
	operation: 'create',
	subject: '={{ $json.name }}',
	type: 'call',
	due_date: '2026-07-01',
};
const names = (count: number) => Array.from({ length: count }, (_, index) => ({ name: `item ${index}` }));
const vendor = () => bench.sandbox.vendors.syncroChat;

/** How often each name was carried out. */
function applied(): Record<string, number> {
	const counts: Record<string, number> = {};
	for (const { body, applied: done } of vendor().requests)
		if (done) counts[String((body as IDataObject).subject)] = (counts[String((body as IDataObject).subject)] ?? 0) + 1;
	return counts;
}

/** The pack with a memory of its own, as another process has it that knows nothing of this one. */
function packOfAnotherProcess(): Pack {
	let another!: Pack;
	jest.isolateModules(() => {
		another = jest.requireActual<typeof import('./pack')>('./pack').loadPack('source');
	});
	return another;
}

const once = (count: number) => Object.fromEntries(names(count).map(({ name }) => [name, 1]));
const refuseFirstTime = (name: string) =>
	vendor().faults.add({
		kind: 'answer',
		reply: { status: 422, body: { message: 'Not yet' } },
		times: 1,
		match: ({ body }) => (body as IDataObject).subject === name,
	});

describe("n8n's Retry On Fail", () => {
	const retry = (onError?: INode['onError']) => ({
		settings: { retryOnFail: true, maxTries: 3, waitBetweenTries: 1, onError },
	});

	test.each<[string, INode['onError']]>([
		['stop', 'stopWorkflow'],
		['continue', 'continueRegularOutput'],
		['error output', 'continueErrorOutput'],
	])('runs the node again without sending a finished item twice (%s)', async (_name, onError) => {
		refuseFirstTime('item 0');

		const { items, error } = await bench.run('syncroChat', create, { items: names(6), ...retry(onError) });

		expect(applied()).toEqual(once(6));
		expect(error).toBeUndefined();
		expect(items.map(({ json, pairedItem }) => [json.subject, pairedItem])).toEqual(
			names(6).map(({ name }, item) => [name, { item }]),
		);
	});

	test.each<[string, INode['onError']]>([
		['stop', 'stopWorkflow'],
		['continue', 'continueRegularOutput'],
	])('does not send an item again that may have been carried out (%s)', async (_name, onError) => {
		vendor().faults.add({
			kind: 'lostAnswer',
			times: 1,
			match: ({ body }) => (body as IDataObject).subject === 'item 0',
		});

		const { items, error } = await bench.run('syncroChat', create, { items: names(1), ...retry(onError) });

		expect(applied()).toEqual(once(1));
		expect(error?.message ?? failureIn(items[0]).message).toContain('may have been carried out');
	});

	test('a second run of the workflow is a new one, and sends everything again', async () => {
		await bench.run('syncroChat', create, { items: names(1), ...retry() });
		await bench.run('syncroChat', create, { items: names(1), ...retry() });

		expect(applied()).toEqual({ 'item 0': 2 });
	});
});

describe('stopping the execution', () => {
	/** Another name of the same address, and so a throttle of its own: these tests leave it waiting for a minute. */
	const elsewhere = () => ({ baseUrl: vendor().url.replace('127.0.0.1', 'localhost') });

	/** Stops the execution as soon as the vendor saw what it is about, however slow the machine is; notes when. */
	function stopOnce(isTime: () => boolean) {
		const stopped = { at: 0 };
		const onStart: EngineOptions['onStart'] = (_execution, stop) => {
			const watch = setInterval(() => {
				if (!isTime()) return;
				clearInterval(watch);
				stopped.at = Date.now();
				stop();
			}, 20);
		};
		return { stopped, onStart };
	}

	/** What would go on for a minute without the stop ends well before that. */
	const LONGEST_END_MS = 10_000;
	const answered = () => vendor().requests.filter(({ status }) => status !== undefined).length;

	test('while it waits for a slot: ends at once, and nothing more is sent', async () => {
		const { stopped, onStart } = stopOnce(() => answered() === 2);

		const { status } = await bench.run('syncroChat', create, {
			items: names(10),
			credential: { ...elsewhere(), requestsPerWindow: 2, windowSeconds: 60 },
			onStart,
		});

		expect(Date.now() - stopped.at).toBeLessThan(LONGEST_END_MS);
		expect(status).toBe('canceled');
		await new Promise((resolve) => setTimeout(resolve, 200));
		expect(vendor().requests).toHaveLength(2);
	});

	test('while it waits to repeat: ends at once, and nothing more is sent', async () => {
		vendor().faults.add({ kind: 'answer', reply: { status: 429, body: { retry_after: 60 } } });
		const { stopped, onStart } = stopOnce(() => answered() === 3);

		await bench.run('syncroChat', create, { items: names(3), credential: elsewhere(), onStart });

		expect(Date.now() - stopped.at).toBeLessThan(LONGEST_END_MS);
		expect(vendor().requests).toHaveLength(3);
	});

	test('while a request is under way: it is ended', async () => {
		vendor().faults.add({ kind: 'silence' });
		const { stopped, onStart } = stopOnce(() => vendor().requests.length === 1);

		await bench.run('syncroChat', create, { items: names(1), onStart });

		expect(Date.now() - stopped.at).toBeLessThan(LONGEST_END_MS);
	});
});

describe('the rate limit', () => {
	quickTime(5);

	test('is kept by two executions at once on one key: nothing refused, nothing lost', async () => {
		vendor().setLimit({ requests: 10, windowMs: 400 });
		const credential = { requestsPerWindow: 10, windowSeconds: 0.4 };

		await Promise.all([
			bench.run('syncroChat', create, { items: names(20), credential }),
			bench.run('syncroChat', create, { items: names(20), credential }),
		]);

		expect(vendor().requests.filter(({ status }) => status === 429)).toEqual([]);
		expect(Object.values(applied())).toEqual(Array.from({ length: 20 }, () => 2));
	});

	test('is waited out when the vendor knows a smaller one than the credential', async () => {
		let count = 0;
		const isTooMuch = () => (count += 1) > 5 && count <= 8;
		vendor().faults.add({ kind: 'answer', reply: { status: 429, body: { retry_after: 1 } }, match: isTooMuch });

		const { items, hints } = await bench.run('syncroChat', create, { items: names(12) });

		expect(applied()).toEqual(once(12));
		expect(items).toHaveLength(12);
		expect(hints).toEqual([
			expect.stringMatching(/^Requests waited \d+ s in total for a free slot: the vendor is limiting requests/),
			expect.stringMatching(/\b3\b.*retried/),
		]);
	});

	test('that makes a run slow is named in a hint', async () => {
		const { hints } = await bench.run('syncroChat', create, {
			items: names(4),
			credential: { requestsPerWindow: 2, windowSeconds: 1.2 },
		});

		expect(hints).toEqual([
			expect.stringMatching(/^Requests waited [1-9]\d* s in total for a free slot: the credential allows 2 per 1\.2 s/),
		]);
	});

	test('is kept by two processes on one key, as in queue mode: nothing lost, nothing doubled', async () => {
		vendor().setLimit({ requests: 8, windowMs: 1500 });
		const credential = { requestsPerWindow: 8, windowSeconds: 1.5 };

		const runs = await Promise.all(
			['a', 'b'].map(async (prefix) => {
				const items = names(15).map(({ name }) => ({ name: `${prefix} ${name}` }));
				return await bench.run('syncroChat', create, {
					items,
					credential,
					pack: packOfAnotherProcess(),
					settings: { onError: 'continueRegularOutput' },
				});
			}),
		);

		expect(runs.flatMap(({ items }) => items.filter(({ json }) => json.error))).toEqual([]);
		expect(vendor().requests.some(({ status }) => status === 429)).toBe(true);
		expect(Object.keys(applied())).toHaveLength(30);
		expect(Object.values(applied()).every((count) => count === 1)).toBe(true);
	});
});

describe('requests in parallel', () => {
	/** Requests that the vendor had open when no more came, although it held on to all until so many were there. */
	async function mostAtOnce(options: IDataObject, expected: number): Promise<number> {
		let open = 0;
		let most = 0;
		let letGo = () => {};
		const until = new Promise<void>((resolve) => (letGo = resolve));
		const countAndLetGo = () => {
			open += 1;
			if (open === expected) setTimeout(() => ((most = open), letGo()), 300);
			return true;
		};
		vendor().faults.add({ kind: 'hold', until, match: countAndLetGo });
		await bench.run('syncroChat', { ...create, options }, { items: names(24) });
		return most;
	}

	test.each([
		[{}, 4],
		[{ requestsInParallel: 0 }, 4],
		[{ requestsInParallel: 1 }, 1],
		[{ requestsInParallel: 8 }, 8],
		[{ requestsInParallel: 16 }, 16],
	])('with the options %p at most %i are open at the same time', async (options, most) => {
		expect(await mostAtOnce(options, most)).toBe(most);
	});

	test('grow by themselves, to 32 and no further, while the vendor takes more at once', async () => {
		const QUICK = 280;
		let seen = 0;
		let held = 0;
		let letGo = () => {};
		const until = new Promise<void>((resolve) => (letGo = resolve));
		const isHeld = () => {
			held += 1;
			// Long enough for all that may be open at the same time.
			if (held === 1) setTimeout(() => letGo(), 1_000);
			return true;
		};
		vendor().faults.add({ kind: 'delay', ms: 100, match: () => (seen += 1) <= QUICK });
		vendor().faults.add({
			kind: 'hold',
			until: until.then(() => void (vendor().faults.clear(), (most = held))),
			match: isHeld,
		});
		let most = 0;

		const { items } = await bench.run('syncroChat', create, { items: names(QUICK + 40) });

		// How fast it grows is shown in virtual time; here the machine may be busy.
		expect(most).toBeGreaterThan(4);
		expect(most).toBeLessThanOrEqual(32);
		expect(items.map(({ json }) => json.subject)).toEqual(names(QUICK + 40).map(({ name }) => name));
	});
});
