import { EventEmitter } from 'node:events';
import type { IDataObject, IWebhookFunctions } from 'n8n-workflow';
import { isFirst } from '../../nodes/shared/trigger/deduplication';
import { credentialOf, hosts, SECRET } from './support';

const open = hosts();
const listen = async (options: IDataObject = {}) =>
	await open({ node: 'woofedCrmTrigger', parameters: { events: ['*'], options } });
const delivery = (id: number) => ({ event: 'deal_updated', data: { id } });

const untilIt = async (happens: () => boolean) => {
	while (!happens()) await new Promise(setImmediate);
};

/** A promise, and what resolves it. */
function gate() {
	let go = () => {};
	const opened = new Promise<void>((resolve) => (go = resolve));
	return { go, opened };
}

describe('a sender that gives up before it is answered, and sends again', () => {
	/** Sends a delivery, and closes the connection as soon as it is told to. */
	function sendAndLeave(url: string, body: object) {
		const sender = new AbortController();
		const left = fetch(url, {
			method: 'POST',
			headers: { 'content-type': 'application/json' },
			body: JSON.stringify(body),
			signal: sender.signal,
		}).catch(() => 'gone');
		return {
			leave: async () => {
				sender.abort();
				expect(await left).toBe('gone');
				// The server notices a little later.
				await new Promise((resolve) => setTimeout(resolve, 30));
			},
		};
	}

	/** A delivery whose sender has left while n8n stores its run; `go` lets n8n go on. */
	async function leftWhileStoring(failRuns = 0) {
		const opened = await listen();
		const { host, url } = opened;
		const held = gate();
		let storing = false;
		host.failRuns = failRuns;
		host.beforeRun = async () => {
			storing = true;
			await held.opened;
		};
		const { leave } = sendAndLeave(url, delivery(1));
		await untilIt(() => storing);
		await leave();
		return { ...opened, go: held.go };
	}

	test('while n8n reads the credential: one run, and the repeats get 200 at once', async () => {
		const { host, url, send } = await open({
			node: 'woofedCrmTrigger',
			parameters: { events: ['*'] },
			credentials: credentialOf('woofedCrm', SECRET),
		});
		const query = `?secret=${encodeURIComponent(SECRET)}`;
		const { go, opened } = gate();
		let reading = false;
		host.beforeCredential = async () => {
			reading = true;
			await opened;
		};
		const { leave } = sendAndLeave(url + query, delivery(1));
		await untilIt(() => reading);
		await leave();
		go();
		await untilIt(() => host.runs.length === 1);

		const began = performance.now();
		const statuses = [(await send(delivery(1), {}, query)).status, (await send(delivery(1), {}, query)).status];

		expect(statuses).toEqual([200, 200]);
		expect(performance.now() - began).toBeLessThan(2_000);
		expect(host.runs).toHaveLength(1);
	});

	test.each<[string, number, number]>([
		['stores the run in the end: no second run', 0, 1],
		['cannot store the run: the repeat starts it', 1, 1],
	])('while n8n stores the run, the repeat waits for it. n8n %s', async (_what, failRuns, runs) => {
		const { host, send, go } = await leftWhileStoring(failRuns);

		const repeat = send(delivery(1));
		await new Promise((resolve) => setTimeout(resolve, 30));
		const before = host.runs.length;
		go();

		expect((await repeat).status).toBe(200);
		expect(before).toBe(0);
		expect(host.runs).toHaveLength(runs);
	});

	test('is not remembered by the process in place of the static data: a delivery that was stored is known to a second process', async () => {
		const { host, go } = await leftWhileStoring();
		go();
		await untilIt(() => host.stored !== '{}');
		const other = await listen();
		other.host.stored = host.stored;

		await other.send(delivery(1));

		expect(other.host.runs).toEqual([]);
	});
});

describe('a delivery that n8n never answers', () => {
	beforeEach(() => jest.useFakeTimers({ doNotFake: ['setImmediate', 'setInterval', 'nextTick', 'queueMicrotask'] }));
	afterEach(() => jest.useRealTimers());

	/** Sends a delivery that n8n holds back, and once more. */
	async function twice() {
		const opened = await listen();
		const { host, send } = opened;
		let storing = 0;
		host.beforeRun = async () => {
			storing += 1;
			await new Promise(() => undefined);
		};
		void send(delivery(1)).catch(() => undefined);
		await untilIt(() => storing === 1);
		return { ...opened, stored: () => storing };
	}

	/** What a request is answered with when a time has passed. */
	async function after<Result>(ms: number, request: Promise<Result>) {
		let settled = false;
		void request.finally(() => (settled = true)).catch(() => undefined);
		// The request has to arrive before the time passes.
		for (let turn = 0; turn < 200; turn += 1) await new Promise(setImmediate);
		await jest.advanceTimersByTimeAsync(ms);
		for (let turn = 0; turn < 200; turn += 1) await new Promise(setImmediate);
		return settled ? await request : 'no answer';
	}

	test('lets each repeat wait for ten seconds, and then asks for another try with 503', async () => {
		const { host, send, stored } = await twice();

		expect(await after(9_900, send(delivery(1)))).toBe('no answer');
		expect(await after(10_000, send(delivery(1)))).toEqual({ status: 503, text: 'Service Unavailable' });
		expect(stored()).toBe(1);
		expect(host.logs).toContainEqual([
			'warn',
			expect.stringContaining('An identical delivery is still being processed.'),
			expect.anything(),
		]);
	});

	test('is forgotten after five minutes, so that a repeat starts the run', async () => {
		const { host, send } = await twice();
		await jest.advanceTimersByTimeAsync(300_000);
		host.beforeRun = async () => {};

		expect(await after(0, send(delivery(1)))).toMatchObject({ status: 200 });
		expect(host.runs).toHaveLength(1);
	});

	test('does not delay other deliveries', async () => {
		const { host, send } = await twice();
		host.beforeRun = async () => {};

		expect(await after(0, send(delivery(2)))).toMatchObject({ status: 200 });
	});
});

/** A context in which n8n answers when a test says so. */
function contextWith(response: object) {
	return {
		getWorkflow: () => ({ id: 'repeated' }),
		getNode: () => ({ id: 'node', name: 'Trigger' }),
		getWorkflowStaticData: () => ({}),
		getResponseObject: () => response,
	} as unknown as IWebhookFunctions;
}

test.each(['prefinish', 'finish'])(
	"n8n's answer is known by '%s', after which no event of a closed response follows",
	async (event) => {
		const response = Object.assign(new EventEmitter(), { statusCode: 200 });
		const key = `known by ${event}`;
		await isFirst(contextWith(response), key);
		response.emit('close');

		const repeat = isFirst(contextWith(response), key);
		response.emit(event);

		expect(await repeat).toBe(false);
	},
);

test("n8n's answer is known although no event told of it", async () => {
	jest.useFakeTimers();
	const response = Object.assign(new EventEmitter(), { statusCode: 200, writableEnded: false });
	await isFirst(contextWith(response), 'silent');
	const repeat = isFirst(contextWith(response), 'silent');
	response.writableEnded = true;
	await jest.advanceTimersByTimeAsync(10_000);
	jest.useRealTimers();

	expect(await repeat).toBe(false);
});

test('of a response that ended before it is looked at, no event is waited for', async () => {
	const ended = { statusCode: 500, writableEnded: true, once: () => undefined };

	expect([await isFirst(contextWith(ended), 'ended'), await isFirst(contextWith(ended), 'ended')]).toEqual([
		true,
		true,
	]);
});
