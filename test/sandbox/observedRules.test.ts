import { callTo, keys } from './caller';
import {
	ask,
	contact,
	deal,
	found,
	framework404,
	idsOf,
	server500,
	woofedCrm,
	useObservedServer,
} from './observedServer';

useObservedServer();

describe('in general', () => {
	test('the last word of the header is the token, and the account is not looked at', async () => {
		const bare = await ask('GET /contacts/search', undefined, { authorization: 'sandbox_woofed_token' });
		const other = await callTo({ woofedCrm }, 'woofedCrm', 'POST', '/api/v1/accounts/abc/contacts', {});

		expect([bare.status, other.status]).toEqual([200, 201]);
	});

	test('errors of the framework are pages for whoever does not ask for JSON', async () => {
		const page = await ask('GET /contacts/99', undefined, { ...keys.woofedCrm, accept: '*/*' });
		const missing = await ask('GET /deals/99', undefined, { ...keys.woofedCrm, accept: '*/*' });

		expect([page.status, page.type]).toEqual([404, 'text/html; charset=utf-8']);
		expect(missing.body).toEqual({ errors: 'Not found' });
	});

	test('a body that does not say to be JSON is not read', async () => {
		const { status, body } = await ask('POST /contacts', '{"full_name":"Ana"}', {
			...keys.woofedCrm,
			'content-type': 'text/plain',
		});

		expect([status, body.full_name]).toEqual([201, '']);
	});

	test.each([
		'POST /deals/search',
		'POST /users/search',
		'GET /pipelines',
		'GET /apps/chatwoots/inboxes',
		'DELETE /contacts/1',
		'POST /deal_assignees',
		'PUT /products/1',
		'PUT /deal_products/1',
	])('%s is not there', async (line) => {
		expect(await ask(line, line.startsWith('GET') ? undefined : {})).toMatchObject(framework404);
	});

	test.each([
		['2027-01-20T14:00:00+02:00', '2027-01-20T09:00:00.000-03:00'],
		['2027-01-20T14:00:00', '2027-01-20T14:00:00.000-03:00'],
		['2027-01-20', '2027-01-20T00:00:00.000-03:00'],
		['20/01/2027', '2027-01-20T00:00:00.000-03:00'],
		['2027-02-31T10:00:00Z', '2027-03-03T07:00:00.000-03:00'],
		['soon', null],
		[1_800_000_000, null],
	])('the date %s is stored as %s', async (scheduled_at, stored) => {
		const { body } = await ask(`POST /deals/${await deal()}abc/events`, { kind: 'activity', scheduled_at });

		expect(body.scheduled_at).toBe(stored);
	});
});

describe('contacts', () => {
	test.each<[string, object, number, object]>([
		['a number without its plus sign', { phone: '5511999990002' }, 201, { phone: '+5511999990002' }],
		['text before the number', { phone: 'x+5511999990009' }, 201, { phone: '+x+5511999990009' }],
		['a formatted number', { phone: '+55 (11) 99999-0003' }, 422, { errors: ['Phone (cell) is invalid'] }],
		['a number that is no text', { phone: 5511999990002 }, 500, server500.body],
		['labels with quotes and twice', { label_list: 'vip, "a, b", VIP' }, 201, { label_list: ['VIP', 'a, b'] }],
		['a label that is too long', { label_list: 'x'.repeat(300) }, 422, { errors: [] }],
		[
			'attributes with nulls',
			{ custom_attributes: { a: [1, null], b: { c: true } } },
			201,
			{ custom_attributes: { a: [1], b: { c: true } } },
		],
		['attributes that are none', { custom_attributes: 'x' }, 201, { custom_attributes: {} }],
		[
			'what nobody knows',
			{ contact: { full_name: 'x' }, id: 77, additional_attributes: { a: 1 } },
			201,
			{ id: 1, full_name: '', additional_attributes: {} },
		],
	])('%s', async (_name, members, status, body) => {
		expect(await ask('POST /contacts', members)).toMatchObject({ status, body });
	});

	test('nobody is the same: a second contact with the same address', async () => {
		expect([await contact({ email: 'a@b.example' }), await contact({ email: 'a@b.example' })]).toEqual([1, 2]);
	});

	test('the upsert overwrites another person whose number holds a spelling of this one', async () => {
		const carla = await contact({ full_name: 'Carla', phone: '+56913456780' });
		const diego = await contact({ full_name: 'Diego', phone: '+56912345678' });

		const { status, body } = await ask('POST /contacts/upsert', { full_name: 'Diego', phone: '+56912345678' });

		expect({ status, ...body }).toMatchObject({ status: 200, id: carla, full_name: 'Diego', phone: '+56912345678' });
		expect((await ask(`GET /contacts/${diego}`)).body).toMatchObject({ full_name: 'Diego', phone: '+56912345678' });
	});

	test.each([
		['_ and % are wildcards', { email: 'a_a@%.example' }],
		['any case', { email: 'ANA@mail.example' }],
		['a short number', { phone: '55' }],
	])('the upsert takes %s', async (_name, given) => {
		const id = await contact({ email: 'ana@mail.example', phone: '+5511999990001' });

		expect(await ask('POST /contacts/upsert', given)).toMatchObject({ status: 200, body: { id } });
	});

	test('an apostrophe breaks the upsert, and blanks make a new contact each time', async () => {
		await contact({ email: "o'brien@mail.example" });

		expect(await ask('POST /contacts/upsert', { email: "o'brien@mail.example" })).toMatchObject(server500);
		expect(await ask('POST /contacts/upsert', { email: '', phone: ' ' })).toMatchObject({
			status: 201,
			body: { id: 2 },
		});
	});

	test('labels that come as a list leave the stored ones, and empty text and {} empty what is there', async () => {
		await contact({ email: 'a@b.example', label_list: 'vip', custom_attributes: { a: 1 } });

		const kept = await ask('POST /contacts/upsert', { email: 'a@b.example', label_list: ['x'] });
		const emptied = await ask('POST /contacts/upsert', { email: 'a@b.example', label_list: '', custom_attributes: {} });

		expect([kept.body.label_list, emptied.body.label_list, emptied.body.custom_attributes]).toEqual([['vip'], [], {}]);
	});
});

describe('the search of contacts', () => {
	beforeEach(async () => {
		for (const name of ['Ana', 'Bia', 'Caio 100%'])
			await contact({ full_name: name, email: `${name[0]}@mail.example` });
	});

	test.each<[string, unknown, number[]]>([
		['drops blanks', { email_eq: ' ', full_name_cont: null, id_in: [null], id_eq: '' }, [1, 2, 3]],
		['drops dates that are none', { created_at_gteq: 'soon' }, [1, 2, 3]],
		['drops a query that is text', 'full_name_eq', [1, 2, 3]],
		['takes % as it is in cont', { full_name_cont: '100%' }, [3]],
		['minds the case in eq', { email_eq: 'a@mail.example' }, []],
		['minds no case in cont', { email_cont: 'a@MAIL' }, [1]],
		['knows lists', { id_in: [1, 3] }, [1, 3]],
		['takes text for one number', { id_in: '1,3' }, [1]],
		['finds no id that is none', { id_eq: 'abc' }, []],
		['knows or', { m: 'or', full_name_eq: 'Ana', email_eq: 'B@mail.example' }, [1, 2]],
		['knows groups', { g: [{ m: 'or', full_name_eq: 'Ana', email_eq: 'B@mail.example' }] }, [1, 2]],
		['sorts', { s: 'id desc' }, [3, 2, 1]],
		['does not sort by what it does not know', { s: 'nickname asc' }, [1, 2, 3]],
	])('%s', async (_name, query, ids) => {
		expect(idsOf(await found(query))).toEqual(ids);
	});

	test.each([
		{ nickname_eq: 'x' },
		{ full_name_is: 'x' },
		{ label_list_cont: 'x' },
		{ account_id_eq: 1 },
		{ full_name_or_email_cont: 'x' },
	])('%j breaks it', async (query) => {
		expect(await found(query)).toMatchObject(server500);
	});

	test.each([0, -1, 'abc'])('page %j breaks it', async (page) => {
		expect(await found({}, page)).toMatchObject(server500);
	});

	test('nothing found is a page of its own', async () => {
		expect((await found({ id_eq: 0 })).body).toEqual({
			data: [],
			pagination: { page: 1, items: 10, count: 0, pages: 1, from: 0, last: 1, to: 0, prev: null, next: null },
		});
	});

	test('a record that is changed moves to the end, and one in which nothing changes does not', async () => {
		await ask('POST /contacts/upsert', { email: 'b@mail.example', full_name: 'Bia' });
		await ask('POST /contacts/upsert', { email: 'B@mail.example', full_name: 'Bia' });
		await ask('POST /contacts/upsert', { email: 'B@mail.example', full_name: 'Bia' });
		await ask('POST /contacts/upsert', { email: 'A@mail.example', full_name: 'Ana' });

		expect(idsOf(await found({}))).toEqual([1, 3, 2]);
	});

	test('the moment of an answer is a little before the one in the database', async () => {
		const [{ created_at }] = (await found({ id_eq: 3 })).body.data;

		expect(idsOf(await found({ id_eq: 3, created_at_gt: created_at }))).toEqual([3]);
	});
});
