import type { IExecuteFunctions } from 'n8n-workflow';
import { BLOCK, type IdempotencyKey, type KeyState, type KeyName, type RunKeys } from './idempotencyKey';
import { asked, begun, done, entriesOf, first, mark, part, positionEntries } from './journalEntries';
import { Notes, notesOf, sizeOf } from './notes';

/**
 * Maximum number of entries that n8n keeps for a node, as long as its executions need no more. n8n drops the oldest first. Each
 * call reads and writes all entries (`DeduplicationHelper` of n8n's CLI), so more entries make every call slower.
 */
export const MAX_ENTRIES = 20_000;

/** Maximum number of entries of one execution. Beyond it, the oldest entries are lost, and the journal detects the loss. */
export const MAX_ENTRIES_OF_EXECUTION = 60_000;

/** Number of entries after which `mark` is inserted again, so that it outlives the earlier entries. */
const MARK_EVERY = 1_000;

/** With this many entries since the last `mark`, the journal inserts `mark` again at the end of an execution. */
const UNMARKED_AT_END = 200;

/** Number of blocks that one call looks up. */
const LOOKED_UP_TOGETHER = 256;

/**
 * Records which items a node has started and completed, in n8n's store of processed items, which survives a crash.
 *
 * The store is a set. It has no read without a write: checking an entry also inserts it. Its size is limited, and it drops the
 * oldest entries first. An item has up to four entries:
 *
 * | `place` | `begun` | `done` | `asked` | State | Meaning |
 * |---|---|---|---|---|---|
 * | no | no | no | no | `fresh` | It was not sent: `first` of its execution exists, or the execution has no entries |
 * | no | no | no | no | `forgotten` | It may have been sent: the execution has entries, such as `mark`, but lost `first` |
 * | yes | no | no | no | `displaced` | It was not sent, but another item was started at its position |
 * | any | yes | no | no | `begun` | It was started. Nobody knows whether the vendor carried it out |
 * | any | yes | yes | no | `done` | It was carried out |
 * | any | yes | yes | yes | `begun` | A process crashed while it checked `done`, so `done` proves nothing |
 *
 * The calls change the entries of an item as follows:
 *
 * | Call | `fresh` | `begun` | `done` | `displaced`, `forgotten` |
 * |---|---|---|---|---|
 * | `begin` | inserts `place` and `begun`; the item may be sent | checks `done` and `asked`, then removes what the check inserted | checks `done` and `asked`, then removes `asked` | removes the `begun` that it inserted |
 * | `finish`, after `begin` | inserts `done` with the next call to the store | | | |
 * | `forget`, after `begin` | removes `place` and `begun`: the vendor did not carry it out | | | |
 *
 * `begin` checks `done` only for items with `begun`. `asked` is inserted in the same call and removed afterwards, because the
 * check itself inserts `done`. `close` sends the insertions and removals that are still pending.
 *
 * In an execution with many items, blocks replace the entries of the oldest items. A block of items that are all done has the
 * same three entries as one item. If a later run finds a block with other items, it treats every item without an entry as
 * `forgotten`, because the items may have moved to other blocks.
 */
export class Journal {
	/** Entries that the next call inserts or removes. */
	private readonly toInsert: string[] = [];
	private readonly toRemove = new Set<string>();
	/** Whether this run has looked up its blocks. */
	private hasBlocks = false;
	/** Indexes of the blocks of this run that are done. */
	private readonly doneBlocks = new Set<number>();
	private notes = new Notes();
	private run?: RunKeys;
	/** Blocks of an earlier run contain other items than the blocks of this run. */
	private hasMovedItems = false;

	constructor(private readonly context: IExecuteFunctions) {}

	/**
	 * Notes that items are started, in one call.
	 *
	 * @returns the state of each item before
	 * @throws the error of n8n's store if it inserts nothing; then the states are unknown
	 */
	async begin(keys: readonly IdempotencyKey[]): Promise<KeyState[]> {
		return await this.serialize(async () => {
			this.adoptRun(keys);
			const marks = this.notes.sinceMark >= MARK_EVERY ? this.executions.map(mark) : [];
			for (const entry of marks) this.toRemove.add(entry);
			// An entry that stays by mistake only makes an item look started. This error must not hide the states.
			await this.removeEntries().catch(() => undefined);
			await this.lookUpBlocks(keys);
			const isNew = (key: IdempotencyKey) => !this.isInDoneBlock(key);
			const met = await this.noteItems(keys.filter(isNew), marks).catch((error: unknown) => {
				// If an earlier process noted this run, an item may have been sent, and nobody can tell.
				if (this.wasNoted) return undefined;
				throw error;
			});
			if (!met) return keys.map((key) => (isNew(key) ? 'forgotten' : 'done'));
			if (this.run && !this.notes.hasReadEarlierRun) {
				await this.readEarlierRun(met, keys);
				await this.lookUpBlocks(keys);
			}
			const known = await this.statesOf(keys, met);
			await this.removeEntries().catch(() => undefined);
			return known;
		});
	}

	/** Records that an item was carried out. */
	finish(key: IdempotencyKey): void {
		this.toInsert.push(...key.names.map(done));
		this.count(key, key.names.length);
		this.notes.done(key);
	}

	/** Removes the entries of an item that the vendor certainly did not carry out. */
	forget(key: IdempotencyKey): void {
		for (const entry of key.names.flatMap(entriesOf)) this.toRemove.add(entry);
		this.count(key, -key.names.flatMap(entriesOf).length);
	}

	/** Stores the results of the last items. */
	async close(): Promise<void> {
		if (this.toInsert.length + this.toRemove.size === 0) return;
		await this.serialize(async () => {
			const marks = this.notes.sinceMark >= UNMARKED_AT_END ? this.executions.map(mark) : [];
			if (this.toInsert.length > 0) for (const entry of marks) this.toRemove.add(entry);
			try {
				if (this.toInsert.length > 0) {
					if (marks.length > 0) await this.removeEntries();
					await this.insertPending([], marks);
				}
			} finally {
				await this.removeEntries();
			}
		});
	}

	private get executions(): readonly string[] {
		return this.run?.executions ?? [];
	}

	/** Whether items of this run were noted before, according to an earlier process or n8n. */
	private get wasNoted(): boolean {
		const { isRerun, hasReadEarlierRun: looked, notedBefore } = this.notes;
		return (
			isRerun || (!looked && notedBefore !== undefined && this.run !== undefined && this.run.runIndex <= notedBefore)
		);
	}

	/** Stores the run of the items, with the first items. */
	private adoptRun(keys: readonly IdempotencyKey[]): void {
		const run = keys.find((key) => key.run)?.run;
		if (this.run || !run) return;
		this.run = run;
		this.notes = notesOf(run);
		run.kept.notedRun = Math.max(run.kept.notedRun ?? 0, run.runIndex);
	}

	/** Inserts the entries of items, and of blocks that replace items. Returns the entries that existed before. */
	private async noteItems(keys: readonly IdempotencyKey[], marks: readonly string[]): Promise<Set<string>> {
		const blocks = this.notes.toReplace();
		const replacing = blocks.flatMap(({ names }) => names.flatMap((name) => [...entriesOf(name), done(name)]));
		const items = keys.flatMap(({ names }) => names.flatMap(entriesOf));
		const isFirst = this.run !== undefined && !this.notes.hasReadEarlierRun;
		const retries = isFirst && this.executions.length > 1 ? this.executions.slice(-1).map(part) : [];
		const [before, after] = isFirst
			? [[...this.executions.map(first), ...retries], this.executions.map(mark)]
			: [[], marks];
		const met = await this.insertPending([...replacing, ...before, ...items], after);
		this.notes.replaced(blocks);
		for (const entry of blocks.flatMap((block) =>
			block.items.flatMap((names) => names.flatMap((name) => [...entriesOf(name), done(name)])),
		))
			this.toRemove.add(entry);
		for (const key of keys) this.count(key, key.names.flatMap(entriesOf).length);
		return met;
	}

	/** Reads from the first call of this process which entries an earlier process left. */
	private async readEarlierRun(met: ReadonlySet<string>, keys: readonly IdempotencyKey[]): Promise<void> {
		const { notes, executions } = this;
		const ofItems = keys
			.filter(({ oncePer }) => oncePer === undefined)
			.flatMap(({ names }) => names.flatMap(entriesOf));
		notes.isRerun = [...executions.map(first), ...executions.map(mark), ...ofItems].some((entry) => met.has(entry));
		notes.isIncomplete = this.wasNoted && !met.has(first(executions[0]));
		// This call inserted the lost entry again. The next process must not find it.
		if (notes.isIncomplete)
			for (const execution of executions) if (!met.has(first(execution))) this.toRemove.add(first(execution));
		notes.hasReadEarlierRun = true;
		if (!notes.isRerun) return;
		const ofPart = part(executions[0]);
		const known = await this.insert([ofPart]).catch(() => new Set([ofPart]));
		if (known.has(ofPart)) notes.isIncomplete = true;
		else this.toRemove.add(ofPart);
	}

	/** Finds the blocks that an earlier run left, and checks whether they contain the same items. */
	private async lookUpBlocks(keys: readonly IdempotencyKey[]): Promise<void> {
		if (!this.run || !this.notes.isRerun || this.hasBlocks || keys.every(({ oncePer }) => oncePer !== undefined))
			return;
		this.hasBlocks = true;
		const { run } = this;
		const blocks = Array.from({ length: Math.ceil(run.count / BLOCK) }, (_, index) => ({
			index,
			names: run.block(index),
		}));
		const looked = blocks.filter(({ index }) => sizeOf(index, run.count) > 1);
		for (let from = 0; from < looked.length; from += LOOKED_UP_TOGETHER) {
			const some = looked.slice(from, from + LOOKED_UP_TOGETHER);
			const met = await this.insert(some.flatMap(({ names }) => names.flatMap(entriesOf))).catch(() => undefined);
			if (!met) return void (this.hasMovedItems = true);
			const isMet = (entries: string[]) => entries.some((entry) => met.has(entry));
			const wasDone = await this.findDone(some.map(({ names }) => names).filter((names) => isMet(names.map(begun))));
			for (const { index, names } of some) {
				if (wasDone.has(names)) this.doneBlocks.add(index);
				else {
					if (isMet(names.flatMap(entriesOf))) this.hasMovedItems = true;
					for (const entry of names.flatMap(entriesOf)) if (!met.has(entry)) this.toRemove.add(entry);
				}
			}
			await this.removeEntries().catch(() => undefined);
		}
	}

	private async statesOf(keys: readonly IdempotencyKey[], met: ReadonlySet<string>): Promise<KeyState[]> {
		const wasBegun = ({ names }: IdempotencyKey) => names.some((name) => met.has(begun(name)));
		const wasDone = await this.findDone(
			keys.filter((key) => wasBegun(key) && !this.isInDoneBlock(key)).map(({ names }) => names),
		);
		return keys.map((key): KeyState => {
			const { names, oncePer } = key;
			if (this.isInDoneBlock(key)) {
				// From now on the block stands for the item.
				for (const entry of names.flatMap(entriesOf)) this.toRemove.add(entry);
				return 'done';
			}
			if (wasBegun(key)) return wasDone.has(names) ? this.countDone(key, 'done') : 'begun';
			const isDisplaced = names.flatMap(positionEntries).some((position) => met.has(position));
			if (!isDisplaced && !this.notes.isIncomplete && (!this.hasMovedItems || oncePer !== undefined)) return 'fresh';
			for (const name of names) this.toRemove.add(begun(name));
			return isDisplaced ? 'displaced' : 'forgotten';
		});
	}

	private isInDoneBlock({ item, oncePer }: IdempotencyKey): boolean {
		return oncePer === undefined && this.doneBlocks.has(Math.floor(item / BLOCK));
	}

	/** Counts an item that was already done, so that a block may replace its entries. */
	private countDone(key: IdempotencyKey, known: KeyState): KeyState {
		this.count(key, key.names.length);
		this.notes.done(key);
		return known;
	}

	private count({ run, oncePer }: IdempotencyKey, entries: number): void {
		if (!run) return;
		this.notes.entries += entries;
		if (oncePer === undefined) this.notes.itemEntries += entries;
	}

	/** Returns the items that are done, of items that were started. If n8n's store does not respond, it returns none. */
	private async findDone(items: ReadonlyArray<readonly KeyName[]>): Promise<Set<readonly KeyName[]>> {
		if (items.length === 0) return new Set();
		const all = items.flat();
		// n8n drops the oldest entries first. `asked` must not be dropped before the `done` that it invalidates.
		const met = await this.insert([...all.map(done), ...all.map(asked)]).catch(() => undefined);
		if (!met) return new Set();
		const wasDone = new Set(
			items.filter((names) => names.some((name) => met.has(done(name)) && !met.has(asked(name)))),
		);
		for (const names of items) {
			const wrong = wasDone.has(names) ? [] : names.filter((name) => !met.has(done(name)));
			for (const entry of [...wrong.map(done), ...(wasDone.has(names) ? names : wrong).map(asked)])
				this.toRemove.add(entry);
		}
		return wasDone;
	}

	/** Inserts entries together with the pending ones. Returns the entries that existed before. */
	private async insertPending(entries: readonly string[], marks: readonly string[]): Promise<Set<string>> {
		const ended = [...this.toInsert];
		const met = await this.insert([...new Set([...ended, ...entries, ...marks])]);
		this.toInsert.splice(0, ended.length);
		this.notes.sinceMark = marks.length > 0 ? 0 : this.notes.sinceMark + entries.length + ended.length;
		// A failed removal may have succeeded. It must not remove the new entry.
		for (const entry of [...entries, ...marks])
			if (!met.has(entry) || marks.includes(entry)) this.toRemove.delete(entry);
		return met;
	}

	private async insert(entries: string[]): Promise<Set<string>> {
		const { helpers } = this.context;
		if (!('checkProcessedAndRecord' in helpers && helpers.checkProcessedAndRecord))
			throw new Error('this version of n8n has no store of processed items');
		const { isRerun, entries: all } = this.notes;
		// Entries of an earlier process must not be dropped before they are read.
		const maxEntries = isRerun
			? MAX_ENTRIES_OF_EXECUTION
			: Math.min(MAX_ENTRIES_OF_EXECUTION, Math.max(MAX_ENTRIES, all + entries.length));
		const request = async () => await helpers.checkProcessedAndRecord(entries, 'node', { mode: 'entries', maxEntries });
		// Two workers may create the store of a node at the same time, and the database refuses one. The second try finds the store.
		const { processed } = await request().catch(request);
		return new Set(processed as string[]);
	}

	/** Removes the entries that are no longer needed. After an error, the next call tries again. */
	private async removeEntries(): Promise<void> {
		const entries = [...this.toRemove];
		if (entries.length === 0) return;
		await this.context.helpers.removeProcessed(entries, 'node', {
			mode: 'entries',
			maxEntries: MAX_ENTRIES_OF_EXECUTION,
		});
		for (const entry of entries) this.toRemove.delete(entry);
	}

	/** Runs calls one after another. n8n reads the store of a node and writes it back, so of two parallel calls one would be lost. */
	private async serialize<Result>(work: () => Promise<Result>): Promise<Result> {
		const row = JSON.stringify([this.context.getWorkflow().id, this.context.getNode().id]);
		const mine = (turns.get(row) ?? Promise.resolve()).then(work, work);
		turns.set(row, mine);
		try {
			return await mine;
		} finally {
			if (turns.get(row) === mine) turns.delete(row);
		}
	}
}

/** The last pending call to the store of each node. */
const turns = new Map<string, Promise<unknown>>();
