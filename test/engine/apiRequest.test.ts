import type { IDataObject } from 'n8n-workflow';
import { Bench, failureIn, type NodeName } from '../support/run';

const bench = new Bench();

beforeEach(() => jest.spyOn(Math, 'random').mockReturnValue(0));
afterEach(() => jest.restoreAllMocks());

const request = (method: string, path: string, more: IDataObject = {}) => ({
	resource: 'api',
	operation: 'request',
	method,
	path,
	paging: 'off',
	...more,
});
const rows = (...members: Array<[name: string, value: string]>) => ({
	values: members.map(([name, value]) => ({ name, value })),
});

interface Row {
	node: NodeName;
	parameters: IDataObject;
	line: string;
	query?: IDataObject;
	body?: unknown;
	/** A member of each record that comes out. */
	member: string;
}

const sent: Row[] = [
	{
		node: 'syncroChat',
		parameters: request('GET', 'users', { additionalFields: { output: 'data' } }),
		line: 'GET /api/v1/users',
		member: 'name',
	},
	{
		node: 'syncroChat',
		parameters: request('GET', '/leads', { paging: 'page', returnAll: false, limit: 2 }),
		line: 'GET /api/v1/leads',
		query: { per_page: '2' },
		member: 'name',
	},
	{
		node: 'wegly',
		parameters: request('GET', '/chats/notifications/unread'),
		line: 'GET /integrations/external/chats/notifications/unread',
		member: 'unread_messages_total',
	},
	{
		node: 'woofedCrm',
		parameters: request('GET', '/contacts/1'),
		line: 'GET /api/v1/accounts/1/contacts/1',
		member: 'full_name',
	},
	{
		node: 'woofedCrm',
		parameters: request('POST', 'contacts/search', {
			body: '{ "query": { "id_eq": 1 } }',
			paging: 'body',
			returnAll: true,
		}),
		line: 'POST /api/v1/accounts/1/contacts/search',
		body: { query: { id_eq: 1 }, page: 1 },
		member: 'full_name',
	},
	{
		node: 'leadSquared',
		parameters: request('GET', '/LeadManagement.svc/Leads.GetByQuickSearch', {
			queryParameters: rows(['key', 'lead']),
		}),
		line: 'GET /v2/LeadManagement.svc/Leads.GetByQuickSearch',
		query: { key: 'lead' },
		member: 'EmailAddress',
	},
];

test.each(sent)(
	'$node: $line goes below the root of the API with the key, and its records come out',
	async ({ node, parameters, line, query, body, member }) => {
		const { items, error } = await bench.run(node, parameters);

		expect(error).toBeUndefined();
		expect(bench.sent(node).map((one) => [`${one.method} ${one.path}`, one.query, one.body])).toEqual([
			[line, query ?? {}, body],
		]);
		expect(items.length).toBeGreaterThan(0);
		expect(items.every(({ json }) => member in json)).toBe(true);
	},
);

describe.each<NodeName>(['syncroChat', 'wegly', 'woofedCrm', 'leadSquared'])('%s', (node) => {
	test.each([
		'/../../admin',
		'//evil.example/x',
		'https://evil.example/',
		'/%2e%2e/admin',
		'\\\\evil.example',
		'@evil.example',
		'/a?b=1',
	])('the path %j is refused in the words of the field, and nothing is sent', async (path) => {
		const { error } = await bench.run(node, request('GET', path));

		expect(error).toMatchObject({
			name: 'NodeOperationError',
			message: expect.stringMatching(/^'Path' must .*, but is .* \[item 0\]$/),
		});
		expect(bench.sandbox.vendors[node].requests).toEqual([]);
	});

	test('a write without an answer is not sent again, and says that it may have been carried out; a read is sent again', async () => {
		const { faults, requests } = bench.sandbox.vendors[node];
		faults.add({ kind: 'reset', times: 1 });
		const write = await bench.run(node, request('POST', '/anything', { body: '{ "a": 1 }' }), {
			settings: { onError: 'continueRegularOutput' },
		});
		const writes = requests.length;
		faults.add({ kind: 'reset', times: 1 });
		await bench.run(node, request('GET', '/anything'), { settings: { onError: 'continueRegularOutput' } });

		expect([failureIn(write.items[0]).mayHaveBeenApplied, writes, requests.length - writes]).toEqual([true, 1, 2]);
	});

	test('a refusal comes in the words of the vendor, with its status, and without the secrets of the key', async () => {
		const secret = String(
			Object.values(bench.sandbox.credentials[`${node}Api`]).find((value) => String(value).includes('sandbox')),
		);
		const reply = {
			status: 422,
			body: {
				message: `No, ${secret}`,
				errors: [`No, ${secret}`],
				ExceptionType: 'MXNo',
				ExceptionMessage: `No, ${secret}`,
			},
		};
		bench.sandbox.vendors[node].faults.add({ kind: 'answer', reply });

		const { error, run } = await bench.run(node, request('GET', '/anything'));

		expect(error).toMatchObject({
			httpCode: '422',
			message: expect.stringContaining('refused the request: No, [secret removed]'),
		});
		expect(JSON.stringify(run.data.resultData)).not.toContain(secret);
	});
});

test.each<[NodeName, IDataObject]>([
	['syncroChat', request('GET', 'leads', { paging: 'page', returnAll: true, queryParameters: rows(['page', '9']) })],
	[
		'woofedCrm',
		request('POST', 'contacts/search', {
			paging: 'body',
			returnAll: true,
			body: '{ "query": {} }',
			queryParameters: rows(['page', '9']),
		}),
	],
	[
		'leadSquared',
		request('POST', '/Webhook.svc/Retrieve', {
			paging: 'body',
			returnAll: true,
			body: '{}',
			queryParameters: rows(['PageIndex', '2']),
		}),
	],
])(
	'%s: a page among the query parameters beside Read All Pages is refused, because the list would not be whole',
	async (node, parameters) => {
		const { error } = await bench.run(node, parameters);

		expect(error?.message).toMatch(/^'Read All Pages' sets the page itself, but 'Query Parameters' has '.*' too/);
		expect(bench.sandbox.vendors[node].requests).toEqual([]);
	},
);

test('items that change the record of one path wait for one another', async () => {
	const items = [{ path: '/contacts/1' }, { path: '/contacts/2' }, { path: '/contacts/1' }];
	bench.sandbox.vendors.woofedCrm.faults.add({ kind: 'answer', reply: { status: 200, body: { id: 1 } } });

	await bench.run('woofedCrm', request('PUT', '={{ $json.path }}', { body: '={{ ({ n: $itemIndex }) }}' }), { items });

	const order = bench.sandbox.vendors.woofedCrm.requests
		.filter(({ path }) => path.endsWith('/1'))
		.map(({ body }) => body as unknown);
	expect(order).toEqual([{ n: 0 }, { n: 2 }]);
});

test('a saved request of LeadSquared that deletes by GET counts as a write', async () => {
	bench.sandbox.vendors.leadSquared.faults.add({ kind: 'reset', times: 1 });

	const { items } = await bench.run(
		'leadSquared',
		request('GET', '/LeadManagement.svc/Lead/Delete/ById', { queryParameters: rows(['leadId', 'x']) }),
		{
			settings: { onError: 'continueRegularOutput' },
		},
	);

	expect(failureIn(items[0]).mayHaveBeenApplied).toBe(true);
});

describe('numbers of more digits than JavaScript holds', () => {
	test.each<[string, IDataObject, string, string]>([
		[
			'in the body',
			{ body: '{ "query": { "id_eq": 1234567890123456789 } }' },
			"'Body'",
			'The digits of the number 1234567890123456789 would change.',
		],
		[
			'in a body that an expression gives',
			{ body: '={{ { id: 12345678901234567890 } }}' },
			"'Body'",
			'n8n rounds whole numbers above 9007199254740991',
		],
		[
			'in the query',
			{ queryParameters: { values: [{ name: 'id', value: '={{ 12345678901234567890 }}' }] } },
			"'Query Parameters' (row 1, 'Value')",
			'n8n rounds',
		],
	])('are refused %s, because others would be sent', async (_, parameters, place, description) => {
		const { error } = await bench.run('woofedCrm', request('POST', '/contacts/search', parameters));

		expect(error?.message).toContain(`${place} must be `);
		expect(error?.description).toContain(description);
		expect(bench.sent('woofedCrm')).toEqual([]);
	});

	test('are sent as text, in the body and in the query', async () => {
		const long = '1234567890123456789';

		await bench.run(
			'woofedCrm',
			request('POST', '/contacts/search', {
				body: `{ "query": { "phone_eq": "${long}" } }`,
				queryParameters: rows(['id', long]),
			}),
		);

		expect(bench.sent('woofedCrm')[0]).toMatchObject({ body: { query: { phone_eq: long } }, query: { id: long } });
	});

	test('come out as text with all of their digits', async () => {
		const reply = {
			status: 200,
			headers: { 'content-type': 'application/json' },
			body: '{"id":12345678901234567890,"rate":1.5,"deals":[{"id":-9007199254740993}]}',
		};
		bench.sandbox.vendors.woofedCrm.faults.add({ kind: 'answer', reply, times: 1 });

		const { items } = await bench.run('woofedCrm', request('GET', '/contacts/1'));

		expect(items[0].json).toEqual({ id: '12345678901234567890', rate: 1.5, deals: [{ id: '-9007199254740993' }] });
	});
});
