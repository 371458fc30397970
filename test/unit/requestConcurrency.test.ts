import type { ApiRequest } from '../../nodes/shared/http/apiRequest';
import { sendWithRetries } from '../../nodes/shared/http/request';
import { clientError, played, type Play } from '../support/played';

beforeEach(() => jest.useFakeTimers({ now: 0 }));
afterEach(() => jest.useRealTimers());

const read: ApiRequest = { method: 'GET', effect: 'reads', path: '/tasks', query: {} };
const fine: Play = { status: 200, body: { task: { id: 1 } } };
const broken: Play = { status: 503, body: { message: 'Service Unavailable' } };
const refused: Play = { status: 422, body: { message: 'No' } };
const slowDown: Play = { status: 429, headers: { 'retry-after': '1' }, body: { message: 'Slow down' } };

describe('the automatic number of requests', () => {
	/** The numbers after 16 quick requests of one kind, and after 100 slower ones that succeed. */
	const after16 = async (play: Play) => {
		const latencyMs = (index: number) => (index < 16 ? 1 : 100);
		const { connection } = await played([...Array<Play>(16).fill(play), fine], {
			options: { maxTries: 1, maxWait: 3_600 },
			latencyMs,
		});
		const sendAll = async (all: number) => {
			for (let left = all; left > 0; ) {
				const count = Math.min(left, connection.concurrency.parallel);
				let isOver = false;
				const wave = Array.from(
					{ length: count },
					async () => await sendWithRetries(connection, read).catch(() => undefined),
				);
				void Promise.all(wave).then(() => (isOver = true));
				while (!isOver) await jest.advanceTimersByTimeAsync(10);
				left -= count;
			}
		};
		await sendAll(16);
		const before = connection.concurrency.parallel;
		await sendAll(100);
		return { before, later: connection.concurrency.parallel };
	};

	test.each<[string, Play]>([
		['refusals', refused],
		['rate-limited responses', slowDown],
		['attempts without a connection', clientError('ECONNREFUSED')],
	])('ignores the response times of fast %s', async (_name, play) => {
		expect((await after16(play)).later).toBeGreaterThan(4);
	});

	test.each<[string, Play]>([
		['an error', broken],
		['a proxy error instead of a response', { status: 502, body: '<html>Bad Gateway</html>' }],
		['no response', clientError('ECONNRESET')],
	])('falls after %s of the server, also if it is fast', async (_name, play) => {
		expect((await after16(play)).before).toBe(1);
	});
});
