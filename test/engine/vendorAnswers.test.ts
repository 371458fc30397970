import type { IDataObject, ILoadOptionsFunctions, ResourceMapperFields } from 'n8n-workflow';
import { Bench, failureIn, pack, workflowOf, type NodeName } from '../support/run';
import { loadOptionsContext } from './engine';
import { appointment, byId, createTask, note, weglyTask } from './forms';

const bench = new Bench();
const answer = (node: NodeName, status: number, body: unknown, times?: number) =>
	bench.sandbox.vendors[node].faults.add({ kind: 'answer', reply: { status, body }, times });

// Pauses of our own have full jitter, so that a random number of 0 takes the waiting out of the tests.
beforeEach(() => jest.spyOn(Math, 'random').mockReturnValue(0));
afterEach(() => jest.restoreAllMocks());

const writes: Array<[NodeName, IDataObject]> = [
	['syncroChat', createTask],
	['wegly', weglyTask],
	['woofedCrm', note],
	['leadSquared', appointment],
];

describe.each(writes)('a write to %s', (node, parameters) => {
	const outcomeOf = async (status: number) => {
		answer(node, status, { message: 'No' });
		const { items } = await bench.run(node, parameters, { settings: { onError: 'continueRegularOutput' } });
		return failureIn(items[0]);
	};

	test.each([400, 403, 422, 499])('that is answered with %p was not carried out', async (status) => {
		expect(await outcomeOf(status)).toEqual(expect.not.objectContaining({ mayHaveBeenApplied: expect.anything() }));
		expect(bench.sent(node)).toHaveLength(1);
	});

	test.each([500, 501, 502, 599])(
		'that is answered with %p may have been carried out, and is not repeated',
		async (status) => {
			expect(await outcomeOf(status)).toMatchObject({
				httpCode: status,
				mayHaveBeenApplied: true,
				message: expect.stringContaining('may have been carried out'),
			});
			expect(bench.sent(node)).toHaveLength(1);
		},
	);
});

test('a template that the WhatsApp provider did not take over may have been sent', async () => {
	answer('syncroChat', 502, { success: false, message: 'Provider error' });

	const { items } = await bench.run(
		'syncroChat',
		{ resource: 'lead', operation: 'sendTemplate', id: byId(124), template_id: byId(1) },
		{ settings: { onError: 'continueRegularOutput' } },
	);

	expect(failureIn(items[0])).toMatchObject({
		code: 'provider',
		mayHaveBeenApplied: true,
		description: expect.stringContaining('The WhatsApp provider did not accept the message.'),
	});
	expect(bench.sent('syncroChat')).toHaveLength(1);
});

describe('a task of Syncro Chat, when the answer is lost,', () => {
	const runOnTask = async (operation: string, parameters: IDataObject) => {
		const { task } = await bench.post('syncroChat', '/tasks', {
			subject: 'Call',
			type: 'call',
			due_date: '2026-07-01',
		});
		bench.sandbox.vendors.syncroChat.faults.add({ kind: 'lostAnswer', times: 1 });
		return await bench.run('syncroChat', {
			resource: 'task',
			operation,
			id: byId((task as IDataObject).id as number),
			...parameters,
		});
	};

	test.each([
		['complete', {}],
		['reopen', {}],
		['update', { updateFields: { notes: 'x' } }],
	])('is written again by %s, which does no harm', async (operation, parameters) => {
		const { items } = await runOnTask(operation, parameters);

		expect(items[0].json).toMatchObject({ subject: 'Call' });
		expect(bench.sent('syncroChat')).toHaveLength(2);
	});

	test.each(['toggle', 'delete'])('is not written again by %s', async (operation) => {
		const { error } = await runOnTask(operation, {});

		expect(error?.message).toContain('may have been carried out');
		expect(bench.sent('syncroChat')).toHaveLength(1);
	});
});

describe('fields of a mapper', () => {
	const fieldsOf = async (method: string, data: unknown) => {
		answer('syncroChat', 200, { success: true, data });
		const context = loadOptionsContext(
			workflowOf('syncroChat', { resource: 'lead', operation: 'sendTemplate', template_id: byId(3) }),
			'CRM',
			{
				pack,
				credentials: bench.sandbox.credentials,
			},
		);
		return (await pack.nodeTypes['n8n-nodes-crm-pack.syncroChat'].methods!.resourceMapping![method].call(
			context as unknown as ILoadOptionsFunctions,
		)) as ResourceMapperFields;
	};
	const label = (fields: ResourceMapperFields) =>
		fields.fields.map(({ id, displayName, required }) => [id, displayName, required]);

	test.each<[string, IDataObject, IDataObject]>([
		['a number', { field_type: 'number' }, { type: 'number' }],
		['an amount', { field_type: 'currency' }, { type: 'number' }],
		['a day', { field_type: 'date' }, { type: 'dateTime' }],
		[
			'a choice',
			{ field_type: 'select', options: ['a', 2, { toString: 1 }] },
			{
				type: 'options',
				options: [
					{ name: 'a', value: 'a' },
					{ name: '2', value: '2' },
					{ name: '{"toString":1}', value: '{"toString":1}' },
				],
			},
		],
		['a choice without its list', { field_type: 'select', options: 'a' }, { type: 'options' }],
		['several of a list', { field_type: 'multiselect', options: ['a'] }, { type: 'array', choices: ['a'] }],
		['yes or no', { field_type: 'checkbox' }, { type: 'boolean' }],
		['another kind', { field_type: 'constructor', options: ['a'] }, { type: 'string' }],
		['a kind that is no text', { field_type: { toString: 1 } }, { type: 'string' }],
		['a required one', { is_required: true }, { type: 'string', required: true }],
		['one that is not quite required', { is_required: 1 }, { type: 'string' }],
	])('of custom fields stand for %s', async (_, field, shown) => {
		expect((await fieldsOf('customFields', [{ name: 'size', label: 'Size', ...field }])).fields).toEqual([
			{
				id: 'size',
				displayName: 'Size',
				required: false,
				defaultMatch: false,
				canBeUsedToMatch: false,
				display: true,
				...shown,
			},
		]);
		expect(bench.sent('syncroChat')).toMatchObject([
			{ method: 'GET', path: '/api/v1/custom-fields', query: { active_only: 'true' } },
		]);
	});

	test('of custom fields have names in words, whatever the vendor calls them', async () => {
		expect(label(await fieldsOf('customFields', [{ name: { toString: 1 }, label: null }]))).toEqual([
			['{"toString":1}', 'null', false],
		]);
	});

	test('of a template are found by its ID, among templates of any kind', async () => {
		expect(
			label(
				await fieldsOf('templateVariables', [
					{ id: { toString: 1 }, body: '{{1}} {{2}}' },
					{ id: '3', body: 'Olá {{1}}' },
				]),
			),
		).toEqual([['1', 'Olá {{1}}', true]]);
	});

	test.each<[string, IDataObject, Array<[string, string]>]>([
		[
			'are in the order of their numbers',
			{ body: '{{2}} e {{1}}' },
			[
				['1', '{{2}} e {{1}}'],
				['2', '{{2}} e {{1}}'],
			],
		],
		[
			'show where they come first',
			{ body: '{{ 1 }} is longer than ten characters {{1}}' },
			[['1', '{{ 1 }} is longer…']],
		],
		[
			'show ten characters on either side, on one line',
			{ body: '0123456789\n  12345 {{1}}\n23456789 more' },
			[['1', '…9 12345 {{1}} 23456789 …']],
		],
		[
			'show the text whole where it is short',
			{ body: '123456789 {{1}} 123456789' },
			[['1', '123456789 {{1}} 123456789']],
		],
		[
			'stand in addresses of buttons',
			{ components: [{ type: 'BUTTONS', buttons: [{ type: 'URL', text: 'Open', url: 'https://x.example/{{1}}' }] }] },
			[['1', '…x.example/{{1}}']],
		],
		[
			'do not stand in names of kinds',
			{ components: [{ type: '{{9}}', text: 'Olá {{1}}' }, null, 'text {{8}}', 7] },
			[['1', 'Olá {{1}}']],
		],
		[
			'stand in the body beside blank components',
			{ components: [{ text: '  ' }], body: 'Olá {{1}}' },
			[['1', 'Olá {{1}}']],
		],
	])('of a template %s', async (_, template, shown) => {
		expect(label(await fieldsOf('templateVariables', [{ id: 3, ...template }]))).toEqual(
			shown.map(([id, words]) => [id, words, true]),
		);
	});

	test.each<[string, unknown[]]>([
		['the template is not there', [{ id: 4, body: '{{1}}' }]],
		['its components are no list', [{ id: 3, components: { text: '{{1}}' } }]],
		['the first number is missing', [{ id: 3, body: '{{2}}' }]],
		['a number begins with zero', [{ id: 3, body: '{{01}}' }]],
	])('of a template are ten optional ones when %s', async (_, data) => {
		expect(label(await fieldsOf('templateVariables', data))).toEqual(
			Array.from({ length: 10 }, (__, index) => [String(index + 1), `Variable ${index + 1}`, false]),
		);
	});
});
