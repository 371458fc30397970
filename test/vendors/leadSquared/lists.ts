import { randomUUID } from 'node:crypto';
import { answered, included, invalidInput, known, paged, sorted, succeeded, type Area, type Row } from './answers';
import { matchesGroups } from './search';
import { seeded, type List, type State, type User } from './state';

/** Lists in one answer of Lists.Get; the page names no number. */
const LISTS_PER_PAGE = 100;

/** The vendor's numbers of the kinds of lists. https://apidocs.leadsquared.com/get-lists/ */
const listTypes: Record<string, string> = { 0: 'static', 1: 'dynamic', 2: 'refreshable' };

export function listHandlers(state: State): Area {
	return { reads: { ...userReads(state), ...listReads(state) }, writes: listWrites(state) };
}

/** @throws {Refusal} when nobody has it */
export const userBy = ({ users }: State, member: 'ID' | 'EmailAddress', value: unknown): User =>
	known(
		'User',
		value,
		users.find((user) => user[member].toLowerCase() === String(value).toLowerCase()),
	);

/** A user as the detail operations give it, where ID is called UserId. */
export const detailOf = ({ ID, ...user }: User): Row => ({
	UserId: ID,
	...user,
	TimeZone: 'Asia/Kolkata',
	IsPhoneCallAgent: true,
	OrgId: 22824,
	TeamId: seeded.team,
	TeamName: 'Sales',
	Groups: [{ Id: seeded.group, Name: 'North' }],
});

function userReads(state: State): Area['reads'] {
	const active = (member: 'ID' | 'EmailAddress', value: unknown) =>
		answered(
			state.users
				.filter((user) => user.StatusCode === 0 && user[member].toLowerCase() === String(value).toLowerCase())
				.map(detailOf),
		);
	return {
		getUsers: () =>
			answered(state.users.map((user) => ({ ...user, MemberOfGroups: ['North'], Tag: null, IsPhoneCallAgent: false }))),
		getUserById: ({ query }) => active('ID', query.userId),
		getUserByEmail: ({ query }) => active('EmailAddress', query.emailAddress),
		searchUsers: ({ body }) => {
			const found = state.users.map(detailOf).filter((user) => matchesGroups(user, body.GroupConditions as Row[]));
			const [Sorting] = (body.Sorting ?? []) as Row[];
			return answered({
				RecordCount: found.length,
				Users: paged(sorted(found, Sorting), body.Paging).map((user) => withNulls(user, body.Columns)),
			});
		},
	};
}

/** What Include_CSV leaves out is null; "*" names all. */
function withNulls(user: Row, Columns: unknown): Row {
	const csv = String((Columns as Row | undefined)?.Include_CSV ?? '*');
	if (csv.trim() === '*') return user;
	const { Groups: _groups, ...plain } = user;
	const kept = included(plain, Columns, ['UserId']);
	return { ...Object.fromEntries(Object.keys(plain).map((name) => [name, null])), ...kept };
}

/** IDs of the leads in a list; those of the dynamic one are the customers of the moment. */
export function membersOf({ leads }: State, { ListType, members }: List): Set<string> {
	if (ListType === 'static') return members;
	return new Set(
		[...leads.values()].filter(({ ProspectStage }) => ProspectStage === 'Customer').map(({ ProspectID }) => ProspectID),
	);
}

function listReads(state: State): Area['reads'] {
	return {
		getLists: ({ query }) => {
			const words = String(query.SearchText ?? '').toLowerCase();
			const found = [...state.lists.values()].filter(
				({ ListName, ListType }) =>
					ListName.toLowerCase().includes(words) &&
					(query.ListType === undefined || listTypes[String(query.ListType)] === ListType),
			);
			const page = paged(found, { PageIndex: query.PageIndex ?? 1 }, { usual: LISTS_PER_PAGE });
			return answered(
				page.map(({ members: _members, ...list }) => ({
					...list,
					MemberCount: membersOf(state, state.lists.get(list.ListId)!).size,
				})),
			);
		},
	};
}

function listWrites(state: State): Area['writes'] {
	const list = (id: unknown) => {
		const found = known('List', id, state.lists.get(String(id)));
		if (found.ListType !== 'static') throw invalidInput(`List '${found.ListName}' is not static`);
		return found;
	};
	const add = ({ members }: List, ids: readonly string[]) => {
		const added = ids.filter((id) => state.leads.has(id) && !members.has(id));
		added.forEach((id) => members.add(id));
		return added.length;
	};
	const lead = (id: unknown) => known('Lead', id, state.leads.get(String(id))).ProspectID;
	return {
		createStaticList: ({ body }) => {
			const ListId = randomUUID();
			state.lists.set(ListId, {
				ListId,
				ListName: String(body.Name),
				ListDescription: String(body.Description ?? ''),
				ListType: 'static',
				members: new Set(),
			});
			return succeeded({ Id: ListId });
		},
		addLeadsToList: ({ body }) => {
			const added = add(list(body.listId), body.leadIds as string[]);
			return { ...succeeded({ Message: `Successfully added ${added} lead(s) to list` }), unchanged: added === 0 };
		},
		addLeadToList: ({ query }) => {
			const id = lead(query.leadId);
			const AffectedRows = add(list(query.listId), [id]);
			return { ...succeeded({ Id: id, AffectedRows }), unchanged: AffectedRows === 0 };
		},
		removeLeadFromList: ({ query }) => {
			const removed = list(query.ListId).members.delete(lead(query.LeadID));
			return { ...succeeded({ Message: 'Successfully removed lead from list' }), unchanged: !removed };
		},
		emptyStaticList: ({ query }) => {
			const { ListId, members } = list(query.ListId);
			const unchanged = members.size === 0;
			members.clear();
			return { ...succeeded({ Id: ListId }), unchanged };
		},
	};
}
