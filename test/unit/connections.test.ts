import type { IDataObject, IExecuteFunctions } from 'n8n-workflow';
import { Connections } from '../../nodes/shared/http/connections';
import { syncroChat } from '../../nodes/SyncroChat/vendor';
import { woofedCrm } from '../../nodes/WoofedCrm/vendor';
import { stubContext } from '../bench/stub';

/** A credential by item, in an n8n that doesn't show how it resolves one. */
type ByItem = (item: number) => IDataObject | Error;

const rate = { requestsPerWindow: 0, windowSeconds: 60 };
const valuesOf = (tenant: string): IDataObject => ({
	...rate,
	apiKey: `key of ${tenant}`,
	baseUrl: `https://${tenant}.example.com`,
});

interface Seen {
	items: number[];
	most: number;
}

function contextOf(
	byItem: ByItem,
	{ seen = { items: [], most: 0 } as Seen, stop = undefined as AbortController | undefined } = {},
): IExecuteFunctions {
	let open = 0;
	const getCredentials = async (_type: string, item: number) => {
		seen.items.push(item);
		seen.most = Math.max(seen.most, (open += 1));
		await new Promise((resolve) => setImmediate(resolve));
		open -= 1;
		const values = byItem(item);
		if (values instanceof Error) throw values;
		return values;
	};
	const context = stubContext({
		items: [],
		parameters: {},
		credentials: {},
		transport: async () => ({ statusCode: 200, headers: {}, body: {} }),
	});
	return Object.assign(context, { getCredentials, getExecutionCancelSignal: () => stop?.signal });
}

/** The same in an n8n whose context resolves expressions: each value is one, or none is. */
function resolvingContext(byItem: ByItem, hasExpressions: boolean): IExecuteFunctions {
	const getParameterValue = (_stored: unknown, item: number) => {
		const values = byItem(item);
		if (values instanceof Error) throw values;
		return values;
	};
	const context = Object.assign(contextOf(byItem), { workflow: { expression: { getParameterValue } } });
	const stored = (item: number) => (hasExpressions ? { apiKey: '={{ $json.key }}' } : byItem(item));
	return Object.assign(context, {
		async getCredentials(this: typeof context, _type: string, item: number) {
			return this.workflow.expression.getParameterValue(stored(item), item);
		},
	});
}

test('items with the same values share a connection, and other items share only the run', async () => {
	const connections = await Connections.open(
		contextOf((item) => valuesOf(item % 2 === 0 ? 'a' : 'b')),
		syncroChat,
		4,
	);

	const [a, b, sameAsA] = [0, 1, 2].map((item) => connections.of(item));

	expect(sameAsA).toBe(a);
	expect([a.root, b.root]).toEqual(['https://a.example.com/api/v1', 'https://b.example.com/api/v1']);
	expect(connections.all).toHaveLength(2);
	for (const part of ['throttle', 'concurrency', 'stats', 'keyAt', 'account', 'credentials'] as const)
		expect(b[part]).not.toBe(a[part]);
	for (const part of ['signal', 'deadlines', 'context'] as const) expect(b[part]).toBe(a[part]);
	expect([a.redact('key of a, key of b'), b.redact('key of a, key of b')]).toEqual([
		'[secret removed], key of b',
		'key of a, [secret removed]',
	]);
});

test('two keys at one server share its concurrency but no throttle', async () => {
	const connections = await Connections.open(
		contextOf((item) => ({ ...valuesOf('a'), apiKey: `key ${item}` })),
		syncroChat,
		2,
	);

	const [one, other] = [connections.of(0), connections.of(1)];

	expect(other.concurrency).toBe(one.concurrency);
	expect(other.throttle).not.toBe(one.throttle);
	expect(other.account).not.toBe(one.account);
});

test('the credential of every item is read once, eight at a time', async () => {
	const seen: Seen = { items: [], most: 0 };

	await Connections.open(
		contextOf(() => valuesOf('a'), { seen }),
		syncroChat,
		50,
	);

	expect(seen.items).toEqual(Array.from({ length: 50 }, (_, item) => item));
	expect(seen.most).toBe(8);
});

test('a stopped execution reads no further credential', async () => {
	const stop = new AbortController();
	const seen: Seen = { items: [], most: 0 };
	const byItem = (item: number) => {
		if (item === 10) stop.abort(new Error('stopped'));
		return valuesOf('a');
	};

	const connections = await Connections.open(contextOf(byItem, { seen, stop }), syncroChat, 1_000);

	expect(seen.items.length).toBeLessThan(30);
	expect(() => connections.of(999)).toThrow('stopped');
});

test('each set of options has one connection of its own', async () => {
	const connections = await Connections.open(
		contextOf(() => ({ ...valuesOf('a'), token: 'token' })),
		woofedCrm,
		2,
	);

	const [first, second] = [connections.of(0, { accountId: 1 }), connections.of(0, { accountId: 2 })];

	expect(connections.of(1, { accountId: 2, oncePer: 'text of item 1' })).toBe(second);
	expect([first.root, second.root].map((root) => root.split('/').pop())).toEqual(['1', '2']);
	expect(first.account).not.toBe(second.account);
	expect(first.throttle).toBe(second.throttle);
});

test('a WoofedCRM account is the same for any key', async () => {
	const connections = await Connections.open(
		contextOf((item) => ({ ...valuesOf('a'), token: `token of user ${item}` })),
		woofedCrm,
		2,
	);

	expect(connections.of(0).account).toBe(connections.of(1).account);
});

describe('data that outlives the run', () => {
	test('belongs to an account if the credential has expressions', async () => {
		const byItem = (item: number) => (item === 2 ? new Error('no value') : valuesOf(item === 0 ? 'a' : 'b'));
		const connections = await Connections.open(resolvingContext(byItem, true), syncroChat, 3);

		const accounts = [0, 1, 2].map((item) => connections.accountOf(item));

		expect(accounts).toEqual([connections.of(0).account, connections.of(1).account, undefined]);
		expect(accounts[0]).not.toBe(accounts[1]);
	});

	test('belongs to the same account for one item as for several', async () => {
		const one = await Connections.open(
			resolvingContext(() => valuesOf('a'), true),
			syncroChat,
			1,
		);
		const several = await Connections.open(
			resolvingContext(() => valuesOf('a'), true),
			syncroChat,
			3,
		);

		expect(one.accountOf(0)).toBe(several.accountOf(2));
	});

	test.each([
		['without expressions', resolvingContext(() => valuesOf('a'), false)],
		['where n8n shows no expressions', contextOf(() => valuesOf('a'))],
	])('belongs to the node %s, so that a new key changes nothing', async (_name, context) => {
		expect((await Connections.open(context, syncroChat, 2)).accountOf(0)).toBeUndefined();
	});
});

describe('a credential that no item can use', () => {
	const broken = new Error('Node does not have any credentials set');

	test.each<[string, IExecuteFunctions, string]>([
		['with the error of n8n', contextOf(() => broken), 'Node does not have any credentials set'],
		[
			'with the reason',
			resolvingContext(() => ({ ...valuesOf('a'), apiKey: '' }), false),
			"'API Key' of the credential is required but empty",
		],
	])('ends the run %s', async (_name, context, message) => {
		await expect(Connections.open(context, syncroChat, 3)).rejects.toThrow(message);
	});

	test('because of its expressions fails each item for its own reason', async () => {
		const connections = await Connections.open(
			resolvingContext((item) => new Error(`no ${item} [Error resolving credentials]`), true),
			syncroChat,
			2,
		);

		expect(() => connections.of(1)).toThrow('An expression in the credential failed: no 1 [item 1]');
		expect(connections.redactorOf(1)('key of a')).toBe('key of a');
	});
});
