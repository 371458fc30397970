import { LeadSquaredBench, refusal, type Row } from './leadSquaredBench';
import { seeded } from '../vendors/leadSquared/state';

const bench = new LeadSquaredBench();
const opportunities = 'OpportunityManagement.svc';

describe('an opportunity', () => {
	const capture = async (Fields: Row, OpportunityEventCode = 12000) => {
		const fields = Object.entries(Fields).map(([SchemaName, Value]) => ({ SchemaName, Value }));
		const LeadDetails = [
			{ Attribute: 'EmailAddress', Value: 'lead@example.com' },
			{ Attribute: 'SearchBy', Value: 'EmailAddress' },
		];
		return await bench.post(`${opportunities}/Capture`, {
			LeadDetails,
			Opportunity: { OpportunityEventCode, Fields: fields },
		});
	};
	const ofLead = async () =>
		(await bench.post(`${opportunities}/GetOpportunitiesOfLead?leadId=${seeded.lead}`, {})).body;

	test('is captured, read, changed and deleted', async () => {
		const { ActivityId } = (await capture({ Status: 'Open', mx_Custom_1: 'House loan', mx_Custom_6: '200,000' })).body
			.AdditionalDetails[0];
		await bench.post(`${opportunities}/Update`, {
			ProspectOpportunityId: ActivityId,
			Fields: [{ SchemaName: 'Status', Value: 'Won' }],
		});

		const { body: one } = await bench.get(`${opportunities}/GetOpportunityDetails`, {
			OpportunityId: String(ActivityId),
		});
		const { body: flat } = await bench.post<Array<{ Opportunities: Row[] }>>(`${opportunities}/GetOpportunitiesById`, {
			SearchParameters: [
				{ EventCode: '12000', ProspectActivityId: [ActivityId], Columns: { Include_CSV: 'CreatedOn,Status' } },
			],
		});
		const before = (await ofLead()).RecordCount;
		await bench.get(`${opportunities}/Delete`, { Id: String(ActivityId) });

		expect(one.Fields).toContainEqual(expect.objectContaining({ SchemaName: 'Status', Value: 'Won' }));
		expect(flat[0].Opportunities).toEqual([
			{
				ProspectId: seeded.lead,
				EmailAddress: 'lead@example.com',
				ProspectActivityId: ActivityId,
				Status: 'Won',
				CreatedOn: expect.stringMatching(/^\d+\/\d+\/\d{4} \d+:\d\d:\d\d [AP]M$/),
			},
		]);
		expect([before, (await ofLead()).RecordCount]).toEqual([2, 1]);
	});

	test('of the same name on the same lead is not created, though the answer is a success', async () => {
		const { status, body } = await capture({ Status: 'Open', mx_Custom_1: 'Car loan' });

		expect([status, body.AdditionalDetails]).toEqual([
			200,
			[{ ActivityId: expect.any(String), PostDeDupActionPerformed: 3, ConflictedOpportunityId: seeded.opportunity }],
		]);
		expect((await ofLead()).RecordCount).toBe(1);
		// The capture itself is posted on the lead all the same.
		expect(bench.vendor.requests[0].applied).toBe(true);
	});

	test.each([
		['without its status', { mx_Custom_1: 'x' }, 12000, 'InvalidActivityFields', "'Status'"],
		['with a status that there is not', { Status: 'Maybe' }, 12000, 'InvalidActivityFields', "'Maybe'"],
		[
			'without the comment that its type wants',
			{ Status: 'Open' },
			12005,
			'InvalidActivityFields',
			"Field name : 'mx_Custom_19' of datatype : 'String' is mandatory.",
		],
		['of a type that there is not', { Status: 'Open' }, 12999, 'InvalidEntity', "'12999'"],
	])('is refused %s', async (_name, fields, code, type, words) => {
		expect(await capture(fields, code)).toMatchObject(refusal(type, words));
	});

	test('is not deleted where its type forbids that', async () => {
		const { ActivityId } = (await capture({ Status: 'Open', mx_Custom_19: 'new' }, 12005)).body.AdditionalDetails[0];

		expect(await bench.get(`${opportunities}/Delete`, { Id: String(ActivityId) })).toMatchObject(
			refusal('UnAuthorizedAccess', 'not allowed'),
		);
	});

	test('is found by a field of its lead and by an advanced search', async () => {
		const { body: byLead } = await bench.post(`${opportunities}/GetOpportunitiesByUniqueLeadField`, {
			Parameter: { LookupName: 'EmailAddress', LookupValue: 'lead@example.com', SqlOperator: '=' },
		});
		const search = async (RSO: string) => {
			const AdvancedSearch = JSON.stringify({
				GrpConOp: 'And',
				Conditions: [{ RowCondition: [{ LSO: 'Status', Operator: 'eq', RSO }] }],
			});
			return (
				await bench.post(`${opportunities}/Retrieve/BySearchParameter`, { OpportunityEventCode: 12000, AdvancedSearch })
			).body.RecordCount;
		};

		expect([byLead.RecordCount, await search('Open'), await search('Won')]).toEqual([1, 1, 0]);
	});

	test('has tasks of its own, which go with it', async () => {
		const task = {
			Name: 'Sign',
			RelatedEntity: 5,
			RelatedEntityId: seeded.opportunity,
			OwnerId: seeded.user,
			TaskType: { Name: 'Meeting' },
		};
		const { Id } = (await bench.post('Task.svc/Create', task)).body.Message;
		const { body } = await bench.get(`${opportunities}/RetrieveTasksByOpportunityId`, {
			opportunityId: seeded.opportunity,
		});
		await bench.get(`${opportunities}/Delete`, { Id: seeded.opportunity });

		expect([
			body.List.map(({ TaskID }) => TaskID),
			(await bench.get('Task.svc/Retrieve.GetById', { id: Id })).body,
		]).toEqual([[Id], []]);
	});
});

describe('sales, e-mails and webhooks', () => {
	test('a sale is created, changed and cancelled', async () => {
		const { Id } = (
			await bench.post('SalesActivity.svc/Create', {
				ProspectId: seeded.lead,
				ProductSku: 'SKU-2',
				Revenue: 10,
				Status: 'Open',
			})
		).body.Message;
		await bench.post('SalesActivity.svc/Update', { Id, Revenue: '12.5' });
		await bench.post('SalesActivity.svc/Cancel', { activityId: Id });

		const { body } = await bench.get('SalesActivity.svc/RetrieveActivity', { activityId: Id });
		expect(body.Fields.map(({ Value }) => Value)).toEqual(['SKU-2', '12.5', expect.any(String), null, 'Cancelled']);
	});

	test('a sale of no product is refused until the product is there', async () => {
		const sell = async () =>
			await bench.post('SalesActivity.svc/Create', { ProspectId: seeded.lead, ProductSku: 'NEW', Status: 'Won' });

		expect(await sell()).toMatchObject(refusal('InvalidInput', "'NEW'"));
		await bench.post('SalesActivity.svc/CreateProduct', { ProductSku: 'NEW', Name: 'New plan' });
		expect((await sell()).status).toBe(200);
		expect(
			(await bench.post('SalesActivity.svc/RetrieveProducts', { Parameter: { SearchText: 'plan' } })).body.RecordCount,
		).toBe(3);
	});

	test.each([
		['MandatoryAttributeMissing', 'Sender', { Sender: 'former@example.com' }],
		['InvalidInput', 'nobody@example.com', { Recipient: 'nobody@example.com' }],
	])('an e-mail is refused with %s: %s', async (type, words, more) => {
		const email = {
			SenderType: 'UserEmailAddress',
			Sender: 'taskowner@example.com',
			RecipientType: 'LeadEmailAddress',
			Recipient: 'lead@example.com',
			EmailType: 'Text',
		};

		expect(await bench.post('EmailMarketing.svc/SendEmailToLead', { ...email, ...more })).toMatchObject(
			refusal(type, words),
		);
	});

	const webhook = { URL: 'https://hooks.example.com/n8n', Method: 'POST', ContentType: 'application/json' };
	const listed = async (Parameter: Row) =>
		(await bench.post('Webhook.svc/Retrieve', { Parameter })).body.Response as unknown as Row[];

	test('a webhook is created by number, found by name, changed and deleted', async () => {
		const { Id } = (await bench.post('Webhook.svc/Create', { ...webhook, WebhookEvent: '3' })).body.Message;
		await bench.post('Webhook.svc/Update', { WebhookId: Id, Description: 'Changed' });
		const found = await listed({ WebhookEvent: 'Lead_Post_Create', StatusCode: 0 });
		await bench.get('Webhook.svc/Delete', { webhookId: Id });

		expect(found).toEqual([
			expect.objectContaining({ WebhookId: Id, EventCode: 'Lead_Post_Create', Description: 'Changed' }),
		]);
		expect(await listed({})).toHaveLength(1);
	});

	test.each([
		['activities without their type', { WebhookEvent: '2' }, 'InvalidDataType'],
		['activities of a type that there is not', { WebhookEvent: '2', ActivityEvent: '3001' }, 'InvalidEntity'],
		['changes of stage', { WebhookEvent: '5' }, 'InvalidDataType'],
	])('a webhook for %s is refused', async (_name, more, type) => {
		expect(await bench.post('Webhook.svc/Create', { ...webhook, ...more })).toMatchObject(refusal(type, ''));
	});

	test('users are found by conditions, and members that were not asked for are null', async () => {
		const Condition = [
			{ LookupName: 'FirstName', Operator: 'lik', LookupValue: 'form', ConditionOperator: 'OR' },
			{ LookupName: 'StatusCode', Operator: 'eq', LookupValue: 0 },
		];

		const { body } = await bench.post<{ Users: Row[] }>('UserManagement.svc/User/AdvancedSearch', {
			Columns: { Include_CSV: 'FirstName' },
			GroupConditions: [{ Condition, GroupOperator: null }],
			Sorting: [{ ColumnName: 'FirstName', Direction: 0 }],
		});

		expect(body.Users.map(({ FirstName, LastName }) => [FirstName, LastName])).toEqual([
			['Former', null],
			['Task', null],
		]);
	});
});
