import type { IDataObject, ILoadOptionsFunctions, ResourceMapperFields } from 'n8n-workflow';
import { Bench, failureIn, pack, workflowOf } from '../support/run';
import { loadOptionsContext } from './engine';
import { byId } from './forms';

const bench = new Bench();
const node = pack.nodeTypes['n8n-nodes-crm-pack.leadSquared'];
const leads = ['5b00000a-1a2b-4c3d-8e4f-00000000000a', '5b00000b-1a2b-4c3d-8e4f-00000000000b'];
const activity = '5b000046-1a2b-4c3d-8e4f-000000000046';

const contextFor = (parameters: IDataObject) =>
	loadOptionsContext(workflowOf('leadSquared', parameters), 'CRM', {
		pack,
		credentials: bench.sandbox.credentials,
	}) as unknown as ILoadOptionsFunctions;
const fieldsOf = async (method: string, parameters: IDataObject) =>
	(await node.methods!.resourceMapping![method].call(contextFor(parameters))) as ResourceMapperFields;

/** Returns the mapper as the editor stores it, with values for some fields of the account. */
async function mapped(method: string, parameters: IDataObject, value: IDataObject): Promise<IDataObject> {
	const { fields: schema } = await fieldsOf(method, parameters);
	bench.sandbox.reset();
	return { mappingMode: 'defineBelow', value, matchingColumns: [], schema } as unknown as IDataObject;
}

const bodies = () => bench.sent('leadSquared').map(({ body }) => body);
const paths = () => bench.sent('leadSquared').map(({ path }) => path.split('/').slice(3).join('/'));

const create = {
	resource: 'activity',
	operation: 'create',
	leadBy: 'id',
	RelatedProspectId: byId(leads[0]),
	ActivityEvent: byId(201),
};

describe('the fields of an activity', () => {
	test('are the fields of its type, sent as pairs in the types and formats of the vendor', async () => {
		const Fields = await mapped('activityFields', create, {
			mx_Custom_2: 'Interested',
			mx_Custom_3: '12.5',
			mx_Custom_5: '2026-07-01T09:00:00',
			mx_Custom_1: '',
		});

		await bench.run(
			'leadSquared',
			{ ...create, Fields, additionalFields: { ActivityDateTime: '2026-07-01T09:00:00' } },
			{ timezone: 'Asia/Kolkata' },
		);

		expect(bodies()).toEqual([
			{
				RelatedProspectId: leads[0],
				ActivityEvent: 201,
				ActivityDateTime: '2026-07-01 03:30:00',
				Fields: [
					{ SchemaName: 'mx_Custom_2', Value: 'Interested' },
					{ SchemaName: 'mx_Custom_3', Value: 12.5 },
					{ SchemaName: 'mx_Custom_5', Value: '2026-07-01 03:30:00' },
				],
			},
		]);
	});

	test('change with the type', async () => {
		const names = async (code: string) =>
			(await fieldsOf('activityFields', { ...create, ActivityEvent: byId(code) })).fields.map(({ id }) => id);

		expect(await names('105')).toEqual(['Status', 'Owner', 'mx_Custom_1', 'mx_Custom_5']);
		expect((await names('320'))[0]).toBe('mx_Custom_1');
	});

	test('have generic names if an expression sets the type, and no request is sent', async () => {
		const { fields } = await fieldsOf('activityFields', {
			...create,
			ActivityEvent: { __rl: true, mode: 'id', value: '={{ $json.type }}' },
		});

		expect(fields.map(({ id }) => id)).toEqual(
			expect.arrayContaining(['Status', 'Owner', 'mx_Custom_1', 'mx_Custom_50']),
		);
		expect(bench.sent('leadSquared')).toEqual([]);
	});

	test('that are mandatory for a new activity are optional in an update', async () => {
		const update = { resource: 'activity', operation: 'update', ActivityEvent: byId(320) };
		const required = async (method: string) =>
			(await fieldsOf(method, update)).fields.filter((field) => field.required).map(({ id }) => id);

		expect([await required('activityFields'), await required('existingActivityFields')]).toEqual([['mx_Custom_1'], []]);
	});
});

test.each([
	['ProcessFilesAsync', 'Process Files Later'],
	['ValidateDropDownOptions', 'Skip Drop-Down Validation'],
	['IncludeLeadScore', 'Include Lead Score'],
])('an activity by email refuses %s, which LeadSquared supports only for a lead by ID', async (name, label) => {
	const byEmail = {
		...create,
		leadBy: 'email',
		EmailAddress: 'lead@example.com',
		FirstName: '',
		LastName: '',
		Phone: '',
	};

	const { error } = await bench.run('leadSquared', { ...byEmail, additionalFields: { [name]: false } });

	expect(error?.message).toBe(
		`'${label}' must be empty when 'Lead By' is Email. Remove it, or choose the lead by list or ID [item 0]`,
	);
	expect(bodies()).toEqual([]);
});

describe('activities in bulk', () => {
	const items = (...leadIds: string[]) => leadIds.map((lead) => ({ lead }));
	const onLeads = { ...create, RelatedProspectId: { __rl: true, mode: 'id', value: '={{ $json.lead }}' } };
	const others = Array.from({ length: 4 }, (_, index) => `5b00010${index + 3}-1a2b-4c3d-8e4f-00000000010${index + 3}`);

	test('are sent in one request, and each has its own result', async () => {
		const unknown = '5b0009ff-1a2b-4c3d-8e4f-0000000009ff';

		const run = await bench.run('leadSquared', onLeads, {
			items: items(leads[0], unknown, leads[1]),
			settings: { onError: 'continueErrorOutput' },
		});

		expect(paths()).toEqual(['Bulk/CustomActivity/Add/ByLeadId']);
		expect(run.items.map(({ json, pairedItem }) => [json, pairedItem])).toEqual([
			[{ Id: expect.any(String) }, { item: 0 }],
			[{ Id: expect.any(String) }, { item: 2 }],
		]);
		expect(run.errors.map(failureIn)).toEqual([
			{
				message: expect.stringContaining('LeadSquared refused the request: '),
				code: expect.any(String),
				description: undefined,
				hint: undefined,
			},
		]);
	});

	test('of the same lead are sent in order, in separate requests', async () => {
		await bench.run('leadSquared', onLeads, { items: items(leads[0], leads[0], leads[1]) });

		expect(paths()).toEqual(['Create', 'Bulk/CustomActivity/Add/ByLeadId']);
		expect(bodies()[1]).toMatchObject([{ RelatedProspectId: leads[0] }, { RelatedProspectId: leads[1] }]);
	});

	test.each([
		['by email', { leadBy: 'email', EmailAddress: '={{ $json.email }}' }],
		['with a setting that the bulk request lacks', { additionalFields: { IncludeLeadScore: true } }],
	])('%s are sent one by one', async (_name, more) => {
		const twoPeople = [
			{ lead: leads[0], email: 'lead@example.com' },
			{ lead: leads[1], email: 'second@example.com' },
		];

		await bench.run('leadSquared', { ...onLeads, ...more }, { items: twoPeople });

		expect(paths()).toEqual(['Create', 'Create']);
	});

	test('are all in doubt if the response has only a count that does not match', async () => {
		bench.sandbox.vendors.leadSquared.faults.add({
			kind: 'answerAfter',
			reply: { status: 200, body: { Status: 'Success', Message: { Count: 3 } } },
		});

		const { items: output } = await bench.run('leadSquared', onLeads, {
			items: items(...others),
			settings: { onError: 'continueRegularOutput' },
		});

		expect(output.map(failureIn)).toEqual(Array(4).fill(expect.objectContaining({ mayHaveBeenApplied: true })));
	});

	test('are updated one by one unless the user turns on Send in Bulk', async () => {
		const update = {
			resource: 'activity',
			operation: 'update',
			ProspectActivityId: '={{ $json.id }}',
			ActivityEvent: byId(201),
			updateFields: { ActivityNote: 'Done' },
		};
		const created = await bench.run('leadSquared', onLeads, { items: items(leads[0], leads[1]) });
		const made = created.items.map(({ json }) => ({ id: json.Id as string }));
		bench.sandbox.reset();

		await bench.run('leadSquared', update, { items: made });
		await bench.run('leadSquared', { ...update, options: { sendInBulk: true } }, { items: made });

		expect(paths()).toEqual(['CustomActivity/Update', 'CustomActivity/Update', 'Bulk/CustomActivity/Update']);
		expect(bodies()[2]).toEqual(made.map(({ id }) => ({ ProspectActivityId: id, ActivityNote: 'Done' })));
	});
});

describe('the update of an activity', () => {
	const update = { resource: 'activity', operation: 'update', ProspectActivityId: activity, ActivityEvent: byId(201) };

	test('is refused for an opportunity type, because LeadSquared silently ignores it', async () => {
		const { error } = await bench.run('leadSquared', {
			...update,
			ActivityEvent: byId(12005),
			updateFields: { ActivityNote: 'x' },
		});

		expect(error?.message).toBe(
			"'Activity Type' must not be an opportunity type, but is 12005. Use Opportunity > Update [item 0]",
		);
		expect(paths()).toEqual([]);
	});

	test('is refused if only settings are given', async () => {
		const { error } = await bench.run('leadSquared', { ...update, updateFields: { ValidateDropDownOptions: true } });

		expect(error?.message).toBe('There is nothing to update [item 0]');
	});
});

test('the activities of a lead are read in pages, with numbers from 0 as text', async () => {
	const page = (count: number, from: number) => ({
		status: 200,
		body: {
			RecordCount: 60,
			ProspectActivities: Array.from({ length: count }, (_, index) => ({ Id: `${from + index}`, EventCode: 201 })),
		},
	});
	bench.sandbox.vendors.leadSquared.faults.add({ kind: 'answer', reply: page(50, 0), times: 1 });
	bench.sandbox.vendors.leadSquared.faults.add({ kind: 'answer', reply: page(10, 50), times: 1 });

	const { items } = await bench.run('leadSquared', {
		resource: 'activity',
		operation: 'getAll',
		leadId: byId(leads[0]),
		returnAll: true,
	});

	expect(items).toHaveLength(60);
	expect(bench.sent('leadSquared').map(({ query, body }) => [query, body])).toEqual([
		[{ leadId: leads[0] }, { Paging: { Offset: '0', RowCount: '50' } }],
		[{ leadId: leads[0] }, { Paging: { Offset: '1', RowCount: '50' } }],
	]);
});

test('a deletion by type returns the hint that LeadSquared deletes later', async () => {
	const parameters = {
		resource: 'activity',
		operation: 'deleteByType',
		ProspectId: byId(leads[1]),
		ActivityEventList: ['105', '320'],
	};

	const { items, hints } = await bench.run('leadSquared', parameters);

	expect(items.map(({ json }) => json)).toEqual([{ accepted: true }]);
	expect(hints).toEqual([
		'LeadSquared has accepted the items and carries them out later. It does not report their results to this node.',
	]);
	expect(bodies()).toEqual([{ ProspectId: leads[1], ActivityEventList: ['105', '320'] }]);
});

describe('a lead with an activity', () => {
	const form = {
		resource: 'activity',
		operation: 'createWithLead',
		SearchBy: 'EmailAddress',
		ActivityEvent: byId(105),
	};
	const leadFields = async (value: IDataObject) => await mapped('existingLeadFields', form, value);

	test('is sent as pairs, with the search field first', async () => {
		await bench.run('leadSquared', {
			...form,
			leadFields: await leadFields({ EmailAddress: 'new@example.com', FirstName: 'Ana' }),
		});

		expect(bodies()).toEqual([
			{
				LeadDetails: [
					{ Attribute: 'SearchBy', Value: 'EmailAddress' },
					{ Attribute: 'EmailAddress', Value: 'new@example.com' },
					{ Attribute: 'FirstName', Value: 'Ana' },
				],
				Activity: { ActivityEvent: 105 },
			},
		]);
	});

	test('is found by its ID, which the mapper offers', async () => {
		await bench.run('leadSquared', {
			...form,
			SearchBy: 'ProspectID',
			leadFields: await leadFields({ ProspectID: leads[0] }),
		});

		expect(bodies()).toMatchObject([
			{
				LeadDetails: [
					{ Attribute: 'SearchBy', Value: 'ProspectID' },
					{ Attribute: 'ProspectID', Value: leads[0] },
				],
			},
		]);
	});

	test('is refused if LeadSquared would ignore the search field', async () => {
		const all = { ProspectID: leads[0], EmailAddress: 'new@example.com', Phone: '1' };
		const { error } = await bench.run('leadSquared', { ...form, leadFields: await leadFields(all) });

		expect(error?.message).toContain("LeadSquared then ignores 'Search Lead By'");
		expect(paths()).toEqual([]);
	});

	test('is refused if the search field has no value', async () => {
		const { error } = await bench.run('leadSquared', { ...form, leadFields: await leadFields({ FirstName: 'Ana' }) });

		expect(error?.message).toBe(
			`'Lead Fields' must have a value for "EmailAddress", the field of 'Search Lead By', but has none [item 0]`,
		);
		expect(paths()).toEqual([]);
	});
});
