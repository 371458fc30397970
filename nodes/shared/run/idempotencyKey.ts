import { hash } from 'crypto';
import type { IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';
import { distinctText } from '../base/json';

/** What an item, or a block of items, is noted under. */
export interface KeyName {
	/** Says which item it is. */
	key: string;
	/** Says where it stood, so that another item in its place is noticed. */
	place?: string;
}

/**
 * What was known of an item.
 * - `displaced`: another one was begun in its place
 * - `forgotten`: notes of its execution are lost
 */
export type KeyState = 'fresh' | 'begun' | 'done' | 'displaced' | 'forgotten';

/** Items of a run whose notes become one note when all of them are done. */
export const BLOCK = 16;

/** What the items of one run of a node have in common. */
export interface RunKeys {
	/** The execution that was retried first, if any, and this one. */
	executions: readonly string[];
	runIndex: number;
	/** Items of the run. */
	count: number;
	/** What n8n keeps for the node in this execution, and hands over when the execution is retried. */
	kept: Kept;
	/** The names of a block of items by what they hold, in their order. */
	block: (block: number) => readonly KeyName[];
}

interface Kept {
	firstExecution?: string;
	/** The last run of the node in which items were noted. */
	notedRun?: number;
}

/** How an item is known to the journal. */
export interface IdempotencyKey {
	names: readonly KeyName[];
	/** The user's own name for it, which counts in all executions of the node. */
	oncePer?: string;
	/** Its place among the items of the run. */
	item: number;
	run?: RunKeys;
}

/** What items of the same name have in common. */
export const keyOf = ({ names }: IdempotencyKey): string => names[0].key;

/**
 * Names the items of a run: by the user's text, or by what they hold and the how many-eth of those that hold the same it
 * is, because input that is read anew after a crash may come in another order.
 */
export class IdempotencyKeys {
	private operation?: unknown[];
	private runNames?: RunKeys;
	private runs: string[] = [];
	private readonly contents: string[] = [];
	private readonly counts = new Map<string, number>();

	/** @param accountOf whose records an item is about, where items of the node may be about those of different accounts */
	constructor(
		private readonly context: IExecuteFunctions,
		private readonly items: readonly INodeExecutionData[],
		private readonly accountOf: (item: number) => string | undefined = () => undefined,
	) {}

	/** The claim of an item to which the user gave a name. */
	byText(item: number, oncePer: string): IdempotencyKey {
		const account = this.accountOf(item);
		const key = JSON.stringify(['once', ...this.operationOf(), oncePer, ...(account === undefined ? [] : [account])]);
		// One item alone is known or it is not: there is nothing beside it that may have been forgotten.
		const isAlone = this.items.length === 1 || !this.context.getExecutionId();
		return { names: [{ key }], oncePer, item, run: isAlone ? undefined : this.run() };
	}

	/**
	 * The claim of an item by its execution.
	 *
	 * @throws Error where n8n does not say which execution it is
	 */
	byExecution(item: number): IdempotencyKey {
		const run = this.run();
		const content = this.contentOf(item);
		return { names: this.runs.map((name) => ({ key: `${name} ${content}`, place: `${name} ${item}` })), item, run };
	}

	private run(): RunKeys {
		if (this.runNames) return this.runNames;
		const kept: Kept = this.context.getContext('node');
		const executions = executionsOf(this.context, kept);
		const runIndex = this.context.getWorkflowDataProxy(0).$runIndex;
		this.runs = executions.map((id) => JSON.stringify([id, runIndex, ...this.operationOf()]));
		const block = (index: number) => {
			const end = Math.min(this.items.length, (index + 1) * BLOCK);
			const contents = Array.from({ length: end - index * BLOCK }, (_, at) => this.contentOf(index * BLOCK + at));
			const digest = hash('sha256', contents.join('\n'), 'base64');
			return this.runs.map((name) => ({ key: `${name} block ${index} ${digest}`, place: `${name} block ${index}` }));
		};
		return (this.runNames = { executions, runIndex, count: this.items.length, kept, block });
	}

	private contentOf(item: number): string {
		while (this.contents.length <= item) {
			const next = this.contents.length;
			const content = hash('sha256', distinctText(this.items[next].json) + (this.accountOf(next) ?? ''), 'base64');
			this.counts.set(content, (this.counts.get(content) ?? 0) + 1);
			this.contents.push(`${content} ${this.counts.get(content)}`);
		}
		return this.contents[item];
	}

	private operationOf(): unknown[] {
		return (this.operation ??= [
			this.context.getNodeParameter('resource', 0),
			this.context.getNodeParameter('operation', 0),
		]);
	}
}

/**
 * The IDs under which a later run of the same execution looks for its items. n8n's Retry makes a new execution: it hands the
 * node's context over where the first one came to its end, and tells the retried ID to its own hooks alone.
 */
function executionsOf(context: IExecuteFunctions, kept: Kept): string[] {
	const id = context.getExecutionId();
	if (!id) throw new Error('this execution has no ID');
	const { additionalData } = context as IExecuteFunctions & { additionalData?: { hooks?: { retryOf?: string } } };
	const retried = kept.firstExecution ?? additionalData?.hooks?.retryOf;
	kept.firstExecution = retried ?? id;
	return [...new Set([kept.firstExecution, id])];
}
