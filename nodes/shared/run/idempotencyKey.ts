import { hash } from 'crypto';
import type { IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';
import { distinctText } from '../base/json';

/** The name under which the journal notes an item or a block of items. */
export interface KeyName {
	/** Identifies the item. */
	key: string;
	/** Identifies the position of the item, so that the journal notices another item at that position. */
	position?: string;
}

/**
 * The state of an item in the journal before this run. The docstring of `Journal` has the table.
 * - `fresh`: no earlier run sent it
 * - `begun`: an earlier run started it, and its result is unknown
 * - `done`: an earlier run completed it
 * - `displaced`: an earlier run started another item at its position
 * - `forgotten`: entries of its execution are lost
 */
export type KeyState = 'fresh' | 'begun' | 'done' | 'displaced' | 'forgotten';

/** Number of items in a block. When all items of a block are done, one note replaces their notes. */
export const BLOCK = 16;

/** The data that the items of one run of a node share. */
export interface RunKeys {
	/** IDs of executions: the one that was first retried, if any, and this one. */
	executions: readonly string[];
	runIndex: number;
	/** Number of items of the run. */
	count: number;
	/** Data that n8n stores for the node in this execution, and passes on when the execution is retried. */
	kept: Kept;
	/** Returns the names of a block, derived from the content and order of its items. */
	block: (block: number) => readonly KeyName[];
}

interface Kept {
	firstExecution?: string;
	/** Index of the last run of the node with noted items. */
	notedRun?: number;
}

/** Identifies an item in the journal. */
export interface IdempotencyKey {
	names: readonly KeyName[];
	/** The value of 'Once Per', which is valid in all executions of the node. */
	oncePer?: string;
	/** Its index among the items of the run. */
	item: number;
	run?: RunKeys;
}

/** Returns the text that items with the same key share. */
export const keyOf = ({ names }: IdempotencyKey): string => names[0].key;

/**
 * Creates the idempotency keys of a run: from 'Once Per', or from the content of an item and its number among items with the
 * same content. The index of an item doesn't count, because input that is read again after a crash may have another order.
 */
export class IdempotencyKeys {
	private operation?: unknown[];
	private runNames?: RunKeys;
	private runs: string[] = [];
	private readonly contents: string[] = [];
	private readonly counts = new Map<string, number>();

	/** @param accountOf returns the account of an item, if the items may belong to different accounts */
	constructor(
		private readonly context: IExecuteFunctions,
		private readonly items: readonly INodeExecutionData[],
		private readonly accountOf: (item: number) => string | undefined = () => undefined,
	) {}

	/** Returns the key of an item with 'Once Per'. */
	byText(item: number, oncePer: string): IdempotencyKey {
		const account = this.accountOf(item);
		const key = JSON.stringify(['once', ...this.operationOf(), oncePer, ...(account === undefined ? [] : [account])]);
		// A single item needs no run: no entries beside its own can be lost.
		const isAlone = this.items.length === 1 || !this.context.getExecutionId();
		return { names: [{ key }], oncePer, item, run: isAlone ? undefined : this.run() };
	}

	/**
	 * Returns the key of an item within its execution.
	 *
	 * @throws Error if n8n does not provide the ID of the execution
	 */
	byExecution(item: number): IdempotencyKey {
		const run = this.run();
		const content = this.contentOf(item);
		return { names: this.runs.map((name) => ({ key: `${name} ${content}`, position: `${name} ${item}` })), item, run };
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
			return this.runs.map((name) => ({ key: `${name} block ${index} ${digest}`, position: `${name} block ${index}` }));
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
 * Returns the IDs under which a later run of the same execution finds its items. n8n's Retry creates a new execution. It passes
 * on the node's context only if the first execution ended, and passes the retried ID only to its own hooks.
 */
function executionsOf(context: IExecuteFunctions, kept: Kept): string[] {
	const id = context.getExecutionId();
	if (!id) throw new Error('this execution has no ID');
	const { additionalData } = context as IExecuteFunctions & { additionalData?: { hooks?: { retryOf?: string } } };
	const retried = kept.firstExecution ?? additionalData?.hooks?.retryOf;
	kept.firstExecution = retried ?? id;
	return [...new Set([kept.firstExecution, id])];
}
