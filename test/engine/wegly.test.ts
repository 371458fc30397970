import type { IDataObject } from 'n8n-workflow';
import { seeded } from '../vendors/wegly/records';
import { Bench } from '../support/run';

const bench = new Bench();
const role = '6bb94eb7-50df-4f88-9862-7ef8f4b9607c';

const inChat = { id: seeded.chat };
const text = { resource: 'message', operation: 'sendText', ...inChat, body: 'Olá' };
const buttons = {
	resource: 'message',
	operation: 'sendButtons',
	...inChat,
	text: 'Podemos ligar?',
	buttons: { values: [{ id: 'yes', title: 'Sim' }] },
};
const location = {
	resource: 'message',
	operation: 'sendLocation',
	...inChat,
	latitude: '-23.5614',
	longitude: -46.6559,
};
const deal = { resource: 'deal', operation: 'create', title: 'Implantação' };
const lead = { resource: 'lead', operation: 'create', title: 'Formulário' };
const follower = { resource: 'lead', operation: 'addFollower', id: seeded.lead, user_id: seeded.user, role_id: role };
const proposal = { resource: 'proposal', operation: 'update', id: seeded.proposal };

const timeline = { resource: 'chat', operation: 'getTimeline', ...inChat };

describe('messages', () => {
	test.each<[string, IDataObject, string, IDataObject]>([
		['a text', text, 'messages', { type: 'text', body: 'Olá' }],
		[
			'an answer to a message',
			{ ...text, additionalFields: { reference_wamid: 'wamid.1' } },
			'messages',
			{ type: 'text', body: 'Olá', reference_wamid: 'wamid.1' },
		],
		[
			'a template',
			{ ...text, operation: 'sendTemplate', name: 'saudacao', language: 'pt_BR' },
			'messages',
			{ type: 'template', template: { name: 'saudacao', language: 'pt_BR' } },
		],
		[
			'a template with a variable',
			{
				...text,
				operation: 'sendTemplate',
				name: 'saudacao',
				language: 'pt_BR',
				additionalFields: {
					template_fields: {
						values: [{ component: 'BODY', type: 'TEXT', index: '1', button_index: '', card_index: '', value: 'Ana' }],
					},
				},
			},
			'messages',
			{
				type: 'template',
				template: { name: 'saudacao', language: 'pt_BR' },
				template_fields: [{ component: 'BODY', type: 'TEXT', index: 1, value: 'Ana' }],
			},
		],
		[
			'buttons',
			buttons,
			'messages/interactive',
			{
				interactive_type: 'button',
				body: { text: 'Podemos ligar?' },
				action: { buttons: [{ id: 'yes', title: 'Sim' }] },
			},
		],
		['a place', location, 'messages/location', { latitude: -23.5614, longitude: -46.6559 }],
		[
			'a place with a name',
			{ ...location, additionalFields: { name: 'Loja', address: 'Av. Paulista, 1000' } },
			'messages/location',
			{ latitude: -23.5614, longitude: -46.6559, name: 'Loja', address: 'Av. Paulista, 1000' },
		],
	])('%s is sent as Wegly documents it, and comes out as the message', async (_name, parameters, end, body) => {
		const { items } = await bench.run('wegly', parameters);

		expect(bench.sent('wegly')).toEqual([
			{ method: 'POST', path: `/integrations/external/chats/${seeded.chat}/${end}`, query: {}, body },
		]);
		expect(items).toEqual([
			{
				json: expect.objectContaining({ id: expect.any(String), status: 'processing', from_me: true }),
				pairedItem: { item: 0 },
			},
		]);
	});

	test('what is sent stands in the timeline, an item for each event', async () => {
		const { items: before } = await bench.run('wegly', timeline);
		const { items: sent } = await bench.run('wegly', { ...text, body: 'Até logo' });

		const { items: after } = await bench.run('wegly', timeline);

		expect(after).toHaveLength(before.length + 1);
		expect(after.at(-1)).toEqual({
			json: expect.objectContaining({
				event_type: 'MESSAGE',
				message: expect.objectContaining({ id: sent[0].json.id, body_text: 'Até logo' }),
			}),
			pairedItem: { item: 0 },
		});
	});

	test('messages of one chat keep the order of the items', async () => {
		const words = Array.from({ length: 8 }, (_, index) => `message ${index}`);

		await bench.run(
			'wegly',
			{ ...text, body: '={{ $json.words }}' },
			{ items: words.map((word) => ({ words: word })) },
		);

		expect(bench.sent('wegly').map(({ body }) => (body as IDataObject).body)).toEqual(words);
	});

	test('a message is not sent again after its answer was lost', async () => {
		bench.sandbox.vendors.wegly.faults.add({ kind: 'lostAnswer' });

		const { error } = await bench.run('wegly', text);

		expect(error?.name).toBe('NodeApiError');
		expect(bench.sent('wegly')).toHaveLength(1);
	});
});

describe('deals and leads', () => {
	const optional = {
		person_name: 'Ana',
		contacts: {
			values: [
				{ type: '0', value: '+55 11 99988-7766' },
				{ type: '', value: 'ana@example.com' },
			],
		},
		avoid_duplicate: true,
		duplicate_check_types: '0',
		organization_name: 'Exemplo Ltda',
		url_conversion: 'https://www.example.com/obrigado?utm_campaign=crm',
		tags: 'site, formulário',
		followers: { values: [{ user_id: seeded.user, role_id: role }] },
		content: 'Veio do site',
		is_pinned: true,
		visibility: 1,
	};
	const sent = {
		person: {
			name: 'Ana',
			contacts: [{ type: 0, value: '+55 11 99988-7766' }, { value: 'ana@example.com' }],
			avoid_duplicate: true,
			duplicate_check_types: [0],
		},
		organization: { name: 'Exemplo Ltda' },
		marketing: { url_conversion: 'https://www.example.com/obrigado?utm_campaign=crm' },
		tags: ['site', 'formulário'],
		followers: [{ user_id: seeded.user, role_id: role }],
		note: { content: 'Veio do site', is_pinned: true },
		visibility: 1,
	};

	test('a deal carries its person, organization, source, followers and note', async () => {
		await bench.run('wegly', {
			...deal,
			additionalFields: {
				...optional,
				value: '75000.50',
				expected_close_date: '2027-03-15T00:00:00',
				lead_source_name: 'LinkedIn Ads',
				quality_rating: 4,
				temperature: 3,
			},
		});

		expect(bench.sent('wegly')[0].body).toEqual({
			title: 'Implantação',
			...sent,
			value: 75000.5,
			expected_close_date: '2027-03-15T03:00:00Z',
			lead_source: { name: 'LinkedIn Ads' },
			quality_rating: 4,
			temperature: 3,
		});
	});

	test('a lead carries the same, as far as Wegly describes it', async () => {
		await bench.run('wegly', { ...lead, additionalFields: { ...optional, quality_rating: 5 } });

		expect(bench.sent('wegly')[0].body).toEqual({ title: 'Formulário', ...sent, quality_rating: 5 });
	});

	test('a deal that was created can be read', async () => {
		const { items: created } = await bench.run('wegly', deal);

		const { items: read } = await bench.run('wegly', { resource: 'deal', operation: 'get', id: created[0].json.id });

		expect(read[0].json).toMatchObject({ ...created[0].json, stage: { name: 'Qualification' } });
	});

	test('a lead that was created can be followed, and the answer lists its followers', async () => {
		const { items: created } = await bench.run('wegly', lead);

		const { items } = await bench.run('wegly', {
			...follower,
			id: created[0].json.id,
			additionalFields: { notes: 'Acompanhar' },
		});

		expect(items[0].json).toEqual({ followers: [expect.objectContaining({ notes: 'Acompanhar' })] });
	});
});

test('an item of a proposal is sent with what was filled in and nothing else', async () => {
	const blank = {
		sku: '',
		unit_price: '',
		unit: '',
		discount_value: '',
		is_recurring_default: '',
		billing_cycles: '',
		start_date: '',
	};
	const values = [
		{ ...blank, id: seeded.proposalItem, quantity: '2', delete: '' },
		{
			...blank,
			id: '',
			delete: '',
			name: 'Treinamento',
			quantity: '1',
			unit_price: '0',
			is_recurring_default: 'false',
		},
	];

	const { items } = await bench.run('wegly', { ...proposal, updateFields: { title: 'Revisada', items: { values } } });

	expect(bench.sent('wegly')[0].body).toEqual({
		title: 'Revisada',
		items: [
			{ id: seeded.proposalItem, quantity: 2 },
			{ name: 'Treinamento', quantity: 1, unit_price: 0, is_recurring_default: false },
		],
	});
	expect(items[0].json).toMatchObject({ title: 'Revisada', items_count: 2, total: 3000 });
});

describe('wrong input is refused before anything is sent', () => {
	test.each<[string, IDataObject, string]>([
		[
			'a deal with a title that is too long',
			{ ...deal, title: 'x'.repeat(151) },
			"'Title' must be text of at most 150 characters, but is a text of 151 characters [item 0]",
		],
		[
			'a lead with a title that is too long',
			{ ...lead, title: 'x'.repeat(151) },
			"'Title' must be text of at most 150 characters",
		],
		[
			'a rating above five',
			{ ...lead, additionalFields: { quality_rating: 6 } },
			"'Quality Rating' must be a whole number from 1 to 5, but is 6 [item 0]",
		],
		[
			'an address without its beginning',
			{ ...deal, additionalFields: { url_conversion: 'www.example.com' } },
			"'Conversion URL' must be a full web address like https://www.example.com/thanks",
		],
		[
			'a contact that is no phone number where its type says so',
			{ ...deal, additionalFields: { contacts: { values: [{ type: '0', value: '+55 11 9999-ABCD' }] } } },
			`'Person Contacts' (row 1, 'Value') must be a phone number if Type is 0, but is "+55 11 9999-ABCD" [item 0]`,
		],
		[
			'a contact without a value',
			{ ...deal, additionalFields: { contacts: { values: [{ type: '0', value: '' }] } } },
			"'Person Contacts' (row 1, 'Value')",
		],
		[
			'a follower without a role',
			{ ...deal, additionalFields: { followers: { values: [{ user_id: seeded.user, role_id: '' }] } } },
			"'Followers' (row 1, 'Role')",
		],
		[
			'notes that are too long',
			{ ...follower, additionalFields: { notes: 'x'.repeat(1001) } },
			"'Notes' must be text of at most 1000 characters",
		],
		[
			'a latitude that is not on the globe',
			{ ...location, latitude: 91 },
			"'Latitude' must be a number from -90 to 90, but is 91 [item 0]",
		],
		[
			'a longitude with a decimal comma',
			{ ...location, longitude: '-46,6559' },
			'\'Longitude\' must be a number from -180 to 180, but is "-46,6559" [item 0]',
		],
		[
			'a place without a longitude',
			{ ...location, longitude: '={{ "" }}' },
			"'Longitude' is required but empty [item 0]",
		],
		['a message without a text', { ...text, body: '={{ "" }}' }, "'Text' is required but empty [item 0]"],
		[
			'buttons without a title',
			{ ...buttons, buttons: { values: [{ id: 'yes', title: '={{ "" }}' }] } },
			"'Buttons' (row 1, 'Title')",
		],
		['a message with no button', { ...buttons, buttons: {} }, "'Buttons' is required but empty [item 0]"],
		[
			'a title that WhatsApp would not show whole',
			{ ...buttons, buttons: { values: [{ id: 'yes', title: 'Yes, call me at once!' }] } },
			"'Buttons' (row 1, 'Title')",
		],
		[
			'a button more than WhatsApp shows',
			{ ...buttons, buttons: { values: ['a', 'b', 'c', 'd'].map((id) => ({ id, title: id })) } },
			"'Buttons' must have at most 3 rows, because WhatsApp shows no more, but has 4 [item 0]",
		],
		[
			'a message whose buttons were all taken away',
			{ ...buttons, buttons: { values: [] } },
			"'Buttons' is empty. Add at least one row [item 0]",
		],
		[
			'an item of which there is none',
			{ ...proposal, updateFields: { items: { values: [{ id: seeded.proposalItem, quantity: '0' }] } } },
			"'Items' (row 1, 'Quantity')",
		],
		['an update of nothing', { ...proposal, updateFields: {} }, 'There is nothing to update [item 0]'],
	])('%s', async (_name, parameters, words) => {
		const { error } = await bench.run('wegly', parameters);

		expect(error).toMatchObject({
			name: 'NodeOperationError',
			message: expect.stringContaining(words),
			context: { itemIndex: 0 },
		});
		expect(bench.sent('wegly')).toEqual([]);
	});
});
