import type { IDataObject } from 'n8n-workflow';
import { FailureError } from '../shared/base/failure';
import { valueAt, toText } from '../shared/base/json';
import { idInPath, listAt } from '../shared/base/parseResponse';
import type { SendRequest } from '../shared/http/apiRequest';
import type { Subscription, Subscribed } from '../shared/trigger/trigger';

const NOUN = 'a webhook';

/** Statuses by which a server tells that it has no such request, or no such record. */
const NOT_THERE = [404, 405];

async function list(send: SendRequest): Promise<Subscribed[]> {
	const response = await send({ method: 'GET', path: '/webhooks', query: {}, effect: 'reads' });
	return listAt(response, 'data').map(({ id, target_url, events, is_active }) => ({
		id: idInPath(id, NOUN),
		url: toText(target_url),
		events: Array.isArray(events) ? events.map(toText) : [],
		// What says nothing of a pause is not paused.
		active: is_active !== false,
	}));
}

/** @returns false where the server does not have it */
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
 * Webhooks of Syncro Chat. Of the update its method is a guess, and of the removal all: where the server has no request
 * to remove one, it is switched off. https://docs.syncro.chat/en/webhooks
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
		throw new FailureError({ message: 'Syncro Chat took no request to remove it and none to switch it off' });
	},
	byHand: 'To be rid of it at once, delete it in Syncro Chat.',
	page: 'https://docs.syncro.chat/en/webhooks',
};
