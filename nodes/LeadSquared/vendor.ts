import type { IDataObject } from 'n8n-workflow';
import { wordsOf } from '../shared/base/json';
import { listAt } from '../shared/base/lists';
import type { PageStyle } from '../shared/http/paging';
import { readAnswer } from './readAnswer';
import { tidy } from './tidy';
import type { Vendor } from '../shared/form/vendor';

/** "API calls exceeded the limit of 25 in 5 second(s)"; no header says how long to wait. https://apidocs.leadsquared.com/rate-limits/ */
const RATE_WINDOW_SECONDS = 5;

/** Bulk requests in one window on the Pro plan. https://apidocs.leadsquared.com/rate-limits/ */
const BULK_REQUESTS = 5;

/** Types of opportunities are activity types with codes from here on. https://apidocs.leadsquared.com/capture-opportunities/ */
export const FIRST_OPPORTUNITY_TYPE = 12_000;

/** A lead whose members came as a list of pairs, as one object. */
export function flat(record: IDataObject): IDataObject {
	const { LeadPropertyList: pairs } = record;
	return Array.isArray(pairs) ? Object.fromEntries(listAt(pairs).map(({ Attribute, Value }) => [wordsOf(Attribute), Value])) : record;
}

/**
 * Pages by number. No page documents a total for all lists, so that a short page is the last one.
 * https://apidocs.leadsquared.com/search-by-lead-criteria/
 *
 * @param path member of the answer that is the list; the answer itself without it
 * @param largest records that a page may hold
 */
export const pagesOf = (path: string | undefined, largest: number, identity?: string): PageStyle => ({
	ask: (page, size) => ({ Paging: { PageIndex: page, PageSize: size } }),
	place: 'body',
	largest,
	records: (answer) => listAt(answer, path).map(flat),
	identity,
});

export const leadSquared: Vendor = {
	name: 'LeadSquared',
	credential: 'leadSquaredApi',
	secrets: ['accessKey', 'secretKey'],
	apiPath: '/v2',
	baseUrl: ({ host, baseUrl }) => (host === 'custom' ? String(baseUrl ?? '') : `https://${String(host)}`),
	// UTC without T and Z. https://apidocs.leadsquared.com/create-task-appointment/
	formats: { dateTime: 'yyyy-MM-dd HH:mm:ss', time: 'HH:mm:ss' },
	slowDownSeconds: RATE_WINDOW_SECONDS,
	bulkRate: { requests: BULK_REQUESTS, windowMs: 1000 * RATE_WINDOW_SECONDS },
	tidy,
	readAnswer,
};
