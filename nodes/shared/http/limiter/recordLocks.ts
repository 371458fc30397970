import { FailureError } from '../../base/failure';
import { toText } from '../../base/json';
import { sleep } from '../../base/sleep';

/** How a request holds a record: `alone`, or `shared` with others that neither look for it nor change it. */
export type LockMode = 'alone' | 'shared';

interface Waiter {
	mode: LockMode;
	start: () => void;
}

interface Lock {
	holders: number;
	mode: LockMode;
	/** In the order in which they came. */
	waiters: Waiter[];
}

/** Locks that somebody holds, by account and record. They live in this process alone. */
const locks = new Map<string, Lock>();

export interface LockWait {
	signal: AbortSignal;
	maxWaitMs: number;
}

/**
 * The records that one item, or one bulk request, holds in an account until its requests have ended.
 *
 * Whoever looks for a record and then writes it holds it meanwhile, in whatever node and execution of this process. Names
 * are taken in their alphabetical order, so that two items never wait for one another. A record that is found under way is
 * taken later; the wait for it is bounded in any case.
 */
export class RecordLocks {
	private readonly releases = new Map<string, () => void>();

	/**
	 * @param account digest of host and key
	 * @param vendorName for the error
	 */
	constructor(
		private readonly account: string,
		private readonly vendorName: string,
	) {}

	/**
	 * Takes records that are not held yet.
	 *
	 * @returns whether another item was at work on one of them meanwhile, so that it may have changed
	 * @throws FailureError after the longest wait, and the signal's reason
	 */
	async take(records: Iterable<readonly [name: string, mode: LockMode]>, retryLimits: LockWait): Promise<boolean> {
		const modes = new Map<string, LockMode>();
		for (const [name, mode] of records) if (modes.get(name) !== 'alone') modes.set(name, mode);
		let waited = false;
		for (const [name, mode] of [...modes].sort(([one], [other]) => (one < other ? -1 : 1))) {
			if (this.releases.has(name)) continue;
			const key = `${this.account}\n${name}`;
			waited = (await this.acquire(key, mode, retryLimits)) || waited;
			this.releases.set(name, () => leave(key));
		}
		return waited;
	}

	/** Lets others have all of them. */
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

/** Waits in the queue of a lock, and leaves it when the wait is over in any other way. */
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
	let goesOn = false;
	try {
		await Promise.race([turn, tooLong()]);
		goesOn = true;
	} finally {
		ended.abort();
		if (!goesOn && isMine) leave(key);
		else if (!goesOn) {
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

/** Starts the first in the queue, and with it those behind it that can share the record. */
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

/** How many records are held, for tests. */
export const countLockedRecords = (): number => locks.size;

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/** The name of a record by its ID: upper and lower case are one, and a UUID needs no kind beside it. */
export function recordName(kind: string, id: unknown): string {
	const text = toText(id).trim().toLowerCase();
	return UUID.test(text) ? `id ${text}` : `${kind}/${text}`;
}

/** The record that a path leads to, such as `deals/7` of `/deals/7/products`. */
export function recordInPath(path: string): string | undefined {
	const parts = path.split('/').filter((part) => part !== '');
	const at = parts.findIndex((part, index) => index > 0 && (/^\d+$/.test(part) || UUID.test(part)));
	return at === -1 ? undefined : recordName(parts[at - 1], parts[at]);
}
