import { eventLoopYielder } from '../../nodes/shared/base/yieldToEventLoop';

beforeEach(() => jest.useFakeTimers({ now: 0 }));
afterEach(() => jest.useRealTimers());

test('work continues for 20 ms before it yields, and then for another 20 ms', async () => {
	const breathe = eventLoopYielder();
	const rests: boolean[] = [];

	for (const now of [0, 19, 20, 39, 60]) {
		jest.advanceTimersByTime(now - Date.now());
		const rest = breathe();
		rests.push(rest !== undefined);
		await Promise.all([rest, jest.advanceTimersByTimeAsync(0)]);
	}

	expect(rests).toEqual([false, false, true, false, true]);
});

test('other work runs before the work continues', async () => {
	const breathe = eventLoopYielder();
	const order: string[] = [];
	setImmediate(() => order.push('others'));
	jest.advanceTimersByTime(20 - Date.now());

	const rested = breathe()!.then(() => order.push('work'));
	await jest.runAllTimersAsync();
	await rested;

	expect(order).toEqual(['others', 'work']);
});
