import { listAt } from '../shared/base/lists';
import type { EntityFields } from '../shared/fields';
import { mappedAll } from './mapped';

/** Fields that LeadSquared writes itself. https://apidocs.leadsquared.com/get-lead-by-id/ */
const OWN = new Set([
	'ProspectID',
	'ProspectAutoId',
	'CreatedOn',
	'CreatedBy',
	'CreatedByName',
	'ModifiedOn',
	'ModifiedBy',
	'ModifiedByName',
	'LastModifiedOn',
]);

/** All fields of leads that can be written, custom ones among them. https://apidocs.leadsquared.com/meta-data/ */
export const leadFields: EntityFields = {
	name: 'leadFields',
	request: 'GET /LeadManagement.svc/LeadsMetaData.Get',
	page: 'https://apidocs.leadsquared.com/meta-data/',
	contract: 'getLeadFields',
	fields: (answer) =>
		mappedAll(
			listAt(answer).filter(({ SchemaName }) => !OWN.has(String(SchemaName))),
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

export const entities = [leadFields];
