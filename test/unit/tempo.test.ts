import fc from 'fast-check';
import { Tempo } from '../../nodes/shared/http/tempo';
import { secondClient } from '../bench/secondClient';

beforeEach(() => jest.useFakeTimers({ now: 0 }));
afterEach(() => jest.useRealTimers());

/** Rounds of answers, each as slow as a server makes them at that number of requests; gives the numbers. */
function rounds(tempo: Tempo, count: number, msAt: (parallel: number) => number, isLimited = false): number[] {
	return Array.from({ length: count }, () => {
		const { parallel } = tempo;
		for (let answers = 0; answers < 32 && tempo.parallel === parallel; answers += 1) {
			const startedAt = Date.now();
			jest.advanceTimersByTime(msAt(parallel));
			tempo.answered(startedAt, isLimited);
		}
		return tempo.parallel;
	});
}

/** A server with so many threads, each of which takes 100 ms. */
const threads = (count: number) => (parallel: number) => 100 * Math.max(1, parallel / count);

test('it begins with four and doubles up to 32 while answers stay quick', () => {
	const tempo = new Tempo();

	expect([tempo.parallel, ...rounds(tempo, 5, () => 100)]).toEqual([4, 8, 16, 32, 32, 32]);
});

test('it settles on what a server has threads for, and tries one more now and then', () => {
	const tempo = new Tempo();

	const numbers = rounds(tempo, 100, threads(5));

	expect(numbers.slice(0, 6)).toEqual([8, 4, 6, 4, 5, 5]);
	expect(Math.max(...numbers.slice(3))).toBe(6);
	expect(numbers.filter((number) => number === 5).length).toBeGreaterThan(85);
});

test('a number that was too large by chance is outgrown soon', () => {
	const tempo = new Tempo();
	const oneSlowRound = rounds(tempo, 2, (parallel) => (parallel === 8 ? 150 : 100));

	const numbers = rounds(tempo, 25, () => 100);

	expect(oneSlowRound).toEqual([8, 4]);
	expect(numbers.at(-1)).toBe(32);
});

test('a number that is too large each time is tried ever more rarely', () => {
	const tempo = new Tempo();
	rounds(tempo, 6, threads(5));

	const numbers = rounds(tempo, 100, threads(5));

	const tries = numbers.flatMap((number, round) => (number === 6 ? [round] : []));
	expect(tries.slice(1, 5).map((round, index) => round - tries[index])).toEqual([6, 11, 21, 21]);
});

test('it grows no further while requests wait for a slot of the limit', () => {
	expect(rounds(new Tempo(), 5, () => 100, true)).toEqual([4, 4, 4, 4, 4]);
});

test('it shrinks when answers become slower, and comes back', () => {
	const tempo = new Tempo();
	rounds(tempo, 10, () => 100);

	const slow = rounds(tempo, 12, threads(8));
	const quick = rounds(tempo, 400, () => 100);

	expect(slow.at(-1)).toBeLessThan(16);
	expect(quick.at(-1)).toBeGreaterThan(slow.at(-1)!);
});

test('it halves when a request fails, once for those that started together, and never falls below one', () => {
	const tempo = new Tempo();
	rounds(tempo, 2, () => 100);
	const startedAt = Date.now();
	jest.advanceTimersByTime(50);
	const numbers = [1, 2, 3].map(() => (tempo.failed(startedAt), tempo.parallel));
	for (let count = 0; count < 9; count += 1) tempo.failed(Date.now());

	expect([numbers, tempo.parallel]).toEqual([[8, 8, 8], 1]);
});

test('half the way back to a number at which a request failed is tried first', () => {
	const tempo = new Tempo();
	rounds(tempo, 2, () => 100);
	tempo.failed(Date.now());

	expect([tempo.parallel, ...rounds(tempo, 2, () => 100)]).toEqual([8, 12, 14]);
});

test('answers to requests that started with another number say nothing of the new one', () => {
	const tempo = new Tempo();
	const startedAt = Date.now();
	rounds(tempo, 1, () => 100);
	for (let count = 0; count < 8; count += 1) tempo.answered(startedAt, false);

	expect(rounds(tempo, 1, () => 100)).toEqual([16]);
});

test('a server that became slower for good gets more than one request again', () => {
	const tempo = new Tempo();
	rounds(tempo, 10, () => 50);

	expect(rounds(tempo, 300, () => 100).at(-1)).toBeGreaterThan(8);
});

test('whatever a server does, it stays between 1 and 32', () => {
	fc.assert(
		fc.property(fc.array(fc.tuple(fc.nat(5_000), fc.boolean(), fc.boolean()), { maxLength: 300 }), (answers) => {
			const tempo = new Tempo();
			for (const [ms, isGood, isLimited] of answers) {
				const startedAt = Date.now();
				jest.advanceTimersByTime(ms);
				if (isGood) tempo.answered(startedAt, isLimited);
				else tempo.failed(startedAt);
				expect(tempo.parallel).toBeGreaterThanOrEqual(1);
				expect(tempo.parallel).toBeLessThanOrEqual(32);
			}
		}),
		{ numRuns: 50 },
	);
});

test('a second client of a server with five threads does not feel it', async () => {
	jest.useRealTimers();

	const [alone, beside, all] = [await secondClient(undefined), await secondClient(0), await secondClient(16)];

	expect(beside.clientMs / alone.clientMs).toBeLessThanOrEqual(1.2);
	expect(all.clientMs / alone.clientMs).toBeGreaterThan(2);
});
