import { woofedCrm, searchPages } from './vendor';
import type { PolledEvent, PollTrigger } from '../shared/trigger/polled';

/** A job of the CRM may write a record minutes after the moment that it carries. */
const OVERLAP_MS = 10 * 60 * 1000;

const pages = 'https://docs.woofedcrm.com/docs/Developer%20Guides/Api/endpoints/';

/** Records whose `created_at` or `updated_at` is new. The search takes ransack's predicates; its order has to be asked for. */
function changed(
	name: string,
	resource: 'contacts' | 'deals',
	moment: 'created_at' | 'updated_at',
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
			moment,
			from: (from) => ({ query: { [`${moment}_gteq`]: from.toISOString(), s: [`${moment} asc`, 'id asc'] } }),
			newest: () => ({ query: { s: [`${moment} desc`, 'id desc'] } }),
			...(moment === 'created_at' ? { change: ({ id }) => id } : {}),
		},
	};
}

const NEWER = 'Only newer versions of WoofedCRM can list deals';

export const pollTrigger: PollTrigger = {
	vendor: woofedCrm,
	events: {
		contact_created: changed('Contact Created', 'contacts', 'created_at'),
		contact_changed: changed('Contact Created or Updated', 'contacts', 'updated_at'),
		deal_created: changed('Deal Created', 'deals', 'created_at', NEWER),
		deal_changed: changed('Deal Created or Updated', 'deals', 'updated_at', NEWER),
	},
};
