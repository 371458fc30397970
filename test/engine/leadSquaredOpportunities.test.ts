import type { ILoadOptionsFunctions } from 'n8n-workflow';
import { Bench, failureIn, pack, workflowOf } from '../support/run';
import { loadOptionsContext } from './engine';
import { byId, mapper } from './forms';

const bench = new Bench();
const owner = '5b000002-1a2b-4c3d-8e4f-000000000002';

const bodies = () => bench.sent('leadSquared').map(({ body }) => body);

describe('the capture of an opportunity', () => {
	const capture = (name: string) => ({
		...{
			resource: 'opportunity',
			operation: 'create',
			SearchBy: 'EmailAddress',
			leadFields: mapper({ EmailAddress: 'second@example.com' }),
		},
		...{ OpportunityEventCode: byId(12000), fields: mapper({ Status: 'Open', mx_Custom_1: name, Owner: 'another' }) },
		additionalFields: { Owner: byId(owner), OpportunityDateTime: '2026-07-01T09:00:00Z' },
	});

	test('sends the lead and the fields as pairs, with the owner from its own field', async () => {
		const { items } = await bench.run('leadSquared', capture('Boat'));

		expect(bodies()).toEqual([
			{
				LeadDetails: [
					{ Attribute: 'SearchBy', Value: 'EmailAddress' },
					{ Attribute: 'EmailAddress', Value: 'second@example.com' },
				],
				Opportunity: {
					OpportunityEventCode: 12000,
					Fields: expect.arrayContaining([
						{ SchemaName: 'Owner', Value: owner },
						{ SchemaName: 'Status', Value: 'Open' },
						{ SchemaName: 'mx_Custom_1', Value: 'Boat' },
					]),
					OpportunityDateTime: '2026-07-01 09:00:00',
				},
			},
		]);
		expect((bodies()[0] as { Opportunity: { Fields: unknown[] } }).Opportunity.Fields).toHaveLength(3);
		expect(items[0].json).toMatchObject({ Status: 'Success', AdditionalDetails: [{ PostDeDupActionPerformed: 1 }] });
	});

	test('goes to the error output with the existing opportunity if a duplicate rule stops it', async () => {
		await bench.run('leadSquared', capture('Plane'));

		const { items, errors } = await bench.run('leadSquared', capture('Plane'), {
			settings: { onError: 'continueErrorOutput' },
		});

		expect(items).toEqual([]);
		expect(failureIn(errors[0])).toMatchObject({
			message: expect.stringMatching(/^LeadSquared created no opportunity, .* opportunity: [0-9a-f-]{36}$/),
			code: 'duplicate',
			mayHaveBeenApplied: true,
		});
	});
});

test('opportunities by their IDs are returned as an item each', async () => {
	const { items } = await bench.run('leadSquared', {
		...{ resource: 'opportunity', operation: 'getByIds', EventCode: byId(12000), Columns: 'CreatedOn,Owner' },
		ids: '5b000050-1a2b-4c3d-8e4f-000000000050, 5b0009ff-1a2b-4c3d-8e4f-0000000009ff',
	});

	expect(items.map(({ json }) => json)).toMatchObject([
		{ ProspectActivityId: '5b000050-1a2b-4c3d-8e4f-000000000050', Owner: owner },
	]);
	expect(bodies()).toEqual([
		{
			SearchParameters: [
				{
					EventCode: '12000',
					ProspectActivityId: ['5b000050-1a2b-4c3d-8e4f-000000000050', '5b0009ff-1a2b-4c3d-8e4f-0000000009ff'],
					Columns: { Include_CSV: 'CreatedOn,Owner' },
				},
			],
		},
	]);
});

test('more than 2000 IDs are refused', async () => {
	const ids = Array.from({ length: 2001 }, () => '5b000050-1a2b-4c3d-8e4f-000000000050').join(',');

	const { error } = await bench.run('leadSquared', {
		resource: 'opportunity',
		operation: 'getByIds',
		EventCode: byId(12000),
		Columns: 'Owner',
		ids,
	});

	expect(error?.message).toBe("'Opportunity IDs' must have at most 2000 IDs, but has 2001 [item 0]");
});

test('a type that only decides the fields of the form is not sent', async () => {
	await bench.run('leadSquared', {
		...{ resource: 'opportunity', operation: 'update', ProspectOpportunityId: '5b000050-1a2b-4c3d-8e4f-000000000050' },
		...{ OpportunityEventCode: byId(12000), fields: mapper({ Status: 'Won' }) },
	});

	expect(bodies()).toEqual([
		{ ProspectOpportunityId: '5b000050-1a2b-4c3d-8e4f-000000000050', Fields: [{ SchemaName: 'Status', Value: 'Won' }] },
	]);
});

test('a deletion that LeadSquared did not carry out is refused', async () => {
	const reply = { status: 200, body: { Status: 'Success', Message: { IsSuccessful: false } } };
	bench.sandbox.vendors.leadSquared.faults.add({ kind: 'answer', reply });

	const { error } = await bench.run('leadSquared', {
		resource: 'opportunity',
		operation: 'delete',
		Id: '5b000050-1a2b-4c3d-8e4f-000000000050',
	});

	expect(error?.message).toContain('LeadSquared refused the request: nothing was done');
});

describe('the list of opportunity types', () => {
	const listed = async () => {
		const context = loadOptionsContext(
			workflowOf('leadSquared', { resource: 'opportunity', operation: 'create' }),
			'CRM',
			{
				pack,
				credentials: bench.sandbox.credentials,
			},
		);
		const { listSearch } = pack.nodeTypes['n8n-nodes-crm-pack.leadSquared'].methods!;
		return (await listSearch!.opportunityTypes.call(context as unknown as ILoadOptionsFunctions)).results;
	};

	test('shows their names with their codes', async () => {
		expect(await listed()).toEqual([
			{ name: 'Loan (12000)', value: 12000 },
			{ name: 'Insurance (12005)', value: 12005 },
		]);
	});

	test('comes from the activity types if the account lacks the list', async () => {
		const { faults } = bench.sandbox.vendors.leadSquared;
		faults.add({ kind: 'answer', reply: { status: 404, body: {} }, times: 1 });
		faults.add({
			kind: 'answer',
			reply: {
				status: 200,
				body: [
					{ ActivityEvent: 201, ActivityEventName: 'Home Visit' },
					{ ActivityEvent: 12000, ActivityEventName: 'Loan' },
				],
			},
		});

		expect(await listed()).toEqual([{ name: 'Loan (12000)', value: 12000 }]);
	});
});
