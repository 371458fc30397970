import type { IDataObject } from 'n8n-workflow';
import { byId, chatwoot, whatsapp } from './forms';
import { WoofedCrmBench } from './woofedCrmBench';

const bench = new WoofedCrmBench();
const run: WoofedCrmBench['operate'] = async (...given) => await bench.operate(...given);

describe('what WoofedCRM does not take over', () => {
	const answers = (...bodies: IDataObject[]) =>
		bodies.forEach((body) =>
			bench.sandbox.vendors.woofedCrm.faults.add({ kind: 'answer', reply: { status: 201, body }, times: 1 }),
		);

	test('is told by the label of the field, with what came in its place', async () => {
		answers({ id: 5, deal_id: 1, product_id: 1, quantity: 1 });

		const { items, hints } = await run('dealProduct', 'create', { deal_id: byId(1), product_id: byId(1), quantity: 3 });

		expect(hints).toEqual(["'Quantity' was not saved: 3 was sent, but WoofedCRM returned 1 [item 0]"]);
		expect(items[0].json.quantity).toBe(1);
	});

	test('is told as well where an older version does not answer with it, even when the output is simplified', async () => {
		answers({ id: 5, name: 'Shop', status: 'won', stage_id: 1, position: 1 });

		const { hints } = await run('deal', 'create', {
			contact_id: byId(1),
			stage_id: 1,
			additionalFields: { status: 'won', won_at: '2026-01-02T09:00:00', lost_reason: 'Price', position: 4 },
		});

		expect(hints).toEqual([
			`'Lost Reason' was not saved: "Price" was sent, but WoofedCRM did not return it; its version may not know it [item 0]`,
			`'Won At' was not saved: "2026-01-02T12:00:00Z" was sent, but WoofedCRM did not return it; its version may not know it [item 0]`,
			"'Position' was not saved: 4 was sent, but WoofedCRM returned 1 [item 0]",
		]);
	});

	test('is not told of what came back in another form', async () => {
		answers({
			id: 5,
			name: 'Shop',
			status: 'won',
			stage_id: 1,
			position: '4',
			won_at: '2026-01-02T09:00:00.000-03:00',
		});

		const { hints } = await run('deal', 'create', {
			contact_id: byId(1),
			stage_id: 1,
			additionalFields: { status: 'won', won_at: '2026-01-02T09:00:00', position: 4 },
		});

		expect(hints).toEqual([]);
	});

	test('is told of the item that it is about', async () => {
		answers({ id: 5, quantity: 2 }, { id: 6, quantity: 1 });

		const { hints } = await run(
			'dealProduct',
			'create',
			{ deal_id: byId(1), product_id: byId(1), quantity: 2, options: { requestsInParallel: 1 } },
			[{}, {}],
		);

		expect(hints).toEqual([expect.stringMatching(/^'Quantity' .+ \[item 1\]$/)]);
	});
});

describe('a message whose time has passed', () => {
	const past = { when: 'scheduled', scheduled_at: '2026-01-02T09:00:00Z', auto_done: true };
	const overdue =
		"'Scheduled At' (2026-01-02T09:00:00Z) is in the past, so WoofedCRM sends the message at once [item 0]";

	beforeEach(() => jest.spyOn(Date, 'now').mockReturnValue(Date.parse('2026-01-02T09:00:01Z')));
	afterEach(() => jest.restoreAllMocks());

	test.each<[string, IDataObject, string[]]>([
		['WhatsApp', { ...whatsapp, ...past }, [overdue]],
		['Chatwoot', { ...chatwoot, ...past }, [overdue]],
		['one whose time is to come', { ...whatsapp, ...past, scheduled_at: '2026-01-02T09:00:02Z' }, []],
		['one that is only a reminder', { ...whatsapp, ...past, auto_done: false }, []],
		['one that leaves now', { ...whatsapp, when: 'now' }, []],
	])('is told of after the run: %s', async (_name, parameters, told) => {
		const { hints, error } = await bench.run('woofedCrm', parameters);

		expect([error, hints]).toEqual([undefined, told]);
	});
});
