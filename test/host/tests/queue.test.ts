import type { IDataObject } from 'n8n-workflow';
import type { WorkflowFile } from '../../engine/engine';
import { workflowOf } from '../../support/workflows';
import { example, withStoredCredentials } from '../fixture';
import { describeQueue, hasPostgres, openQueue, type Queue } from '../queue';
import { outputOf } from '../rest';

const testDeliveries = hasPostgres() ? test : test.skip;

describeQueue('in queue mode, with two workers and a process for webhooks', () => {
	let queue: Queue;
	beforeAll(async () => {
		queue = await openQueue({ withWebhooks: true });
	}, 900_000);
	afterEach(() => queue.fixture.sandbox.reset());
	afterAll(async () => await queue?.close());

	test('200 items at a limit are all carried out once, although each worker has a throttle of its own', async () => {
		const { host, sandbox } = queue.fixture;
		const { rest } = host;
		const vendor = sandbox.vendors.syncroChat;
		vendor.setLimit({ requests: 25, windowMs: 1_000 });
		const credential = await rest.createCredential(
			'syncroChatApi',
			{ ...sandbox.credentials.syncroChatApi, requestsPerWindow: 25, windowSeconds: 1 } as IDataObject,
			'limited',
		);
		const file = withStoredCredentials(
			workflowOf('syncroChat', {
				resource: 'task',
				operation: 'create',
				subject: '={{ $json.name }}',
				type: 'call',
				due_date: '2026-07-01',
			}),
			{ syncroChatApi: credential },
		);
		const batches = Array.from({ length: 8 }, (_, batch) =>
			Array.from({ length: 25 }, (_item, index) => ({ json: { name: `batch ${batch} item ${index}` } })),
		);
		const ids = await Promise.all(
			batches.map(async (items) => await rest.createWorkflow(file, { Trigger: items } as unknown as IDataObject)),
		);

		const executions = await Promise.all(ids.map(async (id) => await rest.run(id, 'Trigger')));

		const applied = vendor.requests
			.filter((request) => request.applied)
			.map(({ body }) => (body as IDataObject).subject);
		expect(executions.map(({ status }) => status)).toEqual(batches.map(() => 'success'));
		expect(executions.map((execution) => outputOf(execution, 'CRM').length)).toEqual(batches.map(() => 25));
		expect(applied).toHaveLength(200);
		expect(new Set(applied).size).toBe(200);
	});

	test('both workers took part', () => {
		const started = queue.workers.map((worker) => worker.started());

		expect(started.reduce((sum, count) => sum + count)).toBe(8);
		expect(started.every((count) => count > 0)).toBe(true);
	});

	testDeliveries('60 deliveries, ten of them sent twice, are all answered with 200 and run once each', async () => {
		const { host, sandbox, credentials } = queue.fixture;
		const vendor = sandbox.vendors.syncroChat;
		const id = await host.rest.createWorkflow(
			withStoredCredentials(example('triggers/syncro-chat-welcome-call.json'), credentials),
		);
		await host.rest.activate(id);
		const headers = { 'content-type': 'application/json', 'x-api-key': 'crm_sandbox_key' };
		const create = async (name: string) =>
			await fetch(`${vendor.url}/api/v1/leads`, {
				method: 'POST',
				headers,
				body: JSON.stringify({ name, pipeline_id: 1, stage_id: 10 }),
			});
		const names = Array.from({ length: 60 }, (_, index) => `Lead ${index}`);

		await Promise.all(names.map(create));
		vendor.sendAgain(0, 5);
		const atOnce = await vendor.delivered();
		vendor.sendAgain(5, 10);
		const later = await vendor.delivered();
		const executions = await host.rest.executions(id, 60);
		await host.rest.deactivate(id);

		const calls = vendor.requests
			.filter(({ method, path }) => method === 'POST' && path.endsWith('/tasks'))
			.map(({ body }) => (body as IDataObject).subject);
		expect([...atOnce, ...later]).toEqual(Array.from({ length: 70 }, () => 200));
		expect(executions.map(({ status }) => status)).toEqual(names.map(() => 'success'));
		expect(calls.sort()).toEqual(names.map((name) => `Ligar para ${name}`).sort());
	});

	testDeliveries.each([
		['process for webhooks', 'main process'],
		['main process', 'process for webhooks'],
	] as const)('what the %s has answered is known to the %s', async (first, second) => {
		const { host, credentials } = queue.fixture;
		const id = await host.rest.createWorkflow(
			withStoredCredentials(example('triggers/woofedcrm-answered-note.json'), credentials),
		);
		await host.rest.activate(id);
		const { nodes } = await host.rest.call<WorkflowFile>('GET', `/rest/workflows/${id}`);
		const { webhookId } = nodes.find(({ type }) => type.endsWith('Trigger'))!;
		const urls = { 'main process': host.url, 'process for webhooks': queue.webhookUrl };
		const body = JSON.stringify({
			event: 'event_created',
			data: { id: 1, deal_id: 1, kind: 'chatwoot_message', from_me: false, content: first },
		});
		const deliver = async (to: keyof typeof urls) =>
			(
				await fetch(`${urls[to]}/webhook/${webhookId}/webhook`, {
					method: 'POST',
					headers: { 'content-type': 'application/json' },
					body,
				})
			).status;

		const statuses = [await deliver(first), await deliver(second)];
		const executions = await host.rest.executions(id, 1);
		await host.rest.deactivate(id);

		expect(statuses).toEqual([200, 200]);
		expect(executions).toHaveLength(1);
	});
});
