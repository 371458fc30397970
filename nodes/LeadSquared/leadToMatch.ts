import { isBlank, mapper, nested, text } from '../shared/fields';
import { existingLeadFields } from './entities';

/** A lead that is found by one of its fields, and created where there is none. https://apidocs.leadsquared.com/create-lead-and-activity/ */
export const leadToMatch = nested({
	SearchBy: text('Search Lead By')
		.required()
		.startsAs('EmailAddress')
		.describe('Schema name of the unique field by which the lead is looked for, such as EmailAddress or Phone; ProspectId for its ID'),
	leadFields: mapper('Lead Fields', existingLeadFields)
		.spread()
		.describe('Fields of the lead, the one named under Search Lead By among them. They change a lead that is there already.'),
}).pairs({ name: 'Attribute', of: 'Lead' });

/** A rule: without a value to look for, LeadSquared would take every lead for a new one. */
export const hasMatchedField = ({ SearchBy, leadFields = {} }: Readonly<{ SearchBy: string; leadFields?: Record<string, unknown> }>): string | undefined => {
	const isSame = (name: string) => name.toLowerCase() === SearchBy.trim().toLowerCase();
	if (Object.entries(leadFields).some(([name, value]) => isSame(name) && !isBlank(value))) return undefined;
	return `'Search Lead By' names ${SearchBy}, and 'Lead Fields' gives no value for it`;
};
