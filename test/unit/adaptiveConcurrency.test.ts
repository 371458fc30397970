import fc from 'fast-check';
import { AdaptiveConcurrency } from '../../nodes/shared/http/limiter';
import { between, changing, failing, newConnections, ratios, runAt, threads } from '../bench/parallel';
import { secondClient } from '../bench/secondClient';

const SEEDS = [1, 2, 3, 4];

/** The numbers that a server has requests in parallel at the end of runs. */
async function endsOf(...[make, options]: Parameters<typeof runAt>): Promise<number[]> {
	const ends: number[] = [];
	for (const seed of SEEDS) ends.push((await runAt(make, { ...options, seed })).parallel);
	return ends;
}

describe('a server that is equally fast at any load', () => {
	test.each([
		['50 to 500 ms', between(50, 500)],
		['20 to 1,000 ms', between(20, 1_000)],
		['100 ms', between(100, 100)],
		['100 ms and 400 ms for a new connection', newConnections(400, between(100, 100))],
		['50 to 500 ms, with a server error now and then', failing(0.01, between(50, 500))],
	])('gets as many requests as it can process, with response times of %s', async (_name, make) => {
		expect(Math.max(...(await ratios(make, { seeds: SEEDS })))).toBeLessThan(1.2);
	});

	test.each([
		['12 to 28 ms', between(12, 28), 1.01],
		['120 to 280 ms', between(120, 280), 1.035],
	])('uses a limit of 25 per second, with response times of %s', async (_name, make, worst) => {
		expect(Math.max(...(await ratios(make, { seeds: [1, 2], rate: { requests: 25, windowMs: 1_000 } })))).toBeLessThan(
			worst,
		);
	});

	test('gets 32 requests in parallel and no more', async () => {
		expect(await runAt(between(100, 100))).toMatchObject({ parallel: 32, most: 32 });
	});

	test('gets no more requests in parallel than a rate limit allows', async () => {
		const { parallel } = await runAt(between(20, 20), { items: 200, rate: { requests: 25, windowMs: 1_000 } });

		expect(parallel).toBeLessThanOrEqual(16);
	});
});

describe('a server with a limit', () => {
	test.each([1, 2, 3, 5, 8, 12])('of %i threads gets about as many requests in parallel', async (count) => {
		const ends = await endsOf(threads(count, 40, 60), { items: 1_000 });

		expect(Math.min(...ends)).toBeGreaterThanOrEqual(Math.floor(count * 0.7));
		expect(Math.max(...ends)).toBeLessThanOrEqual(Math.ceil(count * 1.4));
	});

	test('of five threads and uneven response times is not overloaded', async () => {
		expect(Math.max(...(await endsOf(threads(5, 50, 500), { items: 1_000 })))).toBeLessThanOrEqual(10);
	});

	test('that appears during the run is found', async () => {
		const becomesSlow = changing(3_000, between(100, 100), threads(5, 100, 100));

		expect(Math.max(...(await endsOf(becomesSlow, { items: 1_500 })))).toBeLessThanOrEqual(6);
	});

	test('that disappears during the run is forgotten', async () => {
		const becomesQuick = changing(5_000, threads(5, 100, 100), between(100, 100));

		expect(Math.min(...(await endsOf(becomesQuick, { items: 1_500 })))).toBe(32);
	});

	test('of five threads leaves room for a second client', async () => {
		const [alone, beside, all] = [await secondClient(undefined), await secondClient(0), await secondClient(16)];

		expect(beside.clientMs / alone.clientMs).toBeLessThanOrEqual(1.1);
		expect(all.clientMs / alone.clientMs).toBeGreaterThan(2);
	});
});

describe('requests one after another', () => {
	beforeEach(() => jest.useFakeTimers({ now: 0 }));
	afterEach(() => jest.useRealTimers());

	/** Notes a round of responses that all take so long, as if the number of requests were always under way. */
	function round(concurrency: AdaptiveConcurrency, ms: number): void {
		const { parallel } = concurrency;
		for (let waves = 0; waves < 20 && concurrency.parallel === parallel; waves += 1) {
			const startedAt = Date.now();
			jest.advanceTimersByTime(ms);
			for (let request = 0; request < parallel; request += 1) concurrency.succeeded(startedAt);
		}
	}

	/** Notes requests that all fail at once. */
	function fail(concurrency: AdaptiveConcurrency, count: number, startedAt = Date.now()): void {
		for (let request = 0; request < count; request += 1) concurrency.failed(startedAt);
	}

	test('double the number from four to 32', () => {
		const concurrency = new AdaptiveConcurrency();
		const numbers = [
			concurrency.parallel,
			...Array.from({ length: 4 }, () => (round(concurrency, 100), concurrency.parallel)),
		];

		expect(numbers).toEqual([4, 8, 16, 32, 32]);
	});

	test('start with eight if there is a rate limit', () => {
		expect(new AdaptiveConcurrency(true).parallel).toBe(8);
	});

	test('that started before the number changed count neither as responses nor as errors', () => {
		const concurrency = new AdaptiveConcurrency();
		const startedAt = Date.now();
		jest.advanceTimersByTime(1);
		round(concurrency, 100);
		fail(concurrency, 20, startedAt);
		for (let request = 0; request < 50; request += 1) concurrency.succeeded(startedAt);

		expect(concurrency.parallel).toBe(8);
	});

	test('ignore the first responses, which may include a new connection', () => {
		const concurrency = new AdaptiveConcurrency();
		const startedAt = Date.now();
		jest.advanceTimersByTime(5_000);
		for (let request = 0; request < 4; request += 1) concurrency.succeeded(startedAt);
		round(concurrency, 100);
		const atEight = concurrency.parallel;
		round(concurrency, 400);

		expect([atEight, concurrency.parallel]).toEqual([8, 4]);
	});

	test('halve the number if a fourth of them, and at least three, fail at the server', () => {
		const [two, three, few] = [new AdaptiveConcurrency(), new AdaptiveConcurrency(), new AdaptiveConcurrency()];
		fail(two, 2);
		fail(three, 3);
		for (let request = 0; request < 8 + 4; request += 1) if (request < 11) few.succeeded(Date.now());
		fail(few, 2);

		expect([two.parallel, three.parallel, few.parallel]).toEqual([4, 2, 4]);
	});

	test('that fail together halve it once', () => {
		const concurrency = new AdaptiveConcurrency();
		const startedAt = Date.now();
		jest.advanceTimersByTime(1);
		fail(concurrency, 4, startedAt);

		expect(concurrency.parallel).toBe(2);
	});

	test('that fail at a new number restore the previous one, and try half the step after a rest', () => {
		const concurrency = new AdaptiveConcurrency();
		round(concurrency, 100);
		fail(concurrency, 3);
		const after = concurrency.parallel;
		const numbers = Array.from({ length: 6 }, () => (round(concurrency, 100), concurrency.parallel));

		expect([after, ...numbers]).toEqual([4, 3, 6, 7, 6, 8, 10]);
	});

	test('that fail show a limit, so that a smaller number is tried after the rest', () => {
		const concurrency = new AdaptiveConcurrency();
		fail(concurrency, 3);
		const numbers = Array.from({ length: 12 }, () => (round(concurrency, 100), concurrency.parallel));

		expect(concurrency.parallel).toBeGreaterThan(1);
		expect(numbers).toContain(1);
	});

	test('always keep the number between 1 and 32', () => {
		fc.assert(
			fc.property(fc.array(fc.tuple(fc.nat(5_000), fc.boolean()), { maxLength: 300 }), (responses) => {
				const concurrency = new AdaptiveConcurrency();
				for (const [ms, isGood] of responses) {
					const startedAt = Date.now();
					jest.advanceTimersByTime(ms);
					if (isGood) concurrency.succeeded(startedAt);
					else concurrency.failed(startedAt);
					expect(concurrency.parallel).toBeGreaterThanOrEqual(1);
					expect(concurrency.parallel).toBeLessThanOrEqual(32);
				}
			}),
			{ numRuns: 50 },
		);
	});
});
