import type { IDataObject, ILoadOptionsFunctions } from 'n8n-workflow';
import { Bench, pack, workflowOf } from '../support/run';
import { loadOptionsContext } from './engine';

const bench = new Bench();
const byId = (value: unknown) => ({ __rl: true, mode: 'id', value: String(value) });
const run = async (resource: string, operation: string, parameters: IDataObject, items?: IDataObject[]) => await bench.run('woofedCrm', { resource, operation, ...parameters }, { items });

/** Requests as method and path, and those that change something with their body. */
const lines = () => bench.sent('woofedCrm').map(({ method, path }) => `${method} ${path.replace('/api/v1/accounts/1', '')}`);
const writes = () => bench.sent('woofedCrm').filter(({ method, path }) => method !== 'GET' && !path.endsWith('/search')).map(({ method, path, body }) => [`${method} ${path.replace('/api/v1/accounts/1', '')}`, body]);

/** Creates a record and gives back its id; the requests so far are forgotten. */
async function given(resource: string, parameters: IDataObject): Promise<number> {
	const { items } = await run(resource, 'create', parameters);
	bench.sandbox.reset();
	return items[0].json.id as number;
}

describe('a deal by contact and name', () => {
	const plan = { contact_id: byId(2), name: 'Plan' };

	test('is created when the contact has none with this name', async () => {
		await run('deal', 'upsert', { ...plan, stage_id: 2 });

		expect(bench.sent('woofedCrm')[0].body).toEqual({ query: { contact_id_eq: 2, name_eq: 'Plan', s: 'id asc' } });
		expect(writes()).toEqual([['POST /deals', { contact_id: 2, name: 'Plan', stage_id: 2 }]]);
	});

	test('is updated when it is there, and the older deals of the contact are left alone', async () => {
		const id = await given('deal', { contact_id: byId(3), stage_id: 1, name: 'Upgrade' });

		const { items } = await run('deal', 'upsert', { contact_id: byId(3), name: ' Upgrade ', additionalFields: { status: 'won' } });

		expect(writes()).toEqual([[`PUT /deals/${id}`, { contact_id: 3, name: 'Upgrade', status: 'won' }]]);
		expect(items[0].json).toMatchObject({ id, stage_id: 1, status: 'won' });
	});

	test('is created when a deal has the same name in another case only', async () => {
		await given('deal', { contact_id: byId(4), stage_id: 1, name: 'SHOP' });
		// A database that does not mind the case.
		bench.sandbox.vendors.woofedCrm.faults.add({ kind: 'answer', reply: { status: 200, body: { data: [{ id: 99, name: 'SHOP', contact_id: 4 }] } }, times: 1 });

		await run('deal', 'upsert', { contact_id: byId(4), name: 'Shop', stage_id: 1 });

		expect(writes().map(([line]) => line)).toEqual(['POST /deals']);
	});

	test('is refused when several have the name, and nothing is changed', async () => {
		await given('deal', { contact_id: byId(5), stage_id: 1, name: 'Twin' });
		const id = await given('deal', { contact_id: byId(5), stage_id: 2, name: 'Twin' });

		const { error } = await run('deal', 'upsert', { contact_id: byId(5), name: 'Twin', stage_id: 1 });

		expect(error?.message).toContain("2 deals with the name 'Twin'");
		expect(error?.message).toContain(`ID ${id} (open)`);
		expect(writes()).toEqual([]);
	});

	test('is not created without a stage', async () => {
		const { error } = await run('deal', 'upsert', { contact_id: byId(6), name: 'No stage' });

		expect(error?.message).toContain("'Stage' came empty");
		expect(writes()).toEqual([]);
	});

	test('is not searched when a pipeline is given without its stage', async () => {
		const { error } = await run('deal', 'upsert', { ...plan, pipeline_id: byId(1) });

		expect(error?.message).toContain("'Pipeline' is given without 'Stage'");
		expect(lines()).toEqual([]);
	});

	test('is created once by two items with the same contact and name', async () => {
		await run('deal', 'upsert', { contact_id: byId(7), name: 'Race', stage_id: 1 }, [{}, {}]);

		expect(writes().map(([line]) => String(line).replace(/\d+/, 'ID'))).toEqual(['POST /deals', 'PUT /deals/ID']);
	});

	test('is written once when the answer is lost', async () => {
		bench.sandbox.vendors.woofedCrm.faults.add({ kind: 'answer', reply: { status: 200, body: { data: [] } }, times: 1 });
		bench.sandbox.vendors.woofedCrm.faults.add({ kind: 'lostAnswer' });

		const { error } = await run('deal', 'upsert', { contact_id: byId(8), name: 'Lost', stage_id: 1 });

		expect(error?.message).toContain('may have been carried out');
		expect(writes()).toHaveLength(1);
	});
});

describe('a stage that WoofedCRM does not have', () => {
	const refusal = 'WoofedCRM put the deal into stage 1, not into stage 99';

	test.each([
		['moveToStage', { stage_id: byId(99) }],
		['update', { updateFields: { stage_id: byId(99) } }],
	])('fails %s, because the deal went to the first stage instead', async (operation, parameters) => {
		const { error } = await run('deal', operation, { id: byId(13), ...parameters });

		expect(error?.message).toContain(refusal);
		expect(writes()).toHaveLength(1);
	});

	test('is told as something that was carried out', async () => {
		const { errors } = await bench.run('woofedCrm', { resource: 'deal', operation: 'moveToStage', id: byId(13), stage_id: byId(99) }, { settings: { onError: 'continueErrorOutput' } });

		expect(errors[0].json).toMatchObject({ error: expect.stringContaining(refusal), details: { mayHaveBeenApplied: true } });
	});
});

describe('a stage of another pipeline', () => {
	const pipelineOf = async (id: number) => (await run('deal', 'get', { id: byId(id) })).items[0].json.pipeline;

	test('takes the deal to its pipeline, which WoofedCRM by itself would not change', async () => {
		const { items } = await run('deal', 'moveToStage', { id: byId(18), stage_id: byId(4) });

		expect(items[0].json).toMatchObject({ stage_id: 4, pipeline_id: 2 });
		expect(writes()).toEqual([
			['PUT /deals/18', { stage_id: 4 }],
			['PUT /deals/18', { stage_id: 4, pipeline_id: 2 }],
		]);
		expect(await pipelineOf(18)).toMatchObject({ name: 'Support' });
	});

	test('is written once when its pipeline is given', async () => {
		await run('deal', 'update', { id: byId(19), updateFields: { stage_id: byId(4), pipeline_id: byId(2) } });

		expect(writes()).toEqual([['PUT /deals/19', { stage_id: 4, pipeline_id: 2 }]]);
	});

	test('decides, when another pipeline is given', async () => {
		await run('deal', 'upsertOldest', { contact_id: byId(20), stage_id: byId(4), pipeline_id: byId(1) });

		expect(await pipelineOf(20)).toMatchObject({ name: 'Support' });
	});

	test('gives a new deal its pipeline, whatever the list of stages was narrowed to', async () => {
		const { items } = await run('deal', 'create', { contact_id: byId(1), stage_id: byId(4), pipeline_id: byId(1), name: 'Ticket' });

		expect(writes()).toEqual([['POST /deals', { contact_id: 1, stage_id: 4, name: 'Ticket' }]]);
		expect(items[0].json).toMatchObject({ pipeline_id: 2 });
	});

	test('that cannot be looked up afterwards is told as something that was carried out', async () => {
		bench.sandbox.vendors.woofedCrm.faults.add({ kind: 'answer', reply: { status: 403, body: { errors: 'Forbidden' } }, match: ({ method }) => method === 'GET' });

		const { errors } = await bench.run('woofedCrm', { resource: 'deal', operation: 'moveToStage', id: byId(21), stage_id: byId(2) }, { settings: { onError: 'continueErrorOutput' } });

		expect(errors[0].json).toMatchObject({ error: expect.stringContaining('The deal was written, but whether its stage belongs to its pipeline'), details: { mayHaveBeenApplied: true } });
	});

	test('that cannot be looked up once is written again by Retry On Fail, because that does no harm', async () => {
		bench.sandbox.vendors.woofedCrm.faults.add({ kind: 'answer', reply: { status: 403, body: { errors: 'Forbidden' } }, match: ({ method }) => method === 'GET', times: 1 });

		const { items } = await bench.run('woofedCrm', { resource: 'deal', operation: 'moveToStage', id: byId(21), stage_id: byId(4) }, { settings: { retryOnFail: true, maxTries: 2, waitBetweenTries: 0 } });

		expect(items[0].json).toMatchObject({ stage_id: 4, pipeline_id: 2 });
	});

	test('is brought to its pipeline although another item failed meanwhile', async () => {
		const { faults } = bench.sandbox.vendors.woofedCrm;
		faults.add({ kind: 'answer', reply: { status: 422, body: { errors: ['No'] } }, match: ({ path }) => path.endsWith('/deals/1') });
		faults.add({ kind: 'delay', ms: 300, match: ({ method, path }) => method === 'PUT' && path.endsWith('/deals/22'), times: 1 });

		const { error } = await run('deal', 'moveToStage', { id: { ...byId(0), value: '={{ $json.id }}' }, stage_id: byId(4) }, [{ id: 22 }, { id: 1 }]);

		expect(error?.message).toContain('WoofedCRM refused the request: No');
		expect(error?.message ?? '').not.toContain('could not be made sure');
		expect(await pipelineOf(22)).toMatchObject({ name: 'Support' });
	});

	test('that WoofedCRM keeps out of its pipeline is told', async () => {
		const deal = { id: 22, stage_id: 4, pipeline_id: 1 };
		const { faults } = bench.sandbox.vendors.woofedCrm;
		faults.add({ kind: 'answer', reply: { status: 200, body: deal }, match: ({ method }) => method === 'PUT' });
		faults.add({ kind: 'answer', reply: { status: 200, body: { ...deal, stage: { id: 4, pipeline_id: 2 } } }, match: ({ method }) => method === 'GET' });

		const { error } = await run('deal', 'moveToStage', { id: byId(22), stage_id: byId(4) });

		expect(error?.message).toContain('WoofedCRM left the deal in pipeline 1, and the stage belongs to pipeline 2');
	});

	test('of a deal that was moved by hand is not listed under the wrong pipeline', async () => {
		const waiting = { id: 4, name: 'Waiting', pipeline_id: 2 };
		const [sales, support] = [{ id: 1, name: 'Sales' }, { id: 2, name: 'Support' }];
		const { faults } = bench.sandbox.vendors.woofedCrm;
		faults.add({ kind: 'answer', reply: { status: 200, body: { data: [2, 1].map((id) => ({ id, stage_id: 4, pipeline_id: id })) } }, match: ({ path }) => path.endsWith('/deals/search') });
		faults.add({ kind: 'answer', reply: { status: 200, body: { id: 1, stage_id: 4, pipeline_id: 1, stage: waiting, pipeline: sales } }, match: ({ path }) => path.endsWith('/deals/1') });
		faults.add({ kind: 'answer', reply: { status: 200, body: { id: 2, stage_id: 4, pipeline_id: 2, stage: waiting, pipeline: support } }, match: ({ path }) => path.endsWith('/deals/2') });
		const context = loadOptionsContext(workflowOf('woofedCrm', { resource: 'deal', operation: 'moveToStage' }), 'CRM', { pack, credentials: bench.sandbox.credentials }) as unknown as ILoadOptionsFunctions;

		expect(await pack.nodeTypes['n8n-nodes-crm-pack.woofedCrm'].methods!.listSearch!.stages.call(context)).toEqual({ results: [{ name: 'Waiting · Support', value: 4 }] });
	});
});

describe('the oldest deal of a contact', () => {
	test('is updated whatever its name, by the upsert of the vendor', async () => {
		const { items } = await run('deal', 'upsertOldest', { contact_id: byId(14), name: 'Renewal', stage_id: byId(3) });

		expect(items[0].json).toMatchObject({ id: 14, name: 'Renewal', stage_id: 3 });
		expect(writes()).toEqual([['POST /deals/upsert', { contact_id: 14, name: 'Renewal', stage_id: 3 }]]);
	});

	test('that lands in another stage than the wanted one fails', async () => {
		const { error } = await run('deal', 'upsertOldest', { contact_id: byId(15), stage_id: byId(99) });

		expect(error?.message).toContain('not into stage 99');
	});
});

describe('taking a user off a deal', () => {
	test('finds the assignment by deal and user', async () => {
		const { items } = await run('dealAssignee', 'create', { deal_id: byId(16), user_id: byId(2) });
		bench.sandbox.reset();

		const removed = await run('dealAssignee', 'removeUser', { deal_id: byId(16), user_id: byId(2) });

		expect(lines()).toEqual(['GET /deals/16', `DELETE /deal_assignees/${String(items[0].json.id)}`]);
		expect(removed.items[0].json).toEqual({ deleted: true });
	});

	test.each([
		[1, 'Assigned are the users 1.'],
		[17, 'Nobody is assigned to it.'],
	])('who is not assigned to deal %p is refused, and says who is', async (deal, words) => {
		const { error } = await run('dealAssignee', 'removeUser', { deal_id: byId(deal), user_id: byId(2) });

		expect(error?.message).toContain(`User 2 is not assigned to deal ${deal}`);
		expect(error?.description).toContain(words);
		expect(writes()).toEqual([]);
	});

	test('is refused where an older WoofedCRM does not tell who is assigned', async () => {
		bench.sandbox.vendors.woofedCrm.faults.add({ kind: 'answer', reply: { status: 200, body: { id: 1, name: 'Deal' } } });

		const { error } = await run('dealAssignee', 'removeUser', { deal_id: byId(1), user_id: byId(1) });

		expect(error?.message).toContain('does not tell who is assigned');
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
		expect(bench.sent('woofedCrm')[0].body).toMatchObject({ query: { phone_eq_any: ['+5541966665555', '5541966665555', '+554166665555', '554166665555'] } });
	});

	test('gives one item for each contact that has the address or the number', async () => {
		const one = await given('contact', { email: 'two@find.example' });
		const other = await given('contact', { phone: '+5541955554444' });

		const { items } = await run('contact', 'find', { email: 'two@find.example', phone: '+5541955554444' });

		expect(items.map(({ json }) => json.id)).toEqual([one, other]);
	});

	test('reads on when the first page of hits holds another contact only', async () => {
		const { faults } = bench.sandbox.vendors.woofedCrm;
		faults.add({ kind: 'answer', reply: { status: 200, body: { data: [{ id: 1, email: 'axb@find.example' }], pagination: { next: 2 } } }, times: 1 });
		faults.add({ kind: 'answer', reply: { status: 200, body: { data: [{ id: 2, email: 'a_b@find.example' }], pagination: { next: null } } }, times: 1 });

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

		expect(error?.message).toContain("'Email' and 'Phone' both came empty");
		expect(lines()).toEqual([]);
	});
});

describe('existing values', () => {
	const attributes = { custom_attributes: '{ "city": "Recife", "size": 2 }' };

	test('of a contact are kept and added to on request', async () => {
		await given('contact', { email: 'keep@merge.example', additionalFields: { label_list: 'lead, vip', ...attributes } });

		await run('contact', 'upsert', { email: 'keep@merge.example', additionalFields: { label_list: 'vip, "new, shiny"', custom_attributes: '{ "size": 3 }', existing: 'merge' } });

		expect(writes()).toEqual([['POST /contacts/upsert', { email: 'keep@merge.example', label_list: 'lead, vip, "new, shiny"', custom_attributes: { city: 'Recife', size: 3 } }]]);
	});

	test('of a contact are replaced otherwise, and the choice itself is not sent', async () => {
		await given('contact', { email: 'replace@merge.example', additionalFields: { label_list: 'lead', ...attributes } });

		await run('contact', 'upsert', { email: 'replace@merge.example', additionalFields: { label_list: 'new', existing: 'replace' } });

		expect(writes()).toEqual([['POST /contacts/upsert', { email: 'replace@merge.example', label_list: 'new' }]]);
	});

	test.each(['update', 'upsert'])('of a deal are read and kept by %s', async (operation) => {
		const deal = { contact_id: byId(9), name: `Kept by ${operation}` };
		const id = await given('deal', { ...deal, stage_id: 1, additionalFields: attributes });
		const change = { custom_attributes: '{ "size": 3 }', existing: 'merge' };

		await run('deal', operation, operation === 'update' ? { id: byId(id), updateFields: change } : { ...deal, additionalFields: change });

		expect(lines().slice(-2)).toEqual([`GET /deals/${id}`, `PUT /deals/${id}`]);
		expect(writes()[0][1]).toMatchObject({ custom_attributes: { city: 'Recife', size: 3 } });
	});

	test('of a product are read and kept on request', async () => {
		const id = await given('product', { name: 'Kept', amount_in_cents: 1, additionalFields: attributes });

		await run('product', 'update', { id: byId(id), updateFields: { custom_attributes: '{ "size": 3 }', existing: 'merge' } });

		expect(lines()).toEqual([`GET /products/${id}`, `PUT /products/${id}`]);
		expect(writes()[0][1]).toEqual({ custom_attributes: { city: 'Recife', size: 3 } });
	});

	test('of a deal are not read when no attributes are given', async () => {
		await run('deal', 'update', { id: byId(2), updateFields: { name: 'Renamed', existing: 'merge' } });

		expect(lines()).toEqual(['PUT /deals/2']);
	});

	test('that WoofedCRM does not tell are not overwritten', async () => {
		bench.sandbox.vendors.woofedCrm.faults.add({ kind: 'answer', reply: { status: 200, body: { id: 2, name: 'Deal 2' } }, times: 1 });

		const { error } = await run('deal', 'update', { id: byId(2), updateFields: { ...attributes, existing: 'merge' } });

		expect(error?.message).toContain('does not tell the custom_attributes');
		expect(writes()).toEqual([]);
	});

	test('alone are nothing to update', async () => {
		const { error } = await run('deal', 'update', { id: byId(2), updateFields: { existing: 'merge' } });

		expect(error?.message).toContain('nothing to update');
		expect(lines()).toEqual([]);
	});
});

describe('a product on a deal', () => {
	test('gets the given price by a second request, because the first ignores it', async () => {
		const { items } = await run('dealProduct', 'create', { deal_id: byId(10), product_id: byId(2), quantity: 2, additionalFields: { unit_amount_in_cents: 100 } });

		expect(lines()).toEqual(['POST /deal_products', `PUT /deal_products/${String(items[0].json.id)}`]);
		expect(items[0].json).toMatchObject({ quantity: 2, unit_amount_in_cents: 100, total_amount_in_cents: 200 });
	});

	test('gets its price although another item failed meanwhile', async () => {
		const { faults } = bench.sandbox.vendors.woofedCrm;
		faults.add({ kind: 'delay', ms: 300, match: ({ body }) => (body as IDataObject | undefined)?.deal_id === 13, times: 1 });
		faults.add({ kind: 'answer', reply: { status: 422, body: { errors: ['No'] } }, match: ({ body }) => (body as IDataObject | undefined)?.deal_id === 14 });

		await run('dealProduct', 'create', { deal_id: { ...byId(0), value: '={{ $json.deal }}' }, product_id: byId(2), additionalFields: { unit_amount_in_cents: 100 } }, [{ deal: 13 }, { deal: 14 }]);

		expect(writes().at(-1)).toEqual([expect.stringMatching(/^PUT \/deal_products\/\d+$/), { unit_amount_in_cents: 100 }]);
	});

	test('takes one request at the price of the catalogue', async () => {
		await run('dealProduct', 'create', { deal_id: byId(11), product_id: byId(2), additionalFields: { unit_amount_in_cents: 49_900 } });

		expect(lines()).toEqual(['POST /deal_products']);
	});

	test('is said to be added without its price when the second request fails', async () => {
		const { faults } = bench.sandbox.vendors.woofedCrm;
		faults.add({ kind: 'answer', reply: { status: 201, body: { id: 77, unit_amount_in_cents: 49_900 } }, times: 1 });
		faults.add({ kind: 'answer', reply: { status: 422, body: { errors: ['No'] } }, times: 1 });

		const parameters = { resource: 'dealProduct', operation: 'create', deal_id: byId(12), product_id: byId(2), additionalFields: { unit_amount_in_cents: 100 } };
		const { errors } = await bench.run('woofedCrm', parameters, { settings: { onError: 'continueErrorOutput' } });

		expect(errors[0].json).toMatchObject({ error: expect.stringContaining('(Deal Product ID 77), but without its price'), details: { mayHaveBeenApplied: true, httpCode: 422 } });
	});
});
