/**
 * Takes the pictures of the pages: the form of each node, light and dark, an example on the canvas, and the node panel.
 * With --all it takes those of all forms of the pack instead, for the eye alone, into a folder outside the repository.
 */
import type { IDataObject } from 'n8n-workflow';
import { mkdirSync } from 'node:fs';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { workflowOf, type NodeName } from '../support/workflows';
import { Editor, chromiumPath, type Scheme } from './browser';
import { examples, openFixture, withStoredCredentials, type Fixture } from './fixture';
import { FORM_PICTURES, takeFormPictures } from './formPictures';
import { takeTriggerPictures } from './triggerPictures';
import { byId } from '../engine/forms';

const USAGE = `Takes the pictures of the pages into docs/images.

npm run screenshots -- [options]
  --all             all forms of nodes, triggers and credentials instead, with all that can be added, into ${FORM_PICTURES}
  --only WORDS      with --all: those whose vendor, resource and operation hold the words, such as 'wegly chat'
  --scheme NAME     light or dark alone`;

const FOLDER = path.join(__dirname, '..', '..', 'docs', 'images');
const pageFile = (name: string) => path.join(FOLDER, `${name}.png`);

const forms: Array<[NodeName, string, IDataObject]> = [
	[
		'syncroChat',
		'Syncro Chat',
		{
			resource: 'task',
			operation: 'create',
			subject: 'Enviar proposta',
			type: 'email',
			due_date: '2026-12-01',
			options: { defaultCountry: 'BR' },
			additionalFields: { priority: 'high', due_time: '09:00' },
		},
	],
	[
		'wegly',
		'Wegly',
		{
			resource: 'chat',
			operation: 'start',
			whatsapp_phone_id: byId('0b28ee57-7a57-4407-a9c5-5cd4e5a5fd6c'),
			wa_contact_id: '11999999999',
			name: 'saudacao_inicial',
			language: 'pt_BR',
		},
	],
	[
		'woofedCrm',
		'WoofedCRM',
		{
			resource: 'dealEvent',
			operation: 'sendWhatsappMessage',
			deal_id: byId('1'),
			app_id: 5,
			content: 'Podemos falar hoje?',
			when: 'scheduled',
			scheduled_at: '2026-12-01T09:00:00',
			auto_done: true,
		},
	],
	[
		'leadSquared',
		'LeadSquared',
		{
			resource: 'task',
			operation: 'createAppointment',
			Name: 'Meeting: quotation',
			TaskType: { __rl: true, mode: 'list', value: 'Meeting', cachedResultName: 'Meeting' },
			owner: { __rl: true, mode: 'email', value: 'taskowner@example.com' },
			RelatedEntity: 'none',
			DueDate: '2026-12-01T10:30:00',
		},
	],
];

/** Pictures of the forms that stand on the pages, filled in and run. */
async function takeFilledForms(editor: Editor, fixture: Fixture, scheme: Scheme): Promise<void> {
	for (const [node, title, parameters] of forms) {
		const file = workflowOf(node, parameters);
		file.nodes[1].typeVersion = parameters.options ? 1.1 : 1;
		file.nodes[1].name = title;
		file.connections = { Trigger: { main: [[{ node: title, type: 'main', index: 0 }]] } };
		await editor.openWorkflow(await fixture.host.rest.createWorkflow(withStoredCredentials(file, fixture.credentials)));
		await editor.openNode(title);
		await editor.executeStep();
		await editor.page.waitForTimeout(5_500); // The note about the success goes away by itself.
		await editor.page.screenshot({ path: pageFile(`${node}-${scheme}`) });
		await editor.closeNode();
	}
}

async function takeCanvas(editor: Editor, fixture: Fixture, scheme: Scheme): Promise<void> {
	const [, workflow] = examples().find(([file]) => file.startsWith('woofedcrm'))!;
	await editor.openWorkflow(
		await fixture.host.rest.createWorkflow(withStoredCredentials(workflow, fixture.credentials)),
	);
	await editor.page.waitForTimeout(1_000);
	await editor.page.screenshot({ path: pageFile(`canvas-${scheme}`) });
}

/** What the node panel finds, and the operations of a node in it. */
async function takeNodePanel(editor: Editor, fixture: Fixture, scheme: Scheme): Promise<void> {
	await editor.openWorkflow(await fixture.host.rest.createWorkflow(workflowOf('syncroChat', {})));
	await editor.findInCreator('syncro');
	const take = async (name: string) => {
		await editor.page.waitForTimeout(800);
		const { x, y, width } = (await editor.part('node-creator').first().boundingBox())!;
		await editor.page.screenshot({ path: pageFile(`${name}-${scheme}`), clip: { x, y, width, height: 520 } });
	};
	await take('panel');
	await editor
		.part('node-creator-item-name')
		.filter({ hasText: /^Syncro Chat$/ })
		.first()
		.click();
	await editor
		.part('node-creator-item-name')
		.filter({ hasText: /^Create task$/ })
		.first()
		.waitFor();
	const names = `[...document.querySelectorAll('[data-test-id="node-creator-item-name"]')]`;
	await editor.page.evaluate(
		`${names}.find(({ innerText }) => innerText === 'Create task').scrollIntoView({ block: 'center' })`,
	);
	await take('actions');
}

async function takePages(fixture: Fixture, schemes: Scheme[]): Promise<string> {
	mkdirSync(FOLDER, { recursive: true });
	for (const scheme of schemes) {
		const editor = await Editor.open(fixture.host, scheme);
		for (const take of [takeFilledForms, takeCanvas, takeNodePanel]) await take(editor, fixture, scheme);
		await editor.close();
	}
	return `The pictures are in ${path.relative(process.cwd(), FOLDER)}`;
}

async function takeAll(fixture: Fixture, schemes: Scheme[], only = ''): Promise<string> {
	let taken = 0;
	for (const scheme of schemes) {
		const editor = await Editor.open(fixture.host, scheme);
		taken += await takeFormPictures(editor, fixture, scheme, only);
		if (only === '') await takeTriggerPictures(editor, fixture, scheme);
		await editor.close();
	}
	return `${taken} forms are in ${FORM_PICTURES}`;
}

async function main(): Promise<void> {
	const { values } = parseArgs({
		options: {
			all: { type: 'boolean' },
			only: { type: 'string' },
			scheme: { type: 'string' },
			help: { type: 'boolean' },
		},
	});
	if (values.help) return console.log(USAGE);
	if (!chromiumPath()) throw new Error('There is no Chromium on this machine (apt-get install chromium)');
	const schemes = (['light', 'dark'] as const).filter((scheme) =>
		[undefined, scheme].includes(values.scheme as Scheme),
	);
	if (schemes.length === 0) throw new Error(`--scheme takes light or dark, and got ${values.scheme}`);
	const fixture = await openFixture();
	try {
		console.log(values.all ? await takeAll(fixture, schemes, values.only) : await takePages(fixture, schemes));
	} finally {
		await fixture.close();
	}
}

void main().then(
	() => process.exit(),
	(error: unknown) => {
		console.error(error);
		process.exit(1);
	},
);
