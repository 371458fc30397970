import type { IDataObject } from 'n8n-workflow';
import { toText } from '../shared/base/json';
import { listAt } from '../shared/base/parseResponse';
import { mappedField, type EntityFields, type MappedField } from '../shared/fields';
import { mappedAll } from './mapped';

/** Schema name of the lead's ID. */
export const LEAD_ID = 'ProspectID';

/** Fields that only LeadSquared writes. https://apidocs.leadsquared.com/get-lead-by-id/ */
const OWN = new Set([
	'ProspectAutoId',
	'CreatedOn',
	'CreatedBy',
	'CreatedByName',
	'ModifiedOn',
	'ModifiedBy',
	'ModifiedByName',
	'LastModifiedOn',
]);

/**
 * All lead fields that a request can name, including custom fields and the ID.
 * https://apidocs.leadsquared.com/meta-data/
 */
const leadFields: EntityFields = {
	name: 'leadFields',
	request: 'GET /LeadManagement.svc/LeadsMetaData.Get',
	page: 'https://apidocs.leadsquared.com/meta-data/',
	contract: 'getLeadFields',
	fields: (response) =>
		mappedAll(
			listAt(response).filter(({ SchemaName }) => !OWN.has(toText(SchemaName))),
			({ SchemaName, DisplayName, DataType, RenderTypeTextValue, IsMandatory, Options, AllowMultiple }) => ({
				name: SchemaName,
				label: DisplayName,
				dataType: DataType,
				renderType: RenderTypeTextValue,
				mandatory: IsMandatory,
				options: Options,
				takesSeveral: AllowMultiple,
			}),
		),
};

/** Largest number of fields of a type. https://apidocs.leadsquared.com/create-new-activity-type-api/ */
const MOST_FIELDS = 50;

/** Returns fields with the generic names. The form shows them when an expression sets the type at run time. */
const generic = (): MappedField[] =>
	['Status', 'Owner', ...Array.from({ length: MOST_FIELDS }, (_, index) => `mx_Custom_${index + 1}`)].map((name) =>
		mappedField(name, name),
	);

/** Returns the writable fields of a type. The note is not among them, because the form has its own field for it. */
function fieldsOfType(response: unknown): MappedField[] {
	if (response === undefined) return generic();
	const writable = ({ SchemaName, IsReadOnly }: IDataObject) =>
		IsReadOnly !== true && SchemaName !== 'ActivityEvent_Note';
	return mappedAll(
		listAt(response, 'Fields').filter(writable),
		({ SchemaName, DisplayName, DataType, RenderType, IsMandatory, OptionSet, IsMultiSelectDropdown }) => ({
			name: SchemaName,
			label: DisplayName,
			dataType: DataType,
			renderType: RenderType,
			mandatory: IsMandatory,
			options: OptionSet,
			takesSeveral: IsMultiSelectDropdown,
		}),
	);
}

const byCode = (code?: string) => (code === undefined ? undefined : { code });

/** Fields of an activity type. https://apidocs.leadsquared.com/get-details-of-activity-type/ */
export const activityFields: EntityFields = {
	name: 'activityFields',
	request: 'GET /ProspectActivity.svc/CustomActivity/GetActivitySetting',
	page: 'https://apidocs.leadsquared.com/get-details-of-activity-type/',
	contract: 'getActivityType',
	dependsOn: ['ActivityEvent'],
	ask: byCode,
	fields: fieldsOfType,
};

/** Fields of an opportunity type. https://apidocs.leadsquared.com/get-metadata-of-an-opportunity-type/ */
export const opportunityFields: EntityFields = {
	name: 'opportunityFields',
	request: 'GET /OpportunityManagement.svc/GetOpportunityTypeMetadata',
	page: 'https://apidocs.leadsquared.com/get-metadata-of-an-opportunity-type/',
	contract: 'getOpportunityTypeFields',
	dependsOn: ['OpportunityEventCode'],
	ask: byCode,
	// The form has its own field for the owner, so the mapper must not require it as well.
	fields: (response) =>
		fieldsOfType(response).map((field) => (field.id === 'Owner' ? { ...field, required: false } : field)),
};

/** Returns the same fields, all optional. An existing record already has its mandatory values. */
const ofExisting = (entity: EntityFields, name: string): EntityFields => ({
	...entity,
	name,
	fields: (response, parent) => entity.fields(response, parent).map((field) => ({ ...field, required: false })),
});

/** Fields that the mapper leaves out: the lead forms have their own fields for them, and the ID is not writable. */
const OUTSIDE_MAPPER = new Set([
	LEAD_ID,
	'FirstName',
	'LastName',
	'EmailAddress',
	'Phone',
	'ProspectStage',
	'Source',
	'OwnerId',
]);

/** Fields of a new lead that its form does not already have. */
export const otherLeadFields: EntityFields = {
	...leadFields,
	name: 'otherLeadFields',
	fields: (response) => leadFields.fields(response).filter(({ id }) => !OUTSIDE_MAPPER.has(id)),
};

/** Fields of a lead that one of these fields identifies. */
export const existingLeadFields = ofExisting(leadFields, 'existingLeadFields');
export const leadChanges = ofExisting(otherLeadFields, 'leadChanges');
export const existingActivityFields = ofExisting(activityFields, 'existingActivityFields');
export const existingOpportunityFields = ofExisting(opportunityFields, 'existingOpportunityFields');

/** Generic names of the custom fields of a task. https://apidocs.leadsquared.com/create-tasks-in-bulk/ */
const GENERIC = Array.from({ length: 10 }, (_, index) => `mx_Custom_${index + 1}`);

const ofType = (response: unknown, type: string) =>
	listAt(response).find(({ Name }) => Name === type)?.ColumnConfiguration ?? [];

/** Custom fields of the chosen task type. If an expression sets the type, the generic names of custom fields. */
export const taskFields: EntityFields = {
	name: 'taskFields',
	request: 'GET /Task.svc/RetrieveTaskType',
	page: 'https://apidocs.leadsquared.com/get-list-of-task-types-2/',
	contract: 'getTaskTypes',
	dependsOn: ['TaskType'],
	ask: (type) => (type === undefined ? undefined : {}),
	fields: (response, type) =>
		type === undefined
			? GENERIC.map((name) => mappedField(name, name))
			: mappedAll(
					listAt(ofType(response, type)).filter(({ IsDefault }) => IsDefault === false),
					({ SchemaName, DisplayName, DataType, Mandatory, Options }) => ({
						name: SchemaName,
						label: DisplayName,
						dataType: DataType,
						mandatory: Mandatory,
						options: Options,
					}),
				),
	none: 'This task type has no custom fields',
};

export const entities = [
	taskFields,
	otherLeadFields,
	leadChanges,
	existingLeadFields,
	activityFields,
	existingActivityFields,
	opportunityFields,
	existingOpportunityFields,
];
