import type { IDataObject } from 'n8n-workflow';
import { memberOf } from '../shared/base/json';
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

async function list(ask: Ask): Promise<Subscribed[]> {
	const call = { method: 'POST', path: '/Webhook.svc/Retrieve', query: {}, body: { Parameter: { Type: 'Webhook' } }, effect: 'reads' } as const;
	const all = await recordsWhere(ask, call, webhookPages, () => true);
	return all.map(({ WebhookId, URL: url, EventCode, StatusCode }) => ({
		id: idInPath(WebhookId, NOUN),
		url: String(url),
		events: [String(EventCode)],
		active: StatusCode === undefined || String(StatusCode) === ENABLED,
	}));
}

const bodyOf = ({ url, events: [event] }: Wanted, secret: string): IDataObject => ({
	Description: 'n8n',
	URL: url,
	Method: 'POST',
	ContentType: 'application/json',
	WebhookEvent: eventNumbers[event],
	IsSpecificLandingPage: false,
	NotifyOnFailure: true,
	WebhookProperties: null,
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
