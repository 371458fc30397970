import type { ICredentialDataDecryptedObject, IDataObject } from 'n8n-workflow';
import { fakeDate } from '../support/fakeDate';
import { Bench } from '../support/run';
import { Polls } from './support';

const bench = new Bench();
const person = (name: string) => ({ full_name: name, email: `${name}@example.com` });
const newContact = async (name: string) => await bench.post('woofedCrm', '/accounts/1/contacts', person(name));

/** A trigger on new contacts that has polled once. */
async function following(parameters: IDataObject = { events: ['contact_created'] }): Promise<Polls> {
	const polls = new Polls(bench, 'woofedCrmPollingTrigger', parameters);
	await polls.poll();
	return polls;
}

afterEach(() => jest.useRealTimers());

describe('two polls of a trigger at the same time', () => {
	test('tell of each thing once: the later one leaves it to the earlier one', async () => {
		const polls = await following();
		await newContact('bia');

		const both = await Promise.all([polls.told('full_name'), polls.told('full_name')]);

		expect(both).toEqual([[['contact_created', 'bia']], []]);
		expect(await polls.poll()).toBeNull();
	});

	test('are no longer at the same time once the earlier one has failed', async () => {
		const polls = await following();
		await newContact('rui');
		bench.sandbox.vendors.woofedCrm.faults.add({ kind: 'answer', reply: { status: 403, body: { errors: 'No' } } });

		await expect(polls.poll()).rejects.toThrow('No');
		bench.sandbox.reset();

		expect(await polls.told('full_name')).toEqual([['contact_created', 'rui']]);
	});

	test('are both answered where one of them is a test', async () => {
		const polls = await following();
		await newContact('ana');

		const [told, sample] = await Promise.all([polls.told('full_name'), polls.poll('manual')]);

		expect(told).toEqual([['contact_created', 'ana']]);
		expect(sample).not.toBeNull();
	});
});

describe('an event that the CRM refuses', () => {
	const both = { events: ['deal_changed', 'contact_created'] };
	const refuseDeals = () =>
		bench.sandbox.vendors.woofedCrm.faults.add({
			kind: 'answer',
			times: 99,
			match: ({ path }) => path.includes('/deals/'),
			reply: { status: 404, body: { status: 404, error: 'Not Found' } },
		});
	afterEach(() => bench.sandbox.reset());

	test('keeps no other event back, is told as an error once, and goes on from its place afterwards', async () => {
		const polls = await following(both);
		await newContact('olga');
		refuseDeals();
		const first = await polls.told('full_name');
		await newContact('paula');
		refuseDeals();
		const second = await polls.told('full_name');
		const third = await polls.poll();
		bench.sandbox.reset();
		const after = await polls.told('name');

		expect([first, second, third]).toEqual([[['contact_created', 'olga']], [['contact_created', 'paula']], null]);
		expect(polls.emitted.map(({ message }) => message)).toEqual([
			expect.stringMatching(/^'Deal Created or Updated': /),
		]);
		expect(after).toEqual([]);
	});

	test('keeps no other event from its first place', async () => {
		refuseDeals();
		const polls = await following(both);
		await newContact('quim');
		refuseDeals();

		expect(await polls.told('full_name')).toEqual([['contact_created', 'quim']]);
		expect(polls.emitted).toHaveLength(1);
	});

	test('fails the poll with its words where it is the only one', async () => {
		refuseDeals();

		await expect(following({ events: ['deal_changed'] })).rejects.toMatchObject({ httpCode: '404' });
	});

	test('shows the key nowhere, although the CRM repeats it', async () => {
		const polls = await following(both);
		const { token } = bench.sandbox.credentials.woofedCrmApi as { token: string };
		bench.sandbox.vendors.woofedCrm.faults.add({
			kind: 'answer',
			times: 9,
			match: ({ path }) => path.includes('/deals/'),
			reply: { status: 422, body: { errors: [`Unknown key ${token}`] } },
		});
		await polls.poll();

		expect(polls.emitted[0].message).toContain('Unknown key');
		expect(JSON.stringify(polls.emitted[0], Object.getOwnPropertyNames(polls.emitted[0]))).not.toContain(token);
		expect(polls.stored).not.toContain(token);
	});
});

test('a poll ends in time for n8n, and the next one goes on', async () => {
	const polls = await following();
	for (let index = 0; index < 25; index += 1) await newContact(`timely${index}`);
	polls.budget = 0;
	const first = await polls.told('full_name');
	polls.budget = undefined;
	const second = await polls.told('full_name');

	expect(first.length).toBeLessThan(25);
	expect([...first, ...second].map(([, name]) => name)).toEqual(
		Array.from({ length: 25 }, (_, index) => `timely${index}`),
	);
});

describe('the requests of a poll', () => {
	test.each([
		['woofedCrmPollingTrigger', 'woofedCrm', 'contact_changed', { s: ['updated_at asc', 'id asc'] }],
		['woofedCrmPollingTrigger', 'woofedCrm', 'deal_created', { s: ['created_at asc', 'id asc'] }],
	] as const)('%s asks for the oldest first: %s %s', async (node, vendor, event, query) => {
		const polls = new Polls(bench, node, { events: [event] });
		await polls.poll();
		bench.sandbox.vendors[vendor].requests.length = 0;
		await polls.poll();

		const queries = bench.sandbox.vendors[vendor].requests.map(({ body }) => (body as { query: IDataObject }).query);
		expect(queries.length).toBeGreaterThan(0);
		for (const one of queries) expect(one).toMatchObject(query);
	});

	test.each([
		['lead_created', 'CreatedOn', {}],
		['activity_changed', 'ModifiedOn', { activityType: { __rl: true, mode: 'id', value: '201' } }],
		['opportunity_changed', 'ModifiedOn', { opportunityType: { __rl: true, mode: 'id', value: '12000' } }],
	])('LeadSquared is asked for the oldest first: %s', async (event, ColumnName, more) => {
		const polls = new Polls(bench, 'leadSquaredPollingTrigger', { events: [event], ...more } as IDataObject);
		await polls.poll();
		bench.sandbox.vendors.leadSquared.requests.length = 0;
		await polls.poll();

		expect(bench.sandbox.vendors.leadSquared.requests.map(({ body }) => (body as IDataObject).Sorting)).toEqual([
			{ ColumnName, Direction: '0' },
		]);
	});
});

test('a CRM in trouble is asked three times: the next poll comes soon', async () => {
	jest.spyOn(Math, 'random').mockReturnValue(0);
	const polls = await following();
	bench.sandbox.reset();
	bench.sandbox.vendors.woofedCrm.faults.add({ kind: 'answer', reply: { status: 500, body: {} } });

	await expect(polls.poll()).rejects.toThrow('(3 tries)');

	expect(bench.sandbox.vendors.woofedCrm.requests).toHaveLength(3);
});

test('an event that is chosen again begins anew: what happened meanwhile was not wanted', async () => {
	const polls = await following();
	polls.parameters.events = ['deal_changed'];
	await polls.poll();
	await newContact('ivo');
	polls.parameters.events = ['contact_created'];

	expect(await polls.poll()).toBeNull();
	await newContact('lia');
	expect(await polls.told('full_name')).toEqual([['contact_created', 'lia']]);
});

test.each(['={{ $("none").item.json.a }}', '={{ DateTime.fromISO( }}'])(
	'the expression %s is refused in words',
	async (events) => {
		const error = await new Polls(bench, 'woofedCrmPollingTrigger', { events }).poll().catch((thrown: Error) => thrown);

		expect(error).toMatchObject({ name: 'NodeApiError', message: expect.not.stringContaining('undefined') });
	},
);

describe('no moment that is still to come hides what happens until then:', () => {
	test('that of a record', async () => {
		const polls = await following();
		const at = '2099-01-01T00:00:00Z';
		const body = {
			data: [{ id: 900, full_name: 'Future', created_at: at, updated_at: at }],
			pagination: { page: 1, items: 10, count: 1, pages: 1 },
		};
		bench.sandbox.vendors.woofedCrm.faults.add({ kind: 'answer', reply: { status: 200, body } });

		expect(await polls.told('full_name')).toEqual([['contact_created', 'Future']]);
		bench.sandbox.reset();
		await newContact('caio');

		expect(await polls.told('full_name')).toEqual([['contact_created', 'caio']]);
	});

	test('that of a clock that was wrong for a while', async () => {
		fakeDate();
		const now = Date.now();
		jest.setSystemTime(now + 24 * 60 * 60 * 1000);
		const polls = new Polls(bench, 'syncroChatPollingTrigger', { events: ['lead_changed'] });
		await polls.poll();
		jest.setSystemTime(now);
		await polls.poll();

		await bench.post('syncroChat', '/leads', { name: 'Davi', pipeline_id: 1, stage_id: 1 });

		expect(await polls.told('name')).toEqual([['lead_changed', 'Davi']]);
	});
});

describe('what there is in another account has happened before:', () => {
	test.each<[string, { id?: string; data?: ICredentialDataDecryptedObject }]>([
		['another credential', { id: 'other' }],
		['another account in the same credential', { data: { accountId: 2 } }],
	])('%s', async (_what, credential) => {
		const polls = await following();
		await newContact('eva');
		polls.credential = credential;
		bench.sandbox.vendors.woofedCrm.faults.add({
			kind: 'answer',
			times: 9,
			match: ({ path }) => path.includes('/accounts/2/'),
			reply: { status: 200, body: { data: [], pagination: { page: 1, items: 10, count: 0, pages: 1 } } },
		});

		expect(await polls.poll()).toBeNull();
		polls.credential = {};

		expect(await polls.poll()).toBeNull();
		await newContact('gil');
		expect(await polls.told('full_name')).toEqual([['contact_created', 'gil']]);
	});

	test('a place that was kept without its account counts', async () => {
		const polls = await following();
		await newContact('hugo');
		polls.stored = polls.stored.replace(/,"account":"[^"]+"/, '');

		expect(polls.stored).not.toContain('account');
		expect(await polls.told('full_name')).toEqual([['contact_created', 'hugo']]);
	});
});
