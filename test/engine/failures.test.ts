import type { IDataObject, INode } from 'n8n-workflow';
import { Bench, failureIn } from '../support/run';

const bench = new Bench();
const createTask = {
	resource: 'task',
	operation: 'create',
	subject: '={{ $json.subject }}',
	type: 'email',
	due_date: '2026-07-01',
};
const getTask = { resource: 'task', operation: 'get', id: { __rl: true, mode: 'id', value: '45' } };
const subjects = (...names: string[]) => names.map((subject) => ({ subject, city: 'Recife' }));
const refuse = (subject: string, reply: { status: number; body: unknown }) =>
	bench.sandbox.vendors.syncroChat.faults.add({
		kind: 'answer',
		reply,
		match: ({ body }) => (body as IDataObject | undefined)?.subject === subject,
	});
const refusal = {
	status: 403,
	body: { message: 'API Key sem permissão para esta operação.', required_permission: 'tasks:write' },
};
const onError = (mode: INode['onError']) => ({ settings: { onError: mode } });

describe('in stop mode', () => {
	test('the error names the vendor, its words, its code and what to do', async () => {
		refuse('b', refusal);

		const { error } = await bench.run('syncroChat', createTask, { items: subjects('b') });

		expect(error).toMatchObject({
			name: 'NodeApiError',
			message: 'Syncro Chat refused the request: API Key sem permissão para esta operação.',
			description: expect.stringContaining(
				'The key lacks the permission tasks:write. In Syncro Chat open Settings > API Keys',
			),
			httpCode: '403',
			context: { itemIndex: 0, data: { code: 'tasks:write', httpCode: 403, response: refusal.body } },
		});
	});

	test('no new request starts after the first failure, and the error says which items were carried out', async () => {
		refuse('f2', refusal);
		const names = ['f0', 'f1', 'f2', ...Array.from({ length: 17 }, (_, index) => `later${index}`)];

		const { error, items } = await bench.run('syncroChat', createTask, { items: subjects(...names) });

		const sent = bench.sandbox.vendors.syncroChat.requests.filter(({ applied }) => applied).length;
		expect(items).toEqual([]);
		expect(error?.message).toMatch(/\[item 2\]$/);
		expect(error?.description).toContain(`Carried out: ${sent} of 20 items (0`);
		expect(bench.sent('syncroChat').length).toBeLessThanOrEqual(3 + 4);
	});
});

describe('in the continue modes', () => {
	test('every item has its own result, and a failed one has nothing but its failure', async () => {
		refuse('b', refusal);

		const { items } = await bench.run('syncroChat', createTask, {
			items: subjects('a', 'b', 'c'),
			...onError('continueRegularOutput'),
		});

		expect(items.map(({ pairedItem }) => pairedItem)).toEqual([{ item: 0 }, { item: 1 }, { item: 2 }]);
		expect(items[1].json).toEqual({
			error: {
				message: 'Syncro Chat refused the request: API Key sem permissão para esta operação.',
				description: expect.stringContaining('tasks:write'),
				httpCode: 403,
				code: 'tasks:write',
				hint: expect.stringContaining('tasks:write'),
				response: refusal.body,
			},
		});
		expect([items[0].json.subject, items[2].json.subject]).toEqual(['a', 'c']);
	});

	test('a failed item takes the error output, with the fields of its input item', async () => {
		refuse('b', refusal);

		const { items, errors } = await bench.run('syncroChat', createTask, {
			items: subjects('a', 'b', 'c'),
			...onError('continueErrorOutput'),
		});

		expect(items.map(({ json }) => json.subject)).toEqual(['a', 'c']);
		expect(errors).toEqual([
			{
				json: expect.objectContaining({
					subject: 'b',
					city: 'Recife',
					error: expect.objectContaining({ code: 'tasks:write' }),
				}),
				pairedItem: { item: 1 },
			},
		]);
	});

	test('wrong input fails its own item only', async () => {
		const { items, errors } = await bench.run('syncroChat', createTask, {
			items: subjects('a', '', 'c'),
			...onError('continueErrorOutput'),
		});

		expect(items.map(({ json }) => json.subject)).toEqual(['a', 'c']);
		expect(failureIn(errors[0]).message).toBe("'Subject' is required but empty [item 1]");
	});
});

describe('what was not a refusal', () => {
	const faults = () => bench.sandbox.vendors.syncroChat.faults;

	test.each(['lostAnswer', 'reset', 'halfAnswer', 'brokenJson'] as const)(
		'%s: a write is not sent again, and the error says that it may have been carried out',
		async (kind) => {
			faults().add({ kind });

			const { items } = await bench.run('syncroChat', createTask, {
				items: subjects('a'),
				...onError('continueRegularOutput'),
			});

			expect(bench.sent('syncroChat')).toHaveLength(1);
			expect(failureIn(items[0]).message).toContain(
				'may have been carried out: look in Syncro Chat before running it again',
			);
			expect(failureIn(items[0]).mayHaveBeenApplied).toBe(true);
		},
	);

	test('a redirect is not followed, so that the key stays with its host', async () => {
		faults().add({
			kind: 'answer',
			reply: { status: 302, headers: { location: 'https://elsewhere.example/login' }, body: '' },
		});

		const { error } = await bench.run('syncroChat', createTask, { items: subjects('a') });

		expect(error?.message).toBe(
			'Syncro Chat responded with a redirect to https://elsewhere.example/login. The request may have been carried out: look in Syncro Chat before running it again',
		);
		expect(bench.sent('syncroChat')).toHaveLength(1);
	});

	test('an HTML page in place of an answer points to the base URL', async () => {
		faults().add({ kind: 'answer', reply: { status: 200, body: '<!doctype html><title>Login</title>' } });

		const { error } = await bench.run('syncroChat', { ...createTask, subject: 'a' });

		expect(error?.message).toContain('an HTML page (status 200)');
		expect(error?.description).toContain('is the address of the API');
	});

	test('a host that is not there is named', async () => {
		const { error } = await bench.run('syncroChat', getTask, { credential: { baseUrl: 'ftp://127.0.0.1/' } });

		expect(error?.message).toContain("'Base URL' of the credential must start with https://");
	});
});

test('secrets are in no error, output or stored run, even when the vendor repeats them', async () => {
	const echo = {
		status: 400,
		body: { message: 'Unknown key crm_sandbox_key', request: { headers: { 'X-API-Key': 'crm_sandbox_key' } } },
	};
	refuse('a', echo);

	const stopped = await bench.run('syncroChat', createTask, { items: subjects('a') });
	const continued = await bench.run('syncroChat', createTask, {
		items: subjects('a'),
		...onError('continueErrorOutput'),
	});

	expect(stopped.error?.message).toContain('[secret removed]');
	expect(JSON.stringify([stopped.run, continued.run])).not.toContain('crm_sandbox_key');
});
