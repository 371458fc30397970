import type { IDataObject } from 'n8n-workflow';
import { fakeDate } from '../support/fakeDate';
import { Bench } from '../support/run';
import { Polls } from './support';

const bench = new Bench();
const CONTACTS = '/accounts/1/contacts';
const HOUR = 60 * 60 * 1000;

const pollsOf = (node: string, events: unknown, more?: IDataObject) =>
	new Polls(bench, node, { events, ...more } as IDataObject);

const { woofedCrm, syncroChat } = { woofedCrm: 'woofedCrm', syncroChat: 'syncroChat' } as const;
const person = (name: string) => ({ full_name: name, email: `${name}@example.com` });

afterEach(() => jest.useRealTimers());

describe('WoofedCRM', () => {
	test('the first poll only remembers, the next ones tell of what is new or changed, each once', async () => {
		const polls = pollsOf('woofedCrmPollingTrigger', ['contact_created', 'contact_changed']);
		expect(await polls.poll()).toBeNull();

		await bench.post(woofedCrm, CONTACTS, person('bia'));
		const first = await polls.told('full_name');
		const second = await polls.poll();

		expect(first).toEqual([
			['contact_created', 'bia'],
			['contact_changed', 'bia'],
		]);
		expect(second).toBeNull();
	});

	test('a contact that is changed soon after it was created is told of as created once', async () => {
		const polls = pollsOf('woofedCrmPollingTrigger', ['contact_created']);
		await polls.poll();
		await bench.post(woofedCrm, CONTACTS, person('rui'));
		const created = await polls.told('full_name');

		await bench.post(woofedCrm, `${CONTACTS}/upsert`, { ...person('rui'), full_name: 'Rui' });

		expect(created).toEqual([['contact_created', 'rui']]);
		expect(await polls.poll()).toBeNull();
	});

	test('more than a page of one moment are all told of, the oldest first', async () => {
		const polls = pollsOf('woofedCrmPollingTrigger', ['contact_created']);
		await polls.poll();
		const names = Array.from({ length: 23 }, (_, index) => `person${index}`);
		for (const name of names) await bench.post(woofedCrm, CONTACTS, person(name));

		expect((await polls.told('full_name')).map(([, name]) => name)).toEqual(names);
		expect(await polls.poll()).toBeNull();
	});

	test('a test shows the newest, and moves nothing', async () => {
		const polls = pollsOf('woofedCrmPollingTrigger', ['deal_changed']);
		await polls.poll();
		await bench.post(woofedCrm, '/accounts/1/deals', { name: 'Fresh', contact_id: 1, stage_id: 1 });

		const sample = await polls.poll('manual');
		const told = await polls.told('name');

		expect(sample).toHaveLength(3);
		expect((sample![0].json.record as IDataObject).name).toBe('Fresh');
		expect(told).toEqual([['deal_changed', 'Fresh']]);
	});

	test('what was read before the CRM refused is handed on, and the rest comes with the next poll', async () => {
		fakeDate(Date.now() + HOUR);
		const polls = pollsOf('woofedCrmPollingTrigger', ['contact_created']);
		await bench.post(woofedCrm, CONTACTS, person('before'));
		await polls.poll();
		const names = Array.from({ length: 14 }, (_, index) => `guest${index}`);
		for (const name of names) {
			jest.advanceTimersByTime(1_000);
			await bench.post(woofedCrm, CONTACTS, person(name));
		}
		let asked = 0;
		bench.sandbox.vendors.woofedCrm.faults.add({
			kind: 'answer',
			match: () => (asked += 1) > 1,
			reply: { status: 403, body: { errors: 'No' } },
		});

		const first = await polls.told('full_name');
		bench.sandbox.reset();
		const second = await polls.told('full_name');

		expect(first).toHaveLength(9);
		expect([...first, ...second].map(([, name]) => name)).toEqual(names);
	});

	test("a poll that is refused at once fails with the CRM's words, and the place is kept", async () => {
		const polls = pollsOf('woofedCrmPollingTrigger', ['contact_created']);
		await polls.poll();
		await bench.post(woofedCrm, CONTACTS, person('caio'));
		bench.sandbox.vendors.woofedCrm.faults.add({
			kind: 'answer',
			reply: { status: 401, body: { errors: 'Unauthorized' } },
		});

		await expect(polls.poll()).rejects.toMatchObject({
			message: expect.stringContaining('Unauthorized'),
			httpCode: '401',
		});
		bench.sandbox.reset();

		expect(await polls.told('full_name')).toEqual([['contact_created', 'caio']]);
	});

	test.each([[[]], [['deal_eaten']], [['constructor']], ['contact_created']])(
		'%j is no choice of events',
		async (events) => {
			await expect(pollsOf('woofedCrmPollingTrigger', events).poll()).rejects.toMatchObject({
				message: expect.stringContaining("'Trigger On'"),
			});
			expect(bench.sandbox.vendors.woofedCrm.requests).toEqual([]);
		},
	);
});

describe('Syncro Chat', () => {
	const task = (more: IDataObject) => ({ subject: 'Call', type: 'call', ...more });

	test('a lead that is new or moved is told of once', async () => {
		const polls = pollsOf('syncroChatPollingTrigger', ['lead_changed', 'lead_created']);
		expect(await polls.poll()).toBeNull();

		const { lead } = (await bench.post(syncroChat, '/leads', { name: 'Davi', pipeline_id: 1, stage_id: 1 })) as {
			lead: IDataObject;
		};
		const created = await polls.told('name');
		const again = await polls.poll();

		expect(lead.name).toBe('Davi');
		expect(created).toEqual([
			['lead_changed', 'Davi'],
			['lead_created', 'Davi'],
		]);
		expect(again).toBeNull();
	});

	test('a task is due when its time has come in the zone of the workflow, is told of once, and once more on its next date', async () => {
		fakeDate(Date.parse('2026-07-01T17:00:00Z')); // 14:00 in São Paulo
		const polls = pollsOf('syncroChatPollingTrigger', ['task_due']);
		await bench.post(syncroChat, '/tasks', task({ subject: 'Before', due_date: '2026-07-01', due_time: '13:00' }));
		expect(await polls.poll()).toBeNull();
		const { task: made } = (await bench.post(
			syncroChat,
			'/tasks',
			task({ subject: 'Later', due_date: '2026-07-01', due_time: '15:30' }),
		)) as {
			task: IDataObject;
		};

		jest.setSystemTime(Date.parse('2026-07-01T18:29:00Z'));
		const early = await polls.poll();
		jest.setSystemTime(Date.parse('2026-07-01T18:30:00Z'));
		const inTime = await polls.told('subject');
		const after = await polls.poll();

		expect(made.due_time).toBe('15:30');
		expect([early, inTime, after]).toEqual([null, [['task_due', 'Later']], null]);
	});
});
