import fc from 'fast-check';
import { getEventListeners } from 'node:events';
import { ownSignal, PauseTooLong, Throttle, throttleFor } from '../../nodes/shared/throttle';

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

/** Moments at which requests start that come now, one after another, each answered at once. */
async function startsOf(throttle: Throttle, count: number, lane: object = {}): Promise<number[]> {
	const sent = await sendAll(throttle, Array.from({ length: count }, () => ({ lane, latency: 0, countedAt: 0 })));
	return sent.map(({ start }) => Math.round(start / 1_000) * 1_000);
}

/** How an attempt to get a slot ended, and when. */
const endOf = async (slot: Promise<() => void>) =>
	await slot.then(
		() => ({ at: Date.now() }),
		(error: Error) => ({ at: Date.now(), error }),
	);

describe('a pause that the vendor asked for', () => {
	test.each([
		['the longer first', [9_000, 4_000]],
		['the shorter first', [4_000, 9_000]],
	])('counts as the longer of two (%s)', async (_name, pauses) => {
		const throttle = new Throttle({ requests: 5, windowMs: 1_000 });
		for (const ms of pauses) throttle.pause(ms);

		expect(await startsOf(throttle, 1)).toEqual([9_000]);
	});

	test('is an hour at most, whatever the vendor says', async () => {
		const throttle = new Throttle({ requests: 5, windowMs: 1_000 });
		throttle.pause(1_000_000_000);

		expect(await startsOf(throttle, 1)).toEqual([3_600_000]);
	});

	test('holds back who waits already for a slot', async () => {
		const throttle = new Throttle({ requests: 1, windowMs: 1_000 });
		(await throttle.acquire({}))();
		const waiting = endOf(throttle.acquire({}));
		await settle();

		throttle.pause(9_000);
		await jest.runAllTimersAsync();

		expect(Math.round((await waiting).at / 1_000)).toBe(9);
	});

	test('ends the wait of those at once who have not the patience for it, and of nobody else', async () => {
		const throttle = new Throttle({ requests: 1, windowMs: 1_000 });
		(await throttle.acquire({}))();
		const lane = {};
		const ends = [[lane, 8_999], [lane, 9_000], [{}, 0]].map(([owner, patienceMs]) => endOf(throttle.acquire(owner as object, undefined, patienceMs as number)));
		await jest.advanceTimersByTimeAsync(100);

		throttle.pause(9_000);
		await jest.runAllTimersAsync();

		const [hasty, patient, other] = await Promise.all(ends);
		expect([hasty, other]).toEqual([1, 2].map(() => ({ at: 100, error: new PauseTooLong(9_000) })));
		expect((hasty as { error: PauseTooLong }).error).toMatchObject({ pauseMs: 9_000, message: 'A pause of 9000 ms' });
		expect(patient).toEqual({ at: expect.any(Number) });
	});

	test('is no matter for a request that comes with too little patience: it gives up at once', async () => {
		const throttle = new Throttle({ requests: 1, windowMs: 1_000 });
		throttle.pause(9_000);

		await expect(throttle.acquire({}, undefined, 8_999)).rejects.toEqual(new PauseTooLong(9_000));
		await expect(Promise.race([throttle.acquire({}, undefined, 9_000), Promise.resolve('waits')])).resolves.toBe('waits');
	});
});

describe('a changed rate', () => {
	test('counts at once for the slots that are cooling, with a shorter window', async () => {
		const throttle = new Throttle({ requests: 2, windowMs: 60_000 });
		(await throttle.acquire({}))();
		throttle.setRate('credential', { requests: 2, windowMs: 5_000 });
		await jest.advanceTimersByTimeAsync(1_000);
		(await throttle.acquire({}))();

		expect(await startsOf(throttle, 3)).toEqual([5_000, 6_000, 10_000]);
	});

	test('and with a longer one, so that no slot comes too early', async () => {
		const throttle = new Throttle({ requests: 2, windowMs: 5_000 });
		for (const _ of [1, 2]) (await throttle.acquire({}))();
		throttle.setRate('credential', { requests: 2, windowMs: 60_000 });

		expect(await startsOf(throttle, 3)).toEqual([60_000, 60_000, 120_000]);
	});

	test.each([
		['fewer requests', { requests: 1, windowMs: 1_000 }, { requests: 2, windowMs: 1_000 }],
		['a longer window', { requests: 1, windowMs: 2_000 }, { requests: 1, windowMs: 1_000 }],
		['any limit at all', { requests: 100, windowMs: 1 }, { requests: 0, windowMs: 1_000 }],
		['a window at all', { requests: 1, windowMs: 1_000 }, { requests: 1, windowMs: 0 }],
	])('of several credentials with one key, the one with %s counts', (_name, strict, loose) => {
		const [one, other] = [new Throttle(loose), new Throttle(loose)];
		one.setRate('a', strict);
		one.setRate('b', loose);
		other.setRate('a', loose);
		other.setRate('b', strict);

		expect([one.rate, other.rate]).toEqual([strict, strict]);
	});

	test('of a credential that nobody used for an hour counts no more', () => {
		const throttle = new Throttle({ requests: 9, windowMs: 1 });
		throttle.setRate('old', { requests: 1, windowMs: 1 });
		const after = (ms: number) => (jest.setSystemTime(ms), throttle.setRate('new', { requests: 9, windowMs: 1 }), throttle.rate.requests);

		expect([after(3_600_000), after(3_600_001)]).toEqual([1, 9]);
	});
});

describe('a window of 0 seconds', () => {
	test('bounds the requests at the same time, and makes none wait longer', async () => {
		const requests = Array.from({ length: 4 }, () => ({ lane: {}, latency: 1_000, countedAt: 0 }));

		const sent = await sendAll(new Throttle({ requests: 2, windowMs: 0 }), requests);

		expect(sent.map(({ start }) => Math.round(start / 1_000))).toEqual([0, 0, 1, 1]);
	});
});

describe('who comes next', () => {
	test('is the one who waited longest, also where a slot is free by the time that another one comes', async () => {
		const throttle = new Throttle({ requests: 1, windowMs: 1_000 });
		(await throttle.acquire({}))();
		const order: string[] = [];
		const wait = (name: string) => throttle.acquire({}).then((release) => (order.push(name), release()));

		const first = wait('first');
		await settle();
		// The clock is there, and the turn of the one who waits is not yet.
		jest.setSystemTime(1_000);
		const second = wait('second');
		await jest.runAllTimersAsync();
		await Promise.all([first, second]);

		expect(order).toEqual(['first', 'second']);
	});

	test('is each lane in turn, with the order kept inside of it', async () => {
		const throttle = new Throttle({ requests: 1, windowMs: 1_000 });
		(await throttle.acquire({}))();
		const lanes = { a: {}, b: {} };
		const order: string[] = [];
		const all = (['a1', 'a2', 'a3', 'b1', 'b2'] as const).map(async (name) => {
			const release = await throttle.acquire(lanes[name[0] as 'a' | 'b']);
			order.push(name);
			release();
		});
		await jest.runAllTimersAsync();
		await Promise.all(all);

		expect(order).toEqual(['a1', 'b1', 'a2', 'b2', 'a3']);
	});

	test('does not wait for one who left', async () => {
		const throttle = new Throttle({ requests: 1, windowMs: 1_000 });
		const release = await throttle.acquire({});
		const stop = new AbortController();
		const lane = {};
		const [left, stays] = [endOf(throttle.acquire(lane, stop.signal)), endOf(throttle.acquire(lane))];
		await settle();

		stop.abort(new Error('stopped'));
		release();
		await jest.runAllTimersAsync();

		expect((await left) as unknown).toEqual({ at: 0, error: new Error('stopped') });
		expect(Math.round((await stays).at / 1_000)).toBe(1);
	});

	test('gets the slot of one who was stopped at the moment it was granted', async () => {
		const throttle = new Throttle({ requests: 1, windowMs: 1_000 });
		(await throttle.acquire({}))();
		const stop = new AbortController();
		const stopped = endOf(throttle.acquire({}, stop.signal));
		// The grant comes at 1 s; its owner looks around one turn of the clock later.
		const next = endOf(throttle.acquire({}));
		await settle();
		await jest.advanceTimersByTimeAsync(1_000);
		stop.abort(new Error('stopped'));
		await jest.runAllTimersAsync();

		expect(((await stopped) as { error: Error }).error.message).toBe('stopped');
		expect(Math.round((await next).at / 1_000)).toBe(1);
	});
});

test('a wait for a slot leaves no listener on the signal of the execution', async () => {
	const throttle = new Throttle({ requests: 1, windowMs: 1_000 });
	(await throttle.acquire({}))();
	const { signal } = new AbortController();
	const listened = jest.spyOn(signal, 'addEventListener');

	const slot = throttle.acquire({}, signal);
	await jest.runAllTimersAsync();
	(await slot)();

	expect([listened.mock.calls.length, getEventListeners(signal, 'abort').length]).toEqual([0, 0]);
});

test('a signal of its own follows the other one', () => {
	const stop = new AbortController();
	const own = ownSignal(stop.signal);

	expect([own === stop.signal, own.aborted]).toEqual([false, false]);
	stop.abort(new Error('stopped'));
	expect([own.aborted, own.reason]).toEqual([true, new Error('stopped')]);
});

describe('a throttle that nobody asks for', () => {
	const hour = 3_600_000;
	const at = (throttle: Throttle, ms: number) => (jest.setSystemTime(ms), throttle.isForgotten());

	test('is forgotten after an hour, or after its window where that is longer', () => {
		const [short, long] = [1, 2 * hour].map((windowMs) => new Throttle({ requests: 1, windowMs }));

		expect([at(short, hour), at(short, hour + 1), at(long, 2 * hour), at(long, 2 * hour + 1)]).toEqual([false, true, false, true]);
	});

	test('is known as long as it is used', async () => {
		const throttle = new Throttle({ requests: 1, windowMs: 1 });
		jest.setSystemTime(hour);
		throttle.setRate('credential', { requests: 1, windowMs: 1 });
		const afterSetRate = at(throttle, 2 * hour);
		const release = await throttle.acquire({});
		const inFlight = at(throttle, 4 * hour);
		const waiting = throttle.acquire({}).then((free) => free());
		release();
		const withWaiter = at(throttle, 8 * hour);
		await jest.runAllTimersAsync();
		await waiting;

		expect([afterSetRate, inFlight, withWaiter, at(throttle, 20 * hour)]).toEqual([false, false, false, true]);
	});

	test('is known as long as the vendor asked for a pause', () => {
		const throttle = new Throttle({ requests: 1, windowMs: 1 });
		jest.setSystemTime(hour - 1_000);
		throttle.pause(2_000);

		expect([at(throttle, hour + 999), at(throttle, hour + 1_000)]).toEqual([false, true]);
	});

	test('gives way to a new one, which the one who asks for it meanwhile does not', () => {
		const rate = { requests: 1, windowMs: 1 };
		const [old, mine] = [throttleFor('old', 'a', rate), throttleFor('mine', 'a', rate)];
		jest.setSystemTime(2 * hour);

		expect(throttleFor('mine', 'a', rate)).toBe(mine);
		expect(throttleFor('old', 'a', rate)).not.toBe(old);
	});
});
