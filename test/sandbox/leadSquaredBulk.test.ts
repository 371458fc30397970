import { attributes, leadRow, LeadSquaredBench, refusal, UNKNOWN, type Row } from './leadSquaredBench';
import { seeded } from '../vendors/leadSquared/state';

const bench = new LeadSquaredBench();
const leads = 'LeadManagement.svc';
const activities = 'ProspectActivity.svc';

const leadOf = async (id: string) => (await bench.get<Row[]>(`${leads}/Leads.GetById`, { id })).body[0];
const times = <Value>(count: number, value: (index: number) => Value) =>
	Array.from({ length: count }, (_, index) => value(index));

describe('a bad row stops no good one', () => {
	test('leads that are created have a receipt each', async () => {
		const rows = [
			{ EmailAddress: 'a@example.com' },
			{ EmailAddress: 'lead@example.com' },
			{ FirstName: 'B', mx_Nope: 1 },
			{ FirstName: 'C' },
			{ EmailAddress: 'A@example.com' },
		];

		const { body } = await bench.post<Row[]>(`${leads}/Lead/Bulk/Create`, rows.map(attributes));

		expect(body.map(({ RowNumber, LeadCreated, ExceptionType }) => [RowNumber, LeadCreated, ExceptionType])).toEqual([
			[1, true, undefined],
			[2, false, 'MXDuplicateEntryException'],
			[3, false, 'MXInvalidInputException'],
			[4, true, undefined],
			[5, false, 'MXDuplicateEntryException'],
		]);
		expect(await leadOf(body[3].LeadId as string)).toMatchObject({ FirstName: 'C' });
	});

	test('one field of many leads counts those that there are', async () => {
		const body = {
			LeadIds: [seeded.lead, UNKNOWN, seeded.secondLead],
			LeadFields: { Attribute: 'mx_City', Value: 'Goa' },
		};

		expect(await bench.post(`${leads}/Lead/Bulk/Update`, body)).toMatchObject({
			status: 200,
			body: { Message: { AffectedRows: 2 } },
		});
		expect(await leadOf(seeded.secondLead)).toMatchObject({ mx_City: 'Goa' });
	});

	test('many fields of many leads are told in a Status that is an object', async () => {
		const rows = [
			{ ProspectId: seeded.lead, mx_City: 'Goa' },
			{ ProspectId: UNKNOWN, mx_City: 'Goa' },
			{ ProspectId: 'no-uuid', mx_City: 'Goa' },
			{ ProspectId: seeded.secondLead, EmailAddress: 'lead@example.com' },
			{ ProspectId: seeded.secondLead, mx_Nope: 'x' },
		];

		const { body } = await bench.post<{ Status: Row; Details: Record<string, Row[]> }>(`${leads}/Lead/Bulk/UpdateV2`, {
			LeadPropertiesList: rows.map(leadRow),
			Options: { PushNonExistentLeadsToUnProcessedList: true },
		});

		expect(body.Status).toEqual({
			TotalCount: 5,
			SuccessCount: 1,
			FailureCount: 2,
			UnProcessedCount: 2,
			Message: 'Error',
		});
		expect(body.Details.UnProcessedLeads.map(({ IdentifierValue }) => IdentifierValue)).toEqual([UNKNOWN, 'no-uuid']);
		expect(body.Details.FailedLeads.map(({ Reason }) => Reason)).toEqual([
			expect.stringContaining('EmailAddress'),
			expect.stringContaining('mx_Nope'),
		]);
		expect(await leadOf(seeded.lead)).toMatchObject({ mx_City: 'Goa' });
	});

	test.each<[string, unknown]>([
		['a list of attributes in place of an object', attributes({ ProspectId: seeded.lead, mx_City: 'Goa' })],
		['an object by field name', { ProspectId: seeded.lead, mx_City: 'Goa' }],
	])('a lead to change is refused as %s, and nothing changes', async (_name, row) => {
		const { status } = await bench.post(`${leads}/Lead/Bulk/UpdateV2`, { LeadPropertiesList: [row] });

		expect([status >= 400, bench.applied]).toEqual([true, false]);
	});

	test('leads that there are not have failed unless they are to be set aside', async () => {
		const { body } = await bench.post<{ Status: Row; Details: Row }>(`${leads}/Lead/Bulk/UpdateV2`, {
			SearchByKey: 'EmailAddress',
			LeadPropertiesList: [leadRow({ EmailAddress: 'nobody@example.com', mx_City: 'Goa' })],
		});

		expect(body.Status).toMatchObject({ SuccessCount: 0, FailureCount: 1, UnProcessedCount: 0 });
		expect(body.Details).toEqual({
			FailedLeads: [expect.objectContaining({ Identifier: 'EmailAddress', IdentifierValue: 'nobody@example.com' })],
		});
	});

	test('activities have a receipt each, when posted and when changed', async () => {
		const row = { RelatedProspectId: seeded.lead, ActivityEvent: 201 };
		const posted = await bench.post(`${activities}/Bulk/CustomActivity/Add/ByLeadId`, [
			row,
			{ ...row, RelatedProspectId: UNKNOWN },
			{ ...row, ActivityEvent: 999 },
			{ ...row, Fields: [{ SchemaName: 'mx_Custom_9', Value: 'x' }] },
		]);
		const [{ ProspectActivityId }] = posted.body.Response;
		const changed = await bench.post(`${activities}/Bulk/CustomActivity/Update`, [
			{ ProspectActivityId: UNKNOWN, ActivityNote: 'x' },
			{ ProspectActivityId, Fields: [{ SchemaName: 'mx_Custom_1', Value: 'Changed' }] },
		]);

		expect(posted.body.Response.map(({ ActivityCreated, ExceptionType }) => [ActivityCreated, ExceptionType])).toEqual([
			[true, undefined],
			[false, 'MXInvalidEntityException'],
			[false, 'MXInvalidEntityException'],
			[false, 'MXInvalidActivityFieldsException'],
		]);
		expect(changed.body.Response.map(({ RowNumber, ActivityUpdated }) => [RowNumber, ActivityUpdated])).toEqual([
			[1, false],
			[2, true],
		]);
		const { body } = await bench.get(`${activities}/GetActivityDetails`, { activityId: String(ProspectActivityId) });
		expect(body.Fields).toContainEqual(expect.objectContaining({ SchemaName: 'mx_Custom_1', Value: 'Changed' }));
	});

	test('tasks are queued without a word about the bad ones', async () => {
		const task = { Name: 'Queued', RelatedEntity: 0, OwnerId: seeded.user, TaskType: { Name: 'Meeting' } };

		const created = await bench.post('Task.svc/Bulk/Create', {
			TaskList: [task, { ...task, TaskType: { Name: 'Nothing' } }],
		});
		const { body } = await bench.post('Task.svc/Retrieve', {
			Parameter: { LookupName: 'OwnerId', LookupValue: seeded.user },
		});

		expect(created.body.Message).toEqual({ Id: expect.stringMatching(/^\d+$/), IsSuccessful: true });
		expect(body.List.filter(({ Name }) => Name === 'Queued')).toHaveLength(1);
	});

	test('tasks that are deleted are counted', async () => {
		expect(await bench.post('Task.svc/DeleteTasks', { TaskIds: [seeded.toDo, UNKNOWN] })).toMatchObject({
			body: { TasksCount: 2, DeletedTasksCount: 1, FailureReason: expect.any(String) },
		});
		expect((await bench.get('Task.svc/Retrieve.GetById', { id: seeded.toDo })).body).toEqual([]);
	});
});

test.each<[string, string, unknown]>([
	['leads to create', `${leads}/Lead/Bulk/Create`, [attributes({ mx_City: 'Goa' })]],
	[
		'leads to change in one field',
		`${leads}/Lead/Bulk/Update`,
		{ LeadIds: [UNKNOWN], LeadFields: { Attribute: 'mx_City', Value: 'Goa' } },
	],
	['leads to change', `${leads}/Lead/Bulk/UpdateV2`, { LeadPropertiesList: [leadRow({ ProspectId: UNKNOWN })] }],
	[
		'activities to post',
		`${activities}/Bulk/CustomActivity/Add/ByLeadId`,
		[{ RelatedProspectId: UNKNOWN, ActivityEvent: 201 }],
	],
	['activities to change', `${activities}/Bulk/CustomActivity/Update`, [{ ProspectActivityId: UNKNOWN }]],
	[
		'tasks to create',
		'Task.svc/Bulk/Create',
		{ TaskList: [{ Name: 'x', RelatedEntity: 0, OwnerId: UNKNOWN, TaskType: { Name: 'Meeting' } }] },
	],
	['tasks to delete', 'Task.svc/DeleteTasks', { TaskIds: [UNKNOWN] }],
	['leads for a list', 'LeadSegmentation.svc/AddLeadsToStaticList', { listId: seeded.list, leadIds: [UNKNOWN] }],
])('a batch of bad rows is a success that changed nothing: %s', async (_name, route, body) => {
	const { status } = await bench.post(route, body);

	expect([status, bench.applied]).toEqual([200, false]);
});

test.each<[string, number, (count: number) => unknown]>([
	[
		`${leads}/Lead/Bulk/Create`,
		50,
		(count) => times(count, (index) => attributes({ EmailAddress: `n${index}@example.com` })),
	],
	[
		`${leads}/Lead/Bulk/Update`,
		50,
		(count) => ({ LeadIds: times(count, () => seeded.lead), LeadFields: { Attribute: 'mx_City', Value: 'Goa' } }),
	],
	[
		`${leads}/Lead/Bulk/UpdateV2`,
		25,
		(count) => ({ LeadPropertiesList: times(count, () => leadRow({ ProspectID: seeded.lead, mx_City: 'Goa' })) }),
	],
	[
		`${activities}/Bulk/CustomActivity/Add/ByLeadId`,
		25,
		(count) => times(count, () => ({ RelatedProspectId: seeded.lead, ActivityEvent: 201 })),
	],
	[
		`${activities}/Bulk/CustomActivity/Update`,
		25,
		(count) => times(count, () => ({ ProspectActivityId: seeded.activity, ActivityNote: 'x' })),
	],
	[
		'Task.svc/Bulk/Create',
		50,
		(count) => ({
			TaskList: times(count, () => ({
				Name: 'x',
				RelatedEntity: 0,
				OwnerId: seeded.user,
				TaskType: { Name: 'Meeting' },
			})),
		}),
	],
	['Task.svc/DeleteTasks', 5000, (count) => ({ TaskIds: times(count, () => seeded.toDo) })],
])('%s takes %i rows and not one more', async (route, most, body) => {
	const taken = await bench.post(route, body(most));
	const tooMany = await bench.post(route, body(most + 1));

	expect(taken.status).toBe(200);
	expect(tooMany).toMatchObject(refusal('MandatoryAttributeMissing', 'must NOT have more than'));
});

test('bulk requests have a limit of their own', async () => {
	const ordinary = async () => (await bench.get(`${leads}/Leads.GetById`, { id: seeded.lead })).status;
	const bulk = async () => (await bench.post(`${leads}/Lead/Bulk/Create`, [attributes({ FirstName: 'A' })])).status;
	bench.vendor.setLimit({ requests: 2, windowMs: 60_000 });
	bench.vendor.setBulkLimit({ requests: 1, windowMs: 60_000 });

	expect([await bulk(), await bulk(), await ordinary(), await ordinary(), await ordinary()]).toEqual([
		200, 429, 200, 200, 429,
	]);
});

test('without a limit of their own bulk requests count like all others, and a reset lifts both limits', async () => {
	const bulk = async () => (await bench.post(`${leads}/Lead/Bulk/Create`, [attributes({ FirstName: 'A' })])).status;
	bench.vendor.setLimit({ requests: 1, windowMs: 60_000 });
	const statuses = [await bulk(), await bulk()];
	bench.vendor.setBulkLimit({ requests: 1, windowMs: 60_000 });
	statuses.push(await bulk(), await bulk());
	bench.vendor.reset();
	statuses.push(await bulk());

	expect(statuses).toEqual([200, 429, 200, 429, 200]);
});
