import { formatValue } from '../../shared/base/formatValue';
import { choice, email, list, mapper, nested, pick, pickName, text, toggle, uuid } from '../../shared/fields';
import { operation, type Resource } from '../../shared/form/operation';
import { leadChanges, otherLeadFields } from '../entities';
import { changedInstead, createInBulk, updateInBulk } from '../leadReceipts';
import { storedPhone } from '../leadByPhone';
import { leadFieldNames, leads, leadSources, leadStages, uniqueLeadFields, users } from '../lookups';
import { readOperations } from './leadReads';
import { removeOperations } from './leadRemove';

const docs = 'https://apidocs.leadsquared.com';

/** The members of a lead go as a list of attributes. https://apidocs.leadsquared.com/create-a-lead/ */
const pairs = { name: 'Attribute', of: 'Lead' } as const;

const phoneWords =
	'Number with country code, such as +91-9876543210; LeadSquared adds the country of the account to others';
const identity = {
	FirstName: text('First Name').example('Priya'),
	LastName: text('Last Name').example('Sharma'),
	EmailAddress: email('Email'),
	Phone: storedPhone('Phone').describe(phoneWords),
};
const { FirstName, LastName } = identity;
const reachedBy = { EmailAddress: identity.EmailAddress.open(), Phone: identity.Phone.open() };
const details = {
	ProspectStage: pickName('Stage', leadStages).describe('Stage of the lead, as it is set up in the account'),
	Source: pickName('Source', leadSources).describe('Where the lead came from, as it is set up in the account'),
	OwnerId: pick('Owner', users).describe('User whose lead it is'),
};
const otherFields = 'Fields that leads of the account have beside those of this form, custom ones among them';
const changes = mapper('Other Fields', leadChanges).spread().describe(otherFields);
const postUpdatedLead = toggle('Trigger Automations')
	.default(true)
	.open()
	.in('query')
	.describe(
		'Whether an update runs automations, webhooks and rules, as it does in LeadSquared. Without it they stay silent.',
	);
const SearchBy = pickName('Search By', uniqueLeadFields)
	.open()
	.describe('Unique field by whose value the lead is found. Without it LeadSquared takes the email, then the phone.');

type Given = Readonly<Partial<Record<keyof typeof identity, string>>>;

/** A rule: https://apidocs.leadsquared.com/create-a-lead/ */
const someIdentity = (input: Given): string | undefined =>
	Object.keys(identity).some((key) => input[key as keyof Given] !== undefined)
		? undefined
		: "'First Name', 'Last Name', 'Email' and 'Phone' are all empty, and a lead needs one of them";

/** A rule: a lead that nothing tells from the others would be made anew each time. */
function isFindable({
	SearchBy: field,
	leadFields,
	...given
}: Given & { SearchBy?: string; leadFields?: Record<string, unknown> }): string | undefined {
	const values: Readonly<Record<string, unknown>> = { ...leadFields, ...given };
	if (field !== undefined)
		return values[field] === undefined ? `'Search By' names ${formatValue(field)}, which has no value` : undefined;
	return given.EmailAddress || given.Phone
		? undefined
		: "'Email', 'Phone' and 'Search By' are all empty, and one of them has to say which lead is meant";
}

const upsert = { effect: 'writes', oneAtATime: true, output: 'Message', pairs } as const;

const nothingChanged = ({ AffectedRows }: { AffectedRows?: unknown }) =>
	AffectedRows === 0
		? 'LeadSquared changed no lead: none may have this ID, or the user of the key may not change it'
		: undefined;

const create = operation({
	name: 'Create',
	action: 'Create lead',
	description: 'Create a lead. LeadSquared refuses one whose unique fields another lead has already.',
	request: 'POST /LeadManagement.svc/Lead.Create',
	effect: 'writes',
	page: `${docs}/create-a-lead/`,
	contract: 'createLead',
	output: 'Message',
	pairs,
	batch: createInBulk,
	remark: changedInstead,
	fields: {
		FirstName: FirstName.open(),
		LastName: LastName.open(),
		...reachedBy,
		leadFields: mapper('Other Fields', otherLeadFields).spread().describe(otherFields),
		...details,
	},
	rules: [someIdentity],
});

const LeadUpdateBehavior = choice('Existing Lead', [
	{ value: 'DoNotUpdate', name: 'Leave as It Is' },
	{ value: 'UpdateOnlyEmptyFields', name: 'Fill In Empty Fields' },
	{ value: 'DoNotUpdateUniqueFields', name: 'Update All but Unique Fields' },
])
	.in('query')
	.describe('What becomes of a lead that is there already; without it all given fields but the source are updated');

const capture = operation({
	...upsert,
	name: 'Capture',
	action: 'Capture lead',
	description: 'Create a lead, or update the one with the same unique field as LeadSquared captures leads of a website',
	request: 'POST /LeadManagement.svc/Lead.Capture',
	page: `${docs}/capture-lead/`,
	contract: 'captureLead',
	fields: { ...reachedBy, SearchBy, leadFields: changes, FirstName, LastName, LeadUpdateBehavior, ...details },
	rules: [isFindable],
});

const createOrUpdate = operation({
	...upsert,
	name: 'Create or Update',
	action: 'Create or update lead',
	description: 'Create a lead, or update the one that has the same unique field (upsert)',
	request: 'POST /LeadManagement.svc/Lead.CreateOrUpdate',
	page: `${docs}/create-or-update/`,
	contract: 'createOrUpdateLead',
	fields: { ...reachedBy, SearchBy, postUpdatedLead, leadFields: changes, FirstName, LastName, ...details },
	rules: [isFindable],
});

const update = operation({
	name: 'Update',
	action: 'Update lead',
	description: 'Change the given fields of a lead and leave the others as they are',
	request: 'POST /LeadManagement.svc/Lead.Update',
	effect: 'writes',
	updates: true,
	page: `${docs}/update-a-lead/`,
	contract: 'updateLead',
	output: 'Message',
	pairs,
	batch: updateInBulk,
	remark: nothingChanged,
	fields: {
		leadId: pick('Lead', leads).required().ordered().in('query'),
		postUpdatedLead,
		leadFields: changes,
		...identity,
		...details,
	},
});

const LeadIds = list('Lead IDs', uuid('Lead ID'))
	.required()
	.example(leads.example)
	.describe('IDs of the leads, as a list or with commas');
const LeadFields = nested({
	Attribute: pickName('Field', leadFieldNames).required(),
	Value: text('Value')
		.required()
		.example('Prospect')
		.describe('Value for all these leads; dates in UTC, such as 2026-07-01 09:00:00'),
});

const setField = operation({
	name: 'Set One Field of Several',
	action: 'Set one field of several leads',
	description: 'Set one field of up to 50 leads to the same value',
	request: 'POST /LeadManagement.svc/Lead/Bulk/Update',
	effect: 'writes',
	bulk: true,
	oneAtATime: true,
	page: `${docs}/bulk-update/`,
	contract: 'bulkUpdateLeadsOneField',
	output: 'Message',
	remark: nothingChanged,
	fields: { LeadIds, LeadFields },
	leftOut: { 'LeadFields.Fields': 'belongs to custom field sets, whose fields no list of LeadSquared describes' },
	rules: [
		({ LeadIds }) => (LeadIds.length > 50 ? `'Lead IDs' takes at most 50 IDs, and got ${LeadIds.length}` : undefined),
	],
});

export const lead: Resource = {
	name: 'Lead',
	operations: { capture, create, createOrUpdate, setField, update, ...readOperations, ...removeOperations },
};
