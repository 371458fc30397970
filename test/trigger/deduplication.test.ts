import type { IDataObject } from 'n8n-workflow';
import { credentialOf, hosts, SECRET } from './support';

const open = hosts();
const listen = async (options: IDataObject = {}) =>
	await open({ node: 'woofedCrmTrigger', parameters: { events: ['*'], options } });
const delivery = (id: number) => ({ event: 'deal_updated', data: { id } });

describe('what is the same as an earlier delivery', () => {
	const HOUR = 3_600_000;
	beforeEach(() =>
		jest.useFakeTimers({
			doNotFake: [
				'setTimeout',
				'setInterval',
				'setImmediate',
				'clearTimeout',
				'nextTick',
				'queueMicrotask',
				'performance',
			],
		}),
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
		await sendLater(delivery(1));

		expect(later.runs).toHaveLength(1);
	});

	test('a clock that is set back by an hour forgets nothing', async () => {
		const { host, send } = await listen();
		await send(delivery(1));
		const { host: later, send: sendLater } = await restartOf(host.stored);
		pass(-HOUR);

		await sendLater(delivery(1));

		expect(later.runs).toEqual([]);
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
		const { host, send } = await open({
			node: 'weglyTrigger',
			parameters: { events: ['*'], options: { oneRunPerChange: true } },
		});
		const lead = { id: '1', updated_at: '2026-06-02T12:05:00.000Z' };

		for (const event_key of ['lead.stage_changed', 'lead.updated']) await send({ event_key, payload: { lead } });

		expect(host.logs).toEqual([
			[
				'info',
				expect.stringContaining('event "lead.updated". Another event of the same change already started a run.'),
				expect.anything(),
			],
		]);
	});

	test.each<[number, string | Buffer, string, string]>([
		[401, '{}', '?secret=wrong-one', 'Its secret or signature is missing or wrong.'],
		[400, '[]', `?secret=${encodeURIComponent(SECRET)}`, 'Its body is not a JSON object.'],
		[413, Buffer.alloc(1024 * 1024 + 1, 32), `?secret=${encodeURIComponent(SECRET)}`, 'Its body is too large.'],
	])('tells of a delivery refused with %i, without any secret', async (status, body, query, why) => {
		const { host, send } = await open({
			node: 'woofedCrmTrigger',
			parameters: { events: ['*'] },
			credentials: credentialOf('woofedCrm', SECRET),
		});

		expect((await send(body, {}, query)).status).toBe(status);
		expect(host.logs).toEqual([
			['warn', expect.stringContaining(`Refused a delivery with status ${status}: node "Trigger"`), expect.anything()],
		]);
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
