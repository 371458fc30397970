import type { YieldToEventLoop } from '../base/yieldToEventLoop';

interface Job<Unit> {
	/** Most units at work at the same time, at this moment. */
	parallel: () => number;
	/** Awaited before each unit: lets other work of the process have its turn. */
	breathe?: YieldToEventLoop;
	/** The next unit of work in order, just before its turn; nothing when there is no other. */
	next: () => Unit | undefined;
	/** Units that share a record are never at work at the same time, and keep their order. */
	recordsOf: (batch: Unit) => readonly string[];
	/** Gives false to start no further unit. */
	work: (batch: Unit) => Promise<boolean>;
}

/**
 * Works through units in order, several at a time. Units at work are waited for, whatever becomes of the others.
 *
 * @throws the first error of any unit; no further unit starts then
 */
export async function runInOrder<Unit>({
	parallel,
	breathe: yieldToOthers,
	next,
	recordsOf,
	work,
}: Job<Unit>): Promise<void> {
	/** The last unit at work of each record. */
	const busy = new Map<string, Promise<void>>();
	let stopped = false;

	const workOne = async (batch: Unit, before: Array<Promise<void>>) => {
		if (before.length > 0) await Promise.allSettled(before);
		if (stopped) return;
		let goOn = false;
		try {
			goOn = await work(batch);
		} finally {
			if (!goOn) stopped = true;
		}
	};

	let workers = 0;
	let isAtEnd = false;
	const ends: Array<Promise<unknown>> = [];

	const worker = async () => {
		try {
			while (await workNext()) if (workers > parallel()) return;
		} finally {
			workers -= 1;
		}
	};

	/** Works on the next unit; gives false when there is no other. */
	const workNext = async () => {
		await yieldToOthers?.();
		const batch = stopped ? undefined : next();
		isAtEnd ||= batch === undefined;
		if (batch === undefined) return false;
		const records = recordsOf(batch);
		const mine = workOne(
			batch,
			records.flatMap((record) => busy.get(record) ?? []),
		);
		for (const record of records) busy.set(record, mine);
		await mine;
		for (const record of records) if (busy.get(record) === mine) busy.delete(record);
		hire();
		return true;
	};

	const hire = () => {
		while (!isAtEnd && !stopped && workers < parallel()) {
			workers += 1;
			const end = worker();
			// Looked at below, when its turn comes.
			end.catch(() => undefined);
			ends.push(end);
		}
	};

	hire();
	const errors: unknown[] = [];
	// Workers that come later are waited for, too.
	for (const end of ends) await end.catch((error: unknown) => errors.push(error));
	if (errors.length > 0) throw errors[0];
}
