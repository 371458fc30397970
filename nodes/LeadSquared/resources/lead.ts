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

/** LeadSquared expects the fields of a lead as a list of attributes. https://apidocs.leadsquared.com/create-a-lead/ */
const pairs = { name: 'Attribute', of: 'Lead' } as const;

const phoneDescription =
	"Number with country code, such as +91-9876543210. LeadSquared adds the account's code to other numbers.";
const identity = {
	FirstName: text('First Name').example('Priya'),
	LastName: text('Last Name').example('Sharma'),
	EmailAddress: email('Email'),
	Phone: storedPhone('Phone').describe(phoneDescription),
};
const { FirstName, LastName } = identity;
const reachedBy = { EmailAddress: identity.EmailAddress.open(), Phone: identity.Phone.open() };
const details = {
	ProspectStage: pickName('Stage', leadStages).describe('Stage of the lead. The account defines the stages.'),
	Source: pickName('Source', leadSources).describe('Source of the lead. The account defines the sources.'),
	OwnerId: pick('Owner', users).describe('User who owns the lead'),
};
const otherFields = 'Other lead fields of the account, including custom fields';
const changes = mapper('Other Fields', leadChanges).spread().describe(otherFields);
const postUpdatedLead = toggle('Trigger Automations')
	.default(true)
	.open()
	.in('query')
	.describe('Whether an update runs automations, webhooks and rules, like an update in LeadSquared itself');
const SearchBy = pickName('Search By', uniqueLeadFields)
	.open()
	.describe('Unique field that identifies the lead. Without it, LeadSquared uses the email, then the phone number.');

type Given = Readonly<Partial<Record<keyof typeof identity, string>>>;

/** A rule: a new lead needs a name, an email or a phone number. https://apidocs.leadsquared.com/create-a-lead/ */
const someIdentity = (input: Given): string | undefined =>
	Object.keys(identity).some((key) => input[key as keyof Given] !== undefined)
		? undefined
		: "'First Name', 'Last Name', 'Email' and 'Phone' are all empty. Enter at least one of them";

/** A rule: without an identifying value, LeadSquared would create a new lead each time. */
function isFindable({
	SearchBy: field,
	leadFields,
	...given
}: Given & { SearchBy?: string; leadFields?: Record<string, unknown> }): string | undefined {
	const values: Readonly<Record<string, unknown>> = { ...leadFields, ...given };
	if (field !== undefined)
		return values[field] === undefined
			? `'Search By' must name a field that has a value, but ${formatValue(field)} has none`
			: undefined;
	return given.EmailAddress || given.Phone
		? undefined
		: "'Email', 'Phone' and 'Search By' are all empty. Enter one of them to identify the lead";
}

const upsert = { effect: 'writes', oneAtATime: true, output: 'Message', pairs } as const;

const nothingChanged = ({ AffectedRows }: { AffectedRows?: unknown }) =>
	AffectedRows === 0
		? 'LeadSquared changed no lead. The ID may not exist, or the user of the keys may not change the lead.'
		: undefined;

const create = operation({
	name: 'Create',
	action: 'Create lead',
	description: 'Create a lead. LeadSquared refuses a lead whose unique field another lead already has.',
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
	.describe('How to treat an existing lead. Without it, LeadSquared updates all given fields except the source.');

const capture = operation({
	...upsert,
	name: 'Capture',
	action: 'Capture lead',
	description: 'Create a lead, or update the lead with the same unique field, as LeadSquared does for website leads',
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
	description: 'Create a lead, or update the lead with the same unique field (upsert)',
	request: 'POST /LeadManagement.svc/Lead.CreateOrUpdate',
	page: `${docs}/create-or-update/`,
	contract: 'createOrUpdateLead',
	fields: { ...reachedBy, SearchBy, postUpdatedLead, leadFields: changes, FirstName, LastName, ...details },
	rules: [isFindable],
});

const update = operation({
	name: 'Update',
	action: 'Update lead',
	description: 'Update the given fields of a lead and keep the other fields',
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
	.describe('IDs of the leads, as a list or comma-separated');
const LeadFields = nested({
	Attribute: pickName('Field', leadFieldNames).required(),
	Value: text('Value')
		.required()
		.example('Prospect')
		.describe('Value for all these leads. Enter dates in UTC, such as 2026-07-01 09:00:00.'),
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
	leftOut: { 'LeadFields.Fields': 'belongs to custom field sets, whose fields LeadSquared does not list' },
	rules: [
		({ LeadIds }) =>
			LeadIds.length > 50 ? `'Lead IDs' must have at most 50 IDs, but has ${LeadIds.length}` : undefined,
	],
});

export const lead: Resource = {
	name: 'Lead',
	operations: { capture, create, createOrUpdate, setField, update, ...readOperations, ...removeOperations },
};
