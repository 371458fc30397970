import * as lists from '../../../nodes/Wegly/lookups';
import { resources } from '../../../nodes/Wegly/resources';
import { wegly as vendor } from '../../../nodes/Wegly/vendor';
import type { VendorEntry } from '../entry';
import { seeded } from './records';
import { weglySamples } from './samples';
import { weglySandbox } from './sandbox';

export const wegly = {
	name: 'wegly',
	folder: 'Wegly',
	vendor,
	resources,
	lists,
	entities: [],
	pathPrefix: '/integrations/external',
	credentialTest: 'getUnreadSummary',
	notOffered: {},
	known: {
		'Chat ID': seeded.chat,
		'User ID': seeded.user,
		'Deal ID': seeded.deal,
		'File ID': seeded.file,
		'Proposal ID': seeded.proposal,
	},
	samples: weglySamples,
	sandbox: weglySandbox,
	credential: (url) => ({ token: 'sandbox_wegly_token', baseUrl: url, allowedDomain: '' }),
	keys: { authorization: 'Bearer sandbox_wegly_token' },
} as const satisfies VendorEntry;
