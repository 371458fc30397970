/**
 * A day and time that stand still, while timers and sockets go on: those of n8n and of the sandbox have to.
 *
 * @param now Epoch milliseconds; the real moment when left out
 */
export function fakeDate(now?: number): void {
	jest.useFakeTimers({
		now,
		doNotFake: [
			'hrtime',
			'nextTick',
			'performance',
			'queueMicrotask',
			'setImmediate',
			'clearImmediate',
			'setInterval',
			'clearInterval',
			'setTimeout',
			'clearTimeout',
		],
	});
}
