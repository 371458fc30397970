import type { IExecuteFunctions } from 'n8n-workflow';

/**
 * Most entries that n8n keeps for a node; the oldest are forgotten first. It reads and writes all of them at each call
 * (`DeduplicationHelper` of n8n's CLI), so that more would make each call slower.
 */
export const MOST_ENTRIES = 10_000;

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
const open = ({ key }: Name) => `open ${key}`;
const placeOf = ({ place }: Name) => (place === undefined ? [] : [`place ${place}`]);
// What is noted first is forgotten first: an item without its `open` would pass for done, and must not outlive it.
const entriesOf = (name: Name) => [...placeOf(name), begun(name), open(name)];

/**
 * What a node has begun and finished, in n8n's own memory of processed items, which outlives the process.
 *
 * That memory is a set, and whoever asks whether an entry is there has put it in. So `begun` and `open` are put in together
 * before an item is sent, and `open` is taken out when it is done: asking makes of what is done something begun at worst.
 */
export class Journal {
	/** Entries to be taken out with the next call. */
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
			const met = await this.note([...new Set(items.flatMap((names) => names.flatMap(entriesOf)))]);
			const read = items.map((names) => knownOf(names, met));
			this.gone.push(...read.flatMap(({ wrongly }) => wrongly));
			await this.takeOut().catch(() => undefined);
			return read.map(({ known }) => known);
		});
	}

	/** An item was carried out. */
	finish(names: readonly Name[]): void {
		this.gone.push(...names.map(open));
	}

	/** An item was surely not carried out. */
	forget(names: readonly Name[]): void {
		this.gone.push(...names.flatMap(entriesOf));
	}

	/** Writes down what became of the last items. */
	async close(): Promise<void> {
		if (this.gone.length > 0) await this.inTurn(async () => await this.takeOut());
	}

	/** Puts entries in; gives those that were there. */
	private async note(entries: string[]): Promise<Set<string>> {
		const { helpers } = this.context;
		if (!('checkProcessedAndRecord' in helpers && helpers.checkProcessedAndRecord)) throw new Error('this version of n8n has no memory of processed items');
		const put = async () => await helpers.checkProcessedAndRecord(entries, 'node', OPTIONS);
		// Two workers may both begin the memory of a node, and the database refuses one: it is there the second time.
		const { processed } = await put().catch(put);
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

/** What the entries that were met say of an item, and which of those put in just now say something wrong of it. */
function knownOf(names: readonly Name[], met: ReadonlySet<string>): { known: Known; wrongly: string[] } {
	if (met.size === 0) return { known: 'fresh', wrongly: [] };
	const isOpen = names.filter((name) => met.has(open(name)));
	if (isOpen.length > 0) return { known: 'begun', wrongly: isOpen.map(begun).filter((entry) => !met.has(entry)) };
	if (names.some((name) => met.has(begun(name)))) return { known: 'done', wrongly: names.map(open) };
	const isDisplaced = names.some((name) => placeOf(name).some((place) => met.has(place)));
	return isDisplaced ? { known: 'displaced', wrongly: names.flatMap((name) => [begun(name), open(name)]) } : { known: 'fresh', wrongly: [] };
}
