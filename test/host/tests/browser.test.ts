import type { IDataObject, INode } from 'n8n-workflow';
import { byId } from '../../engine/forms';
import { vendors } from '../../support/vendors';
import { workflowOf, type NodeName } from '../../support/workflows';
import { agentWorkflow } from '../agentWorkflows';
import { Editor, chromiumPath } from '../browser';
import { examples, openFixture, withStoredCredentials, type Fixture } from '../fixture';
import { startScriptedModel, type ScriptedModel } from '../scriptedModel';

const inBrowser = chromiumPath() ? describe : describe.skip;
if (!chromiumPath())
	process.stderr.write(
		'\n!!! NO CHROMIUM ON THIS MACHINE: THE TESTS IN THE EDITOR ARE SKIPPED (apt-get install chromium) !!!\n\n',
	);

/** For each node a locator that stands among the optional fields, and the request that its operation sends. */
const optionalLocators = [
	{
		node: 'syncroChat',
		form: { resource: 'task', operation: 'create', subject: 'Ligar', type: 'call', due_date: '2026-12-01' },
		...{
			collection: 'additionalFields',
			key: 'lead_id',
			label: 'Lead',
			value: '123',
			write: { method: 'POST', path: '/tasks' },
		},
	},
	{
		node: 'wegly',
		form: { resource: 'deal', operation: 'create', title: 'Implantação' },
		...{
			collection: 'additionalFields',
			key: 'responsible_id',
			label: 'Responsible',
			value: '7d3e9b52-1c44-4d8e-8a0f-6b2f5c7a9e10',
			write: { method: 'POST', path: '/deals' },
		},
	},
	{
		node: 'woofedCrm',
		form: { resource: 'deal', operation: 'update', id: byId(1), updateFields: { name: 'Plano' } },
		...{
			collection: 'updateFields',
			key: 'contact_id',
			label: 'Contact',
			value: '2',
			write: { method: 'PUT', path: '/deals/1' },
		},
	},
	{
		node: 'leadSquared',
		form: { resource: 'lead', operation: 'create', LastName: 'Souza' },
		...{
			collection: 'additionalFields',
			key: 'OwnerId',
			label: 'Owner',
			value: '5b000002-1a2b-4c3d-8e4f-000000000002',
			write: { method: 'POST', path: '/Lead.Create' },
		},
	},
] as const;

inBrowser("in n8n's editor", () => {
	let fixture: Fixture;
	let editor: Editor;
	let model: ScriptedModel;
	let openAi: { id: string; name: string };
	beforeAll(async () => {
		fixture = await openFixture();
		editor = await Editor.open(fixture.host);
		model = await startScriptedModel();
		openAi = await fixture.host.rest.createCredential(
			'openAiApi',
			{ apiKey: 'scripted', url: model.url, header: false },
			'Model',
		);
	}, 900_000);
	afterEach(() => fixture.sandbox.reset());
	afterAll(async () => {
		await editor?.close();
		await model?.close();
		await fixture?.close();
	});

	const open = async (node: NodeName, parameters: IDataObject) => {
		const id = await fixture.host.rest.createWorkflow(
			withStoredCredentials(workflowOf(node, parameters), fixture.credentials),
		);
		await editor.openWorkflow(id);
		await editor.openNode('CRM');
		return id;
	};

	test.each([
		...vendors.map(({ vendor }) => [vendor.name, vendor.name]),
		['tarefa', 'Syncro Chat'],
		['reunião', 'Wegly'],
		['negócio', 'WoofedCRM'],
		['compromisso', 'LeadSquared'],
	])('the words %s find the node %s', async (words, name) => {
		const id = await fixture.host.rest.createWorkflow(workflowOf('syncroChat', {}));
		await editor.openWorkflow(id);

		expect(await editor.findInCreator(words)).toContain(name);
	});

	test('a fresh form shows resource, operation and at most five fields, and nothing is marked as wrong but what is empty', async () => {
		await open('syncroChat', { resource: 'task', operation: 'create' });

		const labels = await editor.labels();

		expect(labels.slice(0, 9)).toEqual([
			'Credential',
			'Resource',
			'Operation',
			'Subject',
			'Type',
			'Due Date',
			'Additional Fields',
			'Simplify',
			'Options',
		]);
		expect(await editor.page.getByText(/options not loaded|error fetching/i).count()).toBe(0);
	});

	test('the link Docs of a node leads to its page, and that of a trigger to its part of the page about triggers', async () => {
		const docs = async () =>
			await editor.part('ndv').getByText('Docs').locator('xpath=ancestor-or-self::a').first().getAttribute('href');
		await open('syncroChat', {});
		const ofNode = await docs();
		const trigger: INode = {
			id: '1',
			name: 'CRM',
			type: 'n8n-nodes-crm-pack.weglyTrigger',
			typeVersion: 1,
			position: [0, 0],
			parameters: {},
		};
		await editor.openWorkflow(await fixture.host.rest.createWorkflow({ nodes: [trigger], connections: {} }));
		await editor.openNode('CRM');

		expect([ofNode, await docs()]).toEqual([
			expect.stringMatching(/\/blob\/main\/docs\/nodes\/syncroChat\.md\?/),
			expect.stringMatching(/\/blob\/main\/docs\/triggers\.md#wegly$/),
		]);
	});

	test('choosing another operation changes the form', async () => {
		await open('syncroChat', { resource: 'task', operation: 'create' });

		await editor.choose('operation', 'Get Many');

		await editor.page.getByText('Return All').first().waitFor();
		expect(await editor.labels()).toEqual(expect.arrayContaining(['Return All', 'Limit']));
	});

	test('a record is picked from a searchable list, the step is run, and its output is shown', async () => {
		await open('woofedCrm', {
			resource: 'dealEvent',
			operation: 'createNote',
			deal_id: { __rl: true, mode: 'list', value: '' },
			content: 'Olá do editor',
		});

		const picked = await editor.pick('deal_id', 'Website');
		await editor.part('node-execute-button').first().click();
		await editor.part('output-panel').getByText('Olá do editor').first().waitFor();

		expect(picked).toContain('Website plan lead · Mariana Costa · New · Sales · open');
		expect(fixture.sandbox.vendors.woofedCrm.requests.at(-1)).toMatchObject({
			path: '/api/v1/accounts/1/deals/1/events',
			body: { kind: 'note', content: 'Olá do editor' },
		});
	});

	test('a chosen template asks for its variables, which are sent in their order', async () => {
		await open('syncroChat', {
			resource: 'lead',
			operation: 'sendTemplate',
			id: byId('124'),
			instance_id: byId('2'),
			template_id: { __rl: true, mode: 'list', value: '' },
		});

		await editor.pick('template_id', 'order_shipped');
		await editor.page.getByText('Olá {{1}}, seu pedi…').first().waitFor();
		for (const [index, value] of ['Ana', '77', 'sexta'].entries())
			await editor.part('parameter-input-field').nth(index).fill(value);
		await editor.executeStep();

		expect(fixture.sandbox.vendors.syncroChat.requests.at(-1)?.body).toEqual({
			template_id: 3,
			instance_id: 2,
			variables: ['Ana', '77', 'sexta'],
		});
	});

	test('what a mapped field says of its values is saved with the node, and so is an option that only this operation has', async () => {
		const id = await open('leadSquared', { resource: 'lead', operation: 'create', LastName: 'Souza' });

		const nextCall = await editor.addMapped('Next Call', 'mx_Next_Call');
		await nextCall.locator('input').fill('2026-12-01 10:30:00');
		await editor.page.keyboard.press('Enter');
		const languages = await editor.addMapped('Languages (comma-separated values)', 'mx_Languages');
		await languages.locator('input').fill('English, Hindi');
		await editor.addOption('Send in Bulk', 'sendInBulk');
		await editor.closeNode();
		await editor.save();

		const saved = await fixture.host.rest.call<{ nodes: Array<{ parameters: IDataObject }> }>(
			'GET',
			`/rest/workflows/${id}`,
		);
		const { leadFields, options } = saved.nodes[1].parameters;
		const { schema } = leadFields as { schema: IDataObject[] };
		expect(schema).toContainEqual(expect.objectContaining({ id: 'mx_Next_Call', type: 'dateTime', holds: 'moment' }));
		expect(schema).toContainEqual(expect.objectContaining({ id: 'mx_Languages', type: 'string', joinedBy: ';' }));
		expect(options).toEqual({ sendInBulk: false });

		await fixture.host.rest.run(id, 'Trigger');
		expect(fixture.sandbox.vendors.leadSquared.requests.at(-1)).toMatchObject({
			path: expect.stringContaining('/Lead.Create'),
			body: [
				{ Attribute: 'LastName', Value: 'Souza' },
				{ Attribute: 'mx_Next_Call', Value: '2026-12-01 13:30:00' },
				{ Attribute: 'mx_Languages', Value: 'English;Hindi' },
			],
		});
	});

	describe.each(optionalLocators)(
		'a locator of $node that was added among the optional fields',
		({ node, form, collection, key, label, value, write }) => {
			const saved = async (id: string, name: string) => {
				const { nodes } = await fixture.host.rest.call<{ nodes: INode[] }>('GET', `/rest/workflows/${id}`);
				return (nodes.find((one) => one.name === name)!.parameters[collection] as IDataObject)[key];
			};
			const sent = () =>
				fixture.sandbox.vendors[node].requests.filter(
					({ method, path }) => method === write.method && path.includes(write.path),
				);

			test('and left empty is not sent', async () => {
				const id = await open(node, form);

				await editor.addField(label, key);
				await editor.executeStep();
				await editor.closeNode();
				await editor.save();

				expect(await saved(id, 'CRM')).toEqual({ mode: 'list', value: '' });
				expect(sent().map(({ status }) => status)).toEqual([expect.any(Number)]);
				expect(JSON.stringify(sent()[0].body)).not.toContain(`"${key}"`);
			});

			test('and left to the model of an agent gets what the model gives', async () => {
				const workflow = agentWorkflow(node, [{ name: 'Tool', parameters: form }], openAi);
				const id = await fixture.host.rest.createWorkflow(withStoredCredentials(workflow, fixture.credentials));
				await editor.openWorkflow(id);
				await editor.openNode('Tool');

				await editor.addField(label, key);
				await editor.leaveToModel(key);
				await editor.closeNode();
				await editor.save();
				model.follow([{ tool: 'Tool', input: { [label]: value } }, { says: 'Done.' }]);
				await fixture.host.rest.run(id, 'Start');

				expect(await saved(id, 'Tool')).toEqual(
					expect.objectContaining({ value: expect.stringContaining(`$fromAI('${label}'`) }),
				);
				expect(model.toolAnswers).toEqual([expect.not.stringMatching(/"error"/)]);
				expect(JSON.stringify(sent().map(({ body }) => body))).toContain(value);
			});
		},
	);

	test('a missing permission is told in the list itself', async () => {
		fixture.sandbox.vendors.woofedCrm.faults.add({
			kind: 'answer',
			reply: { status: 401, body: { errors: 'Unauthorized' } },
		});
		await open('woofedCrm', {
			resource: 'dealEvent',
			operation: 'createNote',
			deal_id: { __rl: true, mode: 'list', value: '' },
			content: 'x',
		});

		await editor.part('resource-locator-deal_id').locator('[data-test-id="rlc-input"]').click();

		await editor.page.getByText('The token is missing or invalid').first().waitFor();
	});

	test('the next node sees the fields of an output before the first run', async () => {
		const file = workflowOf('syncroChat', {
			resource: 'task',
			operation: 'get',
			id: { __rl: true, mode: 'id', value: '1' },
		});
		file.nodes.push({
			id: '3',
			name: 'Next',
			type: 'n8n-nodes-base.noOp',
			typeVersion: 1,
			position: [400, 0],
			parameters: {},
		});
		file.connections.CRM = { main: [[{ node: 'Next', type: 'main', index: 0 }]] };
		await editor.openWorkflow(await fixture.host.rest.createWorkflow(withStoredCredentials(file, fixture.credentials)));

		await editor.openNode('Next');

		await editor.part('ndv-input-panel').getByText('completed_at').first().waitFor();
	});

	test.each(examples())('%s stands on the canvas with an icon on every node', async (_file, workflow) => {
		const id = await fixture.host.rest.createWorkflow(withStoredCredentials(workflow, fixture.credentials));

		await editor.openWorkflow(id);

		const steps = workflow.nodes.filter(({ type }) => type.startsWith('n8n-nodes-crm-pack')).length;
		await editor.page.waitForFunction(
			`[...document.querySelectorAll('[data-test-id="canvas-node"] img')].filter((icon) => icon.complete && icon.naturalWidth > 0).length >= ${steps}`,
		);
	});
});
