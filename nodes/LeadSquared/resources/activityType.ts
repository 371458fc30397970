import { choice, integer, pick, rows, text, toggle, uuid } from '../../shared/fields';
import { listed, operation, type Resource } from '../../shared/form/operation';
import { activityTypes } from '../lookups';

const ActivityEventName = text('Name').example('Home Visit');
const CanDeleteActivity = toggle('Can Delete Activities').describe('Whether activities of the type can be deleted');
const details = {
	Score: integer('Score').describe(
		'What an activity of the type adds to the score of its lead; less than 0 takes away',
	),
	Description: text('Description').rows(4).example('Visit at the home of the customer'),
};

/** A setting that LeadSquared writes as a number. */
const flag = (label: string, what: string) =>
	integer(label).min(0).max(1).default(1).describe(`${what}: 1 for yes, 0 for no`);

const Fields = rows(
	'Fields',
	{
		SchemaName: text('Schema Name')
			.tidy()
			.required()
			.example('mx_Custom_1')
			.describe('Name from mx_Custom_1 to mx_Custom_50'),
		DisplayName: text('Display Name')
			.required()
			.example('Outcome')
			.describe('Label of the field in the form of LeadSquared'),
		DataType: text('Data Type')
			.tidy()
			.required()
			.default('String')
			.example('String')
			.describe('Type in the words of LeadSquared, as Get shows it for fields that are there'),
		IsMandatory: toggle('Mandatory').describe('Whether an activity cannot be posted without it'),
		ShowInForm: toggle('Show in Form').describe('Whether the form of the web app has it'),
		Sequence: integer('Sequence').min(1).default(1).describe('Place of the field in the form'),
		OptionSet: text('Option Set').example('[{"Value":"Won","Order":0}]').describe('Choices of a drop-down, as JSON'),
	},
	'Add Field',
).describe('Custom fields of the type');

/** Members of a field that stand in answers. */
const leftOut = Object.fromEntries(
	[
		...[
			'InternalName',
			'Value',
			'ParentField',
			'DependentOptionSet',
			'IsDefault',
			'IsReadOnly',
			'RenderType',
			'ExportAsPlainText',
		],
		...[
			'IsMultiSelectDropdown',
			'IncludeOthersOption',
			'BehaviorOnMissingDropdownOption',
			'IsOthersValue',
			'InternalSchemaName',
		],
		...['CustomObjectType', 'MaxFieldLength', 'IsDerived'],
	].map((name) => [`Fields[].${name}`, "no page explains it; it stands in LeadSquared's answers"]),
);

const settings = {
	Direction: choice('Direction', directions()).describe('Whether the lead or the company acts'),
	TrackLocation: flag('Track Location', 'Whether the place of the user is kept'),
	AllowAttachments: flag('Allow Attachments', 'Whether an activity can have files'),
	ShowInActivityGrid: flag('Show in Activity Grid', 'Whether the list of activities shows the type'),
	CanDeleteActivity,
};

const create = operation({
	name: 'Create',
	action: 'Create activity type',
	description: 'Create a type of activities, with up to 50 custom fields',
	request: 'POST /ProspectActivity.svc/CreateType',
	effect: 'writes',
	page: 'https://apidocs.leadsquared.com/create-new-activity-type-api/',
	contract: 'createActivityType',
	output: 'Message',
	leftOut,
	fields: {
		ActivityEventName: ActivityEventName.required(),
		...details,
		...settings,
		Fields,
	},
});

/** Who acts. The page is cut off where it explains the numbers; these are the words of the web app in its order. */
function directions() {
	return [
		{ value: 0, name: 'Inbound' },
		{ value: 1, name: 'Outbound' },
	];
}

const get = operation({
	name: 'Get',
	action: 'Get activity type',
	description: 'Retrieve an activity type with its fields',
	request: 'GET /ProspectActivity.svc/CustomActivity/GetActivitySetting',
	effect: 'reads',
	page: 'https://apidocs.leadsquared.com/get-details-of-activity-type/',
	contract: 'getActivityType',
	fields: { code: pick('Activity Type', activityTypes).required() },
});

const getAll = operation({
	name: 'Get Many',
	action: 'Get many activity types',
	description: 'Retrieve many activity types with their codes',
	request: 'GET /ProspectActivity.svc/ActivityTypes.Get',
	effect: 'reads',
	page: 'https://apidocs.leadsquared.com/activity-management/',
	contract: 'getActivityTypes',
	output: listed,
	fields: {},
});

const update = operation({
	name: 'Update',
	action: 'Update activity type',
	description: 'Change a type of activities',
	request: 'POST /ProspectActivity.svc/CustomActivityType/Update',
	effect: 'writes',
	page: 'https://apidocs.leadsquared.com/update-activity-type/',
	contract: 'updateActivityType',
	updates: true,
	leftOut,
	fields: {
		ID: uuid('Activity Type ID')
			.required()
			.ordered()
			.describe('ID that Get shows for the type; its code is something else'),
		ActivityEventName,
		...details,
		EventDirection: integer('Direction').min(0).max(1).describe('Number of the direction: 0 is inbound, 1 outbound'),
		CanDeleteActivity,
		Fields,
	},
});

export const activityType: Resource = { name: 'Activity Type', operations: { create, get, getAll, update } };
