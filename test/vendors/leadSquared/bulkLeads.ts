import type { Reply } from '../../sandbox/types';
import { answered, attempt, known, Refusal, succeeded, unknownRecord, type Area, type Row } from './answers';
import { changeLead, createLead, leadBy, membersIn, type Attribute } from './leadRules';
import type { State } from './state';

export function bulkLeadWrites(state: State): Area['writes'] {
	return {
		bulkCreateLeads: ({ body }) => {
			const receipts = (body as unknown as Attribute[][]).map((attributes, index) => {
				const { value, refusal } = attempt(() => createLead(state, membersIn(state, attributes)));
				return {
					RowNumber: index + 1,
					LeadId: value?.ProspectID ?? '',
					LeadCreated: value !== undefined,
					LeadUpdated: false,
					AffectedRows: value ? 1 : 0,
					...(refusal && { ExceptionType: refusal.type, ExceptionMessage: refusal.message }),
				};
			});
			return { ...answered(receipts), unchanged: receipts.every(({ LeadCreated }) => !LeadCreated) };
		},
		bulkUpdateLeadsOneField: ({ body }) => {
			const { LeadIds, LeadFields } = body as unknown as { LeadIds: string[]; LeadFields: Attribute };
			const members = membersIn(state, [LeadFields]);
			const done = LeadIds.map((id) =>
				attempt(() => changeLead(state, known('Lead', id, state.leads.get(id)), members)),
			);
			const changed = done.filter(({ refusal }) => !refusal).length;
			return { ...succeeded({ AffectedRows: changed }), unchanged: changed === 0 };
		},
		bulkUpdateLeads: ({ body }) => updateManyFields(state, body),
	};
}

const GONE = 'Lead does not exist in the system or You do not have permission to update the lead';

function updateManyFields(state: State, { SearchByKey = 'ProspectID', LeadPropertiesList, Options }: Row): Reply {
	const key = String(SearchByKey).toLowerCase() === 'prospectid' ? 'ProspectID' : String(SearchByKey);
	const setAside = (Options as Row | undefined)?.PushNonExistentLeadsToUnProcessedList === true;
	const failed: Row[] = [];
	const unprocessed: Row[] = [];
	let done = 0;
	for (const { Fields: attributes } of LeadPropertiesList as Array<{ Fields: Attribute[] }>) {
		const value = attributes.find(({ Attribute: name }) => String(name).toLowerCase() === key.toLowerCase())?.Value;
		const { refusal } = attempt(() => changeOne(state, key, value, attributes));
		if (!refusal) done += 1;
		else
			(setAside && refusal.message === GONE ? unprocessed : failed).push({
				Identifier: key,
				IdentifierValue: String(value ?? ''),
				Reason: refusal.message,
			});
	}
	const total = done + failed.length + unprocessed.length;
	const reply = answered({
		Status: {
			TotalCount: total,
			SuccessCount: done,
			FailureCount: failed.length,
			UnProcessedCount: unprocessed.length,
			Message: done === total ? 'Success' : 'Error',
		},
		Details: {
			...(failed.length > 0 && { FailedLeads: failed }),
			...(unprocessed.length > 0 && { UnProcessedLeads: unprocessed }),
		},
	});
	return { ...reply, unchanged: done === 0 };
}

function changeOne(state: State, key: string, value: unknown, attributes: readonly Attribute[]): void {
	if (value === undefined)
		throw new Refusal('MXMandatoryAttributeMissingException', `'${key}' is mandatory for updating lead`);
	const lead = leadBy(state, key, value);
	if (!lead) throw new Refusal(unknownRecord('Lead', value).type, GONE);
	changeLead(state, lead, membersIn(state, attributes));
}
