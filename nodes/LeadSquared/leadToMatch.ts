import { formatValue } from '../shared/base/formatValue';
import { isBlank, mapper, nested, pickName, text, type Field, type Present } from '../shared/fields';
import { existingLeadFields, LEAD_ID } from './entities';
import { uniqueLeadFields } from './lookups';

/** Returns the field for a unique lead field, from the list or by schema name. The default is the email field. */
export function uniqueField(label: string, description: string): Field<string> & Present {
	const usual = 'EmailAddress';
	return pickName(label, uniqueLeadFields)
		.required()
		.default({ mode: 'name', value: usual })
		.describe(description)
		.formerly(text(label).default(usual).example('Phone').describe(description));
}

/**
 * The fields of a lead that a unique field identifies. LeadSquared creates the lead if it does not exist.
 * https://apidocs.leadsquared.com/create-lead-and-activity/
 */
export const leadToMatch = nested({
	SearchBy: uniqueField(
		'Search Lead By',
		'Unique field that identifies the lead. By name: its schema name, such as Phone, or ProspectId for the ID.',
	),
	leadFields: mapper('Lead Fields', existingLeadFields)
		.spread()
		.describe('Fields of the lead, including the field of Search Lead By. They change a lead that already exists.'),
}).pairs({ name: 'Attribute', of: 'Lead' });

type Given = Readonly<{ SearchBy: string; leadFields?: Record<string, unknown> }>;

/** A rule: without a value to search for, LeadSquared creates a new lead each time. */
export const hasMatchedField = ({ SearchBy, leadFields = {} }: Given): string | undefined => {
	const isSame = (name: string) => name.toLowerCase() === SearchBy.toLowerCase();
	if (Object.entries(leadFields).some(([name, value]) => isSame(name) && !isBlank(value))) return undefined;
	return `'Lead Fields' must have a value for ${formatValue(SearchBy)}, the field of 'Search Lead By', but has none`;
};

/**
 * A rule: with all three fields, LeadSquared ignores the user's choice, and creates a new lead if the email is
 * different. https://apidocs.leadsquared.com/capture-lead/
 */
export const heedsChoice = ({ leadFields = {} }: Given): string | undefined =>
	[LEAD_ID, 'EmailAddress', 'Phone'].every((name) => !isBlank(leadFields[name]))
		? "'Lead Fields' must not have the ID, email and phone of the lead together, because LeadSquared then ignores 'Search Lead By'. Remove one of them"
		: undefined;
