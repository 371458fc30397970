import type { Reply } from '../../sandbox/types';
import { removeActivity } from './activityRules';
import {
	answered,
	included,
	invalidInput,
	isBetween,
	known,
	memberNamed,
	paged,
	pageOf,
	sorted,
	succeeded,
	type Area,
	type Row,
} from './answers';
import { bulkLeadWrites } from './bulkLeads';
import {
	captureLead,
	changeLead,
	createLead,
	leadBy,
	leadRow,
	membersIn,
	searchByIn,
	type Attribute,
	type UpdateBehavior,
} from './leadRules';
import { membersOf } from './lists';
import { matchesLookup, matchesSearch } from './search';
import type { Lead, State } from './state';

/** Most leads in one answer of RecentlyModified. https://apidocs.leadsquared.com/get-leads-by-date-range/ */
const MOST_MODIFIED = 5000;

const attributesOf = (body: unknown) => body as Attribute[];
const digitsOf = (phone: unknown) => String(phone ?? '').replace(/\D/g, '');

/** A lead as a list of attributes, as the vendor gives it where leads come in pages. */
const asProperties = (row: Row): Row => ({
	LeadPropertyList: Object.entries(row).map(([Attribute, Value]) => ({ Attribute, Value })),
});

export function leadHandlers(state: State): Area {
	return {
		reads: { ...lookups(state), ...searches(state) },
		writes: { ...singleWrites(state), ...bulkLeadWrites(state) },
	};
}

function singleWrites(state: State): Area['writes'] {
	const lead = (id: unknown) => known('Lead', id, state.leads.get(String(id)));
	const created = ({ ProspectID }: Lead) => succeeded({ Id: ProspectID });
	return {
		createLead: ({ body }) => created(createLead(state, membersIn(state, attributesOf(body)))),
		captureLead: ({ body, query }) => {
			const { lead: found, changed } = captureLead(
				state,
				attributesOf(body),
				query.LeadUpdateBehavior as UpdateBehavior | undefined,
			);
			return { ...created(found), unchanged: !changed };
		},
		createOrUpdateLead: ({ body }) => {
			const members = membersIn(state, attributesOf(body));
			const searchBy = searchByIn(attributesOf(body));
			const found = (searchBy ? [searchBy] : ['EmailAddress', 'Phone'])
				.map((name) => leadBy(state, name, members[name]))
				.find(Boolean);
			if (!found) return created(createLead(state, members));
			changeLead(state, found, members);
			return created(found);
		},
		updateLead: ({ body, query }) => {
			changeLead(state, lead(query.leadId), membersIn(state, attributesOf(body)));
			return succeeded({ AffectedRows: 1 });
		},
		deleteLead: ({ query }) => {
			const { ProspectID: id } = lead(query.leadId);
			state.leads.delete(id);
			for (const { members } of state.lists.values()) members.delete(id);
			for (const [key, { RelatedProspectId }] of state.activities)
				if (RelatedProspectId === id) removeActivity(state, key);
			for (const [key, { RelatedProspectId }] of state.notes) if (RelatedProspectId === id) state.notes.delete(key);
			for (const [key, { RelatedEntityId }] of state.tasks) if (RelatedEntityId === id) state.tasks.delete(key);
			for (const [key, { ProspectId }] of state.sales) if (ProspectId === id) state.sales.delete(key);
			return succeeded();
		},
		resetLead: ({ body }) => resetLead(state, lead(body.ProspectId).ProspectID, body),
	};
}

function resetLead(
	state: State,
	id: string,
	{ TaskTypeList = [], ActivityEventList = [], ShouldDeleteProspectNotes, ...range }: Row,
): Reply {
	const types = TaskTypeList as string[];
	const events = ActivityEventList as number[];
	const before = state.tasks.size + state.activities.size + state.notes.size;
	for (const [key, task] of state.tasks) {
		if (
			task.RelatedEntityId === id &&
			types.includes((task.TaskType as { Id: string }).Id) &&
			isBetween(task.CreatedOn, range)
		)
			state.tasks.delete(key);
	}
	for (const [key, { RelatedProspectId, ActivityEvent, CreatedOn }] of state.activities) {
		if (RelatedProspectId === id && events.includes(ActivityEvent) && isBetween(CreatedOn, range))
			removeActivity(state, key);
	}
	for (const [key, note] of state.notes) {
		if (ShouldDeleteProspectNotes && note.RelatedProspectId === id && isBetween(note.CreatedOn, range))
			state.notes.delete(key);
	}
	return { ...succeeded(), unchanged: before === state.tasks.size + state.activities.size + state.notes.size };
}

const SEARCHED = ['FirstName', 'LastName', 'EmailAddress', 'Phone', 'Mobile', 'Company', 'mx_City', 'mx_Country'];

function lookups(state: State): Area['reads'] {
	const rows = (leads: Array<Lead | undefined>) =>
		answered(leads.flatMap((lead) => (lead ? [leadRow(state, lead)] : [])));
	return {
		getLeadById: ({ query }) => rows([state.leads.get(String(query.id))]),
		getLeadByEmail: ({ query }) => rows([leadBy(state, 'EmailAddress', query.emailaddress)]),
		// With or without the country code, which a hyphen ends.
		getLeadByPhone: ({ query }) => {
			const wanted = digitsOf(query.phone);
			const isMeant = (phone: unknown) =>
				wanted !== '' && [phone, String(phone).replace(/^\+\d+-/, '')].some((form) => digitsOf(form) === wanted);
			return rows([[...state.leads.values()].find(({ Phone, Mobile }) => isMeant(Phone) || isMeant(Mobile))]);
		},
		quickSearchLeads: ({ query }) => {
			const words = String(query.key).toLowerCase();
			return rows(
				[...state.leads.values()].filter((lead) => SEARCHED.some((name) => lead[name]?.toLowerCase().includes(words))),
			);
		},
	};
}

function searches(state: State): Area['reads'] {
	const all = () => [...state.leads.values()].map((lead) => leadRow(state, lead));
	return {
		searchLeads: ({ body: { Parameter, Columns, Sorting, Paging } }) => {
			const found = all().filter((lead) => matchesLookup(lead, Parameter as Row));
			return answered(paged(sorted(found, Sorting), Paging).map((lead) => included(lead, Columns, ['ProspectID'])));
		},
		getLeadsByDateRange: ({ body }) => {
			const found = all().filter(({ LeadLastModifiedOn }) => isBetween(LeadLastModifiedOn, body.Parameter as Row));
			const shape = (lead: Row) => asProperties({ ...included(lead, body.Columns, ['ProspectID']), CanUpdate: 'true' });
			return pageOf(found, body, { member: 'Leads', most: MOST_MODIFIED, shape });
		},
		getLeadsInListOrSearch: ({ body }) => {
			const { ListId, AdvancedSearchTextNew } = body.SearchParameters as {
				ListId?: string;
				AdvancedSearchTextNew?: string;
			};
			if (!ListId && !AdvancedSearchTextNew)
				throw invalidInput("'ListId' or 'AdvancedSearchTextNew' is wanted in 'SearchParameters'");
			const members = ListId ? membersOf(state, known('List', ListId, state.lists.get(ListId))) : undefined;
			const matches = AdvancedSearchTextNew ? matchesSearch(AdvancedSearchTextNew) : () => true;
			const found = all().filter(
				(lead) => (members?.has(lead.ProspectID as string) ?? true) && matches((name) => memberNamed(lead, name)),
			);
			return pageOf(found, body, {
				member: 'Leads',
				shape: (lead) => asProperties(included(lead, body.Columns, ['ProspectID'])),
			});
		},
		getLeadsByIds: ({ body }) => {
			const { LeadIds } = body.SearchParameters as { LeadIds: string[] };
			const found = all().filter(({ ProspectID }) => LeadIds.includes(ProspectID as string));
			return pageOf(found, body, { member: 'Leads', shape: (lead) => included(lead, body.Columns, ['ProspectID']) });
		},
	};
}
