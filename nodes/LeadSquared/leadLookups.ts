import type { IDataObject } from 'n8n-workflow';
import { toText } from '../shared/base/json';
import { listAt } from '../shared/base/parseResponse';
import type { Lookup } from '../shared/fields/lookup';
import { valuesOf } from './mapped';

const lists = {
	id: 'text',
	request: 'GET /LeadManagement.svc/LeadsMetaData.Get',
	page: 'https://apidocs.leadsquared.com/meta-data/',
	contract: 'getLeadFields',
	searchHere: true,
} as const;

/** Returns a lookup of lead fields by schema name, which requests use to identify them. */
const fieldNames = (name: string, noun: string, fits: (field: IDataObject) => boolean): Lookup => ({
	...lists,
	name,
	noun,
	example: 'EmailAddress',
	description: 'Schema name of the lead field. Lead Field > Get Many returns the schema names.',
	ask: () => ({ excludeOptionSets: '1' }),
	records: (response) => listAt(response).filter(fits),
	entry: ({ DisplayName, SchemaName }) => ({ name: toText(DisplayName ?? SchemaName), value: SchemaName as string }),
});

export const leadFieldNames = fieldNames('leadFieldNames', 'a lead field', () => true);

/** Unique fields, which identify a lead. The ID is not among them, because only updates accept it. */
export const uniqueLeadFields = fieldNames(
	'uniqueLeadFields',
	'a unique field',
	({ IsLeadIdentifier, SchemaName }) => IsLeadIdentifier === true && SchemaName !== 'ProspectID',
);

/** Returns a lookup of the values that a lead field can have. */
const valuesOfField = (name: string, noun: string, schemaName: string, example: string): Lookup => ({
	...lists,
	name,
	noun,
	example,
	ask: () => ({ schemaName }),
	records: (response) =>
		listAt(response)
			.filter(({ SchemaName }) => SchemaName === schemaName)
			.flatMap(({ Options }) => valuesOf(Options).map((value) => ({ value }))),
	entry: ({ value }) => ({ name: toText(value), value: value as string }),
});

export const leadStages = valuesOfField('leadStages', 'a stage', 'ProspectStage', 'Prospect');
export const leadSources = valuesOfField('leadSources', 'a source', 'Source', 'Organic Search');
