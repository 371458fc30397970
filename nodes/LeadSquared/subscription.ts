import type { IDataObject } from 'n8n-workflow';
import { valueAt, toText } from '../shared/base/json';
import { idInPath } from '../shared/base/parseResponse';
import type { SendRequest } from '../shared/http/apiRequest';
import { recordsWhere } from '../shared/http/paging';
import type { Subscribed, Subscription, Wanted } from '../shared/trigger/trigger';
import { eventNumbers } from './events';
import { webhookPages } from './pages';

/** Headers that LeadSquared sends with each delivery. The body doesn't name the event, and nothing is signed. */
export const SECRET_HEADER = 'x-n8n-secret';
export const EVENT_HEADER = 'x-n8n-event';

const NOUN = 'a webhook';

/** Status of an active webhook. An older page swaps it with the status of a webhook that was switched off by hand. https://apidocs.leadsquared.com/retrieve-a-webhook/ */
const ENABLED = '0';

/** The only event whose webhook has an activity type. */
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

/** Returns the activity type of a webhook; undefined for another event or without a type. */
function typeIn(event: unknown, properties: unknown): { activityType: number } | undefined {
	if (event !== OF_A_TYPE || typeof properties !== 'string') return undefined;
	const [, code] = /"ActivityEvent"\s*:\s*"?(\d+)/.exec(properties) ?? [];
	return code === undefined ? undefined : { activityType: Number(code) };
}

/** Integrators found out that the type must be sent twice: inside a JSON text and beside it. */
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

/** Webhooks of LeadSquared, one per event. https://apidocs.leadsquared.com/create-a-webhook/ */
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
		// No known request activates a webhook again, and the plan may not allow a second one.
		await remove(send, id);
		return await create(send, wanted, secret);
	},
	remove,
	byHand: 'To remove it now, delete it in LeadSquared under My Account > Settings > API and Webhooks > Webhooks.',
	page: 'https://apidocs.leadsquared.com/create-a-webhook/',
};
