import type { IDataObject } from 'n8n-workflow';
import { Bench, type NodeName } from '../support/run';
import { appointment, createTask, exampleId, toDo, weglyTask, whatsapp } from './forms';

const bench = new Bench();
const scheduled = { ...whatsapp, when: 'scheduled' };
const product = { resource: 'product', operation: 'create', name: 'Plan' };
const buttons = { resource: 'message', operation: 'sendButtons', id: exampleId, text: 'Podemos ligar?' };
const aDay = "'Due Date' must be a date like 2026-07-01 or an ISO 8601 date and time, from 1900 to 2200, but is";
const lookAt =
	'Check the expression that reads it. Its text is empty or in another format than the expression expects.';
const change = 'Correct the value or its expression.';
const write = (expression: string) => `Write {{ ${expression} }} and replace 'date' with the name of your field.`;

describe('a value that does not fit is refused with the way out', () => {
	test.each<[string, NodeName, IDataObject, string, string]>([
		[
			'a date that luxon could not read',
			'syncroChat',
			{ ...createTask, due_date: "={{ DateTime.fromISO('x') }}" },
			`${aDay} an invalid date`,
			lookAt,
		],
		[
			'a date that JavaScript could not read',
			'syncroChat',
			{ ...createTask, due_date: "={{ new Date('x') }}" },
			`${aDay} an invalid date`,
			lookAt,
		],
		[
			'a moment that could not be read',
			'woofedCrm',
			{ ...scheduled, scheduled_at: "={{ DateTime.fromISO('x') }}" },
			'but is an invalid date',
			lookAt,
		],
		['no number', 'syncroChat', { ...createTask, due_date: '={{ NaN }}' }, `${aDay} NaN`, change],
		[
			'no number in a list',
			'wegly',
			{ ...weglyTask, additionalFields: { reminders_minutes: '={{ [NaN] }}' } },
			'but is ["NaN"]',
			change,
		],
		[
			'a day as Brazil writes it',
			'syncroChat',
			{ ...createTask, due_date: "={{ '01/02/2026' }}" },
			`${aDay} "01/02/2026"`,
			`${write("DateTime.fromFormat($json.date, 'dd/MM/yyyy')")} If the month comes first, swap d and M.`,
		],
		[
			'a day as the United States write it',
			'leadSquared',
			{ ...toDo, DueDate: '12/31/2026' },
			'but is "12/31/2026"',
			write("DateTime.fromFormat($json.date, 'MM/dd/yyyy')"),
		],
		[
			'a moment with points and a clock',
			'leadSquared',
			{ ...appointment, DueDate: '31.1.26, 14:30:00' },
			'but is "31.1.26, 14:30:00"',
			write("DateTime.fromFormat($json.date, 'd.M.yy, HH:mm:ss')"),
		],
		[
			'milliseconds since 1970',
			'syncroChat',
			{ ...createTask, due_date: '={{ 1782864000000 }}' },
			`${aDay} 1782864000000`,
			write('DateTime.fromMillis($json.date)'),
		],
		[
			'milliseconds as text',
			'woofedCrm',
			{ ...scheduled, scheduled_at: '1782864000000' },
			'but is "1782864000000"',
			write('DateTime.fromMillis(Number($json.date))'),
		],
		[
			'seconds since 1970',
			'leadSquared',
			{ ...toDo, DueDate: '={{ 1782864000 }}' },
			'but is 1782864000',
			write('DateTime.fromSeconds($json.date)'),
		],
		[
			'a day that does not exist',
			'syncroChat',
			{ ...createTask, due_date: '2026-02-31' },
			`${aDay} "2026-02-31"`,
			'This date does not exist: February 2026 has 28 days.',
		],
		[
			'a day that a table keeps',
			'syncroChat',
			{ ...createTask, due_date: '={{ 45000 }}' },
			`${aDay} 45000`,
			`This is a spreadsheet date, in days since 1899. ${write("DateTime.fromISO('1899-12-30').plus({ days: $json.date })")}`,
		],
		[
			'the hour 24',
			'syncroChat',
			{ ...createTask, additionalFields: { due_time: '24:00' } },
			'\'Due Time\' must be a time like 09:00 or an ISO 8601 date and time, but is "24:00"',
			'There is no hour 24. Write 00:00, and the next day if the form has a date.',
		],
		[
			'a price that a calculation missed',
			'woofedCrm',
			{ ...product, amount_in_cents: '={{ 19.99 * 100 }}' },
			'but is 1998.9999999999998',
			"It is 1999 except for its fraction. Round it with {{ Math.round($json.amount) }} and replace '$json.amount' with your calculation.",
		],
		[
			'a price that is not in cents',
			'woofedCrm',
			{ ...product, amount_in_cents: '={{ 199.9 }}' },
			"'Price (Cents)' must be a whole number from 0 to 2147483647, but is 199.9",
			'This is a price in cents: write 19990 for 199.90.',
		],
		[
			'a price with a decimal comma',
			'woofedCrm',
			{ ...product, amount_in_cents: '={{ "0,05" }}' },
			'but is "0,05"',
			'This is a price in cents: write 5 for 0.05.',
		],
		[
			'a member of a row that is too long',
			'wegly',
			{
				...buttons,
				buttons: {
					values: [
						{ id: 'a', title: 'Sim' },
						{ id: 'b', title: 'Quero falar com alguém agora' },
					],
				},
			},
			"'Buttons' (row 2, 'Title') must be text of at most 20 characters, but is \"Quero falar com alguém agora\"",
			change,
		],
		[
			'what is no choice',
			'leadSquared',
			{ ...toDo, additionalFields: { NotifyBy: "={{ 'Fax' }}" } },
			'\'Notify By\' must be one of 1100 (Email), 1000 (None), but is "Fax"',
			change,
		],
	])('%s', async (_name, node, parameters, message, way) => {
		const { error } = await bench.run(node, parameters);

		expect(error).toMatchObject({
			message: expect.stringContaining(`${message} [item 0]`),
			description: `Nothing was sent for this item. ${way}`,
		});
		expect(bench.sent(node)).toEqual([]);
	});
});

describe('a choice that an expression gives by its label', () => {
	test('is sent as its value', async () => {
		await bench.run('leadSquared', { ...toDo, additionalFields: { NotifyBy: "={{ ' email ' }}" } });

		expect(bench.sent('leadSquared')).toMatchObject([{ body: { NotifyBy: '1100' } }]);
	});

	test('may be a country', async () => {
		const lead = {
			resource: 'contact',
			operation: 'create',
			full_name: 'Ana',
			phone: '2125550123',
			options: { defaultCountry: '={{ "united states" }}' },
		};

		await bench.run('woofedCrm', lead);

		expect(bench.sent('woofedCrm')).toMatchObject([{ body: { phone: '+12125550123' } }]);
	});
});

describe('the URL of a page of a record stands for its ID', () => {
	const byUrl = (value: string, mode = 'url') => ({ __rl: true, mode, value });
	const lineOf = async (node: NodeName, parameters: IDataObject) => {
		const { error } = await bench.run(node, parameters);
		return [error?.message, ...bench.sent(node).map(({ method, path }) => `${method} ${path}`)];
	};

	test.each<[string, NodeName, IDataObject, string]>([
		[
			'a deal',
			'woofedCrm',
			{ resource: 'deal', operation: 'get', id: byUrl('https://crm.example.com/accounts/1/deals/1') },
			'/api/v1/accounts/1/deals/1',
		],
		[
			'a contact, as an expression gives it',
			'woofedCrm',
			{
				resource: 'contact',
				operation: 'get',
				id: byUrl("={{ ' http://localhost:3001/accounts/1/contacts/1/edit?tab=2#top ' }}", 'id'),
			},
			'/api/v1/accounts/1/contacts/1',
		],
		[
			'a product',
			'woofedCrm',
			{ resource: 'product', operation: 'get', id: byUrl('https://crm.example.com/accounts/1/products/1/') },
			'/api/v1/accounts/1/products/1',
		],
		[
			'a lead',
			'syncroChat',
			{ resource: 'lead', operation: 'get', id: byUrl('https://app.syncro.chat/contatos/123/perfil') },
			'/api/v1/leads/123',
		],
	])('%s', async (_name, node, parameters, path) => {
		expect(await lineOf(node, parameters)).toEqual([undefined, `GET ${path}`]);
	});

	test.each<[string, NodeName, IDataObject, string]>([
		[
			'of another kind of record',
			'woofedCrm',
			{ resource: 'deal', operation: 'get', id: byUrl("={{ 'https://crm.example.com/accounts/1/contacts/1' }}") },
			'Deal',
		],
		[
			'without an ID',
			'woofedCrm',
			{ resource: 'deal', operation: 'get', id: byUrl("={{ 'https://crm.example.com/accounts/1/deals/new' }}") },
			'Deal',
		],
		[
			'that is only part of a query',
			'syncroChat',
			{ resource: 'lead', operation: 'get', id: byUrl("={{ 'https://x.example/?to=/contatos/5' }}") },
			'Lead',
		],
	])('but not one %s', async (_name, node, parameters, label) => {
		expect(await lineOf(node, parameters)).toEqual([
			expect.stringContaining(
				`'${label}' must be picked from the list or be an ID (a whole number of at least 1) or the URL of its page, but is "http`,
			),
		]);
	});

	test('and n8n itself refuses another one where it is typed', async () => {
		const deal = { resource: 'deal', operation: 'get', id: byUrl('https://crm.example.com/accounts/1/contacts/1') };

		await expect(bench.run('woofedCrm', deal)).rejects.toThrow(
			"Copy the whole URL of the record's page, like https://app.woofedcrm.com/accounts/1/deals/27",
		);
	});
});
