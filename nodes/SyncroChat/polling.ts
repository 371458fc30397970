import type { IDataObject } from 'n8n-workflow';
import { toText } from '../shared/base/json';
import { parseDate } from '../shared/base/dates';
import type { PollContext, PollTrigger } from '../shared/trigger/polled';
import { pages, syncroChat } from './vendor';

/** The window uses n8n's clock, which may differ from the CRM's clock. */
const OVERLAP_MS = 10 * 60 * 1000;

/** A day has no time zone, so the window includes the day before. */
const DAY_MS = 24 * 60 * 60 * 1000;

const dayOf = (date: Date, zone: string) => parseDate(date.toISOString(), zone);

/** Returns whether a record has no timestamp, or one at most two days before the window, because a day has no time zone. */
const isSince = (property: string) => (record: IDataObject, from: Date) =>
	!(Date.parse(toText(record[property] ?? '')) < from.getTime() - 2 * DAY_MS);

/** Returns whether a task matches the request: it is pending and not due before the window. */
function isPendingSince({ status, due_date }: IDataObject, from: Date, { zone }: PollContext): boolean {
	const day = toText(due_date ?? '').slice(0, 10);
	return (status === undefined || status === 'pending') && /^\d{4}-\d\d-\d\d$/.test(day) && day >= dayOf(from, zone)!;
}

/** Returns whether a pending task is due: from its time on, or without a time from the start of its day. */
function isDue({ due_date, due_time }: IDataObject, { now, zone }: PollContext): boolean {
	const clock = new Intl.DateTimeFormat('en-GB', { timeZone: zone, hour: '2-digit', minute: '2-digit' }).format(now);
	return `${toText(due_date)} ${toText(due_time ?? '').slice(0, 5)}` <= `${dayOf(now, zone)} ${clock}`;
}

export const pollTrigger: PollTrigger = {
	vendor: syncroChat,
	events: {
		lead_changed: {
			name: 'Lead Created or Updated',
			description: 'Leads have no update time. A lead with the same visible fields within ten minutes counts once.',
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
			description: "A pending task has reached its due date, and its due time if set, in the workflow's time zone",
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
