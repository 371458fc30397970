import type { IDataObject } from 'n8n-workflow';
import { FailureError } from '../shared/base/failure';
import { memberOf, wordsOf } from '../shared/base/json';
import { idInPath, listAt } from '../shared/base/lists';
import type { Ask } from '../shared/http/call';
import type { Subscription, Subscribed } from '../shared/trigger/trigger';

const NOUN = 'a webhook';

/** Statuses by which a server tells that it has no such request, or no such record. */
const NOT_THERE = [404, 405];

async function list(ask: Ask): Promise<Subscribed[]> {
	const answer = await ask({ method: 'GET', path: '/webhooks', query: {}, effect: 'reads' });
	return listAt(answer, 'data').map(({ id, target_url, events, is_active }) => ({
		id: idInPath(id, NOUN),
		url: wordsOf(target_url),
		events: Array.isArray(events) ? events.map(wordsOf) : [],
		// What says nothing of a pause is not paused.
		active: is_active !== false,
	}));
}

/** @returns false where the server does not have it */
async function done(ask: Ask, method: 'PUT' | 'DELETE', id: string, body?: IDataObject): Promise<boolean> {
	return await ask({ method, path: `/webhooks/${id}`, query: {}, body, effect: 'repeatable' }).then(
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
	create: async (ask, { url, events }, secret) => {
		const body = { target_url: url, events, source: 'n8n', secret };
		return idInPath(memberOf(await ask({ method: 'POST', path: '/webhooks', query: {}, body, effect: 'writes' }), 'id'), NOUN);
	},
	update: async (ask, { id }, { url, events }) => ((await done(ask, 'PUT', id, { target_url: url, events, is_active: true })) ? id : undefined),
	remove: async (ask, id) => {
		if (await done(ask, 'DELETE', id)) return true;
		const left = (await list(ask)).find((one) => one.id === id);
		if (!left) return true;
		if (!left.active || (await done(ask, 'PUT', id, { is_active: false }))) return false;
		throw new FailureError({ headline: 'Syncro Chat took no request to remove it and none to switch it off' });
	},
	byHand: 'To be rid of it at once, delete it in Syncro Chat.',
	page: 'https://docs.syncro.chat/en/webhooks',
};
