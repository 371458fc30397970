import { formatValue } from '../shared/base/formatValue';
import { isBlank, mapper, nested, pickName, text, type Field, type Present } from '../shared/fields';
import { existingLeadFields, LEAD_ID } from './entities';
import { uniqueLeadFields } from './lookups';

/** A unique field of leads, from the list or by its schema name; the form begins with the one for email. */
export function uniqueField(label: string, description: string): Field<string> & Present {
	const usual = 'EmailAddress';
	return pickName(label, uniqueLeadFields)
		.required()
		.default({ mode: 'name', value: usual })
		.describe(description)
		.formerly(text(label).default(usual).example('Phone').describe(description));
}

/** A lead that is found by one of its fields, and created where there is none. https://apidocs.leadsquared.com/create-lead-and-activity/ */
export const leadToMatch = nested({
	SearchBy: uniqueField(
		'Search Lead By',
		'Unique field by which the lead is looked for; by name its schema name, such as Phone, or ProspectId for its ID',
	),
	leadFields: mapper('Lead Fields', existingLeadFields)
		.spread()
		.describe(
			'Fields of the lead, the one named under Search Lead By among them. They change a lead that is there already.',
		),
}).pairs({ name: 'Attribute', of: 'Lead' });

type Given = Readonly<{ SearchBy: string; leadFields?: Record<string, unknown> }>;

/** A rule: without a value to look for, LeadSquared would take every lead for a new one. */
export const hasMatchedField = ({ SearchBy, leadFields = {} }: Given): string | undefined => {
	const isSame = (name: string) => name.toLowerCase() === SearchBy.toLowerCase();
	if (Object.entries(leadFields).some(([name, value]) => isSame(name) && !isBlank(value))) return undefined;
	return `'Search Lead By' names ${formatValue(SearchBy)}, and 'Lead Fields' gives no value for it`;
};

/** A rule: with all three LeadSquared goes by none that the user chose, and makes a new lead where the email is another. https://apidocs.leadsquared.com/capture-lead/ */
export const heedsChoice = ({ leadFields = {} }: Given): string | undefined =>
	[LEAD_ID, 'EmailAddress', 'Phone'].every((name) => !isBlank(leadFields[name]))
		? "'Lead Fields' gives ID, email and phone of the lead, and LeadSquared then takes no notice of 'Search Lead By': leave one of them out"
		: undefined;
