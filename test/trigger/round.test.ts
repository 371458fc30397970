import type { IDataObject } from 'n8n-workflow';
import { vendorName } from '../../nodes/shared/trigger/events';
import { trigger as leadSquaredTrigger } from '../../nodes/LeadSquared/trigger';
import { deliveryProblems } from '../sandbox/answers';
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
		await bench.run('syncroChat', {
			resource: 'task',
			operation: 'complete',
			id: { __rl: true, mode: 'id', value: String(items[0].json.id) },
		});

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
	const { host, address } = await publish(
		'woofedCrmTrigger',
		{ events: ['deal_won', 'deal_moved', 'note_created'] },
		{},
	);
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

describe('LeadSquared', () => {
	const leadId = '5b00000a-1a2b-4c3d-8e4f-00000000000a';
	const vendor = () => bench.sandbox.vendors.leadSquared;
	const post = async (path: string, body: object) =>
		((await bench.post('leadSquared', path, body)).Message ?? {}) as IDataObject;
	const changeLead = async (Attribute: string, Value: string, query = '&postUpdatedLead=true') =>
		await post(`/LeadManagement.svc/Lead.Update?leadId=${leadId}${query}`, [{ Attribute, Value }]);
	/** A trigger whose address was checked, with HEAD and with an empty body for each of its webhooks. */
	const publishAll = async (events: string[], more: IDataObject = {}) => {
		const { host } = await publish('leadSquaredTrigger', { events, options: { includeDelivery: true }, ...more });
		expect(await vendor().delivered()).toEqual(events.flatMap(() => [200, 200]));
		return host;
	};

	test('what is changed by API is told as the contract says, with the secret of the subscription; after the deactivation nothing is', async () => {
		const events = [
			'Lead_Post_Create',
			'Lead_Post_Update',
			'Lead_Owner_Change',
			'Task_Create',
			'Task_Update',
			'Task_Complete',
		];
		const host = await publishAll([...events, 'Opportunity_Post_Update', 'LeadActivity_Post_Update']);
		const task = {
			Name: 'Call',
			RelatedEntity: 1,
			RelatedEntityId: leadId,
			OwnerEmailAddress: 'taskowner@example.com',
			TaskType: { Name: 'Meeting' },
		};

		await post('/LeadManagement.svc/Lead.Create', [{ Attribute: 'FirstName', Value: 'Ana' }]);
		await changeLead('FirstName', 'Told');
		await changeLead('FirstName', 'Not told', '');
		await changeLead('OwnerId', '5b000001-1a2b-4c3d-8e4f-000000000001');
		const { Id } = await post('/Task.svc/Create', task);
		await post('/Task.svc/Update', { UserTaskId: Id, Description: 'Soon' });
		await bench.run('leadSquared', { resource: 'task', operation: 'complete', id: Id });
		await post('/OpportunityManagement.svc/Update', {
			ProspectOpportunityId: '5b000050-1a2b-4c3d-8e4f-000000000050',
			OpportunityNote: 'Soon',
		});
		await post('/ProspectActivity.svc/CustomActivity/Update', {
			ProspectActivityId: '5b000046-1a2b-4c3d-8e4f-000000000046',
			ActivityNote: 'Soon',
		});
		const statuses = await vendor().delivered();
		await host.deactivate();
		await changeLead('FirstName', 'Later');

		expect(statuses.every((status) => status === 200)).toBe(true);
		const told = host.runs.map(([{ json }]) => json);
		expect(told.map(({ event }) => event).sort()).toEqual(
			[...events, 'Lead_Post_Update', 'LeadActivity_Post_Update', 'Opportunity_Post_Update'].sort(),
		);
		const names = (json: IDataObject) =>
			vendorName(json.event as string, leadSquaredTrigger.events[json.event as string]);
		expect(told.flatMap((json) => deliveryProblems('leadSquared', names(json), json.delivery))).toEqual([]);
		expect(told.find(({ event }) => event === 'Lead_Post_Update')).toMatchObject({
			record: { FirstName: 'Told' },
			delivery: { Before: { FirstName: 'Sample' }, After: { FirstName: 'Told' } },
		});
		expect(await vendor().delivered()).toEqual([]);
	});

	test('a new activity is told of when it is of the type that was chosen', async () => {
		const host = await publishAll(['LeadActivity_Post_Create'], {
			activityType: { __rl: true, mode: 'list', value: 201 },
		});
		const activity = { RelatedProspectId: leadId, ActivityNote: 'Visit' };

		await post('/ProspectActivity.svc/Create', { ...activity, ActivityEvent: 105 });
		const { Id } = await post('/ProspectActivity.svc/Create', { ...activity, ActivityEvent: 201 });

		expect(await vendor().delivered()).toEqual([200]);
		expect(host.runs).toMatchObject([
			[
				{
					json: {
						event: 'LeadActivity_Post_Create',
						record: { ProspectActivityId: Id, Data: { ActivityEvent_Note: 'Visit' } },
					},
				},
			],
		]);
		await host.deactivate();
	});

	test('activities of one request are told of together, and each becomes an item', async () => {
		const host = await publishAll(['LeadActivity_Post_Update']);
		const ids = await Promise.all(
			['first', 'second'].map(
				async (ActivityNote) =>
					(await post('/ProspectActivity.svc/Create', { RelatedProspectId: leadId, ActivityEvent: 201, ActivityNote }))
						.Id as string,
			),
		);

		const rows = ids.map((ProspectActivityId) => ({ ProspectActivityId, ActivityNote: 'changed' }));
		await post('/ProspectActivity.svc/Bulk/CustomActivity/Update', rows);

		expect(await vendor().delivered()).toEqual([200]);
		expect(host.runs.map((items) => items.map(({ json }) => (json.record as IDataObject).ProspectActivityId))).toEqual([
			ids,
		]);
		await host.deactivate();
	});
});
