import { readResponse } from './readResponse';
import { tidy } from './tidy';
import { toText } from '../shared/base/json';
import type { Vendor } from '../shared/form/vendor';

/**
 * "API calls exceeded the limit of 25 in 5 second(s)". No header says how long to wait.
 * https://apidocs.leadsquared.com/rate-limits/
 */
const RATE_WINDOW_SECONDS = 5;

/** Bulk requests per window on the Pro plan. https://apidocs.leadsquared.com/rate-limits/ */
const BULK_REQUESTS = 5;

/**
 * Lowest code of an opportunity type. Opportunity types are activity types with high codes.
 * https://apidocs.leadsquared.com/capture-opportunities/
 */
export const FIRST_OPPORTUNITY_TYPE = 12_000;

export const leadSquared: Vendor = {
	name: 'LeadSquared',
	credential: 'leadSquaredApi',
	secrets: ['accessKey', 'secretKey'],
	apiPath: '/v2',
	baseUrl: ({ host, baseUrl }) => (host === 'custom' ? toText(baseUrl ?? '') : `https://${toText(host)}`),
	// UTC without T and Z. https://apidocs.leadsquared.com/create-task-appointment/
	formats: { dateTime: 'yyyy-MM-dd HH:mm:ss', time: 'HH:mm:ss' },
	bulkRate: { requests: BULK_REQUESTS, windowMs: 1000 * RATE_WINDOW_SECONDS },
	tidy,
	readResponse,
};
