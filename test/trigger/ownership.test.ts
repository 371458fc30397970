import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { IDataObject } from 'n8n-workflow';
import { secretDeriver } from '../../nodes/shared/trigger/subscriptionSecrets';
import { syncroChat } from '../../nodes/SyncroChat/vendor';
import type { WebhookHost } from '../support/webhookHost';
import { signed } from './support';
import { syncroSubscriptions } from './syncroSubscriptions';

const { bench, open, setup, hostOf, sentTo, writes, secretsSent } = syncroSubscriptions();
const body = JSON.stringify({ event: 'lead.won', lead: { id: 1 } });

const servers: Server[] = [];
/** A server that responds to everything with a status, at an address that a trigger had. */
async function formerAddress(status: number): Promise<string> {
	const server = createServer((_request, response) => void response.writeHead(status).end());
	servers.push(server);
	await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
	return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

afterEach(
	async () =>
		void (await Promise.all(
			servers.splice(0).map(async (server) => await new Promise((resolve) => server.close(resolve))),
		)),
);

describe('a workflow that was exported and imported with its static data', () => {
	test('has a subscription of its own in another instance, whose activation and deactivation leave the first one alone', async () => {
		const here = hostOf({ instance: 'production' });
		await here.activate();
		const there = hostOf({ instance: 'staging', baseUrl: 'https://staging.example.com' });
		there.stored = here.stored;
		writes();

		await there.activate();
		const both = await sentTo();
		await there.deactivate();

		expect(both).toEqual(['n8n.example.com', 'staging.example.com']);
		expect(writes()).toEqual(['POST', 'DELETE']);
		await here.activate();
		expect(writes()).toEqual([]);
		expect(await sentTo()).toEqual(['n8n.example.com']);
	});

	test.each([200, 400, 401])(
		'leaves the first one alone in a copy with the same encryption key, while its address responds with %d',
		async (status) => {
			const here = hostOf({ baseUrl: await formerAddress(status) });
			await here.activate();
			const there = hostOf({ baseUrl: 'https://staging.example.com' });
			there.stored = here.stored;
			writes();

			await there.activate();
			const both = await sentTo();
			await there.deactivate();

			expect(both).toHaveLength(2);
			expect(writes()).toEqual(['POST', 'DELETE']);
			expect(await sentTo()).toEqual([new URL(here.baseUrl).host]);
		},
	);

	test('leaves the subscription of an earlier version alone, because nothing tells which instance made it', async () => {
		const here = hostOf();
		await here.activate();
		const there = hostOf({ baseUrl: 'https://staging.example.com' });
		there.stored = asEarlierVersion(here, 'a secret of before');

		await there.activate();
		await there.deactivate();

		expect(await sentTo()).toEqual(['n8n.example.com']);
	});

	test('leaves the first one alone where it was imported as another workflow of the same instance', async () => {
		const here = hostOf();
		await here.activate();
		const there = hostOf({ id: 'a copy', baseUrl: 'https://staging.example.com' });
		there.stored = here.stored;

		await there.activate();
		await there.deactivate();

		expect(await sentTo()).toEqual(['n8n.example.com']);
	});
});

describe('an n8n that moved', () => {
	test.each([404, 410])('takes its subscription along when its former address responds with %d', async (status) => {
		const host = hostOf({ baseUrl: await formerAddress(status) });
		await host.activate();
		host.baseUrl = 'https://new.example.com';
		writes();

		await host.activate();

		expect(writes()).toEqual(['PUT']);
		expect(await sentTo()).toEqual(['new.example.com']);
	});

	test('removes its subscription at a deactivation when nobody is at its former address', async () => {
		const host = hostOf({ baseUrl: 'http://127.0.0.1:1' });
		await host.activate();
		host.baseUrl = 'https://new.example.com';

		await host.deactivate();

		expect(await sentTo()).toEqual([]);
	});

	test('leaves its subscription alone while the former address is in trouble, and removes it afterwards', async () => {
		const host = hostOf({ baseUrl: await formerAddress(502) });
		await host.activate();
		host.baseUrl = 'https://new.example.com';
		await host.activate();
		const during = await sentTo();
		const restarted = await host.hook('checkExists');
		const [server] = servers.splice(0);
		await new Promise((resolve) => server.close(resolve));

		await host.activate();

		expect(during).toHaveLength(2);
		expect(restarted).toBe(true);
		expect(await sentTo()).toEqual(['new.example.com']);
	});

	test('takes deliveries that the CRM signs with the secret of before', async () => {
		const { host, send } = await open(setup({ baseUrl: 'http://127.0.0.1:1' }));
		await host.activate();
		const [secret] = secretsSent();
		host.baseUrl = 'https://new.example.com';
		await host.activate();

		expect(await send(body, { 'x-signature': signed(body, secret) })).toMatchObject({ status: 200 });
		host.name = 'In another process';
		expect(await send(`${body} `, { 'x-signature': signed(`${body} `, secret) })).toMatchObject({ status: 200 });
	});
});

/** The static data as version 0.1.0 stored it. */
function asEarlierVersion(host: WebhookHost, secret: string): string {
	const subscriptions = (host.staticData.subscriptions as IDataObject[]).map(({ id, end }) => ({ id, end, secret }));
	return JSON.stringify({ 'node:Trigger': { subscriptions } });
}

describe('the secret of a subscription', () => {
	test('stays the same when the workflow is published again, so that no delivery under way is refused', async () => {
		const { host, send } = await open(setup());
		await host.activate();
		await host.deactivate();
		await host.activate();
		const [first, second] = secretsSent();

		expect(second).toBe(first);
		expect(first).toMatch(/^[\da-f]{64}$/);
		expect(await send(body, { 'x-signature': signed(body, first) })).toMatchObject({ status: 200 });
	});

	test('differs by address, by key, and between the test and the published workflow', async () => {
		const { syncroChatApi } = bench.sandbox.credentials;
		const other = { ...bench.sandbox.credentials, syncroChatApi: { ...syncroChatApi, apiKey: 'another_key' } };
		await hostOf().activate();
		await hostOf({ baseUrl: 'https://other.example.com' }).activate();
		await hostOf({ webhookId: 'another' }).activate();
		await hostOf().hook('create', { test: true });
		bench.sandbox.vendors.syncroChat.faults.add({
			kind: 'answer',
			times: 9,
			match: ({ method }) => method === 'GET',
			reply: { status: 200, body: { data: [] } },
		});
		await hostOf({ credentials: other })
			.activate()
			.catch(() => undefined);

		expect(new Set(secretsSent()).size).toBe(5);
	});

	test('is known where n8n lost the static data, and in a process that has another address', async () => {
		const { host, send } = await open(setup());
		await host.activate();
		const [secret] = secretsSent();
		const { stored, baseUrl } = host;
		const taken = async (name: string) => {
			// A name by which this process knows nothing of the trigger.
			host.name = name;
			const text = `${body} ${name}`.replace(/[a-z]+$/, (word) => ' '.repeat(word.length));
			return (await send(text, { 'x-signature': signed(text, secret) })).status;
		};

		host.stored = '{}';
		const lost = await taken('a');
		host.stored = stored;
		host.baseUrl = 'http://localhost:5678';
		const elsewhere = await taken('bc');
		host.stored = '{}';
		const neither = await taken('def');

		expect(baseUrl).not.toBe(host.baseUrl);
		expect([lost, elsewhere, neither]).toEqual([200, 200, 401]);
	});

	test('of an earlier version stays in use, and is replaced when the workflow is published again', async () => {
		const { host, send } = await open(setup());
		await host.activate();
		host.stored = asEarlierVersion(host, 'a secret of before');
		writes();

		await host.activate();
		expect(writes()).toEqual([]);
		expect(await send(body, { 'x-signature': signed(body, 'a secret of before') })).toMatchObject({ status: 200 });
		await host.deactivate();
		await host.activate();

		expect(writes()).toEqual(['DELETE', 'POST']);
		expect(host.stored).not.toContain('a secret of before');
	});

	test('of an earlier version stays in use when other events are chosen', async () => {
		const { host, send } = await open(setup());
		await host.activate();
		host.stored = asEarlierVersion(host, 'a secret of before');
		host.parameters = { events: ['lead.created', 'lead.won'] };
		await host.activate();

		expect(await send(body, { 'x-signature': signed(body, 'a secret of before') })).toMatchObject({ status: 200 });
	});

	test('belongs to no signature where the credential has no key: anybody can derive that one', async () => {
		const credentials = { syncroChatApi: { ...bench.sandbox.credentials.syncroChatApi, apiKey: ' ' } };
		const { host, send } = await open(setup({ credentials }));
		const address = `${host.baseUrl}/5e1c2b7a-6f0d-4f3e-9a57-0f9a3c1d2e4b/webhook`;
		const derived = secretDeriver(syncroChat, credentials.syncroChatApi)(address);

		for (const secret of ['', derived])
			expect((await send(body, { 'x-signature': signed(body, secret) })).status).toBe(401);
		credentials.syncroChatApi.apiKey = 'a key';
		const proper = secretDeriver(syncroChat, credentials.syncroChatApi)(address);
		expect((await send(body, { 'x-signature': signed(body, proper) })).status).toBe(200);
	});
});

describe('a trigger that was renamed', () => {
	test('knows its subscription, and takes what the CRM signs for it', async () => {
		const { host, send } = await open(setup());
		await host.activate();
		const [secret] = secretsSent();
		writes();
		host.name = 'Won leads';

		await host.activate();

		expect(writes()).toEqual([]);
		expect(await send(body, { 'x-signature': signed(body, secret) })).toMatchObject({ status: 200 });
	});
});
