import type { IDataObject } from 'n8n-workflow';
import { Bench, failureIn } from '../support/run';
import { appointment, createTask } from './forms';

const bench = new Bench();
const goOn = { settings: { onError: 'continueRegularOutput' as const } };
const list = { resource: 'task', operation: 'getAll' };
const contact = { resource: 'contact', operation: 'get', id: { __rl: true, mode: 'id', value: '1' } };
const perItem = '={{ $json.value }}';

/** What each of some values of one parameter leads to, in one run with an item for each value. */
async function outcomes(parameters: IDataObject, values: unknown[]): Promise<Array<string | undefined>> {
	const { items } = await bench.run('syncroChat', parameters, {
		items: values.map((value) => ({ value }) as IDataObject),
		...goOn,
	});
	return values.map(
		(_, item) => failureIn(items.find(({ pairedItem }) => (pairedItem as { item: number }).item === item)).message,
	);
}

describe('Limit, Return All and Simplify are checked like fields', () => {
	test.each([-1, 0, 'ten', 1.5, '2.0', true, { a: 1 }, [3, 4]])(
		'a limit of %j is refused, and nothing is asked for',
		async (value) => {
			const [message] = await outcomes({ ...list, limit: perItem }, [value]);

			expect(message).toMatch(/^'Limit' must be a whole number of at least 1, but is .* \[item 0\]$/);
			expect(bench.sent('syncroChat')).toEqual([]);
		},
	);

	test('an empty limit is refused, because it would be any number', async () => {
		expect(await outcomes({ ...list, limit: perItem }, [''])).toEqual(["'Limit' is required but empty [item 0]"]);
		expect(bench.sent('syncroChat')).toEqual([]);
	});

	test.each(['abc', 1.5, 2, 'no', {}, []])('%j is neither yes nor no for Return All', async (value) => {
		const [message] = await outcomes({ ...list, returnAll: perItem }, [value]);

		expect(message).toMatch(/^'Return All' (must be true or false, but is|must be true or false, but is empty)/);
		expect(bench.sent('syncroChat')).toEqual([]);
	});

	test('"false" as text does not return all, and "true" does', async () => {
		const tasks = Array.from({ length: 3 }, (_, index) => ({ value: `Task ${index}` }));
		await bench.run('syncroChat', { ...createTask, subject: perItem }, { items: tasks });

		const { items } = await bench.run(
			'syncroChat',
			{ ...list, returnAll: perItem, limit: 1 },
			{ items: [{ value: 'false' }, { value: 'TRUE' }] },
		);

		const counts = [0, 1].map(
			(item) => items.filter(({ pairedItem }) => (pairedItem as { item: number }).item === item).length,
		);
		expect(counts[0]).toBe(1);
		expect(counts[1]).toBeGreaterThanOrEqual(3);
	});

	test('each item has its own limit', async () => {
		const { items } = await bench.run(
			'syncroChat',
			{ resource: 'lead', operation: 'getAll', limit: perItem },
			{ items: [{ value: 2 }, { value: '3' }] },
		);

		expect(items.map(({ pairedItem }) => (pairedItem as { item: number }).item)).toEqual([0, 0, 1, 1, 1]);
	});

	test('"no" is neither yes nor no for Simplify', async () => {
		expect(await outcomes({ ...list, simplify: perItem }, ['no'])).toEqual([
			`'Simplify' must be true or false, but is "no" [item 0]`,
		]);
	});
});

describe('options', () => {
	test.each<[string, string, unknown, string]>([
		['maxTries', 'Max Tries', 0, 'a whole number from 1 to 20'],
		['maxTries', 'Max Tries', 'many', 'a whole number from 1 to 20'],
		['maxWait', 'Max Wait (Seconds)', 3601, 'a whole number from 1 to 3600'],
		['timeout', 'Timeout (Seconds)', 1.5, 'a whole number from 1 to 3600'],
		['timeout', 'Timeout (Seconds)', { seconds: 5 }, 'a whole number from 1 to 3600'],
		['requestsInParallel', 'Requests in Parallel', 99, 'a whole number from 0 to 32'],
	])('%s: %s does not take %j', async (name, label, value, takes) => {
		const { items } = await bench.run('syncroChat', { ...createTask, options: { [name]: value } }, goOn);

		expect(failureIn(items[0]).message).toContain(`'${label}' must be ${takes}, but is `);
		expect(bench.sent('syncroChat')).toEqual([]);
	});

	test('an option that was added and comes empty is refused, because its default is not what was meant', async () => {
		const { items } = await bench.run(
			'syncroChat',
			{ ...createTask, options: { timeout: '={{ $json.nothing }}' } },
			goOn,
		);

		expect(failureIn(items[0]).message).toBe(
			"'Timeout (Seconds)' is empty. Enter a value or remove the field [item 0]",
		);
	});

	test('each item has its own: the tries of one do not count for another', async () => {
		bench.sandbox.vendors.syncroChat.faults.add({ kind: 'answer', reply: { status: 500, body: {} } });
		jest.spyOn(Math, 'random').mockReturnValue(0);

		const { items } = await bench.run(
			'syncroChat',
			{ ...list, options: { maxTries: perItem } },
			{ items: [{ value: 1 }, { value: 3 }], ...goOn },
		);

		expect(items.map((item) => failureIn(item).message)).toEqual([
			'Syncro Chat returned a server error: status 500',
			'Syncro Chat returned a server error: status 500 (3 tries)',
		]);
	});

	test('how many requests are in parallel is one number for a run: an item that says another is refused', async () => {
		const { items } = await bench.run(
			'syncroChat',
			{ ...createTask, options: { requestsInParallel: perItem } },
			{ items: [{ value: 2 }, { value: 2 }, { value: 3 }], ...goOn },
		);

		expect(items.map((item) => failureIn(item).message)).toEqual([
			undefined,
			undefined,
			"'Requests in Parallel' must be the same for all items, but is 2 for the first item and 3 for this one [item 2]",
		]);
	});

	test('in stop mode a wrong option of a later item stops the run before the first is sent', async () => {
		const { error } = await bench.run(
			'syncroChat',
			{ ...createTask, options: { timeout: perItem } },
			{ items: [{ value: 5 }, { value: 0 }] },
		);

		expect(error?.message).toContain("'Timeout (Seconds)' must be a whole number from 1 to 3600, but is 0 [item 1]");
		expect(bench.sent('syncroChat')).toEqual([]);
	});
});

describe("WoofedCRM's Account ID", () => {
	const paths = () => bench.sent('woofedCrm').map(({ path }) => path);

	test('goes to the account of each item, so that the data of two tenants is not mixed', async () => {
		await bench.run(
			'woofedCrm',
			{ ...contact, options: { accountId: perItem } },
			{ items: [{ value: 1 }, { value: '2' }], ...goOn },
		);

		expect(paths()).toEqual(['/api/v1/accounts/1/contacts/1', '/api/v1/accounts/2/contacts/1']);
	});

	test.each(['../2', 'abc', 0, -1, 1.5, '1e3', ''])(
		'%j is refused as an option, and nothing is sent',
		async (value) => {
			const { items } = await bench.run(
				'woofedCrm',
				{ ...contact, options: { accountId: perItem } },
				{ items: [{ value }], ...goOn },
			);

			expect(failureIn(items[0]).message).toMatch(
				/^'Account ID' (must be a whole number of at least 1|is empty. Enter a value or remove the field)/,
			);
			expect(paths()).toEqual([]);
		},
	);

	test.each(['../2', 'abc', 0, -1, 1.5])('%j is refused in the credential, and nothing is sent', async (accountId) => {
		const { items } = await bench.run('woofedCrm', contact, { credential: { accountId }, ...goOn });

		expect(failureIn(items[0]).message).toMatch(
			/^'Account ID' of the credential must be a positive whole number, but is /,
		);
		expect(paths()).toEqual([]);
	});
});

describe('objects where a text belongs are refused with the label', () => {
	const lead = {
		resource: 'lead',
		operation: 'create',
		name: 'Ana',
		pipeline_id: { __rl: true, mode: 'id', value: '1' },
		stage_id: { __rl: true, mode: 'id', value: '1' },
	};
	const weglyTask = {
		resource: 'task',
		operation: 'create',
		crm_task_type_id: '3c90c3cc-0d44-4b50-8888-8dd25736052a',
		title: 'Demo',
		start_date: '2026-07-01',
	};

	test('tags of a Syncro Chat lead', async () => {
		const { error } = await bench.run('syncroChat', { ...lead, additionalFields: { tags: '={{ ({ vip: true }) }}' } });

		expect(error?.message).toBe(
			`'Tags' must be a list or comma-separated text, where each value is text, but is {"vip":true} [item 0]`,
		);
	});

	test('an object inside a list of tags', async () => {
		const { error } = await bench.run('syncroChat', {
			...lead,
			additionalFields: { tags: '={{ ["vip", { a: 1 }] }}' },
		});

		expect(error?.message).toContain("'Tags' (row 2) must be a list");
	});

	test('mentions of a Wegly task', async () => {
		const { error } = await bench.run('wegly', { ...weglyTask, additionalFields: { mentions: '={{ ({ id: 1 }) }}' } });

		expect(error?.message).toContain("'User IDs to Mention' must be a list");
	});

	test('names of files', async () => {
		const { error } = await bench.run('wegly', {
			resource: 'file',
			operation: 'upload',
			files: '={{ ({ data: 1 }) }}',
			crm_deal_id: '3c90c3cc-0d44-4b50-8888-8dd25736052a',
		});

		expect(error?.message).toContain("'Input Binary Field' must be a comma-separated list of binary field names");
	});
});

test('a value inside a value of LeadSquared custom fields is refused before it is sent', async () => {
	const { error } = await bench.run('leadSquared', {
		...appointment,
		additionalFields: { CustomFields: '={{ ({ mx_Custom_1: ["Room 2"] }) }}' },
	});

	expect(error?.message).toContain(
		'\'Custom Fields (JSON)\' must be a JSON object like {"key": "value"}, whose values are text, numbers, true or false',
	);
	expect(bench.sent('leadSquared')).toEqual([]);
});
