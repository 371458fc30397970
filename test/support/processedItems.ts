import { createHash } from 'node:crypto';
import type {
	DeduplicationItemTypes,
	DeduplicationScope,
	ICheckProcessedContextData,
	ICheckProcessedOptions,
	IDataDeduplicator,
	IDeduplicationOutput,
	INode,
} from 'n8n-workflow';

/**
 * n8n's memory of processed items without its database, in mode `entries`, as `DeduplicationHelper` of n8n's CLI has it: a
 * list of hashes for each workflow and node, read and written as a whole, with nothing that keeps two calls apart.
 */
export class ProcessedItems implements IDataDeduplicator {
	/** Lists are never changed once they are written, as what a database gives is a copy. */
	private readonly rows = new Map<string, readonly string[]>();
	/** The entries of the list that a row holds now, so that they need not be gathered for each call. */
	private readonly sets = new WeakMap<readonly string[], Set<string>>();
	/** Calls that wrote so far. */
	writes = 0;

	/** @param turn what a call waits for before it reads, and before it writes */
	constructor(private readonly turn: () => Promise<void> = async () => await Promise.resolve()) {}

	/** Entries of a node. */
	count(workflow: string, node: string): number {
		return this.read(`${workflow} n:${node}`)?.length ?? 0;
	}

	/** Everything that it keeps, of all nodes. */
	forget(): void {
		this.rows.clear();
	}

	async checkProcessedAndRecord(
		items: DeduplicationItemTypes[],
		scope: DeduplicationScope,
		contextData: ICheckProcessedContextData,
		{ maxEntries }: ICheckProcessedOptions,
	): Promise<IDeduplicationOutput> {
		const row = rowOf(scope, contextData);
		await this.turn();
		const kept = this.read(row);
		const known = this.setOf(kept);
		const hashes = items.map(hashOf);
		// n8n looks for doubles in its list, and so finds those among what is new, too, but not in the first call of a node.
		const isNew = hashes.map((entry) => !known.has(entry));
		const added = kept ? [...new Set(hashes.filter((_entry, index) => isNew[index]))] : hashes;
		const entries = [...(kept ?? []), ...added];
		const evicted = maxEntries ? entries.splice(0, entries.length - maxEntries) : [];
		await this.turn();
		if (!kept && this.rows.has(row))
			throw new Error('UNIQUE constraint failed: processed_data.workflowId, processed_data.context');
		this.write(row, entries, kept, added, evicted);
		return {
			new: items.filter((_item, index) => isNew[index]),
			processed: items.filter((_item, index) => !isNew[index]),
		};
	}

	async removeProcessed(
		items: DeduplicationItemTypes[],
		scope: DeduplicationScope,
		contextData: ICheckProcessedContextData,
	): Promise<void> {
		const row = rowOf(scope, contextData);
		await this.turn();
		const entries = this.read(row);
		if (!entries) return;
		const hashes = items.map(hashOf);
		const gone = new Set(hashes);
		// One of each, the first.
		const left = entries.filter((entry) => !gone.delete(entry));
		await this.turn();
		this.write(row, left, entries, [], hashes);
	}

	async clearAllProcessedItems(scope: DeduplicationScope, contextData: ICheckProcessedContextData): Promise<void> {
		this.rows.delete(rowOf(scope, contextData));
	}

	async getProcessedDataCount(scope: DeduplicationScope, contextData: ICheckProcessedContextData): Promise<number> {
		return this.read(rowOf(scope, contextData))?.length ?? 0;
	}

	/** What a node's context has of it. */
	helpers(workflow: string, node: string) {
		const data = { workflow: { id: workflow, active: false }, node: { id: node } as INode };
		return {
			checkProcessedAndRecord: async (
				items: DeduplicationItemTypes[],
				scope: DeduplicationScope,
				options: ICheckProcessedOptions,
			) => await this.checkProcessedAndRecord(items, scope, data, options),
			removeProcessed: async (items: DeduplicationItemTypes[], scope: DeduplicationScope) =>
				await this.removeProcessed(items, scope, data),
		};
	}

	private read(row: string): readonly string[] | undefined {
		return this.rows.get(row);
	}

	/** @param before the list as it was read, which may have been replaced meanwhile */
	private write(
		row: string,
		entries: readonly string[],
		before: readonly string[] | undefined,
		added: readonly string[],
		removed: readonly string[],
	): void {
		this.writes += 1;
		const set = before && this.rows.get(row) === before ? this.sets.get(before) : undefined;
		this.rows.set(row, entries);
		// A list that holds an entry twice is gathered anew.
		if (!set || set.size !== before!.length) return;
		for (const entry of removed) set.delete(entry);
		for (const entry of added) set.add(entry);
		this.sets.set(entries, set);
	}

	private setOf(entries: readonly string[] = []): Set<string> {
		const set = this.sets.get(entries) ?? new Set(entries);
		this.sets.set(entries, set);
		return set;
	}
}

const hashOf = (item: DeduplicationItemTypes) => createHash('md5').update(String(item)).digest('base64');

function rowOf(scope: DeduplicationScope, { workflow, node }: ICheckProcessedContextData): string {
	if (!workflow.id) throw new Error('The expression evaluated to a falsy value: assert.ok(contextData.workflow.id)');
	return `${workflow.id} ${scope === 'node' ? `n:${node!.id}` : ''}`;
}
