import type { IDataObject } from 'n8n-workflow';
import { entryOf, firstText, memberOf, wordsOf } from '../shared/base/json';
import { listAt } from '../shared/base/lists';
import type { PageStyle } from '../shared/http/paging';
import { tidy } from './tidy';
import type { Vendor } from '../shared/form/vendor';
import type { Answer, Verdict } from '../shared/http/api';

/** "API calls exceeded the limit of 25 in 5 second(s)"; no header says how long to wait. https://apidocs.leadsquared.com/rate-limits/ */
const RATE_WINDOW_SECONDS = 5;

/** Bulk requests in one window on the Pro plan. https://apidocs.leadsquared.com/rate-limits/ */
const BULK_REQUESTS = 5;

/** Types of opportunities are activity types with codes from here on. https://apidocs.leadsquared.com/capture-opportunities/ */
export const FIRST_OPPORTUNITY_TYPE = 12_000;

const KEYS_ADVICE =
	'Check access key, secret key and host: they are in LeadSquared under My Account > Settings > API and Webhooks, and the host must be the one of your region.';

/** Advice by the vendor's exception type, without the ending "Exception". https://apidocs.leadsquared.com/api-status-codes/ */
const hints: Readonly<Record<string, string>> = {
	MXMandatoryAttributeMissing: 'LeadSquared wants a field that was not given. The text names it; fields can be made mandatory in LeadSquared under Settings.',
	MXInvalidEntity: 'LeadSquared knows no record with this ID.',
	MXUnAuthorizedAccess: 'The user of the key may not do this. Use the keys of an administrator.',
	MXInvalidActivityFields: 'A custom field does not belong to this type of activity or task.',
	MXInvalidDataType: 'A custom field got a value of another type than it is set up for.',
};

const statusHints: Readonly<Record<number, string>> = { 401: KEYS_ADVICE, 404: 'The host in the credential may not be the one of the LeadSquared API.' };

/**
 * LeadSquared says "slow down" with 429, 403 and 200, and refuses input with 500: the exception type decides before the
 * status does. https://apidocs.leadsquared.com/api-status-codes/
 */
function readAnswer({ status, body }: Answer): Verdict {
	const type = memberOf(body, 'ExceptionType');
	const code = typeof type === 'string' && type !== '' ? type : undefined;
	// https://apidocs.leadsquared.com/delete-an-opportunity/
	const isUndone = memberOf(body, 'Message.IsSuccessful') === false;
	const refusedInBody = code !== undefined || isUndone || memberOf(body, 'Status') === 'Error';
	if (status < 300 && !refusedInBody) return { kind: 'success' };
	const message = firstText(body, ['ExceptionMessage', 'Message', 'message']) ?? (isUndone ? 'nothing was done' : `status ${status}`);
	if (status === 429 || code?.startsWith('MXAPIRateLimitExceeded')) return { kind: 'slowDown', message };
	if (status >= 500 && !code?.startsWith('MX')) return { kind: 'broken', message, code };
	return { kind: 'refused', message, code, hint: entryOf(hints, code?.replace(/Exception$/, '')) ?? statusHints[status] };
}

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
