import type { IDataObject } from 'n8n-workflow';
import { fakeDate } from '../support/fakeDate';
import { Bench } from '../support/run';
import { Polls } from './support';

const bench = new Bench();

afterEach(() => jest.useRealTimers());

describe('what Syncro Chat sends besides what was asked for is left out and reported:', () => {
	const answer = (data: IDataObject[]) =>
		bench.sandbox.vendors.syncroChat.faults.add({
			kind: 'answer',
			times: 1,
			match: ({ method }) => method === 'GET',
			reply: { status: 200, body: { success: true, data, meta: {} } },
		});
	const day = (days: number) => new Date(Date.now() + days * 24 * 60 * 60 * 1000).toISOString().slice(0, 10);

	test.each<[string, string, IDataObject[], string[]]>([
		[
			'tasks that are done or long past',
			'task_due',
			[
				{ id: 1, status: 'completed', due_date: day(-1) },
				{ id: 2, status: 'pending', due_date: day(-90) },
				{ id: 3, status: 'pending', due_date: day(-1) },
				{ id: 4, due_date: day(-1) },
				{ id: 5, status: 'pending' },
			],
			['3', '4'],
		],
		[
			'leads that were created long ago',
			'lead_created',
			[{ id: 1, created_at: `${day(-90)}T10:00:00Z` }, { id: 2, created_at: new Date().toISOString() }, { id: 3 }],
			['2', '3'],
		],
		[
			'leads that were changed long ago',
			'lead_changed',
			[{ id: 1, updated_at: `${day(-90)}T10:00:00Z` }, { id: 2, updated_at: new Date().toISOString() }, { id: 3 }],
			['2', '3'],
		],
	])('%s', async (_what, event, records, ids) => {
		const polls = new Polls(bench, 'syncroChatPollingTrigger', { events: [event] });
		await polls.poll();
		answer(records);

		const told = await polls.told('id');

		expect(told.map(([, id]) => String(id))).toEqual(ids);
		expect(polls.emitted[0].message).toContain("that don't match the request");
		bench.sandbox.reset();
	});
});

test('a task east of UTC is due by the clock of the workflow, while it is the day before in UTC', async () => {
	fakeDate(Date.parse('2026-07-01T18:40:00Z')); // 00:10 of July 2 in India
	const polls = new Polls(bench, 'syncroChatPollingTrigger', { events: ['task_due'] });
	polls.zone = 'Asia/Kolkata';
	await polls.poll();
	for (const [subject, due_date, due_time] of [
		['Midnight', '2026-07-02', '00:05'],
		['Later', '2026-07-02', '00:15'],
		['All day', '2026-07-02', undefined],
		['Tomorrow', '2026-07-03', '00:05'],
	] as const) {
		await bench.post('syncroChat', '/tasks', { subject, type: 'call', due_date, ...(due_time ? { due_time } : {}) });
	}

	const now = (await polls.told('subject')).map(([, subject]) => subject);
	jest.setSystemTime(Date.parse('2026-07-01T18:45:00Z'));
	const later = (await polls.told('subject')).map(([, subject]) => subject);

	expect(now.sort()).toEqual(['All day', 'Midnight']);
	expect(later).toEqual(['Later']);
});
