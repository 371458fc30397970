import type { IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';
import type { Failure } from '../base/failure';

/** What became of an item, for good; `earlier` says that it was not sent now, for what an earlier run left. */
export type ItemResult = { output: INodeExecutionData[] } | { failure: Failure; earlier?: true };

export interface RetryCache {
	recall: (item: number) => ItemResult | undefined;
	remember: (item: number, finished: ItemResult) => void;
}

/**
 * By n8n's own item objects: it makes them anew for each run of a node, and hands the same ones over when "Retry On
 * Fail" runs the node again (`addPairedItemLineage` in workflow-execute.ts of n8n-core). They vanish with the run.
 */
const finishedByItem = new WeakMap<INodeExecutionData, { node: string; finished: ItemResult }>();

/**
 * Remembers finished items while n8n's "Retry On Fail" is on.
 *
 * That setting runs the whole node again after a failure, items that succeeded included. With this memory an item that
 * was carried out, or that may have been, is not sent a second time.
 */
export function retryCache(context: IExecuteFunctions, items: readonly INodeExecutionData[]): RetryCache {
	const { id, retryOnFail } = context.getNode();
	if (!retryOnFail) return { recall: () => undefined, remember: () => undefined };
	return {
		recall: (item) => {
			const known = finishedByItem.get(items[item]);
			return known?.node === id ? known.finished : undefined;
		},
		remember: (item, finished) => finishedByItem.set(items[item], { node: id, finished }),
	};
}
