import type { IDataObject, ILoadOptionsFunctions } from 'n8n-workflow';
import { loadOptionsContext } from './engine';
import { Bench, pack, workflowOf } from '../support/run';
import { byId } from './forms';

const bench = new Bench();
const node = pack.nodeTypes['n8n-nodes-crm-pack.syncroChat'];

const contextFor = (parameters: IDataObject) =>
	loadOptionsContext(workflowOf('syncroChat', parameters), 'CRM', {
		pack,
		credentials: bench.sandbox.credentials,
	}) as unknown as ILoadOptionsFunctions;

describe('webhooks', () => {
	const create = {
		resource: 'webhook',
		operation: 'create',
		target_url: 'https://hooks.example.com/n8n',
		events: ['lead.created'],
		secret: 'a long random text',
	};
	const eventNames = async () =>
		(await node.methods!.loadOptions!.webhookEvents.call(contextFor(create))).map(({ value }) => value);

	test('are made for n8n, and their secret is not in the output', async () => {
		const { items } = await bench.run('syncroChat', create);

		expect(bench.sent('syncroChat')[0].body).toEqual({
			target_url: 'https://hooks.example.com/n8n',
			events: ['lead.created'],
			secret: 'a long random text',
			source: 'n8n',
		});
		expect(items[0].json).toEqual({ success: true, id: expect.any(Number), events: ['lead.created'] });
	});

	test('are read without what belongs to the answer', async () => {
		const { items } = await bench.run('syncroChat', { resource: 'webhook', operation: 'get', id: byId(1) });

		expect(Object.keys(items[0].json)).toEqual([
			'id',
			'target_url',
			'events',
			'source',
			'is_active',
			'failure_count',
			'last_success_at',
			'last_failure_at',
			'last_failure_reason',
			'created_at',
		]);
	});

	test('are read without a secret, should Syncro Chat show it', async () => {
		bench.sandbox.vendors.syncroChat.faults.add({
			kind: 'answer',
			reply: { status: 200, body: { success: true, id: 1, secret: 'hmac' } },
		});

		const { items } = await bench.run('syncroChat', {
			resource: 'webhook',
			operation: 'get',
			id: byId(1),
			simplify: false,
		});

		expect(items[0].json).toEqual({ success: true, id: 1 });
	});

	test('take the events that the account supports', async () => {
		expect(await eventNames()).toContain('lead.lost');
	});

	test('take the documented events where the account does not list any', async () => {
		bench.sandbox.vendors.syncroChat.faults.add({
			kind: 'answer',
			reply: { status: 200, body: { success: true, data: [] } },
		});

		expect(await eventNames()).toEqual([
			'lead.created',
			'lead.updated',
			'lead.stage_changed',
			'lead.won',
			'task.completed',
		]);
	});

	test('take events as text with commas from an expression', async () => {
		await bench.run('syncroChat', { ...create, events: '={{ "lead.created, lead.won" }}' });
		await bench.run('syncroChat', { ...create, events: '={{ ["lead.created ", "lead.won"] }}' });

		expect(bench.sent('syncroChat').map(({ body }) => (body as IDataObject).events)).toEqual([
			['lead.created', 'lead.won'],
			['lead.created', 'lead.won'],
		]);
	});

	test.each<[string, IDataObject, string]>([
		['no event', { events: '={{ [] }}' }, "'Event Names or IDs' is required but empty"],
		['an event without a name', { events: '={{ [""] }}' }, "'Event Names or IDs' must be a list"],
		[
			'an address without its beginning',
			{ target_url: 'hooks.example.com' },
			"'Target URL' must be a full web address",
		],
		['a host and port alone', { target_url: 'hooks.example.com:5678/n8n' }, "'Target URL' must be a full web address"],
	])('with %s are refused', async (_, change, words) => {
		const { error } = await bench.run('syncroChat', { ...create, ...change });

		expect(error?.message).toContain(words);
		expect(bench.sent('syncroChat')).toEqual([]);
	});
});
