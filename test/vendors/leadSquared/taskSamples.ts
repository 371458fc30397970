import type { IDataObject } from 'n8n-workflow';
import { byId } from '../../engine/forms';
import type { Sample } from '../../engine/samples/sample';

/** Records that a fresh sandbox holds. */
export const inSandbox = {
	user: '5b000002-1a2b-4c3d-8e4f-000000000002',
	lead: '5b00000a-1a2b-4c3d-8e4f-00000000000a',
	secondLead: '5b00000b-1a2b-4c3d-8e4f-00000000000b',
	appointment: '5b000014-1a2b-4c3d-8e4f-000000000014',
	toDo: '5b000015-1a2b-4c3d-8e4f-000000000015',
	list: '5b000032-1a2b-4c3d-8e4f-000000000032',
	emptyList: '5b000033-1a2b-4c3d-8e4f-000000000033',
	opportunity: '5b000050-1a2b-4c3d-8e4f-000000000050',
};

const sample = (name: string, resource: string, operation: string, parameters: IDataObject): Sample => ({
	name,
	node: 'leadSquared',
	parameters: { resource, operation, ...parameters },
});

const inSeptember = { FromDate: '2026-09-01', ToDate: '2026-09-30' };
const email = 'taskowner@example.com';
const active = {
	values: [{ LookupName: 'EmailAddress', Operator: 'eq', LookupValue: email, ConditionOperator: 'AND' }],
};

export const leadSquaredTaskSamples: Sample[] = [
	sample('update a task', 'task', 'update', {
		UserTaskId: inSandbox.appointment,
		updateFields: { Name: 'Demo', lead: byId(inSandbox.secondLead) },
	}),
	sample('mark a task as complete', 'task', 'complete', { id: inSandbox.toDo }),
	sample('move an appointment', 'task', 'move', {
		UserTaskId: inSandbox.appointment,
		FromDate: '2026-09-25T10:00:00',
		ToDate: '2026-09-25T11:00:00',
	}),
	sample('list the tasks of an owner', 'task', 'getAll', { owner: byId(inSandbox.user), filters: { StatusCode: 0 } }),
	sample('list the tasks of a lead', 'task', 'getByLead', { leadId: byId(inSandbox.lead) }),
	sample('list the tasks of an opportunity', 'task', 'getByOpportunity', { opportunityId: inSandbox.opportunity }),
	sample('list appointments', 'task', 'getAppointments', { Users: email, ...inSeptember }),
	sample('list to-dos', 'task', 'getToDos', { Users: byId(inSandbox.user), ...inSeptember }),
	sample('list free slots', 'task', 'getSlots', { Users: email, ...inSeptember }),
	sample('list free slots of some users', 'task', 'getSlotsByCriteria', { GroupConditions: active, ...inSeptember }),
	sample('delete a task', 'task', 'delete', { TaskIds: inSandbox.toDo }),
	sample('find users', 'user', 'search', { GroupConditions: active }),
	sample('get a user by email', 'user', 'getByEmail', { emailAddress: email }),
];
