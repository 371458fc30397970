import fc from 'fast-check';
import { AdaptiveRateLimit } from '../../nodes/shared/http/limiter/adaptiveRateLimit';
import { Throttle } from '../../nodes/shared/http/limiter/throttle';
import { inVirtualTime } from '../bench/virtualClock';
import { share, shareOf } from '../bench/processes';
import { startsOf } from '../support/slots';

describe('a share', () => {
	beforeEach(() => jest.useFakeTimers({ now: 0 }));
	afterEach(() => jest.useRealTimers());

	const WINDOW = 1_000;
	const at = (windows: number) => jest.advanceTimersByTime(windows * WINDOW - Date.now());
	/** A share of a limit of 100 per second that began with so many requests, a window ago. */
	const begun = (held: number) => {
		const share = new AdaptiveRateLimit(100, 0, WINDOW);
		share.refused(0, held, false);
		at(1);
		return share;
	};

	test.each([
		['what was granted', 40, 40],
		['a sixth of the limit, where next to nothing was', 3, 17],
		['no more than the limit', 300, 100],
	])('starts with %s', (_what, held, size) => {
		const share = new AdaptiveRateLimit(100, 0, WINDOW);

		share.refused(0, held, false);

		expect(share.msUntilNext(0)).toBe(Math.ceil(WINDOW / size));
	});

	test('of a very low limit is one request per window', () => {
		const share = new AdaptiveRateLimit(2, 0, WINDOW);
		share.refused(0, 0, false);

		expect([share.slots(), share.msUntilNext(0)]).toEqual([1, WINDOW]);
	});

	test('uses the smallest number of granted requests in its first window', () => {
		const share = new AdaptiveRateLimit(100, 0, WINDOW);
		for (const held of [60, 57, 58]) share.refused(0, held, false);

		expect(share.slots()).toBe(57);
	});

	test('decreases by a tenth at a refusal, recovers after 8.5 windows, then grows slowly, and doubles after five more', () => {
		const share = begun(40);
		share.refused(WINDOW, 40, false);
		const sizes = [1, 3, 10, 11, 12, 14.5].map((windows) => (at(windows), share.slots()));

		expect(sizes).toEqual([36, 38, 40, 41, 45, 81]);
	});

	test('leaves a part to others after a refusal before it recovered', () => {
		const share = begun(40);
		share.refused(WINDOW, 40, false);
		at(2);
		share.refused(2 * WINDOW, 40, false);
		at(2 + 8.5);

		expect(share.slots()).toBe(35);
	});

	test('decreases no further for requests that started before its last decrease, or soon after', () => {
		const share = begun(40);
		share.refused(WINDOW, 40, false);
		const size = share.slots();
		for (const started of [0, WINDOW, 1.2 * WINDOW]) share.refused(started, 40, false);

		expect(share.slots()).toBe(size);
		at(1.25);
		share.refused(1.25 * WINDOW, 40, false);
		expect(share.slots()).toBeLessThan(size);
	});

	test('keeps a minimum after any number of refusals', () => {
		const share = begun(1);
		for (let windows = 2; windows < 300; windows += 1) {
			at(windows);
			share.refused(windows * WINDOW, 0, false);
		}

		expect(Math.round(share.msUntilNext(0))).toBe(2.5 * WINDOW);
	});

	test('keeps a distance between requests, except after Retry-After', () => {
		const share = begun(40);
		share.started();
		const distances = [true, false].map((isTimed) => {
			const before = share.msUntilNext(0);
			share.refused(WINDOW, 40, isTimed);
			return [before, share.msUntilNext(0)].map(Math.round);
		});

		expect(distances).toEqual([
			[25, 0],
			[0, 28],
		]);
	});

	test('uses whole slots, or less than one slot through the distance of its requests', () => {
		const sizes = [12.4, 0.5].map((size) => {
			const share = begun(40);
			share.started();
			Object.assign(share, { size, former: size, changedAt: Date.now() });
			return [share.slots(), share.msUntilNext(0)];
		});

		expect(sizes).toEqual([
			[12, Math.ceil(WINDOW / 12)],
			[1, 2 * WINDOW],
		]);
	});

	test('holds the slot of a granted request for a window from the middle between its start and its response', () => {
		const share = new AdaptiveRateLimit(1, 1, WINDOW);
		share.refused(0, 1, true);

		expect(share.msUntilNext(1)).toBe(Infinity);
		at(0.4);
		share.granted(0);
		expect(share.msUntilNext(0)).toBe(800);
	});

	test('holds the slot of a refused request for a window, except after Retry-After', () => {
		const waits = [false, true].map((isTimed) => {
			const share = new AdaptiveRateLimit(10, 0, WINDOW);
			share.refused(Date.now(), 1, isTimed);
			share.refused(Date.now(), 1, isTimed);
			share.refused(Date.now(), 1, true);
			return share.msUntilNext(0);
		});

		expect(waits).toEqual([1_000, 0]);
	});

	test('releases slots in the order in which the vendor counted the requests', () => {
		const share = new AdaptiveRateLimit(10, 0, WINDOW);
		share.refused(0, 2, false);
		at(0.4);
		share.refused(400, 2, false);
		share.granted(0);

		expect(share.msUntilNext(0)).toBe(800);
	});

	test('includes the slots that were in use before it started', () => {
		const share = new AdaptiveRateLimit(1, 1, WINDOW, [-400]);
		share.refused(0, 1, true);

		expect(share.msUntilNext(0)).toBe(600);
	});

	test('doubles in each window without a known limit until the next refusal, and ends at ten times its size', () => {
		const share = new AdaptiveRateLimit(0, 3, WINDOW);
		share.refused(0, 3, false);
		const sizes = [0, 1, 2].map((windows) => (at(windows), share.slots()));
		at(2.1);
		share.refused(2_100, 12, false);
		at(8);
		const [after, isOver] = [share.slots(), share.isOver()];
		at(40);

		expect([sizes, after, isOver, share.isOver()]).toEqual([[3, 6, 12], 12, false, true]);
	});
});

describe('a throttle with a rate-limited request', () => {
	beforeEach(() => jest.useFakeTimers({ now: 0 }));
	afterEach(() => jest.useRealTimers());

	/** A throttle that was granted some requests at once, and then refused one. */
	async function refusedAfter(granted: number, rate = { requests: 20, windowMs: 10_000 }, retryAfterMs?: number) {
		const throttle = new Throttle(rate);
		const lane = {};
		for (let count = 0; count < granted; count += 1) (await throttle.acquire(lane))();
		(await throttle.acquire(lane))({ retryAfterMs });
		return throttle;
	}

	test('waits for its own next slot, and not for a whole window', async () => {
		const throttle = await refusedAfter(10);
		await jest.advanceTimersByTimeAsync(4_000);

		expect(throttle.aheadMs()).toBe(6_000);
		expect(await startsOf(throttle, 3)).toEqual([10_000, 11_000, 12_000]);
	});

	test('waits as long as the vendor requires', async () => {
		expect(await startsOf(await refusedAfter(10, undefined, 30_000), 1)).toEqual([30_000]);
	});

	test('retries after at most a second if nothing was granted and no limit is known, with any window', async () => {
		const throttle = await refusedAfter(0, { requests: 0, windowMs: 3_600_000 });

		expect(throttle.aheadMs()).toBe(1_000);
		expect(await startsOf(throttle, 1)).toEqual([1_000]);
	});

	test('retries after at most a minute, also with a longer window of a known limit', async () => {
		const throttle = await refusedAfter(0, { requests: 1_000, windowMs: 86_400_000 });

		expect(throttle.aheadMs()).toBe(60_000);
	});

	test('keeps to the number of granted requests if the credential has no limit', async () => {
		const throttle = await refusedAfter(5, { requests: 0, windowMs: 10_000 });

		expect(await startsOf(throttle, 6)).toHaveLength(6);
	});

	test('holds a slot of its share for a window from the middle between the start and the response of a granted request', async () => {
		const throttle = await refusedAfter(4);
		const slow = throttle.acquire({});
		for (let quick = 0; quick < 3; quick += 1) void throttle.acquire({}).then((release) => release());
		await jest.advanceTimersByTimeAsync(19_000);
		(await slow)();

		// Those of 12.5, 14.5, 15 and 17.5 s are held; the distance alone would let the next one start at 20 s.
		expect(throttle.aheadMs()).toBeCloseTo(22_500 - 19_000, -2);
	});

	test('starts no more than its share while no response arrives', async () => {
		const throttle = await refusedAfter(4);
		const started: number[] = [];
		for (let slow = 0; slow < 5; slow += 1) void throttle.acquire({}).then(() => started.push(Date.now()));
		await jest.advanceTimersByTimeAsync(21_000);

		expect(started).toHaveLength(4);
	});

	test('has a pause also with a window of 0 seconds', async () => {
		expect((await refusedAfter(0, { requests: 1, windowMs: 0 })).aheadMs()).toBe(1_000);
	});

	test('has the whole limit again after a long time without refusals', async () => {
		const throttle = await refusedAfter(10);
		await jest.advanceTimersByTimeAsync(400_000);

		expect(await startsOf(throttle, 20)).toEqual(Array(20).fill(400_000));
	});

	test("has the whole limit again after a change of the credential's limit", async () => {
		const throttle = await refusedAfter(10);
		throttle.setRate('credential', { requests: 30, windowMs: 10_000 });

		expect(new Set(await startsOf(throttle, 20))).toEqual(new Set([0]));
	});
});

describe('processes that share one key', () => {
	test.each([
		[1, { rejected: 0, rate: 0.975, spread: 1 }],
		[2, { rejected: 0.07, rate: 0.89, spread: 1.5 }],
		[4, { rejected: 0.07, rate: 0.89, spread: 1.5 }],
	])('%i of them find their shares without communication, and lose no request', async (processes, bar) => {
		const { rejected, rate, spread, lost } = await shareOf(share, { processes });

		expect(rejected).toBeLessThanOrEqual(bar.rejected);
		expect(rate).toBeGreaterThanOrEqual(bar.rate);
		expect(spread).toBeLessThanOrEqual(bar.spread);
		expect(lost).toBe(0);
	});

	test('never start more requests per window than the credential allows', async () => {
		await fc.assert(
			fc.asyncProperty(
				fc.integer({ min: 1, max: 8 }),
				fc.array(fc.tuple(fc.integer({ min: 0, max: 900 }), fc.nat(3), fc.option(fc.nat(3_000)), fc.boolean()), {
					maxLength: 60,
				}),
				async (requests, plan) => {
					const granted: number[] = [];
					await inVirtualTime(async () => {
						const throttle = new Throttle({ requests, windowMs: 2_000 });
						await Promise.all(
							plan.map(async ([latency, refusals, retryAfterMs, isCountedAtOnce]) => {
								for (let left = refusals; left >= 0; left -= 1) {
									const release = await throttle.acquire({}, { first: left < refusals });
									const startedAt = Date.now();
									await new Promise((resolve) => setTimeout(resolve, latency));
									if (left === 0) granted.push(isCountedAtOnce ? startedAt : Date.now());
									release(left > 0 ? { retryAfterMs: retryAfterMs ?? undefined } : undefined);
								}
							}),
						);
					});

					expect(granted).toHaveLength(plan.length);
					for (const moment of granted)
						expect(granted.filter((other) => other >= moment && other < moment + 2_000).length).toBeLessThanOrEqual(
							requests,
						);
				},
			),
			{ numRuns: 100 },
		);
	}, 60_000);
});
