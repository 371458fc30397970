import { EventEmitter } from 'node:events';
import type { IDataObject, IWebhookFunctions } from 'n8n-workflow';
import { isFirst } from '../../nodes/shared/trigger/memory';
import { credentialOf, hosts, SECRET } from './support';

const open = hosts();
const listen = async (options: IDataObject = {}) => await open({ node: 'woofedCrmTrigger', parameters: { events: ['*'], options } });
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
		const left = fetch(url, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body), signal: sender.signal }).catch(
			() => 'gone',
		);
		return {
			leave: async () => {
				sender.abort();
				expect(await left).toBe('gone');
				// The server notices a little later.
				await new Promise((resolve) => setTimeout(resolve, 30));
			},
		};
	}

	test('while n8n reads the credential: one run, and the repeats get 200 at once', async () => {
		const { host, url, send } = await open({ node: 'woofedCrmTrigger', parameters: { events: ['*'] }, credentials: credentialOf('woofedCrm', SECRET) });
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
		const { host, url, send } = await listen();
		const { go, opened } = gate();
		let storing = false;
		host.failRuns = failRuns;
		host.beforeRun = async () => {
			storing = true;
			await opened;
		};
		const { leave } = sendAndLeave(url, delivery(1));
		await untilIt(() => storing);
		await leave();

		const repeat = send(delivery(1));
		await new Promise((resolve) => setTimeout(resolve, 30));
		const before = host.runs.length;
		go();

		expect((await repeat).status).toBe(200);
		expect(before).toBe(0);
		expect(host.runs).toHaveLength(runs);
	});

	test('is not remembered by the process in place of the static data: a delivery that was stored is known to a second process', async () => {
		const { host, url } = await listen();
		const { go, opened } = gate();
		let storing = false;
		host.beforeRun = async () => {
			storing = true;
			await opened;
		};
		const { leave } = sendAndLeave(url, delivery(1));
		await untilIt(() => storing);
		await leave();
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
		expect(host.logs).toContainEqual(['warn', expect.stringContaining('An identical delivery is still being processed.'), expect.anything()]);
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

test.each(['prefinish', 'finish'])("n8n's answer is known by '%s', after which no event of a closed response follows", async (event) => {
	const response = Object.assign(new EventEmitter(), { statusCode: 200 });
	const key = `known by ${event}`;
	await isFirst(contextWith(response), key);
	response.emit('close');

	const repeat = isFirst(contextWith(response), key);
	response.emit(event);

	expect(await repeat).toBe(false);
});

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

	expect([await isFirst(contextWith(ended), 'ended'), await isFirst(contextWith(ended), 'ended')]).toEqual([true, true]);
});

describe('what is the same as an earlier delivery', () => {
	const HOUR = 3_600_000;
	beforeEach(() =>
		jest.useFakeTimers({ doNotFake: ['setTimeout', 'setInterval', 'setImmediate', 'clearTimeout', 'nextTick', 'queueMicrotask', 'performance'] }),
	);
	afterEach(() => jest.useRealTimers());
	const pass = (ms: number) => jest.setSystemTime(Date.now() + ms);

	/** The same workflow in a process that was started anew. */
	const restartOf = async (stored: string) => {
		const opened = await listen();
		opened.host.stored = stored;
		return opened;
	};
	/** Static data with deliveries in the form of an earlier version, or another one. */
	const storedWith = (deliveries: unknown) => JSON.stringify({ 'node:Trigger': { deliveries } });

	test('is the same delivery for 24 hours, and a new event from then on', async () => {
		const { host, send } = await listen();
		await send(delivery(1));

		pass(24 * HOUR - 2_000);
		await send(delivery(1));
		const within = host.runs.length;
		pass(2_000);
		await send(delivery(1));

		expect([within, host.runs.length]).toEqual([1, 2]);
	});

	test('is the same for 24 hours across a restart too', async () => {
		const { host, send } = await listen();
		await send(delivery(1));
		await send(delivery(2));
		const [early, late] = [await restartOf(host.stored), await restartOf(host.stored)];

		pass(24 * HOUR - 2_000);
		await early.send(delivery(1));
		pass(2_000);
		await late.send(delivery(1));

		expect([early.host.runs.length, late.host.runs.length]).toEqual([0, 1]);
	});

	test('counts from its first arrival, however often it is repeated', async () => {
		const { host, send } = await listen();
		for (let hour = 0; hour <= 24; hour += 8) {
			await send(delivery(1));
			pass(8 * HOUR);
		}

		expect(host.runs).toHaveLength(2);
	});

	test('a deal that goes to stage 2, then 3, and a week later back to 2 starts three runs', async () => {
		const { host, send } = await listen();
		const moved = (stage_id: number) => ({ event: 'deal_updated', data: { id: 1, stage_id } });

		await send(moved(2));
		pass(60_000);
		await send(moved(3));
		pass(7 * 24 * HOUR);
		await send(moved(2));

		expect(host.runs.map(([{ json }]) => (json.record as IDataObject).stage_id)).toEqual([2, 3, 2]);
	});

	test('what an earlier version stored without a time is known for 24 hours from the start of the process, and then forgotten', async () => {
		const { host, send } = await listen();
		await send(delivery(1));
		const [text] = host.staticData.deliveries as string[];
		const stored = storedWith([text.split(':')[0]]);
		const [early, late] = [await restartOf(stored), await restartOf(stored)];

		await early.send(delivery(1));
		await early.send(delivery(2));
		pass(25 * HOUR);
		await late.send(delivery(1));
		await early.send(delivery(1));

		expect([early.host.runs.length, late.host.runs.length]).toEqual([2, 1]);
	});

	test.each<[string, unknown]>([
		['nothing', null],
		['a number', 5],
		['entries of other kinds', [5, null, { key: 'x' }, 'x:', ':', 'x:%']],
	])('%s in its place in the static data does no harm', async (_what, deliveries) => {
		const { host, send } = await restartOf(storedWith(deliveries));

		await send(delivery(1));
		await send(delivery(1));

		expect(host.runs).toHaveLength(1);
	});

	test('a clock that was years ahead makes nothing known for years', async () => {
		const { host, send } = await listen();
		pass(10 * 365 * 24 * HOUR);
		await send(delivery(1));
		const { host: later, send: sendLater } = await restartOf(host.stored);
		pass(-10 * 365 * 24 * HOUR);

		await sendLater(delivery(1));
		await sendLater(delivery(2));
		pass(25 * HOUR);
		await sendLater(delivery(1));

		expect(later.runs).toHaveLength(2);
	});

	test('the memory holds what came within the last 24 hours and nothing older', async () => {
		const { host, send } = await listen();
		for (let id = 0; id < 20; id += 1) await send(delivery(id));
		pass(25 * HOUR);

		await send(delivery(20));

		expect(host.staticData.deliveries).toHaveLength(1);
	});
});

describe("n8n's log", () => {
	test('tells of an ignored delivery: node, workflow, event and why, and nothing of its content', async () => {
		const { host, send } = await listen();
		const body = { event: 'deal_updated', data: { id: 1, token: 'content of the delivery' } };
		await send(body);
		const before = host.logs.length;

		await send(body);

		expect(before).toBe(0);
		expect(host.logs).toEqual([
			[
				'info',
				expect.stringMatching(
					/^Ignored a delivery: node "Trigger", workflow ".*" \(workflow \d+\), event "deal_updated"\. An identical delivery arrived within the last 24 hours\.$/,
				),
				{ workflowId: expect.any(String), nodeName: 'Trigger', event: 'deal_updated' },
			],
		]);
	});

	test('tells that another event of the same change already started a run', async () => {
		const { host, send } = await open({ node: 'weglyTrigger', parameters: { events: ['*'], options: { oneRunPerChange: true } } });
		const lead = { id: '1', updated_at: '2026-06-02T12:05:00.000Z' };

		for (const event_key of ['lead.stage_changed', 'lead.updated']) await send({ event_key, payload: { lead } });

		expect(host.logs).toEqual([
			['info', expect.stringContaining('event "lead.updated". Another event of the same change already started a run.'), expect.anything()],
		]);
	});

	test.each<[number, string | Buffer, string, string]>([
		[401, '{}', '?secret=wrong-one', 'Its secret or signature is missing or wrong.'],
		[400, '[]', `?secret=${encodeURIComponent(SECRET)}`, 'Its body is not a JSON object.'],
		[413, Buffer.alloc(1024 * 1024 + 1, 32), `?secret=${encodeURIComponent(SECRET)}`, 'Its body is too large.'],
	])('tells of a delivery refused with %i, without any secret', async (status, body, query, why) => {
		const { host, send } = await open({ node: 'woofedCrmTrigger', parameters: { events: ['*'] }, credentials: credentialOf('woofedCrm', SECRET) });

		expect((await send(body, {}, query)).status).toBe(status);
		expect(host.logs).toEqual([['warn', expect.stringContaining(`Refused a delivery with status ${status}: node "Trigger"`), expect.anything()]]);
		expect(host.logs[0][1]).toContain(why);
		expect(JSON.stringify(host.logs)).not.toMatch(/wrong-one|a secret of the webhook|secret%20of/);
	});

	test('cannot be made to show a line that n8n did not write', async () => {
		const { host, send } = await listen();
		const body = { event: `deal_updated\nn8n is on fire ${'x'.repeat(500)}`, data: { id: 1 } };

		await send(body);
		await send(body);

		expect(host.logs).toHaveLength(1);
		expect(host.logs[0][1]).not.toContain('\n');
		expect(host.logs[0][1].length).toBeLessThan(400);
	});
});
