import type { IDataObject } from 'n8n-workflow';
import { namedEntry, stagesOf, type Pipeline } from '../../nodes/shared/form/pipelines';
import * as syncroChat from '../../nodes/SyncroChat/lookups';
import * as woofedCrm from '../../nodes/WoofedCrm/lookups';
import { failureBy, linesOf, scripted } from '../support/scripted';
import { offeredLists, vendors } from '../support/vendors';

const hostile = { toString: 'x' };

describe('deals of WoofedCRM', () => {
	const { complete } = woofedCrm.deals;
	const sales = { id: 1, name: 'Sales' };
	const fresh = { id: 4, name: 'New', pipeline_id: 1 };

	test('get the names of stage and pipeline by one deal for each place', async () => {
		const page = [
			{ id: 1, stage_id: 4, pipeline_id: 1 },
			{ id: 2, stage_id: 4, pipeline_id: 1 },
			{ id: 3, stage_id: 4, pipeline_id: 2 },
		];
		const { ask, calls } = scripted(
			{ id: 2, stage_id: 4, pipeline_id: 1, stage: fresh, pipeline: sales },
			{ id: 3, stage_id: 4, pipeline_id: 2, stage: fresh },
		);

		const records = await complete!(page, ask);

		expect(linesOf(calls)).toEqual(['GET /deals/2', 'GET /deals/3']);
		expect(records).toEqual([
			{ ...page[0], stage: fresh, pipeline: sales },
			{ ...page[1], stage: fresh, pipeline: sales },
			{ ...page[2], stage: fresh },
		]);
	});

	test('that come with their stage are not read again', async () => {
		const page = [{ id: 1, stage_id: 4, pipeline_id: 1, stage: fresh }];
		const { ask, calls } = scripted();

		expect(await complete!(page, ask)).toEqual(page);
		expect(calls).toEqual([]);
	});

	test('whose places are no numbers do not break the list', async () => {
		const page = [{ id: 1, stage_id: hostile, pipeline_id: hostile }] as unknown as IDataObject[];

		expect(await complete!(page, scripted({ id: 1 }).ask)).toEqual(page);
	});

	test.each([undefined, null, '../users/1', hostile])('with %j in place of an ID are not asked for', async (id) => {
		const { ask, calls } = scripted();

		expect((await failureBy(complete!([{ id, stage_id: 4 }] as unknown as IDataObject[], ask))).message).toContain(
			'The response contains no usable ID of a deal',
		);
		expect(calls).toEqual([]);
	});

	test.each([null, 'words', [], 7])('that come as %j are words', async (answer) => {
		expect((await failureBy(complete!([{ id: 1, stage_id: 4 }], scripted(answer).ask))).message).toContain(
			'Record 1 of the list is not an object, but',
		);
	});

	test('are searched by a part of their name, the latest first', () => {
		expect([woofedCrm.deals.ask!('shop'), woofedCrm.deals.ask!(undefined)]).toEqual([
			{ query: { name_cont: 'shop', s: 'id desc' } },
			{ query: { s: 'id desc' } },
		]);
	});

	test('give pipelines and stages where there is no list of them, without a stage in two pipelines', async () => {
		const deals = [
			{ id: 1, stage: fresh, pipeline: sales },
			{ id: 2, stage: { ...fresh, id: 5, name: 'Offer' }, pipeline: sales },
			{ id: 3, stage: fresh, pipeline: sales },
			{ id: 4, stage: { ...fresh, id: 7, pipeline_id: 2 }, pipeline: sales },
			{ id: 5, stage: { id: 6, name: 'Old' }, pipeline: { id: 2, name: 'Support' } },
			{ id: 6, stage: null, pipeline: sales },
			{ id: 7, stage: fresh, pipeline: null },
			{ id: 8, stage: 'x', pipeline: hostile },
			{ id: 9, stage: fresh, pipeline: 'Sales' },
		];
		const { ask, calls } = scripted({ data: deals, pagination: {} });

		expect(await woofedCrm.stages.otherwise!(ask)).toEqual([
			{ id: 1, name: 'Sales', stages: [fresh, { ...fresh, id: 5, name: 'Offer' }] },
			{ id: 2, name: 'Support', stages: [{ id: 6, name: 'Old' }] },
		]);
		expect(calls).toEqual([
			{
				method: 'POST',
				effect: 'reads',
				path: '/deals/search',
				query: {},
				body: { query: { s: ['updated_at desc', 'id asc'] }, page: 1 },
			},
		]);
	});

	test('that are read for their stages are the fifty that changed last', async () => {
		const page = (start: number) => ({
			data: Array.from({ length: 10 }, (_, index) => ({ id: start + index, stage: fresh, pipeline: sales })),
			pagination: { next: 2 },
		});
		const { ask, calls } = scripted(...[0, 10, 20, 30, 40].map(page));

		await woofedCrm.stages.otherwise!(ask);

		expect(calls).toHaveLength(5);
	});
});

test.each([
	[
		'contacts',
		woofedCrm.contacts,
		{ m: 'or', full_name_cont: 'a', email_cont: 'a', phone_cont: 'a', s: 'id desc' },
		{ s: 'id desc' },
	],
	[
		'products',
		woofedCrm.products,
		{ m: 'or', name_cont: 'a', identifier_cont: 'a', s: ['created_at desc', 'identifier asc', 'name asc'] },
		{ s: ['created_at desc', 'identifier asc', 'name asc'] },
	],
	['users', woofedCrm.users, { m: 'or', full_name_cont: 'a', email_cont: 'a', s: 'id desc' }, { s: 'id desc' }],
])('%s of WoofedCRM are searched by what a list shows of them', (_, lookup, narrowed, whole) => {
	expect([lookup.ask!('a'), lookup.ask!(undefined)]).toEqual([{ query: narrowed }, { query: whole }]);
});

test.each<[string, (record: IDataObject) => unknown, IDataObject, unknown]>([
	[
		'a deal',
		woofedCrm.deals.entry,
		{ id: 1, name: 'Shop', stage: { name: 'New' }, pipeline: { name: 'Sales' }, status: 'open' },
		{ name: 'Shop · New · Sales · open', value: 1 },
	],
	[
		'a contact',
		woofedCrm.contacts.entry,
		{ id: 1, full_name: 'Ana', email: 'a@example.com', phone: '+55' },
		{ name: 'Ana · a@example.com · +55', value: 1 },
	],
	[
		'a contact without anything',
		woofedCrm.contacts.entry,
		{ id: 1, full_name: '', phone: null },
		{ name: 'Contact 1', value: 1 },
	],
	['a product without anything', woofedCrm.products.entry, { id: 2 }, { name: 'Product 2', value: 2 }],
	['a product', woofedCrm.products.entry, { id: 2, name: 'Plan', identifier: 'P-1' }, { name: 'Plan · P-1', value: 2 }],
	[
		'a user',
		woofedCrm.users.entry,
		{ id: 3, full_name: 'Rui', email: 'r@example.com' },
		{ name: 'Rui · r@example.com', value: 3 },
	],
	[
		'a user without anything',
		woofedCrm.users.entry,
		{ id: hostile as never },
		{ name: 'User {"toString":"x"}', value: hostile },
	],
	['an inbox', woofedCrm.chatwootInboxes.entry, { id: 46, name: 'WhatsApp' }, { name: 'WhatsApp', value: '46' }],
	[
		'an inbox by text',
		woofedCrm.chatwootInboxes.entry,
		{ id: '46', name: hostile as never },
		{ name: '{"toString":"x"}', value: '46' },
	],
	[
		'an inbox without an ID',
		woofedCrm.chatwootInboxes.entry,
		{ name: 'WhatsApp' },
		{ name: 'WhatsApp', value: undefined },
	],
	[
		'a user of Syncro Chat',
		syncroChat.users.entry,
		{ id: 12, name: 'Ana', email: 'a@example.com' },
		{ name: 'Ana · a@example.com', value: 12 },
	],
	[
		'a lead with both',
		syncroChat.leads.entry,
		{ id: 1, name: 'Ana', phone: '+55', email: 'a@example.com' },
		{ name: 'Ana · +55', value: 1 },
	],
	[
		'a lead without a number',
		syncroChat.leads.entry,
		{ id: 1, name: 'Ana', phone: null, email: 'a@example.com' },
		{ name: 'Ana · a@example.com', value: 1 },
	],
	[
		'a task',
		syncroChat.tasks.entry,
		{ id: 45, subject: 'Call', due_date: '2026-07-01', status: 'pending' },
		{ name: 'Call · 2026-07-01 · pending', value: 45 },
	],
	[
		'a number',
		syncroChat.whatsappNumbers.entry,
		{ id: 2, display_name: 'Official', phone_number: '+55' },
		{ name: 'Official · +55', value: 2 },
	],
	[
		'a template',
		syncroChat.whatsappTemplates.entry,
		{ id: 1, name: 'welcome', language: 'pt_BR' },
		{ name: 'welcome · pt_BR', value: 1 },
	],
	[
		'a webhook',
		syncroChat.webhooks.entry,
		{ id: 1, target_url: 'https://x.example' },
		{ name: 'https://x.example', value: 1 },
	],
	['a stage', namedEntry, { id: 5, name: 'New', pipeline: 'Sales' }, { name: 'New · Sales', value: 5 }],
])('%s is shown by what tells it apart', (_, entry, record, shown) => {
	expect(entry(record)).toEqual(shown);
});

describe('stages', () => {
	const pipelines = [
		{ id: 1, name: 'Sales', stages: [{ id: 4, name: 'New' }] },
		{ id: 2, name: 'Support', stages: [{ id: 8, name: 'Waiting' }] },
		{ id: hostile, name: hostile, stages: [] },
	] as unknown as Pipeline[];

	test('come with the name of their pipeline, all of them or those of one', () => {
		expect([stagesOf(pipelines), stagesOf(pipelines, '2')]).toEqual([
			[
				{ id: 4, name: 'New', pipeline: 'Sales' },
				{ id: 8, name: 'Waiting', pipeline: 'Support' },
			],
			[{ id: 8, name: 'Waiting', pipeline: 'Support' }],
		]);
	});

	test.each<[unknown, string]>([
		[{ id: 1, name: 'Sales' }, "The response contains no list under 'stages'"],
		[{ id: 1, stages: [null] }, "Record 1 of the list under 'stages' is not an object, but null"],
	])('that are missing from %j are words', (pipeline, words) => {
		expect(() => stagesOf([pipeline as Pipeline])).toThrow(words);
	});

	test.each([
		[woofedCrm.stages, null],
		[woofedCrm.stages, { pipelines: [] }],
		[syncroChat.stages, []],
		[syncroChat.wonStages, { pipelines: 'x' }],
		[syncroChat.lostReasons, { pipelines: [] }],
		[woofedCrm.chatwootInboxes, { inboxes: {} }],
	])('of $name are words when the answer is %j', ({ records }, answer) => {
		expect(() => records!(answer)).toThrow('The response contains no list');
	});

	test('and inboxes come as the vendor lists them', () => {
		expect([
			woofedCrm.stages.records!(pipelines, '2').length,
			woofedCrm.chatwootInboxes.records!({ inboxes: [{ id: 46 }] }),
		]).toEqual([1, [{ id: 46 }]]);
	});

	test('of Syncro Chat are won, lost or neither', () => {
		const stages = [
			{ id: 1, is_won: true, is_lost: false },
			{ id: 2, is_won: false, is_lost: true },
			{ id: 3, is_won: false, is_lost: false },
		];
		const answer = {
			pipelines: [
				{ id: 1, name: 'Sales', stages },
				{ id: 2, name: 'Support', stages: [{ id: 4 }] },
			],
			lost_reasons: [{ id: 3, name: 'Price' }],
		};
		const ids = [
			syncroChat.stages,
			syncroChat.wonStages,
			syncroChat.lostStages,
			syncroChat.lostReasons,
			syncroChat.pipelines,
		].map(({ records }) => records!(answer).map(({ id }) => id));

		expect(ids).toEqual([[1, 2, 3, 4], [1], [2], [3], [1, 2]]);
		expect(syncroChat.stages.records!(answer, '2').map(({ id }) => id)).toEqual([4]);
	});
});

describe('lists of Syncro Chat', () => {
	test('of numbers hold those that can send templates', () => {
		expect(
			syncroChat.whatsappNumbers.records!({
				data: [{ id: 1, supports_templates: true }, { id: 2, supports_templates: 'yes' }, { id: 3 }],
			}),
		).toEqual([{ id: 1, supports_templates: true }]);
	});

	test('of leads and templates are narrowed by the vendor', () => {
		expect([
			syncroChat.leads.ask!('ana'),
			syncroChat.leads.ask!(undefined),
			syncroChat.whatsappTemplates.ask!('x'),
		]).toEqual([{ q: 'ana' }, {}, { status: 'APPROVED' }]);
	});

	test('of events are those of the account, or else the documented ones', () => {
		const { records, entry } = syncroChat.webhookEvents;

		expect(records!({ supported_events: ['a', 'b'] }).map(entry)).toEqual([
			{ name: 'a', value: 'a' },
			{ name: 'b', value: 'b' },
		]);
		expect(records!({}).map(({ name }) => name)).toEqual([
			'lead.created',
			'lead.updated',
			'lead.stage_changed',
			'lead.won',
			'task.completed',
		]);
		expect(() => records!({ supported_events: 'all' })).toThrow('The response contains no list');
	});
});

test('each list of a vendor has a name of its own', () => {
	const twice = vendors.flatMap((parts) => {
		// A list may fill in locators and multi-selects.
		const names = [...new Set(offeredLists(parts))].map(({ name }) => `${parts.name} ${name}`);
		return names.filter((name, index) => names.indexOf(name) !== index);
	});

	expect(twice).toEqual([]);
});
