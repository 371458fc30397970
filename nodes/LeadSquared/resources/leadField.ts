import { choice, fixed, integer, oneOf, pickName, text, toggle } from '../../shared/fields';
import { listed, operation, type Resource } from '../../shared/form/operation';
import { leadFieldNames } from '../lookups';

/** A field has about 40 properties. Workflows use these. */
const simple = [
	'SchemaName',
	'DisplayName',
	'DataType',
	'RenderTypeTextValue',
	'IsMandatory',
	'IsLeadIdentifier',
	'AllowMultiple',
	'MaxLength',
	'DefaultValue',
	'Options',
];

const types = ['Boolean', 'Date', 'Email', 'Number', 'Phone', 'Select', 'Text', 'Time', 'Website'].map((value) => ({
	value,
	name: value,
}));

const shown = {
	UseInLeadClone: toggle('Use in Clones').describe('Whether cloning a lead copies the value'),
	ShowInImport: toggle('Show in Import').describe('Whether imports of leads offer the field'),
	ShowInMailMerge: toggle('Show in Mail Merge').describe('Whether templates of emails offer the field'),
};

const create = operation({
	name: 'Create',
	action: 'Create lead field',
	description: 'Create a custom lead field. LeadSquared has no request to delete it.',
	request: 'POST /LeadManagement.svc/CreateLeadField',
	effect: 'writes',
	page: 'https://apidocs.leadsquared.com/create-custom-lead-field/',
	contract: 'createLeadField',
	fields: {
		DisplayName: text('Display Name')
			.required()
			.example('Customer Since')
			.describe('Label of the field. LeadSquared makes the schema name of it, such as mx_Customer_Since.'),
		DataType: choice('Data Type', types).default('Text').required().describe('Type of the values'),
		IsMandatory: toggle('Mandatory').describe('Whether a lead requires a value'),
		RenderTypeTextValue: text('Shown As')
			.tidy()
			.example('Textbox')
			.describe('Textbox, TextArea, Email, Phone, URL, Date, DateTime, Time, RadioButton or CheckBox'),
		MaxLength: integer('Max Length').min(1).default(50).asText().describe('Maximum number of characters of a value'),
		OptionsJson: text('Choices')
			.example('["Gold","Silver"]')
			.describe('Choices as JSON, for the type Select. LeadSquared does not document the format.'),
		LockAfterCreate: integer('Lock After Create')
			.min(0)
			.max(1)
			.describe('1 to lock the value once a lead has one, else 0'),
		...shown,
	},
});

const getAll = operation({
	name: 'Get Many',
	action: 'Get many lead fields',
	description: 'Retrieve the lead fields of the account, including custom fields',
	request: 'GET /LeadManagement.svc/LeadsMetaData.Get',
	effect: 'reads',
	page: 'https://apidocs.leadsquared.com/meta-data/',
	contract: 'getLeadFields',
	output: listed,
	simple,
	fields: {
		choices: oneOf(
			'Values to Choose From',
			{
				without: { name: 'Leave Out', fields: { excludeOptionSets: fixed('1') } },
				with: { name: 'Include', fields: {} },
			},
			'Whether to return the values of drop-down fields, which makes the response long',
		),
		schemaName: pickName('Field', leadFieldNames).describe('Field to return. Without it, all fields.'),
	},
});

export const leadField: Resource = { name: 'Lead Field', operations: { create, getAll } };
