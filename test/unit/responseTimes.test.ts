import { isSlower, pool, summarize, type ResponseTimes } from '../../nodes/shared/http/limiter/responseTimes';

const times = (ms: number, more: Partial<ResponseTimes> = {}): ResponseTimes => ({
	parallel: 8,
	ms,
	error2: 0,
	responses: 16,
	...more,
});

describe('the summary of a round', () => {
	test('is the mean with its standard error', () => {
		expect(summarize(4, [100, 100, 130, 130])).toEqual({ parallel: 4, ms: 115, error2: 75, responses: 4 });
	});

	test('counts a response that hangs as three medians', () => {
		expect(summarize(4, [100, 100, 100, 60_000]).ms).toBe(150);
	});
});

describe('rounds at the same number', () => {
	test('replace one in which the server failed', () => {
		expect(pool(times(Infinity), times(50))).toEqual(times(50));
	});

	test('count by their responses', () => {
		expect(pool(times(100, { error2: 16 }), times(200, { error2: 4 }))).toMatchObject({
			ms: 150,
			error2: 5,
			responses: 32,
		});
	});

	test('give a fourth of the weight to the newest, however many there were before', () => {
		expect(pool(times(100, { responses: 10_000 }), times(200))).toMatchObject({ ms: 125, responses: 64 });
	});
});

describe('responses are slower than others', () => {
	test.each<[string, ResponseTimes, ResponseTimes, number, number, boolean]>([
		['by more than the factor', times(131), times(100), 1.3, 3, false],
		['by more than the factor and a millisecond', times(132), times(100), 1.3, 3, true],
		['by less than chance makes', times(150, { error2: 100 }), times(100, { error2: 100 }), 1, 4, false],
		['by more than chance makes', times(150, { error2: 100 }), times(100, { error2: 100 }), 1, 3, true],
	])('%s', (_name, slow, quick, factor, certainty, expected) => {
		expect(isSlower(slow, quick, factor, certainty)).toBe(expected);
	});
});
