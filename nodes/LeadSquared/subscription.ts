import type { IDataObject } from 'n8n-workflow';
import { memberOf, wordsOf } from '../shared/base/json';
import { idInPath } from '../shared/base/lists';
import type { Ask } from '../shared/http/call';
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

async function list(ask: Ask): Promise<Subscribed[]> {
	const call = { method: 'POST', path: '/Webhook.svc/Retrieve', query: {}, body: { Parameter: { Type: 'Webhook' } }, effect: 'reads' } as const;
	const all = await recordsWhere(ask, call, webhookPages, () => true);
	return all.map(({ WebhookId, URL: url, EventCode, StatusCode, WebhookProperties }) => ({
		id: idInPath(WebhookId, NOUN),
		url: wordsOf(url),
		events: [wordsOf(EventCode)],
		given: typeIn(EventCode, WebhookProperties),
		active: StatusCode === undefined || wordsOf(StatusCode) === ENABLED,
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
	...(event === OF_A_TYPE ? propertiesOf(wordsOf(given.activityType)) : { WebhookProperties: null }),
	CustomHeaders: [
		{ Key: SECRET_HEADER, Value: secret },
		{ Key: EVENT_HEADER, Value: event },
	],
});

async function create(ask: Ask, wanted: Wanted, secret: string): Promise<string> {
	const answer = await ask({ method: 'POST', path: '/Webhook.svc/Create', query: {}, body: bodyOf(wanted, secret), effect: 'writes' });
	return idInPath(memberOf(answer, 'Message.Id'), NOUN);
}

async function remove(ask: Ask, id: string): Promise<boolean> {
	await ask({ method: 'GET', path: '/Webhook.svc/Delete', query: { webhookId: id }, effect: 'writes' });
	return true;
}

/** Webhooks of LeadSquared, one an event. https://apidocs.leadsquared.com/create-a-webhook/ */
export const subscription: Subscription = {
	perEvent: true,
	list,
	create,
	updatesSecret: true,
	update: async (ask, { id, active }, wanted, secret) => {
		if (active) {
			await ask({ method: 'POST', path: '/Webhook.svc/Update', query: {}, body: { WebhookId: id, ...bodyOf(wanted, secret) }, effect: 'repeatable' });
			return id;
		}
		// No request is known that switches one on again, and a plan may hold no second one beside it.
		await remove(ask, id);
		return await create(ask, wanted, secret);
	},
	remove,
	byHand: 'To be rid of it at once, delete it in LeadSquared under My Account > Settings > API and Webhooks > Webhooks.',
	page: 'https://apidocs.leadsquared.com/create-a-webhook/',
};
