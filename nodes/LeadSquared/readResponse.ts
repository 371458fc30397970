import { entryOf, firstText, valueAt } from '../shared/base/json';
import type { ApiResponse, Verdict } from '../shared/http/api';
import { hostAdvice, hostIn } from './hosts';

const KEYS_ADVICE =
	'Access key or secret key are wrong, or belong to a user who is no longer active, or the host is not the one of your ' +
	'region. All three are in LeadSquared under My Account > Settings > API and Webhooks.';

/** Plans allow 10,000 or 100,000 calls a day, and more for each user. https://apidocs.leadsquared.com/rate-limits/ */
const DAY_ADVICE =
	'The calls that the LeadSquared plan allows in a day are used up, so that waiting some seconds does not help. Run the ' +
	"workflow again when LeadSquared begins a new day's count, with 'Send in Bulk' where the operation has it; a larger plan " +
	'allows more.';

/** A record, or a type, that is not there. https://apidocs.leadsquared.com/api-status-codes/ */
const UNKNOWN = 'MXInvalidEntity';

/** Advice by the vendor's exception type, without the ending "Exception". https://apidocs.leadsquared.com/api-status-codes/ */
const hints: Readonly<Record<string, string>> = {
	MXMandatoryAttributeMissing:
		'LeadSquared wants a field that was not given. The text names it; fields can be made mandatory in LeadSquared under Settings.',
	[UNKNOWN]:
		'LeadSquared does not know the record, or the type, that is named here: choose it from the list, or copy it from LeadSquared, ' +
		'where the types of tasks and activities stand under Settings.',
	MXUnAuthorizedAccess: 'The user of the key may not do this. Use the keys of an administrator.',
	MXInvalidActivityFields: 'A custom field does not belong to this type of activity or task.',
	MXInvalidDataType: 'A custom field got a value of another type than it is set up for.',
};

const statusHints: Readonly<Record<number, string>> = {
	404: 'The host in the credential may not be the one of the LeadSquared API.',
};

/** "API calls exceeded the limit of 25 in 5 second(s)". https://apidocs.leadsquared.com/rate-limits/ */
const TOO_MANY = /\bcalls? (have |has )?exceeded the limit\b/i;

/** Statuses with which that came so far, by reports of integrators; elsewhere such words may be about something else. */
const TOO_MANY_STATUSES = new Set([200, 403, 429]);

/** The period of a limit that no pause of seconds waits out. */
const OF_A_DAY = /\b(daily|days?|24[ -]hours?|86,?400 seconds?)\b/i;

/** Words about the keys, in place of a right that their user lacks. */
const ABOUT_KEYS = /\b(access|secret) ?keys?\b/i;

/**
 * LeadSquared says "slow down" with 429, 403 and 200, and refuses input with 500: the exception type decides before the
 * status does. https://apidocs.leadsquared.com/api-status-codes/
 */
export function readResponse({ status, body }: ApiResponse): Verdict {
	const type = valueAt(body, 'ExceptionType');
	const code = typeof type === 'string' && type !== '' ? type : undefined;
	// https://apidocs.leadsquared.com/delete-an-opportunity/
	const isUndone = valueAt(body, 'Message.IsSuccessful') === false;
	const refusedInBody = code !== undefined || isUndone || valueAt(body, 'Status') === 'Error';
	if (status < 300 && !refusedInBody) return { kind: 'success' };
	const message =
		firstText(body, ['ExceptionMessage', 'Message', 'message']) ?? (isUndone ? 'nothing was done' : `status ${status}`);
	if (isTooMany(status, code, message))
		return OF_A_DAY.test(message)
			? { kind: 'refused', message, code, hint: DAY_ADVICE }
			: { kind: 'rateLimited', message };
	if (status >= 500 && !code?.startsWith('MX')) return { kind: 'broken', message, code };
	const name = code?.replace(/Exception$/, '');
	const isAboutKeys = status === 401 || (name === 'MXUnAuthorizedAccess' && ABOUT_KEYS.test(message));
	const hint = isAboutKeys ? keysAdvice(body) : (entryOf(hints, name) ?? statusHints[status]);
	return { kind: 'refused', message, code, hint, ...(name === UNKNOWN ? { isMissing: true } : {}) };
}

function isTooMany(status: number, code: string | undefined, message: string): boolean {
	return (
		status === 429 ||
		code?.startsWith('MXAPIRateLimitExceeded') === true ||
		(TOO_MANY_STATUSES.has(status) && TOO_MANY.test(message))
	);
}

/** The keys may be right and the host not: LeadSquared then names the right one. */
function keysAdvice(body: unknown): string {
	const host = hostIn(body);
	return host ? hostAdvice(host) : KEYS_ADVICE;
}
