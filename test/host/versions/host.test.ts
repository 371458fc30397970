import type { IDataObject } from 'n8n-workflow';
import path from 'node:path';
import manifest from '../../../package.json';
import { PACKAGE, examples, openFixture, withStoredCredentials, type Fixture } from '../fixture';
import { installHost } from '../installation';
import { outputOf } from '../rest';
import { vendors } from '../../support/vendors';
import { workflowOf } from '../../support/workflows';

/** Version of n8n; that of the other host tests when it is left out. */
const VERSION = process.env.N8N_HOST_VERSION || undefined;

/** The package as it is published, in a real n8n. */
let fixture: Fixture;
beforeAll(async () => {
	// n8n 1 does not start when it is told to leave out a module that it does not have.
	const env = VERSION?.startsWith('1.') ? { N8N_DISABLED_MODULES: '' } : {};
	fixture = await openFixture({ installation: installHost(VERSION), withPack: 'asFile', env });
}, 900_000);
afterEach(() => fixture?.sandbox.reset());
afterAll(async () => await fixture?.close());

const names = vendors.map(({ name }) => name);
const run = async (
	file: Parameters<typeof withStoredCredentials>[0],
	items: IDataObject[] = [{}],
	credentials = fixture.credentials,
) => {
	const { rest } = fixture.host;
	const trigger = file.nodes[0].name;
	const id = await rest.createWorkflow(withStoredCredentials(file, credentials), {
		[trigger]: items.map((json) => ({ json })),
	} as unknown as IDataObject);
	return await rest.run(id, trigger);
};

test('every node, trigger and tool variant is loaded, with its icon', async () => {
	const all = await fixture.host.rest.call<Array<{ name: string; iconUrl?: { light: string; dark: string } }>>(
		'GET',
		'/types/nodes.json',
	);
	const ours = all.filter(({ name }) => name.startsWith(`${PACKAGE}.`));

	const published = manifest.n8n.nodes.map((file) => path.basename(file, '.node.js'));
	const loaded = published.flatMap((name) => (name.endsWith('Trigger') ? [name] : [name, `${name}Tool`]));

	expect(ours.map(({ name }) => name.split('.')[1].toLowerCase()).sort()).toEqual(
		loaded.map((name) => name.toLowerCase()).sort(),
	);
	for (const { iconUrl } of ours)
		expect(await (await fetch(`${fixture.host.url}/${iconUrl!.light}`)).text()).toContain('<svg');
});

test.each(names)(
	'%s: the test of its credential passes with the right key, and fails with a wrong one',
	async (vendor) => {
		const type = `${vendor}Api`;
		const data = fixture.sandbox.credentials[type] as IDataObject;
		const wrong = Object.fromEntries(
			Object.entries(data).map(([name, value]) => [name, /key|token/i.test(name) ? 'wrong' : value]),
		);
		const test = async (values: IDataObject) =>
			(await fixture.host.rest.testCredential(type, values, fixture.credentials[type].id)).status;

		expect([await test(data), await test(wrong)]).toEqual(['OK', 'Error']);
	},
);

test('a drop-down is filled and searched', async () => {
	const { results } = await fixture.host.rest.searchList({
		node: `${PACKAGE}.syncroChat`,
		method: 'leads',
		path: 'parameters.additionalFields.lead_id',
		parameters: { resource: 'task', operation: 'create' },
		credentials: { syncroChatApi: fixture.credentials.syncroChatApi },
		filter: 'joão',
	});

	expect(results.map(({ name }) => name)).toEqual(['João Silva · +5511999877660']);
});

test.each(examples())('%s runs', async (_file, workflow) => {
	const execution = await run(workflow);

	expect(execution.data.resultData.error?.message).toBeUndefined();
	expect(execution.status).toBe('success');
});

test('a failed item takes the error output with its detail, and the others go on', async () => {
	const create = {
		resource: 'task',
		operation: 'create',
		subject: '={{ $json.subject }}',
		type: 'call',
		due_date: '2026-07-01',
	};
	const no = { status: 403, body: { message: 'No', required_permission: 'tasks:write' } };
	fixture.sandbox.vendors.syncroChat.faults.add({
		kind: 'answer',
		reply: no,
		match: ({ body }) => (body as IDataObject).subject === 'b',
	});

	const execution = await run(
		workflowOf('syncroChat', create, { onError: 'continueErrorOutput' }),
		['a', 'b', 'c'].map((subject) => ({ subject })),
	);

	expect(outputOf(execution, 'CRM', 0).map(({ json }) => json.subject)).toEqual(['a', 'c']);
	const error = expect.objectContaining({ code: 'tasks:write', httpCode: 403 });
	expect(outputOf(execution, 'CRM', 1).map(({ json }) => json)).toEqual([{ subject: 'b', error }]);
});

test('a vendor that is not there is told as such, and that nothing was sent', async () => {
	const elsewhere = { ...fixture.sandbox.credentials.syncroChatApi, baseUrl: 'http://127.0.0.1:9' } as IDataObject;
	const nobody = await fixture.host.rest.createCredential('syncroChatApi', elsewhere, 'nobody');
	const create = {
		resource: 'task',
		operation: 'create',
		subject: 'a',
		type: 'call',
		due_date: '2026-07-01',
		options: { maxTries: 2 },
	};
	const file = workflowOf('syncroChat', create, { onError: 'continueRegularOutput' });

	const execution = await run(file, [{}], { ...fixture.credentials, syncroChatApi: nobody });

	expect(outputOf(execution, 'CRM')[0].json.error).toMatchObject({
		message: 'Could not connect to 127.0.0.1:9 (2 tries)',
	});
	expect(outputOf(execution, 'CRM')[0].json.error).not.toHaveProperty('mayHaveBeenApplied');
});
