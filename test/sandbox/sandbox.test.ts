import { problemsOf } from './answers';
import { callTo, keys, type Call } from './caller';
import { Limiter } from './limiter';
import { startSandbox, type RunningVendor, type Sandbox } from '.';

let sandbox: Sandbox;

beforeAll(async () => {
	sandbox = await startSandbox();
});
afterEach(() => sandbox.reset());
afterAll(async () => await sandbox.close());

const call = async (...request: Call) => await callTo(sandbox.vendors, ...request);

const task = { subject: 'Enviar proposta', type: 'email', due_date: '2026-07-01' };

describe('the sandbox refuses what the contract refuses', () => {
	test.each([
		['syncroChat', '/api/v1/account'],
		['wegly', '/integrations/external/chats/notifications/unread'],
		['woofedCrm', '/api/v1/accounts/1/contacts/search?query%5Bid_eq%5D=0'],
		['leadSquared', '/v2/Authentication.svc/UserByAccessKey.Get'],
	] as const)('%s: a wrong key is refused, the right one is taken', async (vendor, route) => {
		const wrong = await call(vendor, 'GET', route, undefined, {});
		const right = await call(vendor, 'GET', route);

		expect([wrong.status, right.status]).toEqual([401, 200]);
	});

	test.each<[string, keyof typeof keys, string, unknown, number, string]>([
		['a member nobody knows', 'syncroChat', '/api/v1/tasks', { ...task, colour: 'red' }, 422, 'colour'],
		['a missing member', 'syncroChat', '/api/v1/tasks', { subject: 'x' }, 422, 'type'],
		['a value beside the list', 'syncroChat', '/api/v1/tasks', { ...task, type: 'fax' }, 422, 'type'],
		['a number as text', 'syncroChat', '/api/v1/tasks', { ...task, lead_id: '123' }, 422, 'lead_id'],
		[
			'a title that is too long',
			'wegly',
			'/integrations/external/tasks',
			{
				crm_task_type_id: '3c90c3cc-0d44-4b50-8888-8dd25736052a',
				title: 'x'.repeat(101),
				start_date: '2026-07-01T00:00:00Z',
			},
			400,
			'title',
		],
		[
			'a message without a time',
			'woofedCrm',
			'/api/v1/accounts/1/deals/1/events',
			{ kind: 'evolution_api_message', content: 'x', app_type: 'Apps::EvolutionApi', app_id: 5 },
			422,
			'',
		],
		[
			'a date with T and Z',
			'leadSquared',
			'/v2/Task.svc/Create',
			{
				Name: 'x',
				RelatedEntity: 0,
				TaskType: { Name: 'Meeting' },
				OwnerEmailAddress: 'a@example.com',
				DueDate: '2026-07-01T00:00:00Z',
			},
			500,
			'DueDate',
		],
	])('%s', async (_name, vendor, route, body, status, field) => {
		const answer = await call(vendor, 'POST', route, body);

		expect(answer.status).toBe(status);
		expect(JSON.stringify(answer.body)).toContain(field);
		expect(sandbox.vendors[vendor].requests[0]).toMatchObject({
			applied: false,
			problems: expect.arrayContaining([expect.stringContaining(field)]),
		});
	});

	test('an unknown path is not found', async () => {
		expect((await call('syncroChat', 'GET', '/api/v1/nothing')).status).toBe(404);
	});
});

describe('the sandbox remembers', () => {
	test('a task that was created can be read, listed, changed, toggled and deleted', async () => {
		const created = (await call('syncroChat', 'POST', '/api/v1/tasks', { ...task, assigned_to: 12 })).body as {
			task: { id: number };
		};
		const route = `/api/v1/tasks/${created.task.id}`;

		const changed = await call('syncroChat', 'PUT', route, { status: 'completed' });
		const toggled = await call('syncroChat', 'PATCH', `${route}/toggle`);
		const listed = await call('syncroChat', 'GET', '/api/v1/tasks?status=pending&assigned_to=12');
		const removed = await call('syncroChat', 'DELETE', route);
		const gone = await call('syncroChat', 'GET', route);

		expect(changed.body).toMatchObject({ task: { status: 'completed', completed_at: expect.any(String) } });
		expect(toggled.body).toMatchObject({ task: { status: 'pending', completed_at: null } });
		expect(listed.body).toMatchObject({
			data: [{ id: created.task.id, assigned_user: { name: 'Ana' } }],
			meta: { has_more: false },
		});
		expect([removed.status, gone.status]).toEqual([200, 404]);
	});

	test('a chat with the same number is reused', async () => {
		const body = {
			whatsapp_phone_id: '0b28ee57-7a57-4407-a9c5-5cd4e5a5fd6c',
			wa_contact_id: '11999999999',
			template: { name: 'a', language: 'pt_BR' },
		};

		const [first, second] = [
			await call('wegly', 'POST', '/integrations/external/chats', body),
			await call('wegly', 'POST', '/integrations/external/chats', body),
		];

		expect((second.body as { id: string }).id).toBe((first.body as { id: string }).id);
	});
});

describe('the sandbox breaks on demand', () => {
	const vendor = (): RunningVendor => sandbox.vendors.syncroChat;
	const create = async () => await call('syncroChat', 'POST', '/api/v1/tasks', task);
	const outcome = () => vendor().requests.map(({ applied, status }) => ({ applied, status }));

	test.each([
		['reset', false],
		['lostAnswer', true],
		['halfAnswer', true],
	] as const)('%s: the connection breaks, and the request was carried out: %s', async (kind, applied) => {
		vendor().faults.add({ kind, times: 1 });

		await expect(create()).rejects.toThrow();

		expect(outcome()).toEqual([{ applied, status: undefined }]);
	});

	test('an answer of any status and body can be given in place of the real one', async () => {
		vendor().faults.add({ kind: 'answer', reply: { status: 503, body: '<html>Down</html>' }, times: 1 });

		const [first, second] = [await create(), await create()];

		expect([first.status, first.body, second.status]).toEqual([503, '<html>Down</html>', 201]);
		expect(outcome()[0].applied).toBe(false);
	});

	test('an answer can be given in place of the real one after the request was carried out', async () => {
		vendor().faults.add({ kind: 'answerAfter', reply: { status: 502, body: '<html>Bad gateway</html>' }, times: 1 });

		const answer = await create();

		expect([answer.status, answer.body]).toEqual([502, '<html>Bad gateway</html>']);
		expect(outcome()).toEqual([{ applied: true, status: 502 }]);
	});

	test('any text can be sent as it is, with headers of its own', async () => {
		const text = '\uFEFF{"id": 12345678901234567890, "a"';
		vendor().faults.add({ kind: 'rawAnswer', status: 299, headers: { 'x-odd': 'yes' }, text, times: 1 });

		const response = await fetch(`${vendor().url}/api/v1/tasks`, {
			method: 'POST',
			headers: { ...keys.syncroChat, 'content-type': 'application/json' },
			body: JSON.stringify(task),
		});

		expect(Buffer.from(await response.arrayBuffer()).toString()).toBe(text);
		expect([response.status, response.headers.get('content-type'), response.headers.get('x-odd')]).toEqual([
			299,
			'application/json',
			'yes',
		]);
		expect(outcome()).toEqual([{ applied: true, status: 299 }]);
	});

	test('an answer can go on without end, until the client hangs up', async () => {
		vendor().faults.add({ kind: 'endless', ms: 1, times: 1 });
		const stop = new AbortController();

		const response = await fetch(`${vendor().url}/api/v1/tasks`, {
			method: 'POST',
			headers: { ...keys.syncroChat, 'content-type': 'application/json' },
			body: JSON.stringify(task),
			signal: stop.signal,
		});
		const reader = response.body!.getReader();
		let bytes = 0;
		while (bytes < 1_000_000) bytes += (await reader.read()).value!.length;
		stop.abort();

		expect(response.status).toBe(200);
		expect(outcome()).toEqual([{ applied: true, status: 200 }]);
	});

	test('a vendor can want another protocol, and does not look at the request', async () => {
		vendor().faults.add({ kind: 'switchingProtocols', times: 1 });

		await expect(create()).rejects.toThrow();

		expect(outcome()).toEqual([{ applied: false, status: 101 }]);
	});

	test('JSON can be cut off', async () => {
		vendor().faults.add({ kind: 'brokenJson', times: 1 });

		await expect(create()).rejects.toThrow(SyntaxError);

		expect(outcome()[0].applied).toBe(true);
	});

	test('an answer can be late, and can come byte by byte', async () => {
		vendor().faults.add({ kind: 'delay', ms: 30, times: 1 });
		vendor().faults.add({ kind: 'drip', ms: 30, times: 1 });
		const start = Date.now();

		const answers = [await create(), await create()];

		expect(answers.map(({ status }) => status)).toEqual([201, 201]);
		expect(Date.now() - start).toBeGreaterThanOrEqual(50);
	});

	test('only matching requests are hit', async () => {
		vendor().faults.add({ kind: 'answer', reply: { status: 500, body: {} }, match: ({ method }) => method === 'GET' });

		expect((await create()).status).toBe(201);
	});

	test('requests beyond the limit are refused in the words of the vendor', async () => {
		vendor().setLimit({ requests: 1, windowMs: 60_000 });
		await create();

		const refused = await create();

		expect(refused).toMatchObject({ status: 429, body: { retry_after: expect.any(Number) } });
	});
});

describe('rate limits', () => {
	test('a sliding window counts the last window at any time', () => {
		const limiter = new Limiter({ requests: 2, windowMs: 1_000 });

		expect([0, 900, 1_050, 1_100, 1_950].map((now) => limiter.arrive(now))).toEqual([0, 0, 0, 800, 0]);
	});

	test('a fixed window starts anew at each mark', () => {
		const limiter = new Limiter({ requests: 2, windowMs: 1_000, kind: 'fixed' });

		expect([0, 900, 950, 1_000].map((now) => limiter.arrive(now))).toEqual([0, 0, 50, 0]);
	});
});

describe('answers are compared with the contract', () => {
	const answered = (body: unknown, status = 200) => problemsOf('syncroChat', 'getAccount', { status, body });

	test.each<[string, unknown, number, string]>([
		[
			'a value of another type',
			{ success: 'yes', account: { id: 1, name: 'x', plan: 'scale' } },
			200,
			'/success must be boolean',
		],
		[
			'a member that the contract does not know',
			{ success: true, account: { id: 1, name: 'x', plan: 'scale', colour: 'red' } },
			200,
			'colour',
		],
		['a status that is not documented', {}, 204, 'status 204 is not documented'],
	])('%s is a problem', (_name, body, status, words) => {
		expect(answered(body, status).join()).toContain(words);
	});
});
