import type { IDataObject } from 'n8n-workflow';
import { valueAt, toText } from '../shared/base/json';
import type { Trigger } from '../shared/trigger/trigger';
import { events } from './events';
import { wegly } from './vendor';

/** Returns the property of the payload with the name of the record. Only the payload of leads is documented. */
function recordOf({ event_key, payload }: IDataObject): unknown {
	return valueAt(payload, toText(event_key).split('.')[0]) ?? payload;
}

/** Identifies a change. One change of a record may send two events, such as `deal.stage_changed` and `deal.updated`. */
function changeOf(body: IDataObject): string | undefined {
	const [id, updatedAt] = ['id', 'updated_at'].map((name) => valueAt(recordOf(body), name));
	return typeof id === 'string' && typeof updatedAt === 'string' ? `${id} ${updatedAt}` : undefined;
}

/** The user subscribes by hand. Wegly signs the body with HMAC-SHA-256. https://docs.wegly.com.br/documentacao-da-api/eventos-de-webhooks */
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
		'In Wegly, open the gear icon > Integrações > Webhooks. Add a webhook with this URL and a secret of your choice.',
		'Enter the same secret under Webhook Secret of the credential. Without it, the node checks no signature, and anyone who knows the URL can send deliveries.',
	],
};
