import type { IDataObject } from 'n8n-workflow';
import { Bench } from '../support/run';
import { WebhookHost } from '../support/webhookHost';
import { firstRun, hosts, signed } from './support';

const bench = new Bench();
const open = hosts();

/** A published trigger, with the secret that the CRM got with its subscription. */
async function publish(options: IDataObject = {}, more: IDataObject = {}) {
	const opened = await open({
		node: 'syncroChatTrigger',
		parameters: { events: ['lead.created', 'task.completed'], otherEvents: 'lead.lost', options, ...more },
		credentials: bench.sandbox.credentials,
	});
	await opened.host.activate();
	const [secret] = bench.sandbox.vendors.syncroChat.requests
		.filter(({ method }) => method === 'POST')
		.map(({ body: sent }) => (sent as { secret: string }).secret);
	return { ...opened, secret };
}

const body = JSON.stringify({ event: 'lead.created', lead: { id: 1, name: 'Ana', source: 'website' } });

describe('the signature, of which the CRM documents no header', () => {
	test.each(['x-syncro-signature', 'x-signature', 'signature'])('is found in %s', async (header) => {
		const { host, send, secret } = await publish();

		expect(await send(body, { [header]: `sha256=${signed(body, secret)}` })).toMatchObject({ status: 200 });
		expect(firstRun(host)).toEqual({ event: 'lead.created', record: { id: 1, name: 'Ana', source: 'website' } });
	});

	test('is found beside other headers that look like one', async () => {
		const { host, send, secret } = await publish();

		expect(
			await send(body, { 'x-first': 'a'.repeat(64), 'x-signature': signed(body, secret), 'x-trace': '0'.repeat(64) }),
		).toMatchObject({ status: 200 });
		expect(host.runs).toHaveLength(1);
	});

	test('counts in the named header alone, where one is named', async () => {
		const { host, send, secret } = await publish({ signatureHeader: 'X-Hub-Signature' });

		expect(await send(body, { 'x-syncro-signature': signed(body, secret) })).toMatchObject({ status: 401 });
		expect(await send(body, { 'x-hub-signature': signed(body, secret) })).toMatchObject({ status: 200 });
		expect(host.runs).toHaveLength(1);
	});

	test.each([
		['with another secret', 'another secret'],
		['with no secret', ''],
	])('%s is refused, and so is none at all', async (_what, wrong) => {
		const { host, send } = await publish();

		expect(await send(body, { 'x-syncro-signature': signed(body, wrong) })).toMatchObject({ status: 401 });
		expect(await send(body)).toMatchObject({ status: 401 });
		expect(host.runs).toEqual([]);
	});

	test('is not looked at where the user switched it off', async () => {
		const { host, send } = await publish({ verifySignature: false });

		expect(await send(body)).toMatchObject({ status: 200 });
		expect(host.runs).toHaveLength(1);
	});

	test('without a subscription nothing is taken', async () => {
		const { send } = await open({
			node: 'syncroChatTrigger',
			parameters: { events: ['lead.created'] },
			credentials: bench.sandbox.credentials,
		});

		expect(await send(body, { 'x-syncro-signature': signed(body, '') })).toMatchObject({ status: 401 });
	});
});

describe('the body, of which the CRM documents nothing', () => {
	test.each<[string, IDataObject, IDataObject]>([
		[
			'the record under its kind',
			{ event: 'task.completed', task: { id: 4 } },
			{ event: 'task.completed', record: { id: 4 } },
		],
		['the record under data', { type: 'lead.created', data: { id: 4 } }, { event: 'lead.created', record: { id: 4 } }],
		[
			'the bare record, whose type is none of an event',
			{ id: 4, type: 'call' },
			{ event: null, record: { id: 4, type: 'call' } },
		],
		[
			'an event that was asked for by its name',
			{ event: 'lead.lost', lead: { id: 4 } },
			{ event: 'lead.lost', record: { id: 4 } },
		],
		[
			'an event that nobody knows',
			{ event: 'lead.archived', lead: { id: 4 } },
			{ event: 'lead.archived', record: { id: 4 } },
		],
	])('%s comes out', async (_what, sent, out) => {
		const { host, send } = await publish({ verifySignature: false });

		await send(sent);

		expect(firstRun(host)).toEqual(out);
	});

	test('an event of the list that is not chosen starts no run, although an old subscription sends it', async () => {
		const { host, send } = await publish({ verifySignature: false });

		await send({ event: 'lead.won', lead: { id: 4 } });

		expect(host.runs).toEqual([]);
	});
});

test('leads of a source that is to be ignored start no run', async () => {
	const { host, send } = await publish({ verifySignature: false }, { filters: { ignoreSource: 'api, website' } });

	await send(body);
	await send(body.replace('website', 'whatsapp'));

	expect(host.runs.map(([{ json }]) => (json.record as IDataObject).source)).toEqual(['whatsapp']);
});

describe('an address of n8n that the CRM cannot reach', () => {
	const inTheCloud = {
		syncroChatApi: { apiKey: 'crm_key', baseUrl: 'https://crm.invalid', requestsPerWindow: 0, windowSeconds: 60 },
	};
	const activate = async (baseUrl: string, credentials: object = inTheCloud) =>
		await new WebhookHost({
			node: 'syncroChatTrigger',
			parameters: { events: ['lead.won'] },
			credentials: credentials as never,
			baseUrl,
		}).hook('checkExists');

	test.each([
		['http://localhost:5678', 'is not reachable from the internet'],
		['https://localhost', 'is not reachable from the internet'],
		['http://127.0.0.1:5678', 'is not reachable from the internet'],
		['https://192.168.0.10', 'is not reachable from the internet'],
		['http://n8n', 'is not reachable from the internet'],
		['https://[::1]', 'is not reachable from the internet'],
		['http://n8n.example.com', 'is not encrypted'],
	])('%s is refused before anything is sent, and WEBHOOK_URL is named', async (baseUrl, why) => {
		await expect(activate(baseUrl)).rejects.toMatchObject({
			message: `Syncro Chat cannot send to ${baseUrl}, which ${why}`,
			description: expect.stringContaining('WEBHOOK_URL'),
		});
	});

	test('is taken where the CRM is on the same network, such as the sandbox', async () => {
		expect(await activate('http://127.0.0.1:5678', bench.sandbox.credentials)).toBe(false);
	});
});
