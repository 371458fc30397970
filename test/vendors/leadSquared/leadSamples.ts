import type { IDataObject } from 'n8n-workflow';
import { seeded } from './state';
import { byId } from '../../engine/forms';
import type { Sample } from '../../engine/samples/sample';

const lead = '5b00000a-1a2b-4c3d-8e4f-00000000000a';
const other = '5b00000b-1a2b-4c3d-8e4f-00000000000b';

const sample = (name: string, operation: string, parameters: IDataObject): Sample => ({
	name,
	node: 'leadSquared',
	parameters: { resource: 'lead', operation, ...parameters },
});
const byName = (value: string) => ({ __rl: true, mode: 'name', value });

export const leadSquaredLeadSamples: Sample[] = [
	sample('Create lead', 'create', { FirstName: 'Ana', LastName: 'Souza', options: { sendInBulk: false } }),
	sample('Capture lead', 'capture', {
		EmailAddress: 'lead@example.com',
		additionalFields: { LastName: 'Souza', LeadUpdateBehavior: 'UpdateOnlyEmptyFields' },
	}),
	sample('Create or update lead', 'createOrUpdate', {
		EmailAddress: 'lead@example.com',
		SearchBy: byName('EmailAddress'),
		additionalFields: { LastName: 'Souza' },
	}),
	sample('Set one field of leads', 'setField', {
		LeadIds: `${lead}, ${other}`,
		Attribute: byName('mx_City'),
		Value: 'Pune',
	}),
	sample('Get lead by email', 'getByEmail', { emailaddress: 'lead@example.com' }),
	sample('Get lead by phone', 'getByPhone', { phone: '+91 90000 00000' }),
	sample('Search leads by text', 'searchByText', { key: 'example.com' }),
	sample('Get leads in list', 'getByListOrSearch', { source: 'list', ListId: seeded.list }),
	sample('Reset lead', 'reset', {
		ProspectId: byId(lead),
		confirmation: 'RESET',
		additionalFields: { ShouldDeleteProspectNotes: true },
	}),
	sample('Delete lead', 'delete', { leadId: byId(other) }),
];
