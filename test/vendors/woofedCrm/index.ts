import * as lists from '../../../nodes/WoofedCrm/lookups';
import { resources } from '../../../nodes/WoofedCrm/resources';
import { woofedCrm as vendor } from '../../../nodes/WoofedCrm/vendor';
import type { VendorEntry } from '../entry';
import { woofedCrmSamples } from './samples';
import { woofedCrmSandbox } from './sandbox';

const proposed = 'proposed in an open pull request of the vendor; most installations answer 404';
const byPost = 'the same as the search by POST';

export const woofedCrm = {
	name: 'woofedCrm',
	folder: 'WoofedCrm',
	vendor,
	resources,
	lists,
	entities: [],
	pathPrefix: '/accounts/{account_id}',
	credentialTest: 'searchContactsByQueryString',
	notOffered: {
		searchDealsByQueryString: byPost,
		searchProductsByQueryString: byPost,
		searchUsersByQueryString: byPost,
		getContactByChatwootId: proposed,
		createContactEvent: proposed,
	},
	known: {},
	samples: woofedCrmSamples,
	sandbox: woofedCrmSandbox,
	credential: (url) => ({ token: 'sandbox_woofed_token', baseUrl: url, accountId: 1, ignoreSsl: false }),
	keys: { authorization: 'Bearer sandbox_woofed_token' },
} as const satisfies VendorEntry;
