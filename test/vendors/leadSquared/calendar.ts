import type { Reply } from '../../sandbox/types';
import { answered, invalidInput, paged, pageOf, type Area, type Row } from './answers';
import { detailOf } from './lists';
import { matchesGroups } from './search';
import type { State, User } from './state';
import { taskRow } from './tasks';

const DAY_MS = 24 * 60 * 60_000;

/** Longest range of a request. https://apidocs.leadsquared.com/get-available-slots-of-users-by-user-email-address/ */
const MOST_DAYS = 100;

/** Appointments, to-dos and free slots of users, by days. */
export function calendarHandlers(state: State): Area {
	const tasks =
		(category: number, member: 'ID' | 'EmailAddress') =>
		({ body }: { body: Row }) => {
			const days = daysIn(body);
			const owners = usersNamed(state, member, body.Users).map(({ ID }) => ID);
			const found = [...state.tasks.values()].filter(
				({ Category, OwnerId, DueDate }) =>
					Category === category && owners.includes(OwnerId as string) && days.includes(String(DueDate).slice(0, 10)),
			);
			return pageOf(
				found.map((task) => taskRow(state, task)),
				body,
			);
		};
	return {
		reads: {
			getAppointmentsByUserId: tasks(0, 'ID'),
			getAppointmentsByUserEmail: tasks(0, 'EmailAddress'),
			getToDosByUserId: tasks(1, 'ID'),
			getAvailableSlotsByUserEmail: ({ body }) => slots(usersNamed(state, 'EmailAddress', body.Users), body),
			getAvailableSlotsByCriteria: ({ body }) => {
				const { GroupConditions } = body.UserSearchCriteria as { GroupConditions: Row[] };
				return slots(
					state.users.filter((user) => matchesGroups(detailOf(user), GroupConditions)),
					body,
				);
			},
		},
		writes: {},
	};
}

const usersNamed = ({ users }: State, member: 'ID' | 'EmailAddress', wanted: unknown) =>
	users.filter((user) => (wanted as string[]).some((one) => one.toLowerCase() === user[member].toLowerCase()));

/** @throws {Refusal} when the range ends before it begins, or is too long */
function daysIn({ FromDate, ToDate }: Row): string[] {
	const [first, last] = [FromDate, ToDate].map((day) => Date.parse(String(day)));
	const count = (last - first) / DAY_MS;
	if (count < 0 || count > MOST_DAYS)
		throw invalidInput(`The difference between FromDate and ToDate is between 0 and ${MOST_DAYS} days`);
	return Array.from({ length: count + 1 }, (_, index) => new Date(first + index * DAY_MS).toISOString().slice(0, 10));
}

/** Nobody works on Saturdays and Sundays here; how free slots are written is cut off in the vendor's page. */
function slots(users: readonly User[], body: Row): Reply {
	const days = users.length === 0 ? [] : daysIn(body);
	const isWeekend = (day: string) => [0, 6].includes(new Date(day).getUTCDay());
	const List = paged(days, body.Paging).map((day) => ({
		Date: day,
		UserSlots: users.map(({ ID }) => ({ UserId: ID, NoSlotsReason: isWeekend(day) ? 'NotScheduled' : null })),
	}));
	return answered({ RecordCount: days.length, List });
}
