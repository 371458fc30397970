import type { IDataObject } from 'n8n-workflow';
import { wordsOf } from '../shared/base/json';
import { readDay } from '../shared/base/moments';
import type { Circumstances, PollTrigger } from '../shared/trigger/polled';
import { pages, syncroChat } from './vendor';

/** The window is by our clock, which may go differently from the CRM's. */
const OVERLAP_MS = 10 * 60 * 1000;

/** Days have no zone: the one before counts too. */
const DAY_MS = 24 * 60 * 60 * 1000;

const dayOf = (moment: Date, zone: string) => readDay(moment.toISOString(), zone);

/** Whether a pending task is due: from its time on, or from the beginning of its day. */
function isDue({ due_date, due_time }: IDataObject, { now, zone }: Circumstances): boolean {
	const clock = new Intl.DateTimeFormat('en-GB', { timeZone: zone, hour: '2-digit', minute: '2-digit' }).format(now);
	return `${wordsOf(due_date)} ${wordsOf(due_time ?? '').slice(0, 5)}` <= `${dayOf(now, zone)} ${clock}`;
}

export const pollTrigger: PollTrigger = {
	vendor: syncroChat,
	events: {
		lead_changed: {
			name: 'Lead Created or Updated',
			description: 'Leads carry no time of change: one whose visible fields are the same within ten minutes counts once',
			request: 'GET /leads',
			contract: 'listLeads',
			page: 'https://docs.syncro.chat/en/leads',
			confidence: 'documented',
			pages,
			overlapMs: OVERLAP_MS,
			by: { window: (from) => ({ updated_since: from.toISOString() }), change: (lead) => lead },
		},
		lead_created: {
			name: 'Lead Created',
			request: 'GET /leads',
			contract: 'listLeads',
			page: 'https://docs.syncro.chat/en/leads',
			confidence: 'documented',
			pages,
			overlapMs: DAY_MS,
			by: { window: (from, { zone }) => ({ created_from: dayOf(from, zone) }), change: ({ id }) => id },
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
				is: isDue,
			},
		},
	},
};
