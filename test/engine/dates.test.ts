import { readFileSync } from 'node:fs';
import path from 'node:path';
import type { IDataObject } from 'n8n-workflow';
import { Bench, pack } from '../support/run';
import { byId } from './forms';

const bench = new Bench();
const readme = readFileSync(path.join(__dirname, '..', '..', 'README.md'), 'utf8');

/** Rows of the README's table of dates: what is given, and what each vendor gets. */
const rows = readme
	.split('\n')
	.filter((line) => /^\| `\d{4}-/.test(line))
	.map((line) =>
		line
			.split('|')
			.slice(1, -1)
			.map((cell) => cell.trim().replaceAll('`', '')),
	);

test('the README has a table of dates', () => {
	expect(rows).toHaveLength(4);
});

test.each(rows)('%s is sent as the README says', async (given, syncroChat, woofedCrm, leadSquared) => {
	await bench.run('syncroChat', {
		resource: 'task',
		operation: 'create',
		subject: 'x',
		type: 'call',
		due_date: `={{ "${given}" }}`,
	});
	await bench.run('woofedCrm', {
		resource: 'dealEvent',
		operation: 'createActivity',
		deal_id: { __rl: true, mode: 'id', value: '1' },
		scheduled_at: `={{ "${given}" }}`,
	});
	await bench.run('leadSquared', {
		resource: 'task',
		operation: 'createAppointment',
		Name: 'x',
		TaskType: { __rl: true, mode: 'name', value: 'Meeting' },
		owner: { __rl: true, mode: 'email', value: 'a@example.com' },
		RelatedEntity: 'none',
		DueDate: `={{ "${given}" }}`,
	});

	const sent = (node: 'syncroChat' | 'woofedCrm' | 'leadSquared') => bench.sent(node)[0].body as IDataObject;
	const { due_date, due_time } = sent('syncroChat');
	expect([
		[due_date, due_time].filter(Boolean).join(' '),
		sent('woofedCrm').scheduled_at,
		sent('leadSquared').DueDate,
	]).toEqual([syncroChat, woofedCrm, leadSquared]);
});

describe.each(['America/Sao_Paulo', 'Asia/Kolkata'])('the due date of a Syncro Chat task in %s', (timezone) => {
	const create = { resource: 'task', operation: 'create', subject: 'x', type: 'call' };
	const update = { resource: 'task', operation: 'update', id: byId(45) };
	const local = timezone === 'Asia/Kolkata' ? '+05:30' : '-03:00';

	/** What a task is created and updated with, and the hints of both. */
	async function dueOf(due_date: string, rest: IDataObject = {}) {
		const created = await bench.run('syncroChat', { ...create, due_date, additionalFields: rest }, { timezone });
		const updated = await bench.run('syncroChat', { ...update, updateFields: { due_date, ...rest } }, { timezone });
		const bodies = bench
			.sent('syncroChat')
			.map(({ body }) => [(body as IDataObject).due_date, (body as IDataObject).due_time]);
		return {
			errors: [created.error, updated.error].filter(Boolean),
			created: bodies[0],
			updated: bodies[1],
			hints: [created.hints, updated.hints],
		};
	}

	test.each([
		['the picker', '2026-07-01'],
		['the picker of an older n8n', '2026-07-01T00:00:00'],
		['text', '={{ "20260701" }}'],
		['midnight with an offset', `={{ "2026-07-01T00:00:00${local}" }}`],
		['$today', '={{ $today.set({ year: 2026, month: 7, day: 1 }) }}'],
	])('a day from %s has no time', async (_from, given) => {
		expect(await dueOf(given)).toMatchObject({
			created: ['2026-07-01', undefined],
			updated: ['2026-07-01', undefined],
			hints: [[], []],
		});
	});

	test.each([
		['text', '={{ "2026-07-01T14:30:59" }}'],
		['text with an offset', `={{ "2026-07-01T14:30:00${local}" }}`],
		['a luxon DateTime', '={{ $now.set({ year: 2026, month: 7, day: 1, hour: 14, minute: 30 }) }}'],
		['a luxon DateTime of another zone', `={{ DateTime.fromISO("2026-07-01T14:30:00${local}").toUTC() }}`],
		['a JavaScript date', `={{ new Date("2026-07-01T14:30:00${local}") }}`],
	])('a moment from %s fills an empty due time', async (_from, given) => {
		expect(await dueOf(given)).toMatchObject({
			created: ['2026-07-01', '14:30'],
			updated: ['2026-07-01', '14:30'],
			hints: [[], []],
		});
	});

	test('a moment is cut to day and time in the zone of the workflow', async () => {
		const expected = timezone === 'Asia/Kolkata' ? ['2026-07-01', '06:30'] : ['2026-06-30', '22:00'];

		expect(await dueOf('={{ "2026-07-01T01:00:00Z" }}')).toMatchObject({ created: expected, updated: expected });
	});

	test('a due time that is given stays, and a hint tells that the time of the moment was not used', async () => {
		const { created, updated, hints } = await dueOf('={{ "2026-07-01T14:30:00" }}', { due_time: '09:00' });

		expect([created, updated]).toEqual([
			['2026-07-01', '09:00'],
			['2026-07-01', '09:00'],
		]);
		const hint = "'Due Time' was set, so the time in 'Due Date' (14:30) was not used [item 0]";
		expect(hints).toEqual([[hint], [hint]]);
	});

	test('the same moment in both needs no hint', async () => {
		const { created, hints } = await dueOf('={{ "2026-07-01T14:30:00" }}', {
			due_time: '={{ "2026-07-01T14:30:00" }}',
		});

		expect([created, hints]).toEqual([
			['2026-07-01', '14:30'],
			[[], []],
		]);
	});

	test('a due time that is cleared is cleared, and a hint tells it', async () => {
		const { hints } = await bench.run(
			'syncroChat',
			{ ...update, updateFields: { due_date: '={{ "2026-07-01T14:30:00" }}', fieldsToClear: ['due_time'] } },
			{ timezone },
		);

		expect(bench.sent('syncroChat')[0].body).toEqual({ due_date: '2026-07-01', due_time: null });
		expect(hints).toEqual(["'Due Time' was cleared, so the time in 'Due Date' (14:30) was not used [item 0]"]);
	});
});

test('the form of a Syncro Chat due date offers a day without a time', () => {
	const { properties } = pack.nodeTypes['n8n-nodes-crm-pack.syncroChat'].description;

	expect(properties.find(({ name }) => name === 'due_date')).toMatchObject({
		type: 'dateTime',
		typeOptions: { dateOnly: true },
	});
});

test.each([
	['0026-07-01', 'a year before 1900'],
	['1899-12-31T23:59:59Z', 'a year before 1900'],
	['2201-01-01', 'a year after 2200'],
	['9999-12-31T23:59:59', 'a year after 2200'],
	['2026-07-01T09:00:00+14:30', 'an offset that no place has'],
	['2026-07-01T09:00:00+99:99', 'an offset that no place has'],
])('%s, %s, is refused by field and item', async (given) => {
	const day = await bench.run('syncroChat', {
		resource: 'task',
		operation: 'create',
		subject: 'x',
		type: 'call',
		due_date: `={{ "${given}" }}`,
	});
	const moment = await bench.run('woofedCrm', {
		resource: 'dealEvent',
		operation: 'createActivity',
		deal_id: byId(1),
		scheduled_at: `={{ "${given}" }}`,
	});

	expect(day.error?.message).toBe(
		`'Due Date' must be a date like 2026-07-01 or an ISO 8601 date and time, from 1900 to 2200, but is "${given}" [item 0]`,
	);
	expect(moment.error?.message).toContain(`from 1900 to 2200, but is "${given}" [item 0]`);
	expect([...bench.sent('syncroChat'), ...bench.sent('woofedCrm')]).toEqual([]);
});
