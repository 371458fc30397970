/**
 * Takes the pictures of the README: the form of each node, light and dark, and an example on the canvas; and, for the eye
 * alone, those of the triggers.
 */
import type { IDataObject } from 'n8n-workflow';
import { mkdirSync } from 'node:fs';
import path from 'node:path';
import { workflowOf, type NodeName } from '../support/workflows';
import { Editor, chromiumPath, type Scheme } from './browser';
import { examples, openFixture, withStoredCredentials } from './fixture';
import { TRIGGER_PICTURES, takeTriggerPictures } from './triggerPictures';
import { byId } from '../engine/forms';

const FOLDER = path.join(__dirname, '..', '..', 'docs', 'images');

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
			whatsapp_phone_id: '0b28ee57-7a57-4407-a9c5-5cd4e5a5fd6c',
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

async function main(): Promise<void> {
	if (!chromiumPath()) throw new Error('There is no Chromium on this machine (apt-get install chromium)');
	mkdirSync(FOLDER, { recursive: true });
	const fixture = await openFixture();
	try {
		for (const scheme of ['light', 'dark'] as Scheme[]) {
			const editor = await Editor.open(fixture.host, scheme);
			for (const [node, title, parameters] of forms) {
				const file = workflowOf(node, parameters);
				file.nodes[1].typeVersion = parameters.options ? 1.1 : 1;
				file.nodes[1].name = title;
				file.connections = { Trigger: { main: [[{ node: title, type: 'main', index: 0 }]] } };
				await editor.openWorkflow(await fixture.host.rest.createWorkflow(withStoredCredentials(file, fixture.credentials)));
				await editor.openNode(title);
				await editor.part('node-execute-button').first().click();
				await editor
					.part('output-panel')
					.getByText(/1 item/)
					.first()
					.waitFor();
				await editor.page.waitForTimeout(5_500); // The note about the success goes away by itself.
				await editor.page.screenshot({ path: path.join(FOLDER, `${node}-${scheme}.png`) });
				await editor.closeNode();
			}
			const [, workflow] = examples().find(([file]) => file.startsWith('woofedcrm'))!;
			await editor.openWorkflow(await fixture.host.rest.createWorkflow(withStoredCredentials(workflow, fixture.credentials)));
			await editor.page.waitForTimeout(1_000);
			await editor.page.screenshot({ path: path.join(FOLDER, `canvas-${scheme}.png`) });
			await takeTriggerPictures(editor, fixture, scheme);
			await editor.close();
		}
	} finally {
		await fixture.close();
	}
	console.log(`Pictures are in ${path.relative(process.cwd(), FOLDER)}, those of the triggers in ${TRIGGER_PICTURES}`);
}

void main().then(
	() => process.exit(),
	(error: unknown) => {
		console.error(error);
		process.exit(1);
	},
);
