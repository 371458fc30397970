import type { IDataObject } from 'n8n-workflow';
import { Bench } from '../support/run';
import { WebhookHost, type HostSetup } from '../support/webhookHost';

const bench = new Bench();
const parameters = { events: ['lead.won', 'lead.created'], otherEvents: 'lead.lost' };
const WANTED = ['lead.created', 'lead.lost', 'lead.won'];

const hostOf = (more: Partial<HostSetup> = {}) =>
	new WebhookHost({ node: 'syncroChatTrigger', parameters, credentials: bench.sandbox.credentials, ...more });

/** What an administrator of the CRM does, or sees. */
const inSyncro = async (method: string, path: string, body?: object) => {
	const { url, requests } = bench.sandbox.vendors.syncroChat;
	const answer = await fetch(`${url}/api/v1${path}`, {
		method,
		headers: { 'content-type': 'application/json', 'x-api-key': 'crm_sandbox_key' },
		body: body && JSON.stringify(body),
	});
	requests.pop();
	return (await answer.json()) as { data: IDataObject[] };
};
const FOREIGN = 'https://hooks.example.com/syncro';

/** The subscriptions in the CRM that were made by a trigger. */
const subscriptions = async () =>
	(await inSyncro('GET', '/webhooks')).data
		.filter(({ target_url }) => target_url !== FOREIGN)
		.map(({ id, target_url, events, is_active, source }) => ({
			id,
			url: target_url,
			events,
			active: is_active,
			source,
		}));
const idsOf = async () => (await subscriptions()).map(({ id }) => id as number);

/** Requests to the vendor that change something, since the last look. */
const writes = () =>
	bench.sandbox.vendors.syncroChat.requests
		.splice(0)
		.flatMap(({ method, path }) => (method === 'GET' ? [] : [`${method} ${path.replace(/\d+$/, '{id}')}`]));

afterEach(async () => {
	bench.sandbox.reset();
	for (const id of await idsOf()) await inSyncro('DELETE', `/webhooks/${id}`);
	expect((await inSyncro('GET', '/webhooks')).data.map(({ target_url }) => target_url)).toEqual([FOREIGN]);
	bench.sandbox.reset();
});

const CREATE = 'POST /api/v1/webhooks/{id}'.replace('/{id}', '');
const UPDATE = 'PUT /api/v1/webhooks/{id}';
const REMOVE = 'DELETE /api/v1/webhooks/{id}';

test('the first activation makes one subscription with the chosen events and a secret, which n8n does not store', async () => {
	const host = hostOf();

	await host.activate();

	expect(await subscriptions()).toEqual([
		{
			id: expect.any(Number),
			url: expect.stringMatching(/^https:\/\/n8n\.example\.com\/webhook\/[\da-f-]+\/webhook$/),
			events: WANTED,
			active: true,
			source: 'n8n',
		},
	]);
	const { requests } = bench.sandbox.vendors.syncroChat;
	const { secret } = requests.find(({ method }) => method === 'POST')!.body as { secret: string };
	expect(secret).toMatch(/^[\da-f]{64}$/);
	expect(host.stored).not.toContain(secret);
});

test('a restart of n8n finds it as it is, and changes nothing', async () => {
	const host = hostOf();
	await host.activate();
	writes();

	await host.activate();

	expect(writes()).toEqual([]);
	expect(await subscriptions()).toHaveLength(1);
});

test.each<[string, (host: WebhookHost, id: number) => Promise<void> | void, string[]]>([
	['n8n has another address', (host) => void (host.baseUrl = 'https://other.example.com'), [UPDATE]],
	['other events are chosen', (host) => void (host.parameters = { events: ['task.completed'] }), [UPDATE]],
	[
		'the CRM paused it',
		async (_host, id) => void (await inSyncro('PUT', `/webhooks/${id}`, { is_active: false })),
		[UPDATE],
	],
	[
		'somebody changed its events in the CRM',
		async (_host, id) => void (await inSyncro('PUT', `/webhooks/${id}`, { events: ['lead.won'] })),
		[UPDATE],
	],
	[
		'somebody gave it another address in the CRM',
		async (_host, id) =>
			void (await inSyncro('PUT', `/webhooks/${id}`, { target_url: 'https://elsewhere.example.com' })),
		[UPDATE],
	],
	['it was deleted in the CRM', async (_host, id) => void (await inSyncro('DELETE', `/webhooks/${id}`)), [CREATE]],
	['n8n lost what it remembered, and nobody knows its secret', (host) => void (host.stored = '{}'), [CREATE, REMOVE]],
])(
	'activated again after %s: one subscription, active, with this address and these events',
	async (_what, happens, sent) => {
		const host = hostOf();
		await host.activate();
		const [id] = await idsOf();
		await happens(host, id);
		writes();

		await host.activate();

		expect(writes()).toEqual(sent);
		expect(await subscriptions()).toEqual([
			expect.objectContaining({
				url: expect.stringContaining(host.baseUrl),
				events: 'otherEvents' in host.parameters ? WANTED : host.parameters.events,
				active: true,
			}),
		]);
		await host.activate();
		expect(writes()).toEqual([]);
	},
);

test('an activation removes what else was subscribed to its address, and a deactivation all of it', async () => {
	const host = hostOf();
	await host.activate();
	const [{ url }] = await subscriptions();
	const leftover = { target_url: url, events: ['lead.won'], source: 'n8n' };
	await inSyncro('POST', '/webhooks', leftover);
	const [own] = await idsOf();

	await host.activate();
	const after = await idsOf();
	await inSyncro('POST', '/webhooks', leftover);
	await host.deactivate();

	expect(after).toEqual([own]);
	expect(await subscriptions()).toEqual([]);
});

test('two workflows on one account have each their own, and the end of one leaves the other', async () => {
	const [one, other] = [hostOf(), hostOf({ webhookId: '11111111-2222-4333-8444-555555555555' })];
	await one.activate();
	await other.activate();
	const both = await subscriptions();

	await one.deactivate();

	expect(both).toHaveLength(2);
	expect(await subscriptions()).toEqual([
		expect.objectContaining({ url: expect.stringContaining('11111111-2222-4333-8444-555555555555') }),
	]);
	await other.deactivate();
});

test('a copy of the workflow in another n8n has one of its own: its subscription is left alone', async () => {
	const [here, there] = [hostOf(), hostOf({ baseUrl: 'https://staging.example.com' })];
	await here.activate();

	await there.activate();

	expect((await subscriptions()).map(({ url }) => new URL(String(url)).host).sort()).toEqual([
		'n8n.example.com',
		'staging.example.com',
	]);
	await there.deactivate();
	expect(await subscriptions()).toHaveLength(1);
});

test('a test listens with a subscription of its own, beside that of the published workflow', async () => {
	const host = hostOf();
	await host.activate();

	await host.hook('checkExists', { test: true });
	await host.hook('create', { test: true });
	const during = (await subscriptions()).map(({ url }) => String(url).split('/')[3]);
	await host.hook('delete', { test: true });

	expect(during.sort()).toEqual(['webhook', 'webhook-test']);
	expect((await subscriptions()).map(({ url }) => String(url).split('/')[3])).toEqual(['webhook']);
});

test('deactivation removes it, and a second one does nothing', async () => {
	const host = hostOf();
	await host.activate();
	writes();

	await host.deactivate();
	await host.deactivate();

	expect(writes()).toEqual([REMOVE]);
	expect(await subscriptions()).toEqual([]);
	expect(host.staticData.subscriptions).toEqual([]);
});

test('deactivation after n8n lost what it remembered removes it by its address', async () => {
	const host = hostOf();
	await host.activate();
	host.stored = '{}';

	expect(await host.deactivate()).toBeUndefined();
	expect(await subscriptions()).toEqual([]);
});

test('where the CRM has no request to remove one it is switched off, and on again by the next activation', async () => {
	const host = hostOf();
	await host.activate();
	bench.sandbox.vendors.syncroChat.faults.add({
		kind: 'answer',
		match: ({ method }) => method === 'DELETE',
		reply: { status: 405, body: { message: 'Method Not Allowed' } },
	});

	expect(await host.deactivate()).toBeUndefined();

	expect(await subscriptions()).toEqual([expect.objectContaining({ active: false })]);
	const switchedOff = await idsOf();
	await host.activate();
	expect(await subscriptions()).toEqual([expect.objectContaining({ id: switchedOff[0], active: true })]);
	bench.sandbox.reset();
});

test('deactivation while the CRM is down says so in the log of n8n and keeps the ID, so that the next activation takes it over', async () => {
	const host = hostOf();
	await host.activate();
	const [id] = await idsOf();
	bench.sandbox.vendors.syncroChat.faults.add({
		kind: 'answer',
		times: 20,
		reply: { status: 403, body: { message: 'Conta inativa.' } },
	});

	const error = await host.deactivate();
	bench.sandbox.reset();
	await host.activate();

	expect(error).toMatchObject({
		message: expect.stringMatching(
			new RegExp(`^The subscription ${id} in Syncro Chat could not be removed: .*Conta inativa`),
		),
		description: expect.stringContaining('The next activation of the workflow removes or reuses it'),
	});
	expect(await idsOf()).toEqual([id]);
});

describe('an activation that fails', () => {
	test("says the CRM's words and what to do", async () => {
		bench.sandbox.vendors.syncroChat.faults.add({
			kind: 'answer',
			times: 20,
			reply: {
				status: 403,
				body: { message: 'API Key sem permissão para esta operação.', required_permission: 'webhooks:read' },
			},
		});

		await expect(hostOf().activate()).rejects.toMatchObject({
			message: expect.stringContaining('API Key sem permissão'),
			description: expect.stringContaining('The key lacks the permission webhooks:read'),
		});
	});

	test('is cleaned up after without an error where nothing was made and the CRM does not answer, so that n8n frees the address', async () => {
		const host = hostOf();
		bench.sandbox.vendors.syncroChat.faults.add({ kind: 'answer', reply: { status: 403, body: { message: 'No' } } });

		await expect(host.hook('checkExists')).rejects.toThrow();

		expect(await host.hook('delete')).toBe(true);
	});

	test('leaves nothing behind when the answer to the subscription was lost', async () => {
		bench.sandbox.vendors.syncroChat.faults.add({ kind: 'lostAnswer', match: ({ method }) => method === 'POST' });

		await expect(hostOf().activate()).rejects.toMatchObject({
			message: expect.stringContaining('may have been carried out'),
		});

		expect(await subscriptions()).toEqual([]);
	});

	test.each([
		['no event is chosen', { events: [] }, "'Trigger On' is required but empty"],
		[
			'an expression gives an event that there is not',
			{ events: ['lead.eaten'] },
			'\'Trigger On\' must be an event from the list, but is "lead.eaten"',
		],
	])('because %s sends nothing that changes anything', async (_what, wrong, words) => {
		await expect(hostOf({ parameters: wrong }).activate()).rejects.toMatchObject({ message: words });

		expect(writes()).toEqual([]);
	});

	test('shows the key nowhere, although the CRM repeats it', async () => {
		const { apiKey } = bench.sandbox.credentials.syncroChatApi as { apiKey: string };
		bench.sandbox.vendors.syncroChat.faults.add({
			kind: 'answer',
			times: 20,
			reply: { status: 401, body: { message: `Unknown key ${apiKey}` } },
		});

		const error = await hostOf()
			.activate()
			.catch((thrown: Error) => thrown);

		expect(JSON.stringify(error, Object.getOwnPropertyNames(error))).not.toContain(apiKey);
	});
});
