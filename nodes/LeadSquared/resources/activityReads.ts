import { choice, oneOf, pick, pickSeveral, toggle, uuid, type Choices } from '../../shared/fields';
import { operation } from '../../shared/form/operation';
import type { PageStyle } from '../../shared/http/paging';
import { advancedSearch, columns, sortedWhole, sorting, span, spanInOrder } from '../listFields';
import { activityTypes, leads } from '../lookups';
import { pagesOf } from '../pages';

export const ActivityEvent = pick('Activity Type', activityTypes);
export const lead = pick('Lead', leads);
export const activityId = uuid('Activity ID')
	.required()
	.describe('ID of the activity, as the operations that list activities return it');

const get = operation({
	name: 'Get',
	action: 'Get activity',
	description: 'Retrieve an activity with the fields of its type',
	request: 'GET /ProspectActivity.svc/GetActivityDetails',
	effect: 'reads',
	page: 'https://apidocs.leadsquared.com/get-activity-details/',
	contract: 'getActivity',
	fields: { activityId },
});

/**
 * Pages by number from 0. The vendor's example for long lists has 50 rows per page.
 * https://apidocs.leadsquared.com/get-activities-of-a-lead/
 */
const leadPages: PageStyle = {
	...pagesOf('ProspectActivities', 50, 'Id'),
	parameters: (page, size) => ({ Paging: { Offset: String(page - 1), RowCount: String(size) } }),
};

const getAll = operation({
	name: 'Get Many',
	action: 'Get many activities',
	description: 'Retrieve the activities of a lead',
	request: 'POST /ProspectActivity.svc/Retrieve',
	effect: 'reads',
	page: 'https://apidocs.leadsquared.com/get-activities-of-a-lead/',
	contract: 'getActivitiesOfLead',
	many: leadPages,
	simple: [
		'Id',
		'EventCode',
		'EventName',
		'ActivityScore',
		'CreatedOn',
		'ActivityType',
		'Type',
		'SessionId',
		'Data',
		'ActivityFields',
	],
	fields: {
		leadId: lead.required().in('query'),
		ActivityEvent: ActivityEvent.at('Parameter.ActivityEvent'),
		getFileURL: toggle('Include File URLs').in('query').describe('Whether to return the URLs of uploaded files'),
	},
});

const getByType = operation({
	name: 'Get Many by Type',
	action: 'Get many activities by type',
	description: 'Retrieve the activities of one type that changed in a period, from all leads',
	request: 'POST /ProspectActivity.svc/CustomActivity/RetrieveByActivityEvent',
	effect: 'reads',
	page: 'https://apidocs.leadsquared.com/bulk-retrieve-activities-by-activity-event/',
	contract: 'getActivitiesByType',
	// Limit of the endpoint, according to its error message.
	many: pagesOf('List', 1000, 'ProspectActivityId'),
	fields: {
		ActivityEvent: ActivityEvent.required().at('Parameter.ActivityEvent'),
		...span,
		RemoveEmptyValue: toggle('Leave Out Empty Fields')
			.at('Parameter.RemoveEmptyValue')
			.describe('Whether to leave out custom fields without a value'),
		Sorting: sorting,
	},
	rules: [spanInOrder, sortedWhole],
});

const inclusion: Choices<number> = [
	{ value: 1, name: 'Include' },
	{ value: 0, name: 'Leave Out' },
];

const getChanged = operation({
	name: 'Get Many Changed',
	action: 'Get many changed activities',
	description: 'Retrieve the activities of all types that changed in a period',
	request: 'POST /ProspectActivity.svc/RetrieveRecentlyModified',
	effect: 'reads',
	page: 'https://apidocs.leadsquared.com/activity-management/',
	contract: 'getRecentlyModifiedActivities',
	many: pagesOf('ProspectActivities', 100, 'Id'),
	schema: 'ActivityRow',
	unverified: 'found only in integrations, and fails in at least one account; Get Many by Type is documented',
	fields: {
		...span,
		ActivityEvent: ActivityEvent.at('Parameter.ActivityEvent'),
		IncludeCustomFields: choice('Custom Fields', inclusion)
			.at('Parameter.IncludeCustomFields')
			.describe('Whether to return custom fields'),
	},
	rules: [spanInOrder],
});

const getHistory = operation({
	name: 'Get History',
	action: 'Get history of activities',
	description: 'Retrieve the changes to activity fields in a period',
	request: 'POST /ProspectActivity.svc/RetrieveActivityChange',
	effect: 'reads',
	page: 'https://apidocs.leadsquared.com/get-activity-change-history/',
	contract: 'getActivityChangeHistory',
	many: pagesOf('Activities', 1000),
	schema: 'ActivityRow',
	fields: {
		historyOf: oneOf(
			'History Of',
			{
				activity: { name: 'An Activity', fields: { ActivityID: activityId.at('Parameter.ActivityID') } },
				types: {
					name: 'Activity Types',
					fields: {
						ActivityEvents: pickSeveral('Activity Type', activityTypes).required().at('Parameter.ActivityEvents'),
					},
				},
				all: { name: 'All Activities', fields: {} },
			},
			'Activities to return the changes of',
		),
		...span,
	},
	rules: [spanInOrder],
});

const search = operation({
	name: 'Search',
	action: 'Search activities',
	description: 'Retrieve the activities of an advanced search. Requires the keys of an administrator.',
	request: 'POST /ProspectActivity.svc/Activity/Retrieve/BySearchParameter',
	effect: 'reads',
	page: 'https://apidocs.leadsquared.com/activity-advanced-search/',
	contract: 'advancedSearchActivities',
	many: pagesOf('List', 100, 'ProspectActivityId'),
	schema: 'ActivityRow',
	fields: {
		ActivityEvent: ActivityEvent.required(),
		AdvancedSearch: advancedSearch('ActivityGrid'),
		Columns: columns,
		Sorting: sorting,
	},
	rules: [sortedWhole],
});

/** Operations that read activities. */
export const readOperations = { get, getAll, getByType, getChanged, getHistory, search };
