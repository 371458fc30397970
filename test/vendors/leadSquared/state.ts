import { randomUUID } from 'node:crypto';
import { NEVER, type Row } from './answers';
import { leadFields } from './fields';
import { activityTypes, opportunityTypes, taskTypes } from './types';

/** Ids of what a fresh sandbox holds; those of the contract's examples where there are some. */
export const seeded = {
	apiUser: '5b000001-1a2b-4c3d-8e4f-000000000001',
	user: '5b000002-1a2b-4c3d-8e4f-000000000002',
	formerUser: '5b000003-1a2b-4c3d-8e4f-000000000003',
	lead: '5b00000a-1a2b-4c3d-8e4f-00000000000a',
	secondLead: '5b00000b-1a2b-4c3d-8e4f-00000000000b',
	appointment: '5b000014-1a2b-4c3d-8e4f-000000000014',
	toDo: '5b000015-1a2b-4c3d-8e4f-000000000015',
	team: '5b000028-1a2b-4c3d-8e4f-000000000028',
	group: '5b000029-1a2b-4c3d-8e4f-000000000029',
	list: '5b000032-1a2b-4c3d-8e4f-000000000032',
	emptyList: '5b000033-1a2b-4c3d-8e4f-000000000033',
	dynamicList: '5b000034-1a2b-4c3d-8e4f-000000000034',
	note: '5b00003c-1a2b-4c3d-8e4f-00000000003c',
	activity: '5b000046-1a2b-4c3d-8e4f-000000000046',
	opportunity: '5b000050-1a2b-4c3d-8e4f-000000000050',
	sale: '5b00005a-1a2b-4c3d-8e4f-00000000005a',
	webhook: '5b000063-1a2b-4c3d-8e4f-000000000063',
} as const;

export type Lead = Record<string, string | null> & { ProspectID: string };

export interface User extends Row {
	ID: string;
	FirstName: string;
	LastName: string;
	EmailAddress: string;
	Role: string;
	StatusCode: number;
}

/** An activity or an opportunity, which is an activity of a type from 12000 on. */
export interface Activity {
	Id: string;
	ActivityEvent: number;
	RelatedProspectId: string;
	Note: string;
	CreatedOn: string;
	ModifiedOn: string;
	CreatedBy: string;
	/** What its fields hold, by schema name. */
	values: Record<string, string>;
}

/** One change of a field of an activity. */
export interface Change extends Row {
	ProspectActivityId: string;
	ActivityEvent: number;
	ModifiedOn: string;
}

export interface List {
	ListId: string;
	ListName: string;
	ListDescription: string;
	ListType: 'static' | 'dynamic';
	/** Members of a static list; those of the dynamic one are the customers of the moment. */
	members: Set<string>;
}

const users: User[] = [
	{
		ID: seeded.user,
		FirstName: 'Task',
		LastName: 'Owner',
		EmailAddress: 'taskowner@example.com',
		Role: 'Sales_User',
		StatusCode: 0,
	},
	{
		ID: seeded.formerUser,
		FirstName: 'Former',
		LastName: 'User',
		EmailAddress: 'former@example.com',
		Role: 'Sales_User',
		StatusCode: 1,
	},
];

const SEEDED_LEADS = 30;
/** One less than the first ProspectAutoId. */
const BEFORE_FIRST = 1015;
const cities = ['Bengaluru', 'Pune', 'Mumbai'];
const stages = ['Prospect', 'Contacted', 'Customer'];
const two = (value: number) => String(value).padStart(2, '0');

/** Leads 1 and 2 are those that tests know by name; the others are there to be paged through. */
function seededLead(number: number): Lead {
	const created = `2026-05-${two(number)} 08:00:00.000`;
	const known: Row[] = [
		{
			ProspectID: seeded.lead,
			FirstName: 'Sample',
			LastName: 'Lead',
			EmailAddress: 'lead@example.com',
			Phone: '+91-9000000000',
		},
		{
			ProspectID: seeded.secondLead,
			FirstName: 'Second',
			LastName: 'Lead',
			EmailAddress: 'second@example.com',
			Phone: null,
		},
	];
	const guest = {
		ProspectID: `5b0001${two(number)}-1a2b-4c3d-8e4f-0000000001${two(number)}`,
		FirstName: 'Guest',
		LastName: `Number ${number}`,
		EmailAddress: `guest${two(number)}@example.com`,
		Phone: `+91-90000001${two(number)}`,
		mx_City: cities[number % cities.length],
	};
	return {
		...newLead(BEFORE_FIRST + number, created),
		ProspectStage: stages[number % stages.length],
		...(known[number - 1] ?? guest),
		OwnerId: seeded.user,
	} as Lead;
}

/** What every lead has from the start, as text. */
export function newLead(number: number, created: string): Lead {
	return {
		ProspectID: randomUUID(),
		ProspectAutoId: String(number),
		ProspectStage: 'Prospect',
		Origin: 'API',
		Score: '0',
		DoNotEmail: '0',
		DoNotCall: '0',
		StatusCode: '0',
		OwnerId: seeded.apiUser,
		CreatedBy: seeded.apiUser,
		CreatedByName: 'Integration User',
		CreatedOn: created,
		ModifiedBy: seeded.apiUser,
		ModifiedByName: 'Integration User',
		ModifiedOn: created,
		LeadLastModifiedOn: created,
	};
}

function seededTask(UserTaskId: string, type: (typeof taskTypes)[number], more: Row): Row {
	return {
		UserTaskId,
		Category: type.Category,
		TaskType: { Id: type.Id, Name: type.Name },
		Description: '',
		RelatedEntity: 1,
		RelatedEntityId: seeded.lead,
		Reminder: 15,
		ReminderBeforeDays: 0,
		NotifyBy: '1000',
		StatusCode: 0,
		OwnerId: seeded.user,
		CreatedBy: seeded.user,
		CreatedOn: '2026-07-25 10:08:55.000',
		ModifiedBy: seeded.user,
		ModifiedOn: '2026-07-25 10:08:55.000',
		CompletedOn: NEVER,
		CustomFields: {},
		...more,
	};
}

const seededActivity = (Id: string, ActivityEvent: number, values: Record<string, string>): Activity => ({
	Id,
	ActivityEvent,
	RelatedProspectId: seeded.lead,
	Note: 'Seeded',
	CreatedOn: '2026-11-04 10:04:00.000',
	ModifiedOn: '2026-11-04 10:04:00.000',
	CreatedBy: seeded.user,
	values,
});

const byId = <Value>(records: Value[], id: (record: Value) => string) =>
	new Map(records.map((record) => [id(record), record]));

/** All that one sandbox holds; each gets its own. */
export function leadSquaredState() {
	const leads = Array.from({ length: SEEDED_LEADS }, (_, index) => seededLead(index + 1));
	const list = (ListId: string, ListName: string, ListType: List['ListType'], members: string[]): List => ({
		ListId,
		ListName,
		ListDescription: '',
		ListType,
		members: new Set(members),
	});
	return {
		users,
		fields: leadFields(),
		leads: byId(leads, ({ ProspectID }) => ProspectID),
		/** ProspectAutoId of the newest lead. */
		lastLeadNumber: BEFORE_FIRST + SEEDED_LEADS,
		tasks: byId(
			[
				seededTask(seeded.appointment, taskTypes[0], {
					Name: 'Meeting: Sample Lead',
					DueDate: '2026-09-25 10:30:00.000',
					EndDate: '2026-09-25 11:00:00.000',
				}),
				seededTask(seeded.toDo, taskTypes[2], {
					Name: 'Follow-Up: Sample Lead',
					DueDate: '2026-09-25 12:00:00.000',
					EndDate: '2026-09-25 12:00:00.000',
				}),
			],
			({ UserTaskId }) => UserTaskId as string,
		),
		notes: byId<Row>(
			[
				{
					ProspectNoteId: seeded.note,
					RelatedProspectId: seeded.lead,
					Note: 'Test note',
					CreatedByName: 'Task Owner',
					CreatedOn: '2026-07-25 08:00:00',
				},
			],
			({ ProspectNoteId }) => ProspectNoteId as string,
		),
		activityTypes: activityTypes(),
		opportunityTypes: opportunityTypes(),
		activities: byId(
			[
				seededActivity(seeded.activity, 201, { Status: 'Active', mx_Custom_1: 'Survey' }),
				seededActivity(seeded.opportunity, 12000, {
					Status: 'Open',
					mx_Custom_1: 'Car loan',
					mx_Custom_2: 'Applied',
					Owner: seeded.user,
				}),
			],
			({ Id }) => Id,
		),
		changes: [] as Change[],
		lists: byId(
			[
				list(
					seeded.list,
					'New',
					'static',
					leads.slice(0, 22).map(({ ProspectID }) => ProspectID),
				),
				list(seeded.emptyList, 'Webinar guests', 'static', []),
				list(seeded.dynamicList, 'All customers', 'dynamic', []),
			],
			({ ListId }) => ListId,
		),
		sales: byId<Row>(
			[
				{
					Id: seeded.sale,
					ProspectId: seeded.lead,
					ProductSku: 'SKU-1',
					Revenue: '3.00',
					SalesOwner: seeded.user,
					SalesDate: '2026-10-01 10:11:34',
					Status: 'Open',
				},
			],
			({ Id }) => Id as string,
		),
		products: [
			{
				Id: '5b00005b-1a2b-4c3d-8e4f-00000000005b',
				ProductSku: 'SKU-1',
				Name: 'Starter plan',
				Description: 'Monthly',
				ModifiedOn: '2026-01-01 08:00:00.000',
			},
			{
				Id: '5b00005c-1a2b-4c3d-8e4f-00000000005c',
				ProductSku: 'SKU-2',
				Name: 'Team plan',
				Description: 'Yearly',
				ModifiedOn: '2026-01-02 08:00:00.000',
			},
		] as Row[],
		webhooks: byId<Row>(
			[
				{
					WebhookId: seeded.webhook,
					WebhookEvent: '7',
					Description: 'Seeded',
					URL: 'https://hooks.example.com/lsq',
					ModifiedOn: '2026-01-01 08:00:00.000',
				},
			],
			({ WebhookId }) => WebhookId as string,
		),
	};
}

export type State = ReturnType<typeof leadSquaredState>;
