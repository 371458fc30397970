import { entities } from '../../../nodes/SyncroChat/entities';
import * as lists from '../../../nodes/SyncroChat/lookups';
import { resources } from '../../../nodes/SyncroChat/resources';
import { syncroChat as vendor } from '../../../nodes/SyncroChat/vendor';
import type { VendorEntry } from '../entry';
import { syncroChatSamples } from './samples';
import { syncroChatSandbox } from './sandbox';

export const syncroChat = {
	name: 'syncroChat',
	folder: 'SyncroChat',
	vendor,
	resources,
	lists,
	entities,
	pathPrefix: '',
	credentialTest: 'getAccount',
	notOffered: {
		updateWebhook: 'its method and members are guesses; the trigger tries it',
		deleteWebhook: 'a guess as a whole; the trigger tries it',
	},
	known: {},
	samples: syncroChatSamples,
	sandbox: syncroChatSandbox,
	credential: (url) => ({ apiKey: 'crm_sandbox_key', baseUrl: `${url}/api/v1` }),
	keys: { 'x-api-key': 'crm_sandbox_key' },
} as const satisfies VendorEntry;
