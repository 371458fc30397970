import { entryOf, firstText, valueAt } from '../shared/base/json';
import type { ApiResponse, Verdict } from '../shared/http/api';
import { hostHint, hostIn } from './hosts';

const KEYS_HINT =
	'The access key or secret key is wrong, its user is no longer active, or the host is not in your region. ' +
	'Copy all three from LeadSquared under My Account > Settings > API and Webhooks.';

/**
 * Plans allow 10,000 or 100,000 requests a day, plus more for each user. https://apidocs.leadsquared.com/rate-limits/
 */
const DAILY_LIMIT_HINT =
	'The daily request limit of your LeadSquared plan is used up. Waiting some seconds does not help. Run the workflow ' +
	"again when the next day of the limit starts. Turn on 'Send in Bulk' if the operation has it. A larger plan allows more.";

/** The record or the type does not exist. https://apidocs.leadsquared.com/api-status-codes/ */
const UNKNOWN = 'MXInvalidEntity';

/**
 * Hints by the vendor's exception type without its ending "Exception".
 * https://apidocs.leadsquared.com/api-status-codes/
 */
const hints: Readonly<Record<string, string>> = {
	MXMandatoryAttributeMissing:
		'LeadSquared requires a field that has no value. Its message names the field. ' +
		'Administrators make fields mandatory in LeadSquared under Settings.',
	[UNKNOWN]:
		'LeadSquared does not know this record or type. Choose it from the list, or copy it from LeadSquared. ' +
		'Task types and activity types are in LeadSquared under Settings.',
	MXUnAuthorizedAccess: 'The user of the keys is not allowed to do this. Use the keys of an administrator.',
	MXInvalidActivityFields:
		'A custom field does not belong to this activity or task type. Remove the field or choose its type.',
	MXInvalidDataType:
		'The value of a custom field has the wrong data type. Enter a value of the type that LeadSquared has for it.',
};

const statusHints: Readonly<Record<number, string>> = {
	404: "The host may not be a host of the LeadSquared API. Check 'Host' in the credential.",
};

/** "API calls exceeded the limit of 25 in 5 second(s)". https://apidocs.leadsquared.com/rate-limits/ */
const RATE_LIMIT_TEXT = /\bcalls? (have |has )?exceeded the limit\b/i;

/** Statuses of rate limits that integrators report. With other statuses, the same text may mean something else. */
const RATE_LIMIT_STATUSES = new Set([200, 403, 429]);

/** Text of a daily limit, which ends only after hours. */
const DAILY = /\b(daily|days?|24[ -]hours?|86,?400 seconds?)\b/i;

/** Text about the keys themselves. Other texts are about a permission that the user lacks. */
const ABOUT_KEYS = /\b(access|secret) ?keys?\b/i;

/**
 * Returns what a response means. LeadSquared reports rate limits with 429, 403 and 200, and refuses input with 500.
 * Therefore the exception type counts more than the status. https://apidocs.leadsquared.com/api-status-codes/
 */
export function readResponse({ status, body }: ApiResponse): Verdict {
	const type = valueAt(body, 'ExceptionType');
	const code = typeof type === 'string' && type !== '' ? type : undefined;
	// https://apidocs.leadsquared.com/delete-an-opportunity/
	const isNotDone = valueAt(body, 'Message.IsSuccessful') === false;
	const refusedInBody = code !== undefined || isNotDone || valueAt(body, 'Status') === 'Error';
	if (status < 300 && !refusedInBody) return { kind: 'success' };
	const message =
		firstText(body, ['ExceptionMessage', 'Message', 'message']) ??
		(isNotDone ? 'nothing was done' : `status ${status}`);
	if (isRateLimited(status, code, message))
		return DAILY.test(message)
			? { kind: 'refused', message, code, hint: DAILY_LIMIT_HINT }
			: { kind: 'rateLimited', message };
	if (status >= 500 && !code?.startsWith('MX')) return { kind: 'broken', message, code };
	const name = code?.replace(/Exception$/, '');
	const isAboutKeys = status === 401 || (name === 'MXUnAuthorizedAccess' && ABOUT_KEYS.test(message));
	const hint = isAboutKeys ? keysHint(body) : (entryOf(hints, name) ?? statusHints[status]);
	return { kind: 'refused', message, code, hint, ...(name === UNKNOWN ? { isMissing: true } : {}) };
}

function isRateLimited(status: number, code: string | undefined, message: string): boolean {
	return (
		status === 429 ||
		code?.startsWith('MXAPIRateLimitExceeded') === true ||
		(RATE_LIMIT_STATUSES.has(status) && RATE_LIMIT_TEXT.test(message))
	);
}

/** Returns the hint for refused keys. If only the host is wrong, LeadSquared names the right host. */
function keysHint(body: unknown): string {
	const host = hostIn(body);
	return host ? hostHint(host) : KEYS_HINT;
}
