import type { IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';
import type { Failure } from '../base/failure';

/** The final result of an item. `earlier` means that this run did not send it, because of the notes of an earlier run. */
export type ItemResult = { output: INodeExecutionData[] } | { failure: Failure; earlier?: true };

/** Results of items from earlier tries of Retry On Fail. */
export interface RetryCache {
	recall: (item: number) => ItemResult | undefined;
	remember: (item: number, result: ItemResult) => void;
}

/**
 * Results by n8n's item objects. n8n creates new objects for each run of a node, but "Retry On Fail" passes the same objects
 * again (`addPairedItemLineage` in workflow-execute.ts of n8n-core). The entries vanish with the objects.
 */
const resultsByItem = new WeakMap<INodeExecutionData, { node: string; result: ItemResult }>();

/**
 * Returns a cache of results while n8n's "Retry On Fail" is on, else an empty one.
 *
 * After a failure, that setting runs the whole node again, including the items that succeeded. The cache prevents a second
 * request for an item that was, or may have been, carried out.
 */
export function retryCache(context: IExecuteFunctions, items: readonly INodeExecutionData[]): RetryCache {
	const { id, retryOnFail } = context.getNode();
	if (!retryOnFail) return { recall: () => undefined, remember: () => undefined };
	return {
		recall: (item) => {
			const known = resultsByItem.get(items[item]);
			return known?.node === id ? known.result : undefined;
		},
		remember: (item, result) => resultsByItem.set(items[item], { node: id, result }),
	};
}
