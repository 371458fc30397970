import { LeadSquaredBench, refusal, UNKNOWN, type Row } from './leadSquaredBench';
import { seeded } from '../vendors/leadSquared/state';

const bench = new LeadSquaredBench();
const activities = 'ProspectActivity.svc';
const opportunities = 'OpportunityManagement.svc';
const today = { FromDate: '2020-01-01 00:00:00', ToDate: '2099-01-01 00:00:00' };

const meeting = {
	Name: 'Visit',
	RelatedEntity: 1,
	RelatedEntityId: seeded.lead,
	OwnerEmailAddress: 'taskowner@example.com',
	TaskType: { Name: 'Meeting' },
};
const createTask = async (more: Row = {}) => await bench.post('Task.svc/Create', { ...meeting, ...more });
const taskOf = async (id: string) => (await bench.get<Row[]>('Task.svc/Retrieve.GetById', { id })).body[0];

const isRefused = (answer: unknown) => {
	expect(answer).toMatchObject(refusal('InvalidEntity', 'does not exist'));
	expect(bench.applied).toBe(false);
};

test.each<[string, Record<string, string>]>([
	['Task.svc/MarkComplete', { id: UNKNOWN }],
	['LeadManagement.svc/Lead/Delete/ById', { leadId: UNKNOWN }],
	[`${opportunities}/Delete`, { Id: UNKNOWN }],
	[`${opportunities}/RetrieveTasksByOpportunityId`, { opportunityId: UNKNOWN }],
	['LeadSegmentation.svc/RemoveLeadFromStaticList', { ListId: UNKNOWN, LeadID: seeded.lead }],
	['Webhook.svc/Delete', { webhookId: UNKNOWN }],
])('GET %s of what there is not is refused', async (route, query) => isRefused(await bench.get(route, query)));

test.each<[string, unknown]>([
	['Task.svc/Update', { UserTaskId: UNKNOWN, Name: 'x' }],
	['Task.svc/Create', { ...meeting, RelatedEntityId: UNKNOWN }],
	['Task.svc/Create', { ...meeting, RelatedEntity: 5, RelatedEntityId: seeded.activity }],
	['Task.svc/Create', { ...meeting, OwnerEmailAddress: 'nobody@example.com' }],
	[`LeadManagement.svc/Lead.Update?leadId=${UNKNOWN}`, [{ Attribute: 'mx_City', Value: 'Goa' }]],
	['LeadManagement.svc/CreateNote', { RelatedProspectId: UNKNOWN, Note: 'x' }],
	[`${activities}/CustomActivity/Update`, { ProspectActivityId: UNKNOWN, ActivityNote: 'x' }],
	[`${activities}/DeleteActivities`, { ProspectId: UNKNOWN, ActivityEventList: [201] }],
	[`${opportunities}/Update`, { ProspectOpportunityId: UNKNOWN, OpportunityNote: 'x' }],
	['SalesActivity.svc/Update', { Id: UNKNOWN, Revenue: 1 }],
	['SalesActivity.svc/Cancel', { activityId: UNKNOWN }],
	['Webhook.svc/Update', { WebhookId: UNKNOWN, Description: 'x' }],
])('POST %s on what there is not is refused', async (route, body) => isRefused(await bench.post(route, body)));

describe('a task', () => {
	test('that was created is read by ID, by lead and by owner, with the end that its type gives', async () => {
		const { Id } = (await createTask({ DueDate: '2026-12-01 23:45:00', CustomFields: { mx_Custom_1: 'Room 2' } })).body
			.Message;

		const { body: ofLead } = await bench.get('LeadManagement.svc/RetrieveTaskByLeadId', { leadId: seeded.lead });
		const { body: ofOwner } = await bench.post('Task.svc/Retrieve', {
			Parameter: {
				LookupName: 'OwnerId',
				LookupValue: seeded.user,
				FromDate: '2026-12-01 00:00:00',
				ToDate: '2026-12-02 00:00:00',
			},
			Columns: { Exclude_CSV: 'Description, Location' },
		});
		expect(await taskOf(Id)).toMatchObject({
			...{ Category: 0, EndDate: '2026-12-02 00:15:00.000', CustomFields: { mx_Custom_1: 'Room 2' } },
			...{ OwnerName: 'Task Owner', RelatedEntityIdName: 'Sample Lead', CompletedOn: '0001-01-01 00:00:00.000' },
		});
		expect(ofLead.TaskList).toContainEqual(expect.objectContaining({ TaskID: Id, Status: 'Pending' }));
		expect(ofOwner.List).toEqual([expect.objectContaining({ UserTaskId: Id })]);
		expect(Object.keys(ofOwner.List[0])).not.toContain('Location');
	});

	test('is changed, completed and deleted', async () => {
		const { Id } = (await createTask()).body.Message;

		await bench.post('Task.svc/Update', {
			UserTaskId: Id,
			Name: 'Changed',
			DueDate: '2026-12-01 10:00:00',
			RelatedEntity: 0,
		});
		await bench.get('Task.svc/MarkComplete', { id: Id });
		const stored = await taskOf(Id);
		await bench.post('Task.svc/DeleteTasks', { TaskIds: [Id] });

		expect(stored).toMatchObject({
			Name: 'Changed',
			DueDate: '2026-12-01 10:00:00.000',
			RelatedEntityId: null,
			StatusCode: 1,
		});
		expect(stored.CompletedOn).not.toMatch(/^0001/);
		expect(await taskOf(Id)).toBeUndefined();
	});

	test.each([
		[
			'without a field that its type demands',
			{ TaskType: { Name: 'Demo' } },
			'MandatoryAttributeMissing',
			"'mx_Custom_1' is mandatory",
		],
		[
			'with a field that its type has not',
			{ CustomFields: { mx_Custom_9: 'x' } },
			'InvalidActivityFields',
			"'mx_Custom_9'",
		],
		['of a type that there is not', { TaskType: { Name: 'Nothing' } }, 'InvalidEntity', "'Nothing' does not exist"],
	])('is refused %s', async (_name, more, type, words) => {
		expect(await createTask(more)).toMatchObject(refusal(type, words));
	});

	test('stands at its place after the offset, which counts rows', async () => {
		for (const day of [1, 2, 3]) await createTask({ Name: `Day ${day}`, DueDate: `2026-12-0${day} 10:00:00` });

		const { body } = await bench.post('Task.svc/Retrieve', {
			Parameter: {
				LookupName: 'OwnerEmailAddress',
				LookupValue: 'taskowner@example.com',
				FromDate: '2026-12-01 00:00:00',
			},
			Sorting: { ColumnName: 'Duedate', Direction: '1' },
			Paging: { Offset: 1, RowCount: 2 },
		});

		expect([body.RecordCount, body.List.map(({ Name }) => Name)]).toEqual([3, ['Day 2', 'Day 1']]);
	});

	test.each([
		['Task.svc/RetrieveAppointments/ByUserEmailAddress', 'taskowner@example.com', seeded.appointment],
		['Task.svc/RetrieveAppointments/ByUserId', seeded.user, seeded.appointment],
		['Task.svc/RetrieveToDos/ByUserId', seeded.user, seeded.toDo],
	])('is found by %s within at most 100 days', async (route, user, id) => {
		const days = (ToDate: string) => ({ FromDate: '2026-09-25', ToDate, Users: [user] });

		expect((await bench.post(route, days('2027-01-03'))).body.List).toEqual([
			expect.objectContaining({ UserTaskId: id }),
		]);
		expect(await bench.post(route, days('2027-01-04'))).toMatchObject(refusal('InvalidInput', '100 days'));
	});
});

describe('an activity', () => {
	const post = async (more: Row = {}) =>
		await bench.post(`${activities}/Create`, { RelatedProspectId: seeded.lead, ActivityEvent: 201, ...more });

	test('is read by ID, by lead and by type, is changed with a history, and is deleted by type', async () => {
		const { Id } = (
			await post({ ActivityDateTime: '2026-10-11 12:13:44', Fields: [{ SchemaName: 'mx_Custom_1', Value: 'First' }] })
		).body.Message;
		await bench.post(`${activities}/CustomActivity/Update`, {
			ProspectActivityId: Id,
			Fields: [{ SchemaName: 'mx_Custom_1', Value: 'Second' }],
		});

		const { body: history } = await bench.post<{ Activities: Row[] }>(`${activities}/RetrieveActivityChange`, {
			Parameter: { ...today, ActivityID: Id },
		});
		const { body: ofType } = await bench.post(`${activities}/CustomActivity/RetrieveByActivityEvent`, {
			Parameter: { ...today, ActivityEvent: 201, RemoveEmptyValue: true },
			Sorting: { ColumnName: 'ModifiedOn', Direction: '1' },
		});
		await bench.post(`${activities}/DeleteActivities`, {
			ProspectId: seeded.lead,
			ActivityEventList: ['201'],
			FromDate: '2026-10-01 00:00:00',
			ToDate: '2026-10-31 00:00:00',
		});
		const { body: left } = await bench.post(`${activities}/Retrieve?leadId=${seeded.lead}`, {
			Parameter: { ActivityEvent: 201 },
		});

		expect(history.Activities).toEqual([
			expect.objectContaining({ SchemaName: 'mx_Custom_1', OldValue: 'First', NewValue: 'Second' }),
		]);
		expect(ofType.List[0]).toMatchObject({
			ProspectActivityId: Id,
			CreatedOn: '2026-10-11 12:13:44.000',
			mx_Custom_1: 'Second',
		});
		expect(Object.keys(ofType.List[0])).not.toContain('mx_Custom_2');
		expect(left.ProspectActivities.map((one) => one.Id)).toEqual([seeded.activity]);
	});

	test('on an e-mail that nobody has creates the lead', async () => {
		await bench.post(`${activities}/Create`, {
			EmailAddress: 'fresh@example.com',
			ActivityEvent: 105,
			FirstName: 'Fresh',
		});

		expect(
			(await bench.get('LeadManagement.svc/Leads.GetByEmailaddress', { emailaddress: 'fresh@example.com' })).body,
		).toMatchObject([{ FirstName: 'Fresh' }]);
	});

	test('of a type with a mandatory field is refused without it, and creates no lead', async () => {
		const Activity = { ActivityEvent: 320 };
		const LeadDetails = [{ Attribute: 'EmailAddress', Value: 'fresh@example.com' }];

		expect(await bench.post(`${activities}/CreateCustom`, { LeadDetails, Activity })).toMatchObject(
			refusal('InvalidActivityFields', "Field name : 'mx_Custom_1' of datatype : 'String' is mandatory."),
		);
		expect(
			(await bench.get('LeadManagement.svc/Leads.GetByEmailaddress', { emailaddress: 'fresh@example.com' })).body,
		).toEqual([]);
	});

	test('takes what its drop-down has not when ValidateDropDownOptions is true, which skips the check', async () => {
		const Fields = [{ SchemaName: 'mx_Custom_2', Value: 'Perhaps' }];

		expect(await post({ Fields })).toMatchObject(refusal('InvalidActivityFields', "'Perhaps'"));
		expect((await post({ Fields, ValidateDropDownOptions: true })).status).toBe(200);
	});

	test('comes in pages of 25, whose number is the offset', async () => {
		await bench.post(
			`${activities}/Bulk/CustomActivity/Add/ByLeadId`,
			Array.from({ length: 25 }, () => ({ RelatedProspectId: seeded.lead, ActivityEvent: 201 })),
		);
		const count = async (Paging?: Row) =>
			(await bench.post(`${activities}/Retrieve?leadId=${seeded.lead}`, { Paging })).body.ProspectActivities.length;

		expect([
			await count(),
			await count({ Offset: '1', RowCount: '25' }),
			await count({ Offset: '2', RowCount: '25' }),
		]).toEqual([25, 2, 0]);
	});

	test('is not changed with the code of an opportunity, and nothing says so', async () => {
		const answer = await bench.post(`${activities}/CustomActivity/Update`, {
			ProspectActivityId: seeded.activity,
			ActivityEvent: 12000,
			ActivityNote: 'x',
		});

		expect([answer.status, bench.applied]).toEqual([200, false]);
	});

	test('can be of a type that was just created', async () => {
		await bench.post(`${activities}/CreateType`, {
			ActivityEventName: 'Tasting',
			Fields: [{ SchemaName: 'mx_Custom_1', DisplayName: 'Wine' }],
		});
		const { body: types } = await bench.get<Row[]>(`${activities}/ActivityTypes.Get`);
		const { ActivityEvent } = types.find(({ ActivityEventName }) => ActivityEventName === 'Tasting')!;

		expect((await post({ ActivityEvent, Fields: [{ SchemaName: 'mx_Custom_1', Value: 'Red' }] })).status).toBe(200);
	});
});
