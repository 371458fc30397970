import { byId } from './forms';
import { WoofedCrmBench } from './woofedCrmBench';

const bench = new WoofedCrmBench();
const run: WoofedCrmBench['operate'] = async (...given) => await bench.operate(...given);
const given: WoofedCrmBench['given'] = async (...record) => await bench.given(...record);
const lines = () => bench.lines();
const writes = () => bench.writes();

describe('taking a user off a deal', () => {
	test('finds the assignment by deal and user', async () => {
		const { items } = await run('dealAssignee', 'create', { deal_id: byId(16), user_id: byId(2) });
		bench.sandbox.reset();

		const removed = await run('dealAssignee', 'removeUser', { deal_id: byId(16), user_id: byId(2) });

		expect(lines()).toEqual(['GET /deals/16', `DELETE /deal_assignees/${String(items[0].json.id)}`]);
		expect(removed.items[0].json).toEqual({ deleted: true });
	});

	test.each([
		[1, 'Assigned users: 1.'],
		[17, 'No user is assigned to it.'],
	])('who is not assigned to deal %p is refused, and says who is', async (deal, words) => {
		const { error } = await run('dealAssignee', 'removeUser', { deal_id: byId(deal), user_id: byId(2) });

		expect(error?.message).toContain(`User 2 is not assigned to deal ${deal}`);
		expect(error?.description).toContain(words);
		expect(writes()).toEqual([]);
	});

	test('is refused where an older WoofedCRM does not tell who is assigned', async () => {
		bench.sandbox.vendors.woofedCrm.faults.add({
			kind: 'answer',
			reply: { status: 200, body: { id: 1, name: 'Deal' } },
		});

		const { error } = await run('dealAssignee', 'removeUser', { deal_id: byId(1), user_id: byId(1) });

		expect(error?.message).toContain('does not return the assignees');
		expect(writes()).toEqual([]);
	});
});

describe('finding a contact', () => {
	test('takes the email address in any case, and does not take another one that fits its wildcards', async () => {
		const id = await given('contact', { email: 'a_b@find.example' });
		await given('contact', { email: 'axb@find.example' });

		const { items } = await run('contact', 'find', { email: 'A_B@find.example' });

		expect(items.map(({ json }) => json.id)).toEqual([id]);
		expect(lines()).toEqual(['POST /contacts/search']);
	});

	test('takes a Brazilian number with and without its ninth digit', async () => {
		const id = await given('contact', { phone: '+5541966665555' });

		const { items } = await run('contact', 'find', { phone: '+55 41 6666-5555' });

		expect(items.map(({ json }) => json.id)).toEqual([id]);
		expect(bench.sent('woofedCrm')[0].body).toMatchObject({
			query: { phone_eq_any: ['+5541966665555', '5541966665555', '+554166665555', '554166665555'] },
		});
	});

	test('takes an address with signs that mail servers take', async () => {
		const email = 'r&d+1=%@find.example';
		await bench.run('woofedCrm', { resource: 'contact', operation: 'create', email });

		const { items } = await bench.run('woofedCrm', {
			resource: 'contact',
			operation: 'find',
			email: email.toUpperCase(),
		});

		expect(items.map(({ json }) => json.email)).toEqual([email]);
	});

	test.each(['joão@find.example', 'ana@bücher.example'])(
		'leaves it to WoofedCRM whether it takes %s',
		async (email) => {
			await bench.run('woofedCrm', { resource: 'contact', operation: 'create', email });

			expect(bench.sent('woofedCrm').map(({ body }) => body)).toEqual([{ email }]);
		},
	);

	test.each([
		['+525598765401', '+52 1 55 9876 5401'],
		['+5491198765402', 'tel:+541198765402'],
		['+541198765403', 'whatsapp:+5491198765403'],
	])('takes the number %s as %s', async (stored, given) => {
		await bench.run('woofedCrm', { resource: 'contact', operation: 'create', phone: stored });

		const { items } = await bench.run('woofedCrm', { resource: 'contact', operation: 'find', phone: given });

		expect(items.map(({ json }) => json.phone)).toEqual([stored]);
	});

	test.each([
		['(11) 9999-00', '11999900'],
		['+55 11', '+5511'],
	])('takes a part of a number in a list without its punctuation, %s', async (given, sent) => {
		await bench.run('woofedCrm', { resource: 'contact', operation: 'getAll', filters: { phone_cont: given } });

		expect(bench.sent('woofedCrm')[0].body).toMatchObject({ query: { phone_cont: sent } });
	});

	test('refuses letters as a part of a number in a list', async () => {
		const { error } = await bench.run('woofedCrm', {
			resource: 'contact',
			operation: 'getAll',
			filters: { phone_cont: '9999-AB' },
		});

		expect(error?.message).toBe(
			'\'Phone Contains\' must be a part of a phone number, in digits, but is "9999-AB" [item 0]',
		);
	});

	test('gives one item for each contact that has the address or the number', async () => {
		const one = await given('contact', { email: 'two@find.example' });
		const other = await given('contact', { phone: '+5541955554444' });

		const { items } = await run('contact', 'find', { email: 'two@find.example', phone: '+5541955554444' });

		expect(items.map(({ json }) => json.id)).toEqual([one, other]);
	});

	test('reads on when the first page of hits holds another contact only', async () => {
		const { faults } = bench.sandbox.vendors.woofedCrm;
		faults.add({
			kind: 'answer',
			reply: { status: 200, body: { data: [{ id: 1, email: 'axb@find.example' }], pagination: { next: 2 } } },
			times: 1,
		});
		faults.add({
			kind: 'answer',
			reply: { status: 200, body: { data: [{ id: 2, email: 'a_b@find.example' }], pagination: { next: null } } },
			times: 1,
		});

		const { items } = await run('contact', 'find', { email: 'a_b@find.example' });

		expect(items.map(({ json }) => json.id)).toEqual([2]);
	});

	test('gives no item when there is none', async () => {
		const { items, error } = await run('contact', 'find', { email: 'nobody@find.example' });

		expect(error).toBeUndefined();
		expect(items).toEqual([]);
	});

	test('sends nothing without email and phone, because a blank search finds every contact', async () => {
		const { error } = await run('contact', 'find', {});

		expect(error?.message).toContain("'Email' and 'Phone' are both empty");
		expect(lines()).toEqual([]);
	});
});

describe('existing values', () => {
	const attributes = { custom_attributes: '{ "city": "Recife", "size": 2 }' };

	test('of a contact are kept and added to on request', async () => {
		await given('contact', {
			email: 'keep@merge.example',
			additionalFields: { label_list: 'lead, vip', ...attributes },
		});

		await run('contact', 'upsert', {
			email: 'keep@merge.example',
			additionalFields: { label_list: 'vip, "new, shiny"', custom_attributes: '{ "size": 3 }', existing: 'merge' },
		});

		expect(writes()).toEqual([
			[
				'POST /contacts/upsert',
				{
					email: 'keep@merge.example',
					label_list: 'lead, vip, "new, shiny"',
					custom_attributes: { city: 'Recife', size: 3 },
				},
			],
		]);
	});

	test('of a contact are replaced otherwise, and the choice itself is not sent', async () => {
		await given('contact', { email: 'replace@merge.example', additionalFields: { label_list: 'lead', ...attributes } });

		await run('contact', 'upsert', {
			email: 'replace@merge.example',
			additionalFields: { label_list: 'new', existing: 'replace' },
		});

		expect(writes()).toEqual([['POST /contacts/upsert', { email: 'replace@merge.example', label_list: 'new' }]]);
	});

	test.each(['update', 'upsert'])('of a deal are read and kept by %s', async (operation) => {
		const deal = { contact_id: byId(9), name: `Kept by ${operation}` };
		const id = await given('deal', { ...deal, stage_id: 1, additionalFields: attributes });
		const change = { custom_attributes: '{ "size": 3 }', existing: 'merge' };

		await run(
			'deal',
			operation,
			operation === 'update' ? { id: byId(id), updateFields: change } : { ...deal, additionalFields: change },
		);

		expect(lines().slice(-2)).toEqual([`GET /deals/${id}`, `PUT /deals/${id}`]);
		expect(writes()[0][1]).toMatchObject({ custom_attributes: { city: 'Recife', size: 3 } });
	});

	test('of a product are read and kept on request', async () => {
		const id = await given('product', { name: 'Kept', amount_in_cents: 1, additionalFields: attributes });

		await run('product', 'update', {
			id: byId(id),
			updateFields: { custom_attributes: '{ "size": 3 }', existing: 'merge' },
		});

		expect(lines()).toEqual([`GET /products/${id}`, `PUT /products/${id}`]);
		expect(writes()[0][1]).toEqual({ custom_attributes: { city: 'Recife', size: 3 } });
	});

	test('of a deal are not read when no attributes are given', async () => {
		await run('deal', 'update', { id: byId(2), updateFields: { name: 'Renamed', existing: 'merge' } });

		expect(lines()).toEqual(['PUT /deals/2']);
	});

	test('that WoofedCRM does not tell are not overwritten', async () => {
		bench.sandbox.vendors.woofedCrm.faults.add({
			kind: 'answer',
			reply: { status: 200, body: { id: 2, name: 'Deal 2' } },
			times: 1,
		});

		const { error } = await run('deal', 'update', { id: byId(2), updateFields: { ...attributes, existing: 'merge' } });

		expect(error?.message).toContain('did not return the custom_attributes');
		expect(writes()).toEqual([]);
	});

	/** A deal as the server keeps it, whole numbers beyond what JavaScript can hold included. */
	const withAttributes = (custom_attributes: string) =>
		bench.sandbox.vendors.woofedCrm.faults.add({
			kind: 'answer',
			reply: {
				status: 200,
				headers: { 'content-type': 'application/json' },
				body: `{"id":2,"name":"Deal 2","custom_attributes":${custom_attributes}}`,
			},
			times: 1,
		});

	test.each([
		['a number', '{"city":"Recife","erp_id":9007199254740993}', "'erp_id'"],
		['a negative number', '{"erp_id":-90071992547409931}', "'erp_id'"],
		['a number inside', '{"erp":{"ids":[1,12345678901234567890]}}', "'erp.ids.1'"],
	])('of a deal are not sent back rounded: %s beyond 2^53 is refused by its name', async (_, stored, name) => {
		withAttributes(stored);

		const { error } = await run('deal', 'update', {
			id: byId(2),
			updateFields: { custom_attributes: '{ "size": 3 }', existing: 'merge' },
		});

		expect(error?.message).toContain(`${name} `);
		expect(error?.description).toContain('Nothing was changed');
		expect(writes()).toEqual([]);
	});

	test('of a deal are written although one is a large number, when that one is given anew', async () => {
		withAttributes('{"city":"Recife","erp_id":9007199254740993}');

		await run('deal', 'update', {
			id: byId(2),
			updateFields: { custom_attributes: '{ "erp_id": "9007199254740993" }', existing: 'merge' },
		});

		expect(writes()).toEqual([['PUT /deals/2', { custom_attributes: { city: 'Recife', erp_id: '9007199254740993' } }]]);
	});

	test('of a deal that JavaScript holds as they are, are sent back as they are', async () => {
		withAttributes('{"largest":9007199254740991,"price":0.1,"tiny":1e-7,"text":"9007199254740993"}');

		await run('deal', 'update', {
			id: byId(2),
			updateFields: { custom_attributes: '{ "size": 3 }', existing: 'merge' },
		});

		expect(writes()[0][1]).toEqual({
			custom_attributes: { largest: 9_007_199_254_740_991, price: 0.1, tiny: 1e-7, text: '9007199254740993', size: 3 },
		});
	});

	test('of a contact are not sent back rounded either', async () => {
		const { faults } = bench.sandbox.vendors.woofedCrm;
		const body =
			'{"data":[{"id":1,"email":"big@merge.example","label_list":[],"custom_attributes":{"erp_id":9007199254740993}}],"pagination":{"next":null}}';
		faults.add({
			kind: 'answer',
			reply: { status: 200, headers: { 'content-type': 'application/json' }, body },
			times: 1,
		});

		const { error } = await run('contact', 'upsert', {
			email: 'big@merge.example',
			additionalFields: { custom_attributes: '{ "size": 3 }', existing: 'merge' },
		});

		expect(error?.message).toContain("'erp_id'");
		expect(writes()).toEqual([]);
	});

	test('alone are nothing to update', async () => {
		const { error } = await run('deal', 'update', { id: byId(2), updateFields: { existing: 'merge' } });

		expect(error?.message).toContain('nothing to update');
		expect(lines()).toEqual([]);
	});
});
