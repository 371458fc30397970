import fc from 'fast-check';
import { followingSignal } from '../../nodes/shared/base/sleep';
import { Throttle, throttleFor } from '../../nodes/shared/http/limiter';
import { sendAll, startsOf } from '../support/slots';

beforeEach(() => jest.useFakeTimers({ now: 0 }));
afterEach(() => jest.useRealTimers());

test('no window of the vendor has more requests than allowed, wherever the window begins', async () => {
	await fc.assert(
		fc.asyncProperty(
			fc.integer({ min: 1, max: 6 }),
			fc.array(
				fc.record({
					latency: fc.integer({ min: 0, max: 3_000 }),
					countedAt: fc.double({ min: 0, max: 1, noNaN: true }),
				}),
				{
					minLength: 1,
					maxLength: 40,
				},
			),
			async (limit, requests) => {
				const lane = {};

				const sent = await sendAll(
					new Throttle({ requests: limit, windowMs: 5_000 }),
					requests.map((request) => ({ ...request, lane })),
				);

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

test('the first burst starts immediately', async () => {
	const sent = await sendAll(
		new Throttle({ requests: 25, windowMs: 5_000 }),
		Array.from({ length: 26 }, () => ({ lane: {}, latency: 200, countedAt: 0 })),
	);

	expect(sent.filter(({ start }) => start === 0)).toHaveLength(25);
	expect(sent[25].start).toBe(5_200);
});

test('a limit of 0 starts every request immediately', async () => {
	const sent = await sendAll(
		new Throttle({ requests: 0, windowMs: 5_000 }),
		Array.from({ length: 50 }, () => ({ lane: {}, latency: 10, countedAt: 0 })),
	);

	expect(new Set(sent.map(({ start }) => start))).toEqual(new Set([0]));
});

test('the same key returns the same throttle, with the current rate of the credential', () => {
	const throttle = throttleFor('key', 'credential', { requests: 10, windowMs: 5_000 });

	expect(throttleFor('key', 'credential', { requests: 20, windowMs: 5_000 })).toBe(throttle);
	expect(throttle.rate.requests).toBe(20);
	expect(throttleFor('other key', 'credential', { requests: 10, windowMs: 5_000 })).not.toBe(throttle);
});

describe('a changed rate', () => {
	test('applies immediately to slots in use if its window is shorter', async () => {
		const throttle = new Throttle({ requests: 2, windowMs: 60_000 });
		(await throttle.acquire({}))();
		throttle.setRate('credential', { requests: 2, windowMs: 5_000 });
		await jest.advanceTimersByTimeAsync(1_000);
		(await throttle.acquire({}))();

		expect(await startsOf(throttle, 3)).toEqual([5_000, 6_000, 10_000]);
	});

	test('applies immediately to slots in use if its window is longer, so that no slot is free too early', async () => {
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

	test('of the vendor for these requests applies in addition to the rate of the credential', async () => {
		const throttle = throttleFor(
			'both',
			'credential',
			{ requests: 4, windowMs: 20_000 },
			{ requests: 2, windowMs: 5_000 },
		);

		expect(await startsOf(throttle, 6)).toEqual([0, 0, 5_000, 5_000, 20_000, 20_000]);
	});

	test('of the vendor for these requests is off if the credential has no limit', () => {
		expect(
			throttleFor('none', 'credential', { requests: 0, windowMs: 20_000 }, { requests: 2, windowMs: 5_000 }).rates
				.limits,
		).toEqual([]);
	});

	test('of a credential that was unused for an hour no longer counts', () => {
		const throttle = new Throttle({ requests: 9, windowMs: 1 });
		throttle.setRate('old', { requests: 1, windowMs: 1 });
		const after = (ms: number) => (
			jest.advanceTimersByTime(ms - Date.now()),
			throttle.setRate('new', { requests: 9, windowMs: 1 }),
			throttle.rate.requests
		);

		expect([after(3_600_000), after(3_600_001)]).toEqual([1, 9]);
	});
});

describe('a window of 0 seconds', () => {
	test('limits the requests in parallel only', async () => {
		const requests = Array.from({ length: 4 }, () => ({ lane: {}, latency: 1_000, countedAt: 0 }));

		const sent = await sendAll(new Throttle({ requests: 2, windowMs: 0 }), requests);

		expect(sent.map(({ start }) => Math.round(start / 1_000))).toEqual([0, 0, 1, 1]);
	});
});

test('a signal of its own follows the other one', () => {
	const stop = new AbortController();
	const own = followingSignal(stop.signal);

	expect([own === stop.signal, own.aborted]).toEqual([false, false]);
	stop.abort(new Error('stopped'));
	expect([own.aborted, own.reason]).toEqual([true, new Error('stopped')]);
});

describe('an unused throttle', () => {
	const hour = 3_600_000;
	const at = (throttle: Throttle, ms: number) => (jest.advanceTimersByTime(ms - Date.now()), throttle.isUnused());

	test('is removed after an hour, or after its window if that is longer', () => {
		const [short, long] = [1, 2 * hour].map((windowMs) => new Throttle({ requests: 1, windowMs }));

		expect([at(short, hour), at(short, hour + 1), at(long, 2 * hour), at(long, 2 * hour + 1)]).toEqual([
			false,
			true,
			false,
			true,
		]);
	});

	test('stays while it is used', async () => {
		const throttle = new Throttle({ requests: 1, windowMs: 1 });
		jest.advanceTimersByTime(hour - Date.now());
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

	test('stays during a pause of the vendor', () => {
		const throttle = new Throttle({ requests: 1, windowMs: 1 });
		jest.advanceTimersByTime(hour - 1_000 - Date.now());
		throttle.pause(2_000);

		expect([at(throttle, hour + 999), at(throttle, hour + 1_000)]).toEqual([false, true]);
	});

	test.each([
		['older', 2, ['first: old', 'first: mine']],
		['newer', 4, ['then: mine', 'then: old']],
	])(
		'gives way to a new one where it is the %s, and one that is asked for meanwhile does not',
		(_name, hours, keys) => {
			const rate = { requests: 1, windowMs: 1 };
			const made = new Map(keys.map((key) => [key, throttleFor(key, 'a', rate)]));
			const [old, mine] = ['old', 'mine'].map((name) => keys.find((key) => key.endsWith(name))!);
			jest.advanceTimersByTime(hours * hour - Date.now());

			expect(throttleFor(mine, 'a', rate)).toBe(made.get(mine));
			expect(throttleFor(old, 'a', rate)).not.toBe(made.get(old));
		},
	);
});
