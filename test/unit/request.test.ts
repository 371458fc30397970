import type { ApiRequest } from '../../nodes/shared/http/apiRequest';
import { sendWithRetries } from '../../nodes/shared/http/request';
import { clientError, played, type Play } from '../support/played';
import { after, fakeClock, fine, inSeconds, read, write } from '../support/requests';

fakeClock();

const broken: Play = { status: 503, body: { message: 'Service Unavailable' } };
const refused: Play = { status: 422, body: { message: 'No' } };
const slowDown = (retryAfter: unknown): Play => ({
	status: 429,
	headers: { 'retry-after': retryAfter as string },
	body: { message: 'Slow down' },
});

describe('the wait between two tries', () => {
	test('is 1 s, then twice as long each time', async () => {
		const { connection, starts } = await played([broken, broken, broken, fine]);

		const { value } = await after(sendWithRetries(connection, read));

		expect(starts).toEqual([0, 1_000, 3_000, 7_000]);
		expect(value).toMatchObject({ response: { body: { task: { id: 1 } } } });
		expect(connection.stats).toMatchObject({ retries: { broken: 3 }, throttledMs: 0, waiting: 0 });
	});

	test("adds up over the tries to no more than 'Max Wait'", async () => {
		const { connection, starts } = await played([broken], { options: { maxTries: 20, maxWait: 10 } });

		const { failure } = await after(sendWithRetries(connection, read));

		expect(starts).toEqual([0, 1_000, 3_000, 7_000]);
		expect(failure?.message).toBe('Syncro Chat returned a server error: Service Unavailable (4 tries)');
	});

	test("ends after 'Max Tries', also if it is 1", async () => {
		const { connection, starts } = await played([broken], { options: { maxTries: 1 } });

		expect((await after(sendWithRetries(connection, read))).failure?.message).toBe(
			'Syncro Chat returned a server error: Service Unavailable',
		);
		expect(starts).toHaveLength(1);
	});

	test('ends immediately when the execution is stopped, and nothing more is sent', async () => {
		const stop = new AbortController();
		const { connection, starts } = await played([broken], { stopped: stop.signal });
		setTimeout(() => stop.abort(new Error('stopped')), 400);

		const ended = sendWithRetries(connection, read).catch((error: Error) => `${error.message} at ${Date.now()}`);
		await jest.advanceTimersByTimeAsync(400);

		expect([await ended, starts]).toEqual(['stopped at 400', [0]]);
	});

	test('leaves no listener on the signal of the execution', async () => {
		const stop = new AbortController();
		const { connection } = await played([broken, broken, fine], { stopped: stop.signal });
		const listened = jest.spyOn(connection.signal, 'addEventListener');

		await after(sendWithRetries(connection, read));

		expect(listened).not.toHaveBeenCalled();
	});
});

describe('the pause that the vendor requires', () => {
	test.each([
		['seconds', () => '30'],
		['an HTTP date', () => new Date(30_000).toUTCString()],
	])('is exact to the second with Retry-After as %s', async (_name, retryAfter) => {
		const { connection, starts } = await played([slowDown(retryAfter()), fine]);

		await after(sendWithRetries(connection, write));

		expect(inSeconds(starts)).toEqual([0, 30]);
		expect(connection.stats.retries).toEqual({ rateLimited: 1 });
		expect(inSeconds([connection.stats.throttledMs])).toEqual([30]);
	});

	test('counts in total over two responses that each require less than Max Wait', async () => {
		const { connection, starts } = await played([slowDown('6')], { options: { maxTries: 20, maxWait: 10 } });

		const { failure } = await after(sendWithRetries(connection, read));

		expect(inSeconds(starts)).toEqual([0, 6]);
		expect(failure).toMatchObject({
			message: 'Syncro Chat is limiting requests: Slow down (2 tries)',
			description:
				"The node waited 6 s in total. The next try would start in 6 s, but 'Max Wait' is 10 s. Run the workflow later, raise 'Max Wait' under 'Options', " +
				"or lower 'Requests per Window' in the credential.",
		});
	});

	test('does not count as a try, because the vendor did not process the request', async () => {
		const { connection, starts } = await played([...Array<Play>(9).fill(slowDown('20')), broken, fine], {
			options: { maxTries: 2, maxWait: 3_600 },
		});

		const { value } = await after(sendWithRetries(connection, read));

		expect(value).toBeDefined();
		expect(starts).toHaveLength(11);
	});

	test('is one window of the credential if the vendor states no time and there is a limit', async () => {
		const { connection, starts } = await played([slowDown(undefined), fine], {
			credential: { requestsPerWindow: 5, windowSeconds: 7 },
		});

		await after(sendWithRetries(connection, write));

		expect(inSeconds(starts)).toEqual([0, 7]);
	});

	test.each([
		[0, [0, 0.75, 2.25, 5.25, 11.25]],
		[1, [0, 1.25, 3.75, 8.75, 18.75]],
	])(
		'is about a second and doubles where it names no time and there is no limit (chance %i)',
		async (chance, moments) => {
			jest.spyOn(Math, 'random').mockReturnValue(chance);
			const { connection, starts } = await played([...Array<Play>(4).fill(slowDown(undefined)), fine], {
				credential: { windowSeconds: 3_600 },
			});

			await after(sendWithRetries(connection, write));

			expect(starts).toHaveLength(5);
			for (const [index, start] of starts.entries()) expect(Math.abs(start / 1_000 - moments[index])).toBeLessThan(0.1);
		},
	);

	test("is at most a minute, and at most 'Max Wait' in total, if nothing else is known", async () => {
		const { connection, starts } = await played([slowDown(undefined)], { options: { maxWait: 300 } });

		await after(sendWithRetries(connection, write));

		const pauses = starts.slice(1).map((start, index) => start - starts[index]);
		expect(starts.length).toBeGreaterThan(6);
		expect(Math.max(...pauses)).toBeLessThanOrEqual(76_000);
		expect(starts.at(-1)).toBeLessThanOrEqual(300_000);
	});

	test('of 0 s is trusted once, so that the vendor is not flooded', async () => {
		const { connection, starts } = await played([slowDown('0')], { options: { maxWait: 40 } });

		const { failure } = await after(sendWithRetries(connection, write));

		expect(inSeconds(starts)).toEqual([0, 0, 3, 8, 18, 38]);
		expect(failure?.description).toMatch(
			/^The node waited 38 s in total\. The next try would start in 40 s, but 'Max Wait' is 40 s\. /,
		);
	});

	test('is trusted once after each granted request', async () => {
		const { connection, starts } = await played([slowDown('0'), fine, slowDown('0'), fine]);

		await after(sendWithRetries(connection, write));
		await after(sendWithRetries(connection, write));

		expect(starts.map((start, index) => start - starts[Math.max(0, index - 1)]).filter((ms) => ms > 500)).toEqual([]);
	});

	test('applies to all requests with the same key, and their wait counts once', async () => {
		const { connection, starts } = await played([slowDown('20'), fine]);
		const first = sendWithRetries(connection, read);
		await jest.advanceTimersByTimeAsync(5_000);

		await after(Promise.all([first, sendWithRetries(connection, read)]));

		expect(inSeconds(starts)).toEqual([0, 20, 20]);
		expect(inSeconds([connection.stats.throttledMs])).toEqual([20]);
	});

	test('if longer than Max Wait, makes other requests with the same key fail immediately without being sent', async () => {
		const { connection, starts } = await played([slowDown('400'), fine]);

		const first = await after(sendWithRetries(connection, read));
		const second = await after(sendWithRetries(connection, write));

		expect(first.failure).toMatchObject({
			message: 'Syncro Chat is limiting requests: Slow down',
			description: expect.stringMatching(/^The next try would start in 400 s, but 'Max Wait' is 300 s\. /),
		});
		expect(second.failure).toEqual({
			message: "Syncro Chat is limiting requests for another 400 s, but 'Max Wait' is 300 s",
			ownCode: 'RATE_LIMITED',
			description: "This request was not sent. Run the workflow later, or raise 'Max Wait' under 'Options'.",
		});
		expect(starts).toEqual([0]);
	});

	test('leaves less time for a later pause of another request', async () => {
		const { connection } = await played([slowDown('6'), slowDown('3')], { options: { maxTries: 20, maxWait: 10 } });
		setTimeout(() => connection.throttle.pause(5_000), 7_000);

		expect((await after(sendWithRetries(connection, read))).failure?.message).toBe(
			"Syncro Chat is limiting requests for another 5 s, but 'Max Wait' is 10 s",
		);
		expect(Date.now()).toBe(7_000);
	});

	test('leaves less time for the next try', async () => {
		const { connection } = await played([clientError('ECONNREFUSED'), fine], { options: { maxWait: 10 } });
		setTimeout(() => connection.throttle.pause(9_900), 500);

		expect((await after(sendWithRetries(connection, read))).failure?.message).toBe(
			"Syncro Chat is limiting requests for another 10 s, but 'Max Wait' is 10 s",
		);
		expect(Date.now()).toBe(1_000);
	});
});

describe('a write', () => {
	const traceOf = async (plays: Play[], call: ApiRequest = write, trail = { wrote: false }) => {
		const { connection, starts } = await played(plays);
		const { failure } = await after(sendWithRetries(connection, call, trail));
		return { tries: starts.length, wrote: trail.wrote, told: failure?.mayHaveBeenApplied, message: failure?.message };
	};

	test('that was carried out counts', async () => {
		expect(await traceOf([fine])).toMatchObject({ tries: 1, wrote: true, told: undefined });
	});

	test('that was refused does not', async () => {
		expect(await traceOf([refused])).toMatchObject({ tries: 1, wrote: false, told: undefined });
	});

	test('that was refused does not hide an earlier write that was carried out', async () => {
		expect(await traceOf([refused], write, { wrote: true })).toMatchObject({ wrote: true });
	});

	test('that may have been carried out is not retried, and counts', async () => {
		expect(await traceOf([broken])).toEqual({
			tries: 1,
			wrote: true,
			told: true,
			message:
				'Syncro Chat returned a server error: Service Unavailable. The request may have been carried out: look in Syncro Chat before running it again',
		});
	});

	test('that is idempotent is retried', async () => {
		expect(await traceOf([broken, fine], { ...write, effect: 'idempotent' })).toMatchObject({
			tries: 2,
			wrote: true,
			told: undefined,
		});
	});

	test.each([
		['refused', refused],
		['not connected any more', clientError('ECONNREFUSED')],
	])('that the first try may have carried out counts, although a later try was %s', async (_name, later) => {
		expect(await traceOf([broken, later], { ...write, effect: 'idempotent' })).toMatchObject({ wrote: true });
	});

	test('without a connection is retried, and does not count if it never connects', async () => {
		expect(await traceOf([clientError('ECONNREFUSED')])).toMatchObject({ tries: 5, wrote: false, told: undefined });
	});

	test('may be a GET, which is not retried and counts too', async () => {
		expect(await traceOf([broken], { ...read, effect: 'writes' })).toMatchObject({ tries: 1, wrote: true, told: true });
	});

	test('is not a search by POST, which is retried and changes nothing', async () => {
		expect(await traceOf([broken, fine], { ...write, effect: 'reads' })).toMatchObject({ tries: 2, wrote: false });
		expect(await traceOf([broken], { ...write, effect: 'reads' })).toMatchObject({
			tries: 5,
			wrote: false,
			told: undefined,
		});
	});
});

test('a slot is released after any result of the request', async () => {
	const { connection, starts } = await played([new Error('gone'), fine], {
		credential: { requestsPerWindow: 1, windowSeconds: 5 },
		latencyMs: 10,
	});

	await after(sendWithRetries(connection, write));
	await after(sendWithRetries(connection, write));

	expect(inSeconds(starts)).toEqual([0, 5]);
});
