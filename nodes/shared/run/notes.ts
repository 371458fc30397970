import { BLOCK, type IdempotencyKey, type KeyName, type RunKeys } from './idempotencyKey';

/** Notes of single items that an execution leaves before blocks take their place. */
export const MOST_OF_ITEMS = 7_500;

/** How many of them give way at a time, so that few calls take them out. */
const AT_A_TIME = 1_500;

/** A block of fewer items would need as many notes as these. */
const SMALLEST_BLOCK = 2;

/** A block whose items are done, and the notes that it replaces. */
export interface Block {
	names: readonly KeyName[];
	items: ReadonlyArray<readonly KeyName[]>;
}

/** What is to be known of the notes of one execution while it lasts: which process began them, how many there are, and whether some are lost. */
export class Notes {
	/** Whether it is known what an earlier process left. */
	looked = false;
	/** An earlier process began this execution. */
	isRerun = false;
	/** Notes of that process are lost: an item without a note may have been sent. */
	forgot = false;
	/** Entries of single items in n8n's memory, and all entries of this execution. */
	ofItems = 0;
	all = 0;
	/** Entries since the mark that outlives them was written last. */
	sinceMark = 0;
	/** The last run of the node that was noted before this process. */
	readonly notedBefore?: number;
	private readonly open = new Map<string, Array<readonly KeyName[]>>();
	private readonly whole: Block[] = [];

	constructor(run?: RunKeys) {
		this.notedBefore = run?.kept.notedRun;
	}

	/** An item of an execution was carried out. */
	done({ names, item, run, oncePer }: IdempotencyKey): void {
		if (!run || oncePer !== undefined) return;
		const index = Math.floor(item / BLOCK);
		const key = `${run.runIndex} ${index}`;
		const items = this.open.get(key) ?? [];
		items.push(names);
		this.open.set(key, items);
		if (items.length < Math.max(SMALLEST_BLOCK, sizeOf(index, run.count))) return;
		this.open.delete(key);
		this.whole.push({ names: run.block(index), items });
	}

	/** Blocks that are to replace the notes of their items, the oldest first. */
	toReplace(): Block[] {
		if (this.ofItems <= MOST_OF_ITEMS) return [];
		let left = this.ofItems;
		const blocks: Block[] = [];
		for (const block of this.whole) {
			if (left <= MOST_OF_ITEMS - AT_A_TIME) break;
			left -= entriesOfItems(block);
			blocks.push(block);
		}
		return blocks;
	}

	/** Blocks have replaced the notes of their items. */
	replaced(blocks: readonly Block[]): void {
		this.whole.splice(0, blocks.length);
		for (const block of blocks) {
			this.ofItems -= entriesOfItems(block);
			this.all += 3 * block.names.length - entriesOfItems(block);
		}
	}
}

const entriesOfItems = ({ items }: Block) => items.reduce((sum, names) => sum + 3 * names.length, 0);

/** Items of a block. */
export const sizeOf = (block: number, count: number) => Math.min(BLOCK, count - block * BLOCK);

/** By n8n's own object for a node in an execution, which lasts as long as the execution in this process. */
const byExecution = new WeakMap<object, { id: string; notes: Notes }>();

/** The notes of an execution, which all runs of the node in it share. */
export function notesOf(run: RunKeys): Notes {
	const id = run.executions.at(-1)!;
	const known = byExecution.get(run.kept);
	if (known?.id === id) return known.notes;
	const notes = new Notes(run);
	byExecution.set(run.kept, { id, notes });
	return notes;
}
