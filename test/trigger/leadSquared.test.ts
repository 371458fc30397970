import type { IDataObject } from 'n8n-workflow';
import { Bench } from '../support/run';
import { WebhookHost } from '../support/webhookHost';
import { hosts } from './support';

const bench = new Bench();
const open = hosts();
const setup = (events: string[], more: IDataObject = {}) => ({
	node: 'leadSquaredTrigger',
	parameters: { events, ...more },
	credentials: bench.sandbox.credentials,
});
const LEAD_EVENTS = ['Lead_Post_Create', 'Lead_Post_Update'];

/** Webhooks in the CRM that were made by a trigger. */
async function webhooks(): Promise<IDataObject[]> {
	const { url, requests } = bench.sandbox.vendors.leadSquared;
	const answer = await fetch(`${url}/v2/Webhook.svc/Retrieve`, {
		method: 'POST',
		headers: {
			'content-type': 'application/json',
			'x-lsq-accesskey': 'u$rsandbox_access',
			'x-lsq-secretkey': 'sandbox_secret',
		},
		body: JSON.stringify({ Parameter: { Type: 'Webhook' } }),
	});
	requests.pop();
	const { Response } = (await answer.json()) as { Response: IDataObject[] };
	return Response.filter(({ Description }) => Description === 'n8n');
}
const seen = async () =>
	(await webhooks()).map(({ EventCode, URL: url, StatusCode }) => [EventCode, new URL(String(url)).host, StatusCode]);

const made = () =>
	bench.sandbox.vendors.leadSquared.requests
		.filter(({ path }) => path.endsWith('/Create'))
		.map(({ body }) => body as IDataObject);
const headersOf = ({ CustomHeaders }: IDataObject) =>
	Object.fromEntries((CustomHeaders as Array<{ Key: string; Value: string }>).map(({ Key, Value }) => [Key, Value]));

describe('subscriptions, one an event', () => {
	test('activation makes one for each event, with a secret of its own; a restart changes nothing, and deactivation removes all', async () => {
		const host = new WebhookHost(setup(LEAD_EVENTS));
		await host.activate();
		const [body] = made();
		const [one, other] = made().map(headersOf);
		const during = await seen();
		bench.sandbox.reset();

		await host.activate();
		const writes = bench.sandbox.vendors.leadSquared.requests.filter(({ path }) => !path.endsWith('/Retrieve'));
		await host.deactivate();

		expect(during).toEqual(LEAD_EVENTS.map((event) => [event, 'n8n.example.com', 0]));
		expect(body).toMatchObject({
			WebhookEvent: '3',
			Method: 'POST',
			ContentType: 'application/json',
			NotifyOnFailure: true,
			WebhookProperties: null,
		});
		expect([one['x-n8n-event'], other['x-n8n-event']]).toEqual(LEAD_EVENTS);
		expect(one['x-n8n-secret']).not.toBe(other['x-n8n-secret']);
		expect(writes).toEqual([]);
		expect(await seen()).toEqual([]);
	});

	test('an event that is no longer chosen loses its webhook, a new one gets one, and the others stay', async () => {
		const host = new WebhookHost(setup(LEAD_EVENTS));
		await host.activate();
		const before = (await webhooks()).map(({ WebhookId }) => WebhookId);
		host.parameters = { events: ['Lead_Post_Update', 'Task_Create'] };

		await host.activate();
		const after = await webhooks();
		await host.deactivate();

		expect(after.map(({ EventCode }) => EventCode).sort()).toEqual(['Lead_Post_Update', 'Task_Create']);
		expect(after.find(({ EventCode }) => EventCode === 'Lead_Post_Update')!.WebhookId).toBe(before[1]);
	});

	test('another address is written into the webhook, with the same secret', async () => {
		const host = new WebhookHost(setup(['Task_Create']));
		await host.activate();
		const [before] = made().map(headersOf);
		host.baseUrl = 'https://other.example.com';

		await host.activate();
		const update = bench.sandbox.vendors.leadSquared.requests.find(({ path }) => path.endsWith('/Update'))!;
		const after = await seen();
		await host.deactivate();

		expect(after).toEqual([['Task_Create', 'other.example.com', 0]]);
		expect(headersOf(update.body as IDataObject)).toEqual(before);
	});

	test.each(['Update', 'Create'])(
		'the secret of a webhook is shown nowhere, although the CRM repeats the request to %s it',
		async (request) => {
			const host = new WebhookHost(setup(['Task_Create']));
			if (request === 'Update') await host.activate();
			host.baseUrl = 'https://other.example.com';
			const reply = { status: 500, body: {} };
			let secret = '';
			bench.sandbox.vendors.leadSquared.faults.add({
				kind: 'answer',
				match: ({ path, body }) => {
					if (!path.endsWith(`/${request}`)) return false;
					secret = headersOf(body as IDataObject)['x-n8n-secret'];
					reply.body = {
						Status: 'Error',
						ExceptionType: 'MXInvalidInputException',
						ExceptionMessage: JSON.stringify(body),
						Request: body,
					};
					return true;
				},
				reply,
			});

			const error = await host.hook('create').catch((thrown: Error & { context: IDataObject }) => thrown);
			bench.sandbox.reset();
			await host.deactivate();

			const { message, description, context } = error as Error & { description: string; context: IDataObject };
			expect(secret).toHaveLength(64);
			expect(message).toContain('x-n8n-secret');
			expect(JSON.stringify([message, description, context])).not.toContain(secret);
			expect(JSON.stringify(context)).toContain('[secret removed]');
		},
	);

	test('one that the CRM switched off after failures is replaced, and the old one is removed first, because a plan may hold no second one', async () => {
		const host = new WebhookHost(setup(['Task_Create']));
		await host.activate();
		const [{ WebhookId }] = await webhooks();
		const { url } = bench.sandbox.vendors.leadSquared;
		const reply = {
			RecordCount: 1,
			Response: [
				{
					WebhookId,
					URL: 'https://n8n.example.com/webhook/5e1c2b7a-6f0d-4f3e-9a57-0f9a3c1d2e4b/webhook',
					EventCode: 'Task_Create',
					StatusCode: 2,
				},
			],
		};
		bench.sandbox.vendors.leadSquared.faults.add({
			kind: 'answer',
			times: 2,
			match: ({ path }) => path.endsWith('/Retrieve'),
			reply: { status: 200, body: reply },
		});
		bench.sandbox.vendors.leadSquared.requests.length = 0;

		await host.activate();
		const sent = bench.sandbox.vendors.leadSquared.requests.map(({ path }) => path.split('/').pop());
		const after = await seen();
		await host.deactivate();

		expect(url).toContain('127.0.0.1');
		expect(sent.filter((path) => path !== 'Retrieve')).toEqual(['Delete', 'Create']);
		expect(after).toEqual([['Task_Create', 'n8n.example.com', 0]]);
	});
});

describe('the event of a type', () => {
	const CREATED = ['LeadActivity_Post_Create'];
	const ofType = (value: unknown) => ({ activityType: { __rl: true, mode: 'id', value } }) as IDataObject;
	const types = async () =>
		(await webhooks()).map(({ WebhookId, WebhookProperties }) => [
			WebhookId,
			JSON.parse(String(WebhookProperties)).ActivityEvent,
		]);

	test('a webhook is made for the chosen type; a restart changes nothing, and another type is written into it', async () => {
		const host = new WebhookHost(setup(CREATED, ofType(201)));
		await host.activate();
		const [first] = await types();
		bench.sandbox.reset();

		await host.activate();
		const writes = bench.sandbox.vendors.leadSquared.requests.filter(({ path }) => !path.endsWith('/Retrieve'));
		host.parameters = { events: CREATED, ...ofType(105) };
		await host.activate();
		const after = await types();
		await host.deactivate();

		expect(first[1]).toBe('201');
		expect(writes).toEqual([]);
		expect(after).toEqual([[first[0], '105']]);
	});

	test.each([
		['', "'Activity Type' is required but empty"],
		['visit', "'Activity Type' must be picked from the list or be an ID"],
	])('without a good type, such as %j, nothing is sent', async (type, words) => {
		const { requests } = bench.sandbox.vendors.leadSquared;

		await expect(new WebhookHost(setup(CREATED, ofType(type))).hook('create')).rejects.toMatchObject({
			message: expect.stringContaining(words),
		});
		expect(requests).toEqual([]);
	});
});

test('the address answers HEAD before the first webhook is made, because n8n registers webhooks in their order', () => {
	expect(
		new WebhookHost(setup(LEAD_EVENTS)).nodeType.description.webhooks!.map(({ httpMethod }) => httpMethod),
	).toEqual(['HEAD', 'POST']);
});

describe('deliveries', () => {
	const publish = async (events: string[]) => {
		const opened = await open(setup(events));
		await opened.host.activate();
		const headers = made().map(headersOf);
		return { ...opened, headers };
	};
	afterEach(async () => await new WebhookHost(setup(LEAD_EVENTS)).deactivate());

	test('a new lead comes flat, and a changed one as it is now; what it was stands in the delivery', async () => {
		const { host, send, headers } = await publish(LEAD_EVENTS);
		const lead = { ProspectID: '1', FirstName: 'Ana' };

		await send(lead, headers[0]);
		await send({ Before: { ...lead, FirstName: 'An' }, After: lead }, headers[1]);

		expect(host.runs).toEqual([
			[{ json: { event: 'Lead_Post_Create', record: lead } }],
			[{ json: { event: 'Lead_Post_Update', record: lead } }],
		]);
	});

	test('activities that come several at once are an item each', async () => {
		const { host, send, headers } = await publish(['LeadActivity_Post_Update']);

		await send(JSON.stringify([{ ProspectActivityId: '1' }, { ProspectActivityId: '2' }]), headers[0]);

		expect(host.runs).toEqual([
			['1', '2'].map((id) => ({ json: { event: 'LeadActivity_Post_Update', record: { ProspectActivityId: id } } })),
		]);
	});

	test('a group of any size that n8n takes is taken, once its secret is checked', async () => {
		const { host, send, headers } = await publish(['LeadActivity_Post_Update']);
		const activities = Array.from({ length: 3_000 }, (_, index) => ({
			ProspectActivityId: String(index),
			Note: 'x'.repeat(1_000),
		}));
		const group = JSON.stringify(activities);

		const forged = await send(group, { ...headers[0], 'x-n8n-secret': 'wrong' });
		const { status } = await send(group, headers[0]);

		expect(group.length).toBeGreaterThan(3_000_000);
		expect([forged.status, status]).toEqual([401, 200]);
		expect(host.runs.map((items) => items.length)).toEqual([3_000]);
	});

	test('every delivery that is accepted gets the response that LeadSquared recommends', async () => {
		const { send, headers } = await publish(['Task_Create']);
		const event = { ...headers[0], 'x-n8n-event': 'Task_Update' };

		const answers = [
			await send({ UserTaskId: '1' }, headers[0]),
			await send({ UserTaskId: '1' }, headers[0]),
			await send({ UserTaskId: '1' }, event),
			await send('', headers[0]),
			await send('[]', headers[0]),
		];

		expect(answers).toEqual(answers.map(() => ({ status: 200, text: '{"Status":"Success","StatusReason":""}' })));
	});

	test('activities with something among them that is no record get 400, so that LeadSquared sees that they were not taken', async () => {
		const { host, send, headers } = await publish(['LeadActivity_Post_Update']);

		expect(await send(JSON.stringify([{ ProspectActivityId: '1' }, null]), headers[0])).toMatchObject({ status: 400 });
		expect(host.runs).toEqual([]);
	});

	test.each<[string, (right: Record<string, string>) => Record<string, string>]>([
		['no secret', ({ 'x-n8n-event': event }) => ({ 'x-n8n-event': event })],
		['a wrong one', (right) => ({ ...right, 'x-n8n-secret': 'f'.repeat(64) })],
		['part of the right one', (right) => ({ ...right, 'x-n8n-secret': right['x-n8n-secret'].slice(0, 63) })],
	])('%s: 401 and no run', async (_what, change) => {
		const { host, send, headers } = await publish(['Task_Create']);

		expect(await send({ UserTaskId: '1' }, change(headers[0]))).toEqual({ status: 401, text: 'Unauthorized' });
		expect(host.runs).toEqual([]);
	});

	test('the question whether anybody is there is answered with 200, and is no delivery', async () => {
		const { host, url } = await publish(['Task_Create']);

		expect((await fetch(url, { method: 'HEAD' })).status).toBe(200);
		expect(host.runs).toEqual([]);
	});
});
