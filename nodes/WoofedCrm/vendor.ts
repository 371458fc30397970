import { readAccountId } from '../../credentials/reading';
import { firstText, valueAt, toText } from '../shared/base/json';
import { listAt } from '../shared/base/parseResponse';
import type { Vendor } from '../shared/form/vendor';
import { verdictByStatus, type ApiResponse, type SentRequest, type Verdict } from '../shared/http/api';
import { valueOrThrow } from '../shared/http/baseUrl';
import type { PageStyle } from '../shared/http/paging';
import { OLDER_VERSIONS, notFound, RECORD } from './notFound';
import { options } from './options';

const hints: Readonly<Record<number, string>> = {
	401: 'The token is missing or invalid. In WoofedCRM open Settings > Users, choose the user and copy the token into the credential.',
	404: `${RECORD} ${OLDER_VERSIONS}`,
};

/**
 * Suggestions for validation messages, in the languages of WoofedCRM. Messages in other languages get none.
 * https://guides.rubyonrails.org/i18n.html#error-message-interpolation, https://github.com/svenfuchs/rails-i18n (errors.messages)
 */
const REASONS: ReadonlyArray<{ pattern: RegExp; hint: string; isMissing?: boolean }> = [
	{
		pattern: /\bmust exist\b/i,
		hint: 'The account has no record with this ID. Choose it from the list, or copy the number from the URL of its page.',
		isMissing: true,
	},
	{
		pattern: /already (been )?added to this deal|já foi adicionado a este negócio|ya ha sido añadido a este negocio/i,
		hint: 'A product can be on a deal only once. Change its quantity or price with Deal Product > Update. Deal > Get shows the IDs of the products on a deal.',
	},
	{
		pattern: /has already been taken|já está em uso|ya está en uso/i,
		hint: 'Another record already has this value, which must be unique. Update that record, or enter another value.',
	},
	{
		pattern: /\be-?mail\b.*(is invalid|não é válido|no es válido)/i,
		hint: 'WoofedCRM does not accept this email address. Correct it or omit it.',
	},
];

/** Returns the suggestion for a validation message. */
function reasonOf(message: string): { hint?: string; isMissing?: boolean } {
	const { hint, isMissing } = REASONS.find(({ pattern }) => pattern.test(message)) ?? {};
	return { ...(hint ? { hint } : {}), ...(isMissing ? { isMissing } : {}) };
}

/**
 * Judges a response. Errors come as `{errors: text}`, `{errors: [texts]}`, `{errors: {field: [..]}}`, `{error}`, `{message}`
 * or a bare `{field: [..]}`. Messages are in the language of the installation, so only the status decides.
 * https://docs.woofedcrm.com/docs/Developer%20Guides/Api/api-structure/
 */
function readResponse({ status, body }: ApiResponse, request?: SentRequest): Verdict {
	if (status < 300) return { kind: 'success' };
	const message =
		[firstText(body, ['errors', 'error', 'message']), firstText(body, ['details'])].filter(Boolean).join(': ') ||
		(status === 422 ? firstText({ body }, ['body']) : undefined) ||
		`status ${status}`;
	const verdict = verdictByStatus(status, message, hints);
	if (status === 404 && request) return { ...verdict, ...notFound(body, request) };
	return status === 422 ? { ...verdict, ...reasonOf(message) } : verdict;
}

/** Searches return pages of ten, as a bare list or with `pagination`. https://docs.woofedcrm.com/docs/Developer%20Guides/Api/endpoints/deals/ */
export const searchPages: PageStyle = {
	parameters: (page) => ({ page }),
	part: 'body',
	maxPageSize: 10,
	records: (response) => listAt(response, Array.isArray(response) ? undefined : 'data'),
	more: (response) =>
		Array.isArray(response) ? response.length === 10 : typeof valueAt(response, 'pagination.next') === 'number',
	identity: 'id',
};

/** WoofedCRM ignores a sort of products by ID. Observed on a server of October 2024. */
export const productPages: PageStyle = {
	...searchPages,
	unordered: 'WoofedCRM sorts products by creation time, identifier and name, and equal ones in no fixed order',
};

/** Properties that all searches share: a POST that returns a list and changes nothing. */
export const search = { many: searchPages, effect: 'reads' } as const;

export const woofedCrm: Vendor = {
	name: 'WoofedCRM',
	credential: 'woofedCrmApi',
	secrets: ['token'],
	apiPath: '/api/v1',
	baseUrl: ({ baseUrl }) => toText(baseUrl ?? ''),
	scope: ({ accountId }, options) => `/accounts/${valueOrThrow(readAccountId(options.accountId ?? accountId))}`,
	options,
	// "Send UTC with a trailing Z." https://docs.woofedcrm.com/docs/Developer%20Guides/Api/api-structure/
	formats: { dateTime: 'iso', time: 'HH:mm' },
	unsupportedHint: OLDER_VERSIONS,
	readResponse,
};
