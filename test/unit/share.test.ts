import fc from 'fast-check';
import { Share } from '../../nodes/shared/http/share';
import { Throttle } from '../../nodes/shared/http/throttle';
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
		const share = new Share(100, 0, WINDOW);
		share.refused(0, held, false);
		at(1);
		return share;
	};

	test.each([
		['what was granted', 40, 40],
		['an eighth of the limit, where next to nothing was', 3, 12.5],
		['no more than the limit', 300, 100],
	])('begins with %s', (_what, held, size) => {
		const share = new Share(100, 0, WINDOW);

		share.refused(0, held, false);

		expect(share.msUntilNext()).toBeCloseTo(WINDOW / size);
	});

	test('of a limit of nearly nothing is one request per window', () => {
		const share = new Share(2, 0, WINDOW);
		share.refused(0, 0, false);

		expect([share.slots(), share.msUntilNext()]).toEqual([1, WINDOW]);
	});

	test('settles on the fewest that were granted in its first window', () => {
		const share = new Share(100, 0, WINDOW);
		for (const held of [60, 57, 58]) share.refused(0, held, false);

		expect(share.slots()).toBe(57);
	});

	test('loses an eighth when a request is refused, is back four windows later, grows slowly past that, and is twice as large after eight more', () => {
		const share = begun(40);
		share.refused(WINDOW, 40, false);
		const sizes = [1, 2, 5, 7, 9, 12.7].map((windows) => (at(windows), share.slots()));

		expect(sizes).toEqual([35, 38, 40, 41, 46, 80]);
	});

	test('leaves something to others when it was refused before it was back', () => {
		const share = begun(40);
		share.refused(WINDOW, 40, false);
		at(2);
		share.refused(2 * WINDOW, 40, false);
		at(2 + 5);

		expect(share.slots()).toBeLessThan(37);
	});

	test('loses no more for what started before it was made smaller, or soon after', () => {
		const share = begun(40);
		share.refused(WINDOW, 40, false);
		const size = share.slots();
		for (const started of [0, WINDOW, 1.2 * WINDOW]) share.refused(started, 40, false);

		expect(share.slots()).toBe(size);
		at(1.25);
		share.refused(1.25 * WINDOW, 40, false);
		expect(share.slots()).toBeLessThan(size);
	});

	test('never falls to nothing, however often it is refused', () => {
		const share = begun(1);
		for (let windows = 2; windows < 300; windows += 1) {
			at(windows);
			share.refused(windows * WINDOW, 0, false);
		}

		expect(Math.round(share.msUntilNext())).toBe(10 * WINDOW);
	});

	test('keeps requests at their distance, but for one that was told when to come again', () => {
		const share = begun(40);
		share.started();
		const distances = [true, false].map((isTimed) => {
			const before = share.msUntilNext();
			share.refused(WINDOW, 40, isTimed);
			return [before, share.msUntilNext()].map(Math.round);
		});

		expect(distances).toEqual([
			[25, 0],
			[0, 29],
		]);
	});

	test('doubles in each window where no limit is known, until it is refused again, and ends where it is ten times as large', () => {
		const share = new Share(0, 3, WINDOW);
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

describe('a throttle whose vendor says "slow down"', () => {
	beforeEach(() => jest.useFakeTimers({ now: 0 }));
	afterEach(() => jest.useRealTimers());

	/** A throttle that was granted some requests at once, and then refused one. */
	async function refusedAfter(granted: number, rate = { requests: 20, windowMs: 10_000 }, askedMs?: number) {
		const throttle = new Throttle(rate);
		const lane = {};
		for (let count = 0; count < granted; count += 1) (await throttle.acquire(lane))();
		(await throttle.acquire(lane))({ askedMs });
		return throttle;
	}

	test('waits for its own next slot, and not for a whole window', async () => {
		const throttle = await refusedAfter(10);
		await jest.advanceTimersByTimeAsync(4_000);

		expect(throttle.aheadMs()).toBe(6_000);
		expect(await startsOf(throttle, 3)).toEqual([10_000, 11_000, 12_000]);
	});

	test('waits as long as the vendor says', async () => {
		expect(await startsOf(await refusedAfter(10, undefined, 30_000), 1)).toEqual([30_000]);
	});

	test('comes again after a window at most, where nothing was granted and no limit is known', async () => {
		const throttle = await refusedAfter(0, { requests: 0, windowMs: 10_000 });

		expect(throttle.aheadMs()).toBe(10_000);
		expect(await startsOf(throttle, 1)).toEqual([10_000]);
	});

	test('keeps to what was granted where the credential knows no limit', async () => {
		const throttle = await refusedAfter(5, { requests: 0, windowMs: 10_000 });

		expect(await startsOf(throttle, 6)).toHaveLength(6);
	});

	test('has a pause also where the window is no time at all', async () => {
		expect((await refusedAfter(0, { requests: 1, windowMs: 0 })).aheadMs()).toBe(1_000);
	});

	test('has the whole limit again when nobody refused anything for long', async () => {
		const throttle = await refusedAfter(10);
		await jest.advanceTimersByTimeAsync(400_000);

		expect(await startsOf(throttle, 20)).toEqual(Array(20).fill(400_000));
	});

	test('has the whole limit again when the credential gives another one', async () => {
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
	])('%i of them find their shares without a word between them, and lose nothing', async (processes, bar) => {
		const { rejected, rate, spread, lost } = await shareOf(share, { processes });

		expect(rejected).toBeLessThanOrEqual(bar.rejected);
		expect(rate).toBeGreaterThanOrEqual(bar.rate);
		expect(spread).toBeLessThanOrEqual(bar.spread);
		expect(lost).toBe(0);
	});

	test('never start more in a window than the credential allows, whatever the vendor says', async () => {
		await fc.assert(
			fc.asyncProperty(
				fc.integer({ min: 1, max: 8 }),
				fc.array(fc.tuple(fc.integer({ min: 0, max: 900 }), fc.nat(3), fc.option(fc.nat(3_000))), { maxLength: 60 }),
				async (requests, plan) => {
					const granted: number[] = [];
					await inVirtualTime(async () => {
						const throttle = new Throttle({ requests, windowMs: 2_000 });
						await Promise.all(
							plan.map(async ([latency, refusals, askedMs]) => {
								for (let left = refusals; left >= 0; left -= 1) {
									const release = await throttle.acquire({}, { first: left < refusals });
									await new Promise((resolve) => setTimeout(resolve, latency));
									if (left === 0) granted.push(Date.now());
									release(left > 0 ? { askedMs: askedMs ?? undefined } : undefined);
								}
							}),
						);
					});

					expect(granted).toHaveLength(plan.length);
					for (const moment of granted) expect(granted.filter((other) => other >= moment && other < moment + 2_000).length).toBeLessThanOrEqual(requests);
				},
			),
			{ numRuns: 30 },
		);
	}, 60_000);
});
