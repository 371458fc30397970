import type { IDataObject, INode } from 'n8n-workflow';
import { readFileSync } from 'node:fs';
import { startSandbox, type Sandbox } from '../../sandbox';
import { vendors } from '../../support/vendors';
import { openFixture, PACKAGE, type Fixture } from '../fixture';
import { outputOf } from '../rest';

const { sandbox: woofedCrm } = vendors.find(({ name }) => name === 'woofedCrm')!;
const OTHER_TOKEN = 'token_of_another_tenant';

/** n8n writes each query of its database into its log. */
const LOG_QUERIES = { DB_LOGGING_ENABLED: 'true', DB_LOGGING_OPTIONS: 'query' };

describe('two tenants in a real n8n', () => {
	let a: Fixture;
	let b: Sandbox;

	beforeAll(async () => {
		a = await openFixture({ withPack: 'asFile', env: LOG_QUERIES });
		b = await startSandbox({
			instead: {
				woofedCrm: () => ({
					...woofedCrm(),
					authorized: ({ authorization }) => authorization === `Bearer ${OTHER_TOKEN}`,
				}),
			},
		});
	}, 900_000);
	afterEach(() => [a.sandbox, b].forEach((sandbox) => sandbox.reset()));
	afterAll(async () => {
		await b?.close();
		await a?.close();
	});

	/** Creates a contact for each item. */
	async function run(credential: IDataObject, items: IDataObject[], settings: Partial<INode> = {}) {
		const { rest, log } = a.host;
		const woofedCrmApi = await rest.createCredential(
			'woofedCrmApi',
			{ accountId: 1, requestsPerWindow: 0, windowSeconds: 60, ...credential },
			'tenants',
		);
		const node = {
			id: '2',
			name: 'CRM',
			type: `${PACKAGE}.woofedCrm`,
			typeVersion: 1,
			position: [200, 0],
			credentials: { woofedCrmApi },
		} as unknown as INode;
		const start = {
			id: '1',
			name: 'Start',
			type: 'n8n-nodes-base.manualTrigger',
			typeVersion: 1,
			position: [0, 0],
			parameters: {},
		} as INode;
		const parameters = { resource: 'contact', operation: 'create', full_name: '={{ $json.name }}' };
		const workflow = await rest.createWorkflow(
			{
				nodes: [start, { ...node, parameters, ...settings }],
				connections: { Start: { main: [[{ node: 'CRM', type: 'main', index: 0 }]] } },
			},
			{ Start: items.map((json) => ({ json })) } as unknown as IDataObject,
		);
		const before = readFileSync(log, 'utf8').length;
		const execution = await rest.run(workflow, 'Start');
		const reads =
			readFileSync(log, 'utf8')
				.slice(before)
				.match(/SELECT[^\n]*FROM "credentials_entity" "CredentialsEntity" WHERE[^\n]*"type" = /g) ?? [];
		return { execution, items: outputOf(execution, 'CRM'), reads: reads.length };
	}

	const namesAt = ({ vendors: { woofedCrm: server } }: Sandbox) =>
		server.requests.filter(({ applied }) => applied).map(({ body }) => String((body as IDataObject).full_name));
	const tenants = () => {
		const { baseUrl, token } = a.sandbox.credentials.woofedCrmApi;
		return {
			mine: { url: baseUrl, token },
			theirs: { url: b.credentials.woofedCrmApi.baseUrl, token: OTHER_TOKEN },
		} as Record<string, IDataObject>;
	};

	test('each item goes to its own address with its own token', async () => {
		const { mine, theirs } = tenants();
		const items = [mine, theirs, mine, theirs].map((tenant, index) => ({ ...tenant, name: `item ${index}` }));

		const { execution, items: output } = await run({ token: '={{ $json.token }}', baseUrl: '={{ $json.url }}' }, items);

		expect(execution.status).toBe('success');
		expect(output.map(({ json }) => json.full_name)).toEqual(['item 0', 'item 1', 'item 2', 'item 3']);
		expect([namesAt(a.sandbox).sort(), namesAt(b).sort()]).toEqual([
			['item 0', 'item 2'],
			['item 1', 'item 3'],
		]);
	});

	test('an item without a usable credential fails alone', async () => {
		const { mine, theirs } = tenants();
		const items = [{ ...mine, token: '' }, { ...theirs, url: 'no address' }, theirs].map((tenant, index) => ({
			...tenant,
			name: `item ${index}`,
		}));

		const { items: output } = await run({ token: '={{ $json.token }}', baseUrl: '={{ $json.url }}' }, items, {
			onError: 'continueRegularOutput',
		});

		expect(output.map(({ json }) => (json.error as IDataObject | undefined)?.message)).toEqual([
			"'Token' of the credential is required but empty [item 0]",
			"'Base URL' of the credential must be a valid web address [item 1]",
			undefined,
		]);
		expect([namesAt(a.sandbox), namesAt(b)]).toEqual([[], ['item 2']]);
	});

	test('a credential without expressions is read once for all items, and one with expressions once for each', async () => {
		const { mine } = tenants();
		const items = Array.from({ length: 20 }, (_, index) => ({ ...mine, name: `item ${index}` }));

		const fixed = await run({ token: mine.token, baseUrl: mine.url }, items);
		const perItem = await run({ token: '={{ $json.token }}', baseUrl: mine.url }, items);

		expect(namesAt(a.sandbox)).toHaveLength(40);
		expect(perItem.reads - fixed.reads).toBe(19);
	});
});
