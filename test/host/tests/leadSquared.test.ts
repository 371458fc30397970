import type { IDataObject, INodeListSearchItems, ResourceMapperField } from 'n8n-workflow';
import { fieldOf, leadFields } from '../../vendors/leadSquared/fields';
import { workflowOf } from '../../support/workflows';
import { PACKAGE, openFixture, withStoredCredentials, type Fixture } from '../fixture';
import { outputOf } from '../rest';

let fixture: Fixture;
beforeAll(async () => {
	fixture = await openFixture();
}, 900_000);
afterEach(() => fixture.sandbox.reset());
afterAll(async () => await fixture?.close());

const rest = () => fixture.host.rest;
const sent = () => fixture.sandbox.vendors.leadSquared.requests;

const question = (method: string, parameter: string, parameters: IDataObject) => ({
	node: `${PACKAGE}.leadSquared`,
	method,
	path: `parameters.${parameter}`,
	parameters,
	credentials: { leadSquaredApi: fixture.credentials.leadSquaredApi },
});
const createLead = { resource: 'lead', operation: 'create' };
const createActivity = { resource: 'activity', operation: 'create' };
const chosen = (value: number) => ({ __rl: true, mode: 'list', value });

describe('the mapper', () => {
	const fieldsOf = async (method: string, parameter: string, parameters: IDataObject) =>
		(await rest().mapperFields(question(method, parameter, parameters))).fields;
	const labels = (fields: readonly ResourceMapperField[]) => fields.map(({ displayName }) => displayName);

	/** Forty fields more, one of them mandatory, as accounts that have been in use for some years have them. */
	function answerWithManyFields() {
		const more = Array.from({ length: 40 }, (_, index) => ({
			SchemaName: `mx_Extra_${index}`,
			DisplayName: `Extra ${index}`,
			DataType: 'Text',
		}));
		const body = [
			...leadFields(),
			...more.map((field, index) => fieldOf({ ...field, more: { IsMandatory: index === 39 } })),
		];
		fixture.sandbox.vendors.leadSquared.faults.add({ kind: 'answer', reply: { status: 200, body } });
	}

	test('of a lead has the custom fields of the account, the mandatory one first, each with its type and choices', async () => {
		answerWithManyFields();

		const fields = await fieldsOf('otherLeadFields', 'leadFields', createLead);

		const custom = fields.filter(({ id }) => id.startsWith('mx_'));
		expect(custom).toHaveLength(58);
		expect(fields[0]).toMatchObject({ id: 'mx_Extra_39', required: true });
		expect(fields.filter(({ required }) => required)).toHaveLength(1);
		expect(labels(fields)).not.toContain('Email');
		expect(Object.fromEntries(custom.map((field) => [field.id, field]))).toMatchObject({
			mx_Extra_1: { displayName: 'Extra 1', type: 'string' },
			mx_Budget: { type: 'number' },
			mx_Newsletter: { type: 'boolean' },
			mx_Date_Of_Birth: { type: 'dateTime', holds: 'day' },
			mx_Next_Call: { type: 'dateTime', holds: 'moment' },
			mx_Languages: { type: 'string', joinedBy: ';' },
			mx_Course: {
				type: 'options',
				options: [
					{ name: 'Sales', value: 'Sales' },
					{ name: 'Marketing', value: 'Marketing' },
					{ name: 'Service', value: 'Service' },
				],
			},
		});
	});

	test.each<[code: number, fields: string[]]>([
		[201, ['Status', 'Owner', 'Purpose', 'Outcome', 'Distance', 'Promised For', 'Next Visit']],
		[320, ['Site', 'Status', 'Owner', 'Seen On']],
	])('of an activity has the fields of the type %i', async (code, expected) => {
		const fields = await fieldsOf('activityFields', 'Fields', { ...createActivity, ActivityEvent: chosen(code) });

		expect(labels(fields)).toEqual(expected);
		expect(sent().at(-1)?.query).toMatchObject({ code: String(code) });
	});

	test.each<[code: number, own: string]>([
		[12000, 'Expected Deal Size'],
		[12005, 'Premium'],
	])('of an opportunity has the fields of the type %i', async (code, own) => {
		const fields = await fieldsOf('opportunityFields', 'Fields', {
			resource: 'opportunity',
			operation: 'create',
			OpportunityEventCode: chosen(code),
		});

		expect(fields[0]).toMatchObject({ displayName: 'Status', required: true, type: 'options' });
		expect(labels(fields)).toContain(own);
	});
});

describe('a drop-down', () => {
	const opportunity = { resource: 'opportunity', operation: 'create' };
	const owner = '5b000002-1a2b-4c3d-8e4f-000000000002';
	const list = '5b000033-1a2b-4c3d-8e4f-000000000033';
	const entries = {
		users: ['additionalFields.OwnerId', createLead, { name: 'Task Owner · taskowner@example.com', value: owner }],
		leadStages: ['additionalFields.ProspectStage', createLead, { name: 'Contacted', value: 'Contacted' }],
		staticLists: [
			'ListId',
			{ resource: 'list', operation: 'empty' },
			{ name: 'Webinar guests · 0 leads', value: list },
		],
		activityTypes: ['ActivityEvent', createActivity, { name: 'Site Visit (320)', value: 320 }],
		opportunityTypes: ['OpportunityEventCode', opportunity, { name: 'Insurance (12005)', value: 12005 }],
	} satisfies Record<string, [parameter: string, parameters: IDataObject, entry: INodeListSearchItems]>;
	type Method = keyof typeof entries;
	const search = async (method: Method, filter?: string) => {
		const [parameter, parameters] = entries[method];
		return (await rest().searchList({ ...question(method, parameter, parameters), filter })).results;
	};

	test.each<[Method, words: string]>([
		['users', 'task o'],
		['leadStages', 'contact'],
		['staticLists', 'webinar'],
		['activityTypes', 'site'],
		['opportunityTypes', 'insur'],
	])('of %s is filled, and searched by name', async (method, words) => {
		const all = await search(method);

		expect(all.length).toBeGreaterThan(method === 'users' ? 0 : 1);
		expect(all).toContainEqual(entries[method][2]);
		expect(await search(method, words)).toEqual([entries[method][2]]);
		expect(await search(method, 'nobody has this')).toEqual([]);
	});

	test.each<Method>(['users', 'activityTypes', 'opportunityTypes'])('of %s is searched by ID', async (method) => {
		const entry = entries[method][2];

		expect(await search(method, String(entry.value))).toEqual([entry]);
	});
});

describe('leads from many items', () => {
	const run = async (count: number, sendInBulk: boolean) => {
		const file = workflowOf('leadSquared', { ...createLead, LastName: '={{ $json.name }}', options: { sendInBulk } });
		const pinned = names(count).map((name) => ({ json: { name } }));
		const id = await rest().createWorkflow(withStoredCredentials(file, fixture.credentials), {
			Trigger: pinned,
		} as unknown as IDataObject);
		return outputOf(await rest().run(id, 'Trigger'), 'CRM').map(({ json }) => json.Id);
	};
	const names = (count: number) => Array.from({ length: count }, (_, index) => `Bulk ${index}`);
	/** What LeadSquared has under the IDs that the items came out with. */
	const storedAs = async (ids: unknown[]) => {
		const file = workflowOf('leadSquared', {
			resource: 'lead',
			operation: 'get',
			id: { __rl: true, mode: 'id', value: '={{ $json.id }}' },
		});
		const pinned = ids.map((id) => ({ json: { id } }));
		const id = await rest().createWorkflow(withStoredCredentials(file, fixture.credentials), {
			Trigger: pinned,
		} as unknown as IDataObject);
		return outputOf(await rest().run(id, 'Trigger'), 'CRM').map(({ json }) => json.LastName);
	};

	test("go in three requests with 'Send in Bulk', and each item gets its own lead", async () => {
		const ids = await run(120, true);

		expect(sent().map(({ path, body }) => [path.split('/').at(-1), (body as unknown as unknown[]).length])).toEqual(
			[50, 50, 20].map((size) => ['Create', size]),
		);
		expect(await storedAs(ids)).toEqual(names(120));
	});

	test('go one by one without it', async () => {
		const ids = await run(3, false);

		expect(sent().map(({ path }) => path.split('/').at(-1))).toEqual(['Lead.Create', 'Lead.Create', 'Lead.Create']);
		expect(await storedAs(ids)).toEqual(names(3));
	});
});
