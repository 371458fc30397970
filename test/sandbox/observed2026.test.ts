import { ask, contact, deal, framework404, idsOf, server500, useObservedServer, type Body } from './observedServer';
import { keys } from './caller';

useObservedServer('2026');

const missing = { status: 404, body: { error: 'Resource could not be found' } };

const product = async (members: object = { name: 'Plan', amount_in_cents: 19_900, identifier: 'PLAN' }) =>
	(await ask('POST /products', members)).body.id;

describe('a record that does not exist', () => {
	test.each([
		'GET /contacts/99',
		'GET /deals/99',
		'GET /deals/search',
		'GET /products/99',
		'GET /deal_products/99',
		'PUT /deals/99',
		'PUT /products/99',
		'PUT /deal_products/99',
		'DELETE /contacts/99',
		'DELETE /deal_assignees/99',
		'POST /deals/99/events',
	])('%s says so in JSON', async (line) => {
		expect(await ask(line, /^(GET|DELETE)/.test(line) ? undefined : {})).toMatchObject(missing);
	});
});

test.each(['POST /deals/search', 'GET /pipelines', 'GET /apps/chatwoots/inboxes'])(
	'%s is not there, which reads otherwise than a missing record',
	async (line) => {
		expect(await ask(line, line.startsWith('GET') ? undefined : {})).toMatchObject(framework404);
	},
);

describe('contacts', () => {
	beforeEach(
		async () => void (await contact({ full_name: 'Ana', email: 'ana@mail.example', phone: '+5511999990001' })),
	);

	test.each<[string, object, string]>([
		['an address, in another case too', { email: 'ANA@mail.example' }, 'Email has already been taken'],
		['a number', { phone: '+5511999990001' }, 'Phone (cell) has already been taken'],
		['what is no address', { email: 'ana@' }, 'Email is invalid'],
	])('are refused with %s that is taken or wrong', async (_what, members, words) => {
		expect(await ask('POST /contacts', members)).toMatchObject({ status: 422, body: { errors: [words] } });
	});

	test('may lack address and number, several of them', async () => {
		expect([await contact({ email: '', phone: '' }), await contact({ email: '', phone: '' })]).toEqual([2, 3]);
	});

	test('keep their own address and number in an upsert', async () => {
		const answer = await ask('POST /contacts/upsert', {
			full_name: 'Ana Maria',
			email: 'ana@mail.example',
			phone: '+5511999990001',
		});

		expect(answer).toMatchObject({ status: 200, body: { id: 1, full_name: 'Ana Maria' } });
	});

	test('are not given the number of another one by an upsert', async () => {
		await contact({ email: 'bia@mail.example', phone: '+5511999990002' });

		const answer = await ask('POST /contacts/upsert', { email: 'ana@mail.example', phone: '+5511999990002' });

		expect(answer).toMatchObject({ status: 422, body: { phone: ['has already been taken'] } });
	});

	test.each([
		['+11999990001', 201],
		['+5511999990001', 200],
		['+551199990001', 200],
	])('%s is looked for from its plus sign on', async (phone, status) => {
		expect((await ask('POST /contacts/upsert', { phone })).status).toBe(status);
	});

	test('still break over an apostrophe and over an unknown field', async () => {
		expect(await ask('POST /contacts/upsert', { email: "o'brien@mail.example" })).toMatchObject(server500);
		expect(await ask('POST /contacts/search', { query: { nickname_eq: 'x' } })).toMatchObject(server500);
	});

	test('are deleted with their deals', async () => {
		const id = await deal({ contact_id: 1 });

		expect((await ask('DELETE /contacts/1')).status).toBe(204);
		expect(await ask(`GET /deals/${id}`)).toMatchObject(missing);
	});

	test('tell all their deals, on one page', async () => {
		for (let number = 1; number <= 12; number += 1) await deal({ contact_id: 1, name: `Deal ${number}` });

		const { body } = await ask('GET /contacts/1');

		expect(body.deals).toHaveLength(12);
		expect((body.deals as Body[])[11]).toMatchObject({
			name: 'Deal 12',
			status: 'open',
			stage_id: 1,
			pipeline_id: 1,
			custom_attributes: {},
		});
	});
});

describe('deals', () => {
	test('embed stage, contact, products and assignees', async () => {
		const id = await deal();
		await ask('POST /deal_products', { deal_id: id, product_id: await product(), quantity: 2 });

		expect((await ask(`GET /deals/${id}`)).body).toMatchObject({
			stage: { name: 'Lead' },
			contact: { full_name: 'Ana' },
			deal_products: [{ quantity: 2, unit_amount_in_cents: 19_900, total_amount_in_cents: 39_800 }],
			deal_assignees: [{ user_id: 1 }],
			total_deal_products_amount_in_cents: 39_800,
		});
	});

	test('take the time of winning with an update that leaves the status, and their own with one that changes it', async () => {
		const id = await deal();

		const won = await ask(`PUT /deals/${id}`, { status: 'won', won_at: '2026-01-02T09:00:00Z' });
		const set = await ask(`PUT /deals/${id}`, { won_at: '2026-01-02T09:00:00Z' });
		const again = await ask(`PUT /deals/${id}`, { status: 'won', won_at: '2026-01-03T09:00:00Z' });

		expect(won.body.won_at).not.toBe('2026-01-02T09:00:00.000Z');
		expect([set.body.won_at, again.body.won_at]).toEqual(['2026-01-02T09:00:00.000Z', '2026-01-03T09:00:00.000Z']);
	});

	test('keep the reason of a loss until they are open again', async () => {
		const id = await deal();

		const lost = await ask(`PUT /deals/${id}`, { status: 'lost', lost_reason: 'Price' });
		const open = await ask(`PUT /deals/${id}`, { status: 'open' });

		expect([lost.body.lost_reason, open.body.lost_reason, open.body.lost_at]).toEqual(['Price', '', null]);
	});

	test('keep a position, and move to the first stage with an unknown one', async () => {
		const id = await deal({ stage_id: 2 });

		const placed = await ask(`PUT /deals/${id}`, { position: 4 });
		const moved = await ask(`PUT /deals/${id}`, { stage_id: 99 });

		expect([placed.body.position, placed.body.stage_id, moved.body.stage_id]).toEqual([4, 2, 1]);
	});
});

describe('products', () => {
	test('are on a deal once', async () => {
		const line = { deal_id: await deal(), product_id: await product() };

		expect([(await ask('POST /deal_products', line)).status, await ask('POST /deal_products', line)]).toMatchObject([
			201,
			{ status: 422, body: { errors: [expect.stringContaining('already added to this deal')] } },
		]);
	});

	test('have price, name and quantity of their own on a deal by an update only', async () => {
		const given = { quantity: 3, unit_amount_in_cents: 100, product_name: 'Own' };
		const line = await ask('POST /deal_products', { deal_id: await deal(), product_id: await product(), ...given });

		const changed = await ask(`PUT /deal_products/${line.body.id}`, given);

		expect([line.body.quantity, line.body.unit_amount_in_cents, line.body.product_name]).toEqual([3, 19_900, 'Plan']);
		expect(changed.body).toMatchObject({ ...given, total_amount_in_cents: 300 });
	});

	test('are emptied by an empty text', async () => {
		const id = await product({ name: 'Plan', description: 'Yearly' });

		expect((await ask(`PUT /products/${id}`, { description: '' })).body.description).toBe('');
	});
});

test('users are listed and made, each address once', async () => {
	const rui = { full_name: 'Rui', email: 'rui@example.com', password: 'a secret', password_confirmation: 'a secret' };

	const [made, twin] = [await ask('POST /users', rui), await ask('POST /users', rui)];

	expect([made.status, twin.status]).toEqual([201, 422]);
	expect(JSON.stringify(made.body)).not.toContain('a secret');
	expect(idsOf(await ask('POST /users/search', { query: { s: 'id asc' } }))).toEqual([1, 2]);
});

test('a user is assigned to a deal once', async () => {
	const line = { deal_id: await deal(), user_id: 1 };

	expect(await ask('POST /deal_assignees', line)).toMatchObject({
		status: 422,
		body: { errors: ['User has already been taken'] },
	});
	expect((await ask('DELETE /deal_assignees/1')).status).toBe(204);
	expect((await ask('POST /deal_assignees', line)).status).toBe(201);
});

test('a date without an offset is read in the zone of the server and written in UTC', async () => {
	const { body } = await ask(
		`POST /deals/${await deal()}/events`,
		{ kind: 'activity', scheduled_at: '2027-01-20T14:00:00' },
		keys.woofedCrm,
	);

	expect(body.scheduled_at).toBe('2027-01-20T17:00:00.000Z');
});
