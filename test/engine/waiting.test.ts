import type { IDataObject } from 'n8n-workflow';
import { quickTime } from '../support/quickTime';
import { Bench, failureIn } from '../support/run';
import { createTask } from './forms';

const bench = new Bench();
const vendor = () => bench.sandbox.vendors.syncroChat;
const goOn = { settings: { onError: 'continueRegularOutput' as const } };
const items = (count: number) => Array.from({ length: count }, (_, index) => ({ name: `item ${index}` }));
const create = { ...createTask, subject: '={{ $json.name }}' };

test('a pause in the past, as a clock that runs ahead gives it, is no wait at all', async () => {
	vendor().faults.add({ kind: 'answer', times: 1, reply: { status: 429, body: { retry_after: -3_600 } } });

	const { error } = await bench.run('syncroChat', { ...create, options: { maxWait: 1 } }, { items: items(1) });

	expect(error).toBeUndefined();
	expect(vendor().requests).toHaveLength(2);
});

describe('a vendor that is limiting requests', () => {
	quickTime(10);

	test('fails no item although it says so more often than there are tries', async () => {
		vendor().faults.add({ kind: 'answer', times: 12, reply: { status: 429, body: { retry_after: 0.001 } } });

		const { error, items: output } = await bench.run(
			'syncroChat',
			{ ...create, options: { maxTries: 1 } },
			{ items: items(8), credential: { windowSeconds: 0.01 } },
		);

		expect(error).toBeUndefined();
		expect(output.map(({ json }) => json.subject)).toEqual(items(8).map(({ name }) => name));
	});
});

test("a pause that is longer than 'Max Wait' fails the items that wait for it, unsent, and names both times", async () => {
	vendor().faults.add({ kind: 'answer', reply: { status: 429, body: { retry_after: 600 } } });
	// Another name of the same address, and so a throttle of its own: this test leaves it paused.
	const credential = { baseUrl: vendor().url.replace('127.0.0.1', 'localhost') };

	const { items: output } = await bench.run(
		'syncroChat',
		{ ...create, options: { maxWait: 2, requestsInParallel: 1 } },
		{ items: items(20), credential, ...goOn },
	);

	expect(vendor().requests).toHaveLength(1);
	expect(failureIn(output[0]).message).toContain('is limiting requests');
	expect(failureIn(output[19])).toMatchObject({
		message: expect.stringMatching(/^Syncro Chat is limiting requests for another \d+ s, but 'Max Wait' is 2 s$/),
		description: expect.stringContaining('This request was not sent'),
	});
	expect(failureIn(output[19])).not.toHaveProperty('mayHaveBeenApplied');
});

test('in stop mode, with a window of no length, nothing is sent after the first failure', async () => {
	vendor().faults.add({
		kind: 'answer',
		reply: { status: 422, body: { message: 'No' } },
		match: ({ body }) => (body as IDataObject).subject === 'item 0',
	});

	await bench.run(
		'syncroChat',
		{ ...create, options: { requestsInParallel: 8 } },
		{ items: items(40), credential: { requestsPerWindow: 1, windowSeconds: 0 } },
	);

	expect(vendor().requests).toHaveLength(1);
});

test('the check of all items before the first is sent lets other work of n8n have its turn', async () => {
	let turns = 0;
	let counting = true;
	const count = () => {
		turns += 1;
		if (counting) setImmediate(count);
	};
	setImmediate(count);

	const { error } = await bench.run('syncroChat', create, { items: [...items(2_000), { name: '' }] });
	counting = false;

	expect(error?.message).toContain("'Subject' is required but empty [item 2000]");
	expect(vendor().requests).toEqual([]);
	expect(turns).toBeGreaterThan(50);
});
