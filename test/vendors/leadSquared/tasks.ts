import { randomUUID } from 'node:crypto';
import type { Reply } from '../../sandbox/types';
import {
	answered,
	attempt,
	invalidInput,
	isBetween,
	known,
	moment,
	NEVER,
	now,
	pageOf,
	paged,
	Refusal,
	sorted,
	succeeded,
	type Area,
	type Row,
} from './answers';
import { isOpportunity } from './activityRules';
import { userBy } from './lists';
import { seeded, type State } from './state';
import { taskTypes } from './types';

/** Length of an appointment whose end is not given, as the sandbox's task types are set up. */
const DURATION_MS = 30 * 60_000;

/** Tasks of a request without a number of its own. */
const usual = 200;

export function taskHandlers(state: State): Area {
	return { reads: lists(state), writes: { ...singleWrites(state), ...bulkWrites(state) } };
}

/** Who or what a task is about: 0 nothing, 1 a lead, 5 an opportunity. */
function relatedIn(state: State, { RelatedEntity, RelatedEntityId }: Row): Row {
	const kind = Number(RelatedEntity);
	if (kind === 0) return { RelatedEntity: kind, RelatedEntityId: null };
	const id = String(RelatedEntityId);
	if (kind === 1) known('Lead', id, state.leads.get(id));
	if (kind === 5) opportunity(state, id);
	return { RelatedEntity: kind, RelatedEntityId: id };
}

function opportunity(state: State, id: string): void {
	const activity = state.activities.get(id);
	known('Opportunity', id, activity && isOpportunity(activity) ? activity : undefined);
}

function ownerIn(state: State, { OwnerId, OwnerEmailAddress }: Row): string {
	return OwnerId ? userBy(state, 'ID', OwnerId).ID : userBy(state, 'EmailAddress', OwnerEmailAddress).ID;
}

const typeOf = (Name: unknown) =>
	known(
		'Task type',
		Name,
		taskTypes.find((type) => type.Name === Name),
	);

/** @throws {Refusal} for a field that the task's type has not, or that must have a value and has none */
function checkFields({ ColumnConfiguration }: (typeof taskTypes)[number], values: Row): void {
	const own = ColumnConfiguration.filter(({ IsDefault }) => !IsDefault);
	const foreign = Object.keys(values).find((name) => !own.some(({ SchemaName }) => SchemaName === name));
	if (foreign)
		throw new Refusal(
			'MXInvalidActivityFieldsException',
			`Field name : '${foreign}' does not belong to this task type`,
		);
	const missing = own.find(({ SchemaName, Mandatory }) => Mandatory && !values[SchemaName as string]);
	if (missing)
		throw new Refusal(
			'MXMandatoryAttributeMissingException',
			`'${String(missing.SchemaName)}' is mandatory for creating task`,
		);
}

function createTask(state: State, body: Row): string {
	const type = typeOf((body.TaskType as Row).Name);
	const CustomFields = (body.CustomFields ?? {}) as Row;
	checkFields(type, CustomFields);
	const DueDate = moment(body.DueDate) ?? `${now().slice(0, 10)} 00:00:00.000`;
	const task: Row = {
		UserTaskId: randomUUID(),
		Name: body.Name,
		Category: type.Category,
		TaskType: { Id: type.Id, Name: type.Name },
		Description: body.Description ?? '',
		...relatedIn(state, body),
		DueDate,
		EndDate: moment(body.EndDate) ?? endOf(type.Category, DueDate),
		Reminder: body.Reminder ?? 0,
		ReminderBeforeDays: Number(body.ReminderBeforeDays ?? 0),
		ReminderTime: body.ReminderTime ?? null,
		NotifyBy: body.NotifyBy ?? '1000',
		StatusCode: 0,
		OwnerId: ownerIn(state, body),
		CreatedBy: seeded.apiUser,
		CreatedOn: now(),
		ModifiedBy: seeded.apiUser,
		ModifiedOn: now(),
		CompletedOn: NEVER,
		Location: body.Location ?? null,
		CustomFields,
	};
	state.tasks.set(task.UserTaskId as string, task);
	return task.UserTaskId as string;
}

function endOf(category: number, due: string): string {
	const end = new Date(Date.parse(`${due.replace(' ', 'T')}Z`) + DURATION_MS);
	return category === 0 ? end.toISOString().replace('T', ' ').slice(0, 23) : due;
}

function singleWrites(state: State): Area['writes'] {
	const task = (id: unknown) => known('Task', id, state.tasks.get(String(id)));
	return {
		createTask: ({ body }) => succeeded({ Id: createTask(state, body) }),
		updateTask: ({ body }) => {
			const { UserTaskId, RelatedEntity, RelatedEntityId, DueDate, OwnerId, OwnerEmailAddress, ...plain } = body;
			const stored = task(UserTaskId);
			Object.assign(stored, plain, {
				...(RelatedEntity !== undefined && relatedIn(state, { RelatedEntity, RelatedEntityId })),
				...(DueDate !== undefined && { DueDate: moment(DueDate) }),
				...((OwnerId ?? OwnerEmailAddress) !== undefined && {
					OwnerId: ownerIn(state, { OwnerId, OwnerEmailAddress }),
				}),
				ModifiedOn: now(),
			});
			return succeeded({ AffectedRows: 1, AutoId: [...state.tasks.keys()].indexOf(String(UserTaskId)) + 1 });
		},
		markTaskComplete: ({ query }) => {
			Object.assign(task(query.id), { StatusCode: 1, CompletedOn: now(), ModifiedOn: now() });
			return succeeded();
		},
	};
}

/** What stands in for the report of a request that was queued. */
const queued = (): Row => ({ Id: String(Math.floor(1_000_000 + Math.random() * 9_000_000)), IsSuccessful: true });

function bulkWrites(state: State): Area['writes'] {
	return {
		bulkCreateTasks: ({ body }) => {
			const results = (body.TaskList as Row[]).map((task) => attempt(() => createTask(state, task)));
			return { ...succeeded(queued()), unchanged: results.every(({ refusal }) => refusal) };
		},
		bulkUpdateAppointmentTimes: ({ body }) => {
			const moved = (body.TaskList as Row[]).filter(({ UserTaskId, FromDate, ToDate }) => {
				const task = state.tasks.get(String(UserTaskId));
				if (task?.Category !== 0) return false;
				Object.assign(task, { DueDate: moment(FromDate), EndDate: moment(ToDate), ModifiedOn: now() });
				return true;
			});
			return { ...succeeded(queued()), unchanged: moved.length === 0 };
		},
		deleteTasks: ({ body }) => {
			const ids = body.TaskIds as string[];
			const deleted = ids.filter((id) => state.tasks.delete(id)).length;
			const FailureReason = deleted === ids.length ? null : 'Some tasks do not exist';
			return {
				...answered({
					Status: 'Success',
					Operation: 'Bulk Delete Tasks',
					TasksCount: ids.length,
					DeletedTasksCount: deleted,
					FailureReason,
				}),
				unchanged: deleted === 0,
			};
		},
	};
}

const nameOf = ({ users }: State, id: unknown) => {
	const user = users.find(({ ID }) => ID === id);
	return user ? `${user.FirstName} ${user.LastName}` : 'Integration User';
};

/** A task as the retrieve operations give it. */
export function taskRow(state: State, task: Row): Row {
	const lead = state.leads.get(String(task.RelatedEntityId));
	return {
		...task,
		RelatedEntityIdName: lead ? [lead.FirstName, lead.LastName].filter(Boolean).join(' ') : null,
		OwnerName: nameOf(state, task.OwnerId),
		OwnerEmailAddress: state.users.find(({ ID }) => ID === task.OwnerId)?.EmailAddress ?? null,
		CreatedByName: nameOf(state, task.CreatedBy),
		ModifiedByName: nameOf(state, task.ModifiedBy),
	};
}

const withoutMs = (when: unknown) => String(when).slice(0, 19);

function summaryOf(state: State, task: Row): Row {
	return {
		TaskID: task.UserTaskId,
		Name: task.Name,
		Description: task.Description,
		DueDate: withoutMs(task.DueDate),
		CreatedOn: withoutMs(task.CreatedOn),
		OwnerID: task.OwnerId,
		OwnerName: nameOf(state, task.OwnerId),
		CreatedBy: task.CreatedBy,
		CreatedByName: nameOf(state, task.CreatedBy),
		Status: task.StatusCode === 1 ? 'Completed' : 'Pending',
		Reminder: String(task.Reminder),
	};
}

function lists(state: State): Area['reads'] {
	const relatedTo = (id: unknown) =>
		[...state.tasks.values()]
			.filter(({ RelatedEntityId }) => RelatedEntityId === id)
			.map((task) => summaryOf(state, task));
	return {
		getTaskById: ({ query }) => {
			const task = state.tasks.get(String(query.id));
			return answered(task ? [taskRow(state, task)] : []);
		},
		getTasksByOwner: ({ body }) => tasksOfOwner(state, body),
		getTasksByLead: ({ query }) => {
			const TaskList = relatedTo(query.leadId);
			return answered({ RecordCount: TaskList.length, TaskList });
		},
		getTasksByOpportunity: ({ query }) => {
			opportunity(state, String(query.opportunityId));
			const List = relatedTo(query.opportunityId);
			return answered({ RecordCount: List.length, List });
		},
	};
}

function tasksOfOwner(state: State, { Parameter, Columns, Sorting, Paging }: Row): Reply {
	const { LookupName, LookupValue, StatusCode, TypeName, ...range } = Parameter as Row;
	if (TypeName !== undefined && !taskTypes.some(({ Id }) => Id === TypeName))
		throw invalidInput(`'${String(TypeName)}' is no ID of a task type`);
	const found = [...state.tasks.values()]
		.map((task) => taskRow(state, task))
		.filter(
			(task) =>
				String(task[String(LookupName)]).toLowerCase() === String(LookupValue).toLowerCase() &&
				(StatusCode === undefined || task.StatusCode === Number(StatusCode)) &&
				(TypeName === undefined || (task.TaskType as Row).Id === TypeName) &&
				isBetween(task.DueDate, range),
		);
	const excluded = String((Columns as Row | undefined)?.Exclude_CSV ?? '')
		.split(',')
		.map((name) => name.trim());
	const shape = (task: Row) => Object.fromEntries(Object.entries(task).filter(([name]) => !excluded.includes(name)));
	const { Offset, RowCount } = (Paging ?? {}) as Row;
	if (Offset === undefined && RowCount === undefined) return pageOf(found, { Sorting, Paging }, { usual, shape });
	// Offset is the number of rows to skip here.
	const rest = sorted(found, Sorting).slice(Number(Offset ?? 0));
	return answered({ RecordCount: found.length, List: paged(rest, { PageSize: Number(RowCount ?? usual) }).map(shape) });
}
