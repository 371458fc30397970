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

/** Lead fields by their schema name, which is how requests know them. */
const fieldNames = (name: string, noun: string, fits: (field: IDataObject) => boolean): Lookup => ({
	...lists,
	name,
	noun,
	example: 'EmailAddress',
	description: 'Field of leads by its schema name, which Lead Field > Get Many puts out',
	ask: () => ({ excludeOptionSets: '1' }),
	records: (response) => listAt(response).filter(fits),
	entry: ({ DisplayName, SchemaName }) => ({ name: toText(DisplayName ?? SchemaName), value: SchemaName as string }),
});

export const leadFieldNames = fieldNames('leadFieldNames', 'a lead field', () => true);

/** Fields whose value no two leads share, so that a lead can be found by them; its ID is for updates. */
export const uniqueLeadFields = fieldNames(
	'uniqueLeadFields',
	'a unique field',
	({ IsLeadIdentifier, SchemaName }) => IsLeadIdentifier === true && SchemaName !== 'ProspectID',
);

/** The values that a field of leads can have. */
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
