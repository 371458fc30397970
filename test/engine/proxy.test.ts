import type { IDataObject } from 'n8n-workflow';
import { ConnectProxy, type OnConnect } from '../support/proxy';
import { Bench } from '../support/run';
import { createTask } from './forms';

const bench = new Bench();
const https = process.env.HTTPS_PROXY;
const proxies: ConnectProxy[] = [];

afterEach(() => {
	if (https === undefined) delete process.env.HTTPS_PROXY;
	else process.env.HTTPS_PROXY = https;
	for (const proxy of proxies.splice(0)) proxy.stop();
});

/** Creates a task through a proxy; gives the error, and the times that the proxy was asked. */
async function createThrough(proxyUrl: string, maxTries = 1) {
	process.env.HTTPS_PROXY = proxyUrl;
	const credential = { baseUrl: 'https://crm.example.com/api/v1' };
	const { error } = await bench.run('syncroChat', { ...createTask, options: { maxTries, timeout: 5 } }, { credential });
	return { message: error?.message, description: error?.description, data: error?.context.data };
}

async function proxyThat(onConnect: OnConnect): Promise<{ proxy: ConnectProxy; url: string }> {
	const proxy = new ConnectProxy();
	proxies.push(proxy);
	return { proxy, url: await proxy.start(onConnect) };
}

test('a proxy that wants a user name is named, nothing may have been carried out, and the write is sent again', async () => {
	const { proxy, url } = await proxyThat({ status: 407, reason: 'Proxy Authentication Required' });

	const { message, description, data } = await createThrough(url, 2);

	expect(message).toBe('The proxy between n8n and crm.example.com refused the connection (status 407) (2 tries)');
	expect(description).toContain('user:password');
	expect(data).not.toHaveProperty('mayHaveBeenApplied');
	expect(proxy.connects).toBe(2);
});

test.each<[string, () => Promise<string>, string]>([
	['hangs up', async () => (await proxyThat('hang up')).url, 'closed the connection'],
	['is not there', async () => 'http://127.0.0.1:1', 'cannot be reached at port 1'],
	['has an unknown name', async () => 'http://proxy.invalid:3128', 'is unknown: proxy.invalid'],
])('a proxy that %s is named, and nothing may have been carried out', async (_name, urlOf, what) => {
	const { message, description, data } = await createThrough(await urlOf());

	expect(message).toBe(`The proxy between n8n and crm.example.com ${what}`);
	expect(description).toContain('HTTPS_PROXY');
	expect(data).not.toHaveProperty('mayHaveBeenApplied');
});

describe('a refusal of CONNECT that looks like a response of the vendor', () => {
	const squid = {
		headers: ['X-Squid-Error: ERR_ACCESS_DENIED 0', 'Content-Type: text/html'],
		page: '<!DOCTYPE html><h1>Access denied</h1>',
	};

	test.each<[string, OnConnect, boolean]>([
		['403 with a page', { status: 403, reason: 'Forbidden', ...squid }, false],
		['403 without a body', { status: 403, reason: 'Forbidden', headers: ['Proxy-Agent: Company'] }, false],
		['503 with a page', { status: 503, reason: 'Service Unavailable', ...squid }, true],
		[
			'502 without a body',
			{ status: 502, reason: 'Bad Gateway', headers: ['Proxy-Status: gate; error=dns_error'] },
			true,
		],
	])(
		'is told with the header that names a proxy, and a write is in doubt only where the vendor may have got it: %s',
		async (_name, refusal, inDoubt) => {
			const { url } = await proxyThat(refusal);

			const { description, data } = await createThrough(url);

			expect(description).toMatch(
				/A proxy responded \(header '(x-squid-error|proxy-agent|proxy-status)'\)\. If n8n uses one, check that it allows crm\.example\.com\./,
			);
			expect((data as IDataObject | undefined)?.mayHaveBeenApplied).toBe(inDoubt ? true : undefined);
		},
	);

	test('without such a header says nothing of a proxy that refused', async () => {
		const { url } = await proxyThat({ status: 403, reason: 'Forbidden' });

		expect((await createThrough(url)).description ?? '').not.toContain('A proxy responded');
	});
});
