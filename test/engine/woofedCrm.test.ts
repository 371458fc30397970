import type { IDataObject } from 'n8n-workflow';
import { byId, chatwoot } from './forms';
import { WoofedCrmBench } from './woofedCrmBench';

const bench = new WoofedCrmBench();
const run: WoofedCrmBench['operate'] = async (...given) => await bench.operate(...given);
const newRecord: WoofedCrmBench['given'] = async (...record) => await bench.given(...record);

const bodies = () => bench.sent('woofedCrm').map(({ body }) => body);

describe('what was created can be read', () => {
	test('a contact, with its labels as text and its phone number as digits', async () => {
		const id = await newRecord('contact', {
			full_name: 'Bruno Lima',
			phone: '+55 (11) 97777-6655',
			additionalFields: { label_list: 'lead, vip' },
		});

		const { items } = await run('contact', 'get', { id: byId(id) });

		expect(items[0].json).toMatchObject({
			id,
			full_name: 'Bruno Lima',
			email: '',
			phone: '+5511977776655',
			label_list: ['lead', 'vip'],
			deals: [],
		});
	});

	test('a note, on the timeline of the contact', async () => {
		await run('dealEvent', 'createNote', { deal_id: byId(3), content: 'Called back' });

		const { items } = await run('contact', 'get', { id: byId(3) });

		expect(items[0].json.events).toEqual([
			expect.objectContaining({ kind: 'note', deal_id: 3, content: 'Called back' }),
		]);
	});

	test('a deal, with its contact, stage and pipeline', async () => {
		const id = await newRecord('deal', { contact_id: byId(1), stage_id: '2', name: 'Shop' });

		const { items } = await run('deal', 'get', { id: byId(id) });

		expect(items[0].json).toMatchObject({
			id,
			name: 'Shop',
			status: 'open',
			contact: { id: 1 },
			stage: { name: 'Proposal' },
			pipeline: { name: 'Sales' },
		});
	});

	test('a product on a deal, at the price of the catalog until it is changed', async () => {
		const id = await newRecord('dealProduct', { deal_id: byId(5), product_id: byId(2), quantity: 3 });

		const before = await run('dealProduct', 'get', { id });
		const after = await run('dealProduct', 'update', { id, updateFields: { unit_amount_in_cents: 40_000 } });

		expect(before.items[0].json).toMatchObject({ unit_amount_in_cents: 49_900, total_amount_in_cents: 149_700 });
		expect(after.items[0].json).toMatchObject({
			quantity: 3,
			unit_amount_in_cents: 40_000,
			total_amount_in_cents: 120_000,
		});
	});

	test('a user, without the password in the output', async () => {
		const { items } = await run('user', 'create', {
			email: 'dora@example.com',
			password: 'a long secret',
			password_confirmation: 'a long secret',
			full_name: 'Dora',
			simplify: false,
		});
		const found = await run('user', 'getAll', { filters: { email_cont: 'dora@' } });

		expect(found.items[0].json).toMatchObject({ id: items[0].json.id, full_name: 'Dora' });
		expect(JSON.stringify(items)).not.toContain('a long secret');
	});
});

describe('an update', () => {
	test('sends and changes only what is given', async () => {
		const id = await newRecord('product', {
			name: 'Domain',
			amount_in_cents: 4_990,
			additionalFields: { quantity_available: 5 },
		});

		await run('product', 'update', { id: byId(id), updateFields: { amount_in_cents: 0, name: '' } });
		const { items } = await run('product', 'get', { id: byId(id) });

		expect(bodies()[0]).toEqual({ amount_in_cents: 0 });
		expect(items[0].json).toMatchObject({ name: 'Domain', amount_in_cents: 0, quantity_available: 5 });
	});

	test('wins a deal', async () => {
		const { items } = await run('deal', 'update', { id: byId(7), simplify: false, updateFields: { status: 'won' } });

		expect(items[0].json).toMatchObject({ id: 7, status: 'won', name: 'Deal 7', won_at: expect.any(String) });
	});

	test('is sent once when the answer is lost, because nobody knows what became of it', async () => {
		bench.sandbox.vendors.woofedCrm.faults.add({ kind: 'lostAnswer' });

		const { error } = await run('deal', 'update', { id: byId(8), updateFields: { status: 'won' } });

		expect(error).toBeDefined();
		expect(bench.sent('woofedCrm')).toHaveLength(1);
	});
});

describe('a list', () => {
	test('is read page after page with the filters on each, in a fixed order, until the last', async () => {
		const { items } = await run('contact', 'getAll', {
			returnAll: true,
			filters: { email_cont: '@example.com', full_name_cont: 'contact' },
		});

		const query = { email_cont: '@example.com', full_name_cont: 'contact', s: 'id asc' };
		expect(bodies()).toEqual([1, 2, 3].map((page) => ({ query, page })));
		expect(items.map(({ json }) => json.id)).toEqual(Array.from({ length: 22 }, (_, index) => index + 2));
	});

	test('of products holds each once, although one is changed while the list is read', async () => {
		for (let number = 1; number <= 22; number += 1)
			await newRecord('product', { name: `Listed ${String(number).padStart(2, '0')}`, amount_in_cents: 1 });
		const first = (await run('product', 'getAll', { limit: 1, filters: { name_cont: 'Listed' } })).items[0].json
			.id as number;
		bench.sandbox.reset();
		const change = () => void run('product', 'update', { id: byId(first), updateFields: { amount_in_cents: 2 } });
		bench.sandbox.vendors.woofedCrm.faults.add({
			kind: 'delay',
			ms: 300,
			match: ({ body }) => (body as IDataObject | undefined)?.page === 2 && (change(), true),
			times: 1,
		});

		const { items } = await run('product', 'getAll', { returnAll: true, filters: { name_cont: 'Listed' } });

		expect(items.map(({ json }) => json.name)).toEqual(
			Array.from({ length: 22 }, (_, index) => `Listed ${String(index + 1).padStart(2, '0')}`),
		);
	});

	test('that gave a record twice puts it out once, and says that others may be missing', async () => {
		const page = (ids: number[], next: number | null) => ({
			kind: 'answer' as const,
			times: 1,
			reply: { status: 200, body: { data: ids.map((id) => ({ id })), pagination: { next } } },
		});
		bench.sandbox.vendors.woofedCrm.faults.add(page([1, 2, 3], 2));
		bench.sandbox.vendors.woofedCrm.faults.add(page([3, 2, 5], null));

		const { items, hints } = await run('product', 'getAll', { returnAll: true });

		expect(items.map(({ json }) => json.id)).toEqual([1, 2, 3, 5]);
		expect(hints).toEqual([
			expect.stringMatching(
				/^The list returned 6 records, 2 of them a second time: .+ other records may be missing\. .+ \[item 0\]$/,
			),
		]);
	});

	test('stops at its limit', async () => {
		const { items } = await run('deal', 'getAll', { limit: 12 });

		expect(items).toHaveLength(12);
		expect(bodies()).toEqual([1, 2].map((page) => ({ query: { s: 'id asc' }, page })));
	});

	test('is read as well where the vendor gives it bare', async () => {
		const rows = (from: number, count: number) => ({
			kind: 'answer' as const,
			times: 1,
			reply: { status: 200, body: Array.from({ length: count }, (_, index) => ({ id: from + index })) },
		});
		bench.sandbox.vendors.woofedCrm.faults.add(rows(1, 10));
		bench.sandbox.vendors.woofedCrm.faults.add(rows(11, 3));

		const { items } = await run('user', 'getAll', { returnAll: true });

		expect(items).toHaveLength(13);
	});

	test('is asked for again after the vendor broke, because a search only reads', async () => {
		bench.sandbox.vendors.woofedCrm.faults.add({ kind: 'lostAnswer', times: 1 });

		const { items } = await run('product', 'getAll', { filters: { identifier_eq: 'PLAN-01' } });

		expect(items).toHaveLength(1);
		expect(bench.sent('woofedCrm')).toHaveLength(2);
	});

	test('takes 0 as a filter', async () => {
		await run('product', 'getAll', { filters: { quantity_available_gt: 0 } });

		expect(bodies()).toEqual([
			{ query: { quantity_available_gt: 0, s: ['created_at asc', 'identifier asc', 'name asc'] }, page: 1 },
		]);
	});
});

describe('a filter that is empty is refused, because WoofedCRM would give back everything', () => {
	test.each<[string, string, IDataObject, string]>([
		['a text', 'contact', { email_cont: '={{ $json.nothing }}' }, 'Email Contains'],
		['blanks', 'user', { email_cont: '={{ "  " }}' }, 'Email Contains'],
		['a locator', 'deal', { name_cont: 'shop', contact_id_eq: byId('={{ $json.nothing ?? "" }}') }, 'Contact'],
		['a number', 'product', { amount_in_cents_gteq: '={{ null }}' }, 'Lowest Price (Cents)'],
		['a date', 'deal', { created_at_gteq: '={{ "" }}' }, 'Created From'],
	])('%s', async (_name, resource, filters, label) => {
		const { error } = await run(resource, 'getAll', { returnAll: true, filters });

		expect(error).toMatchObject({
			name: 'NodeOperationError',
			message: expect.stringContaining(`'${label}' is empty. Enter a value or remove the field`),
			description: expect.stringContaining('a list without its filters may return every record'),
		});
		expect(bench.sent('woofedCrm')).toEqual([]);
	});

	test('no item is sent when the filter of a later one is empty', async () => {
		const { error } = await run('contact', 'getAll', { filters: { email_cont: '={{ $json.email }}' } }, [
			{ email: 'mariana@' },
			{},
		]);

		expect(error).toMatchObject({ message: expect.stringContaining('[item 1]') });
		expect(bench.sent('woofedCrm')).toEqual([]);
	});
});

describe('the node refuses, and sends nothing', () => {
	const user = { email: 'eva@example.com', password: 'a long secret', password_confirmation: 'a long secret' };

	test.each<[string, string, string, IDataObject, string]>([
		[
			'a negative price',
			'product',
			'create',
			{ name: 'x', amount_in_cents: '={{ -1 }}' },
			"'Price (Cents)' must be a whole number from 0 to 2147483647, but is -1",
		],
		[
			'a price with decimals',
			'product',
			'create',
			{ name: 'x', amount_in_cents: '={{ "199.00" }}' },
			"'Price (Cents)' must be a whole number",
		],
		[
			'a price the database cannot hold',
			'product',
			'update',
			{ id: byId(1), updateFields: { amount_in_cents: '={{ 2147483648 }}' } },
			"'Price (Cents)' must be a whole number",
		],
		[
			'a negative price on a deal',
			'dealProduct',
			'update',
			{ id: 1, updateFields: { unit_amount_in_cents: '={{ -5 }}' } },
			"'Unit Price (Cents)' must be a whole number",
		],
		[
			'a contact without anything',
			'contact',
			'create',
			{ full_name: ' ' },
			"'Full Name', 'Email' and 'Phone' are all empty",
		],
		[
			'a phone number that is none',
			'contact',
			'create',
			{ full_name: 'x', phone: 'ask Ana' },
			"'Phone' must be a phone number with country code",
		],
		[
			'a pipeline without a stage',
			'deal',
			'update',
			{ id: byId(1), updateFields: { pipeline_id: 2 } },
			"'Pipeline' is set without 'Stage'",
		],
		[
			'an update of nothing',
			'deal',
			'update',
			{ id: byId(1), updateFields: { name: '' } },
			'There is nothing to update',
		],
		[
			'an inbox by its name',
			'dealEvent',
			'sendChatwootMessage',
			{ ...chatwoot, chatwoot_inbox_id: byId('WhatsApp') },
			"'Chatwoot Inbox' must be picked from the list or be an ID (a whole number",
		],
		[
			'passwords that differ',
			'user',
			'create',
			{ ...user, password_confirmation: 'another one' },
			"'Confirm Password' must be the same as 'Password', but differs",
		],
		[
			'a deletion without an ID',
			'dealAssignee',
			'delete',
			{ id: '={{ "" }}' },
			"'Deal Assignee ID' is required but empty",
		],
	])('%s', async (_name, resource, operation, parameters, message) => {
		const { error } = await run(resource, operation, parameters);

		expect(error).toMatchObject({ name: 'NodeOperationError', message: expect.stringContaining(message) });
		expect(bench.sent('woofedCrm')).toEqual([]);
	});

	test('a short password, without showing it', async () => {
		const { error } = await run('user', 'create', { ...user, password: 'abc1', password_confirmation: 'abc1' });

		expect(error).toMatchObject({ message: expect.stringContaining("'Password' must be text of 6 to 128 characters") });
		expect(`${error?.message} ${error?.description}`).not.toContain('abc1');
	});

	test('a password that WoofedCRM repeats in its refusal is not shown', async () => {
		bench.sandbox.vendors.woofedCrm.faults.add({
			kind: 'answer',
			reply: { status: 422, body: { errors: ['Password "a long secret" is too common'] } },
		});

		const { error } = await run('user', 'create', user);

		expect(error?.message).toContain('is too common');
		expect(JSON.stringify([error?.message, error?.context])).not.toContain('a long secret');
	});
});

test('the ID of an inbox goes out as text without the blanks that were pasted along', async () => {
	await bench.run('woofedCrm', { ...chatwoot, chatwoot_inbox_id: byId(' 62483 ') });

	expect(bodies()[0]).toMatchObject({ additional_attributes: { chatwoot_inbox_id: '62483' } });
});

describe('a deletion', () => {
	test('takes the contact and its deals away', async () => {
		const id = await newRecord('contact', { full_name: 'Short-lived' });
		const dealId = await newRecord('deal', { contact_id: byId(id), stage_id: 1 });

		const { items } = await run('contact', 'delete', { id: byId(id) });
		const contact = await run('contact', 'get', { id: byId(id) });
		const deal = await run('deal', 'get', { id: byId(dealId) });

		expect(items).toEqual([{ json: { deleted: true }, pairedItem: { item: 0 } }]);
		expect([contact.error?.httpCode, deal.error?.httpCode]).toEqual(['404', '404']);
	});

	test('takes a user off a deal', async () => {
		const id = await newRecord('dealAssignee', { deal_id: byId(9), user_id: byId(2) });

		const { items } = await run('dealAssignee', 'delete', { id });
		const deal = await run('deal', 'get', { id: byId(9) });

		expect(items[0].json).toEqual({ deleted: true });
		expect(deal.items[0].json.deal_assignees).toEqual([]);
	});
});
