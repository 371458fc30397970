import { dateTime, integer, list, pick, text, toggle, uuid } from '../../shared/fields';
import { deleted, operation } from '../../shared/form/operation';
import { inOrder } from '../../shared/form/rules';
import { leads } from '../lookups';

const lead = pick('Lead', leads).required().ordered();

const remove = operation({
	name: 'Delete',
	action: 'Delete lead',
	description: "Delete a lead and all its records permanently. LeadSquared's support must enable this request first.",
	request: 'GET /LeadManagement.svc/Lead/Delete/ById',
	effect: 'writes',
	page: 'https://apidocs.leadsquared.com/lead-delete/',
	contract: 'deleteLead',
	output: deleted,
	fields: { leadId: lead.describe('Lead to delete, together with its opportunities, activities, tasks and files') },
});

const CONFIRMED = 'RESET';

const history = {
	TaskTypeList: list('Task Type IDs', uuid('Task Type ID'))
		.example('5b00001e-1a2b-4c3d-8e4f-00000000001e')
		.describe('Task types whose tasks are deleted. Comma-separated IDs from Task > Get Types.'),
	ActivityEventList: list('Activity Event Codes', integer('Code'))
		.example('200, 201')
		.describe('Comma-separated codes of the activities to delete'),
	ShouldDeleteProspectNotes: toggle('Notes').describe('Whether to delete the notes of the lead'),
	AuditActivityList: list('Changes', text('Change').tidy())
		.example('StageChange, OwnerChange')
		.describe('Comma-separated names of the recorded changes to delete'),
};

const isConfirmed = ({ confirmation }: { confirmation: string }): string | undefined =>
	confirmation === CONFIRMED ? undefined : `'Confirmation' must be ${CONFIRMED}, but is '${confirmation}'`;

const isSelected = (input: Partial<Record<keyof typeof history, unknown>>): string | undefined =>
	Object.keys(history).some((key) => input[key as keyof typeof history])
		? undefined
		: "'Task Type IDs', 'Activity Event Codes', 'Notes' and 'Changes' are all empty. Add at least one of them";

const reset = operation({
	name: 'Reset',
	action: 'Reset lead',
	description: 'Delete parts of the history of a lead permanently. Requires the keys of an administrator.',
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
			.describe(`Enter ${CONFIRMED} to confirm. You cannot restore the deleted history.`),
		...history,
		FromDate: dateTime('From').describe(
			"Earliest time to delete, in the workflow's time zone. Without it, the whole history up to Until.",
		),
		ToDate: dateTime('Until').describe(
			"Latest time to delete, in the workflow's time zone. Without it, the whole history since From.",
		),
	},
	rules: [isConfirmed, isSelected, inOrder(['FromDate', 'From'], ['ToDate', 'Until'], ' UTC')],
});

export const removeOperations = { delete: remove, reset };
