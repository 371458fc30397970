import fc from 'fast-check';
import { sendWithRetries } from '../../nodes/shared/http/request';
import { serverLimit, Throttle } from '../../nodes/shared/http/limiter';
import { played } from '../support/played';
import { startsOf } from '../support/slots';

beforeEach(() => jest.useFakeTimers({ now: Date.parse('2026-07-01T12:00:00Z') }));
afterEach(() => jest.useRealTimers());

const rate = (requests: number, seconds: number) => ({ rate: { requests, windowMs: seconds * 1_000 } });

test.each<[Record<string, unknown>, object]>([
	[{}, {}],
	[{ 'ratelimit-policy': '"default";q=100;w=60' }, rate(100, 60)],
	[{ 'ratelimit-policy': '"burst";q=50;w=10, "minute";q=100;w=60' }, rate(100, 60)],
	[{ 'ratelimit-policy': '"minute";q=100;w=60, "day";q=1000;w=86400' }, rate(100, 60)],
	[{ 'ratelimit-policy': '100;w=60' }, rate(100, 60)],
	[{ 'ratelimit-limit': '100, 100;w=60' }, rate(100, 60)],
	[{ ratelimit: '"default";r=50;t=30' }, {}],
	[{ ratelimit: '"default";r=0;t=30' }, { pauseMs: 30_000 }],
	[{ ratelimit: 'limit=100, remaining=0, reset=30' }, { pauseMs: 30_000 }],
	[{ ratelimit: 'limit=100, remaining=99, reset=60' }, rate(100, 60)],
	[{ 'x-ratelimit-limit': '100', 'x-ratelimit-remaining': '99', 'x-ratelimit-reset': '60' }, rate(100, 60)],
	[{ 'x-ratelimit-limit': '100', 'x-ratelimit-remaining': '42', 'x-ratelimit-reset': '20' }, {}],
	[{ 'x-ratelimit-limit': '100', 'x-ratelimit-remaining': '0', 'x-ratelimit-reset': '20' }, { pauseMs: 20_000 }],
	[
		{ 'x-ratelimit-remaining': '0', 'x-ratelimit-reset': String(Date.parse('2026-07-01T12:00:09Z') / 1_000) },
		{ pauseMs: 9_000 },
	],
	[{ 'x-ratelimit-remaining': '0', 'x-ratelimit-reset': String(Date.parse('2026-07-01T11:00:00Z') / 1_000) }, {}],
	[{ ratelimit: '"second";r=0;t=1, "day";r=0;t=30' }, { pauseMs: 30_000 }],
	[{ ratelimit: `${' '.repeat(1_000)}"default";r=0;t=30` }, {}],
	[{ 'ratelimit-limit': ['100'], 'ratelimit-remaining': ['99'], 'ratelimit-reset': ['60'] }, rate(100, 60)],
])('%j says %j', (headers, told) => {
	expect(serverLimit(headers)).toEqual(told);
});

test.each([
	['nothing at all', '"d";q=0;w=60'],
	['parts of requests', '"d";q=1.5;w=60'],
	['a request a day', '"d";q=1;w=86400'],
	['a request in ten minutes', '"d";q=6;w=3600'],
	['more than anybody could send', '"d";q=1000000;w=1'],
	['a window of no time', '"d";q=5;w=0'],
	['a number without end', `"d";q=${'9'.repeat(400)};w=60`],
	['words', 'as much as you like'],
])('a policy of %s is ignored', (_what, policy) => {
	expect(serverLimit({ 'ratelimit-policy': policy })).toEqual({});
});

test('any headers are parsed without an error, and the limit is always plausible', () => {
	const part = fc.constantFrom(
		'q',
		'w',
		'r',
		't',
		'limit',
		'remaining',
		'reset',
		'=',
		';',
		',',
		' ',
		'"d"',
		'0',
		'1',
		'60',
		'100',
		'-5',
		'1e9',
		'99999999999',
	);
	const value = fc.oneof(
		fc.array(part, { maxLength: 12 }).map((parts) => parts.join('')),
		fc.anything(),
	);
	const names = [
		'ratelimit',
		'ratelimit-policy',
		'ratelimit-limit',
		'ratelimit-remaining',
		'ratelimit-reset',
		'x-ratelimit-limit',
		'x-ratelimit-remaining',
		'x-ratelimit-reset',
	];
	fc.assert(
		fc.property(fc.dictionary(fc.constantFrom(...names), value), (headers) => {
			const { rate: believed, pauseMs } = serverLimit(headers);

			if (pauseMs !== undefined) expect(pauseMs).toBeGreaterThan(0);
			if (believed) {
				expect(believed.windowMs / believed.requests).toBeGreaterThanOrEqual(10);
				expect(believed.windowMs / believed.requests).toBeLessThanOrEqual(60_000);
				expect(believed.windowMs).toBeLessThanOrEqual(3_600_000);
			}
		}),
	);
});

describe('a throttle with a limit from the server', () => {
	test.each([
		['the credential', { requests: 1, windowMs: 5_000 }, rate(100, 60), [0, 5_000, 10_000]],
		['the server', { requests: 100, windowMs: 60_000 }, rate(1, 5), [0, 5_000, 10_000]],
	])('keeps to the lower one of both: that of %s', async (_name, credential, told, starts) => {
		const throttle = new Throttle(credential);
		throttle.learn(told);
		throttle.setRate('credential', credential);
		const from = Math.round(Date.now() / 1_000) * 1_000;

		expect((await startsOf(throttle, 3)).map((moment) => moment - from)).toEqual(starts);
		expect([throttle.rate.requests, throttle.rates.isFromServer]).toEqual([1, credential.requests !== 1]);
	});

	test('keeps to both if neither is always lower', async () => {
		const throttle = new Throttle({ requests: 2, windowMs: 1_000 });
		throttle.learn(rate(5, 60));
		const from = Math.round(Date.now() / 1_000) * 1_000;

		expect((await startsOf(throttle, 7)).map((moment) => moment - from)).toEqual([
			0, 0, 1_000, 1_000, 2_000, 60_000, 60_000,
		]);
	});

	test('keeps to it, although the credential has or gets a higher limit', async () => {
		const throttle = new Throttle({ requests: 0, windowMs: 60_000 });
		throttle.learn(rate(2, 10));
		throttle.setRate('credential', { requests: 500, windowMs: 1_000 });
		const from = Math.round(Date.now() / 1_000) * 1_000;

		expect((await startsOf(throttle, 4)).map((moment) => moment - from)).toEqual([0, 0, 10_000, 10_000]);
	});

	test('treats a window that differs by a second as the same', () => {
		const throttle = new Throttle({ requests: 0, windowMs: 60_000 });
		for (const seconds of [60, 59, 58, 57, 30]) throttle.learn(rate(100, seconds));

		expect(throttle.rate.windowMs).toBe(30_000);
		throttle.learn(rate(100, 29));
		expect(throttle.rate.windowMs).toBe(30_000);
	});

	test('uses a window that differs by a second from the credential', () => {
		const throttle = new Throttle({ requests: 100, windowMs: 59_000 });
		throttle.learn(rate(100, 60));

		expect(throttle.rate.windowMs).toBe(60_000);
	});

	test('pauses at most an hour if no request is left', async () => {
		const throttle = new Throttle({ requests: 0, windowMs: 60_000 });
		throttle.learn({ pauseMs: 1e12 });
		const from = Math.round(Date.now() / 1_000) * 1_000;

		expect((await startsOf(throttle, 1)).map((moment) => moment - from)).toEqual([3_600_000]);
	});
});

test("a request passes the server's limit to the throttle, also after a success", async () => {
	const { connection } = await played([{ status: 200, body: { task: {} } }]);
	const { connection: other } = await played([
		{ status: 200, headers: { 'ratelimit-policy': '"d";q=30;w=60', ratelimit: '"d";r=0;t=5' }, body: { task: {} } },
	]);
	const call = { method: 'GET', effect: 'reads', path: '/tasks', query: {} } as const;

	for (const one of [connection, other]) await sendWithRetries(one, call);

	expect(
		[connection, other].map(({ throttle }) => [
			throttle.rate.requests,
			throttle.rates.isFromServer,
			throttle.aheadMs(),
		]),
	).toEqual([
		[0, false, 0],
		[30, true, 5_000],
	]);
});
