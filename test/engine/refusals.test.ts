import type { IDataObject } from 'n8n-workflow';
import { Bench, type NodeName } from '../support/run';
import { appointment, byId, chat, createTask, exampleId, note, toDo, weglyTask, whatsapp } from './forms';

const bench = new Bench();

describe('wrong input is refused before anything is sent, by field and item', () => {
	test.each<[string, NodeName, IDataObject, string]>([
		[
			'an empty subject',
			'syncroChat',
			{ ...createTask, subject: '={{ "" }}' },
			"'Subject' is required but empty [item 0]",
		],
		[
			'a type beside the list',
			'syncroChat',
			{ ...createTask, type: '={{ "fax" }}' },
			'\'Type\' must be one of call, email, meeting, task, visit, whatsapp, but is "fax" [item 0]',
		],
		[
			'a day that does not exist',
			'syncroChat',
			{ ...createTask, due_date: '={{ "2026-02-31" }}' },
			'\'Due Date\' must be a date like 2026-07-01 or an ISO 8601 date and time, from 1900 to 2200, but is "2026-02-31" [item 0]',
		],
		[
			'a time that does not exist',
			'syncroChat',
			{ ...createTask, additionalFields: { due_time: '25:00' } },
			"'Due Time' must be a time like 09:00",
		],
		[
			'a word as an id',
			'syncroChat',
			{ ...createTask, additionalFields: { lead_id: byId('abc') } },
			'\'Lead\' must be picked from the list or be an ID (a whole number of at least 1) or the URL of its page, but is "abc"',
		],
		[
			'an update of nothing',
			'syncroChat',
			{ resource: 'task', operation: 'update', id: byId(1), updateFields: {} },
			'There is nothing to update [item 0]',
		],
		[
			'a field that is set and cleared',
			'syncroChat',
			{ resource: 'task', operation: 'update', id: byId(1), updateFields: { notes: 'x', fieldsToClear: ['notes'] } },
			"'Notes' has a value and is also under 'Fields to Clear' [item 0]",
		],
		[
			'a range that ends before it starts',
			'syncroChat',
			{ resource: 'task', operation: 'getAll', filters: { due_from: '2026-07-02', due_to: '2026-07-01' } },
			"'Due To' (2026-07-01) is before 'Due From' (2026-07-02) [item 0]",
		],
		[
			'a title that is too long',
			'wegly',
			{ ...weglyTask, title: 'x'.repeat(101) },
			"'Title' must be text of at most 100 characters, but is a text of 101 characters [item 0]",
		],
		[
			'a reminder of no minutes',
			'wegly',
			{ ...weglyTask, additionalFields: { reminders_minutes: '15, 0' } },
			'\'Reminders\' (row 2) must be a list or comma-separated text, where each value is a whole number of at least 1, but is "15, 0" [item 0]',
		],
		[
			'a participant without an address',
			'wegly',
			{ ...weglyTask, additionalFields: { meeting_participants: 'ana' } },
			"'Meeting Participants' (row 1) must be a list",
		],
		[
			'an end before the start',
			'wegly',
			{ ...weglyTask, additionalFields: { end_date: '2026-06-30T09:00:00' } },
			"'End Date' (2026-06-30 09:00:00 America/Sao_Paulo) is before 'Start Date' (2026-07-01 09:00:00 America/Sao_Paulo) [item 0]",
		],
		[
			'a number that is too long',
			'wegly',
			{ ...chat, wa_contact_id: '1'.repeat(51) },
			"'Contact Number' must be a phone number with area code like 11999999999",
		],
		[
			'a template row without a value',
			'wegly',
			{
				...chat,
				additionalFields: { template_fields: { values: [{ component: 'BODY', type: 'TEXT', index: '1', value: '' }] } },
			},
			"'Template Variables' (row 1, 'Value') is required but empty",
		],
		[
			'an outcome beside the list',
			'wegly',
			{ ...weglyTask, additionalFields: { meeting_outcome: 5 } },
			"'Meeting Outcome' must be one of 1, 2, 3, 4, but is 5",
		],
		[
			'a message without content',
			'woofedCrm',
			{ ...whatsapp, content: '={{ "" }}' },
			"'Content' is required but empty [item 0]",
		],
		[
			'a scheduled message without a time',
			'woofedCrm',
			{ ...whatsapp, when: 'scheduled', scheduled_at: '={{ "" }}' },
			"'Scheduled At' is required but empty [item 0]",
		],
		[
			'a scheduled message with an unclear time',
			'woofedCrm',
			{ ...whatsapp, when: 'scheduled', scheduled_at: '={{ "20/01/2027" }}' },
			"'Scheduled At' must be a date and time",
		],
		[
			'a division by zero',
			'syncroChat',
			{
				resource: 'lead',
				operation: 'create',
				name: 'Ana',
				pipeline_id: byId(1),
				stage_id: byId(5),
				additionalFields: { value: '={{ -1 / 0 }}' },
			},
			'but is -Infinity [item 0]',
		],
		[
			'no integration',
			'woofedCrm',
			{ ...whatsapp, app_id: '={{ 0 }}' },
			"'Evolution API App ID' must be a whole number of at least 1, but is 0",
		],
		[
			'a custom attribute that is no object',
			'woofedCrm',
			{ ...note, additionalFields: { custom_attributes: '[1]' } },
			"'Custom Attributes' must be a JSON object",
		],
		[
			'an end before the due date',
			'leadSquared',
			{ ...appointment, DueDate: '2026-07-01T10:00:00', additionalFields: { EndDate: '2026-07-01T09:00:00' } },
			"'End' (2026-07-01 09:00:00 America/Sao_Paulo) is before 'Start' (2026-07-01 10:00:00 America/Sao_Paulo)",
		],
		[
			'an end before the due date of a to-do',
			'leadSquared',
			{ ...toDo, DueDate: '2026-07-01T10:00:00', additionalFields: { EndDate: '2026-07-01T09:59:59' } },
			"'End Date' (2026-07-01 09:59:59 America/Sao_Paulo) is before 'Due Date' (2026-07-01 10:00:00 America/Sao_Paulo) [item 0]",
		],
		[
			'a password of five characters',
			'woofedCrm',
			{
				resource: 'user',
				operation: 'create',
				email: 'a@example.com',
				password: '12345',
				password_confirmation: '123456',
			},
			"'Password' must be text of 6 to 128 characters",
		],
		[
			'a password of 129 characters',
			'woofedCrm',
			{
				resource: 'user',
				operation: 'create',
				email: 'a@example.com',
				password: '123456',
				password_confirmation: 'x'.repeat(129),
			},
			"'Confirm Password' must be text of 6 to 128 characters",
		],
		[
			'an owner that is neither id nor address',
			'leadSquared',
			{ ...appointment, owner: byId('Ana') },
			"'Owner' must be picked from the list or be an ID like",
		],
		[
			'a lead in place of an opportunity',
			'leadSquared',
			{ ...appointment, RelatedEntity: 'opportunity', RelatedEntityId: byId(exampleId) },
			"'Opportunity ID' must be an ID like",
		],
	])('%s', async (_name, node, parameters, words) => {
		const { error } = await bench.run(node, parameters);

		expect(error).toMatchObject({
			name: 'NodeOperationError',
			message: expect.stringContaining(words),
			context: { itemIndex: 0 },
		});
		expect(error?.description).toContain('Nothing was sent for this item.');
		expect(bench.sent(node)).toEqual([]);
	});

	test('one wrong item among many stops the run before the first is sent', async () => {
		const { error } = await bench.run(
			'syncroChat',
			{ ...createTask, subject: '={{ $json.subject }}' },
			{ items: [{ subject: 'a' }, { subject: 'b' }, { subject: '' }] },
		);

		expect(error?.message).toBe("'Subject' is required but empty [item 2]");
		expect(bench.sent('syncroChat')).toEqual([]);
	});

	test('an expression that breaks for one item stops the run before the first is sent', async () => {
		const { error } = await bench.run(
			'syncroChat',
			{ ...createTask, subject: "={{ $json.broken ? $('Nowhere').first().json.name : 'fine' }}" },
			{ items: [...Array.from({ length: 10 }, () => ({})), { broken: true }] },
		);

		expect(error).toMatchObject({ context: { itemIndex: 10 } });
		expect(bench.sent('syncroChat')).toEqual([]);
	});
});

test('three buttons, the most that WhatsApp shows, are no reason to refuse a message', async () => {
	const buttons = ['a', 'b', 'c'].map((id) => ({ id, title: id }));

	await bench.run('wegly', {
		resource: 'message',
		operation: 'sendButtons',
		id: exampleId,
		text: 'Podemos ligar?',
		buttons: { values: buttons },
	});

	expect(bench.sent('wegly').map(({ body }) => (body as IDataObject).action)).toEqual([{ buttons }]);
});
