import { readAccountId } from '../../credentials/reading';
import { firstText, valueAt, toText } from '../shared/base/json';
import { listAt } from '../shared/base/parseResponse';
import type { Vendor } from '../shared/form/vendor';
import { verdictByStatus, type ApiResponse, type SentRequest, type Verdict } from '../shared/http/api';
import { valueOrThrow } from '../shared/http/baseUrl';
import type { PageStyle } from '../shared/http/paging';
import { LACKING, notFound, RECORD } from './notFound';
import { options } from './options';

const hints: Readonly<Record<number, string>> = {
	401: 'The token is missing or invalid. In WoofedCRM open Settings > Users, choose the user and copy the token into the credential.',
	404: `${RECORD} ${LACKING}`,
};

/**
 * Advice on the words of a validation, in the languages of WoofedCRM; in another one it is left out.
 * https://guides.rubyonrails.org/i18n.html#error-message-interpolation, https://github.com/svenfuchs/rails-i18n (errors.messages)
 */
const REASONS: ReadonlyArray<{ words: RegExp; hint: string; isMissing?: boolean }> = [
	{
		words: /\bmust exist\b/i,
		hint: 'The account has no record with this ID: choose it from the list, or take the number from the address of its page.',
		isMissing: true,
	},
	{
		words: /already (been )?added to this deal|já foi adicionado a este negócio|ya ha sido añadido a este negocio/i,
		hint: 'A product can be on a deal once. Change its quantity or price with Deal Product > Update; Deal > Get shows the IDs of the products on a deal.',
	},
	{
		words: /has already been taken|já está em uso|ya está en uso/i,
		hint: 'Another record has this value already, and no two may have the same: update that one, or give another value.',
	},
	{
		words: /\be-?mail\b.*(is invalid|não é válido|no es válido)/i,
		hint: 'WoofedCRM does not accept this email address. Correct it, or leave it out.',
	},
];

/** Advice on the words of a validation. */
function reasonOf(message: string): { hint?: string; isMissing?: boolean } {
	const { hint, isMissing } = REASONS.find(({ words }) => words.test(message)) ?? {};
	return { ...(hint ? { hint } : {}), ...(isMissing ? { isMissing } : {}) };
}

/**
 * Five shapes of errors: `{errors: text}`, `{errors: [texts]}`, `{errors: {field: [..]}}`, `{error}`, `{message}`, and a
 * bare `{field: [..]}`. Texts are in the language of the installation, so that only the status decides.
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

/** Searches come ten to a page, as a bare list or with `pagination`. https://docs.woofedcrm.com/docs/Developer%20Guides/Api/endpoints/deals/ */
export const searchPages: PageStyle = {
	parameters: (page) => ({ page }),
	part: 'body',
	maxPageSize: 10,
	records: (response) => listAt(response, Array.isArray(response) ? undefined : 'data'),
	more: (response) =>
		Array.isArray(response) ? response.length === 10 : typeof valueAt(response, 'pagination.next') === 'number',
	identity: 'id',
};

/** Products cannot be sorted by their ID: such a sort is ignored. Observed on a server of October 2024. */
export const productPages: PageStyle = {
	...searchPages,
	unordered:
		'WoofedCRM sorts products by time of creation, identifier and name, and what is equal in all three by chance',
};

/** What all searches have in common: a list by a POST, which changes nothing. */
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
	unsupportedHint: LACKING,
	readResponse,
};
