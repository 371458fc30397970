import { getEventListeners } from 'node:events';
import { PauseTooLong, Throttle } from '../../nodes/shared/http/limiter';
import { endOf, sendAll, settle, startsOf } from '../support/slots';

beforeEach(() => jest.useFakeTimers({ now: 0 }));
afterEach(() => jest.useRealTimers());

test('executions take turns, so that a small one does not wait for a large one', async () => {
	const [large, small] = [{}, {}];
	const requests = [...Array.from({ length: 20 }, () => large), small].map((lane) => ({
		lane,
		latency: 1,
		countedAt: 0,
	}));

	const sent = await sendAll(new Throttle({ requests: 1, windowMs: 100 }), requests);

	expect(sent.findIndex(({ lane }) => lane === small)).toBeLessThanOrEqual(2);
});

test('a canceled wait ends immediately and uses no slot', async () => {
	const throttle = new Throttle({ requests: 1, windowMs: 60_000 });
	const releaseFirst = await throttle.acquire({});
	const stop = new AbortController();
	const waiting = throttle.acquire({}, { signal: stop.signal });
	await settle();

	stop.abort(new Error('stopped'));

	await expect(waiting).rejects.toThrow('stopped');
	releaseFirst();
	const next = throttle.acquire({}).then(() => Date.now());
	await jest.advanceTimersByTimeAsync(120_000);
	await expect(next).resolves.toBe(60_001);
});

test('a wait that is canceled before it begins is refused', async () => {
	await expect(
		new Throttle({ requests: 1, windowMs: 1 }).acquire({}, { signal: AbortSignal.abort(new Error('stopped')) }),
	).rejects.toThrow('stopped');
});

test('no request starts during a pause of the vendor, even without a limit', async () => {
	const throttle = new Throttle({ requests: 0, windowMs: 0 });
	throttle.pause(7_000);

	const start = throttle.acquire({}).then(() => Date.now());
	await jest.advanceTimersByTimeAsync(60_000);

	// A waiter starts one turn of the clock after its slot was free.
	await expect(start).resolves.toBe(7_001);
});

describe('a pause of the vendor', () => {
	test.each([
		['the longer first', [9_000, 4_000]],
		['the shorter first', [4_000, 9_000]],
	])('is the longer of two (%s)', async (_name, pauses) => {
		const throttle = new Throttle({ requests: 5, windowMs: 1_000 });
		for (const ms of pauses) throttle.pause(ms);

		expect(await startsOf(throttle, 1)).toEqual([9_000]);
	});

	test('is at most an hour', async () => {
		const throttle = new Throttle({ requests: 5, windowMs: 1_000 });
		throttle.pause(1_000_000_000);

		expect(await startsOf(throttle, 1)).toEqual([3_600_000]);
	});

	test('delays requests that already wait for a slot', async () => {
		const throttle = new Throttle({ requests: 1, windowMs: 1_000 });
		(await throttle.acquire({}))();
		const waiting = endOf(throttle.acquire({}));
		await settle();

		throttle.pause(9_000);
		await jest.runAllTimersAsync();

		expect(Math.round((await waiting).at / 1_000)).toBe(9);
	});

	test('ends only the waits with a shorter maximum, and ends them immediately', async () => {
		const throttle = new Throttle({ requests: 1, windowMs: 1_000 });
		(await throttle.acquire({}))();
		const lane = {};
		const ends = [
			[lane, 8_999],
			[lane, 9_000],
			[{}, 0],
		].map(([owner, remainingPauseMs]) =>
			endOf(throttle.acquire(owner as object, { maxPauseMs: remainingPauseMs as number })),
		);
		await jest.advanceTimersByTimeAsync(100);

		throttle.pause(9_000);
		await jest.runAllTimersAsync();

		const [hasty, patient, other] = await Promise.all(ends);
		expect([hasty, other]).toEqual([1, 2].map(() => ({ at: 100, error: new PauseTooLong(9_000) })));
		expect((hasty as { error?: Error }).error).toMatchObject({ pauseMs: 9_000, message: 'A pause of 9000 ms' });
		expect(patient).toEqual({ at: expect.any(Number) });
	});

	test('that is too long for a new request makes it fail immediately', async () => {
		const throttle = new Throttle({ requests: 1, windowMs: 1_000 });
		throttle.pause(9_000);

		await expect(throttle.acquire({}, { maxPauseMs: 8_999 })).rejects.toEqual(new PauseTooLong(9_000));
		await expect(Promise.race([throttle.acquire({}, { maxPauseMs: 9_000 }), Promise.resolve('waits')])).resolves.toBe(
			'waits',
		);
	});
});

test('a corrected window of the credential applies to requests that already wait', async () => {
	const throttle = new Throttle({ requests: 1, windowMs: 3_600_000 });
	(await throttle.acquire({}))();
	const waiting = endOf(throttle.acquire({}));
	await jest.advanceTimersByTimeAsync(10_000);

	throttle.setRate('credential', { requests: 1, windowMs: 1_000 });
	await jest.advanceTimersByTimeAsync(10);

	await expect(Promise.race([waiting, Promise.resolve('waits')])).resolves.toMatchObject({
		at: expect.closeTo(10_000, -2) as number,
	});
});

test('a clock that is set back delays no request', async () => {
	const throttle = new Throttle({ requests: 1, windowMs: 1_000 });
	(await throttle.acquire({}))();
	jest.setSystemTime(-3_600_000);

	const start = endOf(throttle.acquire({}));
	await jest.advanceTimersByTimeAsync(2_000);

	await expect(Promise.race([start, Promise.resolve('waits')])).resolves.not.toBe('waits');
});

describe('the next request', () => {
	test('is the one that waited longest, also if a slot is free when another one arrives', async () => {
		const throttle = new Throttle({ requests: 1, windowMs: 1_000 });
		(await throttle.acquire({}))();
		const order: string[] = [];
		const wait = (name: string) => throttle.acquire({}).then((release) => (order.push(name), release()));

		const first = wait('first');
		await settle();
		// The clock is there, and the turn of the one who waits is not yet.
		jest.advanceTimersByTime(1_000 - Date.now());
		const second = wait('second');
		await jest.runAllTimersAsync();
		await Promise.all([first, second]);

		expect(order).toEqual(['first', 'second']);
	});

	test('comes from each execution in turn, in the order of the execution', async () => {
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

	test('is the one that the vendor refused, before all others', async () => {
		const throttle = new Throttle({ requests: 1, windowMs: 1_000 });
		(await throttle.acquire({}))();
		const lanes = { a: {}, b: {} };
		const order: string[] = [];
		const wait = async (name: string, first = false) => {
			const release = await throttle.acquire(lanes[name[0] as 'a' | 'b'], { first });
			order.push(name);
			release();
		};
		const all = [wait('a1'), wait('b1'), wait('b2'), wait('b0', true)];
		await jest.runAllTimersAsync();
		await Promise.all(all);

		expect(order).toEqual(['b0', 'a1', 'b1', 'b2']);
	});

	test('does not wait for a canceled one', async () => {
		const throttle = new Throttle({ requests: 1, windowMs: 1_000 });
		const release = await throttle.acquire({});
		const stop = new AbortController();
		const lane = {};
		const [left, stays] = [endOf(throttle.acquire(lane, { signal: stop.signal })), endOf(throttle.acquire(lane))];
		await settle();

		stop.abort(new Error('stopped'));
		release();
		await jest.runAllTimersAsync();

		expect((await left) as unknown).toEqual({ at: 0, error: new Error('stopped') });
		expect(Math.round((await stays).at / 1_000)).toBe(1);
	});

	test('gets the slot of one that was stopped when it was granted', async () => {
		const throttle = new Throttle({ requests: 1, windowMs: 1_000 });
		(await throttle.acquire({}))();
		const stop = new AbortController();
		const stopped = endOf(throttle.acquire({}, { signal: stop.signal }));
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

	const slot = throttle.acquire({}, { signal });
	await jest.runAllTimersAsync();
	(await slot)();

	expect([listened.mock.calls.length, getEventListeners(signal, 'abort').length]).toEqual([0, 0]);
});
