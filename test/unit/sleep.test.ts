import { getEventListeners } from 'node:events';
import { followingSignal, sleep } from '../../nodes/shared/base/sleep';

/** The sleep of n8n before it knew signals. */
jest.mock('n8n-workflow', () => ({
	sleep: async (ms: number) => await new Promise((resolve) => setTimeout(resolve, ms)),
}));

beforeEach(() => jest.useFakeTimers({ now: 0 }));
afterEach(() => jest.useRealTimers());

test('a wait lasts as long as it was asked to', async () => {
	const waiting = sleep(60_000, new AbortController().signal).then(() => Date.now());
	await jest.advanceTimersByTimeAsync(60_000);

	expect(await waiting).toBe(60_000);
});

test.each([60_000, Infinity])(
	'a wait of %s ms ends at the moment of the stop, also where the sleep of n8n knows no signal',
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

test('after the stop no wait begins', async () => {
	await expect(sleep(60_000, AbortSignal.abort(new Error('stopped')))).rejects.toThrow('stopped');
});

test('without a signal it is the sleep of n8n', async () => {
	const waiting = sleep(60_000).then(() => Date.now());
	await jest.advanceTimersByTimeAsync(60_000);

	expect(await waiting).toBe(60_000);
});

test.each([60_000, Infinity])(
	'a wait of %s ms leaves no listener, by which Node would keep the signal for ever',
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

test('a wait that is longer than a timer can run does not end at once', async () => {
	let isOver = false;
	void sleep(2_592_000_000, new AbortController().signal).then(() => (isOver = true));
	await jest.advanceTimersByTimeAsync(86_400_000);

	expect(isOver).toBe(false);
});
