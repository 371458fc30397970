import { dotNet, type Row } from './answers';

/** Values of a drop-down as the vendor writes them: JSON in a text. */
const optionSet = (values: readonly string[]) =>
	JSON.stringify(values.map((Value, Order) => ({ Value, Order, IsDefault: Order === 0 })));

/** A field of an activity or opportunity type. */
export interface TypeField extends Row {
	SchemaName: string;
	DataType: string;
	IsMandatory: boolean;
	OptionSet: string | null;
}

function field(SchemaName: string, DisplayName: string, DataType: string, more: Row = {}): TypeField {
	const { options, ...rest } = more as { options?: readonly string[] };
	return {
		SchemaName,
		InternalSchemaName: SchemaName,
		DisplayName,
		Value: null,
		DataType,
		IsMandatory: false,
		ShowInForm: true,
		IsMultiSelectDropdown: false,
		IsReadOnly: false,
		IsDefault: false,
		OptionSet: options ? optionSet(options) : null,
		...rest,
	};
}

const dropDown = (name: string, label: string, options: readonly string[], more: Row = {}) =>
	field(name, label, 'SearchableDropdown', { options, ...more });
const owner = field('Owner', 'Owner', 'ActiveUsers', { IsDefault: true });
const numbered = (fields: TypeField[]): TypeField[] => fields.map((one, index) => ({ ...one, Sequence: index + 1 }));

/** A task type's field: 0 text, 3 date and time, 8 user, 12 drop-down by the vendor's numbers. */
const column = (SchemaName: string, DisplayName: string, DataType: number, more: Row = {}): Row => ({
	DataType,
	DisplayName,
	InternalSchemaName: SchemaName,
	IsDefault: !SchemaName.startsWith('mx_'),
	IsMandatoryConfigurable: true,
	Mandatory: false,
	Options: null,
	RenderType: 0,
	SchemaName,
	...more,
});

const ownColumns = [
	column('OwnerId', 'Owner', 8, { IsMandatoryConfigurable: false, Mandatory: true }),
	column('Name', 'Subject', 0, { IsMandatoryConfigurable: false, Mandatory: true }),
];
const columnsOf: Record<string, Row[]> = {
	Meeting: [
		...ownColumns,
		column('mx_Custom_1', 'Room', 0),
		column('mx_Custom_2', 'Outcome', 12, {
			RenderType: 3,
			Options: optionSet(['Interested', 'Not Interested', 'Undecided']),
		}),
		column('mx_Custom_3', 'Next Visit', 3, { RenderType: 5 }),
	],
	Demo: [...ownColumns, column('mx_Custom_1', 'Product Shown', 0, { Mandatory: true })],
	'Follow-Up': [
		...ownColumns,
		column('mx_Custom_1', 'Channel', 12, { RenderType: 3, Options: optionSet(['Phone', 'E-mail']) }),
	],
};

export interface TaskType extends Row {
	Id: string;
	Name: string;
	Category: number;
	ColumnConfiguration: Row[];
}

/** https://apidocs.leadsquared.com/get-list-of-task-types-2/ */
export const taskTypes: TaskType[] = (
	[
		['Meeting', 0],
		['Demo', 0],
		['Follow-Up', 1],
		['Revive Old Lead', 1],
	] as const
).map(([Name, Category], index) => ({
	Id: `5b00001e-1a2b-4c3d-8e4f-0000000000${10 + index}`,
	Name,
	Category,
	Color: '#F8BBD0',
	ColumnConfiguration: columnsOf[Name] ?? ownColumns,
	CreatedBy: 'System',
	CreatedOn: dotNet(Date.UTC(2017, 7, 17, 17, 48, 11)),
	FormLayout: '{"Sections":[]}',
}));

export interface ActivityType {
	ID: string;
	ActivityEvent: number;
	ActivityEventName: string;
	Score: number;
	Description: string;
	Fields: TypeField[];
}

const activityType = (ActivityEvent: number, ActivityEventName: string, Fields: TypeField[]): ActivityType => ({
	ID: `5b000047-1a2b-4c3d-8e4f-000000000${ActivityEvent}`,
	ActivityEvent,
	ActivityEventName,
	Score: 0,
	Description: '',
	Fields: numbered([dropDown('Status', 'Status', ['Active', 'Closed']), owner, ...Fields]),
});

export const activityTypes = (): ActivityType[] => [
	activityType(201, 'Home Visit', [
		field('mx_Custom_1', 'Purpose', 'String'),
		dropDown('mx_Custom_2', 'Outcome', ['Interested', 'Not Interested']),
		field('mx_Custom_3', 'Distance', 'Number'),
		field('mx_Custom_4', 'Promised For', 'Date'),
		field('mx_Custom_5', 'Next Visit', 'DateTime'),
	]),
	activityType(105, 'Form Filled', [
		field('mx_Custom_1', 'Form', 'String'),
		field('mx_Custom_5', 'Filled On', 'DateTime'),
	]),
	activityType(320, 'Site Visit', [
		field('mx_Custom_1', 'Site', 'String', { IsMandatory: true }),
		field('mx_Custom_5', 'Seen On', 'DateTime'),
	]),
];

export interface OpportunityType {
	EventCode: number;
	DisplayName: string;
	CanDelete: boolean;
	Fields: TypeField[];
	/** Whether a change of status wants a comment in mx_Custom_19. */
	wantsComment: boolean;
}

const status = dropDown('Status', 'Status', ['Open', 'Won', 'Lost'], { IsMandatory: true });
const deal = [status, owner, field('mx_Custom_1', 'Opportunity Name', 'String')];

export const opportunityTypes = (): OpportunityType[] => [
	{
		EventCode: 12000,
		DisplayName: 'Loan',
		CanDelete: true,
		wantsComment: false,
		Fields: numbered([
			...deal,
			dropDown('mx_Custom_2', 'Stage', ['Applied', 'Checked', 'Paid Out', 'Refused']),
			field('mx_Custom_3', 'Branch', 'String'),
			field('mx_Custom_6', 'Expected Deal Size', 'Number'),
			field('mx_Custom_8', 'Expected Closure Date', 'Date'),
		]),
	},
	{
		EventCode: 12005,
		DisplayName: 'Insurance',
		CanDelete: false,
		wantsComment: true,
		Fields: numbered([
			...deal,
			dropDown('mx_Custom_2', 'Stage', ['Offered', 'Signed']),
			field('mx_Custom_6', 'Premium', 'Number'),
			field('mx_Custom_19', 'Comment', 'String'),
		]),
	},
];
