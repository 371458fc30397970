import fc from 'fast-check';
import { Throttle, throttleFor } from '../../nodes/shared/throttle';

beforeEach(() => jest.useFakeTimers({ now: 0 }));
afterEach(() => jest.useRealTimers());

/** Lets waiting code run until nothing is left to do at this moment. */
const settle = async () => await jest.advanceTimersByTimeAsync(0);

interface Sent {
	lane: object;
	start: number;
	counted: number;
}

/** Sends requests through a throttle; the vendor counts each at some moment between its start and its answer. */
async function sendAll(throttle: Throttle, requests: ReadonlyArray<{ lane: object; latency: number; countedAt: number }>): Promise<Sent[]> {
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

test('no window of the vendor ever holds more requests than allowed, wherever the window begins', async () => {
	await fc.assert(
		fc.asyncProperty(
			fc.integer({ min: 1, max: 6 }),
			fc.array(fc.record({ latency: fc.integer({ min: 0, max: 3_000 }), countedAt: fc.double({ min: 0, max: 1, noNaN: true }) }), { minLength: 1, maxLength: 40 }),
			async (limit, requests) => {
				const lane = {};

				const sent = await sendAll(new Throttle({ requests: limit, windowMs: 5_000 }), requests.map((request) => ({ ...request, lane })));

				expect(sent).toHaveLength(requests.length);
				for (const { counted } of sent) {
					const inWindow = sent.filter((other) => other.counted >= counted && other.counted < counted + 5_000);
					expect(inWindow.length).toBeLessThanOrEqual(limit);
				}
			},
		),
		{ numRuns: 60 },
	);
});

test('the first burst starts at once', async () => {
	const sent = await sendAll(new Throttle({ requests: 25, windowMs: 5_000 }), Array.from({ length: 26 }, () => ({ lane: {}, latency: 200, countedAt: 0 })));

	expect(sent.filter(({ start }) => start === 0)).toHaveLength(25);
	expect(sent[25].start).toBe(5_200);
});

test('a limit of 0 lets everything through at once', async () => {
	const sent = await sendAll(new Throttle({ requests: 0, windowMs: 5_000 }), Array.from({ length: 50 }, () => ({ lane: {}, latency: 10, countedAt: 0 })));

	expect(new Set(sent.map(({ start }) => start))).toEqual(new Set([0]));
});

test('executions take turns, so that a small one does not wait for a large one', async () => {
	const [large, small] = [{}, {}];
	const requests = [...Array.from({ length: 20 }, () => large), small].map((lane) => ({ lane, latency: 1, countedAt: 0 }));

	const sent = await sendAll(new Throttle({ requests: 1, windowMs: 100 }), requests);

	expect(sent.findIndex(({ lane }) => lane === small)).toBeLessThanOrEqual(2);
});

test('a wait ends at once when it is cancelled, and costs no slot', async () => {
	const throttle = new Throttle({ requests: 1, windowMs: 60_000 });
	const releaseFirst = await throttle.acquire({});
	const stop = new AbortController();
	const waiting = throttle.acquire({}, stop.signal);
	await settle();

	stop.abort(new Error('stopped'));

	await expect(waiting).rejects.toThrow('stopped');
	releaseFirst();
	const next = throttle.acquire({}).then(() => Date.now());
	await jest.advanceTimersByTimeAsync(120_000);
	await expect(next).resolves.toBe(60_001);
});

test('a wait that is cancelled before it begins is refused', async () => {
	await expect(new Throttle({ requests: 1, windowMs: 1 }).acquire({}, AbortSignal.abort(new Error('stopped')))).rejects.toThrow('stopped');
});

test('nobody starts during a pause that the vendor asked for, even without a limit', async () => {
	const throttle = new Throttle({ requests: 0, windowMs: 0 });
	throttle.pause(7_000);

	const start = throttle.acquire({}).then(() => Date.now());
	await jest.advanceTimersByTimeAsync(60_000);

	// A waiter starts one turn of the clock after its slot was free.
	await expect(start).resolves.toBe(7_001);
});

test('the same key gives the same throttle, at the rate that the credential has now', () => {
	const throttle = throttleFor('key', 'credential', { requests: 10, windowMs: 5_000 });

	expect(throttleFor('key', 'credential', { requests: 20, windowMs: 5_000 })).toBe(throttle);
	expect(throttle.rate.requests).toBe(20);
	expect(throttleFor('other key', 'credential', { requests: 10, windowMs: 5_000 })).not.toBe(throttle);
});
