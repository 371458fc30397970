import { getEventListeners } from 'node:events';
import { followingSignal, sleep } from '../../nodes/shared/base/sleep';

/** The sleep of n8n before it knew signals. */
jest.mock('n8n-workflow', () => ({
	sleep: async (ms: number) => await new Promise((resolve) => setTimeout(resolve, ms)),
}));

beforeEach(() => jest.useFakeTimers({ now: 0 }));
afterEach(() => jest.useRealTimers());

test('a wait lasts the given time', async () => {
	const waiting = sleep(60_000, new AbortController().signal).then(() => Date.now());
	await jest.advanceTimersByTimeAsync(60_000);

	expect(await waiting).toBe(60_000);
});

test.each([60_000, Infinity])(
	'a wait of %s ms ends immediately at a stop, also if the sleep of n8n ignores signals',
	async (ms) => {
		const stop = new AbortController();
		const ended = sleep(ms, stop.signal).then(
			() => 'slept',
			(reason: Error) => `${reason.message} at ${Date.now()}`,
		);
		setTimeout(() => stop.abort(new Error('stopped')), 500);
		await jest.advanceTimersByTimeAsync(500);

		expect(await ended).toBe('stopped at 500');
	},
);

test('no wait begins after a stop', async () => {
	await expect(sleep(60_000, AbortSignal.abort(new Error('stopped')))).rejects.toThrow('stopped');
});

test('without a signal, it is the sleep of n8n', async () => {
	const waiting = sleep(60_000).then(() => Date.now());
	await jest.advanceTimersByTimeAsync(60_000);

	expect(await waiting).toBe(60_000);
});

test.each([60_000, Infinity])(
	'a wait of %s ms leaves no listener, with which Node would never free the signal',
	async (ms) => {
		const stop = new AbortController();
		const signal = followingSignal(stop.signal);
		const waiting = sleep(ms, signal).catch(() => undefined);
		if (ms === Infinity) stop.abort();
		await jest.advanceTimersByTimeAsync(60_000);
		await waiting;

		expect(getEventListeners(signal, 'abort')).toEqual([]);
	},
);

test('a wait that is longer than a timer allows does not end immediately', async () => {
	let isOver = false;
	void sleep(2_592_000_000, new AbortController().signal).then(() => (isOver = true));
	await jest.advanceTimersByTimeAsync(86_400_000);

	expect(isOver).toBe(false);
});
