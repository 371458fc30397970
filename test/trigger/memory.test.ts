import { EventEmitter } from 'node:events';
import type { IDataObject, IWebhookFunctions } from 'n8n-workflow';
import { deliveryKey, isFirst } from '../../nodes/shared/trigger/deduplication';
import { hosts } from './support';

const open = hosts();
const listen = async (options: IDataObject = {}, mode?: 'manual' | 'webhook') =>
	await open({ node: 'woofedCrmTrigger', parameters: { events: ['*'], options } }, mode);

const delivery = (id: number) => ({ event: 'deal_updated', data: { id } });

test('a delivery that comes again starts no second run, also after a restart of n8n', async () => {
	const { host, send } = await listen();
	await send(delivery(1));
	const restarted = await open({ node: 'woofedCrmTrigger', parameters: host.parameters });
	restarted.host.stored = host.stored;

	await restarted.send(delivery(1));

	expect(host.runs).toHaveLength(1);
	expect(restarted.host.runs).toEqual([]);
});

test('duplicates start runs where they are not to be ignored', async () => {
	const { host, send } = await listen({ ignoreDuplicates: false });

	await send(delivery(1));
	await send(delivery(1));

	expect(host.runs).toHaveLength(2);
	expect(host.stored).toBe('{}');
});

test('a test takes the same delivery as often as it is sent, and leaves no trace', async () => {
	const { host, send } = await listen({}, 'manual');

	await send(delivery(1));
	await send(delivery(1));

	expect(host.runs).toHaveLength(2);
	expect(host.staticData).toEqual({});
});

test('a delivery whose run could not be stored is taken when it comes again', async () => {
	const { host, send } = await listen();
	host.failRuns = 1;

	const first = await send(delivery(1));
	const second = await send(delivery(1));

	expect([first.status, second.status]).toEqual([500, 200]);
	expect(host.runs).toHaveLength(1);
});

test('of two at the same time the second waits for the first: one run, and both are answered with success', async () => {
	const { host, send } = await listen();
	let go = () => {};
	const gone = new Promise<void>((resolve) => (go = resolve));
	host.beforeRun = async () => await gone;

	const both = [send(delivery(1)), send(delivery(1))];
	await new Promise((resolve) => setTimeout(resolve, 50));
	go();

	expect((await Promise.all(both)).map(({ status }) => status)).toEqual([200, 200]);
	expect(host.runs).toHaveLength(1);
});

test('of two at the same time the second is taken where the first fails', async () => {
	const { host, send } = await listen();
	host.failRuns = 1;
	host.beforeRun = async () => await new Promise((resolve) => setTimeout(resolve, 30));

	const answers = await Promise.all([send(delivery(1)), send(delivery(1))]);

	expect(answers.map(({ status }) => status).sort()).toEqual([200, 500]);
	expect(host.runs).toHaveLength(1);
});

test('a delivery whose sender went away before it was answered is taken when it comes again, because it was not stored', async () => {
	const { host, url, send } = await listen();
	host.failRuns = 1;
	let go = () => {};
	const gone = new Promise<void>((resolve) => (go = resolve));
	const sender = new AbortController();
	host.beforeRun = async () => {
		sender.abort();
		await gone;
	};

	const first = fetch(url, { method: 'POST', body: JSON.stringify(delivery(1)), signal: sender.signal }).catch(
		() => 'went away',
	);
	expect(await first).toBe('went away');
	// The server notices a little later.
	await new Promise((resolve) => setTimeout(resolve, 50));
	go();
	host.beforeRun = async () => {};
	await new Promise((resolve) => setTimeout(resolve, 50));

	expect((await send(delivery(1))).status).toBe(200);
	expect(host.runs).toHaveLength(1);
});

test('the process remembers the deliveries of a thousand triggers, those that had one last', async () => {
	/** A delivery of a trigger whose static data was lost, answered with success. */
	const comesFirst = async (workflow: number) => {
		const response = Object.assign(new EventEmitter(), { statusCode: 200 });
		const context = {
			getWorkflow: () => ({ id: `many ${workflow}` }),
			getNode: () => ({ id: 'node' }),
			getWorkflowStaticData: () => ({}),
			getResponseObject: () => response,
		};
		const first = await isFirst(context as unknown as IWebhookFunctions, 'key');
		response.emit('finish');
		await new Promise(setImmediate);
		return first;
	};
	const all = Array.from({ length: 1_001 }, (_, index) => index);

	for (const workflow of all) expect(await comesFirst(workflow)).toBe(true);

	expect(await comesFirst(1_000)).toBe(false);
	expect(await comesFirst(0)).toBe(true);
});

test('forty at the same time are all known afterwards, although each began with a copy of the memory of its own', async () => {
	const { host, send } = await listen();
	const all = Array.from({ length: 40 }, (_, index) => delivery(index));
	let arrived = 0;
	let go = () => {};
	const gone = new Promise<void>((resolve) => (go = resolve));
	host.beforeRun = async () => {
		arrived += 1;
		if (arrived === all.length) go();
		await gone;
	};

	await Promise.all(all.map(async (one) => await send(one)));
	for (const one of all) await send(one);

	expect(host.runs).toHaveLength(40);
});

test('the newest 500 are remembered by the process and by the static data, and the oldest is forgotten', async () => {
	const { host, send } = await listen();
	for (let id = 0; id < 501; id += 1) await send(delivery(id));
	const restarted = await open({ node: 'woofedCrmTrigger', parameters: host.parameters });
	restarted.host.stored = host.stored;
	const again = [delivery(1), delivery(250), delivery(500), delivery(0)];
	host.runs = [];

	for (const one of again) for (const to of [send, restarted.send]) await to(one);

	expect(host.staticData.deliveries).toHaveLength(500);
	expect([host, restarted.host].map(({ runs }) => runs.map(([{ json }]) => json.record))).toEqual([
		[{ id: 0 }],
		[{ id: 0 }],
	]);
});

test('two triggers do not know of one another', async () => {
	const [one, other] = [await listen(), await listen()];

	await one.send(delivery(1));
	await other.send(delivery(1));

	expect([one.host.runs.length, other.host.runs.length]).toEqual([1, 1]);
});

test('a key is short, because 500 are stored, and knows where each of its parts ends', () => {
	expect(deliveryKey('lead', 'won')).toHaveLength(22);
	expect(deliveryKey('lead', 'won')).toBe(deliveryKey('lead', Buffer.from('won')));
	expect(deliveryKey('lead', 'won')).not.toBe(deliveryKey('leadw', 'on'));
});
