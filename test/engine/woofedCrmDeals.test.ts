import type { ILoadOptionsFunctions } from 'n8n-workflow';
import { pack, workflowOf } from '../support/run';
import { loadOptionsContext } from './engine';
import { byId } from './forms';
import { WoofedCrmBench } from './woofedCrmBench';

const bench = new WoofedCrmBench();
const run: WoofedCrmBench['operate'] = async (...given) => await bench.operate(...given);
const given: WoofedCrmBench['given'] = async (...record) => await bench.given(...record);
const lines = () => bench.lines();
const writes = () => bench.writes();

describe('a deal by contact and name', () => {
	const plan = { contact_id: byId(2), name: 'Plan' };

	test('is created when the contact has none with this name', async () => {
		await run('deal', 'upsert', { ...plan, stage_id: 2 });

		expect(bench.sent('woofedCrm')[0].body).toEqual({
			query: { contact_id_eq: 2, name_eq: 'Plan', s: 'id asc' },
			page: 1,
		});
		expect(writes()).toEqual([['POST /deals', { contact_id: 2, name: 'Plan', stage_id: 2 }]]);
	});

	test('is updated when it is there, and the older deals of the contact are left alone', async () => {
		const id = await given('deal', { contact_id: byId(3), stage_id: 1, name: 'Upgrade' });

		const { items } = await run('deal', 'upsert', {
			contact_id: byId(3),
			name: ' Upgrade ',
			additionalFields: { status: 'won' },
		});

		expect(writes()).toEqual([[`PUT /deals/${id}`, { contact_id: 3, name: 'Upgrade', status: 'won' }]]);
		expect(items[0].json).toMatchObject({ id, stage_id: 1, status: 'won' });
	});

	test('is created when a deal has the same name in another case only', async () => {
		await given('deal', { contact_id: byId(4), stage_id: 1, name: 'SHOP' });
		// A database that does not mind the case.
		bench.sandbox.vendors.woofedCrm.faults.add({
			kind: 'answer',
			reply: { status: 200, body: { data: [{ id: 99, name: 'SHOP', contact_id: 4 }] } },
			times: 1,
		});

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

	test('is created in the pipeline of its stage, whatever the list of stages was narrowed to', async () => {
		await run('deal', 'upsert', { contact_id: byId(2), name: 'Ticket', pipeline_id: byId(1), stage_id: byId(4) });

		expect(writes()).toEqual([['POST /deals', { contact_id: 2, name: 'Ticket', stage_id: 4 }]]);
	});

	test('is found behind a page of others', async () => {
		const { faults } = bench.sandbox.vendors.woofedCrm;
		faults.add({
			kind: 'answer',
			reply: { status: 200, body: { data: [{ id: 90, name: 'PLAN', contact_id: 2 }], pagination: { next: 2 } } },
			times: 1,
		});
		faults.add({
			kind: 'answer',
			reply: { status: 200, body: { data: [{ id: 91, name: 'Plan', contact_id: 2 }], pagination: { next: null } } },
			times: 1,
		});

		await run('deal', 'upsert', { ...plan, additionalFields: { status: 'won' } });

		expect(writes().map(([line]) => line)).toEqual(['PUT /deals/91']);
	});

	test('is not created without a stage', async () => {
		const { error } = await run('deal', 'upsert', { contact_id: byId(6), name: 'No stage' });

		expect(error?.message).toContain('a new deal needs a stage');
		expect(writes()).toEqual([]);
	});

	test('is not searched when a pipeline is given without its stage', async () => {
		const { error } = await run('deal', 'upsert', { ...plan, pipeline_id: byId(1) });

		expect(error?.message).toContain("'Pipeline' is set without 'Stage'");
		expect(lines()).toEqual([]);
	});

	test('is created once by two items with the same contact and name', async () => {
		await run('deal', 'upsert', { contact_id: byId(7), name: 'Race', stage_id: 1 }, [{}, {}]);

		expect(writes().map(([line]) => String(line).replace(/\d+/, 'ID'))).toEqual(['POST /deals', 'PUT /deals/ID']);
	});

	test('is written once when the answer is lost', async () => {
		bench.sandbox.vendors.woofedCrm.faults.add({
			kind: 'answer',
			reply: { status: 200, body: { data: [] } },
			times: 1,
		});
		bench.sandbox.vendors.woofedCrm.faults.add({ kind: 'lostAnswer' });

		const { error } = await run('deal', 'upsert', { contact_id: byId(8), name: 'Lost', stage_id: 1 });

		expect(error?.message).toContain('may have been carried out');
		expect(writes()).toHaveLength(1);
	});
});

describe('a stage that WoofedCRM does not have', () => {
	const refusal = "'Stage' must be an existing stage, but is 99. WoofedCRM put the deal into stage 1";

	test.each([
		['moveToStage', { stage_id: byId(99) }],
		['update', { updateFields: { stage_id: byId(99) } }],
	])('fails %s, because the deal went to the first stage instead', async (operation, parameters) => {
		const { error } = await run('deal', operation, { id: byId(13), ...parameters });

		expect(error?.message).toContain(refusal);
		expect(writes()).toHaveLength(1);
	});

	test('is told as something that was carried out', async () => {
		const { errors } = await bench.run(
			'woofedCrm',
			{ resource: 'deal', operation: 'moveToStage', id: byId(13), stage_id: byId(99) },
			{ settings: { onError: 'continueErrorOutput' } },
		);

		expect(errors[0].json).toMatchObject({
			error: { message: expect.stringContaining(refusal), mayHaveBeenApplied: true },
		});
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
		const { items } = await run('deal', 'create', {
			contact_id: byId(1),
			stage_id: byId(4),
			pipeline_id: byId(1),
			name: 'Ticket',
		});

		expect(writes()).toEqual([['POST /deals', { contact_id: 1, stage_id: 4, name: 'Ticket' }]]);
		expect(items[0].json).toMatchObject({ pipeline_id: 2 });
	});

	test('that cannot be looked up afterwards is told as something that was carried out', async () => {
		bench.sandbox.vendors.woofedCrm.faults.add({
			kind: 'answer',
			reply: { status: 403, body: { errors: 'Forbidden' } },
			match: ({ method }) => method === 'GET',
		});

		const { errors } = await bench.run(
			'woofedCrm',
			{ resource: 'deal', operation: 'moveToStage', id: byId(21), stage_id: byId(2) },
			{ settings: { onError: 'continueErrorOutput' } },
		);

		expect(errors[0].json).toMatchObject({
			error: {
				message: expect.stringContaining(
					'The deal was written, but the node could not check that its stage belongs to its pipeline',
				),
				mayHaveBeenApplied: true,
			},
		});
	});

	test('that cannot be looked up once is written again by Retry On Fail, because that does no harm', async () => {
		bench.sandbox.vendors.woofedCrm.faults.add({
			kind: 'answer',
			reply: { status: 403, body: { errors: 'Forbidden' } },
			match: ({ method }) => method === 'GET',
			times: 1,
		});

		const { items } = await bench.run(
			'woofedCrm',
			{ resource: 'deal', operation: 'moveToStage', id: byId(21), stage_id: byId(4) },
			{ settings: { retryOnFail: true, maxTries: 2, waitBetweenTries: 1 } },
		);

		expect(items[0].json).toMatchObject({ stage_id: 4, pipeline_id: 2 });
	});

	test('is brought to its pipeline although another item failed meanwhile', async () => {
		const { faults } = bench.sandbox.vendors.woofedCrm;
		faults.add({
			kind: 'answer',
			reply: { status: 422, body: { errors: ['No'] } },
			match: ({ path }) => path.endsWith('/deals/1'),
		});
		faults.add({
			kind: 'delay',
			ms: 300,
			match: ({ method, path }) => method === 'PUT' && path.endsWith('/deals/22'),
			times: 1,
		});

		const { error } = await run(
			'deal',
			'moveToStage',
			{ id: { ...byId(0), value: '={{ $json.id }}' }, stage_id: byId(4) },
			[{ id: 22 }, { id: 1 }],
		);

		expect(error?.message).toContain('WoofedCRM refused the request: No');
		expect(error?.message ?? '').not.toContain('could not check');
		expect(await pipelineOf(22)).toMatchObject({ name: 'Support' });
	});

	test('is left as it is when the user stops the execution', async () => {
		bench.sandbox.vendors.woofedCrm.faults.add({ kind: 'silence', match: ({ method }) => method === 'GET' });
		const start = Date.now();

		const { status } = await bench.run(
			'woofedCrm',
			{ resource: 'deal', operation: 'moveToStage', id: byId(12), stage_id: byId(4) },
			{ onStart: (_execution, stop) => setTimeout(stop, 400) },
		);

		expect(status).toBe('canceled');
		expect(Date.now() - start).toBeLessThan(2_000);
		expect(writes()).toHaveLength(1);
	});

	test('that WoofedCRM keeps out of its pipeline is told', async () => {
		const deal = { id: 22, stage_id: 4, pipeline_id: 1 };
		const { faults } = bench.sandbox.vendors.woofedCrm;
		faults.add({ kind: 'answer', reply: { status: 200, body: deal }, match: ({ method }) => method === 'PUT' });
		faults.add({
			kind: 'answer',
			reply: { status: 200, body: { ...deal, stage: { id: 4, pipeline_id: 2 } } },
			match: ({ method }) => method === 'GET',
		});

		const { error } = await run('deal', 'moveToStage', { id: byId(22), stage_id: byId(4) });

		expect(error?.message).toContain('WoofedCRM left the deal in pipeline 1, but the stage belongs to pipeline 2');
	});

	test('of a deal that was moved by hand is not listed under the wrong pipeline', async () => {
		const waiting = { id: 4, name: 'Waiting', pipeline_id: 2 };
		const [sales, support] = [
			{ id: 1, name: 'Sales' },
			{ id: 2, name: 'Support' },
		];
		const { faults } = bench.sandbox.vendors.woofedCrm;
		faults.add({
			kind: 'answer',
			reply: { status: 200, body: { data: [2, 1].map((id) => ({ id, stage_id: 4, pipeline_id: id })) } },
			match: ({ path }) => path.endsWith('/deals/search'),
		});
		faults.add({
			kind: 'answer',
			reply: { status: 200, body: { id: 1, stage_id: 4, pipeline_id: 1, stage: waiting, pipeline: sales } },
			match: ({ path }) => path.endsWith('/deals/1'),
		});
		faults.add({
			kind: 'answer',
			reply: { status: 200, body: { id: 2, stage_id: 4, pipeline_id: 2, stage: waiting, pipeline: support } },
			match: ({ path }) => path.endsWith('/deals/2'),
		});
		const context = loadOptionsContext(workflowOf('woofedCrm', { resource: 'deal', operation: 'moveToStage' }), 'CRM', {
			pack,
			credentials: bench.sandbox.credentials,
		}) as unknown as ILoadOptionsFunctions;

		expect(await pack.nodeTypes['n8n-nodes-crm-pack.woofedCrm'].methods!.listSearch!.stages.call(context)).toEqual({
			results: [{ name: 'Waiting · Support', value: 4 }],
		});
	});
});

describe('the oldest deal of a contact', () => {
	test('is updated with any name, by the upsert of the vendor', async () => {
		const { items } = await run('deal', 'upsertOldest', { contact_id: byId(14), name: 'Renewal', stage_id: byId(3) });

		expect(items[0].json).toMatchObject({ id: 14, name: 'Renewal', stage_id: 3 });
		expect(writes()).toEqual([['POST /deals/upsert', { contact_id: 14, name: 'Renewal', stage_id: 3 }]]);
	});

	test('that lands in another stage than the wanted one fails', async () => {
		const { error } = await run('deal', 'upsertOldest', { contact_id: byId(15), stage_id: byId(99) });

		expect(error?.message).toContain("'Stage' must be an existing stage, but is 99");
	});
});
