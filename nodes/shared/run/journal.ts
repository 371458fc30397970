import type { IExecuteFunctions } from 'n8n-workflow';
import { BLOCK, type IdempotencyKey, type KeyState, type KeyName, type RunKeys } from './idempotencyKey';
import { asked, begun, done, entriesOf, first, mark, part, placeOf } from './journalEntries';
import { Notes, notesOf, sizeOf } from './notes';

/**
 * Most entries that n8n keeps for a node, while its executions have fewer of their own; the oldest are forgotten first. n8n
 * reads and writes all of them at each call (`DeduplicationHelper` of n8n's CLI), so that more make each call slower.
 */
export const MOST_ENTRIES = 20_000;

/** Most entries of one execution. Beyond them it forgets its own oldest notes, and knows that it did. */
export const MOST_OF_EXECUTION = 60_000;

/** Entries after which the mark of an execution is written anew, so that it outlives what was noted before. */
const MARK_EVERY = 1_000;

/** Entries since the mark with which an execution does not end. */
const UNMARKED_AT_END = 200;

/** Blocks that are looked up in one call. */
const LOOKED_UP_TOGETHER = 256;

/**
 * What a node has begun and finished, in n8n's own memory of processed items, which outlives the process.
 *
 * That memory is a set without a read: checking an entry also inserts it. It is bounded, and forgets the oldest entries first.
 *
 * | place | begun | done | The item |
 * |---|---|---|---|
 * | no | no | no | was not sent, if `first` of its execution is there; else it is `forgotten` if `mark` is there |
 * | yes | no | no | was not sent, but another item was begun in its place |
 * | any | yes | no | was begun: nobody knows whether it arrived |
 * | any | yes | yes | was carried out |
 *
 * `place` and `begun` are inserted before an item is sent, `done` with the next call, and all are removed when the item was
 * surely not carried out. `done` is checked only of what was begun, together with `asked`; what was not there is removed
 * again. A process that dies in between leaves both, and `done` beside `asked` counts for nothing.
 *
 * An execution with many items replaces the notes of its oldest ones: a block of items that are all done has the same three
 * entries as one item. A later run that finds such a block with other items in it takes every item without a note for
 * forgotten, because its items may stand elsewhere now.
 */
export class Journal {
	/** Entries to be inserted, and to be removed, with the next call. */
	private readonly ended: string[] = [];
	private readonly gone = new Set<string>();
	/** Whether the blocks of this run were looked up. */
	private hasBlocks = false;
	/** Blocks of this run that are done. */
	private readonly doneBlocks = new Set<number>();
	private notes = new Notes();
	private run?: RunKeys;
	/** Blocks of an earlier run are there, and hold other items than those of this run. */
	private isShuffled = false;

	constructor(private readonly context: IExecuteFunctions) {}

	/**
	 * Notes items as begun, all in one call.
	 *
	 * @returns what was known of each before
	 * @throws whatever n8n's memory throws when it does not take them in: then nothing is known of any
	 */
	async begin(keys: readonly IdempotencyKey[]): Promise<KeyState[]> {
		return await this.inTurn(async () => {
			this.open(keys);
			const marks = this.notes.sinceMark >= MARK_EVERY ? this.executions.map(mark) : [];
			for (const entry of marks) this.gone.add(entry);
			// What stays in by mistake makes an item look begun at worst; what is known must not get lost for it.
			await this.takeOut().catch(() => undefined);
			await this.lookUpBlocks(keys);
			const isNew = (key: IdempotencyKey) => !this.isInDoneBlock(key);
			const met = await this.noteItems(keys.filter(isNew), marks).catch((error: unknown) => {
				// Where an earlier process noted this run, an item may have been sent, and nobody can tell.
				if (this.wasNoted) return undefined;
				throw error;
			});
			if (!met) return keys.map((key) => (isNew(key) ? 'forgotten' : 'done'));
			if (this.run && !this.notes.looked) {
				await this.look(met, keys);
				await this.lookUpBlocks(keys);
			}
			const known = await this.judge(keys, met);
			await this.takeOut().catch(() => undefined);
			return known;
		});
	}

	/** An item was carried out. */
	finish(key: IdempotencyKey): void {
		this.ended.push(...key.names.map(done));
		this.count(key, key.names.length);
		this.notes.done(key);
	}

	/** An item was surely not carried out. */
	forget(key: IdempotencyKey): void {
		for (const entry of key.names.flatMap(entriesOf)) this.gone.add(entry);
		this.count(key, -key.names.flatMap(entriesOf).length);
	}

	/** Writes down what became of the last items. */
	async close(): Promise<void> {
		if (this.ended.length + this.gone.size === 0) return;
		await this.inTurn(async () => {
			const marks = this.notes.sinceMark >= UNMARKED_AT_END ? this.executions.map(mark) : [];
			if (this.ended.length > 0) for (const entry of marks) this.gone.add(entry);
			try {
				if (this.ended.length > 0) {
					if (marks.length > 0) await this.takeOut();
					await this.note([], marks);
				}
			} finally {
				await this.takeOut();
			}
		});
	}

	private get executions(): readonly string[] {
		return this.run?.executions ?? [];
	}

	/** Whether an earlier process, or n8n itself, says that items of this run were noted before. */
	private get wasNoted(): boolean {
		const { isRerun, looked, notedBefore } = this.notes;
		return (
			isRerun || (!looked && notedBefore !== undefined && this.run !== undefined && this.run.runIndex <= notedBefore)
		);
	}

	/** Takes over the run of the items. */
	private open(keys: readonly IdempotencyKey[]): void {
		const run = keys.find((key) => key.run)?.run;
		if (this.run || !run) return;
		this.run = run;
		this.notes = notesOf(run);
		run.kept.notedRun = Math.max(run.kept.notedRun ?? 0, run.runIndex);
	}

	/** Inserts the entries of items, and with them those of blocks that replace others; returns what was there. */
	private async noteItems(keys: readonly IdempotencyKey[], marks: readonly string[]): Promise<Set<string>> {
		const blocks = this.notes.toReplace();
		const replacing = blocks.flatMap(({ names }) => names.flatMap((name) => [...entriesOf(name), done(name)]));
		const items = keys.flatMap(({ names }) => names.flatMap(entriesOf));
		const isFirst = this.run !== undefined && !this.notes.looked;
		const retries = isFirst && this.executions.length > 1 ? this.executions.slice(-1).map(part) : [];
		const [before, after] = isFirst
			? [[...this.executions.map(first), ...retries], this.executions.map(mark)]
			: [[], marks];
		const met = await this.note([...replacing, ...before, ...items], after);
		this.notes.replaced(blocks);
		for (const entry of blocks.flatMap((block) =>
			block.items.flatMap((names) => names.flatMap((name) => [...entriesOf(name), done(name)])),
		))
			this.gone.add(entry);
		for (const key of keys) this.count(key, key.names.flatMap(entriesOf).length);
		return met;
	}

	/** Finds out from the first call of this process what an earlier one left. */
	private async look(met: ReadonlySet<string>, keys: readonly IdempotencyKey[]): Promise<void> {
		const { notes, executions } = this;
		const ofItems = keys
			.filter(({ oncePer }) => oncePer === undefined)
			.flatMap(({ names }) => names.flatMap(entriesOf));
		notes.isRerun = [...executions.map(first), ...executions.map(mark), ...ofItems].some((entry) => met.has(entry));
		notes.forgot = this.wasNoted && !met.has(first(executions[0]));
		// The next process must not take this entry for the one that was lost.
		if (notes.forgot)
			for (const execution of executions) if (!met.has(first(execution))) this.gone.add(first(execution));
		notes.looked = true;
		if (!notes.isRerun) return;
		const ofPart = part(executions[0]);
		const known = await this.put([ofPart]).catch(() => new Set([ofPart]));
		if (known.has(ofPart)) notes.forgot = true;
		else this.gone.add(ofPart);
	}

	/** Looks which blocks of this run an earlier one left, and whether they hold the same items. */
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
			const met = await this.put(some.flatMap(({ names }) => names.flatMap(entriesOf))).catch(() => undefined);
			if (!met) return void (this.isShuffled = true);
			const isMet = (entries: string[]) => entries.some((entry) => met.has(entry));
			const wasDone = await this.ask(some.map(({ names }) => names).filter((names) => isMet(names.map(begun))));
			for (const { index, names } of some) {
				if (wasDone.has(names)) this.doneBlocks.add(index);
				else {
					if (isMet(names.flatMap(entriesOf))) this.isShuffled = true;
					for (const entry of names.flatMap(entriesOf)) if (!met.has(entry)) this.gone.add(entry);
				}
			}
			await this.takeOut().catch(() => undefined);
		}
	}

	private async judge(keys: readonly IdempotencyKey[], met: ReadonlySet<string>): Promise<KeyState[]> {
		const wasBegun = ({ names }: IdempotencyKey) => names.some((name) => met.has(begun(name)));
		const wasDone = await this.ask(
			keys.filter((key) => wasBegun(key) && !this.isInDoneBlock(key)).map(({ names }) => names),
		);
		return keys.map((key): KeyState => {
			const { names, oncePer } = key;
			if (this.isInDoneBlock(key)) {
				// The block tells of the item from now on.
				for (const entry of names.flatMap(entriesOf)) this.gone.add(entry);
				return 'done';
			}
			if (wasBegun(key)) return wasDone.has(names) ? this.counted(key, 'done') : 'begun';
			const isDisplaced = names.flatMap(placeOf).some((place) => met.has(place));
			if (!isDisplaced && !this.notes.forgot && (!this.isShuffled || oncePer !== undefined)) return 'fresh';
			for (const name of names) this.gone.add(begun(name));
			return isDisplaced ? 'displaced' : 'forgotten';
		});
	}

	private isInDoneBlock({ item, oncePer }: IdempotencyKey): boolean {
		return oncePer === undefined && this.doneBlocks.has(Math.floor(item / BLOCK));
	}

	/** Counts an item that was done before as one whose notes a block may replace. */
	private counted(key: IdempotencyKey, known: KeyState): KeyState {
		this.count(key, key.names.length);
		this.notes.done(key);
		return known;
	}

	private count({ run, oncePer }: IdempotencyKey, entries: number): void {
		if (!run) return;
		this.notes.all += entries;
		if (oncePer === undefined) this.notes.ofItems += entries;
	}

	/** Which of some items were done, of those that were begun. When n8n's memory does not answer, none is known to be. */
	private async ask(items: ReadonlyArray<readonly KeyName[]>): Promise<Set<readonly KeyName[]>> {
		if (items.length === 0) return new Set();
		const all = items.flat();
		// What is inserted first is forgotten first: `asked` must not go before the `done` that it makes worthless.
		const met = await this.put([...all.map(done), ...all.map(asked)]).catch(() => undefined);
		if (!met) return new Set();
		const wasDone = new Set(
			items.filter((names) => names.some((name) => met.has(done(name)) && !met.has(asked(name)))),
		);
		for (const names of items) {
			const wrong = wasDone.has(names) ? [] : names.filter((name) => !met.has(done(name)));
			for (const entry of [...wrong.map(done), ...(wasDone.has(names) ? names : wrong).map(asked)])
				this.gone.add(entry);
		}
		return wasDone;
	}

	/** Inserts entries, and with them what has ended; returns those that were there. */
	private async note(entries: readonly string[], marks: readonly string[]): Promise<Set<string>> {
		const ended = [...this.ended];
		const met = await this.put([...new Set([...ended, ...entries, ...marks])]);
		this.ended.splice(0, ended.length);
		this.notes.sinceMark = marks.length > 0 ? 0 : this.notes.sinceMark + entries.length + ended.length;
		// A removal that n8n made although it failed must not be made again.
		for (const entry of [...entries, ...marks]) if (!met.has(entry) || marks.includes(entry)) this.gone.delete(entry);
		return met;
	}

	private async put(entries: string[]): Promise<Set<string>> {
		const { helpers } = this.context;
		if (!('checkProcessedAndRecord' in helpers && helpers.checkProcessedAndRecord))
			throw new Error('this version of n8n has no memory of processed items');
		const { isRerun, all } = this.notes;
		// What an earlier process left must not be forgotten before it is looked up.
		const maxEntries = isRerun
			? MOST_OF_EXECUTION
			: Math.min(MOST_OF_EXECUTION, Math.max(MOST_ENTRIES, all + entries.length));
		const request = async () => await helpers.checkProcessedAndRecord(entries, 'node', { mode: 'entries', maxEntries });
		// Two workers may both begin the memory of a node, and the database refuses one: it is there the second time.
		const { processed } = await request().catch(request);
		return new Set(processed as string[]);
	}

	/** Removes what is to go. What stayed in is tried again with the next call. */
	private async takeOut(): Promise<void> {
		const entries = [...this.gone];
		if (entries.length === 0) return;
		await this.context.helpers.removeProcessed(entries, 'node', { mode: 'entries', maxEntries: MOST_OF_EXECUTION });
		for (const entry of entries) this.gone.delete(entry);
	}

	/** n8n reads the memory of a node and writes it back: of two calls at the same time one would undo the other. */
	private async inTurn<Result>(work: () => Promise<Result>): Promise<Result> {
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

/** The last call under way for the memory of each node. */
const turns = new Map<string, Promise<unknown>>();
