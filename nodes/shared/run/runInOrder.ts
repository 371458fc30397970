import type { YieldToEventLoop } from '../base/yieldToEventLoop';

interface Options<Batch> {
	/** Returns the current maximum of batches in parallel. */
	parallel: () => number;
	/** Awaited before each batch, so that other work of the process gets its turn. */
	yieldToOthers?: YieldToEventLoop;
	/** Returns the next batch in order, just before its turn; undefined at the end. */
	next: () => Batch | undefined;
	/** Returns the records of a batch. Batches with a common record never run in parallel, and keep their order. */
	recordsOf: (batch: Batch) => readonly string[];
	/** Works on a batch. Returns false to start no further batch. */
	work: (batch: Batch) => Promise<boolean>;
}

/**
 * Works on batches in order, several in parallel. It waits for all started batches, even after an error.
 *
 * @throws the first error of any batch; no further batch starts then
 */
export async function runInOrder<Batch>({
	parallel,
	yieldToOthers: yieldToOthers,
	next,
	recordsOf,
	work,
}: Options<Batch>): Promise<void> {
	/** The last started batch of each record. */
	const busy = new Map<string, Promise<void>>();
	let stopped = false;

	const workOne = async (batch: Batch, before: Array<Promise<void>>) => {
		if (before.length > 0) await Promise.allSettled(before);
		if (stopped) return;
		let shouldContinue = false;
		try {
			shouldContinue = await work(batch);
		} finally {
			if (!shouldContinue) stopped = true;
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

	/** Works on the next batch. Returns false if there is none. */
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
		startWorkers();
		return true;
	};

	const startWorkers = () => {
		while (!isAtEnd && !stopped && workers < parallel()) {
			workers += 1;
			const end = worker();
			// The loop below handles the error. This prevents an unhandled rejection until then.
			end.catch(() => undefined);
			ends.push(end);
		}
	};

	startWorkers();
	const errors: unknown[] = [];
	// The loop also waits for workers that start while it runs.
	for (const end of ends) await end.catch((error: unknown) => errors.push(error));
	if (errors.length > 0) throw errors[0];
}
