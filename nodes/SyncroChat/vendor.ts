import { firstText, isObject, valueAt, toText } from '../shared/base/json';
import { listAt } from '../shared/base/parseResponse';
import { defaultCountry } from '../shared/form/defaultCountry';
import type { Vendor } from '../shared/form/vendor';
import type { ApiResponse, Verdict } from '../shared/http/api';
import type { PageStyle } from '../shared/http/paging';

/** https://docs.syncro.chat/en/authentication */
const NEW_KEY = 'In Syncro Chat open Settings > API Keys, create a new key and paste it into the credential.';

/** Page size of a request without `per_page`. https://docs.syncro.chat/pt-BR/tasks */
const DEFAULT_PAGE_SIZE = 50;

/** Pages with `page`, `per_page` (at most 200) and `meta.has_more`. The node does not send the defaults. https://docs.syncro.chat/pt-BR/tasks */
export const pages: PageStyle = {
	parameters: (page, size) => ({
		...(page > 1 ? { page } : {}),
		...(size === DEFAULT_PAGE_SIZE ? {} : { per_page: size }),
	}),
	part: 'query',
	maxPageSize: 200,
	records: (response) => listAt(response, 'data'),
	more: (response) => valueAt(response, 'meta.has_more') === true,
	identity: 'id',
	unordered: 'Syncro Chat does not document the order of its lists',
};

/** A list without pages: users, templates, numbers, custom fields. https://docs.syncro.chat/en/whatsapp */
export const wholeList: PageStyle = {
	parameters: () => ({}),
	part: 'query',
	maxPageSize: Infinity,
	records: pages.records,
	more: () => false,
};

/** Statuses and bodies: https://docs.syncro.chat/en/errors */
function readResponse({ status, body }: ApiResponse): Verdict {
	if (status < 300) return { kind: 'success' };
	const message = firstText(body, ['errors', 'message']) ?? `status ${status}`;
	if (status === 429)
		return { kind: 'rateLimited', message, waitSeconds: numberOrNothing(valueAt(body, 'retry_after')) };
	if (status === 502)
		return { kind: 'broken', message, code: 'provider', hint: 'The WhatsApp provider did not accept the message.' };
	if (status >= 500) return { kind: 'broken', message };
	return { kind: 'refused', message, ...reasonOf(status, body) };
}

/** Returns the vendor's code and a suggestion. Messages mix Portuguese and English, so the node reads only codes. */
function reasonOf(status: number, body: unknown): { code?: string; hint?: string } {
	const permission = valueAt(body, 'required_permission');
	if (typeof permission === 'string')
		return {
			code: permission,
			hint: `The key lacks the permission ${permission}. In Syncro Chat open Settings > API Keys and create a key that has it.`,
		};
	if (valueAt(body, 'blocked') === true)
		return {
			code: 'blocked',
			hint: `The lead has mandatory tasks that are still pending${namesOf(valueAt(body, 'pending_tasks'))}. Complete them first.`,
		};
	if (valueAt(body, 'limit_reached') === true)
		return { code: 'limit_reached', hint: 'The limit of the Syncro Chat plan is reached.' };
	if (valueAt(body, 'skip_reason') === 'window_closed')
		return {
			code: 'window_closed',
			hint: "The customer's last message is more than 24 hours old. Send an approved template instead of free text.",
		};
	if (status === 401) return { hint: `The API key is missing, unknown or expired. ${NEW_KEY}` };
	if (status === 403) return { hint: 'The Syncro Chat account may be suspended.' };
	if (isObject(valueAt(body, 'errors')))
		return {
			hint: "Correct the fields that the message names. IDs must belong to the key's account: choose them from the list.",
		};
	if (status === 404) return { hint: 'There is no record with this ID in the account of the key.' };
	return {};
}

/** Returns the subjects of tasks for a message. Syncro Chat sends tasks as objects or as strings. */
function namesOf(tasks: unknown): string {
	const known = (Array.isArray(tasks) ? tasks : []).map((task) =>
		typeof task === 'string' ? task : (valueAt(task, 'subject') ?? valueAt(task, 'id')),
	);
	const names = known.filter(Boolean).map(toText);
	return names.length > 0 ? `: ${names.join(', ')}` : '';
}

function numberOrNothing(value: unknown): number | undefined {
	return typeof value === 'number' ? value : undefined;
}

export const syncroChat: Vendor = {
	name: 'Syncro Chat',
	credential: 'syncroChatApi',
	secrets: ['apiKey'],
	apiPath: '/api/v1',
	baseUrl: ({ baseUrl }) => toText(baseUrl ?? ''),
	// Due dates and times have no time zone. https://docs.syncro.chat/pt-BR/tasks
	formats: { dateTime: 'iso', time: 'HH:mm' },
	options: { defaultCountry },
	readResponse,
};
