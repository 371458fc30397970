import type { IDataObject, ILoadOptionsFunctions } from 'n8n-workflow';
import { loadOptionsContext } from './engine';
import { appointment, byId } from './forms';
import { inSandbox } from '../vendors/leadSquared/taskSamples';
import { Bench, failureIn, pack, workflowOf } from '../support/run';

const bench = new Bench();
const run = async (operation: string, parameters: IDataObject, more: Parameters<typeof bench.run>[2] = {}) =>
	await bench.run('leadSquared', { resource: 'task', operation, ...parameters }, { timezone: 'UTC', ...more });
const sent = () => bench.sent('leadSquared');
const goesOn = { settings: { onError: 'continueRegularOutput' as const } };

/** Creates appointments in the sandbox and returns their IDs. */
async function appointments(count: number): Promise<string[]> {
	const { items } = await bench.run('leadSquared', appointment, { items: Array.from({ length: count }, () => ({})) });
	bench.sandbox.reset();
	return items.map(({ json }) => json.Id as string);
}

/** Makes the sandbox respond to the next request with a success in the vendor's envelope. */
const respondWith = (body: object) =>
	bench.sandbox.vendors.leadSquared.faults.add({
		kind: 'answerAfter',
		reply: { status: 200, body: { Status: 'Success', ...body } },
		times: 1,
	});

/** Returns the fields of a task type, as n8n's editor loads them. */
async function fieldsOf(type: string) {
	const node = workflowOf('leadSquared', { ...appointment, TaskType: { __rl: true, mode: 'list', value: type } });
	const context = loadOptionsContext(node, 'CRM', { pack, credentials: bench.sandbox.credentials });
	const { taskFields } = pack.nodeTypes['n8n-nodes-crm-pack.leadSquared'].methods!.resourceMapping!;
	return (await taskFields.call(context as unknown as ILoadOptionsFunctions)).fields;
}

describe('the custom fields of a task', () => {
	const mapped = (value: IDataObject) => ({ typeFields: { mappingMode: 'defineBelow', value, schema: [] } });

	test('are the custom fields of the chosen type, without its standard fields', async () => {
		const fields = await fieldsOf('Meeting');

		expect(fields.map(({ id }) => id)).toContain('mx_Custom_1');
		expect(fields.map(({ id }) => id)).not.toContain('OwnerId');
	});

	test('have generic names if an expression sets the type, and no request is sent', async () => {
		expect((await fieldsOf('={{ $json.type }}')).map(({ id }) => id).slice(0, 2)).toEqual([
			'mx_Custom_1',
			'mx_Custom_2',
		]);
		expect(sent()).toEqual([]);
	});

	test('are sent by their schema names', async () => {
		await bench.run('leadSquared', { ...appointment, ...mapped({ mx_Custom_1: 'Room 2' }) });

		expect(sent()[0].body).toMatchObject({ CustomFields: { mx_Custom_1: 'Room 2' } });
	});

	test('are refused if they are also given as JSON, because one of the two would be lost', async () => {
		const { error } = await bench.run('leadSquared', {
			...appointment,
			...mapped({ mx_Custom_1: 'Room 2' }),
			additionalFields: { CustomFields: { mx_Custom_1: 'Room 3' } },
		});

		expect(error?.message).toBe(
			"'Custom Fields' and 'Custom Fields (JSON)' must not be set together. Remove one of them [item 0]",
		);
		expect(sent()).toEqual([]);
	});
});

describe('tasks are created', () => {
	const two = { items: [{}, {}] };

	test('one by one unless the user turns on Send in Bulk, because the bulk request returns no IDs', async () => {
		const { items } = await bench.run('leadSquared', appointment, two);

		expect(sent().map(({ path }) => path)).toEqual(Array(2).fill('/v2/Task.svc/Create'));
		expect(items.map(({ json }) => json)).toEqual(Array(2).fill({ Id: expect.any(String) }));
	});

	test('in one request with Send in Bulk, and the output has the ID of the request', async () => {
		const { items, hints } = await bench.run('leadSquared', { ...appointment, options: { sendInBulk: true } }, two);

		expect(sent().map(({ path, body }) => [path, (body as { TaskList: unknown[] }).TaskList.length])).toEqual([
			['/v2/Task.svc/Bulk/Create', 2],
		]);
		expect(items.map(({ json }) => json)).toEqual(Array(2).fill({ accepted: true, requestId: expect.any(String) }));
		expect(hints[0]).toContain('carries them out later');
	});
});

test.each([{ IsSuccessful: false }, {}])(
	'a bulk request with the response %j shows whether its tasks are queued',
	async (Message) => {
		respondWith({ Message });

		const { items } = await bench.run(
			'leadSquared',
			{ ...appointment, options: { sendInBulk: true } },
			{ items: [{}, {}], ...goesOn },
		);

		expect(items.map(({ json }) => json.accepted)).toEqual(Array(2).fill('IsSuccessful' in Message ? undefined : true));
	},
);

describe('an update', () => {
	const update = async (updateFields: IDataObject) =>
		await run('update', { UserTaskId: inSandbox.appointment, updateFields });

	test('sends the lead together with its kind of record', async () => {
		await update({ lead: byId(inSandbox.lead), DueDate: '2026-07-01T10:30:00' });

		expect(sent()[0].body).toEqual({
			UserTaskId: inSandbox.appointment,
			RelatedEntity: 1,
			RelatedEntityId: inSandbox.lead,
			DueDate: '2026-07-01 10:30:00',
		});
	});

	test('removes the task from its lead', async () => {
		await update({ fieldsToClear: ['lead'] });

		expect(sent()[0].body).toEqual({ UserTaskId: inSandbox.appointment, RelatedEntity: 0, RelatedEntityId: '' });
	});

	test('without any change is refused', async () => {
		expect((await update({})).error?.message).toBe('There is nothing to update [item 0]');
		expect(sent()).toEqual([]);
	});

	test('that changed nothing returns a hint', async () => {
		respondWith({ Message: { AffectedRows: 0, AutoId: 1 } });

		expect((await update({ Name: 'Demo' })).hints).toEqual(['LeadSquared reports that it changed no task [item 0]']);
	});
});

describe('a deletion', () => {
	const remove = { TaskIds: '={{ $json.id }}' };

	test('of several tasks is one request', async () => {
		const ids = await appointments(3);

		const { items } = await run('delete', remove, { items: ids.map((id) => ({ id })) });

		expect(sent().map(({ body }) => body)).toEqual([{ TaskIds: ids }]);
		expect(items.map(({ json, pairedItem }) => [json, pairedItem])).toEqual(
			ids.map((_id, item) => [{ deleted: true }, { item }]),
		);
	});

	test('of fewer tasks than requested leaves all of them in doubt, because the response does not name them', async () => {
		const [id] = await appointments(1);

		const { items } = await run('delete', remove, { items: [{ id }, { id: inSandbox.lead }], ...goesOn });

		expect(items.map((item) => failureIn(item).mayHaveBeenApplied)).toEqual([true, true]);
	});

	test('of one task that does not exist fails with the reason', async () => {
		const { error } = await run('delete', { TaskIds: inSandbox.lead });

		expect(error?.message).toContain('LeadSquared did not confirm this item: Some tasks do not exist');
	});

	test('that is only queued returns a hint', async () => {
		const ids = await appointments(2);
		respondWith({ Message: { Id: '1', IsSuccessful: true } });
		respondWith({ Message: { Id: '2', IsSuccessful: true } });

		const alone = await run('delete', { TaskIds: ids[0] });
		const together = await run('delete', remove, { items: ids.map((id) => ({ id })) });

		expect(alone.hints).toEqual([
			'LeadSquared accepted the deletion and does not report whether it is complete [item 0]',
		]);
		expect(together.items.map(({ json }) => json)).toEqual([{ accepted: true }, { accepted: true }]);
	});
});

describe('an appointment is moved', () => {
	const times = { FromDate: '2026-09-29T12:30:00', ToDate: '2026-09-29T13:00:00' };
	const move = { UserTaskId: '={{ $json.id }}', ...times };

	test.each([1, 2])('by a request for %p, with times in UTC', async (count) => {
		const ids = await appointments(count);

		const { items } = await run('move', move, { items: ids.map((id) => ({ id })) });

		const TaskList = ids.map((UserTaskId) => ({
			UserTaskId,
			FromDate: '2026-09-29 12:30:00',
			ToDate: '2026-09-29 13:00:00',
		}));
		expect(sent().map(({ body }) => body)).toEqual([{ TaskList }]);
		expect(items.map(({ json }) => json)).toEqual(ids.map(() => ({ Id: expect.any(String), IsSuccessful: true })));
	});

	test('or fails if the response does not confirm it', async () => {
		const [id] = await appointments(1);
		respondWith({ Message: { Id: '1' } });

		const { items } = await run('move', move, { items: [{ id }], ...goesOn });

		expect(failureIn(items[0]).message).toContain('did not confirm this item');
	});

	test('one by one if the response for several does not confirm them, because moving twice is safe', async () => {
		const ids = await appointments(2);
		respondWith({ Message: { Id: '1' } });

		const { items } = await run('move', move, { items: ids.map((id) => ({ id })), ...goesOn });

		expect(sent().map(({ body }) => (body as { TaskList: unknown[] }).TaskList.length)).toEqual([2, 1, 1]);
		expect(items.map(({ json }) => json.IsSuccessful)).toEqual([true, true]);
	});

	test('but not to an end before its start', async () => {
		const { error } = await run('move', {
			UserTaskId: inSandbox.appointment,
			FromDate: times.ToDate,
			ToDate: times.FromDate,
		});

		expect(error?.message).toContain("'End' (2026-09-29 12:30:00 UTC) is before 'Start'");
	});
});

describe('tasks are listed', () => {
	test.each<[string, unknown, boolean]>([
		['a number', 3, true],
		['text', '3', true],
		['the number that came', 2, false],
		['nothing', undefined, false],
		['no number', {}, false],
	])('with a hint if the list ends before its own count of %s', async (_name, RecordCount, hasHint) => {
		respondWith({ RecordCount, List: [{ UserTaskId: '1' }, { UserTaskId: '2' }] });

		const { items, hints } = await run('getAll', { owner: byId(inSandbox.user), returnAll: true });

		expect(items).toHaveLength(2);
		expect(hints).toEqual(
			hasHint ? [expect.stringContaining('The list ended after 2 records, but its own count is 3.')] : [],
		);
	});

	test.each([
		['by ID', byId(inSandbox.user), { LookupName: 'OwnerId', LookupValue: inSandbox.user }],
		[
			'by email',
			{ __rl: true, mode: 'email', value: 'taskowner@example.com' },
			{ LookupName: 'OwnerEmailAddress', LookupValue: 'taskowner@example.com' },
		],
	])('of an owner %s, in pages with an offset in rows', async (_name, owner, expected) => {
		const task = { UserTaskId: '', Name: 'Task' };
		const page = Array.from({ length: 500 }, (_, index) => ({ ...task, UserTaskId: String(index) }));
		respondWith({ RecordCount: 501, List: page });
		respondWith({ RecordCount: 501, List: [{ ...task, UserTaskId: 'last' }] });

		const { items } = await run('getAll', { owner, returnAll: true, filters: { StatusCode: 1 } });

		expect(items).toHaveLength(501);
		expect(sent().map(({ body }) => body)).toEqual(
			[0, 500].map((Offset) => ({ Parameter: { ...expected, StatusCode: 1 }, Paging: { Offset, RowCount: 500 } })),
		);
	});

	test('with dates and times in ISO 8601, and "never" as null', async () => {
		await run('createAppointment', { ...appointment, DueDate: '2027-01-15T10:30:00' });

		const { items } = await run('getAppointments', {
			Users: 'taskowner@example.com',
			FromDate: '2027-01-15',
			ToDate: '2027-01-15',
		});

		expect(items.map(({ json }) => [json.DueDate, json.CompletedOn])).toEqual([['2027-01-15T10:30:00Z', null]]);
	});

	test('for at most 100 days', async () => {
		const { error } = await run('getToDos', {
			Users: byId(inSandbox.user),
			FromDate: '2026-01-01',
			ToDate: '2026-04-12',
		});

		expect(error?.message).toBe(
			"'To Date' (2026-04-12) is 101 days after 'From Date' (2026-01-01), but must be at most 100 days after it [item 0]",
		);
		expect(sent()).toEqual([]);
	});
});

test('conditions for users are sent as one group, the last without an operator', async () => {
	const row = (LookupName: string, ConditionOperator: string) => ({
		LookupName,
		Operator: 'eq',
		LookupValue: '0',
		ConditionOperator,
	});

	await run('getSlotsByCriteria', {
		GroupConditions: { values: [row('StatusCode', 'OR'), row('TeamId', 'AND')] },
		FromDate: '2026-09-01',
		ToDate: '2026-09-02',
	});

	expect(sent()[0].body).toMatchObject({
		UserSearchCriteria: {
			GroupConditions: [
				{
					Condition: [row('StatusCode', 'OR'), { ...row('TeamId', ''), ConditionOperator: null }],
					GroupOperator: null,
				},
			],
		},
		Paging: { PageSize: 100 },
	});
});
