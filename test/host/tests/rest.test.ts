import type { IDataObject, INodeExecutionData, INodeListSearchItems } from 'n8n-workflow';
import manifest from '../../../package.json';
import { runWorkflow } from '../../engine/engine';
import { loadPack } from '../../engine/pack';
import { startingNodes } from '../../support/triggers';
import { vendors, type VendorName } from '../../support/vendors';
import { workflowOf, type NodeName } from '../../support/workflows';
import { PACKAGE, examples, openFixture, withStoredCredentials, type Fixture } from '../fixture';
import { outputOf } from '../rest';

let fixture: Fixture;
beforeAll(async () => {
	fixture = await openFixture();
}, 900_000);
afterEach(() => fixture.sandbox.reset());
afterAll(async () => await fixture?.close());

const rest = () => fixture.host.rest;
const names = vendors.map(({ name }) => name);
const credentialData = (vendor: VendorName, change: IDataObject = {}) =>
	({ ...fixture.sandbox.credentials[`${vendor}Api`], ...change }) as IDataObject;

describe('the installed package', () => {
	test("is listed by n8n with its nodes, as after the button 'Install'", async () => {
		const packages = await rest().call<
			Array<{ packageName: string; installedVersion: string; installedNodes: Array<{ name: string }> }>
		>('GET', '/rest/community-packages');

		expect(packages).toEqual([expect.objectContaining({ packageName: PACKAGE, installedVersion: manifest.version })]);
		expect(packages[0].installedNodes.map(({ name }) => name).sort()).toEqual(
			[...vendors.map(({ vendor }) => vendor.name), ...startingNodes.map(({ displayName }) => displayName)].sort(),
		);
	});

	test('gives every node and its tool variant to the editor, with icons that can be loaded', async () => {
		const all = await rest().call<Array<{ name: string; iconUrl?: { light: string; dark: string } }>>(
			'GET',
			'/types/nodes.json',
		);
		const ours = all.filter(({ name }) => name.startsWith(`${PACKAGE}.`));

		expect(ours.map(({ name }) => name.split('.')[1]).sort()).toEqual(
			[...names.flatMap((name) => [name, `${name}Tool`]), ...startingNodes.map(({ name }) => name)].sort(),
		);
		for (const { iconUrl } of ours) {
			for (const icon of [iconUrl!.light, iconUrl!.dark])
				expect(await (await fetch(`${fixture.host.url}/${icon}`)).text()).toContain('<svg');
		}
	});

	test('gives every credential with an icon, a help page and the nodes that use it', async () => {
		const all = await rest().call<
			Array<{ name: string; documentationUrl: string; iconUrl: object; supportedNodes: string[] }>
		>('GET', '/types/credentials.json');

		for (const vendor of names) {
			const { supportedNodes, ...shown } = all.find(({ name }) => name === `${vendor}Api`)!;
			// n8n reads the nodes in no order.
			expect({ ...shown, supportedNodes: [...(supportedNodes as string[])].sort() }).toMatchObject({
				documentationUrl: expect.stringContaining('https://'),
				iconUrl: { light: expect.any(String), dark: expect.any(String) },
				supportedNodes: [vendor, ...startingNodes.filter(({ parts }) => parts.name === vendor).map(({ name }) => name)]
					.map((name) => `${PACKAGE}.${name}`)
					.sort(),
			});
		}
	});

	test('serves the previews of its outputs', async () => {
		const preview = await rest().call<IDataObject>('GET', `/schemas/${PACKAGE}.syncroChat/1.0.0/task/get.json`);

		expect(preview).toMatchObject({ type: 'object', properties: { subject: { type: 'string' } } });
	});
});

describe('credential tests', () => {
	test.each(names)('%s: the right key passes', async (vendor) => {
		expect(await rest().testCredential(`${vendor}Api`, credentialData(vendor))).toMatchObject({ status: 'OK' });
	});

	test.each<[VendorName, IDataObject, string]>([
		['syncroChat', { apiKey: 'wrong' }, 'missing, unknown or expired'],
		['wegly', { token: 'wrong' }, 'missing, unknown or expired'],
		['woofedCrm', { token: 'wrong' }, 'missing or invalid'],
		['leadSquared', { secretKey: 'wrong' }, 'access key or secret key is'],
	])('%s: a wrong key is told', async (vendor, change, words) => {
		expect(await rest().testCredential(`${vendor}Api`, credentialData(vendor, change))).toEqual({
			status: 'Error',
			message: expect.stringContaining(words),
		});
	});

	test.each(names)('%s: a host that is not the API is told', async (vendor) => {
		fixture.sandbox.vendors[vendor].faults.add({ kind: 'answer', reply: { status: 200, body: { hello: 'world' } } });

		expect(await rest().testCredential(`${vendor}Api`, credentialData(vendor))).toEqual({
			status: 'Error',
			message: expect.stringContaining('does not respond like the API of'),
		});
	});

	test('Wegly: a key without the chat permission is called a good one', async () => {
		fixture.sandbox.vendors.wegly.faults.add({
			kind: 'answer',
			reply: { status: 403, body: { message: 'Forbidden' } },
		});

		expect((await rest().testCredential('weglyApi', credentialData('wegly'))).message).toContain(
			'The key is valid, but it lacks the chat permission',
		);
	});

	test('WoofedCRM: an address with a slash and /api/v1 at its end passes', async () => {
		const baseUrl = `${fixture.sandbox.vendors.woofedCrm.url}/api/v1/`;

		expect(await rest().testCredential('woofedCrmApi', credentialData('woofedCrm', { baseUrl }))).toMatchObject({
			status: 'OK',
		});
	});

	test.each(names)('%s: a redirect is not followed', async (vendor) => {
		const elsewhere = fixture.sandbox.vendors[names.find((other) => other !== vendor)!];
		fixture.sandbox.vendors[vendor].faults.add({
			kind: 'answer',
			reply: { status: 302, headers: { location: elsewhere.url }, body: '' },
		});

		const verdict = await rest().testCredential(`${vendor}Api`, credentialData(vendor));

		expect(verdict).toEqual({ status: 'Error', message: expect.stringContaining('redirect') });
		expect(elsewhere.requests).toEqual([]);
	});

	test.each(names)('%s: the key goes to no public host without encryption', async (vendor) => {
		const verdict = await rest().testCredential(
			`${vendor}Api`,
			credentialData(vendor, { baseUrl: 'http://crm.example.com' }),
		);

		expect(verdict).toEqual({
			status: 'Error',
			message: expect.stringContaining(
				'\'Base URL\' of the credential may use http:// only for local hosts, but names "crm.example.com"',
			),
		});
	});

	test.each(names)('%s: a password inside the address is refused and not quoted', async (vendor) => {
		const baseUrl = fixture.sandbox.vendors[vendor].url.replace('//', '//ana:hunter2@');

		const { message } = await rest().testCredential(`${vendor}Api`, credentialData(vendor, { baseUrl }));

		expect(message).toContain('must not contain a user name or password');
		expect(message).not.toContain('hunter2');
		expect(fixture.sandbox.vendors[vendor].requests).toEqual([]);
	});

	test('WoofedCRM: an account ID that is no positive whole number is refused before anything is sent', async () => {
		const verdict = await rest().testCredential('woofedCrmApi', credentialData('woofedCrm', { accountId: 1.5 }));

		expect(verdict).toEqual({
			status: 'Error',
			message: expect.stringContaining("'Account ID' of the credential must be a positive whole number, but is 1.5"),
		});
		expect(fixture.sandbox.vendors.woofedCrm.requests).toEqual([]);
	});
});

describe('drop-downs', () => {
	const question = (vendor: NodeName, method: string, parameter: string, parameters: IDataObject) => ({
		node: `${PACKAGE}.${vendor}`,
		method,
		path: `parameters.${parameter}`,
		parameters,
		credentials: { [`${vendor}Api`]: fixture.credentials[`${vendor}Api`] },
	});
	const list = async (
		vendor: NodeName,
		method: string,
		parameter: string,
		parameters: IDataObject,
		filter?: string,
		paginationToken?: string,
	) => await rest().searchList({ ...question(vendor, method, parameter, parameters), filter, paginationToken });
	const task = { resource: 'task', operation: 'create' };
	const event = { resource: 'dealEvent', operation: 'createNote' };
	const appointment = { resource: 'task', operation: 'createAppointment' };

	test.each<[NodeName, string, string, IDataObject, string | undefined, string]>([
		['syncroChat', 'users', 'additionalFields.assigned_to', task, undefined, 'Ana · ana@example.com'],
		['syncroChat', 'leads', 'additionalFields.lead_id', task, 'joão', 'João Silva · +5511999877660'],
		['woofedCrm', 'deals', 'deal_id', event, 'website', 'Website plan lead · Mariana Costa · New · Sales · open'],
		['woofedCrm', 'stages', 'stage_id', { resource: 'deal', operation: 'moveToStage' }, undefined, 'Proposal · Sales'],
		['leadSquared', 'appointmentTypes', 'TaskType', appointment, undefined, 'Meeting'],
		['leadSquared', 'toDoTypes', 'TaskType', { ...appointment, operation: 'createToDo' }, undefined, 'Follow-Up'],
		['leadSquared', 'users', 'owner', appointment, 'task', 'Task Owner · taskowner@example.com'],
		[
			'leadSquared',
			'leads',
			'RelatedEntityId',
			{ ...appointment, RelatedEntity: 'lead' },
			'sample',
			'Sample Lead · lead@example.com · +91-9000000000',
		],
	])('%s: %s are filled and searched', async (vendor, method, parameter, parameters, filter, name) => {
		const { results } = await list(vendor, method, parameter, parameters, filter);

		expect(results.map((entry: INodeListSearchItems) => entry.name)).toContain(name);
	});

	test('a long list comes page after page', async () => {
		const first = await list('syncroChat', 'leads', 'additionalFields.lead_id', task);
		const second = await list(
			'syncroChat',
			'leads',
			'additionalFields.lead_id',
			task,
			undefined,
			first.paginationToken as string,
		);

		expect([first.results.length, second.results.length]).toEqual([50, 50]);
		expect(second.results[0].value).not.toBe(first.results[0].value);
	});

	test('stages follow the pipeline of the form', async () => {
		const lead = { resource: 'lead', operation: 'create', pipeline_id: { __rl: true, mode: 'id', value: '2' } };

		expect(
			(await list('syncroChat', 'stages', 'stage_id', lead)).results.map(({ name }: INodeListSearchItems) => name),
		).toEqual(['New · Support']);
	});

	test('the custom fields of the account are asked for by the mapper', async () => {
		const { fields } = await rest().mapperFields(
			question('syncroChat', 'customFields', 'custom_fields', { resource: 'lead', operation: 'create' }),
		);

		expect(fields.map(({ displayName }) => displayName)).toEqual([
			'Company Size',
			'Sector',
			'Budget',
			'Visit',
			'Interests',
			'Newsletter',
		]);
	});

	test('the variables of the chosen template are asked for by the mapper', async () => {
		const send = { resource: 'lead', operation: 'sendTemplate', template_id: { __rl: true, mode: 'list', value: 3 } };
		const { fields } = await rest().mapperFields(question('syncroChat', 'templateVariables', 'variables', send));

		expect(fields.map(({ displayName }) => displayName)).toEqual([
			'Olá {{1}}, seu pedi…',
			'…eu pedido {{2}} foi envia…',
			'…chega até {{3}}. Até logo…',
		]);
	});

	test('the events of a webhook can be ticked', async () => {
		const options = await rest().options(
			question('syncroChat', 'webhookEvents', 'events', { resource: 'webhook', operation: 'create' }),
		);

		expect(options.map(({ value }) => value)).toContain('lead.lost');
	});

	test('a missing permission is told with what to do about it', async () => {
		fixture.sandbox.vendors.syncroChat.faults.add({
			kind: 'answer',
			reply: { status: 403, body: { message: 'Sem permissão', required_permission: 'users:read' } },
		});

		await expect(list('syncroChat', 'users', 'additionalFields.assigned_to', task)).rejects.toThrow(
			/Sem permissão. The key lacks the permission users:read/,
		);
	});
});

describe('the example workflows', () => {
	/** Ids, moments and phone numbers of a run, which differ from run to run, become their type. */
	const shape = (items: INodeExecutionData[]) =>
		items.map(({ json, pairedItem }) => ({
			json: Object.fromEntries(
				Object.entries(json).map(([key, value]) => [
					key,
					/^\d{4}-|^[0-9a-f-]{36}$/.test(String(value)) || /^id$|Id$/.test(key) ? typeof value : value,
				]),
			),
			pairedItem,
		}));

	test.each(examples())('%s gives the same in n8n as in the engine', async (_file, workflow) => {
		const steps = workflow.nodes.filter(({ type }) => type.startsWith(PACKAGE));
		const id = await rest().createWorkflow(withStoredCredentials(workflow, fixture.credentials));

		const stored = await rest().run(id, workflow.nodes[0].name);
		const engine = await runWorkflow(workflow, { pack: loadPack('build'), credentials: fixture.sandbox.credentials });

		expect(stored.status).toBe('success');
		for (const { name } of steps)
			expect(shape(outputOf(stored, name))).toEqual(shape(engine.data.resultData.runData[name][0].data!.main[0]!));
	});
});

describe('a failing item', () => {
	const create = {
		resource: 'task',
		operation: 'create',
		subject: '={{ $json.subject }}',
		type: 'call',
		due_date: '2026-07-01',
	};
	const run = async (onError?: 'continueErrorOutput') => {
		fixture.sandbox.vendors.syncroChat.faults.add({
			kind: 'answer',
			reply: { status: 403, body: { message: 'Key crm_sandbox_key may not', required_permission: 'tasks:write' } },
			match: ({ body }) => (body as IDataObject).subject === 'b',
		});
		const file = workflowOf('syncroChat', create, onError ? { onError } : {});
		const pinned = ['a', 'b', 'c'].map((subject) => ({ json: { subject } }));
		const id = await rest().createWorkflow(withStoredCredentials(file, fixture.credentials), {
			Trigger: pinned,
		} as unknown as IDataObject);
		return await rest().run(id, 'Trigger');
	};

	test('takes the error output with its detail, the others go on', async () => {
		const execution = await run('continueErrorOutput');

		expect(outputOf(execution, 'CRM', 0).map(({ json }) => json.subject)).toEqual(['a', 'c']);
		expect(outputOf(execution, 'CRM', 1)).toEqual([
			expect.objectContaining({
				json: expect.objectContaining({ subject: 'b', error: expect.objectContaining({ code: 'tasks:write' }) }),
			}),
		]);
	});

	test('stops the workflow, and no secret is in what n8n stores', async () => {
		const execution = await run();

		expect(execution.status).toBe('error');
		expect(execution.data.resultData.error?.message).toContain(
			'Syncro Chat refused the request: Key [secret removed] may not',
		);
		expect(execution.stored).not.toContain('crm_sandbox_key');
	});
});
