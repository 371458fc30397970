import { randomUUID } from 'node:crypto';
import { known, moment, now, Refusal, type Row } from './answers';
import { seeded, type Activity, type State } from './state';
import type { TypeField } from './types';

/** Opportunities are activities of types from here on. */
export const FIRST_OPPORTUNITY_EVENT = 12000;
export const isOpportunity = ({ ActivityEvent }: Activity) => ActivityEvent >= FIRST_OPPORTUNITY_EVENT;

/** A field of an activity as requests write it. */
export interface FieldValue {
	SchemaName: string;
	Value: unknown;
}

const invalidField = (message: string) => new Refusal('MXInvalidActivityFieldsException', message);

const optionsOf = ({ OptionSet }: TypeField) =>
	(JSON.parse(OptionSet ?? '[]') as Array<{ Value: string }>).map(({ Value }) => Value);

/** What a value of a data type looks like; numbers come with separators as well. */
const forms: Record<string, RegExp> = {
	Number: /^-?[\d,]+(\.\d+)?$/,
	Date: /^\d{4}-\d{2}-\d{2}( \d{2}:\d{2}:\d{2})?$/,
	DateTime: /^\d{4}-\d{2}-\d{2}( \d{2}:\d{2}:\d{2})?$/,
};

/**
 * The values of a type's fields that a request gives, as text.
 *
 * @param options `anyOption` leaves drop-downs unchecked
 * @throws {Refusal} for a name that the type has not, and for a value that the field does not take
 */
export function valuesIn(
	fields: readonly TypeField[],
	given: readonly FieldValue[] = [],
	{ anyOption = false } = {},
): Record<string, string> {
	return Object.fromEntries(
		given.map(({ SchemaName, Value }) => {
			const field = fields.find((one) => one.SchemaName === SchemaName);
			if (!field) throw invalidField(`Field name : '${SchemaName}' does not belong to this type`);
			const text = String(Value ?? '');
			const { DataType } = field;
			if (text !== '' && forms[DataType] && !forms[DataType].test(text)) {
				throw new Refusal(
					'MXInvalidDataTypeException',
					`Value '${text}' of field '${SchemaName}' is not of datatype '${DataType}'`,
				);
			}
			if (text !== '' && !anyOption && field.OptionSet && !optionsOf(field).includes(text)) {
				throw invalidField(`Value '${text}' is not among the options of field '${SchemaName}'`);
			}
			return [SchemaName, text];
		}),
	);
}

/** @throws {Refusal} for the first field that must have a value and has none */
export function checkMandatory(
	fields: readonly TypeField[],
	values: Record<string, string>,
	more: readonly string[] = [],
): void {
	for (const { SchemaName, DataType, IsMandatory } of fields) {
		if ((IsMandatory || more.includes(SchemaName)) && !values[SchemaName]) {
			throw invalidField(`Field name : '${SchemaName}' of datatype : '${DataType}' is mandatory.`);
		}
	}
}

export const activityTypeOf = ({ activityTypes }: State, code: unknown) =>
	known(
		'Activity type',
		code,
		activityTypes.find(({ ActivityEvent }) => ActivityEvent === Number(code)),
	);
export const opportunityTypeOf = ({ opportunityTypes }: State, code: unknown) =>
	known(
		'Opportunity type',
		code,
		opportunityTypes.find(({ EventCode }) => EventCode === Number(code)),
	);

/** Stores an activity or an opportunity on a lead. */
export function addActivity(
	state: State,
	{ RelatedProspectId, ActivityEvent, Note, at, values, by = seeded.apiUser }: NewActivity,
): Activity {
	const activity: Activity = {
		Id: randomUUID(),
		ActivityEvent,
		RelatedProspectId,
		Note: String(Note ?? ''),
		CreatedOn: moment(at) ?? now(),
		ModifiedOn: now(),
		CreatedBy: by,
		values,
	};
	state.activities.set(activity.Id, activity);
	return activity;
}

interface NewActivity {
	RelatedProspectId: string;
	ActivityEvent: number;
	Note: unknown;
	/** Its moment as the request names it; now when left out. */
	at?: unknown;
	values: Record<string, string>;
	by?: string;
}

/** Changes an activity or an opportunity, and remembers what was there before. */
export function changeActivity(state: State, activity: Activity, Note: unknown, values: Record<string, string>): void {
	const { Id: ProspectActivityId, ActivityEvent } = activity;
	const ModifiedOn = now();
	for (const [SchemaName, NewValue] of Object.entries(values)) {
		state.changes.push({
			ProspectActivityId,
			ActivityEvent,
			ModifiedOn,
			SchemaName,
			OldValue: activity.values[SchemaName] ?? '',
			NewValue,
		});
	}
	if (typeof Note === 'string') activity.Note = Note;
	activity.ModifiedOn = ModifiedOn;
	activity.values = { ...activity.values, ...values };
}

/** An activity goes, and with it the tasks of an opportunity. */
export function removeActivity(state: State, id: string): void {
	state.activities.delete(id);
	for (const [key, { RelatedEntityId }] of state.tasks) if (RelatedEntityId === id) state.tasks.delete(key);
}

/** The type's fields with the values of one activity. */
export const fieldsWith = (fields: readonly TypeField[], values: Record<string, string>): Row[] =>
	fields.map((field) => ({ ...field, Value: values[field.SchemaName] ?? '' }));
