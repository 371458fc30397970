import type { IDataObject } from 'n8n-workflow';
import { valueAt, toText } from '../shared/base/json';
import { idInPath } from '../shared/base/parseResponse';
import type { SendRequest } from '../shared/http/apiRequest';
import { recordsWhere } from '../shared/http/paging';
import type { Subscribed, Subscription, Wanted } from '../shared/trigger/trigger';
import { eventNumbers } from './events';
import { webhookPages } from './pages';

/** Headers that each delivery brings along: nothing in it tells the event, and nothing is signed. */
export const SECRET_HEADER = 'x-n8n-secret';
export const EVENT_HEADER = 'x-n8n-event';

const NOUN = 'a webhook';

/** State of a webhook that is on; an older page swaps it with that of one that was switched off by hand. https://apidocs.leadsquared.com/retrieve-a-webhook/ */
const ENABLED = '0';

/** The one event that a webhook is made for with a type. */
const OF_A_TYPE = 'LeadActivity_Post_Create';

async function list(send: SendRequest): Promise<Subscribed[]> {
	const request = {
		method: 'POST',
		path: '/Webhook.svc/Retrieve',
		query: {},
		body: { Parameter: { Type: 'Webhook' } },
		effect: 'reads',
	} as const;
	const all = await recordsWhere(send, request, webhookPages, () => true);
	return all.map(({ WebhookId, URL: url, EventCode, StatusCode, WebhookProperties }) => ({
		id: idInPath(WebhookId, NOUN),
		url: toText(url),
		events: [toText(EventCode)],
		given: typeIn(EventCode, WebhookProperties),
		active: StatusCode === undefined || toText(StatusCode) === ENABLED,
	}));
}

/** The type of activities that a webhook tells of; nothing where it is for another event, or does not say. */
function typeIn(event: unknown, properties: unknown): { activityType: number } | undefined {
	if (event !== OF_A_TYPE || typeof properties !== 'string') return undefined;
	const [, code] = /"ActivityEvent"\s*:\s*"?(\d+)/.exec(properties) ?? [];
	return code === undefined ? undefined : { activityType: Number(code) };
}

/** The type stands twice, in a text and beside it, as integrators found out. */
const propertiesOf = (code: string) => ({
	WebhookProperties: JSON.stringify({ ActivityEvent: code, ActivityData: '[]', WebPageNames: '[]' }),
	ActivityEvent: code,
});

const bodyOf = ({ url, events: [event], given = {} }: Wanted, secret: string): IDataObject => ({
	Description: 'n8n',
	URL: url,
	Method: 'POST',
	ContentType: 'application/json',
	WebhookEvent: eventNumbers[event],
	IsSpecificLandingPage: false,
	NotifyOnFailure: true,
	...(event === OF_A_TYPE ? propertiesOf(toText(given.activityType)) : { WebhookProperties: null }),
	CustomHeaders: [
		{ Key: SECRET_HEADER, Value: secret },
		{ Key: EVENT_HEADER, Value: event },
	],
});

async function create(send: SendRequest, wanted: Wanted, secret: string): Promise<string> {
	const response = await send({
		method: 'POST',
		path: '/Webhook.svc/Create',
		query: {},
		body: bodyOf(wanted, secret),
		effect: 'writes',
	});
	return idInPath(valueAt(response, 'Message.Id'), NOUN);
}

async function remove(send: SendRequest, id: string): Promise<boolean> {
	await send({ method: 'GET', path: '/Webhook.svc/Delete', query: { webhookId: id }, effect: 'writes' });
	return true;
}

/** Webhooks of LeadSquared, one an event. https://apidocs.leadsquared.com/create-a-webhook/ */
export const subscription: Subscription = {
	perEvent: true,
	list,
	create,
	updatesSecret: true,
	update: async (send, { id, active }, wanted, secret) => {
		if (active) {
			await send({
				method: 'POST',
				path: '/Webhook.svc/Update',
				query: {},
				body: { WebhookId: id, ...bodyOf(wanted, secret) },
				effect: 'idempotent',
			});
			return id;
		}
		// No request is known that switches one on again, and a plan may hold no second one beside it.
		await remove(send, id);
		return await create(send, wanted, secret);
	},
	remove,
	byHand:
		'To be rid of it at once, delete it in LeadSquared under My Account > Settings > API and Webhooks > Webhooks.',
	page: 'https://apidocs.leadsquared.com/create-a-webhook/',
};
