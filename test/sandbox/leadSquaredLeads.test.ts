import fc from 'fast-check';
import { attributes, LeadSquaredBench, refusal, UNKNOWN, type Row } from './leadSquaredBench';
import { seeded } from '../vendors/leadSquared/state';

const bench = new LeadSquaredBench();
const leads = 'LeadManagement.svc';
const all = { LookupName: 'CreatedOn', LookupValue: '2020-01-01 00:00:00', SqlOperator: '>' };
const today = { FromDate: '2020-01-01 00:00:00', ToDate: '2099-01-01 00:00:00' };

const create = async (lead: Record<string, unknown>) => await bench.post(`${leads}/Lead.Create`, attributes(lead));
const leadOf = async (id: string) => (await bench.get<Row[]>(`${leads}/Leads.GetById`, { id })).body[0];

describe('lists', () => {
	test('leads come in bare pages whatever their size, and the last one is short', async () => {
		const page = async (PageIndex: number, PageSize: number) =>
			(await bench.post<Row[]>(`${leads}/Leads.Get`, { Parameter: all, Paging: { PageIndex, PageSize } })).body;

		await fc.assert(
			fc.asyncProperty(fc.integer({ min: 1, max: 40 }), async (size) => {
				const pages: Row[][] = [];
				do pages.push(await page(pages.length + 1, size));
				while (pages.at(-1)!.length === size);
				return new Set(pages.flat().map(({ ProspectID }) => ProspectID)).size === 30;
			}),
			{ numRuns: 5 },
		);
	});

	test('leads that were changed come as lists of attributes, with their number', async () => {
		await bench.post(`${leads}/Lead.Update?leadId=${seeded.secondLead}`, attributes({ mx_City: 'Goa' }));

		const { body } = await bench.post(`${leads}/Leads.RecentlyModified`, {
			Parameter: today,
			Columns: { Include_CSV: 'FirstName, mx_City' },
			Sorting: { ColumnName: 'LeadLastModifiedOn', Direction: '1' },
			Paging: { PageIndex: 1, PageSize: 2 },
		});

		expect([body.RecordCount, body.Leads.length]).toEqual([30, 2]);
		expect(body.Leads[0].LeadPropertyList).toEqual(
			expect.arrayContaining([
				{ Attribute: 'ProspectID', Value: seeded.secondLead },
				{ Attribute: 'mx_City', Value: 'Goa' },
			]),
		);
	});

	test.each([
		['1', [30, 29]],
		['0', [1, 2]],
	])('leads are sorted by number in direction %s', async (Direction, order) => {
		const { body } = await bench.post<Row[]>(`${leads}/Leads.Get`, {
			Parameter: all,
			Sorting: { ColumnName: 'prospectautoid', Direction },
			Paging: { PageSize: 2 },
		});

		expect(body.map(({ ProspectAutoId }) => Number(ProspectAutoId) - 1015)).toEqual(order);
	});

	test.each([
		['a static list has its members', { ListId: seeded.list }, 22],
		['the dynamic list has the customers', { ListId: seeded.dynamicList }, 10],
		[
			'an advanced search has who matches',
			{
				AdvancedSearchTextNew: JSON.stringify({
					GrpConOp: 'And',
					Conditions: [{ RowCondition: [{ LSO: 'mx_City', Operator: 'eq', RSO: 'Pune' }] }],
				}),
			},
			9,
		],
	])('%s', async (_name, SearchParameters, count) => {
		const { body } = await bench.post(`${leads}/Leads/Retrieve/BySearchParameter`, { SearchParameters });

		expect([body.RecordCount, body.Leads.length]).toEqual([count, count]);
	});

	test.each([
		['Leads.GetById', { id: UNKNOWN }],
		['Leads.GetByEmailaddress', { emailaddress: 'nobody@example.com' }],
		['RetrieveLeadByPhoneNumber', { phone: '123' }],
		['Leads.GetByQuickSearch', { key: 'nobody' }],
	])('%s gives an empty list for nobody', async (route, query) => {
		expect(await bench.get(`${leads}/${route}`, query)).toMatchObject({ status: 200, body: [] });
	});
});

describe('a lead', () => {
	test('that was created is found by ID, e-mail, phone and words, with all its values as text', async () => {
		const { body } = await create({
			FirstName: 'Nova',
			EmailAddress: 'nova@example.com',
			Phone: '+91-9888877777',
			mx_Budget: 1200,
			DoNotCall: true,
		});

		const found = [
			await bench.get(`${leads}/Leads.GetById`, { id: body.Message.Id }),
			await bench.get(`${leads}/Leads.GetByEmailaddress`, { emailaddress: 'NOVA@example.com' }),
			await bench.get(`${leads}/RetrieveLeadByPhoneNumber`, { phone: '919888877777' }),
			await bench.get(`${leads}/Leads.GetByQuickSearch`, { key: 'nova' }),
		];
		const nova = { ProspectID: body.Message.Id, mx_Budget: '1200', DoNotCall: '1', Company: null };
		expect(found.map((answer) => answer.body)).toEqual(found.map(() => [expect.objectContaining(nova)]));
	});

	test.each([
		[
			'an e-mail that a lead has',
			{ EmailAddress: 'LEAD@example.com' },
			'DuplicateEntry',
			'same EmailAddress already exists',
		],
		['no lead field', { FirstName: 'A', mx_Nope: 'x' }, 'InvalidInput', "'mx_Nope' is not a lead field"],
		['text for a number', { FirstName: 'A', mx_Budget: 'much' }, 'InvalidDataType', "'mx_Budget'"],
		['nobody', { mx_City: 'Pune' }, 'MandatoryAttributeMissing', "'FirstName'"],
	])('is not created with %s', async (_name, lead, type, words) => {
		expect(await create(lead)).toMatchObject(refusal(type, words));
		expect(bench.applied).toBe(false);
	});

	test('that is updated keeps what was not given, and does not get the e-mail of another one', async () => {
		const update = async (lead: object) =>
			await bench.post(`${leads}/Lead.Update?leadId=${seeded.lead}`, attributes({ ...lead }));

		expect(await update({ ProspectStage: 'Customer' })).toMatchObject({
			status: 200,
			body: { Message: { AffectedRows: 1 } },
		});
		expect(await update({ EmailAddress: 'second@example.com' })).toMatchObject(
			refusal('DuplicateEntry', 'EmailAddress'),
		);
		expect(await leadOf(seeded.lead)).toMatchObject({
			ProspectStage: 'Customer',
			FirstName: 'Sample',
			EmailAddress: 'lead@example.com',
		});
	});

	test('that is deleted takes all that hangs on it along', async () => {
		expect(await bench.get(`${leads}/Lead/Delete/ById`, { leadId: seeded.lead })).toMatchObject({
			status: 200,
			body: { Status: 'Success' },
		});
		expect(bench.applied).toBe(true);

		const { body: notes } = await bench.post(`${leads}/RetrieveNote`, { Parameter: { RelatedId: seeded.lead } });
		const { body: tasks } = await bench.get(`${leads}/RetrieveTaskByLeadId`, { leadId: seeded.lead });
		const { body: activities } = await bench.post(`ProspectActivity.svc/Retrieve?leadId=${seeded.lead}`, {});
		const { body: lists } = await bench.get<Row[]>(`${leads}/Lists.Get`, { SearchText: 'new' });
		expect([
			await leadOf(seeded.lead),
			notes.List,
			tasks.TaskList,
			activities.ProspectActivities,
			lists[0].MemberCount,
		]).toEqual([undefined, [], [], [], 21]);
	});
});

describe('a capture', () => {
	const capture = async (lead: Record<string, unknown>, behavior?: string) =>
		(await bench.post(`${leads}/Lead.Capture${behavior ? `?LeadUpdateBehavior=${behavior}` : ''}`, attributes(lead)))
			.body.Message.Id as string;

	test.each<[string, Record<string, unknown>, string | null]>([
		['by SearchBy', { Phone: '+91-9000000000', FirstName: 'X', SearchBy: 'Phone' }, seeded.lead],
		['by its e-mail', { EmailAddress: 'second@example.com' }, seeded.secondLead],
		['by its phone after all else', { EmailAddress: 'other@example.com', Phone: '+91-9000000000' }, seeded.lead],
		[
			'never by an ID whose e-mail is another one',
			{ ProspectID: seeded.lead, EmailAddress: 'other@example.com' },
			null,
		],
		[
			'with ID, e-mail and phone, whatever SearchBy says',
			{ ProspectID: seeded.lead, EmailAddress: 'lead@example.com', Phone: '1', SearchBy: 'Phone' },
			seeded.lead,
		],
		[
			'never where nobody matches',
			{ FirstName: 'New', EmailAddress: 'other@example.com', SearchBy: 'EmailAddress' },
			null,
		],
	])('finds a lead %s', async (_name, lead, found) => {
		const id = await capture(lead);

		expect([seeded.lead, seeded.secondLead].includes(id as never) ? id : null).toBe(found);
	});

	test.each([
		[undefined, { FirstName: 'New', mx_City: 'Goa', mx_Customer_Number: 'C1' }],
		['UpdateOnlyEmptyFields', { FirstName: 'Sample', mx_City: 'Goa', mx_Customer_Number: 'C1' }],
		['DoNotUpdateUniqueFields', { FirstName: 'New', mx_City: 'Goa', mx_Customer_Number: null }],
		['DoNotUpdate', { FirstName: 'Sample', mx_City: null, mx_Customer_Number: null }],
	])('changes a lead as LeadUpdateBehavior says: %s', async (behavior, expected) => {
		await capture(
			{
				EmailAddress: 'lead@example.com',
				FirstName: 'New',
				mx_City: 'Goa',
				mx_Customer_Number: 'C1',
				SearchBy: 'EmailAddress',
			},
			behavior,
		);

		expect(bench.applied).toBe(behavior !== 'DoNotUpdate');
		expect(await leadOf(seeded.lead)).toMatchObject(expected);
	});

	test('does not overwrite the source', async () => {
		for (const Source of ['Trade Show', 'Direct Traffic']) await capture({ EmailAddress: 'lead@example.com', Source });

		expect(await leadOf(seeded.lead)).toMatchObject({ Source: 'Trade Show' });
	});
});

describe('lead fields', () => {
	const fields = async (query = {}) => (await bench.get<Row[]>(`${leads}/LeadsMetaData.Get`, query)).body;

	test('are of all kinds, and name the options of drop-downs', async () => {
		const all = await fields();

		expect(all.length).toBeGreaterThanOrEqual(60);
		expect([...new Set(all.map(({ DataType }) => DataType))].sort()).toEqual(
			[
				'ActiveUsers',
				'Boolean',
				'Date',
				'Dropdown',
				'Email',
				'MultiSelect',
				'Number',
				'Phone',
				'Product',
				'Select',
				'Text',
				'Time',
				'Website',
			].sort(),
		);
		expect(all.find(({ SchemaName }) => SchemaName === 'ProspectStage')!.Options).toContainEqual(
			expect.objectContaining({ Value: 'Customer' }),
		);
	});

	test('come without options, and one alone, when asked for', async () => {
		expect(await fields({ excludeOptionSets: '1', schemaName: 'ProspectStage' })).toEqual([
			expect.not.objectContaining({ Options: expect.anything() }),
		]);
	});

	test('that were created take values', async () => {
		await bench.post(`${leads}/CreateLeadField`, { DisplayName: 'Shoe Size', DataType: 'Number' });
		await bench.post(`${leads}/Lead.Update?leadId=${seeded.lead}`, attributes({ mx_Shoe_Size: 42 }));

		expect(await leadOf(seeded.lead)).toMatchObject({ mx_Shoe_Size: '42' });
	});
});

describe('lists of leads', () => {
	const members = async (id: string) =>
		(await bench.post(`${leads}/Leads/Retrieve/BySearchParameter`, { SearchParameters: { ListId: id } })).body
			.RecordCount;

	test('take leads in, give them back and are emptied', async () => {
		const list = (await bench.post('LeadSegmentation.svc/CreateEmptyList', { Name: 'Guests' })).body.Message.Id;
		const add = await bench.post('LeadSegmentation.svc/AddLeadsToStaticList', {
			listId: list,
			leadIds: [seeded.lead, seeded.secondLead, UNKNOWN],
		});
		const counts = [await members(list)];
		await bench.get('LeadSegmentation.svc/RemoveLeadFromStaticList', { ListId: list, LeadID: seeded.lead });
		counts.push(await members(list));
		await bench.get('LeadSegmentation.svc/Lists/EmptyStaticList', { ListId: list });
		counts.push(await members(list));

		expect([add.body.Message.Message, counts]).toEqual(['Successfully added 2 lead(s) to list', [2, 1, 0]]);
	});

	test('say that nothing was applied when nothing changed', async () => {
		const add = async () =>
			await bench.post(`${leads}/AddLeadToStaticList?listId=${seeded.list}&leadId=${seeded.lead}`);

		expect([(await add()).body.Message.AffectedRows, bench.applied]).toEqual([0, false]);
	});

	test('that are dynamic take no leads', async () => {
		const body = { listId: seeded.dynamicList, leadIds: [seeded.lead] };

		expect(await bench.post('LeadSegmentation.svc/AddLeadsToStaticList', body)).toMatchObject(
			refusal('InvalidInput', 'is not static'),
		);
	});
});
