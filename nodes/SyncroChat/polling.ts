import type { IDataObject } from 'n8n-workflow';
import { toText } from '../shared/base/json';
import { parseDate } from '../shared/base/dates';
import type { PollContext, PollTrigger } from '../shared/trigger/polled';
import { pages, syncroChat } from './vendor';

/** The window is by our clock, which may go differently from the CRM's. */
const OVERLAP_MS = 10 * 60 * 1000;

/** Days have no zone: the one before counts too. */
const DAY_MS = 24 * 60 * 60 * 1000;

const dayOf = (moment: Date, zone: string) => parseDate(moment.toISOString(), zone);

/** Whether a record tells no moment, or one that is not long before what was asked for: days have no zone. */
const isSince = (member: string) => (record: IDataObject, from: Date) =>
	!(Date.parse(toText(record[member] ?? '')) < from.getTime() - 2 * DAY_MS);

/** Whether a task is one that was asked for: pending, with a day that is not before the window. */
function isPendingSince({ status, due_date }: IDataObject, from: Date, { zone }: PollContext): boolean {
	const day = toText(due_date ?? '').slice(0, 10);
	return (status === undefined || status === 'pending') && /^\d{4}-\d\d-\d\d$/.test(day) && day >= dayOf(from, zone)!;
}

/** Whether a pending task is due: from its time on, or from the beginning of its day. */
function isDue({ due_date, due_time }: IDataObject, { now, zone }: PollContext): boolean {
	const clock = new Intl.DateTimeFormat('en-GB', { timeZone: zone, hour: '2-digit', minute: '2-digit' }).format(now);
	return `${toText(due_date)} ${toText(due_time ?? '').slice(0, 5)}` <= `${dayOf(now, zone)} ${clock}`;
}

export const pollTrigger: PollTrigger = {
	vendor: syncroChat,
	events: {
		lead_changed: {
			name: 'Lead Created or Updated',
			description:
				'Leads carry no time of change: one whose visible fields are the same within ten minutes counts once',
			request: 'GET /leads',
			contract: 'listLeads',
			page: 'https://docs.syncro.chat/en/leads',
			confidence: 'documented',
			pages,
			overlapMs: OVERLAP_MS,
			by: {
				window: (from) => ({ updated_since: from.toISOString() }),
				change: (lead) => lead,
				fits: isSince('updated_at'),
			},
		},
		lead_created: {
			name: 'Lead Created',
			request: 'GET /leads',
			contract: 'listLeads',
			page: 'https://docs.syncro.chat/en/leads',
			confidence: 'documented',
			pages,
			overlapMs: DAY_MS,
			by: {
				window: (from, { zone }) => ({ created_from: dayOf(from, zone) }),
				change: ({ id }) => id,
				fits: isSince('created_at'),
			},
		},
		task_due: {
			name: 'Task Due',
			description: 'A pending task whose day, and time where it has one, has come, in the time zone of the workflow',
			request: 'GET /tasks',
			contract: 'listTasks',
			page: 'https://docs.syncro.chat/pt-BR/tasks',
			confidence: 'documented',
			pages,
			overlapMs: DAY_MS,
			by: {
				window: (from, { now, zone }) => ({ status: 'pending', due_from: dayOf(from, zone), due_to: dayOf(now, zone) }),
				change: ({ id, due_date, due_time }) => [id, due_date, due_time],
				fits: isPendingSince,
				is: isDue,
			},
		},
	},
};
