import type { IDataObject } from 'n8n-workflow';
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
	return (await (await fetch(`${syncro().url}/api/v1${route}`, { method, headers, body: body && JSON.stringify(body) })).json()) as IDataObject;
};
const subscriptions = async () =>
	((await inSyncro('GET', '/webhooks')).data as IDataObject[]).filter(({ source }) => source === 'n8n').map(({ target_url }) => target_url);
const winLead = async () => await inSyncro('PUT', '/leads/123/won', { stage_id: 10 });

test('Syncro Chat: activated it is subscribed, a lead that is won runs the workflow, deactivated the subscription is gone', async () => {
	const id = await rest().createWorkflow(withStoredCredentials(example('triggers/syncro-chat-won-lead-task.json'), fixture.credentials));
	await rest().activate(id);
	const during = await subscriptions();

	await winLead();
	const statuses = await syncro().delivered();
	const [execution] = await rest().executions(id, 1);
	await rest().deactivate(id);

	expect(during).toEqual([expect.stringMatching(new RegExp(`^${fixture.host.url}/webhook/[\\da-f-]+/webhook$`))]);
	expect(statuses).toEqual([200]);
	expect(execution).toMatchObject({ status: 'success', mode: 'webhook' });
	expect(syncro().requests.find(({ method, path: route }) => method === 'POST' && route.endsWith('/tasks'))?.body).toMatchObject({
		subject: 'Onboarding de João Silva',
		lead_id: 123,
	});
	expect(await subscriptions()).toEqual([]);
}, 120_000);

test("an activation that the CRM refuses fails with the CRM's words", async () => {
	const id = await rest().createWorkflow(withStoredCredentials(example('triggers/syncro-chat-won-lead-task.json'), fixture.credentials));
	syncro().faults.add({ kind: 'answer', reply: { status: 403, body: { message: 'API Key sem permissão.', required_permission: 'webhooks:read' } } });

	await expect(rest().activate(id)).rejects.toThrow('API Key sem permissão.');
}, 120_000);

test('a forged delivery gets 401, a broken one 4xx, and neither runs anything', async () => {
	const id = await rest().createWorkflow(withStoredCredentials(example('triggers/syncro-chat-won-lead-task.json'), fixture.credentials));
	await rest().activate(id);
	const [url] = await subscriptions();
	const post = async (body: string) =>
		(await fetch(String(url), { method: 'POST', headers: { 'content-type': 'application/json', 'x-syncro-signature': 'f'.repeat(64) }, body })).status;

	expect([await post('{"event":"lead.won"}'), await post('{'), await post(' '.repeat(1024 * 1024 + 1) + '{}')]).toEqual([401, 422, 413]);
	expect(await rest().executions(id, 0)).toEqual([]);
	await rest().deactivate(id);
}, 120_000);

test('WoofedCRM polls when it is activated, and remembers only', async () => {
	const node = { id: '1', name: 'Trigger', type: 'n8n-nodes-crm-pack.woofedCrmPollingTrigger', typeVersion: 1, position: [0, 0] as [number, number] };
	const parameters = { events: ['contact_created'], pollTimes: { item: [{ mode: 'everyHour' }] } };
	const end = { id: '2', name: 'End', type: 'n8n-nodes-base.noOp', typeVersion: 1, position: [200, 0] as [number, number], parameters: {} };
	const workflow = { nodes: [{ ...node, parameters }, end], connections: { Trigger: { main: [[{ node: 'End', type: 'main', index: 0 }]] } } } as WorkflowFile;
	const id = await rest().createWorkflow(withStoredCredentials(workflow, fixture.credentials));

	await rest().activate(id);
	await rest().deactivate(id);

	expect(fixture.sandbox.vendors.woofedCrm.requests.length).toBeGreaterThan(0);
	expect(await rest().executions(id, 0)).toEqual([]);
}, 120_000);

test('what was answered with 200 is known after kill -9, and is not run again when it is sent again', async () => {
	const id = await rest().createWorkflow(withStoredCredentials(example('triggers/woofedcrm-answered-note.json'), fixture.credentials));
	await rest().activate(id);
	const { nodes } = await rest().call<WorkflowFile>('GET', `/rest/workflows/${id}`);
	const { webhookId } = nodes.find(({ type }) => type.endsWith('Trigger'))!;
	const delivery = JSON.stringify({ event: 'event_created', data: { id: 1, deal_id: 1, kind: 'chatwoot_message', from_me: false, content: 'Oi' } });
	const deliver = async () =>
		(await fetch(`${fixture.host.url}/webhook/${webhookId}/webhook`, { method: 'POST', headers: { 'content-type': 'application/json' }, body: delivery }))
			.status;

	const answered = await deliver();
	const { host } = fixture;
	const died = new Promise((resolve) => host.process.once('exit', resolve));
	host.process.kill('SIGKILL');
	await died;
	const port = Number(new URL(host.url).port);
	const restarted = await startHost({ installation: installHost(), port, withPack: false, userFolder: host.userFolder });
	try {
		const again = await deliver();

		expect([answered, again]).toEqual([200, 200]);
		expect(await restarted.rest.executions(id, 1)).toHaveLength(1);
	} finally {
		await stop(restarted.process);
	}
}, 300_000);
