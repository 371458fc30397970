import { pick } from '../../nodes/shared/fields';
import type { Lookup } from '../../nodes/shared/fields/lookup';
import { requestLine } from '../../nodes/shared/http/apiRequest';
import * as syncroChat from '../../nodes/SyncroChat/lookups';
import { pages, wholeList } from '../../nodes/SyncroChat/vendor';
import * as woofedCrm from '../../nodes/WoofedCrm/lookups';
import { productPages, searchPages } from '../../nodes/WoofedCrm/vendor';
import { documentedOperation } from '../sandbox/contract';
import { offeredLists, vendors } from '../support/vendors';

const all = vendors.flatMap(({ name, lists }) =>
	Object.entries(lists)
		.filter(([, list]) => !Array.isArray(list))
		.map(([key, list]) => ({ vendor: name, key, lookup: list as Lookup })),
);

test.each(all)(
	'the list $key of $vendor has its own name, a noun, an example that it takes, and asks what the contract documents',
	({ vendor, key, lookup }) => {
		const asked = documentedOperation(vendor, lookup.contract, `the list ${key}`);
		const { method, path } = requestLine(lookup);

		expect(lookup.name).toBe(key);
		expect(lookup.noun).toMatch(/^an? [a-z-]+( [a-z]+)*$/);
		expect(lookup.example).not.toBe('');
		expect(
			pick('P', lookup)
				.spec.schema({ zone: 'UTC', formats: { dateTime: 'iso', time: 'HH:mm' } })
				.safeParse(lookup.example).success,
		).toBe(true);
		const parameterless = (of: string) => of.replace(/\{\w+\}/g, '{}');
		expect([method, parameterless(asked.path).endsWith(parameterless(path))]).toEqual([asked.method, true]);
		expect(path.length).toBeGreaterThan(1);
		expect(lookup.page).toMatch(/^https:\/\/.+/);
	},
);

test.each(all)('what is typed over the list $key of $vendor narrows it, at the vendor or here', ({ lookup }) => {
	expect(lookup.searchHere === true || JSON.stringify(lookup.ask?.('needle')).includes('needle')).toBe(true);
});

test('every list is offered to the forms', () => {
	const offered = [...new Set(vendors.flatMap(offeredLists))].map(({ name }) => name);

	expect(offered.sort()).toEqual(all.map(({ key }) => key).sort());
	expect(syncroChat.multiSelects).toEqual([syncroChat.webhookEvents]);
});

test('stages follow the pipeline that stands beside them, or among the filters', () => {
	expect([woofedCrm.stages.dependsOn, syncroChat.stages.dependsOn, syncroChat.wonStages.dependsOn]).toEqual([
		['pipeline_id', 'pipeline_id_eq'],
		['pipeline_id'],
		undefined,
	]);
});

test('pages of Syncro Chat are asked for by number and size, and what is the default is not sent', () => {
	expect([pages.parameters(1, 50), pages.parameters(2, 50), pages.parameters(1, 200), pages.parameters(3, 7)]).toEqual([
		{},
		{ page: 2 },
		{ per_page: 200 },
		{ page: 3, per_page: 7 },
	]);
	expect(
		[{ meta: { has_more: true } }, { meta: { has_more: 1 } }, { meta: {} }, {}].map((answer) => pages.more!(answer)),
	).toEqual([true, false, false, false]);
	expect(pages).toMatchObject({
		part: 'query',
		maxPageSize: 200,
		identity: 'id',
		unordered: 'Syncro Chat does not document the order of its lists',
	});
});

test('a list of Syncro Chat that comes whole is one page', () => {
	expect(wholeList).toMatchObject({ part: 'query', maxPageSize: Infinity, records: pages.records });
	expect([wholeList.parameters(2, 50), wholeList.more!({ meta: { has_more: true } })]).toEqual([{}, false]);
});

test('pages of WoofedCRM come ten at a time, as a bare list or with the number of the next', () => {
	const ten = Array.from({ length: 10 }, (_, id) => ({ id }));

	expect(searchPages.parameters(2, 10)).toEqual({ page: 2 });
	expect(
		[ten, ten.slice(1), { pagination: { next: 2 } }, { pagination: { next: null } }, {}].map((answer) =>
			searchPages.more!(answer),
		),
	).toEqual([true, false, true, false, false]);
	expect([searchPages.records(ten).length, searchPages.records({ data: ten }).length]).toEqual([10, 10]);
	expect(searchPages).toMatchObject({ part: 'body', maxPageSize: 10, identity: 'id' });
	expect(productPages).toEqual({
		...searchPages,
		unordered: 'WoofedCRM sorts products by creation time, identifier and name, and equal ones in no fixed order',
	});
});
