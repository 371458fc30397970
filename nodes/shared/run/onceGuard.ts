import type { IDataObject, IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';
import { clock } from '../base/clock';
import { failureOf, inDoubt, type Failure } from '../base/failure';
import { toText } from '../base/json';
import { formatValue } from '../base/formatValue';
import type { Input } from '../fields/check';
import type { Operation } from '../form/operation';
import { isCrashSafe, ONCE_PER } from '../form/options';
import { IdempotencyKeys, keyOf, type IdempotencyKey, type KeyState } from './idempotencyKey';
import type { ItemResult } from './retryCache';
import { Journal } from './journal';
import type { Prepared } from './sendItem';
import { isToolRun } from './tool';
import { isDone, type BatchItem, type Batch } from './batching';

/** Who holds a name: this run for an item that it has noted and not sent yet, or whatever the journal knew of it; `unknown` where it failed. */
type Held = IdempotencyKey | Exclude<KeyState, 'fresh'> | 'unknown';

/** Items that are noted in one call: each call costs the same. A crash leaves so many in doubt. */
const GROUP = { least: 16, most: 64 } as const;

/** A call for which the vendor leaves so many times as long is not felt. */
const NOT_FELT = 10;

/**
 * Sends items once, even after a crash: what a run begins is noted before it is sent, and a later run of the same execution,
 * or of any execution where the user names what must happen once, does not send it again.
 */
export class OnceGuard {
	private readonly journal: Journal;
	/** By the first name of an item. */
	private readonly held = new Map<string, Held>();
	/** Begins all items of a unit's group. */
	private readonly groups = new Map<Batch, () => Promise<void>>();
	private readonly claims: IdempotencyKeys;
	/** A model that is asked again after a crash uses its tools in another order. */
	private readonly isTool: boolean;
	private lastBegin = Promise.resolve();
	private begunAt = -Infinity;
	private groupSize: number = GROUP.least;
	/** Whether n8n says which execution this is. */
	private canClaim = true;
	/** Whether items are sent that are not known by any name. */
	private sendsNameless = false;
	private trouble?: string;
	private metDone = 0;

	constructor(
		context: IExecuteFunctions,
		private readonly vendorName: string,
		items: readonly INodeExecutionData[],
		accountOf?: (item: number) => string | undefined,
	) {
		this.journal = new Journal(context);
		this.claims = new IdempotencyKeys(context, items, accountOf);
		// n8n copies the whole node for each question about it.
		this.isTool = isToolRun(context);
	}

	/** The claim of an item that is to be sent once: by the user's option, else by what the operation does. */
	claim(operation: Operation, options: Input, item: number): IdempotencyKey | undefined {
		if (operation.effect === 'reads') return undefined;
		const key = this.claimBy(operation, options, item);
		this.sendsNameless ||= key === undefined;
		return key;
	}

	private claimBy(operation: Operation, options: Input, item: number): IdempotencyKey | undefined {
		if (options.oncePer !== undefined) return this.claims.byText(item, toText(options.oncePer));
		if (!isCrashSafe(operation, options) || this.isTool || !this.canClaim) return undefined;
		try {
			return this.claims.byExecution(item);
		} catch (error) {
			this.canClaim = false;
			this.trouble = failureOf(error).message;
			return undefined;
		}
	}

	/** Reads units ahead, in groups whose items are noted together. */
	inGroups(next: () => Batch | undefined): () => Batch | undefined {
		let group: Batch[] = [];
		return () => {
			if (group.length === 0) group = this.nextGroup(next);
			return group.shift();
		};
	}

	private nextGroup(next: () => Batch | undefined): Batch[] {
		const group: Batch[] = [];
		for (let size = 0, batch = next(); batch; batch = size < this.groupSize ? next() : undefined) {
			group.push(batch);
			size += batch.length;
		}
		const entries = group.flatMap((batch) => (isDone(batch) ? [] : batch));
		let begun: Promise<void> | undefined;
		const begin = async () => await (begun ??= this.begin(entries));
		for (const batch of group) if (!isDone(batch)) this.groups.set(batch, begin);
		return group;
	}

	/** Notes the items of a unit before they are sent; gives the ends of those that must not be, by their number. */
	async admit(batch: ReadonlyArray<BatchItem<Prepared>>): Promise<Map<number, ItemResult>> {
		if (batch.every(({ ready }) => !ready.claim)) return new Map();
		await this.groups.get(batch)?.();
		this.groups.delete(batch);
		// A name that an earlier item of this run was refused under is free again.
		if (batch.some(({ ready: { claim: key } }) => key && !this.held.has(keyOf(key)))) await this.begin(batch);
		return new Map(
			batch.flatMap(({ item, ready: { claim: key } }) => {
				if (!key) return [];
				const end = this.endOf(key, item);
				if (end) return [[item, end]];
				// From here on it may be sent, whatever goes wrong with this run.
				if (this.held.get(keyOf(key)) !== 'unknown') this.held.set(keyOf(key), 'begun');
				return [];
			}),
		);
	}

	/** Keeps what became of an item that was sent. */
	settle({ claim: key }: Prepared, finished: ItemResult, mayHaveBeenApplied: boolean): void {
		if (!key || this.held.get(keyOf(key)) === 'unknown') return;
		if ('output' in finished) {
			this.held.set(keyOf(key), 'done');
			this.journal.finish(key);
		} else if (!mayHaveBeenApplied) this.release(key);
	}

	/** Writes down what became of the last items, and frees those that were not sent in the end. */
	async close(): Promise<void> {
		for (const held of [...this.held.values()]) if (typeof held === 'object') this.release(held);
		await this.trying(async () => await this.journal.close());
	}

	/** What the user should know. */
	get hints(): string[] {
		const { metDone, trouble: failed } = this;
		const met =
			metDone === 0
				? []
				: [`${metDone} ${metDone === 1 ? 'item was' : 'items were'} carried out before, and not sent again.`];
		const off =
			"What is sent is not noted in n8n's database, so that n8n would send it again if it ran this execution again, after a crash for instance";
		return failed === undefined ? met : [...met, `${off}: ${failed}`];
	}

	/** Whether a run of this execution again sends nothing twice. */
	get holds(): boolean {
		return this.trouble === undefined && !this.sendsNameless && this.held.size > 0;
	}

	private release(key: IdempotencyKey): void {
		this.held.delete(keyOf(key));
		this.journal.forget(key);
	}

	/** Notes the items whose names nobody holds. One call after another, so that no name is begun twice by this run. */
	private async begin(entries: ReadonlyArray<BatchItem<Prepared>>): Promise<void> {
		const work = async () => {
			const keys = new Map(
				entries.flatMap(({ ready: { claim } }) =>
					claim && !this.held.has(keyOf(claim)) ? [[keyOf(claim), claim]] : [],
				),
			);
			if (keys.size === 0) return;
			const startedAt = clock();
			const known = await this.trying(async () => await this.journal.begin([...keys.values()]));
			for (const [index, [key, claim]] of [...keys].entries()) {
				const state = known ? known[index] : 'unknown';
				this.held.set(key, state === 'fresh' ? claim : state);
			}
			this.sizeGroups(startedAt);
		};
		await (this.lastBegin = this.lastBegin.then(work));
	}

	/** A slow database is asked less often, so that the notes cost a millisecond an item, unless it is the vendor who takes the time. */
	private sizeGroups(startedAt: number): void {
		const tookMs = clock() - startedAt;
		const isFelt = tookMs * NOT_FELT > startedAt - this.begunAt;
		this.groupSize = isFelt ? Math.min(GROUP.most, Math.max(GROUP.least, tookMs)) : GROUP.least;
		this.begunAt = clock();
	}

	private async trying<Result>(work: () => Promise<Result>): Promise<Result | undefined> {
		try {
			return await work();
		} catch (error) {
			this.trouble = failureOf(error).message;
			return undefined;
		}
	}

	/** The end of an item whose turn has come, unless it is to be sent. Items of the same name have their turns one after another. */
	private endOf({ names, oncePer }: IdempotencyKey, item: number): ItemResult | undefined {
		const held = this.held.get(names[0].key)!;
		if (typeof held === 'object' || (held === 'unknown' && oncePer === undefined)) return undefined;
		if (held !== 'done') return { failure: metFailure(held, oncePer, this.trouble, this.vendorName), earlier: true };
		this.metDone += 1;
		return {
			output: [
				{
					json: { alreadyCarriedOut: true, ...(oncePer === undefined ? {} : { oncePer }) } as IDataObject,
					pairedItem: { item },
				},
			],
		};
	}
}

/** Why an item was not sent. */
function metFailure(
	held: 'begun' | 'displaced' | 'forgotten' | 'unknown',
	oncePer: string | undefined,
	failed: string | undefined,
	vendorName: string,
): Failure {
	if (held === 'unknown') {
		const message = `n8n's memory of processed items, which '${ONCE_PER}' needs, did not answer: ${failed}`;
		const description = 'Nothing was sent for this item. Run it again when n8n reaches its database.';
		return { message, description, ownCode: 'NOT_SENT' };
	}
	if (held === 'forgotten') {
		const message =
			"An earlier run of this execution may have sent this item. n8n's memory of it is not complete any more, so that nothing was sent now";
		return notSentAgain(
			{ message, description: 'If it is not there, run the workflow anew with this item.' },
			vendorName,
		);
	}
	if (oncePer !== undefined) {
		const message = `'${ONCE_PER}' ${formatValue(oncePer)} was begun by another run, which is still at it or was interrupted, so that nothing was sent now`;
		return notSentAgain(
			{ message, description: `If it is not there, run the item with another '${ONCE_PER}'.` },
			vendorName,
		);
	}
	const why = held === 'begun' ? 'had begun with this item' : 'had begun with another input in the place of this item';
	const message = `An earlier run of this execution ${why}, and was interrupted, so that nothing was sent now`;
	return notSentAgain(
		{ message, description: 'If it is not there, run the workflow anew with this item.' },
		vendorName,
	);
}

const notSentAgain = (failure: Failure, vendorName: string): Failure =>
	inDoubt({ ...failure, ownCode: 'IN_DOUBT' }, vendorName);
