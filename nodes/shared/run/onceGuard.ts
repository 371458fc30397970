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
import type { PreparedItem } from './sendItem';
import { isToolRun } from './tool';
import { isFinished, type BatchItem, type Batch } from './batching';

/**
 * The holder of a key: an item that this run has noted but not sent yet, or the state in the journal. `unknown`: the journal
 * did not respond.
 */
type KeyHolder = IdempotencyKey | Exclude<KeyState, 'fresh'> | 'unknown';

/** Number of items that one call notes. Every call takes the same time. A crash leaves at most that many items in doubt. */
const GROUP = { least: 16, most: 64 } as const;

/** A call to the database is fast enough if the time since the last call is this many times longer. */
const MIN_INTERVAL_FACTOR = 10;

/**
 * Makes sure that an item is sent only once, even after a crash. A run notes an item before it sends it. A later run of the same
 * execution does not send it again. With 'Once Per', this applies to any later execution.
 */
export class OnceGuard {
	private readonly journal: Journal;
	/** Holders by the first name of a key. */
	private readonly states = new Map<string, KeyHolder>();
	/** For each batch a function that notes all items of its group. */
	private readonly groups = new Map<Batch, () => Promise<void>>();
	private readonly keys: IdempotencyKeys;
	/** After a crash, a model uses its tools in another order, so an execution does not identify the items of a tool. */
	private readonly isTool: boolean;
	private lastBegin = Promise.resolve();
	private begunAt = -Infinity;
	private groupSize: number = GROUP.least;
	/** Whether n8n provides the ID of the execution. */
	private knowsExecution = true;
	/** Whether items are sent without a key. */
	private sendsWithoutKey = false;
	private problem?: string;
	private skippedCount = 0;

	constructor(
		context: IExecuteFunctions,
		private readonly vendorName: string,
		items: readonly INodeExecutionData[],
		accountOf?: (item: number) => string | undefined,
	) {
		this.journal = new Journal(context);
		this.keys = new IdempotencyKeys(context, items, accountOf);
		// The result is stored, because n8n copies the whole node for each call.
		this.isTool = isToolRun(context);
	}

	/** Returns the key of an item that must be sent once, because of 'Once Per' or because of the operation. */
	keyFor(operation: Operation, options: Input, item: number): IdempotencyKey | undefined {
		if (operation.effect === 'reads') return undefined;
		const key = this.newKey(operation, options, item);
		this.sendsWithoutKey ||= key === undefined;
		return key;
	}

	private newKey(operation: Operation, options: Input, item: number): IdempotencyKey | undefined {
		if (options.oncePer !== undefined) return this.keys.byText(item, toText(options.oncePer));
		if (!isCrashSafe(operation, options) || this.isTool || !this.knowsExecution) return undefined;
		try {
			return this.keys.byExecution(item);
		} catch (error) {
			this.knowsExecution = false;
			this.problem = failureOf(error).message;
			return undefined;
		}
	}

	/** Reads batches ahead, in groups whose items are noted in one call. */
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
		const entries = group.flatMap((batch) => (isFinished(batch) ? [] : batch));
		let begun: Promise<void> | undefined;
		const begin = async () => await (begun ??= this.begin(entries));
		for (const batch of group) if (!isFinished(batch)) this.groups.set(batch, begin);
		return group;
	}

	/** Notes the items of a batch before they are sent. Returns the results of items that must not be sent, by their index. */
	async admit(batch: ReadonlyArray<BatchItem<PreparedItem>>): Promise<Map<number, ItemResult>> {
		if (batch.every(({ ready }) => !ready.idempotencyKey)) return new Map();
		await this.groups.get(batch)?.();
		this.groups.delete(batch);
		// A key is free again if the vendor refused an earlier item of this run with the same key.
		if (batch.some(({ ready: { idempotencyKey: key } }) => key && !this.states.has(keyOf(key))))
			await this.begin(batch);
		return new Map(
			batch.flatMap(({ item, ready: { idempotencyKey: key } }) => {
				if (!key) return [];
				const result = this.resultOf(key, item);
				if (result) return [[item, result]];
				// From here on the item may be sent, even if this run fails.
				if (this.states.get(keyOf(key)) !== 'unknown') this.states.set(keyOf(key), 'begun');
				return [];
			}),
		);
	}

	/** Records the result of an item that was sent. */
	settle({ idempotencyKey: key }: PreparedItem, result: ItemResult, mayHaveBeenApplied: boolean): void {
		if (!key || this.states.get(keyOf(key)) === 'unknown') return;
		if ('output' in result) {
			this.states.set(keyOf(key), 'done');
			this.journal.finish(key);
		} else if (!mayHaveBeenApplied) this.release(key);
	}

	/** Stores the results of the last items, and frees the keys of items that were not sent. */
	async close(): Promise<void> {
		for (const holder of [...this.states.values()]) if (typeof holder === 'object') this.release(holder);
		await this.attempt(async () => await this.journal.close());
	}

	/** Returns hints for the user. */
	get hints(): string[] {
		const { skippedCount, problem } = this;
		const skipped =
			skippedCount === 0
				? []
				: [`${skippedCount} ${skippedCount === 1 ? 'item was' : 'items were'} carried out before, and not sent again.`];
		const notNoted =
			"The node could not note the items in n8n's database. If n8n runs this execution again, such as after a crash, it sends them again";
		return problem === undefined ? skipped : [...skipped, `${notNoted}: ${problem}`];
	}

	/** Whether another run of this execution would send nothing twice. */
	get isRetrySafe(): boolean {
		return this.problem === undefined && !this.sendsWithoutKey && this.states.size > 0;
	}

	private release(key: IdempotencyKey): void {
		this.states.delete(keyOf(key));
		this.journal.forget(key);
	}

	/** Notes the items whose keys have no holder. Calls run one after another, so that this run notes no key twice. */
	private async begin(entries: ReadonlyArray<BatchItem<PreparedItem>>): Promise<void> {
		const work = async () => {
			const keys = new Map(
				entries.flatMap(({ ready: { idempotencyKey: key } }) =>
					key && !this.states.has(keyOf(key)) ? [[keyOf(key), key]] : [],
				),
			);
			if (keys.size === 0) return;
			const startedAt = clock();
			const known = await this.attempt(async () => await this.journal.begin([...keys.values()]));
			for (const [index, [name, key]] of [...keys].entries()) {
				const state = known ? known[index] : 'unknown';
				this.states.set(name, state === 'fresh' ? key : state);
			}
			this.sizeGroups(startedAt);
		};
		await (this.lastBegin = this.lastBegin.then(work));
	}

	/** Notes more items in one call if the database is slow, so that a note takes about a millisecond, unless the vendor is slower. */
	private sizeGroups(startedAt: number): void {
		const tookMs = clock() - startedAt;
		const isSlow = tookMs * MIN_INTERVAL_FACTOR > startedAt - this.begunAt;
		this.groupSize = isSlow ? Math.min(GROUP.most, Math.max(GROUP.least, tookMs)) : GROUP.least;
		this.begunAt = clock();
	}

	private async attempt<Result>(work: () => Promise<Result>): Promise<Result | undefined> {
		try {
			return await work();
		} catch (error) {
			this.problem = failureOf(error).message;
			return undefined;
		}
	}

	/** Returns the result of an item that must not be sent; undefined if it may be. Items with the same key run one after another. */
	private resultOf({ names, oncePer }: IdempotencyKey, item: number): ItemResult | undefined {
		const holder = this.states.get(names[0].key)!;
		if (typeof holder === 'object' || (holder === 'unknown' && oncePer === undefined)) return undefined;
		if (holder !== 'done')
			return { failure: notSentFailure(holder, oncePer, this.problem, this.vendorName), earlier: true };
		this.skippedCount += 1;
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

/** Returns the failure that explains why an item was not sent. */
function notSentFailure(
	state: 'begun' | 'displaced' | 'forgotten' | 'unknown',
	oncePer: string | undefined,
	problem: string | undefined,
	vendorName: string,
): Failure {
	if (state === 'unknown') {
		const message = `'${ONCE_PER}' needs n8n's store of processed items, which did not respond: ${problem}`;
		const description = 'Nothing was sent for this item. Run it again when n8n can reach its database.';
		return { message, description, ownCode: 'NOT_SENT' };
	}
	if (state === 'forgotten') {
		const message =
			"An earlier run of this execution may have sent this item, and n8n's notes about it are incomplete, so nothing was sent now";
		return inDoubtFailure(
			{ message, description: 'If it is not there, start a new execution with this item.' },
			vendorName,
		);
	}
	if (oncePer !== undefined) {
		const message = `'${ONCE_PER}' ${formatValue(oncePer)} was started by another run, which is still running or was interrupted, so nothing was sent now`;
		return inDoubtFailure(
			{ message, description: `If it is not there, run the item with another '${ONCE_PER}'.` },
			vendorName,
		);
	}
	const what = state === 'begun' ? 'this item' : 'another item at the position of this item';
	const message = `An earlier run of this execution started ${what} and was interrupted, so nothing was sent now`;
	return inDoubtFailure(
		{ message, description: 'If it is not there, start a new execution with this item.' },
		vendorName,
	);
}

const inDoubtFailure = (failure: Failure, vendorName: string): Failure =>
	inDoubt({ ...failure, ownCode: 'IN_DOUBT' }, vendorName);
