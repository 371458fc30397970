import type { IDataObject } from 'n8n-workflow';
import { valueAt, toText } from '../shared/base/json';
import type { Trigger } from '../shared/trigger/trigger';
import { events } from './events';
import { wegly } from './vendor';

/** The record is the one member of the payload that the event is called after; only that of leads is documented. */
function recordOf({ event_key, payload }: IDataObject): unknown {
	return valueAt(payload, toText(event_key).split('.')[0]) ?? payload;
}

/** One change of a record may fire two events, such as `deal.stage_changed` and `deal.updated`. */
function changeOf(body: IDataObject): string | undefined {
	const [id, moment] = ['id', 'updated_at'].map((name) => valueAt(recordOf(body), name));
	return typeof id === 'string' && typeof moment === 'string' ? `${id} ${moment}` : undefined;
}

/** Subscribed by hand; signed by HMAC-SHA-256 of the body. https://docs.wegly.com.br/documentacao-da-api/eventos-de-webhooks */
export const trigger: Trigger = {
	vendor: wegly,
	events,
	otherEvents: 'delivery.created',
	eventOf: ({ body, headers }) =>
		[body.event_key, headers['x-wegly-event']].find((name): name is string => typeof name === 'string'),
	recordOf,
	changeOf,
	signature: {
		kind: 'hmac',
		header: 'x-wegly-signature',
		page: 'https://docs.wegly.com.br/documentacao-da-api/eventos-de-webhooks',
	},
	steps: [
		'In Wegly open the gear icon > Integrações > Webhooks, and add a webhook with this URL and a secret of your choice.',
		'Write the same secret into Webhook Secret of the credential. Without one, no signature is checked, and all that is secret is the URL.',
	],
};
