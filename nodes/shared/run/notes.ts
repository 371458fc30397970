import { BLOCK, type IdempotencyKey, type KeyName, type RunKeys } from './idempotencyKey';

/** Maximum number of entries of single items in an execution, before blocks replace them. */
export const MAX_ITEM_ENTRIES = 7_500;

/** Number of entries that blocks replace at once, so that few calls are needed. */
const REPLACED_TOGETHER = 1_500;

/** A block of fewer items would need as many entries as the items. */
const SMALLEST_BLOCK = 2;

/** A block whose items are all done, and the names of the items that it replaces. */
export interface Block {
	names: readonly KeyName[];
	items: ReadonlyArray<readonly KeyName[]>;
}

/** The state of one execution's entries in the journal: who started them, how many exist, and whether some are lost. */
export class Notes {
	/** The entries of an earlier process were read. */
	hasReadEarlierRun = false;
	/** An earlier process started this execution. */
	isRerun = false;
	/** Entries of that process are lost, so an item without an entry may have been sent. */
	isIncomplete = false;
	/** Number of entries of single items in n8n's store, and of all entries of this execution. */
	itemEntries = 0;
	entries = 0;
	/** Number of entries since the last `mark`. */
	sinceMark = 0;
	/** Index of the last run of the node that an earlier process noted. */
	readonly notedBefore?: number;
	private readonly open = new Map<string, Array<readonly KeyName[]>>();
	private readonly doneBlocks: Block[] = [];

	constructor(run?: RunKeys) {
		this.notedBefore = run?.kept.notedRun;
	}

	/** Records that an item was carried out. */
	done({ names, item, run, oncePer }: IdempotencyKey): void {
		if (!run || oncePer !== undefined) return;
		const index = Math.floor(item / BLOCK);
		const key = `${run.runIndex} ${index}`;
		const items = this.open.get(key) ?? [];
		items.push(names);
		this.open.set(key, items);
		if (items.length < Math.max(SMALLEST_BLOCK, sizeOf(index, run.count))) return;
		this.open.delete(key);
		this.doneBlocks.push({ names: run.block(index), items });
	}

	/** Returns the blocks that must replace the entries of their items, the oldest first. */
	toReplace(): Block[] {
		if (this.itemEntries <= MAX_ITEM_ENTRIES) return [];
		let left = this.itemEntries;
		const blocks: Block[] = [];
		for (const block of this.doneBlocks) {
			if (left <= MAX_ITEM_ENTRIES - REPLACED_TOGETHER) break;
			left -= entriesOfItems(block);
			blocks.push(block);
		}
		return blocks;
	}

	/** Records that blocks have replaced the entries of their items. */
	replaced(blocks: readonly Block[]): void {
		this.doneBlocks.splice(0, blocks.length);
		for (const block of blocks) {
			this.itemEntries -= entriesOfItems(block);
			this.entries += 3 * block.names.length - entriesOfItems(block);
		}
	}
}

const entriesOfItems = ({ items }: Block) => items.reduce((sum, names) => sum + 3 * names.length, 0);

/** Returns the number of items in a block. */
export const sizeOf = (block: number, count: number) => Math.min(BLOCK, count - block * BLOCK);

/** Notes by n8n's object for a node in an execution, which lives as long as the execution in this process. */
const byExecution = new WeakMap<object, { id: string; notes: Notes }>();

/** Returns the notes of an execution. All runs of the node in it share them. */
export function notesOf(run: RunKeys): Notes {
	const id = run.executions.at(-1)!;
	const known = byExecution.get(run.kept);
	if (known?.id === id) return known.notes;
	const notes = new Notes(run);
	byExecution.set(run.kept, { id, notes });
	return notes;
}
