import type { Reply } from '../../sandbox/types';
import {
	addActivity,
	changeActivity,
	checkMandatory,
	fieldsWith,
	isOpportunity,
	opportunityTypeOf,
	removeActivity,
	valuesIn,
	type FieldValue,
} from './activityRules';
import { answered, included, known, memberNamed, pageOf, Refusal, succeeded, type Area, type Row } from './answers';
import { captureLead, leadRow, type Attribute } from './leadRules';
import { matchesLookup, matchesSearch } from './search';
import type { Activity, State } from './state';
import type { OpportunityType } from './types';

/** Type of the activity that each capture posts; the vendor's own number is not in its pages. */
const CAPTURED_EVENT = 400;

/** What PostDeDupActionPerformed says. https://apidocs.leadsquared.com/capture-opportunity/ */
const CREATED = 1;
const DUPLICATE = 3;

export function opportunityHandlers(state: State): Area {
	return { reads: { ...metadata(state), ...lists(state) }, writes: writes(state) };
}

const all = ({ activities }: State) => [...activities.values()].filter(isOpportunity);
const opportunity = (state: State, id: unknown) =>
	known(
		'Opportunity',
		id,
		all(state).find(({ Id }) => Id === id),
	);

/** @throws {Refusal} when a change of status lacks the comment that its type wants */
function checkComment(type: OpportunityType, values: Record<string, string>): void {
	if (type.wantsComment && values.Status !== undefined)
		checkMandatory(type.Fields, { ...emptyOf(type), ...values }, ['mx_Custom_19']);
}

/** Something in each mandatory field, for a check of one field alone. */
const emptyOf = ({ Fields }: OpportunityType) =>
	Object.fromEntries(Fields.filter(({ IsMandatory }) => IsMandatory).map(({ SchemaName }) => [SchemaName, '-']));

function capture(state: State, body: Row): Reply {
	const given = body.Opportunity as Row & { OpportunityEventCode: number; Fields?: FieldValue[] };
	const type = opportunityTypeOf(state, given.OpportunityEventCode);
	const values = valuesIn(type.Fields, given.Fields);
	checkMandatory(type.Fields, values);
	checkComment(type, values);
	const { lead } = captureLead(state, body.LeadDetails as Attribute[]);
	const posted = { RelatedProspectId: lead.ProspectID, Note: given.OpportunityNote, at: given.OpportunityDateTime };
	const isSame = (other: Activity) =>
		other.RelatedProspectId === lead.ProspectID &&
		other.ActivityEvent === type.EventCode &&
		other.values.mx_Custom_1 === values.mx_Custom_1;
	const duplicate = values.mx_Custom_1 ? all(state).find(isSame) : undefined;
	const captured = addActivity(state, { ...posted, ActivityEvent: CAPTURED_EVENT, values: {} });
	const created = duplicate ? undefined : addActivity(state, { ...posted, ActivityEvent: type.EventCode, values });
	return answered({
		Status: 'Success',
		AdditionalDetails: [
			{
				ActivityId: (created ?? captured).Id,
				PostDeDupActionPerformed: duplicate ? DUPLICATE : CREATED,
				ConflictedOpportunityId: duplicate?.Id ?? null,
			},
		],
	});
}

function writes(state: State): Area['writes'] {
	return {
		captureOpportunity: ({ body }) => capture(state, body),
		updateOpportunity: ({ body }) => {
			const stored = opportunity(state, body.ProspectOpportunityId);
			const type = opportunityTypeOf(state, stored.ActivityEvent);
			const values = valuesIn(type.Fields, body.Fields as FieldValue[] | undefined);
			if (values.Status !== stored.values.Status) checkComment(type, values);
			changeActivity(state, stored, body.OpportunityNote, values);
			return succeeded();
		},
		deleteOpportunity: ({ query }) => {
			const stored = opportunity(state, query.Id);
			const { CanDelete, DisplayName } = opportunityTypeOf(state, stored.ActivityEvent);
			if (!CanDelete)
				throw new Refusal(
					'MXUnAuthorizedAccessException',
					`Delete is not allowed for the opportunity type '${DisplayName}'`,
				);
			removeActivity(state, stored.Id);
			return succeeded({ IsSuccessful: true });
		},
	};
}

function metadata(state: State): Area['reads'] {
	return {
		getOpportunity: ({ query }) => {
			const stored = opportunity(state, query.OpportunityId);
			const { DisplayName, Fields } = opportunityTypeOf(state, stored.ActivityEvent);
			return answered({ ID: stored.Id, Name: DisplayName, DisplayName, Fields: fieldsWith(Fields, stored.values) });
		},
		getOpportunityTypes: () =>
			answered(
				state.opportunityTypes.map(({ EventCode, DisplayName, CanDelete }) => ({ EventCode, DisplayName, CanDelete })),
			),
		getOpportunityTypeFields: ({ query }) => {
			const { wantsComment: _wantsComment, ...type } = opportunityTypeOf(state, query.code);
			return answered({ AllowAttachments: false, Description: '', ...type });
		},
		isOpportunityEnabled: () => answered({ OpportunityManagement: 'Enabled' }),
	};
}

function rowOf(
	state: State,
	{ Id, RelatedProspectId, ActivityEvent, Note, CreatedOn, ModifiedOn, values }: Activity,
): Row {
	const { Fields } = opportunityTypeOf(state, ActivityEvent);
	return {
		OpportunityId: Id,
		RelatedProspectId,
		OpportunityEvent: String(ActivityEvent),
		OpportunityNote: Note,
		...Object.fromEntries(Fields.map(({ SchemaName }) => [SchemaName, values[SchemaName] ?? ''])),
		CreatedOn: CreatedOn.slice(0, 19),
		ModifiedOn: ModifiedOn.slice(0, 19),
	};
}

const ALWAYS = ['OpportunityId', 'RelatedProspectId', 'OpportunityEvent'];

function lists(state: State): Area['reads'] {
	const page = (found: readonly Activity[], body: Row) =>
		pageOf(
			found.map((one) => rowOf(state, one)),
			body,
			{ shape: (row) => included(row, body.Columns, ALWAYS) },
		);
	return {
		getOpportunitiesByLead: ({ query, body }) =>
			page(
				all(state).filter(
					({ RelatedProspectId, ActivityEvent }) =>
						RelatedProspectId === query.leadId &&
						(query.opportunityType === undefined || ActivityEvent === Number(query.opportunityType)),
				),
				body,
			),
		getOpportunitiesByLeadField: ({ body }) => {
			const isMeant = (id: string) => {
				const lead = state.leads.get(id);
				return lead !== undefined && matchesLookup(leadRow(state, lead), body.Parameter as Row);
			};
			return page(
				all(state).filter(({ RelatedProspectId }) => isMeant(RelatedProspectId)),
				body,
			);
		},
		advancedSearchOpportunities: ({ body }) => {
			const { EventCode } = opportunityTypeOf(state, body.OpportunityEventCode);
			const matches = matchesSearch(String(body.AdvancedSearch));
			const valueIn = (row: Row) => (name: string) =>
				memberNamed({ ...row, ActivityEvent: row.OpportunityEvent }, name);
			return page(
				all(state).filter((one) => one.ActivityEvent === EventCode && matches(valueIn(rowOf(state, one)))),
				body,
			);
		},
		getOpportunitiesByIds: ({ body }) =>
			answered(
				(body.SearchParameters as Array<{ EventCode: string; ProspectActivityId: string[]; Columns: Row }>).map(
					({ EventCode, ProspectActivityId, Columns }) => {
						const found = all(state).filter(
							({ Id, ActivityEvent }) => ActivityEvent === Number(EventCode) && ProspectActivityId.includes(Id),
						);
						return {
							EventCode,
							RecordCount: found.length,
							Opportunities: found.map((one) => flatRowOf(state, one, Columns)),
						};
					},
				),
			),
	};
}

/** A row of the search by IDs, whose moments are in US style. */
function flatRowOf(state: State, one: Activity, Columns: Row): Row {
	const { OpportunityId: ProspectActivityId, RelatedProspectId: ProspectId, ...row } = rowOf(state, one);
	const EmailAddress = state.leads.get(one.RelatedProspectId)?.EmailAddress ?? null;
	const dated = {
		ProspectId,
		EmailAddress,
		ProspectActivityId,
		...row,
		CreatedOn: usStyle(one.CreatedOn),
		ModifiedOn: usStyle(one.ModifiedOn),
	};
	return included(dated, Columns, ['ProspectId', 'EmailAddress', 'ProspectActivityId']);
}

const usStyle = (when: string) =>
	new Date(`${when.replace(' ', 'T')}Z`)
		.toLocaleString('en-US', { timeZone: 'UTC' })
		.replace(',', '')
		.replace(/\u202f/g, ' ');
