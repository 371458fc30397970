import type { IDataObject } from 'n8n-workflow';
import { Bench } from '../support/run';
import { byId } from './forms';

const bench = new Bench();

const sale = '5b00005a-1a2b-4c3d-8e4f-00000000005a';
const operate = async (resource: string, operation: string, parameters: IDataObject = {}) =>
	await bench.run('leadSquared', { resource, operation, ...parameters });
const bodies = () => bench.sent('leadSquared').map(({ body }) => body as unknown);

test('a sale is created with its date and time in UTC, and its owner by email', async () => {
	const { items } = await operate('salesActivity', 'create', {
		ProspectId: byId('5b00000a-1a2b-4c3d-8e4f-00000000000a'),
		Status: 'Won',
		additionalFields: {
			Revenue: 1200.5,
			SalesDate: '2026-10-01T09:00:00',
			owner: { __rl: true, mode: 'email', value: 'taskowner@example.com' },
			ProductSku: byId('SKU-1'),
		},
	});

	expect(bodies()).toEqual([
		{
			ProspectId: '5b00000a-1a2b-4c3d-8e4f-00000000000a',
			Status: 'Won',
			ProductSku: 'SKU-1',
			Revenue: 1200.5,
			SalesOwnerEmail: 'taskowner@example.com',
			SalesDate: '2026-10-01 12:00:00',
		},
	]);
	expect(items[0].json).toHaveProperty('Id');
});

test('an update of a sale sends only the given fields, and is refused without any', async () => {
	await operate('salesActivity', 'update', { Id: sale, updateFields: { Revenue: 7 } });
	const { error } = await operate('salesActivity', 'update', { Id: sale });

	expect(bodies()).toEqual([{ Id: sale, Revenue: 7 }]);
	expect(error?.message).toBe('There is nothing to update [item 0]');
});

test('products are listed from a response with or without an envelope', async () => {
	const inEnvelope = await operate('product', 'getAll', { returnAll: true });
	bench.sandbox.vendors.leadSquared.faults.add({
		kind: 'answer',
		reply: { status: 200, body: [{ Name: 'Bare', ProductSku: 'B' }] },
	});
	const bare = await operate('product', 'getAll', { returnAll: true });

	expect([inEnvelope, bare].map(({ items }) => items.map(({ json }) => json.ProductSku))).toEqual([
		['SKU-1', 'SKU-2'],
		['B'],
	]);
});

test('a response about products without a list is malformed, not an empty list', async () => {
	bench.sandbox.vendors.leadSquared.faults.add({ kind: 'answer', reply: { status: 200, body: { RecordCount: 3 } } });

	const { error } = await operate('product', 'getAll', { returnAll: true });

	expect(error?.message).toContain('The response contains no list');
});

test('the account shows the user of the keys, without the values that let anyone act as the user', async () => {
	const secrets = { SessionId: 'session', TokenId: 'token', PassPhrase: 'phrase' };
	const reply = { status: 200, body: { Id: '1', Name: 'Integration User', TimeZone: 'Asia/Kolkata', ...secrets } };
	bench.sandbox.vendors.leadSquared.faults.add({ kind: 'answer', reply });

	const { items } = await operate('account', 'get', { simplify: false });

	expect(items.map(({ json }) => json)).toEqual([{ Id: '1', Name: 'Integration User', TimeZone: 'Asia/Kolkata' }]);
});

describe('a webhook', () => {
	const webhook = { URL: 'https://hooks.example.com/lsq', WebhookEvent: '7' };
	const headers = { values: [{ Key: 'x-hook-secret', Value: 'a-long-random-text' }] };

	test('is created with the number of its event, and found by the name of the event', async () => {
		await operate('webhook', 'create', { ...webhook, additionalFields: { CustomHeaders: headers } });
		const { items } = await operate('webhook', 'getAll', {
			returnAll: true,
			filters: { WebhookEvent: 'Task_Create', SearchText: 'hooks' },
		});

		expect(bodies()[0]).toEqual({
			...webhook,
			Method: 'POST',
			ContentType: 'application/json',
			CustomHeaders: [{ Key: 'x-hook-secret', Value: 'a-long-random-text' }],
		});
		expect(bodies()[1]).toMatchObject({ Parameter: { Type: 'Webhook', WebhookEvent: 'Task_Create' } });
		expect(items.length).toBeGreaterThan(0);
		expect(items.every(({ json }) => !('CustomHeaders' in json))).toBe(true);
	});

	test('for activities requires their type, because LeadSquared fails without it', async () => {
		const { error } = await operate('webhook', 'create', { ...webhook, WebhookEvent: '2' });

		expect([error?.message, bodies()]).toEqual([
			"'Activity Type Code' and 'Filter' are required when 'Event' is Activity Created [item 0]",
			[],
		]);
	});

	test('keeps header values out of every message, even if the vendor repeats them', async () => {
		const body = {
			Status: 'Error',
			ExceptionType: 'MXNo',
			ExceptionMessage: 'Header x-hook-secret: a-long-random-text is bad',
		};
		bench.sandbox.vendors.leadSquared.faults.add({ kind: 'answer', reply: { status: 500, body }, times: 1 });
		const refused = await operate('webhook', 'create', { ...webhook, additionalFields: { CustomHeaders: headers } });
		const misfit = await operate('webhook', 'create', {
			...webhook,
			additionalFields: {
				CustomHeaders: { values: [{ Key: 'k', Value: '={{ ({ inner: "a-long-random-text" }) }}' }] },
			},
		});

		expect(refused.error?.message).toBe(
			'LeadSquared refused the request: Header x-hook-secret: [secret removed] is bad',
		);
		expect(misfit.error?.message).toContain("'Custom Headers'");
		expect(JSON.stringify([refused.error?.context, misfit.error?.message])).not.toContain('a-long-random-text');
	});
});
