import type { Lookup } from '../../nodes/shared/fields/lookup';
import { lookups as leadSquared } from '../../nodes/LeadSquared/lookups';
import { lookups as syncroChat, multiSelects } from '../../nodes/SyncroChat/lookups';
import { lookups as woofedCrm } from '../../nodes/WoofedCrm/lookups';
import { contractOf, operationsOf, type ContractOperation, type VendorName } from '../sandbox/contract';
import { operations, vendors } from '../support/vendors';

/** Operations that serve a credential test. */
const credentialTests: Readonly<Record<VendorName, string>> = {
	leadSquared: 'authenticateUser',
	syncroChat: 'getAccount',
	wegly: 'getUnreadSummary',
	woofedCrm: 'searchContactsByQueryString',
};

/** The lists of each vendor's forms. */
export const lookups: Readonly<Record<VendorName, readonly Lookup[]>> = { leadSquared, syncroChat: [...syncroChat, ...multiSelects], wegly: [], woofedCrm };

const proposed = 'proposed in an open pull request of the vendor; most installations answer 404';
const byPost = 'the same as the search by POST';

/** Why operations are not offered. */
const reasons: Readonly<Record<VendorName, Readonly<Record<string, string>>>> = {
	leadSquared: {},
	syncroChat: { updateWebhook: 'its method and members are guesses' },
	wegly: {},
	woofedCrm: {
		searchDealsByQueryString: byPost,
		searchProductsByQueryString: byPost,
		searchUsersByQueryString: byPost,
		getContactByChatwootId: proposed,
		createContactEvent: proposed,
	},
};

export interface Coverage {
	vendor: VendorName;
	name: string;
	inContract: number;
	/** Documented, or seen in an example of the vendor's page. */
	documented: number;
	/** Of the documented ones: offered as an operation, or used by a list, a mapper or a credential test. */
	covered: number;
	/** Those of the contract that are not, documented or inferred, with the reason where one is written down. */
	leftOut: Array<{ operation: string; reason: string }>;
}

/** How much of each vendor's contract the pack offers. */
export function coverage(): Coverage[] {
	return vendors.map(({ name: vendor, vendor: { name } }) => {
		const all = operationsOf(contractOf(vendor)).map(({ operation }) => operation);
		const documented = all.filter((operation) => operation['x-confidence'] === 'documented' || operation['x-confidence'] === 'example-only');
		const used = new Set([
			...operations.filter(({ parts }) => parts.name === vendor).map(({ operation }) => operation.contract),
			...lookups[vendor].map(({ contract }) => contract),
			credentialTests[vendor],
		]);
		const isUsed = ({ operationId }: ContractOperation) => used.has(operationId);
		const leftOut = all
			.filter((operation) => !isUsed(operation))
			.map(({ operationId }) => ({ operation: operationId, reason: reasons[vendor][operationId] ?? 'not built yet' }));
		return { vendor, name, inContract: all.length, documented: documented.length, covered: documented.filter(isUsed).length, leftOut };
	});
}
