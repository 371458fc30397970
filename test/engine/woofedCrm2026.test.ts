import { observedWoofedCrm2026Sandbox } from '../vendors/woofedCrm/observed';
import { byId, whatsapp } from './forms';
import { WoofedCrmBench } from './woofedCrmBench';

/** The node before WoofedCRM as it was in January 2026. */
const bench = new WoofedCrmBench({ instead: { woofedCrm: observedWoofedCrm2026Sandbox } });

const run: WoofedCrmBench['operate'] = async (...given) => await bench.operate(...given);
let count = 0;
/** Creates a contact with an address of its own. */
const contact = async (members = {}) =>
	await bench.given('contact', { full_name: 'Ana', email: `ana${(count += 1)}@new.example`, ...members });
const deal = async (members = {}) =>
	await bench.given('deal', { contact_id: byId(await contact()), stage_id: byId(1), name: 'Plan', ...members });

describe('a request that this version lacks', () => {
	test.each<[string, string, object]>([
		['deal', 'getAll', {}],
		['api', 'request', { method: 'GET', path: '/pipelines' }],
		['api', 'request', { method: 'GET', path: '/deals/search' }],
		['api', 'request', { method: 'POST', path: '/contacts/1/events', body: '{}' }],
	])('is told so by %s > %s, with what to do', async (resource, operation, parameters) => {
		await contact();
		const { error } = await run(resource, operation, parameters as never);

		expect(error?.message).toMatch(/^This version of WoofedCRM does not support the request (GET|POST) \/[a-z/1]+: /);
		expect(error?.description).toContain('Older versions of WoofedCRM lack some requests');
		expect(error?.description).not.toContain('no record');
	});
});

describe('a record that does not exist', () => {
	test.each<[string, string, object]>([
		['contact', 'get', { id: byId(999) }],
		['contact', 'delete', { id: byId(999) }],
		['deal', 'get', { id: byId(999) }],
		['deal', 'markWon', { id: byId(999) }],
		['product', 'update', { id: byId(999), updateFields: { name: 'New' } }],
		['dealProduct', 'update', { id: 999, updateFields: { quantity: 2 } }],
		['dealAssignee', 'delete', { id: 999 }],
		['dealEvent', 'createNote', { deal_id: byId(999), content: 'x' }],
	])('is told as missing by %s > %s, whatever the version', async (resource, operation, parameters) => {
		const { error } = await run(resource, operation, parameters as never);

		expect(error?.message).toMatch(/Resource could not be found \(given '.+' .*999/);
		expect(error?.description).toBe('There is no record with this ID.');
	});
});

describe('create or update of a deal without a search for deals', () => {
	test('updates the deal of the contact with this name', async () => {
		const contact_id = byId(await contact());
		await bench.given('deal', { contact_id, stage_id: byId(1), name: 'Other' });
		const id = await bench.given('deal', { contact_id, stage_id: byId(1), name: 'Upgrade' });

		const { items, error } = await run('deal', 'upsert', {
			contact_id,
			name: 'Upgrade',
			additionalFields: { status: 'won' },
		});

		expect(error).toBeUndefined();
		expect(items[0].json).toMatchObject({ id, status: 'won' });
		expect(bench.writes()).toEqual([
			[`PUT /deals/${id}`, { contact_id: Number(contact_id.value), name: 'Upgrade', status: 'won' }],
		]);
	});

	test('creates one where the contact has none with this name, once for two items', async () => {
		const contact_id = byId(await contact());

		await run('deal', 'upsert', { contact_id, name: 'Race', stage_id: byId(2) }, [{}, {}]);

		expect(bench.writes().map(([line]) => line.replace(/\d+/, 'ID'))).toEqual(['POST /deals', 'PUT /deals/ID']);
	});

	test('takes no deal of another contact with the same name', async () => {
		await deal({ name: 'Same' });
		const contact_id = byId(await contact());

		await run('deal', 'upsert', { contact_id, name: 'Same', stage_id: byId(1) });

		expect(bench.writes().map(([line]) => line)).toEqual(['POST /deals']);
	});

	test('finds the deal among more than a page of a search holds, and refuses two of the name', async () => {
		const contact_id = byId(await contact());
		for (let number = 1; number <= 12; number += 1)
			await bench.given('deal', { contact_id, stage_id: byId(1), name: `Deal ${Math.min(number, 11)}` });

		const found = await run('deal', 'upsert', { contact_id, name: 'Deal 10', stage_id: byId(2) });
		bench.sandbox.reset();
		const twice = await run('deal', 'upsert', { contact_id, name: 'Deal 11', stage_id: byId(2) });

		expect(found.items[0].json).toMatchObject({ name: 'Deal 10', stage_id: 2 });
		expect(twice.error?.message).toContain("2 deals with the name 'Deal 11'");
		expect(bench.writes()).toEqual([]);
	});

	test('says that the contact is missing', async () => {
		const { error } = await run('deal', 'upsert', { contact_id: byId(999), name: 'Plan', stage_id: byId(1) });

		expect(error?.message).toContain("Resource could not be found (given 'Contact'");
		expect(bench.writes()).toEqual([]);
	});

	test.each([
		['a refusal', 403, { errors: 'Forbidden' }],
		['a record that is missing', 404, { error: 'Resource could not be found' }],
		['an address that is wrong', 404, { detail: 'Not Found' }],
	])('does not begin where the search ends with %s', async (_what, status, body) => {
		const contact_id = byId(await contact());
		bench.sandbox.vendors.woofedCrm.faults.add({
			kind: 'answer',
			reply: { status, body },
			match: ({ path }) => path.endsWith('/deals/search'),
		});

		const { error } = await run('deal', 'upsert', { contact_id, name: 'Plan', stage_id: byId(1) });

		expect(error?.httpCode).toBe(String(status));
		expect(bench.lines()).toEqual(['POST /deals/search']);
	});

	test('searches again with the next item, because the server may be updated meanwhile', async () => {
		const contact_id = byId(await contact());
		const { faults } = bench.sandbox.vendors.woofedCrm;
		faults.add({
			kind: 'answer',
			reply: { status: 404, body: { status: 404, error: 'Not Found' } },
			match: ({ path }) => path.endsWith('/deals/search'),
			times: 1,
		});
		faults.add({
			kind: 'answer',
			reply: { status: 200, body: { data: [], pagination: { next: null } } },
			match: ({ path }) => path.endsWith('/deals/search'),
		});

		await run('deal', 'upsert', { contact_id, name: '={{ $json.name }}', stage_id: byId(1) }, [
			{ name: 'A' },
			{ name: 'B' },
		]);

		expect(bench.lines().filter((line) => line.startsWith('GET /contacts'))).toHaveLength(1);
		expect(bench.lines().filter((line) => line.endsWith('/search'))).toHaveLength(2);
	});

	test('is not created where the contact tells no deals', async () => {
		const contact_id = byId(await contact());
		bench.sandbox.vendors.woofedCrm.faults.add({
			kind: 'answer',
			reply: { status: 200, body: { id: contact_id.value } },
			match: ({ method }) => method === 'GET',
		});

		const { error } = await run('deal', 'upsert', { contact_id, name: 'Plan', stage_id: byId(1) });

		expect(error?.message).toContain("no list under 'deals'");
		expect(bench.writes()).toEqual([]);
	});
});

describe('a stage that was not taken', () => {
	test.each([
		['moveToStage', { stage_id: byId(99) }],
		['update', { updateFields: { stage_id: byId(99) } }],
	])('fails %s', async (operation, parameters) => {
		const { error } = await run('deal', operation, { id: byId(await deal({ stage_id: byId(2) })), ...parameters });

		expect(error?.message).toContain(
			"'Stage' must be an existing stage, but is 99. WoofedCRM put the deal into stage 1",
		);
	});

	test('is told by a hint where the response does not name the stage', async () => {
		bench.sandbox.vendors.woofedCrm.faults.add({
			kind: 'answer',
			reply: { status: 200, body: { id: 1, name: 'Plan' } },
			match: ({ method }) => method === 'PUT',
		});

		const { hints } = await run('deal', 'moveToStage', { id: byId(1), stage_id: byId(2) });

		expect(hints).toEqual([expect.stringContaining("'Stage' was not saved: 2 was sent")]);
	});
});

describe('Fields to Clear', () => {
	test('empty what is stored, by an empty text', async () => {
		const id = await bench.given('product', {
			name: 'Plan',
			additionalFields: { description: 'Yearly', identifier: 'P-1' },
		});

		const { items, error } = await run('product', 'update', {
			id: byId(id),
			updateFields: { fieldsToClear: ['description', 'identifier'] },
		});

		expect(error).toBeUndefined();
		expect(bench.writes()).toEqual([[`PUT /products/${id}`, { description: '', identifier: '' }]]);
		expect(items[0].json).toMatchObject({ name: 'Plan', description: '', identifier: '' });
	});

	test('empty the reason of a loss', async () => {
		const id = await deal({ additionalFields: { status: 'lost', lost_reason: 'Price' } });

		const { items } = await run('deal', 'update', {
			id: byId(id),
			simplify: false,
			updateFields: { fieldsToClear: ['lost_reason'] },
		});

		expect(items[0].json).toMatchObject({ status: 'lost', lost_reason: '' });
	});
});

describe('a refusal', () => {
	test.each<[string, string, object, RegExp, RegExp]>([
		[
			'contact',
			'create',
			{ email: 'same@new.example' },
			/Email has already been taken/,
			/Another record already has this value/,
		],
		[
			'contact',
			'create',
			{ phone: '+5511900000001' },
			/Phone \(cell\) has already been taken/,
			/Another record already has this value/,
		],
		[
			'dealProduct',
			'create',
			{ deal_id: byId(1), product_id: byId(1) },
			/already added to this deal/,
			/Deal Product > Update/,
		],
	])(
		'of %s > %s for what is there already says what to do',
		async (resource, operation, parameters, words, description) => {
			await run('contact', 'create', { full_name: 'Same', email: 'same@new.example', phone: '+5511900000001' });
			if ((await run('deal', 'get', { id: byId(1) })).error) await deal();
			await bench.given('product', { name: 'Plan' });
			await run(resource, operation, parameters as never);

			const { error } = await run(resource, operation, parameters as never);

			expect(error?.httpCode).toBe('422');
			expect([error?.message, error?.description]).toEqual([
				expect.stringMatching(words),
				expect.stringMatching(description),
			]);
		},
	);
});

describe('the time of winning', () => {
	const won_at = '2026-01-02T09:00:00Z';

	test('is told by a hint where the server took its own, and is stored by an update of it alone', async () => {
		const id = byId(await deal());

		const both = await run('deal', 'update', { id, simplify: false, updateFields: { status: 'won', won_at } });
		const alone = await run('deal', 'update', { id, simplify: false, updateFields: { won_at } });

		expect(both.hints).toEqual([expect.stringMatching(/^'Won At' was not saved: /)]);
		expect(alone.hints).toEqual([]);
		expect(alone.items[0].json.won_at).toBe('2026-01-02T09:00:00.000Z');
	});
});

test('a message that leaves now is taken, and its times come in UTC', async () => {
	const { items } = await run('dealEvent', 'sendWhatsappMessage', { ...whatsapp, deal_id: byId(await deal()) });

	expect(items[0].json.scheduled_at).toMatch(/Z$/);
});

test('every price, name and quantity of a product on a deal is stored', async () => {
	const product = await bench.given('product', { name: 'Plan', amount_in_cents: 100 });
	const additionalFields = { unit_amount_in_cents: 50, product_name: 'Own' };

	const { items, hints } = await run('dealProduct', 'create', {
		deal_id: byId(await deal()),
		product_id: byId(product),
		quantity: 3,
		additionalFields,
	});

	expect(items[0].json).toMatchObject({
		quantity: 3,
		unit_amount_in_cents: 50,
		total_amount_in_cents: 150,
		product_name: 'Own',
	});
	expect(hints).toEqual([]);
});
