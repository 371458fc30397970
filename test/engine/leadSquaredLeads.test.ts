import type { IDataObject } from 'n8n-workflow';
import { Bench, failureIn } from '../support/run';
import { byId } from './forms';

const bench = new Bench();
const lead = '5b00000a-1a2b-4c3d-8e4f-00000000000a';
const other = '5b00000b-1a2b-4c3d-8e4f-00000000000b';
const missing = '5b0000ff-1a2b-4c3d-8e4f-0000000000ff';

const run = (operation: string, parameters: IDataObject, more: Parameters<Bench['run']>[2] = {}) =>
	bench.run('leadSquared', { resource: 'lead', operation, ...parameters }, more);
const bodies = () => bench.sent('leadSquared').map(({ body }) => body);
const paths = () => bench.sent('leadSquared').map(({ path }) => path.split('/').slice(3).join('/'));
const named = ['Ana', 'Bia', 'Caio'].map((name) => ({ name, email: `${name.toLowerCase()}@example.com` }));
const fromItem = { LastName: '={{ $json.name }}', EmailAddress: '={{ $json.email }}' };

describe('new leads', () => {
	test('are sent in one request and return the same output as separate requests', async () => {
		const { items } = await run('create', fromItem, { items: named });

		expect(paths()).toEqual(['Lead/Bulk/Create']);
		expect(bodies()).toEqual([
			named.map(({ name, email }) => [
				{ Attribute: 'LastName', Value: name },
				{ Attribute: 'EmailAddress', Value: email },
			]),
		]);
		expect(items.map(({ json }) => json)).toEqual(named.map(() => ({ Id: expect.any(String) })));
	});

	test('fail only for the lead that already exists', async () => {
		const items = ['davi', 'lead', 'elza'].map((name) => ({ name, email: `${name}@example.com` }));

		const { items: output } = await run('create', fromItem, { items, settings: { onError: 'continueRegularOutput' } });

		expect(output.map((item) => item.json.Id ?? failureIn(item))).toEqual([
			expect.any(String),
			{ message: expect.stringContaining("'lead@example.com'"), code: 'MXDuplicateEntryException' },
			expect.any(String),
		]);
	});

	test('are not sent without a name, email or phone number', async () => {
		const { error } = await run('create', {});

		expect(error?.message).toContain(
			"'First Name', 'Last Name', 'Email' and 'Phone' are all empty. Enter at least one of them",
		);
		expect(bodies()).toEqual([]);
	});
});

describe('a lead that may exist', () => {
	test.each([
		' EmailAddress\u00a0',
		'Email\u200bAddress',
		{ mode: 'name', value: ' EmailAddress ' },
		{ __rl: true, mode: 'list', value: ' EmailAddress' },
		'={{ " EmailAddress " }}',
	])('is searched by the field name in %j, without spaces and invisible characters', async (SearchBy) => {
		await run('createOrUpdate', {
			EmailAddress: 'lead@example.com',
			SearchBy,
			additionalFields: { LastName: 'Souza' },
		});

		expect(bodies()[0]).toContainEqual({ Attribute: 'SearchBy', Value: 'EmailAddress' });
	});

	test('is found by a unique field, and triggers automations unless the user turns them off', async () => {
		const values = { EmailAddress: 'lead@example.com', SearchBy: { __rl: true, mode: 'name', value: 'EmailAddress' } };

		await run('createOrUpdate', { ...values, additionalFields: { LastName: 'Souza' } });
		await run('createOrUpdate', { ...values, postUpdatedLead: false, additionalFields: { LastName: 'Lima' } });

		expect(bench.sent('leadSquared').map(({ query }) => query)).toEqual([
			{ postUpdatedLead: 'true' },
			{ postUpdatedLead: 'false' },
		]);
		expect(bodies()[0]).toEqual([
			{ Attribute: 'EmailAddress', Value: 'lead@example.com' },
			{ Attribute: 'SearchBy', Value: 'EmailAddress' },
			{ Attribute: 'LastName', Value: 'Souza' },
		]);
	});

	test.each([
		['no identifying value', {}, "'Email', 'Phone' and 'Search By' are all empty"],
		[
			'a field without a value',
			{ EmailAddress: 'a@example.com', SearchBy: { __rl: true, mode: 'name', value: 'Mobile' } },
			`'Search By' must name a field that has a value, but "Mobile" has none`,
		],
		[
			'a field whose name is very long',
			{ EmailAddress: 'a@example.com', SearchBy: { __rl: true, mode: 'name', value: 'x'.repeat(9_999) } },
			"'Search By' must name a field that has a value, but a text of 9999 characters has none [item 0]",
		],
	])('is not sent with %s', async (_name, parameters, message) => {
		const { error } = await run('capture', { ...parameters, additionalFields: { LastName: 'Souza' } });

		expect(error?.message).toContain(message);
		expect(bodies()).toEqual([]);
	});
});

describe('updates', () => {
	const change = { leadId: byId('={{ $json.id }}'), updateFields: { LastName: 'Souza' } };
	const items = [{ id: lead }, { id: missing }, { id: other }];
	const settings = { onError: 'continueRegularOutput' } as const;

	test('are sent one by one, and in bulk only if the user turns it on and automations off', async () => {
		const bulk = { options: { sendInBulk: true } };

		await run('update', change, { items: [items[0], items[2]] });
		await run('update', { ...change, ...bulk }, { items: [items[0], items[2]] });
		await run('update', { ...change, ...bulk, postUpdatedLead: false }, { items: [items[0], items[2]] });

		expect(paths()).toEqual([...Array<string>(4).fill('Lead.Update'), 'Lead/Bulk/UpdateV2']);
	});

	test('in bulk fail only for the lead that does not exist', async () => {
		const { items: output } = await run(
			'update',
			{ ...change, postUpdatedLead: false, options: { sendInBulk: true } },
			{ items, settings },
		);

		expect(output.map((item) => failureIn(item).message ?? item.json)).toEqual([
			{ AffectedRows: 1 },
			expect.stringContaining('Lead does not exist in the system'),
			{ AffectedRows: 1 },
		]);
	});
});

describe('leads in the output', () => {
	test('are flat, and have the types of their fields with Convert Types', async () => {
		const span = {
			FromDate: '2020-01-01T00:00:00',
			ToDate: '2099-01-01T00:00:00',
			simplify: false,
			filters: { Columns: 'ProspectID,Score,Phone' },
		};

		const plain = await run('getChanged', span);
		const typed = await run('getChanged', { ...span, options: { convertTypes: true } });

		const first = (items: typeof plain.items) => items.find(({ json }) => json.ProspectID === lead)?.json;
		expect(first(plain.items)).toMatchObject({ Score: expect.any(String), Phone: '+91-9000000000' });
		expect(first(typed.items)).toMatchObject({ Score: Number(first(plain.items)?.Score), Phone: '+91-9000000000' });
		expect(paths()).toEqual(['Leads.RecentlyModified', 'LeadsMetaData.Get', 'Leads.RecentlyModified']);
	});

	test('cause an error for an unknown ID, and no items for an unknown email or phone number', async () => {
		const byIdMissing = await run('get', { id: byId(missing) });
		const byEmail = await run('getByEmail', { emailaddress: 'nobody@example.com' });
		const byPhone = await run('getByPhone', { phone: '+91 98888 77777' });

		expect(byIdMissing.error?.message).toContain('There is no such record');
		expect([byEmail.items, byPhone.items, byEmail.error, byPhone.error]).toEqual([[], [], undefined, undefined]);
		expect(bench.sent('leadSquared').map(({ query }) => query.phone)).toEqual([
			undefined,
			undefined,
			'+919888877777',
			'+91-9888877777',
		]);
	});
});

describe('the phone number of a lead', () => {
	test.each([
		['+91-9876543210', '+91-9876543210'],
		['+919876543210', '+919876543210'],
		['98765 43210', '9876543210'],
		['+91 98765-43210', '+91-9876543210'],
		['919876543210@c.us', '+91-9876543210'],
	])('entered as %s is stored as %s', async (given, stored) => {
		await run('create', { FirstName: 'Priya', Phone: given });

		expect(bodies()).toEqual([expect.arrayContaining([{ Attribute: 'Phone', Value: stored }])]);
	});

	test.each(['98765-ABCD', '98765 43210 ext. 5', '120363025246125486@g.us'])('is refused as %s', async (given) => {
		const { error } = await run('create', { FirstName: 'Priya', Phone: given });

		expect(error?.message).toBe(
			`'Phone' must be a phone number, with or without country code, but is "${given}" [item 0]`,
		);
		expect(bodies()).toEqual([]);
	});
});

test('a lead is reset only with the confirmation, which is not sent', async () => {
	const reset = { ProspectId: byId(lead), additionalFields: { ShouldDeleteProspectNotes: true } };

	const refused = await run('reset', { ...reset, confirmation: 'yes' });
	await run('reset', { ...reset, confirmation: 'RESET' });

	expect(refused.error?.message).toContain("'Confirmation' must be RESET, but is 'yes'");
	expect(bodies()).toEqual([{ ProspectId: lead, ShouldDeleteProspectNotes: true }]);
});

test.each([
	['as in a new form', {}],
	['chosen in the form', { SqlOperator: 'Equals' }],
	['as LeadSquared writes it, from an expression', { SqlOperator: '={{ "=" }}' }],
])('a search for equal values sends its operator, %s', async (_, operator) => {
	const { error } = await bench.run('leadSquared', {
		resource: 'lead',
		operation: 'search',
		LookupName: byId('FirstName'),
		LookupValue: 'Sample',
		...operator,
	});

	expect(error).toBeUndefined();
	expect(bench.sent('leadSquared')[0].body).toMatchObject({
		Parameter: { LookupName: 'FirstName', SqlOperator: '=', LookupValue: 'Sample' },
	});
});
