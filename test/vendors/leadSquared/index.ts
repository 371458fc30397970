import { entities } from '../../../nodes/LeadSquared/entities';
import * as lists from '../../../nodes/LeadSquared/lookups';
import { resources } from '../../../nodes/LeadSquared/resources';
import { leadSquared as vendor } from '../../../nodes/LeadSquared/vendor';
import type { VendorEntry } from '../entry';
import { leadSquaredTaskSamples } from './taskSamples';
import { leadSquaredSalesSamples } from './salesSamples';
import { leadSquaredActivitySamples } from './activitySamples';
import { leadSquaredLeadSamples } from './leadSamples';
import { leadSquaredSandbox } from './sandbox';

const seenOnly = 'seen in code of others only, on no page of the vendor';
const asyncHost = 'stands on a host of its own with a key of its own, and is not meant for many records';

export const leadSquared = {
	name: 'leadSquared',
	folder: 'LeadSquared',
	vendor,
	resources,
	lists,
	entities,
	pathPrefix: '/v2',
	credentialTest: 'authenticateUser',
	known: {
		'Activity ID': '5b000046-1a2b-4c3d-8e4f-000000000046',
		'Opportunity ID': '5b000050-1a2b-4c3d-8e4f-000000000050',
		'Sales Activity ID': '5b00005a-1a2b-4c3d-8e4f-00000000005a',
		'Activity Type ID': '5b000047-1a2b-4c3d-8e4f-000000000201',
	},
	notOffered: {
		getTaskById: seenOnly,
		getAppointmentsByUserId: seenOnly,
		sendEmailToLead: seenOnly,
		deleteWebhook: seenOnly,
		captureLeadAsync: asyncHost,
		updateLeadAsync: asyncHost,
		postActivityAsync: asyncHost,
		captureOpportunityAsync: asyncHost,
		updateOpportunityAsync: asyncHost,
		getAsyncLeadStatus: asyncHost,
	},
	// In this order: what deletes leads and opportunities comes after all that need them.
	samples: [
		...leadSquaredTaskSamples,
		...leadSquaredSalesSamples,
		...leadSquaredActivitySamples,
		...leadSquaredLeadSamples,
	],
	sandbox: leadSquaredSandbox,
	credential: (url) => ({
		accessKey: 'u$rsandbox_access',
		secretKey: 'sandbox_secret',
		host: 'custom',
		baseUrl: url,
	}),
	keys: { 'x-lsq-accesskey': 'u$rsandbox_access', 'x-lsq-secretkey': 'sandbox_secret' },
} as const satisfies VendorEntry;
