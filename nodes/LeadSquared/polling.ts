import type { IDataObject } from 'n8n-workflow';
import { pick } from '../shared/fields';
import type { ByMoment, ByWindow, PollContext, PolledEvent, PollTrigger } from '../shared/trigger/polled';
import { activityType } from './events';
import { opportunityTypes } from './lookups';
import { pagesOf } from './pages';
import { leadSquared } from './vendor';

/** What a job or an import of the CRM writes may carry a moment of minutes before. */
const OVERLAP_MS = 10 * 60 * 1000;

const DAY_MS = 24 * 60 * 60 * 1000;

/** How far back the newest records are looked for: years of an account may be too much for one answer. */
const RECENT_MS = 30 * DAY_MS;

/** Leads may be up to 5,000 a page, which is more than an answer of all their fields can be. https://apidocs.leadsquared.com/get-leads-by-date-range/ */
const LEADS = 500;

/** Rows of a page in the vendor's examples; no page says how many there may be. https://apidocs.leadsquared.com/search-by-lead-criteria/ */
const ROWS = 100;

const docs = 'https://apidocs.leadsquared.com';

/** UTC without T, Z and milliseconds. https://apidocs.leadsquared.com/create-task-appointment/ */
const written = (moment: Date) => moment.toISOString().slice(0, 19).replace('T', ' ');
const before = ({ now }: PollContext, ms: number) => new Date(now.getTime() - ms);

/** A span that has not ended yet, so that what is changed while it is read stays in it. */
const span = (from: Date, at: PollContext) => ({ FromDate: written(from), ToDate: written(before(at, -DAY_MS)) });

/** Direction 0 is ascending, 1 descending. https://apidocs.leadsquared.com/search-by-lead-criteria/ */
const sorted = (ColumnName: string, Direction: '0' | '1') => ({ Sorting: { ColumnName, Direction } });

/** @param since request members for the records from a moment on */
const inOrderOf = (moment: string, since: (from: Date, at: PollContext) => IDataObject): ByMoment => ({
	moment,
	from: (from, at) => ({ ...since(from, at), ...sorted(moment, '0') }),
	newest: (at) => ({ ...since(before(at, RECENT_MS), at), ...sorted(moment, '1') }),
});

const documented = { confidence: 'documented', overlapMs: OVERLAP_MS } as const;

const createdSince = (from: Date) => ({
	Parameter: { LookupName: 'CreatedOn', SqlOperator: '>=', LookupValue: written(from) },
});

/** No page names the member of a lead with the time of change that this list goes by, so that it cannot be followed; its number stays. */
const leadsInSpan: ByWindow = {
	window: (from, at) => ({ Parameter: span(from, at), ...sorted('ProspectAutoId', '0') }),
	newest: (at) => ({ Parameter: span(before(at, RECENT_MS), at), ...sorted('ProspectAutoId', '1') }),
	change: (lead) => lead,
};

const types = {
	activityType,
	opportunityType: pick('Opportunity Type', opportunityTypes)
		.required()
		.describe('Type of the opportunities, as it is set up in the account; its code works as well'),
};

/** Activities of a type by their time of change; opportunities are activities of types of their own. */
const activities = (name: string, field: keyof typeof types): PolledEvent => ({
	name,
	request: 'POST /ProspectActivity.svc/CustomActivity/RetrieveByActivityEvent',
	contract: 'getActivitiesByType',
	page: `${docs}/bulk-retrieve-activities-by-activity-event/`,
	pages: pagesOf('List', ROWS),
	fields: { [field]: types[field] },
	...documented,
	by: {
		...inOrderOf('ModifiedOn', (from, at) => ({ Parameter: { ...span(from, at), ActivityEvent: at.given[field] } })),
		fits: ({ ActivityEvent: type }, _from, { given }) => Number(type ?? given[field]) === Number(given[field]),
	},
});

export const pollTrigger: PollTrigger = {
	vendor: leadSquared,
	events: {
		lead_created: {
			name: 'Lead Created',
			request: 'POST /LeadManagement.svc/Leads.Get',
			contract: 'searchLeads',
			page: `${docs}/search-by-lead-criteria/`,
			pages: pagesOf(undefined, ROWS),
			...documented,
			by: { ...inOrderOf('CreatedOn', createdSince), change: ({ ProspectID }) => ProspectID },
		},
		lead_changed: {
			name: 'Lead Created or Updated',
			description: 'LeadSquared counts a change of the activities and tasks of a lead as well',
			request: 'POST /LeadManagement.svc/Leads.RecentlyModified',
			contract: 'getLeadsByDateRange',
			page: `${docs}/get-leads-by-date-range/`,
			pages: pagesOf('Leads', LEADS),
			...documented,
			by: leadsInSpan,
		},
		activity_changed: activities('Activity Created or Updated', 'activityType'),
		opportunity_changed: activities('Opportunity Created or Updated', 'opportunityType'),
	},
};
