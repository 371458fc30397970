import type { IDataObject, INode } from 'n8n-workflow';
import { Bench } from '../support/run';
import { hosts, Polls } from './support';

const bench = new Bench();
const open = hosts();
const newContact = async (name: string) =>
	await bench.post('woofedCrm', '/accounts/1/contacts', { full_name: name, email: `${name}@example.com` });
const delivery = (id: number) => ({ event: 'deal_updated', data: { id } });
const nodeOf = (name: string, more: Partial<INode> = {}): INode => ({
	id: '1',
	name,
	type: 'n8n-nodes-crm-pack.woofedCrmPollingTrigger',
	typeVersion: 1,
	position: [0, 0],
	parameters: {},
	...more,
});

/** A trigger on new contacts that has polled once. */
async function following(setUp: (polls: Polls) => void = () => {}): Promise<Polls> {
	const polls = new Polls(bench, 'woofedCrmPollingTrigger', { events: ['contact_created'] });
	setUp(polls);
	await polls.poll();
	return polls;
}

/** Another trigger of the same workflow, which n8n stores together with the first. */
function inSameWorkflow(polls: Polls, name: string): Polls {
	const other = new Polls(bench, 'woofedCrmPollingTrigger', polls.parameters);
	other.name = name;
	Object.defineProperty(other, 'stored', {
		get: () => polls.stored,
		set: (stored: string) => void (polls.stored = stored),
	});
	return other;
}

describe('a polling trigger', () => {
	test('goes on from its cursor after it was renamed, and after it was renamed back', async () => {
		const polls = await following();
		await newContact('ana');
		polls.name = 'New contacts';
		const renamed = await polls.told('full_name');
		await newContact('bia');
		polls.name = 'Trigger';

		expect(renamed).toEqual([['contact_created', 'ana']]);
		expect(await polls.told('full_name')).toEqual([['contact_created', 'bia']]);
		expect(await polls.poll()).toBeNull();
	});

	test('goes on from the cursor that an earlier version stored under its name, and takes it along once', async () => {
		const polls = await following();
		const { global } = JSON.parse(polls.stored) as { global: IDataObject };
		polls.stored = JSON.stringify({ 'node:Trigger': Object.values(global)[0] });
		await newContact('caio');

		expect(await polls.told('full_name')).toEqual([['contact_created', 'caio']]);
		expect((JSON.parse(polls.stored) as IDataObject)['node:Trigger']).toEqual({});
		polls.name = 'New contacts';
		expect(await polls.poll()).toBeNull();
		await newContact('davi');
		expect(await polls.told('full_name')).toEqual([['contact_created', 'davi']]);
	});

	test('begins anew where a new node has the name that another one had', async () => {
		const first = await following();
		first.name = 'New contacts';
		await first.poll();
		await newContact('eva');
		const second = inSameWorkflow(first, 'Trigger');
		second.id = '2';
		second.beside = [nodeOf('New contacts')];

		expect(await second.poll()).toBeNull();
		expect(await first.told('full_name')).toEqual([['contact_created', 'eva']]);
	});

	test.each([
		['the same ID', '1'],
		['an ID of its own', '2'],
	])('has a cursor of its own beside another one with %s', async (_what, id) => {
		const one = await following((polls) => (polls.beside = [nodeOf('Other', { id })]));
		const other = inSameWorkflow(one, 'Other');
		other.id = id;
		other.beside = [nodeOf('Trigger')];
		await other.poll();
		await newContact('gil');

		const told = [await one.told('full_name'), await other.told('full_name')];

		expect(told).toEqual([[['contact_created', 'gil']], [['contact_created', 'gil']]]);
		expect([await one.poll(), await other.poll()]).toEqual([null, null]);
	});

	test('polls while another one with the same ID does', async () => {
		const one = await following((polls) => (polls.beside = [nodeOf('Other')]));
		const other = new Polls(bench, 'woofedCrmPollingTrigger', one.parameters);
		other.name = 'Other';
		other.beside = [nodeOf('Trigger')];
		await other.poll();
		await newContact('hugo');

		const told = await Promise.all([one.told('full_name'), other.told('full_name')]);

		expect(told).toEqual([[['contact_created', 'hugo']], [['contact_created', 'hugo']]]);
	});

	test('keeps its cursor when a node with the same ID comes, and when it goes again', async () => {
		const polls = await following();
		await newContact('ivo');
		polls.beside = [nodeOf('Other')];
		const beside = await polls.told('full_name');
		await newContact('julia');
		polls.beside = [];

		expect(beside).toEqual([['contact_created', 'ivo']]);
		expect(await polls.told('full_name')).toEqual([['contact_created', 'julia']]);
		polls.beside = [nodeOf('Other')];
		expect(await polls.poll()).toBeNull();
	});

	test('takes no cursor of another node with the same ID', async () => {
		const polls = await following();
		const copy = inSameWorkflow(polls, 'Copy');
		await newContact('kim');
		copy.beside = [nodeOf('Trigger')];
		polls.beside = [nodeOf('Copy')];

		expect(await copy.poll()).toBeNull();
		expect(await polls.told('full_name')).toEqual([['contact_created', 'kim']]);
	});

	test('leaves what Code nodes store in the same static data alone', async () => {
		const polls = await following((fresh) => (fresh.stored = JSON.stringify({ global: { counter: 7 } })));

		expect(JSON.parse(polls.stored)).toMatchObject({ global: { counter: 7 } });
	});
});

describe('where n8n commits the cursor of a poll together with its execution', () => {
	const committed = (polls: Polls) => void (polls.cursor = '{}');

	test('the trigger follows that cursor', async () => {
		const polls = await following(committed);
		await newContact('lia');

		expect(await polls.told('full_name')).toEqual([['contact_created', 'lia']]);
		expect(await polls.poll()).toBeNull();
		expect(polls.stored).not.toContain('places');
	});

	test('a poll whose execution was not stored is repeated', async () => {
		const polls = await following(committed);
		await newContact('mara');
		const { cursor } = polls;
		await polls.poll();
		polls.cursor = cursor;

		expect(await polls.told('full_name')).toEqual([['contact_created', 'mara']]);
	});

	test('a trigger goes on from what was stored with the workflow before', async () => {
		const polls = await following();
		await newContact('nina');
		committed(polls);

		expect(await polls.told('full_name')).toEqual([['contact_created', 'nina']]);
		expect(await polls.poll()).toBeNull();
	});
});

describe('a trigger that gets deliveries', () => {
	const listen = async (more: object = {}) =>
		await open({ node: 'woofedCrmTrigger', parameters: { events: ['*'] }, ...more });

	test('knows the deliveries that came before it was renamed', async () => {
		const { host, send } = await listen();
		await send(delivery(1));
		const renamed = await listen({ name: 'Deals' });
		renamed.host.stored = host.stored;

		await renamed.send(delivery(1));
		await renamed.send(delivery(2));

		expect(renamed.host.runs).toHaveLength(1);
	});

	test('knows them although it shares the ID of its node with another one, because its webhook ID is its own', async () => {
		const beside = [
			nodeOf('Other', { id: 'trigger', type: 'n8n-nodes-crm-pack.woofedCrmTrigger', webhookId: 'another' }),
		];
		const { host, send } = await listen({ beside });
		await send(delivery(1));
		const renamed = await listen({ name: 'Deals', beside });
		renamed.host.stored = host.stored;

		await renamed.send(delivery(1));

		expect(renamed.host.runs).toEqual([]);
	});

	test('knows the deliveries that an earlier version stored under its name', async () => {
		const { host, send } = await listen();
		await send(delivery(1));
		const { global } = JSON.parse(host.stored) as { global: IDataObject };
		const later = await listen();
		later.host.stored = JSON.stringify({ 'node:Trigger': Object.values(global)[0] });

		await later.send(delivery(1));

		expect(later.host.runs).toEqual([]);
	});

	test.each<[string, Partial<INode>, Partial<INode>]>([
		['the ID of the node', { webhookId: undefined }, { webhookId: undefined }],
		['the ID of the node, but not of the webhook', {}, { webhookId: 'another' }],
	])(
		'knows nothing of the deliveries to another trigger of its workflow that shares %s',
		async (what, mine, others) => {
			const type = 'n8n-nodes-crm-pack.woofedCrmTrigger';
			const other = nodeOf('Other', { id: 'trigger', type, ...others });
			const own = nodeOf('Trigger', { id: 'trigger', type, ...mine });
			const one = await listen({ id: what, beside: [other], ...mine });
			const second = await listen({ id: what, name: 'Other', beside: [own], ...others });

			await one.send(delivery(1));
			second.host.stored = one.host.stored;
			await second.send(delivery(1));
			one.host.stored = second.host.stored;
			await one.send(delivery(1));
			await second.send(delivery(1));

			expect([one.host.runs.length, second.host.runs.length]).toEqual([1, 1]);
		},
	);
});
