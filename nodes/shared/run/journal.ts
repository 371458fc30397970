import type { IExecuteFunctions } from 'n8n-workflow';

/**
 * Most entries that n8n keeps for a node; the oldest are forgotten first. It reads and writes all of them at each call
 * (`DeduplicationHelper` of n8n's CLI), so that more would make each call slower.
 */
export const MOST_ENTRIES = 15_000;

const OPTIONS = { mode: 'entries', maxEntries: MOST_ENTRIES } as const;

/** What an item is noted under. */
export interface Name {
	/** Says which item it is. */
	key: string;
	/** Says where it stood, so that another item in its place is noticed. */
	place?: string;
}

/** What was known of an item: `displaced` means that another one was begun in its place. */
export type Known = 'fresh' | 'begun' | 'done' | 'displaced';

const begun = ({ key }: Name) => `begun ${key}`;
const done = ({ key }: Name) => `done ${key}`;
const asked = ({ key }: Name) => `asked ${key}`;
const placeOf = ({ place }: Name) => (place === undefined ? [] : [`place ${place}`]);
const entriesOf = (name: Name) => [...placeOf(name), begun(name)];

/**
 * What a node has begun and finished, in n8n's own memory of processed items, which outlives the process.
 *
 * That memory is a set, and whoever asks whether an entry is there has put it in. `begun` is put in anyway, before an item is
 * sent; only where it was there already is `done` asked for, together with `asked`, and what was not there is taken out. A
 * process that dies in between leaves both, and `done` beside `asked` counts for nothing: asking makes of what is done
 * something begun at worst.
 */
export class Journal {
	/** Entries to be put in, and to be taken out, with the next call. */
	private readonly ended: string[] = [];
	private readonly gone: string[] = [];

	constructor(private readonly context: IExecuteFunctions) {}

	/**
	 * Notes items as begun, all in one call.
	 *
	 * @param items the names of each; one that is known under any of them is known
	 * @returns what was known of each before
	 * @throws whatever n8n's memory throws when it does not take them in: then nothing is known of any
	 */
	async begin(items: ReadonlyArray<readonly Name[]>): Promise<Known[]> {
		return await this.inTurn(async () => {
			// What stays in by mistake makes of an item something begun at worst; what is known must not get lost for it.
			await this.takeOut().catch(() => undefined);
			const met = await this.note(items.flatMap((names) => names.flatMap(entriesOf)));
			const wasBegun = (names: readonly Name[]) => names.some((name) => met.has(begun(name)));
			const wasDone = await this.ask(items.filter(wasBegun));
			const known = items.map((names): Known => {
				if (wasBegun(names)) return wasDone.has(names) ? 'done' : 'begun';
				if (!names.flatMap(placeOf).some((place) => met.has(place))) return 'fresh';
				this.gone.push(...names.map(begun));
				return 'displaced';
			});
			await this.takeOut().catch(() => undefined);
			return known;
		});
	}

	/** An item was carried out. */
	finish(names: readonly Name[]): void {
		this.ended.push(...names.map(done));
	}

	/** An item was surely not carried out. */
	forget(names: readonly Name[]): void {
		this.gone.push(...names.flatMap(entriesOf));
	}

	/** Writes down what became of the last items. */
	async close(): Promise<void> {
		if (this.ended.length + this.gone.length === 0) return;
		await this.inTurn(async () => {
			try {
				if (this.ended.length > 0) await this.note([]);
			} finally {
				await this.takeOut();
			}
		});
	}

	/** Which of some items were done, of those that were begun. When n8n's memory does not answer, none is known to be. */
	private async ask(items: ReadonlyArray<readonly Name[]>): Promise<Set<readonly Name[]>> {
		if (items.length === 0) return new Set();
		const all = items.flat();
		// What is put in first is forgotten first: `asked` must not go before the `done` that it makes worthless.
		const met = await this.put([...all.map(done), ...all.map(asked)]).catch(() => undefined);
		if (!met) return new Set();
		const wasDone = new Set(items.filter((names) => names.some((name) => met.has(done(name)) && !met.has(asked(name)))));
		for (const names of items) {
			const wrong = wasDone.has(names) ? [] : names.filter((name) => !met.has(done(name)));
			this.gone.push(...wrong.map(done), ...(wasDone.has(names) ? names : wrong).map(asked));
		}
		return wasDone;
	}

	/** Puts entries in, and with them what has ended; gives those that were there. */
	private async note(entries: readonly string[]): Promise<Set<string>> {
		const ended = [...this.ended];
		const met = await this.put([...ended, ...new Set(entries)]);
		this.ended.splice(0, ended.length);
		return met;
	}

	private async put(entries: string[]): Promise<Set<string>> {
		const { helpers } = this.context;
		if (!('checkProcessedAndRecord' in helpers && helpers.checkProcessedAndRecord)) throw new Error('this version of n8n has no memory of processed items');
		const call = async () => await helpers.checkProcessedAndRecord(entries, 'node', OPTIONS);
		// Two workers may both begin the memory of a node, and the database refuses one: it is there the second time.
		const { processed } = await call().catch(call);
		return new Set(processed as string[]);
	}

	/** Takes out what is to go. What stayed in is tried again with the next call. */
	private async takeOut(): Promise<void> {
		const entries = [...this.gone];
		if (entries.length === 0) return;
		await this.context.helpers.removeProcessed(entries, 'node', OPTIONS);
		this.gone.splice(0, entries.length);
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
