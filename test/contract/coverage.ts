import { contractOf, operationsOf, type ContractOperation } from '../sandbox/contract';
import { offeredLists, operations, vendors } from '../support/vendors';

export interface Coverage {
	/** As people know the vendor. */
	name: string;
	/** Whether each operation has to be offered, or left out for a reason. */
	isComplete: boolean;
	inContract: number;
	/** Documented, or seen in an example of the vendor's page; those of another host are not counted. */
	documented: number;
	/** Of the documented ones: offered as an operation, or used by a list, a mapper or a credential test. */
	covered: number;
	/** Those of the contract that are not, documented or inferred, with the reason where one is written down. */
	leftOut: Array<{ operation: string; reason: string }>;
}

/** How much of each vendor's contract the pack offers. */
export function coverage(): Coverage[] {
	return vendors.map((vendor) => {
		const { credentialTest, notOffered } = vendor;
		const all = operationsOf(contractOf(vendor.name)).map(({ operation }) => operation);
		const isDocumented = ({ 'x-confidence': confidence, servers }: ContractOperation) =>
			(confidence === 'documented' || confidence === 'example-only') && servers === undefined;
		const documented = all.filter(isDocumented);
		const used = new Set([
			...operations
				.filter(({ parts }) => parts === vendor)
				.flatMap(({ operation }) => [operation.contract, operation.batch?.contract]),
			...[...offeredLists(vendor), ...vendor.entities].map(({ contract }) => contract),
			credentialTest,
		]);
		const isUsed = ({ operationId }: ContractOperation) => used.has(operationId);
		const leftOut = all
			.filter((operation) => !isUsed(operation))
			.map(({ operationId }) => ({ operation: operationId, reason: notOffered?.[operationId] ?? 'not built yet' }));
		return {
			name: vendor.vendor.name,
			isComplete: notOffered !== undefined,
			inContract: all.length,
			documented: documented.length,
			covered: documented.filter(isUsed).length,
			leftOut,
		};
	});
}
