import { randomUUID } from 'node:crypto';
import { activityTypeOf } from './activityRules';
import { answered, known, Refusal, succeeded, type Area, type Row } from './answers';
import { fieldOf } from './fields';
import { seeded, type State } from './state';
import { taskTypes, type ActivityType, type TypeField } from './types';

/** The columns by which task types are asked for. */
const typeColumns: Record<string, string> = {
	TaskTypeId: 'Id',
	TaskTypeName: 'Name',
	TaskName: 'Name',
	Category: 'Category',
};

/** The account, and what its records are made of. */
export function metadataHandlers(state: State): Area {
	const activityTypes = activityTypeHandlers(state);
	return {
		reads: {
			authenticateUser: () =>
				answered({
					Id: seeded.apiUser,
					Name: 'Integration User',
					Role: 'Administrator',
					TimeZone: 'Asia/Kolkata',
					EmailAddress: null,
					OrgShortCode: '10001',
					DefaultCountryCode: '91',
					UserType: 'Regular',
					LSQCommonServiceURLs: {},
				}),
			getTaskTypes: ({ query }) => {
				const column = typeColumns[String(query.ColumnName)];
				return answered(taskTypes.filter((type) => !column || String(type[column]) === String(query.ColumnValue)));
			},
			getLeadFields: ({ query }) => {
				const asked = state.fields.filter(
					({ SchemaName }) => query.schemaName === undefined || SchemaName === query.schemaName,
				);
				return answered(
					String(query.excludeOptionSets) === '1' ? asked.map(({ Options: _options, ...field }) => field) : asked,
				);
			},
			...activityTypes.reads,
		},
		writes: {
			createLeadField: ({ body }) => {
				const { DisplayName, OptionsJson, ...more } = body as {
					DisplayName: string;
					OptionsJson?: string;
					DataType: string;
				};
				const SchemaName = `mx_${DisplayName.trim().replace(/\s+/g, '_')}`;
				if (state.fields.some((field) => field.SchemaName === SchemaName)) {
					throw new Refusal('MXDuplicateEntryException', `A lead field with the name '${DisplayName}' already exists`);
				}
				const Options = OptionsJson ? optionsIn(OptionsJson) : undefined;
				state.fields.push({ ...fieldOf({ SchemaName, DisplayName, DataType: more.DataType, Options }), ...more });
				return succeeded();
			},
			...activityTypes.writes,
		},
	};
}

/** The page cuts off before the layout of the options: texts and objects with a Value are taken. */
function optionsIn(json: string): string[] {
	try {
		return (JSON.parse(json) as Array<string | { Value: string }>).map((option) =>
			typeof option === 'string' ? option : option.Value,
		);
	} catch {
		throw new Refusal('MXInvalidDataTypeException', "'OptionsJson' is no JSON");
	}
}

function activityTypeHandlers(state: State): Area {
	return {
		reads: {
			getActivityTypes: () =>
				answered(
					state.activityTypes.map(({ ActivityEvent, ActivityEventName, Score, Description }) => ({
						ActivityEvent,
						ActivityEventName,
						Score,
						Description,
					})),
				),
			getActivityType: ({ query }) => {
				const { ID, ActivityEventName, Fields } = activityTypeOf(state, query.code);
				return answered({ ID, Name: ActivityEventName, DisplayName: ActivityEventName, Fields });
			},
		},
		writes: {
			createActivityType: ({ body }) => {
				const { ActivityEventName, Score = 0, Description = '', Fields = [] } = body as unknown as ActivityType;
				const ActivityEvent = Math.max(...state.activityTypes.map((type) => type.ActivityEvent)) + 1;
				const type: ActivityType = {
					ID: randomUUID(),
					ActivityEvent,
					ActivityEventName,
					Score,
					Description,
					Fields: Fields.map(completed),
				};
				state.activityTypes.push(type);
				return succeeded({ Id: type.ID });
			},
			updateActivityType: ({ body }) => {
				const { ID, EventDirection: _direction, CanDeleteActivity: _canDelete, Fields, ...changed } = body;
				const type = known(
					'Activity type',
					ID,
					state.activityTypes.find((one) => one.ID === ID),
				);
				Object.assign(type, changed);
				for (const field of (Fields ?? []) as TypeField[]) {
					type.Fields = [...type.Fields.filter(({ SchemaName }) => SchemaName !== field.SchemaName), completed(field)];
				}
				return succeeded();
			},
		},
	};
}

const completed = (field: Row): TypeField =>
	({ IsMandatory: false, OptionSet: null, DataType: 'String', ...field }) as TypeField;
