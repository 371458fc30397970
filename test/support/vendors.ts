import type { ICredentialDataDecryptedObject } from 'n8n-workflow';
import { entities as leadSquaredEntities } from '../../nodes/LeadSquared/entities';
import * as leadSquaredLists from '../../nodes/LeadSquared/lookups';
import { resources as leadSquaredResources } from '../../nodes/LeadSquared/resources';
import { leadSquared } from '../../nodes/LeadSquared/vendor';
import type { EntityFields } from '../../nodes/shared/fields';
import type { Lookup } from '../../nodes/shared/fields/lookup';
import type { Operation, Resources } from '../../nodes/shared/form/operation';
import type { Vendor } from '../../nodes/shared/form/vendor';
import { entities as syncroChatEntities } from '../../nodes/SyncroChat/entities';
import * as syncroChatLists from '../../nodes/SyncroChat/lookups';
import { resources as syncroChatResources } from '../../nodes/SyncroChat/resources';
import { syncroChat } from '../../nodes/SyncroChat/vendor';
import * as weglyLists from '../../nodes/Wegly/lookups';
import { resources as weglyResources } from '../../nodes/Wegly/resources';
import { wegly } from '../../nodes/Wegly/vendor';
import * as woofedCrmLists from '../../nodes/WoofedCrm/lookups';
import { resources as woofedCrmResources } from '../../nodes/WoofedCrm/resources';
import { woofedCrm } from '../../nodes/WoofedCrm/vendor';
import type { Sample } from '../engine/samples';
import { leadSquaredActivitySamples } from '../engine/samples/leadSquaredActivities';
import { leadSquaredLeadSamples } from '../engine/samples/leadSquaredLeads';
import { leadSquaredSalesSamples } from '../engine/samples/leadSquaredSales';
import { leadSquaredTaskSamples } from '../engine/samples/leadSquaredTasks';
import { syncroChatSamples } from '../engine/samples/syncroChat';
import { weglySamples } from '../engine/samples/wegly';
import { woofedCrmSamples } from '../engine/samples/woofedCrm';
import type { VendorSandbox } from '../sandbox/types';
import { leadSquaredSandbox } from '../sandbox/vendors/leadSquared';
import { syncroChatSandbox } from '../sandbox/vendors/syncroChat';
import { weglySandbox } from '../sandbox/vendors/wegly';
import { seeded as weglySeeds } from '../sandbox/vendors/weglyRecords';
import { woofedCrmSandbox } from '../sandbox/vendors/woofedCrm';

/** All that the tests know of a vendor. */
interface Entry {
	/** Name of the node; the contract is called the same, and the credential type with `Api` at its end. */
	name: string;
	/** Folder under `nodes`. */
	folder: string;
	vendor: Vendor;
	resources: Resources;
	/** What `lookups.ts` exports: each list, and what of them the node offers. */
	lists: Readonly<Record<string, Lookup | readonly Lookup[]>>;
	/** The fields of the account that its mappers offer. */
	entities: readonly EntityFields[];
	/** What the contract writes before the paths of the descriptors. */
	pathPrefix: string;
	/** Operation of the contract that the credential test asks. */
	credentialTest: string;
	/** Operations of the contract that are not offered, each with the reason; undefined while the vendor is still being built. */
	notOffered?: Readonly<Record<string, string>>;
	/** What a derived sample writes into fields of a label: IDs that a fresh sandbox knows, where no list has them as its example. */
	known: Readonly<Record<string, string>>;
	/** Filled-in forms of operations that no example workflow uses, where a derived one would not do. */
	samples: readonly Sample[];
	/** The vendor as a local server. */
	sandbox: () => VendorSandbox;
	/** Credential for the vendor's sandbox at an address, without the rate. */
	credential: (url: string) => ICredentialDataDecryptedObject;
	/** Headers that the sandbox takes for a good key. */
	keys: Readonly<Record<string, string>>;
}

const proposed = 'proposed in an open pull request of the vendor; most installations answer 404';
const seenOnly = 'seen in code of others only, on no page of the vendor';
const asyncHost = 'stands on a host of its own with a key of its own, and is not meant for many records';
const byPost = 'the same as the search by POST';

/** The vendors, in the order of the sandbox's ports: a new one goes to the end. */
const entries = [
	{
		name: 'syncroChat',
		folder: 'SyncroChat',
		vendor: syncroChat,
		resources: syncroChatResources,
		lists: syncroChatLists,
		entities: syncroChatEntities,
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
	},
	{
		name: 'wegly',
		folder: 'Wegly',
		vendor: wegly,
		resources: weglyResources,
		lists: weglyLists,
		entities: [],
		pathPrefix: '/integrations/external',
		credentialTest: 'getUnreadSummary',
		notOffered: {},
		known: {
			'Chat ID': weglySeeds.chat,
			'User ID': weglySeeds.user,
			'Deal ID': weglySeeds.deal,
			'File ID': weglySeeds.file,
			'Proposal ID': weglySeeds.proposal,
		},
		samples: weglySamples,
		sandbox: weglySandbox,
		credential: (url) => ({ token: 'sandbox_wegly_token', baseUrl: url, allowedDomain: '' }),
		keys: { authorization: 'Bearer sandbox_wegly_token' },
	},
	{
		name: 'woofedCrm',
		folder: 'WoofedCrm',
		vendor: woofedCrm,
		resources: woofedCrmResources,
		lists: woofedCrmLists,
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
	},
	{
		name: 'leadSquared',
		folder: 'LeadSquared',
		vendor: leadSquared,
		resources: leadSquaredResources,
		lists: leadSquaredLists,
		entities: leadSquaredEntities,
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
	},
] as const satisfies readonly Entry[];

export type VendorName = (typeof entries)[number]['name'];

export interface VendorParts extends Entry {
	name: VendorName;
}

export const vendors: readonly VendorParts[] = entries;

/** One thing for each vendor, by its name. */
export function byVendor<Value>(valueOf: (parts: VendorParts) => Value): Record<VendorName, Value> {
	return Object.fromEntries(vendors.map((parts) => [parts.name, valueOf(parts)])) as Record<VendorName, Value>;
}

/** The lists that a vendor's node offers to its form. */
export const offeredLists = ({ lists }: VendorParts): Lookup[] =>
	Object.values(lists).flatMap((list) => (Array.isArray(list) ? (list as Lookup[]) : []));

/** An operation with its place. */
export interface OperationPlace {
	title: string;
	parts: VendorParts;
	resource: string;
	/** Stored name. */
	value: string;
	operation: Operation;
}

export const operations: OperationPlace[] = vendors.flatMap((parts) =>
	Object.entries(parts.resources).flatMap(([resource, { name, operations: all }]) =>
		Object.entries(all).map(([value, operation]) => ({
			title: `${parts.vendor.name}: ${name} > ${operation.name}`,
			parts,
			resource,
			value,
			operation,
		})),
	),
);

/** An operation that the contract documents. */
export interface DocumentedPlace extends OperationPlace {
	operation: Operation & { contract: string };
}

/** All but the requests that users write themselves. */
export const documentedOperations: DocumentedPlace[] = operations.filter(
	(place): place is DocumentedPlace => place.operation.contract !== undefined,
);
