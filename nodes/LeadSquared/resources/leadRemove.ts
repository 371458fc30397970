import { dateTime, integer, list, pick, text, toggle, uuid } from '../../shared/fields';
import { deleted, operation } from '../../shared/form/operation';
import { inOrder } from '../../shared/form/rules';
import { leads } from '../lookups';

const lead = pick('Lead', leads).required().ordered();

const remove = operation({
	name: 'Delete',
	action: 'Delete lead',
	description: 'Destroy a lead with all that belongs to it. Off until the support of LeadSquared switches it on.',
	request: 'GET /LeadManagement.svc/Lead/Delete/ById',
	effect: 'writes',
	page: 'https://apidocs.leadsquared.com/lead-delete/',
	contract: 'deleteLead',
	output: deleted,
	fields: { leadId: lead.describe('The opportunities, activities, tasks and files of the lead go with it') },
});

const CONFIRMED = 'RESET';

const history = {
	TaskTypeList: list('Task Type IDs', uuid('Task Type ID'))
		.example('5b00001e-1a2b-4c3d-8e4f-00000000001e')
		.describe('Types of the tasks to destroy, by the IDs that Task > Get Types puts out, with commas'),
	ActivityEventList: list('Activity Event Codes', integer('Code'))
		.example('200, 201')
		.describe('Codes of the activities to destroy, with commas'),
	ShouldDeleteProspectNotes: toggle('Notes').describe('Whether to destroy the notes of the lead'),
	AuditActivityList: list('Changes', text('Change').tidy())
		.example('StageChange, OwnerChange')
		.describe('Recorded changes to destroy, with commas'),
};

const isConfirmed = ({ confirmation }: { confirmation: string }): string | undefined =>
	confirmation === CONFIRMED ? undefined : `'Confirmation' takes the word ${CONFIRMED}, and got '${confirmation}'`;

const saysWhat = (input: Partial<Record<keyof typeof history, unknown>>): string | undefined =>
	Object.keys(history).some((key) => input[key as keyof typeof history])
		? undefined
		: "Nothing says what to destroy: add 'Task Type IDs', 'Activity Event Codes', 'Notes' or 'Changes'";

const reset = operation({
	name: 'Reset',
	action: 'Reset lead',
	description: 'Destroy parts of the history of a lead for good. Takes the keys of an administrator only.',
	request: 'POST /LeadManagement.svc/Lead.Reset',
	effect: 'writes',
	page: 'https://apidocs.leadsquared.com/reset-a-lead/',
	contract: 'resetLead',
	fields: {
		ProspectId: lead,
		confirmation: text('Confirmation')
			.tidy()
			.required()
			.local()
			.example(CONFIRMED)
			.describe(`The word ${CONFIRMED}, because nothing of it can be brought back`),
		...history,
		FromDate: dateTime('From').describe('Only what is from this moment on; without it everything. Sent in UTC.'),
		ToDate: dateTime('Until').describe('Only what is up to this moment; without it everything. Sent in UTC.'),
	},
	rules: [isConfirmed, saysWhat, inOrder(['FromDate', 'From'], ['ToDate', 'Until'], ' UTC')],
});

export const removeOperations = { delete: remove, reset };
