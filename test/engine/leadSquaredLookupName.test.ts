import type { IDataObject } from 'n8n-workflow';
import { Bench } from '../support/run';

const bench = new Bench();
const byName = (value: string) => ({ __rl: true, mode: 'name', value });
const searchFor = (LookupName: string, LookupValue = 'Sample') => ({
	resource: 'lead',
	operation: 'search',
	LookupName: byName(LookupName),
	LookupValue,
});
const paths = () => bench.sent('leadSquared').map(({ path }) => path.split('/').at(-1));
const namesSent = () =>
	bench.sent('leadSquared').flatMap(({ body }) => ((body as IDataObject)?.Parameter as IDataObject)?.LookupName ?? []);

test.each<[string, IDataObject]>([
	['leads', searchFor('firstNAME')],
	[
		'opportunities of a lead',
		{
			resource: 'opportunity',
			operation: 'getByLeadField',
			LookupName: byName('emailaddress'),
			LookupValue: 'lead@example.com',
		},
	],
])('a search for %s corrects the letter case of a field name', async (_name, parameters) => {
	const { items, error } = await bench.run('leadSquared', parameters);

	expect(error).toBeUndefined();
	expect(items.length).toBeGreaterThan(0);
	expect(paths()[1]).toBe('LeadsMetaData.Get');
});

test('a search by an unknown field fails with the label of the form field, instead of finding nothing', async () => {
	const { error, items } = await bench.run('leadSquared', searchFor('mx_Nowhere'));

	expect(error?.message).toMatch(
		/^'Field' must be the schema name of a lead field in this account, but is "mx_Nowhere"/,
	);
	expect(items).toEqual([]);
});

test('a search that finds records does not request the lead fields', async () => {
	await bench.run('leadSquared', searchFor('FirstName'));

	expect(paths()).toEqual(['Leads.Get']);
});

test('a search by the right field that finds nothing stays empty, and requests the lead fields once per execution', async () => {
	const { items, error } = await bench.run('leadSquared', searchFor('FirstName', 'Nobody'), { items: [{}, {}, {}] });

	expect([items, error]).toEqual([[], undefined]);
	expect(paths().filter((path) => path === 'LeadsMetaData.Get')).toHaveLength(1);
	expect(namesSent()).toEqual(['FirstName', 'FirstName', 'FirstName']);
});

test('a user who may not read the lead fields gets the empty list', async () => {
	bench.sandbox.vendors.leadSquared.faults.add({
		kind: 'answer',
		match: ({ path }) => path.includes('LeadsMetaData'),
		reply: { status: 403, body: { Status: 'Error', ExceptionType: 'MXNoPermission', ExceptionMessage: 'No' } },
	});

	const { items, error } = await bench.run('leadSquared', searchFor('firstname'));

	expect([items, error]).toEqual([[], undefined]);
});

test.each<[string, IDataObject, IDataObject]>([
	['Lead > Search', { ...searchFor('FirstName'), returnAll: true }, { PageIndex: 1, PageSize: 1000 }],
	[
		'Lead > Get Changed',
		{
			resource: 'lead',
			operation: 'getChanged',
			FromDate: '2026-01-01T00:00:00',
			ToDate: '2026-12-01T00:00:00',
			returnAll: true,
		},
		{ PageIndex: 1, PageSize: 1000 },
	],
	[
		'Task > Get Many',
		{
			resource: 'task',
			operation: 'getAll',
			owner: { __rl: true, mode: 'email', value: 'taskowner@example.com' },
			returnAll: true,
		},
		{ Offset: 0, RowCount: 500 },
	],
])('%s with Return All requests the largest known page', async (_name, parameters, Paging) => {
	const { error } = await bench.run('leadSquared', parameters);

	expect(error).toBeUndefined();
	expect(bench.sent('leadSquared')[0].body).toMatchObject({ Paging });
});
