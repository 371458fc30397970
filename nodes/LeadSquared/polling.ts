import type { IDataObject } from 'n8n-workflow';
import { pick } from '../shared/fields';
import type { ByMoment, ByWindow, PollContext, PolledEvent, PollTrigger } from '../shared/trigger/polled';
import { activityType } from './events';
import { opportunityTypes } from './lookups';
import { pagesOf } from './pages';
import { leadSquared } from './vendor';

/** A background job or an import of the CRM may write a record minutes after its timestamp. */
const OVERLAP_MS = 10 * 60 * 1000;

const DAY_MS = 24 * 60 * 60 * 1000;

/** Age of the oldest record in a test, in milliseconds. Years of an account may be too much for one response. */
const RECENT_MS = 30 * DAY_MS;

/** Leads per page. LeadSquared allows 5,000, but that many with all fields exceed the response limit. https://apidocs.leadsquared.com/get-leads-by-date-range/ */
const LEADS = 500;

/** Rows per page in the vendor's examples. The maximum is not documented. https://apidocs.leadsquared.com/search-by-lead-criteria/ */
const ROWS = 100;

const docs = 'https://apidocs.leadsquared.com';

/** Formats a date and time: UTC without T, Z and milliseconds. https://apidocs.leadsquared.com/create-task-appointment/ */
const written = (date: Date) => date.toISOString().slice(0, 19).replace('T', ' ');
const before = ({ now }: PollContext, ms: number) => new Date(now.getTime() - ms);

/** A period that ends in the future, so that a record that changes while the pages are read stays in it. */
const span = (from: Date, at: PollContext) => ({ FromDate: written(from), ToDate: written(before(at, -DAY_MS)) });

/** Direction 0 is ascending, 1 descending. https://apidocs.leadsquared.com/search-by-lead-criteria/ */
const sorted = (ColumnName: string, Direction: '0' | '1') => ({ Sorting: { ColumnName, Direction } });

/**
 * Follows a list by a timestamp.
 *
 * @param timestamp property of a record
 * @param since returns the request properties for records from a date and time on
 * @example inOrderOf('CreatedOn', createdSince)
 */
const inOrderOf = (timestamp: string, since: (from: Date, at: PollContext) => IDataObject): ByMoment => ({
	moment: timestamp,
	from: (from, at) => ({ ...since(from, at), ...sorted(timestamp, '0') }),
	newest: (at) => ({ ...since(before(at, RECENT_MS), at), ...sorted(timestamp, '1') }),
});

const documented = { confidence: 'documented', overlapMs: OVERLAP_MS } as const;

const createdSince = (from: Date) => ({
	Parameter: { LookupName: 'CreatedOn', SqlOperator: '>=', LookupValue: written(from) },
});

/**
 * The documentation doesn't say which property has the update time that this list filters by. The list is therefore sorted by
 * the number of the lead, which never changes.
 */
const leadsInSpan: ByWindow = {
	window: (from, at) => ({ Parameter: span(from, at), ...sorted('ProspectAutoId', '0') }),
	newest: (at) => ({ Parameter: span(before(at, RECENT_MS), at), ...sorted('ProspectAutoId', '1') }),
	change: (lead) => lead,
};

const types = {
	activityType,
	opportunityType: pick('Opportunity Type', opportunityTypes)
		.required()
		.describe('Opportunity type of the account, or its code'),
};

/** Follows the activities of a type by their update time. Opportunities are activities with their own types. */
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
			description: "LeadSquared also counts a change of the lead's activities and tasks",
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
