import { Bench, failureIn } from '../support/run';
import { byId, createTask, weglyTask } from './forms';

const bench = new Bench();
const retried = {
	settings: { onError: 'continueRegularOutput' as const, retryOnFail: true, maxTries: 3, waitBetweenTries: 1 },
};

test('a product that was added to a deal, with an answer of null, is not added again', async () => {
	bench.sandbox.vendors.woofedCrm.faults.add({ kind: 'rawAnswer', status: 201, text: 'null' });

	const { items } = await bench.run(
		'woofedCrm',
		{
			resource: 'dealProduct',
			operation: 'create',
			deal_id: byId(7),
			product_id: byId(2),
			additionalFields: { unit_amount_in_cents: 100 },
		},
		retried,
	);

	expect(bench.sandbox.vendors.woofedCrm.requests).toHaveLength(1);
	expect(failureIn(items[0]).mayHaveBeenApplied).toBe(true);
});

test('a task whose warning is no text is a success, with a hint that shows it', async () => {
	bench.sandbox.vendors.wegly.faults.add({
		kind: 'rawAnswer',
		status: 201,
		text: '{"id":"1","sync_warning":{"toString":1}}',
	});

	const { items, hints } = await bench.run('wegly', weglyTask, retried);

	expect(bench.sandbox.vendors.wegly.requests).toHaveLength(1);
	expect(items[0].json.error).toBeUndefined();
	expect(hints).toEqual([
		'The task was created, but its meeting or calendar event has a problem: {"toString":1} [item 0]',
	]);
});

test.each([301, 302, 303, 307, 308])(
	'a redirect with %i after a write may hide that it was carried out: it is not sent again',
	async (status) => {
		bench.sandbox.vendors.syncroChat.faults.add({
			kind: 'answerAfter',
			reply: { status, body: '', headers: { location: 'https://elsewhere.example/' } },
		});

		const { items } = await bench.run('syncroChat', createTask, retried);

		expect(bench.sandbox.vendors.syncroChat.requests).toHaveLength(1);
		expect(failureIn(items[0]).mayHaveBeenApplied).toBe(true);
	},
);

test('a credential that is changed while a node runs does not send its new key to the old address', async () => {
	const { syncroChat } = bench.sandbox.vendors;
	const credential = bench.sandbox.credentials.syncroChatApi;
	const before = { ...credential };
	syncroChat.faults.add({
		kind: 'delay',
		ms: 0,
		match: () =>
			Boolean(Object.assign(credential, { apiKey: 'crm_key_of_somebody_else', baseUrl: 'https://elsewhere.example' })),
	});

	const { items } = await bench.run(
		'syncroChat',
		{ ...createTask, options: { requestsInParallel: 1 } },
		{ items: [{}, {}, {}] },
	);
	Object.assign(credential, before);

	expect(items).toHaveLength(3);
	expect(syncroChat.requests.map(({ headers }) => headers['x-api-key'])).toEqual(
		Array.from({ length: 3 }, () => before.apiKey),
	);
});
