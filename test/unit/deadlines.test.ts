import { Deadlines } from '../../nodes/shared/http/limiter';

beforeEach(() => jest.useFakeTimers({ now: 0 }));
afterEach(() => jest.useRealTimers());

const pass = async (ms: number) => await jest.advanceTimersByTimeAsync(ms);

test.each([20, 250, 1_000, 60_000])(
	'a request is ended at its deadline of %i ms, and not before',
	async (timeoutMs) => {
		const { signal, isExpired } = new Deadlines().add(timeoutMs);

		await pass(timeoutMs - 1);
		const before = [signal.aborted, isExpired()];
		await pass(1);

		expect([before, [signal.aborted, isExpired()]]).toEqual([
			[false, false],
			[true, true],
		]);
	},
);

test('a clock that is set back or forward moves no deadline', async () => {
	const { isExpired } = new Deadlines().add(1_000);

	jest.setSystemTime(3_600_000);
	await pass(999);
	const before = isExpired();
	jest.setSystemTime(-3_600_000);
	await pass(1);

	expect([before, isExpired()]).toEqual([false, true]);
});

test('a request that ended in time is not aborted, nor is the next one with its signal', async () => {
	const requests = new Deadlines();
	const first = requests.add(1_000);
	await pass(900);
	first.close();

	const second = requests.add(1_000);
	await pass(900);

	expect(second.signal).toBe(first.signal);
	expect(second.signal.aborted).toBe(false);
	await pass(100);
	expect(second.isExpired()).toBe(true);
});

test('the signal of an aborted request is not used again', async () => {
	const requests = new Deadlines();
	const late = requests.add(10);
	await pass(10);
	late.close();

	expect(requests.add(10).signal.aborted).toBe(false);
});

test('a shorter deadline that is added later is checked within a quarter of a second', async () => {
	const requests = new Deadlines();
	requests.add(60_000);
	const short = requests.add(10);

	await pass(250);

	expect(short.isExpired()).toBe(true);
});

test('a stop aborts all requests in flight with its own reason, and none of them as expired', () => {
	const stop = new AbortController();
	const requests = new Deadlines(stop.signal);
	const open = [requests.add(1_000), requests.add(2_000)];

	stop.abort('stopped');

	expect(open.map(({ signal, isExpired }) => [signal.reason, isExpired()])).toEqual([
		['stopped', false],
		['stopped', false],
	]);
});

test('without a request in flight no timer runs', async () => {
	const requests = new Deadlines();
	requests.add(1_000).close();

	await pass(250);

	expect(jest.getTimerCount()).toBe(0);
});

test('the checks start again with the next request', async () => {
	const requests = new Deadlines();
	requests.add(1_000).close();
	await pass(5_000);

	const { isExpired } = requests.add(1_000);
	await pass(1_000);

	expect(isExpired()).toBe(true);
});
