import type { IDataObject } from 'n8n-workflow';
import { Bench } from '../support/run';
import { appointment, byId, chat, chatwoot, createTask, exampleId, note, toDo, weglyTask, whatsapp } from './forms';

const bench = new Bench();
/** Creates a task in Syncro Chat and gives back its id. */
async function newTask(): Promise<number> {
	const { items } = await bench.run('syncroChat', createTask);
	bench.sandbox.reset();
	return items[0].json.id as number;
}

describe('Syncro Chat', () => {
	test.each([
		['get', {}, { status: 'pending', subject: 'Enviar proposta' }],
		['update', { updateFields: { priority: 'high' } }, { priority: 'high', status: 'pending' }],
		['toggle', {}, { status: 'completed' }],
		['complete', {}, { status: 'completed' }],
		['reopen', {}, { status: 'pending' }],
		['delete', {}, { deleted: true }],
	])('%s gives the task as it is afterwards', async (operation, more, expected) => {
		const id = await newTask();

		const { items } = await bench.run('syncroChat', { resource: 'task', operation, id: byId(id), ...more });

		expect(items).toEqual([{ json: expect.objectContaining(expected), pairedItem: { item: 0 } }]);
	});

	test('complete and reopen may be repeated, toggle undoes itself', async () => {
		const id = await newTask();
		const statusAfter = async (operation: string) =>
			(await bench.run('syncroChat', { resource: 'task', operation, id: byId(id) })).items[0].json.status;

		const statuses = [
			await statusAfter('complete'),
			await statusAfter('complete'),
			await statusAfter('reopen'),
			await statusAfter('toggle'),
			await statusAfter('toggle'),
		];

		expect(statuses).toEqual(['completed', 'completed', 'pending', 'completed', 'pending']);
	});

	test('all seven filters go into the query, dates as days', async () => {
		await bench.run('syncroChat', {
			resource: 'task',
			operation: 'getAll',
			limit: 5,
			filters: {
				lead_id: byId(123),
				assigned_to: byId(12),
				status: 'completed',
				type: 'call',
				priority: 'low',
				due_from: '2026-07-01T00:00:00',
				due_to: '2026-07-31T23:59:00',
			},
		});

		expect(bench.sent('syncroChat')[0].query).toEqual({
			lead_id: '123',
			assigned_to: '12',
			status: 'completed',
			type: 'call',
			priority: 'low',
			due_from: '2026-07-01',
			due_to: '2026-07-31',
			per_page: '5',
		});
	});

	test('a stored value is emptied by naming its field', async () => {
		const id = await newTask();

		await bench.run('syncroChat', {
			resource: 'task',
			operation: 'update',
			id: byId(id),
			updateFields: { subject: 'Novo', fieldsToClear: ['due_time', 'lead_id'] },
		});

		expect(bench.sent('syncroChat')[0].body).toEqual({ subject: 'Novo', due_time: null, lead_id: null });
	});

	test('optionals that were left blank are not sent', async () => {
		await bench.run('syncroChat', {
			...createTask,
			additionalFields: {
				description: '',
				notes: '  ',
				due_time: '',
				lead_id: { __rl: true, mode: 'list', value: '' },
			},
		});

		expect(bench.sent('syncroChat')[0].body).toEqual({
			subject: 'Enviar proposta',
			type: 'email',
			due_date: '2026-07-01',
		});
	});

	test('without Simplify the whole record comes', async () => {
		const [simple, whole] = [
			await bench.run('syncroChat', createTask),
			await bench.run('syncroChat', { ...createTask, simplify: false }),
		];

		expect(Object.keys(simple.items[0].json)).toHaveLength(10);
		expect(whole.items[0].json).toHaveProperty('created_at');
	});
});

describe('paging', () => {
	const list = { resource: 'task', operation: 'getAll', filters: { status: 'pending' } };
	/** Fills the list of a fresh sandbox with tasks that only this test sees. */
	const fill = async (count: number, lead: number) => {
		await bench.run(
			'syncroChat',
			{ ...createTask, additionalFields: { lead_id: byId(lead) } },
			{ items: Array.from({ length: count }, () => ({})) },
		);
		bench.sandbox.reset();
	};

	test('Return All reads every page once, with the filters on each', async () => {
		await fill(401, 901);

		const { items } = await bench.run('syncroChat', { ...list, returnAll: true, filters: { lead_id: byId(901) } });

		expect(new Set(items.map(({ json }) => json.id)).size).toBe(401);
		expect(bench.sent('syncroChat').map(({ query }) => query)).toEqual([
			{ lead_id: '901', per_page: '200' },
			{ lead_id: '901', per_page: '200', page: '2' },
			{ lead_id: '901', per_page: '200', page: '3' },
		]);
	});

	test('Limit reads no page more than it needs', async () => {
		await fill(60, 902);

		const { items } = await bench.run('syncroChat', { ...list, limit: 30, filters: { lead_id: byId(902) } });

		expect(items).toHaveLength(30);
		expect(bench.sent('syncroChat')).toHaveLength(1);
	});

	test('an empty list gives no item', async () => {
		const { items, error } = await bench.run('syncroChat', {
			...list,
			returnAll: true,
			filters: { lead_id: byId(999_999) },
		});

		expect({ items, error }).toEqual({ items: [], error: undefined });
	});

	test('a page that comes a second time ends the reading with an error', async () => {
		const page = { success: true, data: [{ id: 1 }], meta: { has_more: true } };
		bench.sandbox.vendors.syncroChat.faults.add({ kind: 'answer', reply: { status: 200, body: page } });

		const { error } = await bench.run('syncroChat', { ...list, returnAll: true });

		expect(error?.message).toContain('Page 2 of the list repeats page 1');
		expect(bench.sent('syncroChat')).toHaveLength(2);
	});

	test('each input item has a list of its own, paired with it', async () => {
		await fill(2, 903);

		const { items } = await bench.run(
			'syncroChat',
			{ ...list, returnAll: true, filters: { lead_id: byId('={{ $json.lead }}') } },
			{ items: [{ lead: 999_999 }, { lead: 903 }] },
		);

		expect(items.map(({ pairedItem }) => pairedItem)).toEqual([{ item: 1 }, { item: 1 }]);
	});
});

describe('Wegly', () => {
	test('a task gives its id, and moments are sent in UTC', async () => {
		const { items } = await bench.run('wegly', { ...weglyTask, additionalFields: { end_date: '2026-07-01T09:45:00' } });

		expect(items[0].json).toMatchObject({ id: expect.any(String), title: 'Demo' });
		expect(bench.sent('wegly')[0].body).toMatchObject({
			start_date: '2026-07-01T12:00:00Z',
			end_date: '2026-07-01T12:45:00Z',
		});
	});

	test('recurrence is sent as the object that was given', async () => {
		await bench.run('wegly', {
			...weglyTask,
			additionalFields: { recurrence: '{ "pattern": "every_n_days", "interval": 2 }' },
		});

		expect(bench.sent('wegly')[0].body).toMatchObject({ recurrence: { pattern: 'every_n_days', interval: 2 } });
	});

	test('a task whose meeting could not be made is a success with a hint', async () => {
		const { items, hints } = await bench.run('wegly', { ...weglyTask, additionalFields: { create_event: true } });

		expect(items).toHaveLength(1);
		expect(hints).toEqual([expect.stringContaining('No meeting provider is connected [item 0]')]);
	});

	test('rows of template fields carry what was filled in and nothing else', async () => {
		const rows = [
			{ component: 'HEADER', type: 'TEXT', index: '1', button_index: '', card_index: '', value: 'Oi' },
			{ component: 'BUTTON', type: 'TEXT', index: '', button_index: '0', card_index: '2', value: 'x' },
		];

		await bench.run('wegly', { ...chat, additionalFields: { template_fields: { values: rows } } });

		expect(bench.sent('wegly')[0].body).toMatchObject({
			template_fields: [
				{ component: 'HEADER', type: 'TEXT', index: 1, value: 'Oi' },
				{ component: 'BUTTON', type: 'TEXT', button_index: 0, card_index: 2, value: 'x' },
			],
		});
	});

	test('the domain of the key is sent as the origin, and none where there is none', async () => {
		await bench.run('wegly', chat, { credential: { allowedDomain: 'https://www.example.com/' } });
		await bench.run('wegly', chat);

		expect(bench.sandbox.vendors.wegly.requests.map(({ headers }) => headers.origin)).toEqual([
			'https://www.example.com',
			undefined,
		]);
	});
});

describe('WoofedCRM', () => {
	test('a scheduled message is really sent unless the user wants a reminder only', async () => {
		await bench.run('woofedCrm', { ...whatsapp, when: 'scheduled', scheduled_at: '2027-01-20T11:00:00' });
		await bench.run('woofedCrm', {
			...whatsapp,
			when: 'scheduled',
			scheduled_at: '2027-01-20T11:00:00',
			auto_done: false,
		});

		expect(bench.sent('woofedCrm').map(({ body }) => body)).toMatchObject([
			{ scheduled_at: '2027-01-20T14:00:00Z', auto_done: true },
			{ auto_done: false },
		]);
	});

	test('a message that goes now carries no time, even if one was typed before', async () => {
		await bench.run('woofedCrm', { ...chatwoot, when: 'now', scheduled_at: '2027-01-20T11:00:00' });

		expect(bench.sent('woofedCrm')[0].body).toMatchObject({ send_now: true });
		expect(bench.sent('woofedCrm')[0].body).not.toHaveProperty('scheduled_at');
	});

	test('the account of the credential is worked in, unless the node names another', async () => {
		await bench.run('woofedCrm', note, { credential: { accountId: 7 } });
		await bench.run('woofedCrm', { ...note, options: { accountId: 9 } }, { credential: { accountId: 7 } });

		expect(bench.sent('woofedCrm').map(({ path }) => path)).toEqual([
			'/api/v1/accounts/7/deals/1/events',
			'/api/v1/accounts/9/deals/1/events',
		]);
	});

	test.each(['', '/', '/api/v1', '/api/v1/'])('a base URL that ends in %p leads to the same place', async (end) => {
		await bench.run('woofedCrm', note, { credential: { baseUrl: bench.sandbox.vendors.woofedCrm.url + end } });

		expect(bench.sent('woofedCrm')[0].path).toBe('/api/v1/accounts/1/deals/1/events');
	});

	test('notes on one deal keep their order, and output keeps the order of the items', async () => {
		const items = Array.from({ length: 12 }, (_, index) => ({ text: `note ${index}`, deal: (index % 2) + 1 }));

		const run = await bench.run(
			'woofedCrm',
			{ ...note, deal_id: byId('={{ $json.deal }}'), content: '={{ $json.text }}' },
			{ items },
		);

		const onFirstDeal = bench
			.sent('woofedCrm')
			.filter(({ path }) => path.includes('/deals/1/'))
			.map(({ body }) => (body as IDataObject).content);
		expect(onFirstDeal).toEqual(items.filter(({ deal }) => deal === 1).map(({ text }) => text));
		expect(run.items.map(({ json }) => json.content)).toEqual(items.map(({ text }) => text));
	});
});

describe('LeadSquared', () => {
	test.each<[string, IDataObject, IDataObject]>([
		['nothing', { RelatedEntity: 'none' }, { RelatedEntity: 0, RelatedEntityId: '' }],
		[
			'a lead',
			{ RelatedEntity: 'lead', RelatedEntityId: byId(exampleId) },
			{ RelatedEntity: 1, RelatedEntityId: exampleId },
		],
		[
			'an opportunity',
			{ RelatedEntity: 'opportunity', RelatedEntityId: exampleId },
			{ RelatedEntity: 5, RelatedEntityId: exampleId },
		],
	])('a task is related to %s', async (_name, related, expected) => {
		await bench.run('leadSquared', { ...appointment, ...related });

		expect(bench.sent('leadSquared')[0].body).toMatchObject(expected);
	});

	test.each<[string, unknown, IDataObject]>([
		['chosen from the list', { __rl: true, mode: 'list', value: exampleId }, { OwnerId: exampleId }],
		['by ID', byId(exampleId), { OwnerId: exampleId }],
		['by email', { __rl: true, mode: 'email', value: 'a@example.com' }, { OwnerEmailAddress: 'a@example.com' }],
		['by an email address in the ID mode', byId('a@example.com'), { OwnerEmailAddress: 'a@example.com' }],
	])('the owner is given %s', async (_name, owner, expected) => {
		await bench.run('leadSquared', { ...appointment, owner: owner as IDataObject });

		const { OwnerId, OwnerEmailAddress } = bench.sent('leadSquared')[0].body as IDataObject;
		expect(JSON.parse(JSON.stringify({ OwnerId, OwnerEmailAddress }))).toEqual(expected);
	});

	test('moments are sent in UTC and in the form of the vendor', async () => {
		await bench.run(
			'leadSquared',
			{ ...appointment, DueDate: '2026-07-01T10:30:00', additionalFields: { EndDate: '2026-07-01T11:00:00+05:30' } },
			{ timezone: 'Asia/Kolkata' },
		);

		expect(bench.sent('leadSquared')[0].body).toMatchObject({
			DueDate: '2026-07-01 05:00:00',
			EndDate: '2026-07-01 05:30:00',
		});
	});

	test('a to-do carries its reminder as days and time', async () => {
		const { items } = await bench.run('leadSquared', {
			...toDo,
			additionalFields: { ReminderBeforeDays: 1, ReminderTime: '10:00' },
		});

		expect(bench.sent('leadSquared')[0].body).toMatchObject({ ReminderBeforeDays: '1', ReminderTime: '10:00:00' });
		expect(items[0].json).toEqual({ Id: expect.any(String) });
	});

	test('custom fields are sent by their schema name', async () => {
		await bench.run('leadSquared', { ...appointment, additionalFields: { CustomFields: { mx_Custom_1: 'Room 2' } } });

		expect(bench.sent('leadSquared')[0].body).toMatchObject({ CustomFields: { mx_Custom_1: 'Room 2' } });
	});
});
