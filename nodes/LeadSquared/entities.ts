import type { IDataObject } from 'n8n-workflow';
import { toText } from '../shared/base/json';
import { listAt } from '../shared/base/parseResponse';
import { mappedField, type EntityFields, type MappedField } from '../shared/fields';
import { mappedAll } from './mapped';

/** The ID of a lead, by which one is found. */
export const LEAD_ID = 'ProspectID';

/** Fields that LeadSquared writes itself. https://apidocs.leadsquared.com/get-lead-by-id/ */
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

/** All fields of leads that a request can name, custom ones and the ID among them. https://apidocs.leadsquared.com/meta-data/ */
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

/** Most fields that a type may have. https://apidocs.leadsquared.com/create-new-activity-type-api/ */
const MOST_FIELDS = 50;

/** What the fields of every type are called, for a form whose type an expression decides when the workflow runs. */
const generic = (): MappedField[] =>
	['Status', 'Owner', ...Array.from({ length: MOST_FIELDS }, (_, index) => `mx_Custom_${index + 1}`)].map((name) =>
		mappedField(name, name),
	);

/** The fields of a type that can be written. The note is a member of its own. */
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

/** The fields of an activity type. https://apidocs.leadsquared.com/get-details-of-activity-type/ */
export const activityFields: EntityFields = {
	name: 'activityFields',
	request: 'GET /ProspectActivity.svc/CustomActivity/GetActivitySetting',
	page: 'https://apidocs.leadsquared.com/get-details-of-activity-type/',
	contract: 'getActivityType',
	dependsOn: ['ActivityEvent'],
	ask: byCode,
	fields: fieldsOfType,
};

/** The fields of an opportunity type. https://apidocs.leadsquared.com/get-metadata-of-an-opportunity-type/ */
export const opportunityFields: EntityFields = {
	name: 'opportunityFields',
	request: 'GET /OpportunityManagement.svc/GetOpportunityTypeMetadata',
	page: 'https://apidocs.leadsquared.com/get-metadata-of-an-opportunity-type/',
	contract: 'getOpportunityTypeFields',
	dependsOn: ['OpportunityEventCode'],
	ask: byCode,
	// The owner has a field of its own in the form: the mapper would want a mandatory one a second time.
	fields: (response) =>
		fieldsOfType(response).map((field) => (field.id === 'Owner' ? { ...field, required: false } : field)),
};

/** The same fields for a record that may be there already, which has its mandatory ones. */
const ofExisting = (entity: EntityFields, name: string): EntityFields => ({
	...entity,
	name,
	fields: (response, parent) => entity.fields(response, parent).map((field) => ({ ...field, required: false })),
});

/** Fields that stand in the forms of leads by themselves: the mapper would want a mandatory one a second time. The ID is none that is written. */
const STANDING = new Set([
	LEAD_ID,
	'FirstName',
	'LastName',
	'EmailAddress',
	'Phone',
	'ProspectStage',
	'Source',
	'OwnerId',
]);

/** Fields of a new lead beside those of its form. */
export const otherLeadFields: EntityFields = {
	...leadFields,
	name: 'otherLeadFields',
	fields: (response) => leadFields.fields(response).filter(({ id }) => !STANDING.has(id)),
};

/** Fields of a lead that is looked for by one of them. */
export const existingLeadFields = ofExisting(leadFields, 'existingLeadFields');
export const leadChanges = ofExisting(otherLeadFields, 'leadChanges');
export const existingActivityFields = ofExisting(activityFields, 'existingActivityFields');
export const existingOpportunityFields = ofExisting(opportunityFields, 'existingOpportunityFields');

/** What LeadSquared calls custom fields of a task by itself. https://apidocs.leadsquared.com/create-tasks-in-bulk/ */
const GENERIC = Array.from({ length: 10 }, (_, index) => `mx_Custom_${index + 1}`);

const ofType = (response: unknown, type: string) =>
	listAt(response).find(({ Name }) => Name === type)?.ColumnConfiguration ?? [];

/** The custom fields of the chosen task type; of one that an expression gives, those that any type may have. */
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
