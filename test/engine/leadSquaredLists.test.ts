import type { IDataObject } from 'n8n-workflow';
import { byId } from './forms';
import { inSandbox } from '../vendors/leadSquared/taskSamples';
import { Bench, failureIn } from '../support/run';

const bench = new Bench();
const sent = () => bench.sent('leadSquared');
const run = async (
	resource: string,
	operation: string,
	parameters: IDataObject,
	more: Parameters<typeof bench.run>[2] = {},
) => await bench.run('leadSquared', { resource, operation, ...parameters }, more);
const goesOn = { settings: { onError: 'continueRegularOutput' as const } };

/** Creates an empty list in the sandbox and returns its ID. */
async function newList(): Promise<string> {
	const { items } = await run('list', 'create', { Name: 'Webinar guests' });
	bench.sandbox.reset();
	return items[0].json.Id as string;
}

const addLead = { listId: byId('={{ $json.list }}'), leadId: byId('={{ $json.lead }}') };

describe('leads are added to a list', () => {
	test('in one bulk request per list, and in a single request if the list gets only one lead', async () => {
		const [first, second] = [await newList(), await newList()];
		const items = [first, second, first].map((list, index) => ({
			list,
			lead: index === 2 ? inSandbox.secondLead : inSandbox.lead,
		}));

		const output = await run('list', 'addLead', addLead, { items });

		expect(sent().map(({ query, body }) => ({ ...query, ...(body as object) }))).toEqual([
			{ listId: first, leadIds: [inSandbox.lead, inSandbox.secondLead] },
			{ listId: second, leadId: inSandbox.lead },
		]);
		expect(output.items.map(({ json }) => json)).toEqual(
			[inSandbox.lead, inSandbox.lead, inSandbox.secondLead].map((Id) => ({ Id, AffectedRows: 1 })),
		);
	});

	test('one by one if the bulk request added fewer than it sent, because adding a lead twice is safe', async () => {
		const list = await newList();
		const leads = [inSandbox.lead, inSandbox.secondLead];
		await run('list', 'addLead', addLead, { items: [{ list, lead: leads[0] }] });

		const { items, hints } = await run('list', 'addLead', addLead, {
			items: leads.map((lead) => ({ list, lead })),
			...goesOn,
		});

		expect(items.map(({ json }) => json.error)).toEqual([undefined, undefined]);
		expect(hints).toEqual(
			expect.arrayContaining([expect.stringContaining('the lead is already in the list [item 0]')]),
		);
	});

	test('with a hint for a lead that the list already contains', async () => {
		const { hints } = await run('list', 'addLead', addLead, {
			items: [{ list: inSandbox.list, lead: inSandbox.lead }],
		});

		expect(hints).toEqual(['LeadSquared added nothing, because the lead is already in the list [item 0]']);
	});
});

test.each([
	['removeLead', { ListId: byId(inSandbox.emptyList), LeadID: byId(inSandbox.lead) }],
	['empty', { ListId: byId(inSandbox.emptyList) }],
])(
	'%s is a write although the vendor uses GET: the node does not retry it after a lost response',
	async (operation, parameters) => {
		bench.sandbox.vendors.leadSquared.faults.add({ kind: 'lostAnswer' });

		const { items } = await run('list', operation, parameters, goesOn);

		expect(sent().map(({ method }) => method)).toEqual(['GET']);
		expect(failureIn(items[0]).mayHaveBeenApplied).toBe(true);
	},
);

test('lists are read until a page is empty, because the vendor does not document the page size', async () => {
	const { items } = await run('list', 'getAll', { returnAll: true, filters: { ListType: '1' } });

	expect(items.map(({ json }) => json.ListName)).toEqual(['All customers']);
	expect(sent().map(({ query }) => query)).toEqual([
		{ PageIndex: '1', ListType: '1' },
		{ PageIndex: '2', ListType: '1' },
	]);
});

describe('a user', () => {
	test('who does not exist causes an error by ID, and no items by email', async () => {
		const byTheirId = await run('user', 'get', { userId: byId(inSandbox.lead) });
		const byTheirEmail = await run('user', 'getByEmail', { emailAddress: 'nobody@example.com' });

		expect(byTheirId.error?.message).toContain(`There is no such record (given 'User' "${inSandbox.lead}")`);
		expect([byTheirEmail.error, byTheirEmail.items]).toEqual([undefined, []]);
	});

	test.each(['Users', 'List'])(
		'is found under %s, because the page does not document where the response has the users',
		async (member) => {
			bench.sandbox.vendors.leadSquared.faults.add({
				kind: 'answer',
				reply: { status: 200, body: { RecordCount: 1, [member]: [{ UserId: '1' }] } },
			});
			const GroupConditions = {
				values: [{ LookupName: 'TeamId', Operator: 'eq', LookupValue: '1', ConditionOperator: 'AND' }],
			};

			const { items } = await run('user', 'search', { GroupConditions });

			expect(items.map(({ json }) => json)).toEqual([{ UserId: '1' }]);
			expect(sent()[0].body).toMatchObject({ Columns: { Include_CSV: '*' }, Paging: { PageIndex: 1 } });
		},
	);
});
