/**
 * Lets time pass several times as fast in each test of the group: for tests that wait for sockets as well, which know no
 * fake clock. The timers of this process and both its clocks go by it, n8n's and those of the sandbox too. Afterwards the
 * clocks are back where they were, and what was written down by them, as a throttle does, lies ahead.
 *
 * @param times what the machine itself takes counts as so much longer
 */
export function quickTime(times: number): void {
	beforeEach(() => {
		const { setTimeout } = globalThis;
		const scaled = (now: () => number) => {
			const start = now();
			return () => start + (now() - start) * times;
		};
		const [date, clock] = [scaled(Date.now), scaled(performance.now.bind(performance))];
		jest.spyOn(globalThis, 'setTimeout').mockImplementation(((run: () => void, ms = 0, ...args: []) => setTimeout(run, ms / times, ...args)) as never);
		jest.spyOn(Date, 'now').mockImplementation(() => Math.floor(date()));
		jest.spyOn(performance, 'now').mockImplementation(clock);
	});
	afterEach(() => jest.restoreAllMocks());
}
