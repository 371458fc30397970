import type { Throttle } from '../../nodes/shared/http/limiter';

/** Lets waiting code run until nothing is left to do at this moment. */
export const settle = async () => await jest.advanceTimersByTimeAsync(0);

export interface Sent {
	lane: object;
	start: number;
	counted: number;
}

/** Sends requests through a throttle; the vendor counts each at some moment between its start and its answer. */
export async function sendAll(
	throttle: Throttle,
	requests: ReadonlyArray<{ lane: object; latency: number; countedAt: number }>,
): Promise<Sent[]> {
	const sent: Sent[] = [];
	const all = requests.map(async ({ lane, latency, countedAt }) => {
		const release = await throttle.acquire(lane);
		const start = Date.now();
		sent.push({ lane, start, counted: start + latency * countedAt });
		await new Promise((resolve) => setTimeout(resolve, latency));
		release();
	});
	await jest.runAllTimersAsync();
	await Promise.all(all);
	return sent;
}

/** Moments at which requests start that come now, one after another, each answered at once. */
export async function startsOf(throttle: Throttle, count: number, lane: object = {}): Promise<number[]> {
	const sent = await sendAll(
		throttle,
		Array.from({ length: count }, () => ({ lane, latency: 0, countedAt: 0 })),
	);
	return sent.map(({ start }) => Math.round(start / 1_000) * 1_000);
}

/** How an attempt to get a slot ended, and when. */
export const endOf = async (slot: Promise<() => void>) =>
	await slot.then(
		() => ({ at: Date.now() }),
		(error: Error) => ({ at: Date.now(), error }),
	);
