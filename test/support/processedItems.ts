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
	private readonly rows = new Map<string, string>();
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
		const known = new Set(kept);
		const entries = [...(kept ?? []), ...items.map(hashOf).filter((entry) => !known.has(entry))];
		if (maxEntries) entries.splice(0, entries.length - maxEntries);
		await this.turn();
		if (!kept && this.rows.has(row)) throw new Error('UNIQUE constraint failed: processed_data.workflowId, processed_data.context');
		this.write(row, entries);
		return { new: items.filter((item) => !known.has(hashOf(item))), processed: items.filter((item) => known.has(hashOf(item))) };
	}

	async removeProcessed(items: DeduplicationItemTypes[], scope: DeduplicationScope, contextData: ICheckProcessedContextData): Promise<void> {
		const row = rowOf(scope, contextData);
		await this.turn();
		const entries = this.read(row);
		if (!entries) return;
		for (const entry of items.map(hashOf)) {
			const index = entries.indexOf(entry);
			if (index !== -1) entries.splice(index, 1);
		}
		await this.turn();
		this.write(row, entries);
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
			checkProcessedAndRecord: async (items: DeduplicationItemTypes[], scope: DeduplicationScope, options: ICheckProcessedOptions) =>
				await this.checkProcessedAndRecord(items, scope, data, options),
			removeProcessed: async (items: DeduplicationItemTypes[], scope: DeduplicationScope) => await this.removeProcessed(items, scope, data),
		};
	}

	private read(row: string): string[] | undefined {
		const stored = this.rows.get(row);
		return stored === undefined ? undefined : (JSON.parse(stored) as string[]);
	}

	private write(row: string, entries: readonly string[]): void {
		this.writes += 1;
		this.rows.set(row, JSON.stringify(entries));
	}
}

const hashOf = (item: DeduplicationItemTypes) => createHash('md5').update(String(item)).digest('base64');

function rowOf(scope: DeduplicationScope, { workflow, node }: ICheckProcessedContextData): string {
	if (!workflow.id) throw new Error('The expression evaluated to a falsy value: assert.ok(contextData.workflow.id)');
	return `${workflow.id} ${scope === 'node' ? `n:${node!.id}` : ''}`;
}
