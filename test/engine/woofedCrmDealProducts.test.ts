import type { IDataObject } from 'n8n-workflow';
import { byId } from './forms';
import { WoofedCrmBench } from './woofedCrmBench';

const bench = new WoofedCrmBench();
const run: WoofedCrmBench['operate'] = async (...given) => await bench.operate(...given);
const lines = () => bench.lines();
const writes = () => bench.writes();

describe('a product on a deal', () => {
	test('gets the given price by a second request, because the first ignores it', async () => {
		const { items } = await run('dealProduct', 'create', {
			deal_id: byId(10),
			product_id: byId(2),
			quantity: 2,
			additionalFields: { unit_amount_in_cents: 100 },
		});

		expect(lines()).toEqual(['POST /deal_products', `PUT /deal_products/${String(items[0].json.id)}`]);
		expect(items[0].json).toMatchObject({ quantity: 2, unit_amount_in_cents: 100, total_amount_in_cents: 200 });
	});

	test('gets its price although another item failed meanwhile', async () => {
		const { faults } = bench.sandbox.vendors.woofedCrm;
		faults.add({
			kind: 'delay',
			ms: 300,
			match: ({ body }) => (body as IDataObject | undefined)?.deal_id === 13,
			times: 1,
		});
		faults.add({
			kind: 'answer',
			reply: { status: 422, body: { errors: ['No'] } },
			match: ({ body }) => (body as IDataObject | undefined)?.deal_id === 14,
		});

		await run(
			'dealProduct',
			'create',
			{
				deal_id: { ...byId(0), value: '={{ $json.deal }}' },
				product_id: byId(2),
				additionalFields: { unit_amount_in_cents: 100 },
			},
			[{ deal: 13 }, { deal: 14 }],
		);

		expect(writes().at(-1)).toEqual([
			expect.stringMatching(/^PUT \/deal_products\/\d+$/),
			{ unit_amount_in_cents: 100 },
		]);
	});

	test('takes one request at the price of the catalog', async () => {
		await run('dealProduct', 'create', {
			deal_id: byId(11),
			product_id: byId(2),
			additionalFields: { unit_amount_in_cents: 49_900 },
		});

		expect(lines()).toEqual(['POST /deal_products']);
	});

	test('is said to be added without its price when the second request fails', async () => {
		const { faults } = bench.sandbox.vendors.woofedCrm;
		faults.add({ kind: 'answer', reply: { status: 201, body: { id: 77, unit_amount_in_cents: 49_900 } }, times: 1 });
		faults.add({ kind: 'answer', reply: { status: 422, body: { errors: ['No'] } }, times: 1 });

		const parameters = {
			resource: 'dealProduct',
			operation: 'create',
			deal_id: byId(12),
			product_id: byId(2),
			additionalFields: { unit_amount_in_cents: 100 },
		};
		const { errors } = await bench.run('woofedCrm', parameters, { settings: { onError: 'continueErrorOutput' } });

		expect(errors[0].json).toMatchObject({
			error: {
				message: expect.stringContaining('(Deal Product ID 77), but without its price'),
				mayHaveBeenApplied: true,
				httpCode: 422,
			},
		});
	});
});
