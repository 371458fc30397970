import { request as httpRequest } from 'node:http';
import type { IDataObject } from 'n8n-workflow';
import { Bench } from '../support/run';
import { credentialOf, hosts, SECRET, signed } from './support';

const bench = new Bench();
const open = hosts();

type Opened = Awaited<ReturnType<ReturnType<typeof hosts>>>;

/** A published trigger, and what makes a request its vendor's: the headers and the query, for a body. */
interface Published extends Opened {
	prove: (body?: string, secret?: string) => { headers: Record<string, string>; query: string };
}

const woofedCrm = async (): Promise<Published> => ({
	...(await open({
		node: 'woofedCrmTrigger',
		parameters: { events: ['*'] },
		credentials: credentialOf('woofedCrm', SECRET),
	})),
	prove: (_body, secret = SECRET) => ({ headers: {}, query: `?secret=${encodeURIComponent(secret)}` }),
});

const wegly = async (): Promise<Published> => ({
	...(await open({ node: 'weglyTrigger', parameters: { events: ['*'] }, credentials: credentialOf('wegly', SECRET) })),
	prove: (body = '', secret = SECRET) => ({ headers: { 'x-wegly-signature': signed(body, secret) }, query: '' }),
});

const leadSquared = async (): Promise<Published> => {
	const opened = await open({
		node: 'leadSquaredTrigger',
		parameters: { events: ['Task_Create'] },
		credentials: bench.sandbox.credentials,
	});
	await opened.host.activate();
	const { body } = bench.sandbox.vendors.leadSquared.requests.find(({ path }) => path.endsWith('/Webhook.svc/Create'))!;
	const sent = (body as { CustomHeaders: Array<{ Key: string; Value: string }> }).CustomHeaders.map(
		({ Key, Value }) => [Key, Value],
	);
	const headers = Object.fromEntries(sent) as Record<string, string>;
	return {
		...opened,
		prove: (_body, secret) => ({
			headers: { ...headers, ...(secret === undefined ? {} : { 'x-n8n-secret': secret }) },
			query: '',
		}),
	};
};

const syncroChat = async (): Promise<Published> => {
	const opened = await open({
		node: 'syncroChatTrigger',
		parameters: { events: ['lead.won'] },
		credentials: bench.sandbox.credentials,
	});
	await opened.host.activate();
	const { body } = bench.sandbox.vendors.syncroChat.requests.find(({ method }) => method === 'POST')!;
	return {
		...opened,
		prove: (sent = '', secret = (body as { secret: string }).secret) => ({
			headers: { 'x-syncro-signature': signed(sent, secret) },
			query: '',
		}),
	};
};

const triggers = { woofedCrm, wegly, leadSquared, syncroChat };
const names = Object.keys(triggers) as Array<keyof typeof triggers>;

describe.each(names)('%s asks with an empty body whether an address takes its deliveries', (name) => {
	test('with the right secret it gets 200, and nothing runs or is remembered', async () => {
		const { host, send, prove } = await triggers[name]();
		const before = host.stored;
		const { headers, query } = prove();

		const statuses = [(await send('', headers, query)).status, (await send('', headers, query)).status];

		expect(statuses).toEqual([200, 200]);
		expect(host.runs).toEqual([]);
		expect(host.stored).toBe(before);
	});

	test('with a wrong secret it gets 401', async () => {
		const { host, send, prove } = await triggers[name]();
		const { headers, query } = prove('', 'another secret');

		expect(await send('', headers, query)).toEqual({ status: 401, text: 'Unauthorized' });
		expect(host.runs).toEqual([]);
	});

	test.each(['{}', ' \n', '\uFEFF', 'null'])(
		'a body that says nothing, such as %j, starts no run either',
		async (body) => {
			const { host, send, prove } = await triggers[name]();
			const { headers, query } = prove(body);

			expect((await send(body, { ...headers, 'content-type': 'text/plain' }, query)).status).toBe(200);
			expect(host.runs).toEqual([]);
		},
	);

	test('listening for a test, it gets 200 as well', async () => {
		const { host, url, prove } = await triggers[name]();
		await host.close();
		const { headers, query } = prove();
		const testUrl = await host.listen('manual');

		const { status } = await fetch(testUrl + query, { method: 'POST', headers });

		expect(url).not.toBe(testUrl);
		expect(status).toBe(200);
		expect(host.runs).toEqual([]);
	});
});

/** Sends a POST as other clients do: without a length, or in chunks of which there are none. */
const post = async (url: string, headers: Record<string, string>) =>
	await new Promise<number>((resolve, reject) => {
		const sent = httpRequest(url, { method: 'POST', headers }, (response) => {
			response.resume();
			resolve(response.statusCode!);
		});
		if (!('transfer-encoding' in headers)) sent.removeHeader('transfer-encoding');
		sent.useChunkedEncodingByDefault = false;
		sent.on('error', reject).end();
	});

test.each<[string, Record<string, string>]>([
	['of length 0, as WoofedCRM sends it', { 'content-type': 'application/json', 'content-length': '0' }],
	['without a length', { 'content-type': 'application/json' }],
	['without a type', { 'content-length': '0' }],
	['in no chunks', { 'content-type': 'application/json', 'transfer-encoding': 'chunked' }],
	['that is called a form', { 'content-type': 'application/x-www-form-urlencoded', 'content-length': '0' }],
])('an empty body %s is empty', async (_what, headers) => {
	const { host, url, prove } = await woofedCrm();

	expect(await post(url + prove().query, headers)).toBe(200);
	expect(host.runs).toEqual([]);
});

test('a request of which n8n keeps no raw body is empty, unless it is a form with files', async () => {
	const { host, send, prove } = await woofedCrm();
	host.keepsRawBody = false;
	const { query } = prove();

	const statuses = [
		(await send('', {}, query)).status,
		(await send('--x--', { 'content-type': 'Multipart/form-data; boundary=x' }, query)).status,
	];

	expect(statuses).toEqual([200, 400]);
	expect(host.runs).toEqual([]);
});

test.each(['woofedCrm', 'leadSquared'] as const)('%s: an empty body without a secret gets 401', async (name) => {
	const { send, prove } = await triggers[name]();
	const { 'x-n8n-secret': _secret, ...headers } = prove().headers;

	expect((await send('', headers)).status).toBe(401);
});

test.each(['wegly', 'syncroChat'] as const)(
	'%s: an empty body that nobody signed gets 200, because there is nothing in it to sign',
	async (name) => {
		const { host, send } = await triggers[name]();

		expect((await send('')).status).toBe(200);
		expect(host.runs).toEqual([]);
	},
);

test.each(['wegly', 'syncroChat'] as const)(
	'%s: a body of blanks or an empty object that nobody signed gets 401',
	async (name) => {
		const { send } = await triggers[name]();

		expect([(await send(' ')).status, (await send('{}')).status]).toEqual([401, 401]);
	},
);

test.each([
	['no credential', {}],
	['a credential without a secret', credentialOf('woofedCrm')],
])('with %s an empty body gets 200, as every delivery does', async (_what, credentials) => {
	const { host, send } = await open({ node: 'woofedCrmTrigger', parameters: { events: ['*'] }, credentials });

	expect((await send('')).status).toBe(200);
	expect(host.runs).toEqual([]);
});

describe('a WoofedCRM since June 2025', () => {
	const vendor = () => bench.sandbox.vendors.woofedCrm;
	const panel = async (route = '', body: IDataObject = {}) => {
		const answer = await fetch(`${vendor().url}/_webhooks${route}`, {
			method: 'POST',
			headers: { 'content-type': 'application/json' },
			body: JSON.stringify(body),
		});
		return { status: answer.status, body: (await answer.json()) as IDataObject };
	};
	const webhooks = async () =>
		(await (await fetch(`${vendor().url}/_webhooks`)).json()) as Array<{ url: string; active: boolean }>;
	const change = async () => {
		await fetch(`${vendor().url}/api/v1/accounts/1/deals/2`, {
			method: 'PUT',
			headers: { 'content-type': 'application/json', authorization: 'Bearer sandbox_woofed_token' },
			body: JSON.stringify({ name: `Deal ${Math.random()}` }),
		});
		return await vendor().delivered();
	};

	test('saves a webhook with the address of a published trigger, and tells it what happens', async () => {
		const { host, url, prove } = await woofedCrm();

		const saved = await panel('', { url: url + prove().query });
		const statuses = await change();

		expect(saved.status).toBe(201);
		expect(statuses).toEqual([200]);
		expect(host.runs).toHaveLength(1);
	});

	test.each([
		['nobody answers', 'http://127.0.0.1:9/webhook'],
		['it is beyond this network', 'https://n8n.example.com/webhook'],
	])('saves none where %s', async (_why, url) => {
		expect(await panel('', { url })).toEqual({ status: 422, body: { errors: ['URL is invalid'] } });
	});

	test('saves none whose secret the trigger does not know', async () => {
		const { url } = await woofedCrm();

		expect((await panel('', { url: `${url}?secret=wrong` })).status).toBe(422);
	});

	test('keeps a webhook through the daily check, and sets one inactive for good whose trigger is gone', async () => {
		const { host, url, prove } = await woofedCrm();
		const address = url + prove().query;
		const isActive = async () => (await webhooks()).find((webhook) => webhook.url === address)!.active;
		await panel('', { url: address });
		await vendor().verifyWebhooks();
		const kept = await isActive();

		await host.close();
		await vendor().verifyWebhooks();
		const gone = await isActive();
		await vendor().verifyWebhooks();

		expect([kept, gone, await isActive()]).toEqual([true, false, false]);
		expect(host.runs).toEqual([]);
		expect(await change()).toEqual([]);
	});
});

describe('LeadSquared', () => {
	const vendor = () => bench.sandbox.vendors.leadSquared;
	/** A published trigger that the sandbox reaches. */
	const publish = async () => {
		const { host, url } = await open({
			node: 'leadSquaredTrigger',
			parameters: { events: ['Task_Create'] },
			credentials: bench.sandbox.credentials,
		});
		host.baseUrl = url;
		await host.activate();
		return host;
	};
	const statesAt = async (baseUrl: string) => {
		const answer = await bench.post('leadSquared', '/Webhook.svc/Retrieve', { Parameter: { Type: 'Webhook' } });
		return (answer as unknown as { Response: IDataObject[] }).Response.filter(({ URL: address }) =>
			String(address).startsWith(baseUrl),
		).map(({ StatusCode }) => StatusCode);
	};

	test('checks a webhook with HEAD and an empty body while it is made, and gets 200 before n8n has stored anything', async () => {
		const host = await publish();

		expect(await vendor().delivered()).toEqual([200, 200]);
		expect(host.runs).toEqual([]);
		await host.deactivate();
	});

	test('keeps a webhook through its checks, and switches one off after ten failures in a row', async () => {
		const host = await publish();
		const check = async (times: number) => {
			for (let time = 0; time < times; time += 1) await vendor().verifyWebhooks();
			return await statesAt(host.baseUrl);
		};
		const kept = await check(12);

		await host.close();
		const [almost, off] = [await check(9), await check(1)];

		expect([kept, almost, off]).toEqual([[0], [0], [2]]);
		expect(host.runs).toEqual([]);
		await host.deactivate();
	});
});
