import type { IDataObject } from 'n8n-workflow';
import { WebhookHost } from '../support/webhookHost';
import { signed } from './support';
import { syncroSubscriptions } from './syncroSubscriptions';

const { bench, open, setup, hostOf, sentTo, writes, secretsSent } = syncroSubscriptions();
const body = JSON.stringify({ event: 'lead.won', lead: { id: 1 } });

describe('after the key of the credential was replaced', () => {
	async function replaced() {
		const credentials = { syncroChatApi: { ...bench.sandbox.credentials.syncroChatApi } };
		const opened = await open(setup({ credentials }));
		await opened.host.activate();
		const [secret] = secretsSent();
		credentials.syncroChatApi.apiKey = ' crm_sandbox_key_2 ';
		return { ...opened, secret };
	}

	test('deliveries signed with the secret of before are taken while the process remembers it', async () => {
		const { send, secret } = await replaced();

		expect(await send(body, { 'x-signature': signed(body, secret) })).toMatchObject({ status: 200 });
	});

	test('they are refused in a process that does not know it, and no secret is logged', async () => {
		const { host, send, secret } = await replaced();
		host.name = 'In another process';

		expect(await send(body, { 'x-signature': signed(body, secret) })).toMatchObject({ status: 401 });
		expect(host.logs).toEqual([
			[
				'warn',
				expect.stringMatching(/key of the Syncro Chat credential was replaced\. Publish the workflow again/),
				expect.anything(),
			],
			['warn', expect.stringContaining('Refused a delivery with status 401'), expect.anything()],
		]);
		expect(JSON.stringify(host.logs)).not.toContain('crm_sandbox_key');
	});

	test('no key is said to be replaced where a delivery is refused for its signature alone', async () => {
		const { host, send } = await open(setup());
		await host.activate();
		host.name = 'In another process';

		expect(await send(body, { 'x-signature': signed(body, 'wrong') })).toMatchObject({ status: 401 });
		expect(host.logs).toEqual([
			['warn', expect.stringContaining('Refused a delivery with status 401'), expect.anything()],
		]);
	});

	test('the next activation replaces the subscription, the new one first', async () => {
		const host = hostOf();
		await host.activate();
		host.stored = host.stored.replace(/"fingerprint":"[^"]+"/, '"fingerprint":"of the secret of another key"');
		writes();

		await host.activate();

		expect(writes()).toEqual(['POST', 'DELETE']);
		expect(await sentTo()).toEqual(['n8n.example.com']);
		await host.activate();
		expect(writes()).toEqual([]);
	});

	test('the next activation writes the new secret into a webhook of LeadSquared', async () => {
		const { requests } = bench.sandbox.vendors.leadSquared;
		const host = new WebhookHost({
			node: 'leadSquaredTrigger',
			parameters: { events: ['Task_Create'] },
			credentials: bench.sandbox.credentials,
		});
		await host.activate();
		const sent = (path: string) =>
			requests.filter((one) => one.path.endsWith(path)).map((one) => (one.body as IDataObject).CustomHeaders);
		const [headers] = sent('/Create');
		host.stored = host.stored.replace(/"fingerprint":"[^"]+"/, '"fingerprint":"of the secret of another key"');

		await host.activate();
		const updates = sent('/Update');
		requests.length = 0;
		await host.activate();
		const writesAfter = requests.filter(({ path }) => !path.endsWith('/Retrieve'));
		await host.deactivate();

		expect(updates).toEqual([headers]);
		expect(writesAfter).toEqual([]);
	});
});
