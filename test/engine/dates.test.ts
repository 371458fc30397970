import { readFileSync } from 'node:fs';
import path from 'node:path';
import type { IDataObject } from 'n8n-workflow';
import { Bench } from '../support/run';

const bench = new Bench();
const readme = readFileSync(path.join(__dirname, '..', '..', 'README.md'), 'utf8');

/** Rows of the README's table of dates: what is given, and what each vendor gets. */
const rows = readme
	.split('\n')
	.filter((line) => /^\| `\d{4}-/.test(line))
	.map((line) => line.split('|').slice(1, -1).map((cell) => cell.trim().replaceAll('`', '')));

test('the README has a table of dates', () => {
	expect(rows).toHaveLength(4);
});

test.each(rows)('%s is sent as the README says', async (given, syncroChat, woofedCrm, leadSquared) => {
	await bench.run('syncroChat', { resource: 'task', operation: 'create', subject: 'x', type: 'call', due_date: `={{ "${given}" }}` });
	await bench.run('woofedCrm', { resource: 'dealEvent', operation: 'createActivity', deal_id: { __rl: true, mode: 'id', value: '1' }, scheduled_at: `={{ "${given}" }}` });
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
	expect([sent('syncroChat').due_date, sent('woofedCrm').scheduled_at, sent('leadSquared').DueDate]).toEqual([syncroChat, woofedCrm, leadSquared]);
});
