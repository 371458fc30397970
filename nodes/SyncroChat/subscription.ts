import type { IDataObject } from 'n8n-workflow';
import { FailureError } from '../shared/base/failure';
import { valueAt, toText } from '../shared/base/json';
import { idInPath, listAt } from '../shared/base/parseResponse';
import type { SendRequest } from '../shared/http/apiRequest';
import type { Subscription, Subscribed } from '../shared/trigger/trigger';

const NOUN = 'a webhook';

/** Statuses of a server that lacks the endpoint or the record. */
const NOT_THERE = [404, 405];

async function list(send: SendRequest): Promise<Subscribed[]> {
	const response = await send({ method: 'GET', path: '/webhooks', query: {}, effect: 'reads' });
	return listAt(response, 'data').map(({ id, target_url, events, is_active }) => ({
		id: idInPath(id, NOUN),
		url: toText(target_url),
		events: Array.isArray(events) ? events.map(toText) : [],
		// A webhook without this property is active.
		active: is_active !== false,
	}));
}

/** Sends a request about one webhook. @returns false if the server lacks the endpoint or the webhook */
async function done(send: SendRequest, method: 'PUT' | 'DELETE', id: string, body?: IDataObject): Promise<boolean> {
	return await send({ method, path: `/webhooks/${id}`, query: {}, body, effect: 'idempotent' }).then(
		() => true,
		(error) => {
			if (error instanceof FailureError && NOT_THERE.includes(error.failure.httpCode ?? 0)) return false;
			throw error;
		},
	);
}

/**
 * Webhooks of Syncro Chat. The method of the update and the whole removal are guesses. If the server can't remove a webhook,
 * the node deactivates it. https://docs.syncro.chat/en/webhooks
 */
export const subscription: Subscription = {
	list,
	create: async (send, { url, events }, secret) => {
		const body = { target_url: url, events, source: 'n8n', secret };
		return idInPath(
			valueAt(await send({ method: 'POST', path: '/webhooks', query: {}, body, effect: 'writes' }), 'id'),
			NOUN,
		);
	},
	update: async (send, { id }, { url, events }) =>
		(await done(send, 'PUT', id, { target_url: url, events, is_active: true })) ? id : undefined,
	remove: async (send, id) => {
		if (await done(send, 'DELETE', id)) return true;
		const left = (await list(send)).find((one) => one.id === id);
		if (!left) return true;
		if (!left.active || (await done(send, 'PUT', id, { is_active: false }))) return false;
		throw new FailureError({ message: 'Syncro Chat accepted neither a request to remove it nor one to deactivate it' });
	},
	byHand: 'To remove it now, delete it in Syncro Chat.',
	page: 'https://docs.syncro.chat/en/webhooks',
};
