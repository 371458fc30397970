import type { IDataObject } from 'n8n-workflow';
import { byId, mapper } from '../../engine/forms';
import type { Sample } from '../../engine/samples/sample';

const lead = '5b00000a-1a2b-4c3d-8e4f-00000000000a';
const activity = '5b000046-1a2b-4c3d-8e4f-000000000046';
const opportunity = '5b000050-1a2b-4c3d-8e4f-000000000050';
const visit = byId(201);
const loan = byId(12000);
const span = { FromDate: '2026-11-01T00:00:00', ToDate: '2026-11-30T00:00:00' };

const sample = (name: string, resource: string, operation: string, parameters: IDataObject): Sample => ({
	name,
	node: 'leadSquared',
	parameters: { resource, operation, ...parameters },
});

const leadDetails = {
	SearchBy: 'EmailAddress',
	leadFields: mapper({ EmailAddress: 'lead@example.com', FirstName: 'Ana' }),
};
const posted = { ActivityEvent: visit, Fields: mapper({ mx_Custom_1: 'Quotation' }) };

const activities = [
	sample('Create activity', 'activity', 'create', {
		...{ leadBy: 'id', RelatedProspectId: byId(lead), ...posted },
		additionalFields: { ActivityNote: 'At home', ActivityDateTime: '2026-07-01T09:00:00' },
	}),
	sample('Create activity by email', 'activity', 'create', {
		...{ leadBy: 'email', EmailAddress: 'lead@example.com', FirstName: 'Sample', LastName: '', Phone: '', ...posted },
	}),
	sample('Create activity with lead', 'activity', 'createWithLead', {
		...leadDetails,
		...posted,
		additionalFields: { ActivityNote: 'New' },
	}),
	sample('Get history of activities', 'activity', 'getHistory', {
		historyOf: 'types',
		ActivityID: activity,
		ActivityEvents: ['201'],
		...span,
	}),
	sample('Update activity', 'activity', 'update', {
		...{ ProspectActivityId: activity, ActivityEvent: visit, Fields: mapper({ Status: 'Closed' }) },
		updateFields: { ActivityNote: 'Done' },
	}),
	sample('Delete activities by type', 'activity', 'deleteByType', {
		ProspectId: byId(lead),
		ActivityEventList: ['105'],
		additionalFields: span,
	}),
];

const types = [
	sample('Create activity type', 'activityType', 'create', {
		ActivityEventName: 'Training',
		additionalFields: {
			Score: 5,
			Direction: 0,
			Fields: { values: [{ SchemaName: 'mx_Custom_1', DisplayName: 'Room', DataType: 'String' }] },
		},
	}),
];

const opportunities = [
	sample('Create opportunity', 'opportunity', 'create', {
		...{ ...leadDetails, OpportunityEventCode: loan, fields: mapper({ Status: 'Open', mx_Custom_1: 'House loan' }) },
		additionalFields: { Owner: byId('5b000002-1a2b-4c3d-8e4f-000000000002'), OpportunityNote: 'By form' },
	}),
	sample('Get many opportunities by IDs', 'opportunity', 'getByIds', {
		EventCode: loan,
		ids: opportunity,
		Columns: 'CreatedOn,Owner',
	}),
	sample('Get opportunity', 'opportunity', 'get', { OpportunityId: opportunity }),
	sample('Update opportunity', 'opportunity', 'update', {
		ProspectOpportunityId: opportunity,
		fields: mapper({ Status: 'Won' }),
		updateFields: { OpportunityNote: 'Won' },
	}),
	// The last one, because the others need it.
	sample('Delete opportunity', 'opportunity', 'delete', { Id: opportunity }),
];

export const leadSquaredActivitySamples: Sample[] = [...activities, ...types, ...opportunities];
