import { choice, fixed, integer, oneOf, pickName, text, toggle } from '../../shared/fields';
import { listed, operation, type Resource } from '../../shared/form/operation';
import { leadFieldNames } from '../lookups';

/** A field has about forty members; these are the ones workflows use. */
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
	UseInLeadClone: toggle('Use in Clones').describe('Whether the value is copied when a lead is cloned'),
	ShowInImport: toggle('Show in Import').describe('Whether imports of leads offer the field'),
	ShowInMailMerge: toggle('Show in Mail Merge').describe('Whether templates of emails offer the field'),
};

const create = operation({
	name: 'Create',
	action: 'Create lead field',
	description: 'Create a custom field for leads. LeadSquared has no request that removes it again.',
	request: 'POST /LeadManagement.svc/CreateLeadField',
	effect: 'writes',
	page: 'https://apidocs.leadsquared.com/create-custom-lead-field/',
	contract: 'createLeadField',
	fields: {
		DisplayName: text('Display Name')
			.required()
			.example('Customer Since')
			.describe('Label of the field; its schema name becomes mx_Customer_Since'),
		DataType: choice('Data Type', types).default('Text').required().describe('What the field holds'),
		IsMandatory: toggle('Mandatory').describe('Whether no lead can be saved without it'),
		RenderTypeTextValue: text('Shown As')
			.tidy()
			.example('Textbox')
			.describe('Textbox, TextArea, Email, Phone, URL, Date, DateTime, Time, RadioButton or CheckBox'),
		MaxLength: integer('Max Length').min(1).default(50).asText().describe('Most characters of a value'),
		OptionsJson: text('Choices')
			.example('["Gold","Silver"]')
			.describe('Values to choose from as JSON text, for the type Select; LeadSquared does not describe its form'),
		LockAfterCreate: integer('Lock After Create')
			.min(0)
			.max(1)
			.describe('1 where the value cannot be changed once a lead has one, else 0'),
		...shown,
	},
});

const getAll = operation({
	name: 'Get Many',
	action: 'Get many lead fields',
	description: 'Retrieve the fields that leads of the account have, custom ones among them',
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
			'Whether drop-down fields come with their values, which makes the answer long',
		),
		schemaName: pickName('Field', leadFieldNames).describe('Only this field; all without it'),
	},
});

export const leadField: Resource = { name: 'Lead Field', operations: { create, getAll } };
