import type { Reply } from '../../sandbox/types';
import {
	activityTypeOf,
	addActivity,
	changeActivity,
	checkMandatory,
	fieldsWith,
	FIRST_OPPORTUNITY_EVENT,
	isOpportunity,
	opportunityTypeOf,
	removeActivity,
	valuesIn,
	type FieldValue,
} from './activityRules';
import {
	answered,
	attempt,
	included,
	isBetween,
	known,
	memberNamed,
	pageOf,
	succeeded,
	unknownRecord,
	type Area,
	type Row,
} from './answers';
import { captureLead, leadBy, type Attribute } from './leadRules';
import { matchesSearch } from './search';
import { seeded, type Activity, type State } from './state';

/** Activities in an answer that names no number, and the most there can be. https://apidocs.leadsquared.com/get-activities-of-lead/ */
const sizes = { usual: 25, most: 1000 };

export function activityHandlers(state: State): Area {
	return { reads: { ...lists(state), ...searches(state) }, writes: { ...singleWrites(state), ...bulkWrites(state) } };
}

interface Given extends Row {
	ActivityEvent: number;
	ActivityNote?: string;
	ActivityDateTime?: string;
	Fields?: FieldValue[];
}

/** What a request gives for a new activity, checked against its type. */
function newValues(state: State, { ActivityEvent, Fields, ValidateDropDownOptions }: Given): Record<string, string> {
	const type = activityTypeOf(state, ActivityEvent);
	// True skips the check, by the vendor's own words.
	const values = valuesIn(type.Fields, Fields, { anyOption: ValidateDropDownOptions === true });
	checkMandatory(type.Fields, values);
	return values;
}

function post(state: State, RelatedProspectId: string, given: Given, by?: string): Activity {
	const values = newValues(state, given);
	return addActivity(state, {
		RelatedProspectId,
		ActivityEvent: given.ActivityEvent,
		Note: given.ActivityNote,
		at: given.ActivityDateTime,
		values,
		by,
	});
}

const leadOf = (state: State, id: unknown) => known('Lead', id, state.leads.get(String(id)));

/** The activity that a request changes, with the values for it. */
function change(state: State, { ProspectActivityId, ActivityNote, Fields, ValidateDropDownOptions }: Row): void {
	const activity = known('Activity', ProspectActivityId, state.activities.get(String(ProspectActivityId)));
	const { Fields: fields } = isOpportunity(activity)
		? opportunityTypeOf(state, activity.ActivityEvent)
		: activityTypeOf(state, activity.ActivityEvent);
	changeActivity(
		state,
		activity,
		ActivityNote,
		valuesIn(fields, Fields as FieldValue[], { anyOption: ValidateDropDownOptions === true }),
	);
}

function singleWrites(state: State): Area['writes'] {
	return {
		postActivity: ({ body }) => {
			const given = body as Given;
			if (given.RelatedProspectId)
				return posted(state, post(state, leadOf(state, given.RelatedProspectId).ProspectID, given), given);
			newValues(state, given);
			const members = ['EmailAddress', 'FirstName', 'LastName', 'Phone'].filter((name) => given[name] !== undefined);
			const attributes = members.map((name): Attribute => ({ Attribute: name, Value: given[name] }));
			const lead = leadBy(state, 'EmailAddress', given.EmailAddress) ?? captureLead(state, attributes).lead;
			return posted(state, post(state, lead.ProspectID, given), given);
		},
		createLeadAndActivity: ({ body }) => {
			const given = { ...(body.Activity as Given), ValidateDropDownOptions: body.ValidateDropDownOptions };
			newValues(state, given);
			const { lead } = captureLead(state, body.LeadDetails as Attribute[]);
			return posted(state, post(state, lead.ProspectID, given), given);
		},
		updateActivity: ({ body }) => {
			// Integrators see a silent success with the code of an opportunity.
			if (Number(body.ActivityEvent ?? 0) >= FIRST_OPPORTUNITY_EVENT) return { ...succeeded(), unchanged: true };
			if (body.ActivityEvent !== undefined) activityTypeOf(state, body.ActivityEvent);
			change(state, body);
			return succeeded();
		},
		deleteActivities: ({ body }) => {
			const { ProspectID } = leadOf(state, body.ProspectId);
			const events = (body.ActivityEventList as unknown[]).map(Number);
			const gone = [...state.activities.values()].filter(
				(activity) =>
					activity.RelatedProspectId === ProspectID &&
					!isOpportunity(activity) &&
					events.includes(activity.ActivityEvent) &&
					isBetween(activity.CreatedOn, body),
			);
			gone.forEach(({ Id }) => removeActivity(state, Id));
			return {
				...succeeded({ Message: 'Your request for delete activities has been queued.' }),
				unchanged: gone.length === 0,
			};
		},
	};
}

function posted(state: State, { Id, RelatedProspectId }: Activity, { IncludeLeadScore }: Given): Reply {
	return succeeded({ Id, ...(IncludeLeadScore === true && { LeadScore: state.leads.get(RelatedProspectId)!.Score }) });
}

function bulkWrites(state: State): Area['writes'] {
	return {
		bulkPostActivities: ({ body }) =>
			receipts(body as unknown as Given[], 'ActivityCreated', (row) => {
				const owner = row.ActivityOwnerEmail as string | undefined;
				const by = owner ? state.users.find(({ EmailAddress }) => EmailAddress === owner) : { ID: seeded.apiUser };
				return post(state, leadOf(state, row.RelatedProspectId).ProspectID, row, known('User', owner, by).ID).Id;
			}),
		bulkUpdateActivities: ({ body }) =>
			receipts(body as unknown as Row[], 'ActivityUpdated', (row) => {
				change(state, row);
				return row.ProspectActivityId as string;
			}),
	};
}

/** One receipt a row, as integrators see them. */
function receipts<Given extends Row>(rows: readonly Given[], done: string, work: (row: Given) => string): Reply {
	const results = rows.map((row) => attempt(() => work(row)));
	const Response = results.map(({ value, refusal }, index) => ({
		RowNumber: index + 1,
		[done]: !refusal,
		ProspectActivityId: value ?? null,
		...(refusal && { ExceptionType: refusal.type, ExceptionMessage: refusal.message }),
	}));
	return { ...answered({ Status: 'Success', Response }), unchanged: results.every(({ refusal }) => refusal) };
}

function nameOf(state: State, { ActivityEvent }: Activity): string {
	const type = state.activityTypes.find((one) => one.ActivityEvent === ActivityEvent)?.ActivityEventName;
	return (
		type ??
		state.opportunityTypes.find(({ EventCode }) => EventCode === ActivityEvent)?.DisplayName ??
		'Opportunity Captured'
	);
}

function itemOf(state: State, activity: Activity): Row {
	return {
		Id: activity.Id,
		EventCode: activity.ActivityEvent,
		EventName: nameOf(state, activity),
		ActivityScore: 0,
		CreatedOn: activity.CreatedOn,
		ActivityType: 2,
		IsEmailType: false,
		Type: 'Inbound',
		SessionId: activity.Id,
		TrackLocation: 0,
		Data: [{ Key: 'NotableEventDescription', Value: activity.Note }],
		ActivityFields: activity.values,
	};
}

/** A flat row, which has each field of its type. */
function rowOf(state: State, activity: Activity, withoutEmpty = false): Row {
	const { Fields } = isOpportunity(activity)
		? opportunityTypeOf(state, activity.ActivityEvent)
		: activityTypeOf(state, activity.ActivityEvent);
	const values = Object.fromEntries(Fields.map(({ SchemaName }) => [SchemaName, activity.values[SchemaName] ?? '']));
	return {
		ProspectActivityId: activity.Id,
		RelatedProspectId: activity.RelatedProspectId,
		ActivityType: '2',
		ActivityEvent: String(activity.ActivityEvent),
		ActivityNote: activity.Note,
		CreatedOn: activity.CreatedOn,
		CreatedBy: activity.CreatedBy,
		CreatedByEmailAddress: state.users.find(({ ID }) => ID === activity.CreatedBy)?.EmailAddress ?? null,
		ModifiedOn: activity.ModifiedOn,
		...Object.fromEntries(Object.entries(values).filter(([, value]) => !withoutEmpty || value !== '')),
	};
}

function lists(state: State): Area['reads'] {
	return {
		getActivitiesOfLead: ({ query, body }) => {
			const { ActivityEvent } = (body.Parameter ?? {}) as Row;
			const { Offset = 0, RowCount = sizes.usual } = (body.Paging ?? {}) as Row;
			const found = [...state.activities.values()].filter(
				(activity) =>
					activity.RelatedProspectId === query.leadId &&
					(ActivityEvent === undefined || activity.ActivityEvent === ActivityEvent),
			);
			// Offset is the number of the page here, from 0.
			const Paging = { PageIndex: Number(Offset) + 1, PageSize: Number(RowCount) };
			return pageOf(
				found.map((activity) => itemOf(state, activity)),
				{ Paging },
				{ member: 'ProspectActivities', ...sizes },
			);
		},
		getActivity: ({ query }) => {
			const activity = state.activities.get(String(query.activityId));
			if (!activity || isOpportunity(activity)) throw unknownRecord('Activity', query.activityId);
			const { ActivityEventName, Fields } = activityTypeOf(state, activity.ActivityEvent);
			return answered({
				ID: activity.Id,
				Name: ActivityEventName,
				DisplayName: ActivityEventName,
				ActivityNote: activity.Note,
				Fields: fieldsWith(Fields, activity.values),
			});
		},
		getActivityChangeHistory: ({ body }) => {
			const { ActivityEvents, ActivityID, ...range } = body.Parameter as {
				ActivityEvents?: unknown[];
				ActivityID?: string;
			};
			const isAsked = ({ ProspectActivityId, ActivityEvent }: (typeof state.changes)[number]) =>
				ActivityID ? ProspectActivityId === ActivityID : (ActivityEvents?.map(Number).includes(ActivityEvent) ?? true);
			return pageOf(
				state.changes.filter((one) => isAsked(one) && isBetween(one.ModifiedOn, range)),
				body,
				{ member: 'Activities', ...sizes },
			);
		},
	};
}

function searches(state: State): Area['reads'] {
	const withType = () =>
		[...state.activities.values()].filter(
			(activity) =>
				isOpportunity(activity) || state.activityTypes.some((type) => type.ActivityEvent === activity.ActivityEvent),
		);
	return {
		getActivitiesByType: ({ body }) => {
			const { ActivityEvent, RemoveEmptyValue, ...range } = body.Parameter as Row;
			// Integrators ask for opportunities as for activities of their types.
			if (Number(ActivityEvent) >= FIRST_OPPORTUNITY_EVENT) opportunityTypeOf(state, ActivityEvent);
			else activityTypeOf(state, ActivityEvent);
			const found = withType().filter(
				(activity) => activity.ActivityEvent === ActivityEvent && isBetween(activity.ModifiedOn, range),
			);
			return pageOf(
				found.map((activity) => rowOf(state, activity, RemoveEmptyValue === true)),
				body,
				sizes,
			);
		},
		getRecentlyModifiedActivities: ({ body }) => {
			const { ActivityEvent, IncludeCustomFields, ...range } = body.Parameter as Row;
			const found = withType().filter(
				(activity) =>
					(ActivityEvent === undefined || activity.ActivityEvent === ActivityEvent) &&
					isBetween(activity.ModifiedOn, range),
			);
			const shape = (row: Row) =>
				IncludeCustomFields === 1
					? row
					: Object.fromEntries(Object.entries(row).filter(([name]) => !name.startsWith('mx_Custom_')));
			return pageOf(
				found.map((activity) => rowOf(state, activity)),
				body,
				{ member: 'ProspectActivities', shape, ...sizes },
			);
		},
		advancedSearchActivities: ({ body }) => {
			const matches = matchesSearch(String(body.AdvancedSearch));
			const found = withType()
				.filter(({ ActivityEvent }) => ActivityEvent === body.ActivityEvent)
				.map((activity) => rowOf(state, activity))
				.filter((row) => matches((name) => memberNamed(row, name)));
			return pageOf(found, body, { shape: (row) => included(row, body.Columns, ['ProspectActivityId']), ...sizes });
		},
	};
}
