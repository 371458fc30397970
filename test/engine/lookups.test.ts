import type { IDataObject, ILoadOptionsFunctions, INodeListSearchResult } from 'n8n-workflow';
import { loadOptionsContext } from './engine';
import { byId } from './forms';
import { Bench, pack, workflowOf, type NodeName } from '../support/run';

const bench = new Bench();

/** Calls a drop-down's method as the editor does. */
async function search(
	node: NodeName,
	method: string,
	filter?: string,
	paginationToken?: string,
	parameters: IDataObject = {},
): Promise<INodeListSearchResult> {
	const context = loadOptionsContext(
		workflowOf(node, { resource: 'task', operation: 'create', ...parameters }),
		'CRM',
		{
			pack,
			credentials: bench.sandbox.credentials,
		},
	);
	const { listSearch } = pack.nodeTypes[`n8n-nodes-crm-pack.${node}`].methods!;
	return await listSearch![method].call(context as unknown as ILoadOptionsFunctions, filter, paginationToken);
}

const namesIn = async (...asked: Parameters<typeof search>) => (await search(...asked)).results.map(({ name }) => name);

test.each<[NodeName, string, string | undefined, IDataObject]>([
	['syncroChat', 'users', undefined, { name: 'Ana · ana@example.com', value: 12 }],
	['syncroChat', 'users', 'RUI', { name: 'Rui · rui@example.com', value: 13 }],
	['syncroChat', 'leads', 'joão', { name: 'João Silva · +5511999877660', value: 123 }],
	['woofedCrm', 'deals', 'website', { name: 'Website plan lead · Mariana Costa · New · Sales · open', value: 1 }],
	['leadSquared', 'appointmentTypes', undefined, { name: 'Demo', value: 'Demo' }],
	['leadSquared', 'toDoTypes', 'revive', { name: 'Revive Old Lead', value: 'Revive Old Lead' }],
	[
		'leadSquared',
		'users',
		undefined,
		{ name: 'Task Owner · taskowner@example.com', value: '5b000002-1a2b-4c3d-8e4f-000000000002' },
	],
	[
		'leadSquared',
		'leads',
		'sample',
		{ name: 'Sample Lead · lead@example.com · +91-9000000000', value: '5b00000a-1a2b-4c3d-8e4f-00000000000a' },
	],
])('%s: the list of %s searched for %p holds the entry', async (node, method, filter, entry) => {
	expect((await search(node, method, filter)).results).toContainEqual(entry);
});

test('stage and pipeline of the deals of a page are read once for each stage, and their contacts by one search', async () => {
	await search('woofedCrm', 'deals');

	expect(bench.sent('woofedCrm').map(({ method, path }) => [method, path.split('/1/')[1]])).toEqual([
		['POST', 'deals/search'],
		['POST', 'contacts/search'],
		...Array.from({ length: 3 }, () => ['GET', expect.stringMatching(/^deals\/\d+$/)]),
	]);
});

test('a deal of WoofedCRM is shown with its own contact, by name, email or phone, and without one where the contact is gone', async () => {
	const deal = { status: 'open', stage_id: 1, pipeline_id: 1 };
	const found = [
		{ ...deal, id: 1, name: 'A', contact_id: 1 },
		{ ...deal, id: 2, name: 'B', contact_id: 9999 },
		{ ...deal, id: 3, name: 'C' },
		{ ...deal, id: 4, name: 'D', contact_id: 4, contact: { full_name: '', phone: '+5511988887777' } },
	];
	bench.sandbox.vendors.woofedCrm.faults.add({
		kind: 'answer',
		reply: { status: 200, body: { data: found, pagination: { next: null } } },
		times: 1,
	});

	expect(await namesIn('woofedCrm', 'deals')).toEqual([
		'A · Mariana Costa · New · Sales · open',
		'B · New · Sales · open',
		'C · New · Sales · open',
		'D · +5511988887777 · New · Sales · open',
	]);
});

test('a task is found by its subject on a later page, although the list of the vendor knows no search', async () => {
	const create = {
		resource: 'task',
		operation: 'create',
		subject: '={{ $json.subject }}',
		type: 'call',
		due_date: '2026-07-01',
	};
	await bench.run('syncroChat', create, {
		items: Array.from({ length: 251 }, (_, index) => ({ subject: index === 250 ? 'Needle' : `Task ${index}` })),
	});

	const { results } = await search('syncroChat', 'tasks', 'needle');

	expect(results).toEqual([{ name: 'Needle · 2026-07-01 · pending', value: expect.any(Number) }]);
});

test('appointment types and to-do types are kept apart', async () => {
	const names = async (method: string) => (await search('leadSquared', method)).results.map(({ name }) => name);

	expect([await names('appointmentTypes'), await names('toDoTypes')]).toEqual([
		['Meeting', 'Demo'],
		['Follow-Up', 'Revive Old Lead'],
	]);
});

test('users who have left are not offered as owners', async () => {
	expect((await search('leadSquared', 'users')).results).toHaveLength(1);
});

test.each<[NodeName, string, number]>([
	['syncroChat', 'leads', 120],
	['woofedCrm', 'deals', 23],
])('%s: the list of %s can be read to its end, page after page', async (node, method, count) => {
	const seen: unknown[] = [];
	let token: string | undefined;
	do {
		const page = await search(node, method, undefined, token);
		seen.push(...page.results.map(({ value }) => value));
		token = page.paginationToken as string | undefined;
	} while (token);

	expect(new Set(seen).size).toBe(count);
});

test('a list that only answers to a search asks the vendor nothing without one', async () => {
	expect(await search('leadSquared', 'leads', ' ')).toEqual({ results: [] });
	expect(bench.sent('leadSquared')).toEqual([]);
});

test('an older WoofedCRM without a list of deals says so, and that the ID can be typed', async () => {
	bench.sandbox.vendors.woofedCrm.faults.add({
		kind: 'answer',
		reply: { status: 404, body: { status: 404, error: 'Not Found' } },
	});

	await expect(search('woofedCrm', 'deals')).rejects.toThrow(
		'Older versions of WoofedCRM lack some requests. If a list is missing, choose By ID',
	);
});

describe('stages of WoofedCRM', () => {
	const names = async (method = 'stages', parameters: IDataObject = {}) =>
		(await search('woofedCrm', method, undefined, undefined, { resource: 'deal', ...parameters })).results.map(
			({ name }) => name,
		);
	const listed = [
		{
			id: 2,
			name: 'Sales',
			stages: [
				{ id: 1, name: 'New', position: 1 },
				{ id: 3, name: 'Proposal', position: 2 },
			],
		},
		{ id: 5, name: 'Support', stages: [{ id: 8, name: 'Waiting', position: 1 }] },
	];
	const withList = () =>
		bench.sandbox.vendors.woofedCrm.faults.add({ kind: 'answer', reply: { status: 200, body: listed } });

	test('come from the list of pipelines where there is one', async () => {
		withList();

		expect([await names('pipelines'), await names()]).toEqual([
			['Sales', 'Support'],
			['New · Sales', 'Proposal · Sales', 'Waiting · Support'],
		]);
	});

	test.each<[string, IDataObject]>([
		['beside it', { operation: 'moveToStage', pipeline_id: byId(5) }],
		['among the fields to update', { operation: 'update', updateFields: { pipeline_id: byId(5) } }],
		['among the filters', { operation: 'getAll', filters: { pipeline_id_eq: byId(5) } }],
	])('are those of the pipeline chosen %s', async (_, parameters) => {
		withList();

		expect(await names('stages', parameters)).toEqual(['Waiting · Support']);
	});

	test('are all there when the pipeline comes from an expression, which has no value yet', async () => {
		withList();

		expect(
			await names('stages', { operation: 'moveToStage', pipeline_id: byId('={{ $json.pipeline }}') }),
		).toHaveLength(3);
	});

	test('come from recent deals where WoofedCRM has no list of pipelines', async () => {
		expect([await names('pipelines'), await names()]).toEqual([
			['Sales'],
			['New · Sales', 'Proposal · Sales', 'Negotiation · Sales'],
		]);
	});

	test('have to be typed where WoofedCRM lists neither pipelines nor deals', async () => {
		bench.sandbox.vendors.woofedCrm.faults.add({
			kind: 'answer',
			reply: { status: 404, body: { status: 404, error: 'Not Found' } },
		});

		await expect(names()).rejects.toThrow('If a list is missing, choose By ID');
		expect(bench.sent('woofedCrm').map(({ path }) => path.split('/1/')[1])).toEqual(['pipelines', 'deals/search']);
	});

	test('are not looked for among deals when the list of pipelines is refused for another reason', async () => {
		bench.sandbox.vendors.woofedCrm.faults.add({
			kind: 'answer',
			reply: { status: 401, body: { errors: 'Unauthorized' } },
		});

		await expect(names()).rejects.toThrow('Unauthorized');
		expect(bench.sent('woofedCrm')).toHaveLength(1);
	});
});

test('Chatwoot inboxes come from the list where there is one, with the ID as text', async () => {
	bench.sandbox.vendors.woofedCrm.faults.add({
		kind: 'answer',
		reply: { status: 200, body: { inboxes: [{ id: 46, name: 'WhatsApp', channel_type: 'Channel::Whatsapp' }] } },
	});

	expect((await search('woofedCrm', 'chatwootInboxes')).results).toEqual([{ name: 'WhatsApp', value: '46' }]);
});

test('Chatwoot inboxes have to be typed where WoofedCRM has no list of them', async () => {
	await expect(search('woofedCrm', 'chatwootInboxes')).rejects.toThrow('choose By ID and type the ID');
});

test('a missing permission shows what to do about it', async () => {
	bench.sandbox.vendors.syncroChat.faults.add({
		kind: 'answer',
		reply: { status: 403, body: { message: 'Sem permissão', required_permission: 'users:read' } },
	});

	await expect(search('syncroChat', 'users')).rejects.toThrow(
		'Syncro Chat refused the request: Sem permissão. The key lacks the permission users:read',
	);
});

test.each([
	['contacts', 'MARIANA@', ['Mariana Costa · mariana@example.com · +5511999990001']],
	['contacts', '9990001', ['Mariana Costa · mariana@example.com · +5511999990001']],
	['products', 'host-01', ['Hosting · HOST-01']],
	['users', 'rui', ['Rui · rui@example.com']],
])('the list of %s in WoofedCRM finds %p in any of its texts', async (method, words, expected) => {
	expect(await namesIn('woofedCrm', method, words)).toEqual(expected);
});

test('a list of WoofedCRM names a record without texts by its ID', async () => {
	bench.sandbox.vendors.woofedCrm.faults.add({
		kind: 'answer',
		reply: { status: 200, body: { data: [{ id: 77, name: '', identifier: '' }] } },
	});

	expect(await namesIn('woofedCrm', 'products')).toEqual(['Product 77']);
});
