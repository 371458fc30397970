import { hintsOf, shortened, withProgress } from '../../nodes/shared/run/progress';

const AGAIN = " n8n's 'Retry' of this execution would send all items again: run the workflow with the others instead.";
const adviceOf = (done: number[], unsure: number[], count = 10, description?: string) =>
	withProgress({ failure: { message: 'No', description }, item: 9 }, { succeeded: done, inDoubt: unsure }, count)
		.description;

describe('a failure that stops the node', () => {
	test('is as it is where there is but one item', () => {
		const failure = { message: 'No', description: 'Try' };

		expect(withProgress({ failure, item: 0 }, { succeeded: [], inDoubt: [] }, 1)).toBe(failure);
	});

	test('names its item, and keeps the rest of what is known', () => {
		expect(
			withProgress(
				{ failure: { message: 'No', description: 'Try.', httpCode: 422 }, item: 9 },
				{ succeeded: [], inDoubt: [] },
				10,
			),
		).toEqual({
			message: 'No [item 9]',
			description: 'Try. No other item was carried out; nothing was sent for the rest.',
			httpCode: 422,
		});
	});

	test.each<[number[], number[], string]>([
		[[], [], 'No other item was carried out; nothing was sent for the rest.'],
		[[], [9], 'No other item was carried out; nothing was sent for the rest.'],
		[[0, 1, 2, 5], [], `Carried out: 4 of 10 items (0-2, 5); nothing was sent for the rest.${AGAIN}`],
		[[4, 0, 2, 1], [], `Carried out: 4 of 10 items (0-2, 4); nothing was sent for the rest.${AGAIN}`],
		[[10, 2, 9], [], `Carried out: 3 of 10 items (2, 9-10); nothing was sent for the rest.${AGAIN}`],
		[[0], [3, 9, 4], `Carried out: 1 of 10 items (0), perhaps also 3-4; nothing was sent for the rest.${AGAIN}`],
		[[0], [3], `Carried out: 1 of 10 items (0), perhaps also 3; nothing was sent for the rest.${AGAIN}`],
		[[], [3], `No other item was carried out, perhaps also 3; nothing was sent for the rest.${AGAIN}`],
		[[0], [9], `Carried out: 1 of 10 items (0); nothing was sent for the rest.${AGAIN}`],
		[[0, 1, 2, 3, 4, 5, 6], [7, 8], `Carried out: 7 of 10 items (0-6), perhaps also 7-8.${AGAIN}`],
	])('with %j done and %j unsure says what to know before running it again', (done, unsure, words) => {
		expect(adviceOf(done, unsure)).toBe(words);
	});
});

describe('hints on the time that a run took', () => {
	const hints = (stats: object, requests = 10, windowMs = 1_500, throttle = {}) =>
		hintsOf([connectionOf(stats, requests, windowMs, throttle)]);
	const connectionOf = (stats: object, requests = 10, windowMs = 1_500, throttle = {}) =>
		({
			stats: { throttledMs: 0, retries: {}, ...stats },
			throttle: {
				rate: { requests, windowMs },
				rates: { isFromServer: false },
				shareSize: () => undefined,
				...throttle,
			},
			vendor: { name: 'Imagined CRM' },
		}) as never;

	test.each<[object, number, string[]]>([
		[{}, 10, []],
		[{ throttledMs: 999 }, 10, []],
		[{ throttledMs: 1_000 }, 10, ['Requests waited 1 s in total for a free slot: the credential allows 10 per 1.5 s.']],
		[{ throttledMs: 2_600 }, 0, ['Requests waited 3 s in total for a free slot: the vendor is limiting requests.']],
		[{ retries: { rateLimited: 1 } }, 10, ['1 request was retried because Imagined CRM was limiting requests.']],
		[{ retries: { notConnected: 3 } }, 10, ['3 requests were retried because Imagined CRM could not be reached.']],
		[
			{ retries: { noResponse: 1, broken: 2, unreadable: 1 } },
			10,
			[
				'4 requests were retried because Imagined CRM returned a server error (2), or sent no complete response (1), or sent an unreadable response (1).',
			],
		],
		[
			{ retries: { rateLimited: 2 }, throttledMs: 1_000 },
			10,
			[
				'Requests waited 1 s in total for a free slot: the credential allows 10 per 1.5 s.',
				'2 requests were retried because Imagined CRM was limiting requests.',
			],
		],
	])('%j at a rate of %i', (spent, requests, words) => {
		expect(hints(spent, requests)).toEqual(words);
	});

	test('name a limit that the server told', () => {
		expect(hints({ throttledMs: 2_000 }, 100, 60_000, { rates: { isFromServer: true } })).toEqual([
			'Requests waited 2 s in total for a free slot: Imagined CRM reports that it allows 100 per 60 s.',
		]);
	});

	test('are one line each, however many credentials a run used: the longest wait, and all repeats together', () => {
		const shareSize = () => 7;
		const connections = [
			connectionOf({ throttledMs: 1_000, retries: { rateLimited: 1 } }, 3, 1_500, { shareSize }),
			connectionOf({ throttledMs: 5_000, retries: { rateLimited: 2, noResponse: 4 } }, 3, 1_500, { shareSize }),
			connectionOf({ throttledMs: 999 }),
		];

		expect(hintsOf(connections)).toEqual([
			'Requests waited 5 s in total for a free slot: the credential allows 3 per 1.5 s. Requests with 1 other key waited too.',
			'7 requests were retried because Imagined CRM sent no complete response (4), or was limiting requests (3).',
			expect.stringContaining('now sends about 3 of the 3 requests'),
		]);
	});

	test('are none where no item had a credential that could be used', () => {
		expect(hintsOf([])).toEqual([]);
	});

	test.each([
		[7, 10, '7 of the 10 requests'],
		[12, 10, '10 of the 10 requests'],
	])('say how the limit is shared (%i of %i)', (size, requests, share) => {
		expect(hints({}, requests, 5_000, { shareSize: () => size })).toEqual([
			`Something else uses the same key. This n8n process now sends about ${share} per 5 s, and more once the key is free again.`,
		]);
	});

	test('say how many requests are sent where the vendor states no limit', () => {
		expect(hints({}, 0, 5_000, { shareSize: () => 7 })).toEqual([
			'The vendor is limiting requests and states no limit. This n8n process now sends about 7 requests per second.',
		]);
	});
});

test.each([
	[3, 3, undefined],
	[10, 10, undefined],
	[11, 11, 'Notes left out: 1 more.'],
	[500, 11, 'Notes left out: 490 more.'],
])('of %i notes on items %i lines are shown', (count, shown, last) => {
	const notes = shortened(Array.from({ length: count }, (_, item) => `Note [item ${item}]`));

	expect(notes).toHaveLength(shown);
	if (last) expect(notes.at(-1)).toBe(last);
});
