import type { IDataObject } from 'n8n-workflow';
import { randomUUID } from 'node:crypto';
import { connect } from 'node:net';
import type { WorkflowFile } from '../../engine/engine';
import { example, openFixture, withStoredCredentials, type Fixture } from '../fixture';
import { startHost } from '../host';
import { stop } from '../processes';
import { installHost } from '../installation';

let fixture: Fixture;
beforeAll(async () => {
	fixture = await openFixture();
}, 900_000);
afterEach(() => fixture.sandbox.reset());
afterAll(async () => await fixture?.close());

const rest = () => fixture.host.rest;
const syncro = () => fixture.sandbox.vendors.syncroChat;

const inSyncro = async (method: string, route: string, body?: object) => {
	const headers = { 'content-type': 'application/json', 'x-api-key': 'crm_sandbox_key' };
	return (await (
		await fetch(`${syncro().url}/api/v1${route}`, { method, headers, body: body && JSON.stringify(body) })
	).json()) as IDataObject;
};
const subscriptions = async () =>
	((await inSyncro('GET', '/webhooks')).data as IDataObject[])
		.filter(({ source }) => source === 'n8n')
		.map(({ target_url }) => target_url);
const winLead = async () => await inSyncro('PUT', '/leads/123/won', { stage_id: 10 });

test('Syncro Chat: activated it is subscribed, a lead that is won runs the workflow, deactivated the subscription is gone', async () => {
	const id = await rest().createWorkflow(
		withStoredCredentials(example('triggers/syncro-chat-won-lead-task.json'), fixture.credentials),
	);
	await rest().activate(id);
	const during = await subscriptions();

	await winLead();
	const statuses = await syncro().delivered();
	const [execution] = await rest().executions(id, 1);
	await rest().deactivate(id);

	expect(during).toEqual([expect.stringMatching(new RegExp(`^${fixture.host.url}/webhook/[\\da-f-]+/webhook$`))]);
	expect(statuses).toEqual([200]);
	expect(execution).toMatchObject({ status: 'success', mode: 'webhook' });
	expect(
		syncro().requests.find(({ method, path: route }) => method === 'POST' && route.endsWith('/tasks'))?.body,
	).toMatchObject({
		subject: 'Onboarding de João Silva',
		lead_id: 123,
	});
	expect(await subscriptions()).toEqual([]);
}, 120_000);

test("an activation that the CRM refuses fails with the CRM's words", async () => {
	const id = await rest().createWorkflow(
		withStoredCredentials(example('triggers/syncro-chat-won-lead-task.json'), fixture.credentials),
	);
	syncro().faults.add({
		kind: 'answer',
		reply: { status: 403, body: { message: 'API Key sem permissão.', required_permission: 'webhooks:read' } },
	});

	await expect(rest().activate(id)).rejects.toThrow('API Key sem permissão.');
}, 120_000);

test('a forged delivery gets 401, a broken one 4xx, and neither runs anything', async () => {
	const id = await rest().createWorkflow(
		withStoredCredentials(example('triggers/syncro-chat-won-lead-task.json'), fixture.credentials),
	);
	await rest().activate(id);
	const [url] = await subscriptions();
	const post = async (body: string) =>
		(
			await fetch(String(url), {
				method: 'POST',
				headers: { 'content-type': 'application/json', 'x-syncro-signature': 'f'.repeat(64) },
				body,
			})
		).status;

	expect([await post('{"event":"lead.won"}'), await post('{'), await post(' '.repeat(1024 * 1024 + 1) + '{}')]).toEqual(
		[401, 422, 413],
	);
	expect(await rest().executions(id, 0)).toEqual([]);
	await rest().deactivate(id);
}, 120_000);

test('WoofedCRM polls when it is activated, and remembers only', async () => {
	const node = {
		id: '1',
		name: 'Trigger',
		type: 'n8n-nodes-crm-pack.woofedCrmPollingTrigger',
		typeVersion: 1,
		position: [0, 0] as [number, number],
	};
	const parameters = { events: ['contact_created'], pollTimes: { item: [{ mode: 'everyHour' }] } };
	const end = {
		id: '2',
		name: 'End',
		type: 'n8n-nodes-base.noOp',
		typeVersion: 1,
		position: [200, 0] as [number, number],
		parameters: {},
	};
	const workflow = {
		nodes: [{ ...node, parameters }, end],
		connections: { Trigger: { main: [[{ node: 'End', type: 'main', index: 0 }]] } },
	} as WorkflowFile;
	const id = await rest().createWorkflow(withStoredCredentials(workflow, fixture.credentials));

	await rest().activate(id);
	await rest().deactivate(id);

	expect(fixture.sandbox.vendors.woofedCrm.requests.length).toBeGreaterThan(0);
	expect(await rest().executions(id, 0)).toEqual([]);
}, 120_000);

const SECRET = 'a+secret of the webhook';

/** A workflow of a WoofedCRM Trigger whose credential holds a webhook secret. */
async function woofedWorkflow(): Promise<{ id: string; webhookId: string }> {
	const data = { ...(fixture.sandbox.credentials.woofedCrmApi as IDataObject), webhookSecret: SECRET };
	const credential = await rest().createCredential('woofedCrmApi', data, 'with a webhook secret');
	const webhookId = randomUUID();
	const node = {
		id: '1',
		name: 'Trigger',
		type: 'n8n-nodes-crm-pack.woofedCrmTrigger',
		typeVersion: 1,
		position: [0, 0] as [number, number],
		webhookId,
	};
	const end = {
		id: '2',
		name: 'End',
		type: 'n8n-nodes-base.noOp',
		typeVersion: 1,
		position: [200, 0] as [number, number],
		parameters: {},
	};
	const id = await rest().createWorkflow({
		nodes: [{ ...node, parameters: { events: ['*'] }, credentials: { woofedCrmApi: credential } }, end],
		connections: { Trigger: { main: [[{ node: 'End', type: 'main', index: 0 }]] } },
	} as WorkflowFile);
	return { id, webhookId };
}
const addressOf = (webhookId: string, endpoint = 'webhook') => `${fixture.host.url}/${endpoint}/${webhookId}/webhook`;
const postJson = async (url: string, body: string) =>
	(await fetch(url, { method: 'POST', headers: { 'content-type': 'application/json' }, body })).status;

test('WoofedCRM saves a webhook with the address of a published trigger, keeps it through its daily check, and no check runs anything', async () => {
	const { id, webhookId } = await woofedWorkflow();
	const woofed = fixture.sandbox.vendors.woofedCrm;
	const [right, wrong] = [
		`${addressOf(webhookId)}?secret=${SECRET.replaceAll(' ', '%20')}`,
		`${addressOf(webhookId)}?secret=wrong`,
	];
	const save = async (url: string) => await postJson(`${woofed.url}/_webhooks`, JSON.stringify({ url }));
	const active = async () =>
		((await (await fetch(`${woofed.url}/_webhooks`)).json()) as Array<{ url: string; active: boolean }>).filter(
			(one) => one.active,
		);

	const tooEarly = await save(right);
	await rest().activate(id);
	const saved = [await save(right), await save(wrong)];
	await woofed.verifyWebhooks();
	const kept = await active();
	const executions = await rest().executions(id, 0);
	const delivered = await postJson(right, JSON.stringify({ event: 'deal_created', data: { id: 1 } }));
	const [execution] = await rest().executions(id, 1);
	await rest().deactivate(id);
	await woofed.verifyWebhooks();

	expect([tooEarly, ...saved]).toEqual([422, 201, 422]);
	expect(kept).toEqual([{ id: 1, url: right, active: true }]);
	expect(executions).toEqual([]);
	expect(delivered).toBe(200);
	expect(execution).toMatchObject({ status: 'success', mode: 'webhook' });
	expect(await active()).toEqual([]);
}, 120_000);

test('LeadSquared checks its webhooks with an empty body while they are made, and gets the response that it recommends', async () => {
	const node = {
		id: '1',
		name: 'Trigger',
		type: 'n8n-nodes-crm-pack.leadSquaredTrigger',
		typeVersion: 1,
		position: [0, 0] as [number, number],
	};
	const workflow = {
		nodes: [{ ...node, webhookId: randomUUID(), parameters: { events: ['Task_Create', 'Lead_Post_Create'] } }],
		connections: {},
	} as unknown as WorkflowFile;
	const id = await rest().createWorkflow(withStoredCredentials(workflow, fixture.credentials));
	const lead = fixture.sandbox.vendors.leadSquared;

	await rest().activate(id);
	const checks = await lead.delivered();
	const created = lead.requests.find(({ path }) => path.endsWith('/Webhook.svc/Create'))!.body as {
		URL: string;
		CustomHeaders: Array<{ Key: string; Value: string }>;
	};
	const headers = Object.fromEntries(created.CustomHeaders.map(({ Key, Value }) => [Key, Value]));
	const response = await fetch(created.URL, {
		method: 'POST',
		headers: { 'content-type': 'application/json', ...headers },
		body: '{"UserTaskId":"1"}',
	});
	const executions = await rest().executions(id, 1);
	await rest().deactivate(id);

	// A HEAD and an empty POST for each webhook.
	expect(checks).toEqual([200, 200, 200, 200]);
	expect(await response.json()).toEqual({ Status: 'Success', StatusReason: '' });
	expect(executions).toHaveLength(1);
}, 120_000);

test('while n8n listens for a test, an empty body gets 200 and the test goes on listening', async () => {
	const { id, webhookId } = await woofedWorkflow();
	const workflowData = await rest().call<IDataObject>('GET', `/rest/workflows/${id}`);
	await rest().call('POST', `/rest/workflows/${id}/run`, { workflowData, triggerToStartFrom: { name: 'Trigger' } });
	const url = `${addressOf(webhookId, 'webhook-test')}?secret=${encodeURIComponent(SECRET)}`;

	const statuses = [
		await postJson(url, ''),
		await postJson(url, ''),
		await postJson(url, '{"event":"deal_created","data":{"id":1}}'),
	];
	const executions = await rest().executions(id, 1);

	expect(statuses).toEqual([200, 200, 200]);
	expect(executions).toMatchObject([{ mode: 'manual' }]);
}, 120_000);

test('deliveries whose sender gives up, at any moment, run once each, and every repeat is answered', async () => {
	const { id, webhookId } = await woofedWorkflow();
	await rest().activate(id);
	const url = `${addressOf(webhookId)}?secret=${encodeURIComponent(SECRET)}`;
	const bodies = Array.from({ length: 36 }, (_, index) =>
		JSON.stringify({ event: 'deal_updated', data: { id: index } }),
	);

	for (const [index, body] of bodies.entries()) {
		await sendAndLeave(url, body, index * 10);
	}
	const repeats: unknown[] = [];
	for (const body of [...bodies, ...bodies]) repeats.push(await Promise.race([postJson(url, body), late(9_000)]));
	const executions = await rest().executions(id, bodies.length);
	await rest().deactivate(id);

	expect(new Set(repeats)).toEqual(new Set([200]));
	expect(executions).toHaveLength(bodies.length);
}, 120_000);

const late = async (ms: number) => await new Promise<string>((resolve) => setTimeout(resolve, ms, 'no answer'));

/** Sends a delivery in whole, and closes the connection a few milliseconds later. */
async function sendAndLeave(address: string, body: string, afterMs: number): Promise<void> {
	const { host, port, pathname, search } = new URL(address);
	const socket = connect(Number(port), '127.0.0.1');
	const closed = new Promise((resolve) => socket.once('close', resolve));
	socket.on('error', () => undefined);
	const head = `POST ${pathname}${search} HTTP/1.1\r\nhost: ${host}\r\ncontent-type: application/json\r\ncontent-length: ${Buffer.byteLength(body)}\r\n\r\n`;
	socket.write(head + body);
	await new Promise((resolve) => setTimeout(resolve, afterMs));
	socket.destroy();
	await closed;
}

test('what was answered with 200 is known after kill -9, and is not run again when it is sent again', async () => {
	const id = await rest().createWorkflow(
		withStoredCredentials(example('triggers/woofedcrm-answered-note.json'), fixture.credentials),
	);
	await rest().activate(id);
	const { nodes } = await rest().call<WorkflowFile>('GET', `/rest/workflows/${id}`);
	const { webhookId } = nodes.find(({ type }) => type.endsWith('Trigger'))!;
	const delivery = JSON.stringify({
		event: 'event_created',
		data: { id: 1, deal_id: 1, kind: 'chatwoot_message', from_me: false, content: 'Oi' },
	});
	const deliver = async () =>
		(
			await fetch(`${fixture.host.url}/webhook/${webhookId}/webhook`, {
				method: 'POST',
				headers: { 'content-type': 'application/json' },
				body: delivery,
			})
		).status;

	const answered = await deliver();
	const { host } = fixture;
	const died = new Promise((resolve) => host.process.once('exit', resolve));
	host.process.kill('SIGKILL');
	await died;
	const port = Number(new URL(host.url).port);
	const restarted = await startHost({
		installation: installHost(),
		port,
		withPack: false,
		userFolder: host.userFolder,
	});
	try {
		const again = await deliver();

		expect([answered, again]).toEqual([200, 200]);
		expect(await restarted.rest.executions(id, 1)).toHaveLength(1);
	} finally {
		await stop(restarted.process);
	}
}, 300_000);
