import { FailureError } from '../../base/failure';
import { toText } from '../../base/json';
import { sleep } from '../../base/sleep';

/** How an item locks a record: `alone`, or `shared` with items that neither search for it nor change it. */
export type LockMode = 'alone' | 'shared';

interface Waiter {
	mode: LockMode;
	start: () => void;
}

interface Lock {
	holders: number;
	mode: LockMode;
	/** In the order of their arrival. */
	waiters: Waiter[];
}

/** The locks in use, by account and record. They exist in this process only. */
const locks = new Map<string, Lock>();

export interface LockWait {
	signal: AbortSignal;
	maxWaitMs: number;
}

/**
 * The records of an account that one item, or one bulk request, locks until its requests have ended.
 *
 * An item that searches for a record and then writes it keeps the lock in between. The lock applies to all nodes and
 * executions of this process. Names are locked in alphabetical order, so two items never deadlock. A record that is
 * found later is locked later; each wait has a time limit.
 */
export class RecordLocks {
	private readonly releases = new Map<string, () => void>();

	/**
	 * @param account digest of host and key
	 * @param vendorName name in the error message
	 */
	constructor(
		private readonly account: string,
		private readonly vendorName: string,
	) {}

	/**
	 * Locks the records that are not locked by this item yet.
	 *
	 * @returns whether it had to wait for another item, which may have changed a record
	 * @throws FailureError after the maximum wait
	 * @throws the signal's reason when it is aborted
	 */
	async take(records: Iterable<readonly [name: string, mode: LockMode]>, wait: LockWait): Promise<boolean> {
		const modes = new Map<string, LockMode>();
		for (const [name, mode] of records) if (modes.get(name) !== 'alone') modes.set(name, mode);
		let waited = false;
		for (const [name, mode] of [...modes].sort(([one], [other]) => (one < other ? -1 : 1))) {
			if (this.releases.has(name)) continue;
			const key = `${this.account}\n${name}`;
			waited = (await this.acquire(key, mode, wait)) || waited;
			this.releases.set(name, () => leave(key));
		}
		return waited;
	}

	/** Unlocks all records. */
	release(): void {
		for (const release of this.releases.values()) release();
		this.releases.clear();
	}

	private async acquire(key: string, mode: LockMode, { signal, maxWaitMs }: LockWait): Promise<boolean> {
		const lock = locks.get(key);
		if (!lock) locks.set(key, { holders: 1, mode, waiters: [] });
		else if (lock.waiters.length === 0 && mode === 'shared' && lock.mode === 'shared') lock.holders += 1;
		else {
			await turnIn(key, lock, mode, signal, maxWaitMs, this.vendorName);
			return true;
		}
		return false;
	}
}

/** Waits for a lock, and leaves its queue if the wait fails. */
async function turnIn(
	key: string,
	lock: Lock,
	mode: LockMode,
	signal: AbortSignal,
	maxWaitMs: number,
	vendorName: string,
): Promise<void> {
	const ended = new AbortController();
	let isMine = false;
	const waiter: Waiter = { mode, start: () => {} };
	const turn = new Promise<void>((resolve) => {
		waiter.start = () => {
			isMine = true;
			resolve();
		};
	});
	lock.waiters.push(waiter);
	const tooLong = async () => {
		await sleep(maxWaitMs, AbortSignal.any([signal, ended.signal]));
		throw stillBusy(vendorName, maxWaitMs);
	};
	let isLocked = false;
	try {
		await Promise.race([turn, tooLong()]);
		isLocked = true;
	} finally {
		ended.abort();
		if (!isLocked && isMine) leave(key);
		else if (!isLocked) {
			lock.waiters.splice(lock.waiters.indexOf(waiter), 1);
			startNext(key, lock);
		}
	}
}

function leave(key: string): void {
	const lock = locks.get(key)!;
	lock.holders -= 1;
	startNext(key, lock);
}

/** Starts the first waiter, and the waiters behind it that can share the record. */
function startNext(key: string, lock: Lock): void {
	while (lock.waiters.length > 0) {
		const [{ mode, start }] = lock.waiters;
		if (lock.holders > 0 && (mode === 'alone' || lock.mode === 'alone')) return;
		lock.waiters.shift();
		lock.holders += 1;
		lock.mode = mode;
		start();
	}
	if (lock.holders === 0) locks.delete(key);
}

function stillBusy(vendorName: string, maxWaitMs: number): FailureError {
	const wait = `${Math.round(maxWaitMs / 1000)} s`;
	const message = `Another item in this n8n has been using the same record in ${vendorName} for ${wait}, and 'Max Wait' is ${wait}`;
	return new FailureError({
		ownCode: 'RECORD_BUSY',
		message,
		description: "Run this item again when the other one has finished, or raise 'Max Wait' under 'Options'.",
	});
}

/** Returns the number of locked records, for tests. */
export const countLockedRecords = (): number => locks.size;

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/** Returns the lock name of a record. It ignores case, and a UUID needs no kind. */
export function recordName(kind: string, id: unknown): string {
	const text = toText(id).trim().toLowerCase();
	return UUID.test(text) ? `id ${text}` : `${kind}/${text}`;
}

/**
 * Returns the lock name of the record in a path, such as `deals/7` for `/deals/7/products`; undefined if there is none.
 */
export function recordInPath(path: string): string | undefined {
	const parts = path.split('/').filter((part) => part !== '');
	const at = parts.findIndex((part, index) => index > 0 && (/^\d+$/.test(part) || UUID.test(part)));
	return at === -1 ? undefined : recordName(parts[at - 1], parts[at]);
}
