import type { ICredentialDataDecryptedObject, IDataObject } from 'n8n-workflow';
import { startSandbox, type Sandbox } from '../sandbox';
import { Bench, failureIn, pack, workflowOf, type NodeName } from '../support/run';
import { byVendor, vendors } from '../support/vendors';
import { bulkForm, rowsIn, seededLead } from './bulk';
import { loadOptionsContext, runWorkflow } from './engine';
import { steps } from './samples/steps';

const names = vendors.map(({ name }) => name);
const partsOf = byVendor((parts) => parts);
/** A node's parameters for one request. */
const parametersOf = byVendor(
	({ name }) => steps.find(({ node, place }) => node === name && !place.operation.run)!.parameters,
);

/** The other tenant has servers of its own, which know its own keys alone. */
const otherKey = (key: unknown) => `${String(key)}_of_b`;
const a = new Bench();
let b: Sandbox;
beforeAll(async () => {
	const instead = byVendor(({ sandbox, keys }) => () => ({
		...sandbox(),
		authorized: (headers: Record<string, string | undefined>) =>
			Object.entries(keys).every(([header, key]) => headers[header] === otherKey(key)),
	}));
	b = await startSandbox({ instead });
});
afterEach(() => b.reset());
afterAll(async () => await b.close());

const requestsOf = (name: NodeName) => [a.sandbox, b].map(({ vendors: all }) => all[name].requests);
const statusesOf = (name: NodeName) => requestsOf(name).map((requests) => requests.map(({ status }) => status));

type Values = ICredentialDataDecryptedObject;
const valuesOf = (name: NodeName): Record<'a' | 'b', Values> => {
	const { credential, secrets } = partsOf[name].vendor;
	const own = a.sandbox.credentials[credential];
	const keys = Object.fromEntries(secrets.map((secret) => [secret, otherKey(own[secret])]));
	return { a: own, b: { ...own, ...keys, baseUrl: String(b.credentials[credential].baseUrl) } };
};

/** A credential all of whose texts are taken from the item. */
const fromItem = (name: NodeName): Values =>
	Object.fromEntries(
		Object.entries(valuesOf(name).a).map(([key, value]) => [
			key,
			typeof value === 'string' && value !== 'custom' ? `={{ $json.${key} }}` : value,
		]),
	);

/** A credential that counts how often it is read, and may change meanwhile. */
function stored(name: NodeName, values: () => Values) {
	const seen = { reads: 0 };
	const credentials = Object.defineProperty({}, partsOf[name].vendor.credential, {
		get: () => {
			seen.reads += 1;
			return values();
		},
	}) as Record<string, Values>;
	return { credentials, seen };
}

async function run(
	name: NodeName,
	values: Values | (() => Values),
	items: IDataObject[],
	parameters: IDataObject = parametersOf[name],
	settings = {},
) {
	const { credentials, seen } = stored(name, typeof values === 'function' ? values : () => values);
	const { data } = await runWorkflow(workflowOf(name, parameters, settings), {
		pack,
		credentials,
		items: items.map((json) => ({ json })),
	});
	const task = data.resultData.runData.CRM?.[0];
	return {
		items: task?.data?.main[0] ?? [],
		error: data.resultData.error,
		hints: task?.hints ?? [],
		reads: seen.reads,
		whole: JSON.stringify(data),
	};
}

const goesOn = { onError: 'continueRegularOutput' as const };

describe.each(names)('%s: a credential with expressions', (name) => {
	test('takes each item to its own tenant, with the key of that tenant', async () => {
		const { a: mine, b: theirs } = valuesOf(name);

		const { items, error } = await run(name, fromItem(name), [mine, theirs, mine, theirs]);

		expect(error).toBeUndefined();
		expect(items.every(({ json }) => !('error' in json))).toBe(true);
		for (const statuses of statusesOf(name)) {
			expect(statuses).toHaveLength(2);
			expect(statuses.every((status) => status! < 300)).toBe(true);
		}
	});

	test('is read for every item, because only the last one may differ', async () => {
		const { a: mine, b: theirs } = valuesOf(name);
		const choose = (key: string) => `={{ $json.t === 'b' ? '${String(theirs[key])}' : '${String(mine[key])}' }}`;
		const values = {
			...mine,
			baseUrl: choose('baseUrl'),
			...Object.fromEntries(partsOf[name].vendor.secrets.map((secret) => [secret, choose(secret)])),
		};

		await run(name, values, [{ t: 'a' }, { t: 'a' }, { t: 'a' }, { t: 'b' }]);

		expect(statusesOf(name).map(({ length }) => length)).toEqual([3, 1]);
	});

	test('may be about the number of the item alone', async () => {
		const { a: mine, b: theirs } = valuesOf(name);
		const choose = (key: string) => `={{ $itemIndex === 2 ? '${String(theirs[key])}' : '${String(mine[key])}' }}`;
		const values = {
			...mine,
			baseUrl: choose('baseUrl'),
			...Object.fromEntries(partsOf[name].vendor.secrets.map((secret) => [secret, choose(secret)])),
		};

		await run(name, values, [{}, {}, {}]);

		expect(statusesOf(name).map(({ length }) => length)).toEqual([2, 1]);
	});

	test('that is unusable for one item fails that item alone where the node goes on', async () => {
		const { a: mine, b: theirs } = valuesOf(name);
		const [secret] = partsOf[name].vendor.secrets;
		const broken = [
			{ ...mine, [secret]: ' ' },
			{ ...mine, [secret]: undefined },
			{ ...mine, baseUrl: 'nothing like an address' },
			{ ...mine, baseUrl: 'http://crm.example.com' },
			{ ...mine, baseUrl: undefined },
		];

		const { items, error } = await run(
			name,
			fromItem(name),
			[...broken, theirs, mine] as IDataObject[],
			parametersOf[name],
			goesOn,
		);

		expect(error).toBeUndefined();
		expect(items.slice(0, 5).map((item) => failureIn(item).message)).toEqual([
			expect.stringMatching(
				/^'.+ (Key|Token)' of the credential is required but empty \[item 0\]$|^'Token' of the credential is required but empty \[item 0\]$/,
			),
			expect.stringMatching(/ of the credential is required but empty \[item 1\]$/),
			"'Base URL' of the credential must be a valid web address [item 2]",
			'\'Base URL\' of the credential may use http:// only for local hosts, but names "crm.example.com" [item 3]',
			"'Base URL' of the credential is required but empty [item 4]",
		]);
		expect(
			items.slice(0, 5).every((item) => failureIn(item).description!.startsWith('Nothing was sent for this item. ')),
		).toBe(true);
		expect(items.slice(5).every(({ json }) => !('error' in json))).toBe(true);
		expect(statusesOf(name).map(({ length }) => length)).toEqual([1, 1]);
	});

	test('that is unusable for one item stops the node before anything is sent', async () => {
		const { a: mine } = valuesOf(name);

		const { error } = await run(name, fromItem(name), [mine, mine, { ...mine, baseUrl: 'nothing like an address' }]);

		expect(error).toMatchObject({
			message: "'Base URL' of the credential must be a valid web address [item 2]",
			context: { itemIndex: 2 },
		});
		expect(statusesOf(name)).toEqual([[], []]);
	});

	test('that fails for one item fails that item alone, with the words of n8n', async () => {
		const { a: mine } = valuesOf(name);
		const values = {
			...mine,
			baseUrl: "={{ $json.ok ? '" + String(mine.baseUrl) + "' : $('Nowhere').item.json.url }}",
		};

		const { items } = await run(name, values, [{}, { ok: true }], parametersOf[name], goesOn);

		expect(failureIn(items[0])).toMatchObject({
			message: "An expression in the credential failed: Referenced node doesn't exist [item 0]",
			description: 'Nothing was sent for this item. Correct the expression in the credential, or the data of the item.',
		});
		expect(statusesOf(name).map(({ length }) => length)).toEqual([1, 0]);
	});

	test('has its own secrets taken out of what goes wrong', async () => {
		const { a: mine, b: theirs } = valuesOf(name);
		const [secret] = partsOf[name].vendor.secrets;
		const shown = (values: Values) => ({
			status: 400,
			body: { message: `bad key ${String(values[secret])}`, errors: `bad key ${String(values[secret])}` },
		});
		a.sandbox.vendors[name].faults.add({ kind: 'answer', reply: shown(mine) });
		b.vendors[name].faults.add({ kind: 'answer', reply: shown(theirs) });

		const { items } = await run(name, fromItem(name), [mine, theirs], parametersOf[name], goesOn);

		const words = items.map((item) => JSON.stringify(failureIn(item)));
		expect(words).toEqual([expect.stringContaining('[secret removed]'), expect.stringContaining('[secret removed]')]);
		expect(words.join()).not.toContain(String(mine[secret]));
		expect(words.join()).not.toContain(otherKey(''));
	});

	test('whose values change while it is read sends no key to the address of another read', async () => {
		const { a: mine, b: theirs } = valuesOf(name);
		let reads = 0;
		const values = () => ({ ...((reads += 1) % 2 === 1 ? mine : theirs), requestsPerWindow: '={{ 0 }}' }) as Values;

		await run(name, values, [{}, {}, {}, {}, {}]);

		const statuses = statusesOf(name).flat();
		expect(statuses).toHaveLength(5);
		expect(statuses.every((status) => status! < 300)).toBe(true);
	});
});

describe.each(names)('%s: a credential without expressions on items', (name) => {
	test('is read once for all items', async () => {
		const { a: mine } = valuesOf(name);

		const { reads, error } = await run(name, mine, [{}, {}, {}, {}]);

		expect([reads, error]).toEqual([1, undefined]);
		expect(statusesOf(name)[0]).toHaveLength(4);
	});

	test.each(['http://127.0.0.1:9', 'nothing like an address', ''])(
		'that is unusable (%p) stops the node, as long as no item can do without it',
		async (baseUrl) => {
			const { a: mine } = valuesOf(name);

			const { error, reads } = await run(name, { ...mine, baseUrl }, [{}, {}], {
				...parametersOf[name],
				options: { maxTries: 1 },
			});

			expect(error).toBeDefined();
			expect(reads).toBe(1);
		},
	);
});

test('a value from the variables of the instance is the same for all items', async () => {
	const { a: mine } = valuesOf('wegly');
	const { reads } = await run('wegly', { ...mine, allowedDomain: '={{ $vars.domain }}' }, [{}, {}, {}]);

	expect(reads).toBe(1);
});

describe.each(['lead', 'activity', 'task'] as const)('LeadSquared: %ss in bulk', (kind) => {
	test('are never sent together for two tenants', async () => {
		const { a: mine, b: theirs } = valuesOf('leadSquared');
		const items = Array.from({ length: 8 }, (_, index) => {
			const tenant = index % 2 === 0 ? 'a' : 'b';
			return {
				...(index % 2 === 0 ? mine : theirs),
				name: `${tenant}${index}`,
				email: `${tenant}${index}@example.com`,
				lead: seededLead(index),
			};
		});

		const { error } = await run('leadSquared', fromItem('leadSquared'), items as IDataObject[], bulkForm(kind));

		expect(error).toBeUndefined();
		const rows = requestsOf('leadSquared').map((requests) =>
			requests.map((request) => rowsIn(request).map((row) => JSON.stringify(row))),
		);
		expect(rows.map((requests) => requests.map(({ length }) => length))).toEqual([[4], [4]]);
		expect(rows[0].flat().every((row) => /"a\d/.test(row) && !/"b\d/.test(row))).toBe(true);
		expect(rows[1].flat().every((row) => /"b\d/.test(row) && !/"a\d/.test(row))).toBe(true);
	});
});

test('the types of the fields are asked for once for each tenant', async () => {
	const { a: mine, b: theirs } = valuesOf('leadSquared');
	const span = { FromDate: '2020-01-01T00:00:00', ToDate: '2099-01-01T00:00:00' };
	const form = {
		resource: 'lead',
		operation: 'getChanged',
		...span,
		returnAll: false,
		limit: 1,
		simplify: false,
		options: { convertTypes: true },
	};

	const { error } = await run('leadSquared', fromItem('leadSquared'), [mine, theirs, mine, theirs], form);

	expect(error).toBeUndefined();
	const asked = requestsOf('leadSquared').map(
		(requests) => requests.filter(({ path }) => path.includes('MetaData')).length,
	);
	expect(asked).toEqual([1, 1]);
});

test('what was carried out once for one tenant is carried out for another', async () => {
	const { a: mine, b: theirs } = valuesOf('syncroChat');
	const form = { ...parametersOf.syncroChat, options: { oncePer: '={{ $json.order }}' } };
	const items = [mine, theirs, mine, theirs].map((values) => ({ ...values, order: 'order 1' })) as IDataObject[];

	const first = await run('syncroChat', fromItem('syncroChat'), items, form);
	const again = await run('syncroChat', fromItem('syncroChat'), items.slice(1, 2), form);

	expect(statusesOf('syncroChat').map(({ length }) => length)).toEqual([1, 1]);
	expect(first.items.map(({ json }) => json.alreadyCarriedOut)).toEqual([undefined, undefined, true, true]);
	expect(again.items.map(({ json }) => json.alreadyCarriedOut)).toEqual([true]);
});

test('items on the record of the same ID do not wait for the one of another tenant', async () => {
	const { a: mine, b: theirs } = valuesOf('syncroChat');
	let release = () => {};
	a.sandbox.vendors.syncroChat.faults.add({ kind: 'hold', until: new Promise<void>((resolve) => (release = resolve)) });
	const form = { resource: 'task', operation: 'get', id: { __rl: true, mode: 'id', value: 1 } };
	const [mineHeld, theirRequests] = requestsOf('syncroChat');

	const end = run('syncroChat', fromItem('syncroChat'), [mine, theirs], form, goesOn);
	for (const until = Date.now() + 10_000; theirRequests.length === 0 && Date.now() < until; )
		await new Promise((resolve) => setTimeout(resolve, 20));
	const before = [mineHeld, theirRequests].map(({ length }) => length);
	release();
	await end;

	expect(before).toEqual([1, 1]);
});

test("each tenant's limit holds back its own items alone", async () => {
	const { a: mine, b: theirs } = valuesOf('syncroChat');
	const values = { ...fromItem('syncroChat'), requestsPerWindow: '={{ $json.limit }}', windowSeconds: 1 };
	const items = [
		...Array.from({ length: 4 }, () => ({ ...mine, limit: 2 })),
		...Array.from({ length: 6 }, () => ({ ...theirs, limit: 0 })),
	] as IDataObject[];
	const started = Date.now();

	await run('syncroChat', values, items);

	const [slow, quick] = requestsOf('syncroChat').map((requests) => requests.map(({ at }) => at - started));
	expect([slow.length, quick.length]).toEqual([4, 6]);
	expect(Math.max(...quick)).toBeLessThan(Math.max(...slow) - 300);
});

describe.each(names)('%s: a list with a credential of expressions', (name) => {
	test('says that the expressions have a value only in a run', async () => {
		const [method] = Object.values(pack.nodeTypes[`n8n-nodes-crm-pack.${name}`].methods!.listSearch!);
		const file = workflowOf(name, {});
		const context = loadOptionsContext(file, 'CRM', {
			pack,
			credentials: { [partsOf[name].vendor.credential]: fromItem(name) },
		});

		const asked = method.call(context, 'a');

		await expect(asked).rejects.toThrow(/^The credential has an expression that uses item data.+ choose By ID/);
		expect(statusesOf(name)).toEqual([[], []]);
	});
});
