import type { IDataObject, IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';
import { clock } from '../base/clock';
import { failureOf, perhapsApplied, type Failure } from '../base/failure';
import { wordsOf } from '../base/json';
import { show } from '../base/show';
import type { Input } from '../fields/check';
import type { Operation } from '../form/operation';
import { isCrashSafe, ONCE_PER } from '../form/options';
import { Claims, keyOf, type Claim, type Known } from './claim';
import type { Finished } from './finished';
import { Journal } from './journal';
import type { Prepared } from './sendItem';
import { isToolRun } from './tool';
import { isDone, type Entry, type Unit } from './units';

/** Who holds a name: this run for an item that it has noted and not sent yet, or whatever the journal knew of it; `unknown` where it failed. */
type Held = Claim | Exclude<Known, 'fresh'> | 'unknown';

/** Items that are noted in one call: each call costs the same. A crash leaves so many in doubt. */
const GROUP = { least: 16, most: 64 } as const;

/** A call for which the vendor leaves so many times as long is not felt. */
const NOT_FELT = 10;

/**
 * Sends items once, even after a crash: what a run begins is noted before it is sent, and a later run of the same execution,
 * or of any execution where the user names what must happen once, does not send it again.
 */
export class Once {
	private readonly journal: Journal;
	/** By the first name of an item. */
	private readonly held = new Map<string, Held>();
	/** Begins all items of a unit's group. */
	private readonly groups = new Map<Unit, () => Promise<void>>();
	private readonly claims: Claims;
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
		this.claims = new Claims(context, items, accountOf);
		// n8n copies the whole node for each question about it.
		this.isTool = isToolRun(context);
	}

	/** The claim of an item that is to be sent once: by the user's option, else by what the operation does. */
	claim(operation: Operation, options: Input, item: number): Claim | undefined {
		if (operation.effect === 'reads') return undefined;
		const claim = this.claimBy(operation, options, item);
		this.sendsNameless ||= claim === undefined;
		return claim;
	}

	private claimBy(operation: Operation, options: Input, item: number): Claim | undefined {
		if (options.oncePer !== undefined) return this.claims.byText(item, wordsOf(options.oncePer));
		if (!isCrashSafe(operation, options) || this.isTool || !this.canClaim) return undefined;
		try {
			return this.claims.byExecution(item);
		} catch (error) {
			this.canClaim = false;
			this.trouble = failureOf(error).headline;
			return undefined;
		}
	}

	/** Reads units ahead, in groups whose items are noted together. */
	inGroups(next: () => Unit | undefined): () => Unit | undefined {
		let group: Unit[] = [];
		return () => {
			if (group.length === 0) group = this.nextGroup(next);
			return group.shift();
		};
	}

	private nextGroup(next: () => Unit | undefined): Unit[] {
		const group: Unit[] = [];
		for (let size = 0, unit = next(); unit; unit = size < this.groupSize ? next() : undefined) {
			group.push(unit);
			size += unit.length;
		}
		const entries = group.flatMap((unit) => (isDone(unit) ? [] : unit));
		let begun: Promise<void> | undefined;
		const begin = async () => await (begun ??= this.begin(entries));
		for (const unit of group) if (!isDone(unit)) this.groups.set(unit, begin);
		return group;
	}

	/** Notes the items of a unit before they are sent; gives the ends of those that must not be, by their number. */
	async admit(unit: ReadonlyArray<Entry<Prepared>>): Promise<Map<number, Finished>> {
		if (unit.every(({ ready }) => !ready.claim)) return new Map();
		await this.groups.get(unit)?.();
		this.groups.delete(unit);
		// A name that an earlier item of this run was refused under is free again.
		if (unit.some(({ ready: { claim } }) => claim && !this.held.has(keyOf(claim)))) await this.begin(unit);
		return new Map(
			unit.flatMap(({ item, ready: { claim } }) => {
				if (!claim) return [];
				const end = this.endOf(claim, item);
				if (end) return [[item, end]];
				// From here on it may be sent, whatever goes wrong with this run.
				if (this.held.get(keyOf(claim)) !== 'unknown') this.held.set(keyOf(claim), 'begun');
				return [];
			}),
		);
	}

	/** Keeps what became of an item that was sent. */
	settle({ claim }: Prepared, finished: Finished, mayHaveBeenApplied: boolean): void {
		if (!claim || this.held.get(keyOf(claim)) === 'unknown') return;
		if ('output' in finished) {
			this.held.set(keyOf(claim), 'done');
			this.journal.finish(claim);
		} else if (!mayHaveBeenApplied) this.release(claim);
	}

	/** Writes down what became of the last items, and frees those that were not sent in the end. */
	async close(): Promise<void> {
		for (const held of [...this.held.values()]) if (typeof held === 'object') this.release(held);
		await this.trying(async () => await this.journal.close());
	}

	/** What the user should know. */
	get hints(): string[] {
		const { metDone, trouble } = this;
		const met = metDone === 0 ? [] : [`${metDone} ${metDone === 1 ? 'item was' : 'items were'} carried out before, and not sent again.`];
		const off = "What is sent is not noted in n8n's database, so that n8n would send it again if it ran this execution again, after a crash for instance";
		return trouble === undefined ? met : [...met, `${off}: ${trouble}`];
	}

	/** Whether a run of this execution again sends nothing twice. */
	get holds(): boolean {
		return this.trouble === undefined && !this.sendsNameless && this.held.size > 0;
	}

	private release(claim: Claim): void {
		this.held.delete(keyOf(claim));
		this.journal.forget(claim);
	}

	/** Notes the items whose names nobody holds. One call after another, so that no name is begun twice by this run. */
	private async begin(entries: ReadonlyArray<Entry<Prepared>>): Promise<void> {
		const work = async () => {
			const claims = new Map(entries.flatMap(({ ready: { claim } }) => (claim && !this.held.has(keyOf(claim)) ? [[keyOf(claim), claim]] : [])));
			if (claims.size === 0) return;
			const startedAt = clock();
			const known = await this.trying(async () => await this.journal.begin([...claims.values()]));
			for (const [index, [key, claim]] of [...claims].entries()) {
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
			this.trouble = failureOf(error).headline;
			return undefined;
		}
	}

	/** The end of an item whose turn has come, unless it is to be sent. Items of the same name have their turns one after another. */
	private endOf({ names, oncePer }: Claim, item: number): Finished | undefined {
		const held = this.held.get(names[0].key)!;
		if (typeof held === 'object' || (held === 'unknown' && oncePer === undefined)) return undefined;
		if (held !== 'done') return { failure: metFailure(held, oncePer, this.trouble, this.vendorName), earlier: true };
		this.metDone += 1;
		return { output: [{ json: { alreadyCarriedOut: true, ...(oncePer === undefined ? {} : { oncePer }) } as IDataObject, pairedItem: { item } }] };
	}
}

/** Why an item was not sent. */
function metFailure(
	held: 'begun' | 'displaced' | 'forgotten' | 'unknown',
	oncePer: string | undefined,
	trouble: string | undefined,
	vendorName: string,
): Failure {
	if (held === 'unknown') {
		const headline = `n8n's memory of processed items, which '${ONCE_PER}' needs, did not answer: ${trouble}`;
		return { headline, advice: 'Nothing was sent for this item. Run it again when n8n reaches its database.' };
	}
	if (held === 'forgotten') {
		const headline = "An earlier run of this execution may have sent this item. n8n's memory of it is not complete any more, so that nothing was sent now";
		return perhapsApplied({ headline, advice: 'If it is not there, run the workflow anew with this item.' }, vendorName);
	}
	if (oncePer !== undefined) {
		const headline = `'${ONCE_PER}' ${show(oncePer)} was begun by another run, which is still at it or was interrupted, so that nothing was sent now`;
		return perhapsApplied({ headline, advice: `If it is not there, run the item with another '${ONCE_PER}'.` }, vendorName);
	}
	const why = held === 'begun' ? 'had begun with this item' : 'had begun with another input in the place of this item';
	const headline = `An earlier run of this execution ${why}, and was interrupted, so that nothing was sent now`;
	return perhapsApplied({ headline, advice: 'If it is not there, run the workflow anew with this item.' }, vendorName);
}
