import type { Breather } from '../base/breather';

interface Job<Ready> {
	/** Number of items. */
	count: number;
	/** Most items at work at the same time. */
	parallel: number;
	/** Awaited before each item: lets other work of the process have its turn. */
	breathe?: Breather;
	/** Called for each item in order, just before its turn. */
	prepare: (item: number) => Ready;
	/** Items with the same record are never at work at the same time, and keep their order. */
	recordOf: (ready: Ready) => string | undefined;
	/** Gives false to start no further item. */
	work: (ready: Ready, item: number) => Promise<boolean>;
}

/**
 * Works through items in order, several at a time. Items at work are waited for, whatever becomes of the others.
 *
 * @throws the first error of any item; no further item starts then
 */
export async function runInOrder<Ready>({ count, parallel, breathe, prepare, recordOf, work }: Job<Ready>): Promise<void> {
	/** The last item of each record at work; one without a record is never in it. */
	const busy = new Map<string | undefined, Promise<void>>();
	let next = 0;
	let stopped = false;

	const workOne = async (ready: Ready, item: number, before?: Promise<void>) => {
		await before?.catch(() => undefined);
		if (stopped) return;
		let goOn = false;
		try {
			goOn = await work(ready, item);
		} finally {
			if (!goOn) stopped = true;
		}
	};

	const worker = async () => {
		for (;;) {
			await breathe?.();
			if (next >= count || stopped) return;
			const item = next++;
			const ready = prepare(item);
			const record = recordOf(ready);
			const mine = workOne(ready, item, busy.get(record));
			if (record !== undefined) busy.set(record, mine);
			await mine;
			if (busy.get(record) === mine) busy.delete(record);
		}
	};

	const ends = await Promise.allSettled(Array.from({ length: Math.min(parallel, count) }, worker));
	for (const end of ends) if (end.status === 'rejected') throw end.reason;
}
