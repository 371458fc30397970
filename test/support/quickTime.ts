/**
 * Lets time pass several times as fast in each test of the group: for tests that wait for sockets as well, which know no
 * fake clock. The timers of this process and both its clocks go by it, n8n's and those of the sandbox too. What a test wrote
 * down by the clock of waits, as a throttle does, lies in the past for the next one of the group; after it, it lies ahead.
 *
 * @param times what the machine itself takes counts as so much longer
 * @param aheadMs how far the clock of waits and deadlines has jumped ahead, in milliseconds
 */
export function quickTime(times: number, aheadMs = () => 0): void {
	let gainedMs = 0;
	let clock = performance.now.bind(performance);
	beforeEach(() => {
		const { setTimeout } = globalThis;
		const scaled = (now: () => number, gained = 0) => {
			const start = now();
			return () => start + gained + (now() - start) * times;
		};
		const date = scaled(Date.now);
		clock = scaled(performance.now.bind(performance), gainedMs);
		jest
			.spyOn(globalThis, 'setTimeout')
			.mockImplementation(((run: () => void, ms = 0, ...args: []) => setTimeout(run, ms / times, ...args)) as never);
		jest.spyOn(Date, 'now').mockImplementation(() => Math.floor(date()));
		jest.spyOn(performance, 'now').mockImplementation(() => clock() + aheadMs());
	});
	afterEach(() => {
		jest.restoreAllMocks();
		gainedMs = clock() - performance.now();
	});
}
