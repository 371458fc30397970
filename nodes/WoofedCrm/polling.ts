import { woofedCrm, searchPages } from './vendor';
import type { PolledEvent, PollTrigger } from '../shared/trigger/polled';

/** A background job of the CRM may write a record minutes after its timestamp. */
const OVERLAP_MS = 10 * 60 * 1000;

const pages = 'https://docs.woofedcrm.com/docs/Developer%20Guides/Api/endpoints/';

/**
 * Returns an event for records with a new `created_at` or `updated_at`. The search accepts predicates of ransack; without
 * `s`, its order is not defined.
 */
function changed(
	name: string,
	resource: 'contacts' | 'deals',
	timestamp: 'created_at' | 'updated_at',
	description?: string,
): PolledEvent {
	return {
		name,
		description,
		request: `POST /${resource}/search`,
		contract: resource === 'contacts' ? 'searchContacts' : 'searchDeals',
		page: `${pages}${resource}/`,
		confidence: 'documented',
		pages: searchPages,
		overlapMs: OVERLAP_MS,
		by: {
			moment: timestamp,
			from: (from) => ({ query: { [`${timestamp}_gteq`]: from.toISOString(), s: [`${timestamp} asc`, 'id asc'] } }),
			newest: () => ({ query: { s: [`${timestamp} desc`, 'id desc'] } }),
			...(timestamp === 'created_at' ? { change: ({ id }) => id } : {}),
		},
	};
}

const NEWER = 'Needs a newer version of WoofedCRM that can list deals';

export const pollTrigger: PollTrigger = {
	vendor: woofedCrm,
	events: {
		contact_created: changed('Contact Created', 'contacts', 'created_at'),
		contact_changed: changed('Contact Created or Updated', 'contacts', 'updated_at'),
		deal_created: changed('Deal Created', 'deals', 'created_at', NEWER),
		deal_changed: changed('Deal Created or Updated', 'deals', 'updated_at', NEWER),
	},
};
