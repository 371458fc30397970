import { ask, contact, deal, framework404, idsOf, server500, type Body, useObservedServer } from './observedServer';

useObservedServer();

describe('deals', () => {
	test.each<[string, object, number, object]>([
		[
			'a pipeline alone brings its first stage',
			{ pipeline_id: 2, stage_id: undefined },
			201,
			{ stage_id: 3, pipeline_id: 2 },
		],
		['stage and pipeline may differ', { pipeline_id: 2 }, 201, { stage_id: 1, pipeline_id: 2 }],
		[
			'what the version does not know is dropped',
			{ position: 9, won_at: '2027-01-01', lost_reason: 'x' },
			201,
			{ position: 1 },
		],
		['an unknown status breaks it', { status: 'foo' }, 500, server500.body],
		['an unknown contact is refused', { contact_id: 99 }, 422, { errors: ['Contact must exist'] }],
		['nested contacts break it', { contacts_attributes: [{}] }, 500, server500.body],
	])('%s', async (_name, members, status, body) => {
		const answer = await ask('POST /deals', { name: 'Deal', stage_id: 1, contact_id: await contact(), ...members });

		expect(answer).toMatchObject({ status, body });
		if (status === 201) expect(Object.keys(answer.body)).toHaveLength(11);
	});

	test('an unknown stage moves the deal to the first stage of its pipeline, and a stage elsewhere leaves the pipeline', async () => {
		const id = await deal({ stage_id: 2 });

		const first = await ask(`PUT /deals/${id}`, { stage_id: 99 });
		const elsewhere = await ask(`PATCH /deals/${id}`, { stage_id: 4 });

		expect([first.body.stage_id, elsewhere.body.stage_id, elsewhere.body.pipeline_id]).toEqual([1, 4, 1]);
	});

	test('a stage and a status that change together leave the event of the status', async () => {
		const id = await deal();

		const { contact_id } = (await ask(`PUT /deals/${id}`, { stage_id: 2, status: 'lost' })).body;

		const { events } = (await ask(`GET /contacts/${String(contact_id)}`)).body;
		expect((events as Body[]).map(({ kind }) => kind)).toEqual(['deal_opened', 'deal_lost']);
	});

	test('the upsert takes the first deal of the contact, and says 200 for a new one too', async () => {
		const contact_id = await contact();

		const [refused, created, taken] = [
			await ask('POST /deals/upsert', { contact_id }),
			await ask('POST /deals/upsert', { contact_id, stage_id: 1, name: 'A' }),
			await ask('POST /deals/upsert', { contact_id, name: 'B' }),
		];

		expect(refused).toMatchObject({ status: 422, body: { errors: ['Stage must exist', 'Pipeline must exist'] } });
		expect([created.status, taken.status, taken.body.id, taken.body.name]).toEqual([200, 200, created.body.id, 'B']);
	});

	test('unknown deals are answered in two ways, and GET deals/search is a deal', async () => {
		expect([await ask('PUT /deals/9', {}), await ask('GET /deals/abc'), await ask('GET /deals/search')]).toMatchObject([
			framework404,
			{ status: 404, body: { errors: 'Not found' } },
			{ status: 404, body: { errors: 'Not found' } },
		]);
	});
});

describe('deal events', () => {
	test.each<[string, object, number, object]>([
		[
			'a message to be sent now is scheduled for now, and is not done',
			{ kind: 'chatwoot_message', send_now: true, scheduled_at: '2027-01-20T14:00:00Z', auto_done: true },
			201,
			{
				done: false,
				done_at: null,
				auto_done: false,
				send_now: null,
				scheduled_at: expect.stringMatching(/^20(?!27)/),
			},
		],
		['a note that is sent now is done', { kind: 'note', send_now: true }, 201, { done: true, scheduled_at: null }],
		[
			'a moment of its end makes it done',
			{ kind: 'activity', done: false, done_at: '2027-01-20T14:00:00Z' },
			201,
			{ done: true, done_at: '2027-01-20T11:00:00.000-03:00' },
		],
		['kinds of the server are taken', { kind: 'deal_won' }, 201, { kind: 'deal_won' }],
		['kinds are small letters', { kind: 'NOTE' }, 500, server500.body],
		['no kind is refused', { kind: null }, 422, { errors: ["Type can't be blank"] }],
		['a title of null breaks it', { kind: 'note', title: null }, 500, server500.body],
	])('%s', async (_name, members, status, body) => {
		const answer = await ask(`POST /deals/${await deal()}/events`, { content: 'x', ...members });

		expect(answer).toMatchObject({ status, body });
		expect(answer.body).not.toHaveProperty('content');
	});
});

describe('products', () => {
	test.each<[unknown, number, unknown]>([
		['199', 201, 199],
		['199,00', 201, 19900],
		['R$ 1.234,56', 201, 123456],
		['abc', 201, 0],
		[12.7, 201, 12],
		[null, 422, undefined],
		[2147483648, 500, undefined],
	])('a price of %j is answered with %i', async (amount_in_cents, status, amount) => {
		const answer = await ask('POST /products', { amount_in_cents });

		expect([answer.status, answer.body.amount_in_cents]).toEqual([status, amount]);
	});

	test('text that is no number is refused as a quantity', async () => {
		expect(await ask('POST /products', { quantity_available: 'abc' })).toMatchObject({
			status: 422,
			body: { errors: ['Quantity available Can not be negative'] },
		});
	});

	test('a search by what products do not know gives all of them, and joined fields work', async () => {
		for (const [name, identifier] of [
			['Plan', 'A'],
			['Hosting', 'PLAN'],
			['Other', 'B'],
		])
			await ask('POST /products', { name, identifier });
		const search = async (query: object) => idsOf(await ask('POST /products/search', { query }));

		expect([
			await search({ id_eq: 1 }),
			await search({ name_or_identifier_cont: 'plan' }),
			await search({ s: ['created_at asc', 'name asc'] }),
		]).toEqual([
			[1, 2, 3],
			[1, 2],
			[1, 2, 3],
		]);
	});

	test('a product can be added to a deal again, and its quantity is dropped', async () => {
		const ids = { deal_id: await deal(), product_id: (await ask('POST /products', { name: 'Plan' })).body.id };

		const [first, second] = [
			await ask('POST /deal_products', { ...ids, quantity: 2 }),
			await ask('POST /deal_products', ids),
		];

		expect([first.status, second.status]).toEqual([201, 201]);
		expect(first.body).not.toHaveProperty('quantity');
		expect((await ask(`GET /deal_products/${second.body.id}`)).body).toMatchObject({
			product: { name: 'Plan' },
			deal: { id: ids.deal_id },
		});
	});
});
