import { hash } from 'crypto';
import type { IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';
import { distinctText } from '../base/json';
import type { Name } from './journal';

/** How an item is known to the journal. */
export interface Claim {
	names: readonly Name[];
	/** The user's own name for it, which counts in all executions of the node. */
	oncePer?: string;
}

/** What items of the same name have in common. */
export const keyOf = ({ names }: Claim): string => names[0].key;

/**
 * The claim of an item to which the user gave a name.
 *
 * @param account whose records the item is about, where items of the node may be about those of different accounts
 */
export function namedClaim(context: IExecuteFunctions, oncePer: string, account?: string): Claim {
	return { names: [{ key: JSON.stringify(['once', ...operationOf(context), oncePer, ...(account === undefined ? [] : [account])]) }], oncePer };
}

/**
 * Names the items of an execution by what they hold, and the how many-eth of those that hold the same it is: input that is
 * read anew after a crash may come in another order.
 *
 * @param accountOf whose records an item is about, where that may differ
 * @throws Error where n8n does not say which execution it is
 */
export function claimReader(
	context: IExecuteFunctions,
	items: readonly INodeExecutionData[],
	accountOf: (item: number) => string | undefined = () => undefined,
): (item: number) => Claim {
	let runs: string[] | undefined;
	const contents: string[] = [];
	const counts = new Map<string, number>();
	return (item) => {
		runs ??= executionsOf(context).map((id) => JSON.stringify([id, context.getWorkflowDataProxy(0).$runIndex, ...operationOf(context)]));
		while (contents.length <= item) {
			const content = hash('sha256', distinctText(items[contents.length].json) + (accountOf(contents.length) ?? ''), 'base64');
			counts.set(content, (counts.get(content) ?? 0) + 1);
			contents.push(`${content} ${counts.get(content)}`);
		}
		return { names: runs.map((run) => ({ key: `${run} ${contents[item]}`, place: `${run} ${item}` })) };
	};
}

/**
 * The IDs under which a later run of the same execution looks for its items. n8n's Retry makes a new execution: it hands the
 * node's context over where the first one came to its end, and tells the retried ID to its own hooks alone.
 */
function executionsOf(context: IExecuteFunctions): string[] {
	const id = context.getExecutionId();
	if (!id) throw new Error('this execution has no ID');
	const kept = context.getContext('node') as { firstExecution?: string };
	const { additionalData } = context as IExecuteFunctions & { additionalData?: { hooks?: { retryOf?: string } } };
	const retried = kept.firstExecution ?? additionalData?.hooks?.retryOf;
	kept.firstExecution = retried ?? id;
	return [...new Set([kept.firstExecution, id])];
}

function operationOf(context: IExecuteFunctions): unknown[] {
	return [context.getNodeParameter('resource', 0), context.getNodeParameter('operation', 0)];
}
