import type { IDataObject } from 'n8n-workflow';
import { Bench } from '../support/run';
import { hosts, SECRET } from './support';

const bench = new Bench();
const open = hosts();

/** A published trigger that the vendors of the sandbox reach. */
async function publish(node: string, parameters: IDataObject, credentials: object = bench.sandbox.credentials) {
	const { host, url } = await open({ node, parameters, credentials: credentials as never });
	host.baseUrl = url;
	await host.activate();
	return { host, address: `${url}/webhook/5e1c2b7a-6f0d-4f3e-9a57-0f9a3c1d2e4b/webhook` };
}
/** What an administrator does in the panel of a vendor. */
const addWebhook = async (vendor: 'wegly' | 'woofedCrm', url: string, secret?: string) =>
	await fetch(`${bench.sandbox.vendors[vendor].url}/_webhooks`, {
		method: 'POST',
		headers: { 'content-type': 'application/json' },
		body: JSON.stringify({ url, secret }),
	});

const told = (runs: Array<Array<{ json: IDataObject }>>) => runs.map(([{ json }]) => json.event);

test('Syncro Chat: a task that a node completes starts the workflow that subscribed, signed; after the deactivation it does not', async () => {
	const { host } = await publish('syncroChatTrigger', { events: ['task.completed', 'lead.created'] });
	const vendor = bench.sandbox.vendors.syncroChat;
	const due = { subject: 'Call', type: 'call', due_date: '2026-07-01', additionalFields: {} };
	const { items } = await bench.run('syncroChat', { resource: 'task', operation: 'create', ...due });
	const complete = async () =>
		await bench.run('syncroChat', { resource: 'task', operation: 'complete', id: { __rl: true, mode: 'id', value: String(items[0].json.id) } });

	await complete();
	const statuses = await vendor.delivered();
	await host.deactivate();
	await bench.run('syncroChat', {
		resource: 'lead',
		operation: 'create',
		name: 'Ana',
		pipeline_id: { __rl: true, mode: 'id', value: '1' },
		stage_id: { __rl: true, mode: 'id', value: '1' },
	});

	expect(statuses).toEqual([200]);
	expect(told(host.runs)).toEqual(['task.completed']);
	expect(await vendor.delivered()).toEqual([]);
});

test('Wegly: what is signed with the secret of the webhook is taken, and what is signed with another is not', async () => {
	const credentials = { weglyApi: { ...bench.sandbox.credentials.weglyApi, webhookSecret: SECRET } };
	const [right, wrong] = [
		await publish('weglyTrigger', { events: ['deal.created'] }, credentials),
		await publish('weglyTrigger', { events: ['deal.created'] }, credentials),
	];
	const vendor = bench.sandbox.vendors.wegly;
	await addWebhook('wegly', right.address, SECRET);
	await addWebhook('wegly', wrong.address, 'another secret');

	await bench.run('wegly', { resource: 'deal', operation: 'create', title: 'CRM rollout', additionalFields: {} });

	expect(await vendor.delivered()).toEqual([200, 401]);
	expect([told(right.host.runs), told(wrong.host.runs)]).toEqual([['deal.created'], []]);
});

test('WoofedCRM: a deal that is moved and won by API is told as such', async () => {
	const { host, address } = await publish('woofedCrmTrigger', { events: ['deal_won', 'deal_moved', 'note_created'] }, {});
	const vendor = bench.sandbox.vendors.woofedCrm;
	await addWebhook('woofedCrm', address);
	const inWoofed = async (method: string, path: string, body: object) =>
		await fetch(`${vendor.url}/api/v1/accounts/1${path}`, {
			method,
			headers: { 'content-type': 'application/json', authorization: 'Bearer sandbox_woofed_token' },
			body: JSON.stringify(body),
		});

	await inWoofed('PUT', '/deals/2', { name: 'Renamed' });
	await inWoofed('PUT', '/deals/2', { stage_id: 3 });
	await inWoofed('PUT', '/deals/2', { status: 'won' });
	await inWoofed('POST', '/deals/2/events', { kind: 'note', content: 'Signed' });
	const statuses = await vendor.delivered();

	expect(statuses).toEqual([200, 200, 200, 200]);
	expect(told(host.runs).sort()).toEqual(['deal_moved', 'deal_won', 'note_created']);
});
