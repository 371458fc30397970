import { invalidInput, now, Refusal, type Row } from './answers';
import { newLead, type Lead, type State } from './state';

/** One member of a lead as requests write it. */
export interface Attribute extends Row {
	Attribute: string;
	Value: unknown;
}

const textOf = (value: unknown) =>
	value === null || value === undefined || value === ''
		? null
		: typeof value === 'boolean'
			? String(Number(value))
			: String(value);
const plain = (value: unknown) => String(value ?? '').toLowerCase();
const same = (a: unknown, b: unknown) => plain(a) === plain(b);

/** What a value of a data type looks like; the others are not looked at. */
const forms: Record<string, RegExp> = {
	Number: /^-?[\d,]+(\.\d+)?$/,
	Date: /^\d{4}-\d{2}-\d{2}( \d{2}:\d{2}:\d{2}(\.\d{1,3})?)?$/,
	Email: /^[^@\s]+@[^@\s]+$/,
	Boolean: /^(0|1|true|false|yes|no)$/i,
};

/**
 * The members of a lead that a request gives, as text.
 *
 * @throws {Refusal} for a name that is no lead field, and for a value that its data type does not take
 */
export function membersIn({ fields }: State, attributes: readonly Attribute[]): Record<string, string | null> {
	const given = attributes.filter(({ Attribute }) => Attribute !== 'SearchBy');
	const byName = new Map(fields.map((field) => [plain(field.SchemaName), field]));
	return Object.fromEntries(
		given.map(({ Attribute: name, Value }) => {
			const field = byName.get(plain(name));
			if (!field) throw invalidInput(`Invalid input: '${name}' is not a lead field`);
			const text = textOf(Value);
			const form = forms[field.DataType as string];
			if (text !== null && form && !form.test(text)) {
				throw new Refusal(
					'MXInvalidDataTypeException',
					`Value '${text}' of '${name}' is not of data type '${String(field.DataType)}'`,
				);
			}
			return [field.SchemaName as string, text];
		}),
	);
}

export const searchByIn = (attributes: readonly Attribute[]) =>
	attributes.find(({ Attribute }) => Attribute === 'SearchBy')?.Value as string | undefined;

export function leadBy({ leads }: State, name: string, value: unknown): Lead | undefined {
	if (textOf(value) === null) return undefined;
	const wanted = plain(value);
	for (const lead of leads.values()) if (plain(lead[name]) === wanted) return lead;
	return undefined;
}

/** @throws {Refusal} when a field that is unique has the value of another lead */
function checkUnique(state: State, members: Row, self?: Lead): void {
	for (const { SchemaName, IsLeadIdentifier } of state.fields) {
		const name = SchemaName as string;
		if (!IsLeadIdentifier || name === 'ProspectID') continue;
		const other = leadBy(state, name, members[name]);
		if (other && other !== self)
			throw new Refusal(
				'MXDuplicateEntryException',
				`A Lead with same ${name} already exists: '${String(members[name])}'`,
			);
	}
}

/** @throws {Refusal} when it is nobody, or somebody that there is */
export function createLead(state: State, members: Record<string, string | null>): Lead {
	if (!['FirstName', 'LastName', 'EmailAddress', 'Phone'].some((name) => members[name])) {
		throw new Refusal(
			'MXMandatoryAttributeMissingException',
			"One of 'FirstName', 'LastName', 'EmailAddress', 'Phone' is mandatory for creating lead",
		);
	}
	checkUnique(state, members);
	const { ProspectID: _given, ...values } = members;
	state.lastLeadNumber += 1;
	const lead: Lead = { ...newLead(state.lastLeadNumber, now()), ...values };
	state.leads.set(lead.ProspectID, lead);
	return lead;
}

/** @throws {Refusal} when a unique value is another lead's */
export function changeLead(state: State, lead: Lead, members: Record<string, string | null>): void {
	checkUnique(state, members, lead);
	const { ProspectID: _id, ...values } = members;
	Object.assign(lead, values, { ModifiedOn: now(), LeadLastModifiedOn: now() });
}

/** What a capture does to a lead that there is. https://apidocs.leadsquared.com/capture-lead/ */
export type UpdateBehavior = 'DoNotUpdate' | 'UpdateOnlyEmptyFields' | 'DoNotUpdateUniqueFields';

function changesBy(
	{ fields }: State,
	behavior: UpdateBehavior | undefined,
	lead: Lead,
	members: Record<string, string | null>,
) {
	const isUnique = (name: string) =>
		fields.some(({ SchemaName, IsLeadIdentifier }) => SchemaName === name && IsLeadIdentifier);
	const taken = ([name]: [string, unknown]) => {
		if (behavior === 'DoNotUpdate' || (name === 'Source' && lead.Source)) return false;
		if (behavior === 'UpdateOnlyEmptyFields') return !lead[name];
		return behavior !== 'DoNotUpdateUniqueFields' || !isUnique(name);
	};
	return Object.fromEntries(Object.entries(members).filter(taken));
}

/** The lead that a capture means: by SearchBy when given, else by ID, e-mail and phone in this order. */
function captured(state: State, members: Row, searchBy: string | undefined): Lead | undefined {
	const all = members.ProspectID && members.EmailAddress && members.Phone;
	if (searchBy && !all) return leadBy(state, searchBy, members[searchBy]);
	for (const name of ['ProspectID', 'EmailAddress', 'Phone']) {
		const lead = leadBy(state, name, members[name]);
		if (lead)
			return name === 'ProspectID' && members.EmailAddress && !same(lead.EmailAddress, members.EmailAddress)
				? undefined
				: lead;
	}
	return undefined;
}

/** Creates or updates a lead as Lead.Capture does, which opportunities and activities do as well. */
export function captureLead(
	state: State,
	attributes: readonly Attribute[],
	behavior?: UpdateBehavior,
): { lead: Lead; changed: boolean } {
	const members = membersIn(state, attributes);
	const lead = captured(state, members, searchByIn(attributes));
	if (!lead) return { lead: createLead(state, members), changed: true };
	const changes = changesBy(state, behavior, lead, members);
	if (Object.keys(changes).length === 0) return { lead, changed: false };
	changeLead(state, lead, changes);
	return { lead, changed: true };
}

/** All fields of a lead, null where it has nothing. */
export function leadRow({ fields, users }: State, lead: Lead): Row {
	const owner = users.find(({ ID }) => ID === lead.OwnerId);
	return {
		...Object.fromEntries(fields.map(({ SchemaName }) => [SchemaName, null])),
		...lead,
		...(owner && { OwnerIdName: `${owner.FirstName} ${owner.LastName}`, OwnerIdEmailAddress: owner.EmailAddress }),
	};
}
