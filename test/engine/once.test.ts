import type { IDataObject, INode } from 'n8n-workflow';
import { Bench, failureIn } from '../support/run';

const bench = new Bench();
const vendor = () => bench.sandbox.vendors.syncroChat;
const create = {
	resource: 'task',
	operation: 'create',
	subject: '={{ $json.name }}',
	type: 'call',
	due_date: '2026-07-01',
};
const names = (...all: string[]) => all.map((name) => ({ name }));
const applied = () =>
	vendor().requests.flatMap(({ body, applied: done }) => (done ? [(body as IDataObject).subject] : []));
const refuse = (name: string) =>
	vendor().faults.add({
		kind: 'answer',
		reply: { status: 422, body: { message: 'Not yet' } },
		times: 1,
		match: ({ body }) => (body as IDataObject).subject === name,
	});

/** Runs an execution, and n8n's Retry of it: a new execution, to which n8n hands over what the nodes of the first one kept. */
async function runAndRetry(parameters: IDataObject, items: IDataObject[], settings?: Partial<INode>) {
	const first = await bench.run('syncroChat', parameters, { items });
	const { contextData } = first.run.data.executionData!;
	return await bench.run('syncroChat', parameters, { items, settings, contextData });
}

test("n8n's Retry of an execution that failed sends the items that were not carried out, and marks the others", async () => {
	refuse('c');

	const { items, error, hints } = await runAndRetry(
		{ ...create, options: { requestsInParallel: 1 } },
		names('a', 'b', 'c', 'd'),
	);

	expect(error).toBeUndefined();
	expect(applied()).toEqual(['a', 'b', 'c', 'd']);
	expect(items.map(({ json, pairedItem }) => [json.alreadyCarriedOut ?? json.subject, pairedItem])).toEqual([
		[true, { item: 0 }],
		[true, { item: 1 }],
		['c', { item: 2 }],
		['d', { item: 3 }],
	]);
	expect(hints).toEqual(['2 items were carried out before, and not sent again.']);
});

test('an item whose answer was lost is not sent by the Retry, and keeps its error', async () => {
	vendor().faults.add({ kind: 'lostAnswer', times: 1, match: ({ body }) => (body as IDataObject).subject === 'a' });

	const { items } = await runAndRetry(create, names('a', 'b'), { onError: 'continueRegularOutput' });

	expect(applied()).toEqual(['a', 'b']);
	expect(failureIn(items[0])).toMatchObject({ mayHaveBeenApplied: true });
});

test('without Crash Safe the Retry sends all items', async () => {
	await runAndRetry({ ...create, options: { crashSafe: false } }, names('a'));

	expect(applied()).toEqual(['a', 'a']);
});

describe('Once Per', () => {
	const orders = (...numbers: string[]): IDataObject[] =>
		numbers.map((order, item) => ({ name: `item ${item}`, order }));
	const perOrder = { ...create, options: { oncePer: '={{ $json.order }}' } };

	test('holds in all executions of the node, and another value is another matter', async () => {
		await bench.run('syncroChat', perOrder, { items: orders('A 1', 'A 2') });

		const { items, error } = await bench.run('syncroChat', perOrder, { items: orders('A 2', 'A 3', 'A 3') });

		expect(error).toBeUndefined();
		expect(applied()).toEqual(['item 0', 'item 1', 'item 1']);
		expect(items.map(({ json }) => json.oncePer ?? json.subject)).toEqual(['A 2', 'item 1', 'A 3']);
		expect(items[0].json).toEqual({ alreadyCarriedOut: true, oncePer: 'A 2' });
	});

	test('means the same with blanks around it and characters that nobody sees', async () => {
		await bench.run('syncroChat', perOrder, { items: orders('C 1', ' C 1\n', 'C\u00a01\u200b') });

		expect(applied()).toEqual(['item 0']);
	});

	test('that is empty is refused before anything is sent', async () => {
		const { error } = await bench.run('syncroChat', perOrder, { items: orders('B 1', '') });

		expect(error?.message).toBe("'Once Per' is empty. Enter a value or remove the field [item 1]");
		expect(vendor().requests).toEqual([]);
	});

	test('counts for what goes in bulk, too', async () => {
		const lead = {
			resource: 'lead',
			operation: 'create',
			EmailAddress: '={{ $json.mail }}',
			options: { oncePer: '={{ $json.mail }}', sendInBulk: true },
		};
		const mails = (...all: string[]) => all.map((mail) => ({ mail }));
		await bench.run('leadSquared', lead, { items: mails('a@once.example', 'b@once.example') });

		const { items } = await bench.run('leadSquared', lead, {
			items: mails('b@once.example', 'c@once.example', 'd@once.example'),
		});

		expect(items.map(({ json }) => json.alreadyCarriedOut ?? false)).toEqual([true, false, false]);
		expect(
			bench.sandbox.vendors.leadSquared.requests.map(({ body }) => JSON.stringify(body).match(/[a-d]@once/g)),
		).toEqual([
			['a@once', 'b@once'],
			['c@once', 'd@once'],
		]);
	});
});
