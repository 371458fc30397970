import { choice, integer, pick, rows, text, toggle, uuid } from '../../shared/fields';
import { listed, operation, type Resource } from '../../shared/form/operation';
import { activityTypes } from '../lookups';

const ActivityEventName = text('Name').example('Home Visit');
const CanDeleteActivity = toggle('Can Delete Activities').describe('Whether users can delete activities of this type');
const details = {
	Score: integer('Score').describe(
		'Points that an activity of this type adds to the lead score. A negative number subtracts points.',
	),
	Description: text('Description').rows(4).example('Visit at the home of the customer'),
};

/** Returns the field for a yes-or-no setting that LeadSquared stores as a number. */
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
		DisplayName: text('Display Name').required().example('Outcome').describe('Label of the field in LeadSquared'),
		DataType: text('Data Type')
			.tidy()
			.required()
			.default('String')
			.example('String')
			.describe("LeadSquared's data type, as Activity Type > Get returns it for existing fields"),
		IsMandatory: toggle('Mandatory').describe('Whether an activity requires the field'),
		ShowInForm: toggle('Show in Form').describe("Whether LeadSquared's form shows the field"),
		Sequence: integer('Sequence').min(1).default(1).describe('Position of the field in the form'),
		OptionSet: text('Option Set').example('[{"Value":"Won","Order":0}]').describe('Choices of a drop-down, as JSON'),
	},
	'Add Field',
).describe('Custom fields of the type');

/** Properties that fields have only in responses. */
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
	].map((name) => [`Fields[].${name}`, "not documented; found only in LeadSquared's responses"]),
);

const settings = {
	Direction: choice('Direction', directions()).describe('Whether the lead or the company acts'),
	TrackLocation: flag('Track Location', 'Whether to store the location of the user'),
	AllowAttachments: flag('Allow Attachments', 'Whether an activity can have attachments'),
	ShowInActivityGrid: flag('Show in Activity Grid', 'Whether the list of activities shows this type'),
	CanDeleteActivity,
};

const create = operation({
	name: 'Create',
	action: 'Create activity type',
	description: 'Create an activity type with up to 50 custom fields',
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

/** Returns the directions. The page cuts off their explanation, so they have the names and the order of the web app. */
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
	description: 'Update an activity type',
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
			.describe('ID of the type, as Activity Type > Get returns it. It is not the code.'),
		ActivityEventName,
		...details,
		EventDirection: integer('Direction')
			.min(0)
			.max(1)
			.describe('Direction of the activities: 0 for inbound, 1 for outbound'),
		CanDeleteActivity,
		Fields,
	},
});

export const activityType: Resource = { name: 'Activity Type', operations: { create, get, getAll, update } };
