import { closedUntil, eachFifthOnce, hidden, unknownLimit } from '../bench/unknownLimit';

const distances = (moments: readonly number[]) => moments.slice(1).map((moment, index) => moment - moments[index]);

describe('a vendor that rate-limits without Retry-After and without a known limit', () => {
	test.each([0, 1, 16])(
		'refuses every fifth of 60 items once, and the run takes seconds (%i in parallel)',
		async (parallel) => {
			const { ms, failed, refused } = await unknownLimit(eachFifthOnce, { parallel });

			expect([failed, refused.length]).toEqual([0, 12]);
			expect(ms).toBeLessThan(parallel === 1 ? 25_000 : 15_000);
		},
	);

	test('accepts nothing for half a minute, and is not flooded in that time', async () => {
		const { failed, refused, ms } = await unknownLimit(closedUntil(30_000), { parallel: 16 });

		expect(failed).toBe(0);
		// The first 16 leave together.
		expect(refused.length).toBeLessThan(16 + 10);
		expect(ms).toBeLessThan(90_000);
	});

	test.each([
		[{ requests: 10, windowMs: 1_000 }, 300, 40_000],
		[{ requests: 100, windowMs: 5_000 }, 500, 60_000],
	])('has an unknown limit, and the run uses it (%j)', async (limit, items, most) => {
		const { ms, failed, requests } = await unknownLimit(hidden(limit), { items });

		expect(failed).toBe(0);
		expect(ms).toBeLessThan(most);
		expect(requests.length).toBeLessThan(items * 1.4);
	});

	test("always refuses: no item waits longer than 'Max Wait', and all of them wait together", async () => {
		const { ms, failed, requests } = await unknownLimit(closedUntil(Infinity), { items: 16, parallel: 16 });

		expect(failed).toBe(16);
		expect(ms).toBeLessThan(2 * 300_000);
		expect(Math.min(...distances(requests.slice(-3)))).toBeGreaterThan(20_000);
	});
});
